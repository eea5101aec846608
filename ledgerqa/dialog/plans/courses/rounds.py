"""What is asked of payments that come round, whichever words led to them: at what interval, which began, which ended.

Every plan for what recurs passes here, so that "annual bills", "what do I pay for once a year" and "which of my
subscriptions are yearly" keep the same cadence, and "any new subscriptions" and "did any bills start" the same turn.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import ONE_DAY, add_months
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure, Period, Plan

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Outcome

_LATELY: Final = 12  # months in which what began is new, where no time is said
_INTERVALS: Final = {
    "weekly": r"weekly|(?:once (?:a|per)|each|every) week",
    "fortnightly": r"fortnightly|bi-?weekly|every (?:other|two|2|second) weeks?|(?:once a|each|every) fortnight",
    "monthly": r"monthly|(?:once (?:a|per)|each|every) month",
    "quarterly": r"quarterly|(?:once (?:a|per)|each|every) quarter|every (?:three|3) months",
    "yearly": r"yearly|annual(?:ly)?|(?:once (?:a|per)|each|every) year|every (?:twelve|12) months",
}
# So much an interval is asked for, and not what comes at it.
_AMOUNT: Final = (
    r"\b(?:how much|total\w*|sum|altogether|in all|together|average|cost|costs|costing|spen[dt]\w*"
    r"|(?:come|comes|add|adds)(?: up)? to)\b"
)


_KINDS: Final = compiled(
    r"(?:(?:my|our|the|all|fixed|regular|recurring|running|subscriptions?|subs|memberships?|bills?|payments?|costs?"
    r"|charges?|expenses|outgoings|commitments|standing|direct|orders?|debits?)(?: |$))+"
)


def says_what_recurs(said: Said, words: str) -> bool:
    """As in "what do my fixed costs come to": the words for all that comes round, and no name that is missing."""
    return said.intent.measure is Measure.RECURRING and bool(_KINDS.fullmatch(fold(words)))


def as_it_comes_round(outcome: Outcome, asked: Asked) -> Outcome:
    """The plan for what recurs, kept to the interval and to the turn that were said; any other as it is."""
    if not isinstance(outcome, Plan) or outcome.measure is not Measure.RECURRING or outcome.pick == "risen":
        return outcome
    if outcome.key is None and not asked.has(_AMOUNT):
        outcome = replace(outcome, key=_interval(asked))
    words, said = cues("cues"), asked.said.folded
    if outcome.pick or asked.has(_AMOUNT):
        return outcome
    if words.found("given_up", said) or words.found("went_quiet", said):
        return replace(outcome, pick="ended")
    return _begun(outcome, asked) if words.found("begun", said) else outcome


def _interval(asked: Asked) -> str | None:
    """The one interval said; None where there are several, or a span that rows are by."""
    found = [name for name, words in _INTERVALS.items() if re.search(rf"\b(?:{words})\b", asked.said.folded)]
    return found[0] if len(found) == 1 else None


def _begun(plan: Plan, asked: Asked) -> Plan:
    """As in "any new subscriptions": those whose first payment lies in the time said, else in the last months."""
    if plan.period.start is not None:
        return replace(plan, pick="begun")
    end = asked.today + ONE_DAY
    lately = Period(add_months(end, -_LATELY), end, f"in the last {_LATELY} months")
    return replace(plan, pick="begun", period=lately)
