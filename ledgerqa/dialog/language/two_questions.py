"""Two questions in one sentence: two sums become two sides; else the one left open is named, for asking it alone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import AGAINST
from ledgerqa.records import Filters, Grouping, Measure, Period, Plan, Root, Valuation, Variant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledgerqa.records import Outcome

_ASKS: Final = r"(?:how (?:much|many|often)|who|whom|which|whats?|where)\b"
_PARTS: Final = compiled(rf"^\W*(?P<first>(?:{_ASKS}|when\b).*?),?\s+and\s+(?P<second>{_ASKS}.*)$", re.IGNORECASE)
# What the sentence of a plan tells besides: a sum over how many entries, a list its days, payees and amounts.
_TELLS: Final = {
    Measure.SUM: {Measure.SUM, Measure.COUNT},
    Measure.LIST: {Measure.LIST, Measure.SUM, Measure.COUNT},
    Measure.AVERAGE: {Measure.AVERAGE, Measure.SUM, Measure.COUNT},
    Measure.HOLDINGS: {Measure.HOLDINGS, Measure.BALANCE, Measure.COUNT},
}


def with_the_other(outcome: Outcome, asked: str, plan: Callable[[str, Sequence[str]], Outcome]) -> Outcome:
    """Both halves as sides of one plan, or the outcome with a note of the half that it leaves open; else as it is."""
    parts = _PARTS.match(asked)
    if parts is None or not isinstance(outcome, Plan) or outcome.compare or (outcome.key or "").startswith(AGAINST):
        return outcome  # beside what is left of a limit stands what there is already
    if outcome.pick in {"ends", "changed"}:
        return outcome  # "what did it cost at first and what does it now": told together
    first, second = parts["first"].strip(), parts["second"].strip(" ?.!")
    of_each = bool(_EACH_ALONE.fullmatch(_WHEN.sub("", second)))
    if of_each and _WHO_PAID.fullmatch(first) and outcome.measure in {Measure.SUM, Measure.LIST}:
        outcome = replace(outcome, measure=Measure.SUM, group_by=outcome.group_by or (Grouping.PAYEE,))
    told = cues("cues").found("told_each", fold(asked)) or _WITH_IT.fullmatch(second)
    listed = outcome.measure is Measure.LIST and told
    if listed or (outcome.measure is Measure.SUM and outcome.group_by and of_each):
        return outcome  # "which ferries did we pay for, and what did each cost", "who was reimbursed, and how much"
    alone = plan(first, ())
    if _SHARE_OF_THAT.fullmatch(second) and isinstance(alone, Plan) and alone.measure is Measure.SUM:
        note = f"two things were asked; ask by itself: “{second}?”"
        return replace(alone, reading=(*alone.reading, note))
    listed = isinstance(alone, Plan) and alone.measure is Measure.BALANCE and bool(alone.group_by)
    if listed and _EACH_ALONE.fullmatch(second):
        return alone  # "who owes us and how much each": told a row each
    halves = ((first, alone), (second, plan(_in_full(first, second), (first,))))
    if not all(isinstance(each, Plan) for _, each in halves):
        return outcome
    one, two = (_summed(words, each) for words, each in halves if isinstance(each, Plan))
    plain = outcome.measure in (_PLAIN | _STATEMENTS if _names(one) and _names(two) else _PLAIN)
    as_one = _counted(one, two) or _listed(one, two) or _sides((first, one), (second, two)) if plain else None
    if both := as_one or _standing_apart(outcome, one, two):
        return both
    missed = [words for words, each in halves if isinstance(each, Plan) and not _told(outcome, each)]
    if len(missed) != 1:
        return outcome  # both are told, or neither is: then the halves were no questions of their own
    half = next(each for words, each in halves if words != missed[0])
    about = isinstance(half, Plan) and (_names(half) or not _names(outcome))
    if about and isinstance(half, Plan) and (missed[0] == first or half.period == outcome.period):
        outcome = half  # without the names and periods of the other half
    note = f"two things were asked; ask by itself: “{missed[0]}?”"
    return replace(outcome, reading=(*outcome.reading, note))


_WHEN: Final = compiled(r",? (?:in|last|this|since|during|over|between|from)\b[^,;?]*$", re.IGNORECASE)
_WHO_PAID: Final = compiled(r"who(?:'s|’s| has| have)? paid(?: (?:me|us))?", re.IGNORECASE)
_SHARE_OF_THAT: Final = compiled(
    r"(?:what|how (?:big|large)) (?:an? )?(?:share|part|portion|proportion|per ?cent(?:age)?|fraction)"
    r"(?: of (?:the )?(?:whole|total|lot|all of it|whole lot))? ?(?:is|was|were|does|did) (?:that|it|this)"
    r"(?: make| come to)?(?: of (?:the )?(?:whole|total|lot|all of it))?",
    re.IGNORECASE,
)
_WITH_IT: Final = compiled(r"(?:where|whom?)(?: (?:from|to|at|was it|was that))*", re.IGNORECASE)  # the payee tells
_EACH_ALONE: Final = compiled(
    r"how much(?: (?:is it|do they owe|does))?(?: for)? ?"
    r"(?:each(?: one| person)?|apiece|every one)?(?: of them)?(?: owes?)?"
    r"|(?:how much|what) (?:did|do|does|have)(?: (?:they|we|i|those)(?: \w+){1,3}?)? (?:each|apiece)"
    r"(?: one)?(?: of them)?(?: cost)?",
    re.IGNORECASE,
)
_OF_MONEY: Final = compiled(
    r"what (?:went|for|on|(?:did|do|does|have|has) .*\b"
    r"(?:pa(?:y|id)|spen[dt]|cost|collect(?:ed)?|earn(?:ed)?|ma[dk]e|(?:bring|brought|t(?:ake|ook)) in))\b",
    re.IGNORECASE,
)
_IN_ALL: Final = compiled(r"\b(?:i|we|they) (?:earn(?:ed)?|spen[dt]|ma[dk]e|t(?:ake|ook) in|br(?:ing|ought) in)\b")
_CLAUSE: Final = compiled(
    r"(?P<asks>(?:what|how much) (?:(?:did|do|does|has|have) \w+ (?:\w+ )?|went|goes|came|was )[a-z]*)\s+"
    r"(?:for|on|in|into|at|to|from|with)\b",
    re.IGNORECASE,
)
_ELLIPTIC: Final = compiled(r"(?:what|how much) (?=(?:for|on|in|into|at|to|from|with)\b)", re.IGNORECASE)
# What a plan of two sums may be read as while it is taken for one question.
_PLAIN: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT})
_STATEMENTS: Final = frozenset({Measure.INCOME_STATEMENT, Measure.NET_INCOME})


def _in_full(first: str, second: str) -> str:
    """As in "what did we put into savings and what into the fund": the second half with the verb of the first."""
    clause, elliptic = _CLAUSE.match(first), _ELLIPTIC.match(second)
    return f"{clause['asks']} {second[elliptic.end() :]}" if clause and elliptic else second


def _summed(words: str, half: Plan) -> Plan:
    """As in "what went out on the big shop": beside a second figure it asks for one, too, and for no list."""
    money = half.measure is Measure.LIST and half.order is None and _OF_MONEY.match(words)
    return replace(half, measure=Measure.SUM) if money and _is_bare(half) else half


def _counted(one: Plan, two: Plan) -> Plan | None:
    """As in "what went on diesel and how often": the sum, whose sentence says over how many entries."""
    summed, counted = sorted((one, two), key=lambda each: each.measure is Measure.COUNT)
    alike = summed.filters == counted.filters and counted.period in {summed.period, Period()}
    if summed.measure is Measure.SUM and counted.measure is Measure.COUNT and _is_bare(summed) and alike:
        return replace(summed, count_of="entries") if counted.count_of == "entries" else None
    return None


def _listed(one: Plan, two: Plan) -> Plan | None:
    """As in "what is under that tag and how much was mine": each posting of the sum, whose sentence adds them up."""
    if one.measure is Measure.EVENTS and two.measure is Measure.SUM and _is_bare(two) and two.filters.mentions:
        return replace(two, measure=Measure.LIST)  # "when did we get the boat and what was it": its entry tells both
    alike = one.measure is Measure.LIST and two.measure is Measure.SUM and _is_bare(one) and _is_bare(two)
    named = one.filters.tags or one.filters.mentions
    same = named and replace(two.filters, roots=()) == replace(one.filters, roots=())
    if not (alike and same and two.period in {one.period, Period()}):
        return None
    return replace(one, filters=two.filters, unit="posting")


def _sides(one: tuple[str, Plan], two: tuple[str, Plan]) -> Plan | None:
    """As in "what did we pay in rent and what did we get in dues last year": each sum a side of its own."""
    (_, first), (_, second) = one, two
    if not (_is_side(*one) and _is_side(*two) and first.convert_to == second.convert_to):
        return None
    if first.filters == second.filters:
        return None
    periods = (first.period or second.period, second.period or first.period)
    whole = periods[0] if periods[0] == periods[1] else Period()
    labels = [_label(each) for each in (first, second)]
    if fold(labels[0]) == fold(labels[1]) or not all(labels):
        labels = [one[0], two[0]]
    return replace(
        first,
        filters=Filters(),
        period=whole,
        compare=tuple(
            Variant(label, each.filters, Period() if whole else period)
            for label, each, period in zip(labels, (first, second), periods, strict=True)
        ),
        reading=tuple(dict.fromkeys((*first.reading, *second.reading))),
    )


def _is_side(words: str, plan: Plan) -> bool:
    """Whether it adds up what something earns or costs; a person's part of an account says less than is asked for."""
    standing = {Root.ASSETS, Root.LIABILITIES} & set(plan.filters.roots)
    about = _names(plan) or (plan.filters.roots and _IN_ALL.search(fold(words)))
    return plan.measure is Measure.SUM and _is_bare(plan) and bool(about) and not standing


def _standing_apart(whole: Plan, one: Plan, two: Plan) -> Plan | None:
    """As in "what is in the fund and how much do we owe on the car": two balances, which are no one figure."""
    sides = [set(each.filters.accounts) for each in (one, two) if each.measure is Measure.BALANCE]
    apart = len(sides) > 1 and all(sides) and _roots(sides[0]) != _roots(sides[1])
    bare = whole.measure is Measure.BALANCE and not (whole.group_by or whole.compare)
    return replace(whole, group_by=(Grouping.ACCOUNT,)) if apart and bare else None


def _roots(names: set[str]) -> set[str]:
    return {name.partition(":")[0] for name in names}


def _is_bare(plan: Plan) -> bool:
    """Whether it adds up, or lists, all that matches, in one figure or one list."""
    plain = plan.measure in {Measure.SUM, Measure.LIST}
    return plain and not (plan.group_by or plan.compare or plan.key or plan.limit or plan.pick or plan.meaning)


def _label(plan: Plan) -> str:
    """What a side is called: its names, or the last parts of its accounts."""
    filters = plan.filters
    leaves = dict.fromkeys(account.rpartition(":")[2] for account in filters.accounts)
    named = [each.words for each in filters.mentions] or list(filters.tags) or list(leaves)
    roots = ["income" if root is Root.INCOME else "spending" for root in filters.roots]
    return " and ".join(named or roots)


def _told(whole: Plan, half: Plan) -> bool:
    """Whether the answer to the whole says what the half asks."""
    if whole.measure is Measure.HOLDINGS:  # beside the units stands what they cost
        return half.measure in _TELLS[whole.measure] or half.valuation is Valuation.COST
    if half.measure not in _TELLS.get(whole.measure, {whole.measure}):
        return False
    return half.group_by in {(), whole.group_by} and _names(half) <= _names(whole)


def _names(plan: Plan) -> set[str]:
    filters = plan.filters
    return {*filters.accounts, *filters.tags, *filters.links, *(fold(each.words) for each in filters.mentions)}
