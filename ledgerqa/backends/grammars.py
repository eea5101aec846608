"""A JSON schema as a grammar that llama.cpp can hold a model to: only what the schema allows can be written.

Of JSON Schema (json-schema.org, draft 2020-12) just what closed values need: objects whose properties come in their
order, the first always, others where they are required; arrays of at least one and at most so many items; texts out of
a list; booleans; whole numbers from 1 to a maximum.  Anything else raises ValueError: a schema is ours, never a user's.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def gbnf(schema: Mapping[str, Any]) -> str:
    """The grammar in llama.cpp's GBNF; its rule `root` is one value of the schema, without spaces."""
    rules: dict[str, str] = {}
    rules["root"] = _expression(schema, "v", rules)
    return "\n".join(f"{name} ::= {body}" for name, body in rules.items()) + "\n"


def _expression(schema: Mapping[str, Any], name: str, rules: dict[str, str]) -> str:
    """The right-hand side for one value; longer parts become rules of their own, named below `name`."""
    if "enum" in schema:
        return _alternatives(schema["enum"])
    kind = schema.get("type")
    if kind == "object":
        return _object(schema, name, rules)
    if kind == "array":
        return _array(schema, name, rules)
    if kind == "boolean":
        return '"true" | "false"'
    if kind == "integer" and schema.get("minimum") == 1:
        return "[1-9]" + " [0-9]?" * (len(str(schema["maximum"])) - 1)
    raise ValueError(f"no grammar is made of {kind!r}")


def _object(schema: Mapping[str, Any], name: str, rules: dict[str, str]) -> str:
    parts = []
    for number, (key, inner) in enumerate(schema["properties"].items()):
        rule = f"{name}-{number}"
        rules[rule] = _expression(inner, rule, rules)
        part = f"{_literal(('{' if number == 0 else ',') + json.dumps(key) + ':')} {rule}"
        parts.append(part if number == 0 or key in schema["required"] else f"({part})?")
    return " ".join([*parts, _literal("}")])


def _array(schema: Mapping[str, Any], name: str, rules: dict[str, str]) -> str:
    item = f"{name}-item"
    rules[item] = _expression(schema["items"], item, rules)
    more = ""
    for _ in range(int(schema["maxItems"]) - 1):  # nested, so that the number of states stays small
        more = f' ("," {item}{more})?'
    return f'"[" {item}{more} "]"'


def _alternatives(values: Sequence[str]) -> str:
    if not values:
        raise ValueError("a list of no values can never be written")
    return " | ".join(_literal(json.dumps(value, ensure_ascii=False)) for value in values)


def _literal(text: str) -> str:
    """Text between quotation marks as GBNF reads it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'
