"""To whom money was lent, and who gave it back: "who did we lend money to", "who has paid us back so far"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.asked import happened
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.dialog.understanding.refusals import EXAMPLES
from ledgerqa.records import Filters, Grouping, Measure, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Outcome

_LENT: Final = (
    r"^(?:and |so )?whom? (?:all )?(?:did|do|have|had)(?: we| i)(?: \w+)? (?:lend|lent|loan|loaned)"
    r"(?: (?:any|some|our|my|the|more|money|cash|something|anything|out|to))*(?: (?:in|since|last|this|so)\b.*)?\W*$"
)
_RETURNED: Final = (
    r"^(?:and |so )?who (?:all )?(?:(?:has|have|had|did) )?(?:\w+ )?"
    r"(?:pa(?:id|y)|g[ai]ven?|sen[dt]|handed)"
    r"(?: (?:us|me|any|some|our|my|their|the|money|cash|it|what they owed?))* back"
    r"(?: (?:to )?(?:us|me|money|cash))?(?: (?:in|since|last|this|so|already)\b.*)?\W*$"
)


def lent_out(asked: Asked) -> Outcome | None:
    """A row for each person: what went on what they owe, or what came off it."""
    returned = asked.has(_RETURNED)
    if any(not each.weak for each in asked.said.phrases) or not (returned or asked.has(_LENT)):
        return None
    owing = people(asked, Root.ASSETS)
    if not owing:
        return Refusal("The ledger does not say: no account in it is of what others owe you.", EXAMPLES)
    note = "what came off what they owe" if returned else "what was put on what they owe"
    filters = Filters(accounts=owing, sign=-1 if returned else 1)
    return Plan(Measure.SUM, filters, happened(asked), group_by=(Grouping.ACCOUNT,), reading=(note,))
