"""The form of a question as a model's fields, and back: `Intent` beside the probabilities of its classes.

A model names the fields of an intent by words ("order": "-date"); see `backends.protocols.Understanding`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from ledgerqa.dialog.intent.intents import Intent
from ledgerqa.records import Grouping, Measure, Order, Valuation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from ledgerqa.dialog.intent.intents import CountOf, Flow, Per

    Classes = Mapping[str, tuple[str, ...]]

NO: Final = ""
GROUP: Final = "group"


def fields_of(intent: Intent) -> dict[str, tuple[str, ...]]:
    """The classes of each field that an intent says; nothing for what it leaves open."""
    order = f"{'-' if intent.order.descending else ''}{intent.order.by}" if intent.order else ""
    said = {
        "measure": intent.measure.value if intent.measure else "",
        "flow": intent.flow or "",
        "order": order,
        "single": "yes" if intent.single else "",
        "count_of": intent.count_of or "",
        "per": intent.per or "",
        "valuation": intent.valuation.value if intent.valuation else "",
        "convert": "yes" if intent.convert else "",
        "compare": "yes" if intent.compare else "",
        "failing": "yes" if intent.failing else "",
        "sign": str(intent.sign) if intent.sign else "",
        "key": intent.key or "",
        "depth": str(intent.account_depth) if intent.account_depth else "",
    }
    found = {name: (value,) for name, value in said.items() if value}
    return found | ({GROUP: tuple(each.value for each in intent.group_by)} if intent.group_by else {})


def intent_of(fields: Classes) -> Intent:
    """The intent that classes come to."""

    def one(name: str) -> str | None:
        return next(iter(fields.get(name, ())), None) or None

    order, measure, depth, valuation = one("order"), one("measure"), one("depth"), one("valuation")
    by = cast("Literal['date', 'amount', 'key']", order.lstrip("-")) if order else None
    return Intent(
        measure=Measure(measure) if measure else None,
        flow=cast("Flow | None", one("flow")),
        group_by=tuple(Grouping(each) for each in fields.get(GROUP, ())),
        account_depth=int(depth) if depth else None,
        order=Order(by, descending=(order or "").startswith("-")) if by else None,
        single=bool(one("single")),
        count_of=cast("CountOf | None", one("count_of")),
        per=cast("Per | None", one("per")),
        valuation=Valuation(valuation) if valuation else None,
        convert=bool(one("convert")),
        compare=bool(one("compare")),
        failing=bool(one("failing")),
        sign=cast("Literal[-1, 0, 1]", int(one("sign") or 0)),
        key=one("key"),
    )
