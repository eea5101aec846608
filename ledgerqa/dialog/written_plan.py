"""A plan as a language model writes it: one JSON object of closed fields, checked field by field into a typed value.

The model chooses; it computes nothing and names nothing of its own, and a field that it leaves out says nothing.  A
name must be one of this ledger's, a period must be words of the conversation, and what these come to is worked out by
`periods`.  What does not check is no plan.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from ledgerqa.errors import PlanUnusableError
from ledgerqa.records import Grouping, Measure, Order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.understanding.shortlist import Shortlist

NONE: Final = ""
_NOTHING: Final = (None, "", "none")  # how models say that a field has no value
ANSWERABLE: Final = ("yes", "unclear", "no")
DEBTS, REFUNDS = "debts", "refunds"
PICKS: Final[Mapping[str, Literal["unusual", "twice"]]] = {"unusual": "unusual", "duplicates": "twice"}
# Measures in the model's words that are a measure with a key, a sign, or only some of its rows.
SPECIAL: Final = {DEBTS: Measure.BALANCE, REFUNDS: Measure.SUM, **dict.fromkeys(PICKS, Measure.LIST)}
MEASURES: Final = (*(measure.value for measure in Measure), *SPECIAL)
FLOWS: Final = ("spend", "income", "repay")
ORDERS: Final[Mapping[str, Order]] = {
    "newest": Order("date", descending=True),
    "oldest": Order("date"),
    "largest": Order("amount", descending=True),
    "smallest": Order("amount"),
}
PER: Final = ("booking", "day", "week", "month", "quarter", "year")
COUNTED: Final = ("entries", "postings", "days", "months", "years", "payees", "accounts")
VALUED: Final = ("units", "cost", "market")
REQUIRED: Final = ("answerable", "measure")
GROUPS: Final = tuple(group.value for group in Grouping if group is not Grouping.METADATA)
BY_KEY: Final = Grouping.METADATA.value  # only where there are keys
MOST_LIMIT: Final = 999
# Lists of names: the field, which kind of name stands in it, and how many may.
LISTS: Final = (("accounts", "account", 6), ("payees", "payee", 6), ("narrations", "narration", 6),
                ("tags", "tag", 4), ("links", "link", 3))  # fmt: skip
LEAVABLE: Final = ("account", "payee", "narration", "tag")
MOST_LEFT_OUT: Final = 4
MOST_PERIODS: Final = 3
MOST_GROUPS: Final = 2
MOST_CHARACTERS: Final = 20_000


@dataclass(frozen=True)
class WrittenPlan:
    """What the model chose.  `names` and `without` pair a kind with a name; `periods` are words of the conversation."""

    answerable: str = "yes"
    measure: str = Measure.SUM.value
    flow: str = NONE
    names: tuple[tuple[str, str], ...] = ()
    without: tuple[tuple[str, str], ...] = ()
    commodity: str = ""
    in_currency: str = ""
    periods: tuple[str, ...] = ()
    compare: bool = False
    group_by: tuple[str, ...] = ()
    order: str = NONE
    limit: int = 0
    per: str = NONE
    counted: str = NONE
    valued: str = NONE
    key: str = ""


def schema_of(offered: Shortlist) -> dict[str, Any]:
    """The JSON schema of a plan over the names offered; fields that nothing could stand in are left out."""
    fields: dict[str, Any] = {"answerable": _one(ANSWERABLE), "measure": _one(MEASURES), "flow": _one(FLOWS)}
    for name, kind, most in LISTS:
        if offered.of(kind):
            fields[name] = _several(offered.of(kind), most)
    if leavable := tuple(dict.fromkeys(name for kind in LEAVABLE for name in offered.of(kind))):
        fields["without"] = _several(leavable, MOST_LEFT_OUT)
    if offered.of("currency"):
        fields["commodity"] = fields["in_currency"] = _one(offered.of("currency"))
    if offered.periods:
        fields["periods"] = _several(tuple(offered.periods), MOST_PERIODS)
    fields |= {
        "compare": {"type": "boolean"},
        "group_by": _several((*GROUPS, BY_KEY) if offered.of("key") else GROUPS, MOST_GROUPS),
        "order": _one(tuple(ORDERS)),
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST_LIMIT},
        "per": _one(PER),
        "counted": _one(COUNTED),
        "valued": _one(VALUED),
    }
    if offered.of("key"):
        fields["key"] = _one(offered.of("key"))
    return {"type": "object", "properties": fields, "required": list(REQUIRED), "additionalProperties": False}


def _one(values: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def _several(values: tuple[str, ...], most: int) -> dict[str, Any]:
    return {"type": "array", "items": _one(values), "minItems": 1, "maxItems": most}


# --------------------------------------------------------------------------------------------------- checking


def checked(text: str, offered: Shortlist, names: Vocabulary) -> WrittenPlan:
    """The plan in a model's answer; raises `PlanUnusableError`, whose words tell the model what to mend."""
    fields = _object(text)
    listed: list[tuple[str, str]] = []
    for field, kind, most in LISTS:
        listed += [(kind, name) for name in _names(fields, field, most) if _is_name(kind, name, offered, names)]
    without = [_kind_of(name, offered, names) for name in _names(fields, "without", MOST_LEFT_OUT)]
    return WrittenPlan(
        answerable=_choice(fields, "answerable", ANSWERABLE, "yes"),
        measure=_choice(fields, "measure", MEASURES, None),
        flow=_choice(fields, "flow", FLOWS, NONE),
        names=tuple(dict.fromkeys(listed)),
        without=tuple(dict.fromkeys(without)),
        commodity=_code(fields, "commodity", names),
        in_currency=_code(fields, "in_currency", names),
        periods=tuple(dict.fromkeys(_names(fields, "periods", MOST_PERIODS))),
        compare=_truth(fields, "compare"),
        group_by=_groups(fields),
        order=_choice(fields, "order", tuple(ORDERS), NONE),
        limit=_number(fields, "limit"),
        per=_choice(fields, "per", PER, NONE),
        counted=_choice(fields, "counted", COUNTED, NONE),
        valued=_choice(fields, "valued", VALUED, NONE),
        key=_key(fields, names),
    )


def _object(text: str) -> dict[str, Any]:
    """The one JSON object in an answer, whatever stands around it (thoughts, a fence)."""
    text = text.rpartition("</think>")[2][:MOST_CHARACTERS]
    start = text.find("{")
    try:
        value, _ = json.JSONDecoder().raw_decode(text[start:]) if start >= 0 else (None, 0)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise PlanUnusableError("it holds no whole JSON object")
    return value


def _names(fields: Mapping[str, Any], field: str, most: int) -> list[str]:
    """A list of texts; a text alone counts as one, nothing as none."""
    value = fields.get(field)
    value = [] if value in _NOTHING else [value] if isinstance(value, str) else value
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise PlanUnusableError(f'"{field}" must be a list of texts')
    if len(value) > most:
        raise PlanUnusableError(f'"{field}" may hold {most} at most')
    return [each for each in value if each not in _NOTHING]


def _is_name(kind: str, name: str, offered: Shortlist, names: Vocabulary) -> bool:
    """True for a name of the ledger; anything else is no plan."""
    there: dict[str, Callable[[], bool]] = {"account": lambda: name in names.by_name, "tag": lambda: name in names.tags}
    if name in offered.of(kind) or there.get(kind, lambda: False)():
        return True
    raise PlanUnusableError(f"{json.dumps(name, ensure_ascii=False)} is no {kind} of the list")


def _kind_of(name: str, offered: Shortlist, names: Vocabulary) -> tuple[str, str]:
    """A name to leave out, with its kind."""
    found = next((kind for kind in LEAVABLE if name in offered.of(kind)), "account")
    _is_name(found, name, offered, names)
    return found, name


def _choice(fields: Mapping[str, Any], field: str, choices: tuple[str, ...], default: str | None) -> str:
    value = fields.get(field)
    if value in _NOTHING and default is not None:
        return default
    if not isinstance(value, str) or value not in choices:
        raise PlanUnusableError(f'"{field}" must be one of {", ".join(choices)}')
    return value


def _groups(fields: Mapping[str, Any]) -> tuple[str, ...]:
    found = _names(fields, "group_by", MOST_GROUPS)
    if BY_KEY in found and fields.get("key") in _NOTHING:
        raise PlanUnusableError('a "group_by" of "metadata" needs a "key"')
    return tuple(dict.fromkeys(_choice({"group_by": each}, "group_by", (*GROUPS, BY_KEY), NONE) for each in found))


def _code(fields: Mapping[str, Any], field: str, names: Vocabulary) -> str:
    value = fields.get(field)
    if value in _NOTHING:
        return ""
    if not isinstance(value, str) or value not in names.commodities:
        raise PlanUnusableError(f"{json.dumps(value, ensure_ascii=False)} is no commodity of the list")
    return value


def _key(fields: Mapping[str, Any], names: Vocabulary) -> str:
    value = fields.get("key")
    if value in _NOTHING:
        return ""
    if not isinstance(value, str) or value not in names.keys:
        raise PlanUnusableError(f"{json.dumps(value, ensure_ascii=False)} is no metadata key of the list")
    return value


def _truth(fields: Mapping[str, Any], field: str) -> bool:
    value = fields.get(field, False)
    if not isinstance(value, bool):
        raise PlanUnusableError(f'"{field}" must be true or false')
    return value


def _number(fields: Mapping[str, Any], field: str) -> int:
    value = fields.get(field) or 0
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_LIMIT:
        raise PlanUnusableError(f'"{field}" must be a whole number from 0 to {MOST_LIMIT}')
    return value
