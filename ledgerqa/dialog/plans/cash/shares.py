"""The two sides of a share, read from where they stand: "what percent of A came from B", "of A, what share was B"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import Unit
from ledgerqa.dialog.language.words import fold, name_stems, stems, tokenize
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import Asked, bounded, happened
from ledgerqa.dialog.plans.wealth.loans import paying_down
from ledgerqa.dialog.understanding.combining import combined
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import RATIO
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Order, Period, Plan, Root, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_SHARE: Final = r"(?:(?:\b(?:share|part|portion|per ?cent(?:age)?|proportion|fraction|chunk|slice)|%)(?!\w))"
_HOW_BIG: Final = r"how (?:big|large|great|high|small|much)(?: of)?(?: an?)?"
_ASKED: Final = (
    rf"(?:\bwhat(?:'?s| is| was)?|\bwhich|\b{_HOW_BIG})(?: an?| the| rough| approximate| exact| total)* {_SHARE}"
)
_AS: Final = rf"\b(?:as|in)(?: an?| the)? {_SHARE}"
_VERB: Final = (
    r"\b(?:c[ao]me|comes|coming|went|goes|go|going|gone|is|was|are|were|been|do|does|did|ha[sd]|have|ends?|ended"
    r"|made|makes?|paid|spent|falls?|fell)(?:n['’]?t)?\b"
)
_OF_WHAT: Final = compiled(rf"{_ASKED} of (?P<rest>.*)")
_MUCH_OF: Final = compiled(rf"\bhow much of (?P<rest>.*?) ?{_AS}(?! of\b)")
_IN_SHARES: Final = compiled(rf"{_AS},? how much of (?P<rest>.*)")
_WHOLE_FIRST: Final = compiled(
    rf"\b(?:out of|of|from|on|in) (?P<whole>.*?),? {_ASKED}(?! of (?!(?:it|that|them|this)\b))(?P<part>.*)"
)
_PART_FIRST: Final = compiled(
    rf"(?P<part>.*)(?:{_AS}|\b(?:is|was|are|were|ma[dk]es?(?: up)?) {_ASKED}) of (?P<whole>.*)"
)
_PART_INSIDE: Final = compiled(rf"{_ASKED} (?P<part>{_VERB}.*) of (?P<whole>.*)")
_RATIO: Final = compiled(r"\bratio (?:of|between) (?P<part>.*?) (?:to|and|versus|vs\.?) (?P<whole>.*)")
_BARE: Final = compiled(
    r"(?<!\bmy )(?<!\bour )(?<!\bhis )(?<!\bher )(?<!\btheir )(?<!\byour )(?<!\beach )(?<!\bper )(?<!\ba )"
    r"(?<!\d)(?<!\d )"
    rf"{_SHARE} (?:of|for) (?P<part>(?!(?<=share of )the )"
    rf"(?!.*(?:{_VERB}|\b(?:on|for|to|from|out of|each|per|that)\b)).*)"
)
_COURSE: Final = compiled(r" (?:chang(?:e[ds]?|ing)|develop\w*|evolve[ds]?|mov(?:e[ds]?|ing))\b.*")
_SENTENCE: Final = compiled(r"(?:[^.?!;\n]|[.](?=\w))+")
_EACH: Final = compiled(r"\b(?:each|apiece|respectively|individually)\b(?! (?:day|week|month|quarter|year)\b)")
_EARNED: Final = compiled(r"\b(?:incomes?|earnings|revenues?|earned|turnover|takings|sales|made)\b")
_SPENT: Final = compiled(r"\b(?:spending|spend|spent|expenses|expenditures?|costs|outgoings)\b")
_INTEREST: Final = r"\binterest\b"
_POINTS_BACK: Final = compiled(r"(?:it|that|this|them|those|these|which|the (?:total|whole|lot|sum))(?: all)?")
_ADDED: Final = frozenset({Measure.SUM, Measure.LIST, Measure.AVERAGE, Measure.NET_INCOME, None})

Span = tuple[int, int]


@dataclass(frozen=True)
class _Side:
    """What stands on one side: its folded words, and the names among them."""

    words: str
    phrases: tuple[Phrase, ...]


def asks_of_a_share(said: Said) -> bool:
    """Whether a question is for sure about what part one name is of another: "what share of food is groceries"."""
    form = _OF_WHAT.search(said.folded) if len(said.phrases) > 1 else None
    return form is not None and re.search(_VERB, form["rest"]) is not None


def share(asked: Asked) -> Plan | None:
    """The part and the whole that are named, where the one lies within the other; what stands around them is no part.

    None where one of them is not named, or they are of two kinds ("of our takings on the rent").
    """
    if asked.intent.measure not in _ADDED or asked.said.unknown or not (asked.has(_SHARE) or asked.has(r"\bratio\b")):
        return None
    for whole, part in _sides(asked):
        if plan := _plan(asked, whole, part) if part.phrases else _all_but(asked, whole, part):
            return plan
    return _of_another(asked) or _of_everything(asked)


def _of_another(asked: Asked) -> Plan | None:
    """As in "the ratio of restaurants to groceries": what one is of another that it is no part of."""
    found = _RATIO.search(asked.said.folded) or _PART_FIRST.search(asked.said.folded)
    if found is None or len(asked.said.folded) != len(asked.said.text):
        return None
    part, whole = (_side(asked, found.span(each)) for each in ("part", "whole"))
    one, other = (_named(asked, each.phrases) if each.phrases else _of_all(each.words) for each in (part, whole))
    if Filters() in (one, other) or one == other:
        return None
    return _beside(asked, (part, one), (whole, other))


def _of_everything(asked: Asked) -> Plan | None:
    """As in "the share of groceries in 2023 and 2024": of all that is spent, or of all that comes in."""
    found = _BARE.search(_COURSE.sub("", asked.said.folded))
    if found is None or len(asked.said.folded) != len(asked.said.text):
        return None
    part = _side(asked, found.span("part"))
    below = _named(asked, part.phrases)
    roots = {asked.names.by_name[name].root for name in below.accounts}
    if len(roots) != 1 or not roots <= {Root.INCOME, Root.EXPENSES}:
        return None
    return _beside(asked, (part, below), (_Side("", ()), Filters(roots=tuple(roots))))


def _beside(asked: Asked, part: tuple[_Side, Filters], whole: tuple[_Side, Filters]) -> Plan:
    sides = (
        Variant(_part_called(*part), bounded(part[1], asked), Period()),
        Variant(_called(*whole), bounded(whole[1], asked), Period()),
    )
    notes = _notes(asked, whole[0], part[0])
    return in_time(Plan(Measure.SUM, Filters(), happened(asked), compare=sides, key=RATIO, reading=notes), asked)


def _sides(asked: Asked) -> Iterator[tuple[_Side, _Side]]:
    """The ways to part a sentence into a whole and a part, the likeliest first."""
    folded = asked.said.folded
    if len(folded) != len(asked.said.text):
        return
    for sentence in _SENTENCE.finditer(folded):
        for whole, part in _spans(folded[: sentence.end()], sentence.start()):
            yield _side(asked, whole), _side(asked, part)


def _spans(text: str, start: int) -> Iterator[tuple[Span, Span]]:
    """Where the whole and the part stand in the last sentence of a text."""
    for form in (_OF_WHAT, _MUCH_OF, _IN_SHARES):
        if found := form.search(text, start):
            for verb in re.finditer(_VERB, found["rest"]):
                at = found.start("rest")
                yield (at, at + verb.start()), (at + verb.end(), found.end("rest"))
    for form in (_WHOLE_FIRST, _PART_INSIDE, _PART_FIRST):
        if found := form.search(text, start):
            yield found.span("whole"), found.span("part")


def _side(asked: Asked, span: Span) -> _Side:
    tokens = tokenize(asked.said.text)
    inside = tuple(
        each
        for each in asked.said.phrases
        if each.end <= len(tokens)
        and span[0] <= tokens[each.start].start
        and tokens[each.end - 1].end <= span[1]
        and fold(each.words) in asked.said.folded[slice(*span)]
        and not each.weak
    )
    return _Side(asked.said.folded[slice(*span)], inside)


def _plan(asked: Asked, whole: _Side, part: _Side) -> Plan | None:
    above = _whole(asked, whole)
    for below in _parts(asked, part):
        around = above or _around(asked, whole, below)
        if around and _of_another_kind(asked, below, around):
            return None
        pair = around and (_of_a_loan(asked, below, around) or _pair(asked, below, around))
        if not around or not pair or not asked.names.booked.meets(pair[0]):
            continue
        if several := _each_of(asked, part, *pair):
            return several
        return _beside(asked, (part, pair[0]), (whole, pair[1]))
    return None


def _each_of(asked: Asked, part: _Side, below: Filters, around: Filters) -> Plan | None:
    """As in "fuel, tolls and repairs, each as a share of the car": a row for each part of the whole, with its share."""
    depths = {name.count(":") for name in below.accounts}
    if len(part.phrases) < 2 or len(depths) != 1 or not around.accounts or not _EACH.search(asked.said.folded):
        return None
    return Plan(
        Measure.SUM, bounded(around, asked), happened(asked), group_by=(Grouping.ACCOUNT,),
        account_depth=depths.pop() + 1, order=Order("amount", descending=True),
    )  # fmt: skip


def in_time(plan: Plan, asked: Asked) -> Plan:
    """The share in each of the months or years, where a row for each is asked for, or several in a row are named."""
    groups = tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS)[:1]
    named = sorted((each for each in asked.said.periods if each.unit), key=lambda each: str(each.period.start))
    follow = all(one.period.end == two.period.start for one, two in pairwise(named))
    units = {each.unit for each in named}
    if not groups and len(named) > 1 and follow and len(units) == 1 and units <= {Unit.MONTH, Unit.QUARTER, Unit.YEAR}:
        groups = (Grouping(units.pop() or ""),)
    return replace(plan, group_by=groups, order=Order("key")) if groups else plan


def _all_but(asked: Asked, whole: _Side, part: _Side) -> Plan | None:
    """As in "what share of food was not groceries": all of it but what is left out, of all of it."""
    left_out = tuple(each for each in asked.said.excluded if fold(each.words) in part.words)
    if _POINTS_BACK.fullmatch(whole.words.strip()):  # "what share of it was not rent": of what was asked for before
        whole = replace(whole, phrases=asked.said.phrases)
    above = _whole(asked, whole) or _around(asked, whole, Filters())
    if not left_out or not above:
        return None
    around = _rooted(asked, above, above)
    spoken = replace(asked.said, phrases=whole.phrases, excluded=left_out)
    found = scope(spoken, asked.intent, asked.names).filters
    rest = replace(found, roots=around.roots)
    if rest == around or not asked.names.booked.meets(replace(rest, exclude_accounts=(), exclude_mentions=())):
        return None
    sides = (
        Variant(f"all but {' and '.join(dict.fromkeys(map(_told, left_out)))}", bounded(rest, asked), Period()),
        Variant(_called(whole, around), bounded(around, asked), Period()),
    )
    plan = Plan(Measure.SUM, Filters(), happened(asked), compare=sides, key=RATIO, reading=_notes(asked, whole))
    return in_time(plan, asked)


def _of_another_kind(asked: Asked, below: Filters, above: Filters) -> bool:
    """As in "what share of my income goes on groceries": a cost is no part of what is earned, whatever is called so."""
    flows = (Root.INCOME, Root.EXPENSES)
    roots = {asked.names.by_name[name].root for name in above.accounts} | set(above.roots)
    parts = {asked.names.by_name[name].root for name in below.accounts}
    return bool(roots and parts) and roots.issubset(flows) and parts.issubset(flows) and not roots & parts


def _pair(asked: Asked, below: Filters, above: Filters) -> tuple[Filters, Filters] | None:
    """The part and the whole as filters; with interest in its entries, a whole is also what comes off a debt there."""
    inside = _within(asked, below, above)
    if inside is None:
        return None
    around = _rooted(asked, above, inside)
    if asked.has(_INTEREST) and around.roots == (Root.EXPENSES,):
        repaid = asked.names.booked.roots_touched(above).get(Root.LIABILITIES)
        around = replace(around, roots=(Root.EXPENSES, Root.LIABILITIES), sign=1) if repaid else around
    return inside if inside.accounts else replace(inside, roots=around.roots), around


def _of_a_loan(asked: Asked, below: Filters, above: Filters) -> tuple[Filters, Filters] | None:
    """As in "what percent of the mortgage payments is interest": a part of what left own accounts for it."""
    owed = of_roots(asked.names, above.accounts, (Root.LIABILITIES,))
    costs = of_roots(asked.names, below.accounts, (Root.EXPENSES,))
    if not owed or owed != above.accounts or not costs or costs != below.accounts:
        return None
    paid = paying_down(asked, owed)
    return (replace(below, alongside=paid.alongside, mentions=paid.mentions), paid) if paid else None


def _named(asked: Asked, phrases: tuple[Phrase, ...]) -> Filters:
    found = scope(replace(asked.said, phrases=phrases, excluded=()), asked.intent, asked.names)
    return Filters() if found.clarify else found.filters


def _notes(asked: Asked, *sides: _Side) -> tuple[str, ...]:
    """How the names of the two sides were read, without those that stand around them."""
    kept = tuple(phrase for side in sides for phrase in side.phrases)
    words = {fold(each.words) for each in kept}
    return tuple(note for note in asked.scope.reading if fold(note).partition(" = ")[0] in words)


def _whole(asked: Asked, side: _Side) -> Filters | None:
    """What the whole comes to; None where only the part can tell ("my work income": what is above it)."""
    if side.phrases:
        filters = _named(asked, side.phrases)
        return filters if filters != Filters() else None
    return None


def _around(asked: Asked, side: _Side, below: Filters) -> Filters | None:
    """Of a whole that bears no name: what is above the part and is called so, else all that is earned or spent."""
    said = {form for word in stems(side.words) for form in (word, word.removesuffix("ing"))}
    for name in below.accounts:
        parts = name.split(":")
        for depth in range(len(parts) - 1, 1, -1):
            if said.issuperset(name_stems(parts[depth - 1])):
                above = ":".join(parts[:depth])
                return Filters(accounts=(above,)) if above in asked.names.by_name else None
    if any(fold(word) in side.words for word in asked.said.unread):
        return None
    of_all = _of_all(side.words)
    return None if of_all == Filters() else of_all


def _of_all(words: str) -> Filters:
    """All that is earned, or spent, as words for it say; no filters where they name neither."""
    if _EARNED.search(words):
        return Filters(roots=(Root.INCOME,))
    return Filters(roots=(Root.EXPENSES,)) if _SPENT.search(words) else Filters()


def _parts(asked: Asked, side: _Side) -> Iterator[Filters]:
    """What the part may come to: all its names together, and of a single name each reading."""
    together = _named(asked, side.phrases)
    if together != Filters():
        yield together
    if len(side.phrases) == 1:
        for option in side.phrases[0].options:
            yield combined([(side.phrases[0], option)], {}, asked.intent, asked.names)[0]


def _within(asked: Asked, below: Filters, above: Filters) -> Filters | None:
    """The part as what is within the whole; None where it is not, or is all of it."""
    if below.roots or not (below.accounts or below.mentions or below.tags):
        return None
    accounts = above.accounts
    if below.accounts:
        accounts = tuple(name for name in below.accounts if _lies_in(name, above.accounts))
        accounts = of_roots(asked.names, accounts, above.roots or (Root.INCOME, Root.EXPENSES))
        if not accounts or set(accounts) & set(above.accounts):
            return None
    mentions = (*above.mentions, *(each for each in below.mentions if each not in above.mentions))
    tags = tuple(dict.fromkeys((*above.tags, *below.tags)))
    if (accounts, mentions, tags) == (above.accounts, above.mentions, above.tags):
        return None
    return replace(above, roots=() if accounts else above.roots, accounts=accounts, mentions=mentions, tags=tags)


def _lies_in(name: str, accounts: Iterable[str]) -> bool:
    wholes = tuple(accounts)
    return not wholes or any(f"{name}:".startswith(f"{whole}:") for whole in wholes)


def _rooted(asked: Asked, above: Filters, inside: Filters) -> Filters:
    """A whole that no account tells with the root of its part ("of the Gotland trip": what was spent on it)."""
    if above.accounts or above.roots:
        return above
    roots = {asked.names.by_name[name].root for name in inside.accounts}
    earned = roots == {Root.INCOME} or (not roots and asked.intent.flow == "income")
    return replace(above, roots=(Root.INCOME,) if earned else (Root.EXPENSES,))


def _told(phrase: Phrase) -> str:
    tag = phrase.best.kind == "tag" and fold(phrase.words) == phrase.best.values[0]
    return f"#{phrase.words}" if tag else phrase.words


def _part_called(side: _Side, below: Filters) -> str:
    return " and ".join(dict.fromkeys(map(_told, side.phrases))) or _called(side, below)


def _called(side: _Side, around: Filters) -> str:
    if side.phrases:
        return " and ".join(dict.fromkeys(each.words for each in side.phrases))
    if around.accounts:
        return around.accounts[0].rpartition(":")[2]
    return "all income" if Root.INCOME in around.roots else "all spending"
