"""Of what was spoken of in turn, the sum or the difference: "both together?", "is that more than the year before?".

Two questions in turn are about the same but for one thing: another name ("and the rates?"), or another time ("and in
2023?").  "Both together" adds the two up, "what's the difference" sets them side by side; so does a question that
sets the last answer against a further name or time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import as_of
from ledgerqa.dialog.calendar.periods import FoundPeriod
from ledgerqa.dialog.understanding.earlier import against_before, of_two_sides
from ledgerqa.patterns import compiled
from ledgerqa.records import Grouping, Measure

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_OPENING: Final = r"\W*(?:(?:and|so|ok|okay|but|then|now|right|thanks|great|good|well|hmm)[, ]+)*"
_COUNT: Final = r"(?P<count>both|two|three|four|five)"
_THEM: Final = (
    rf"(?:(?:of|all|the|those|these) )*(?:{_COUNT}|all|they|them|those|these|everything)"
    r"(?: of (?:them|those|these))?(?: (?:years|months|quarters|weeks))?"
)
_END: Final = r"(?:,? (?:please|then|now|again))*\W*"
_JOINED: Final = r"(?:(?:all )?together|combined|added (?:up|together)|summed(?: up)?|taken together|put together)"
_SUMMED: Final = rf"(?:{_JOINED}|altogether|in total|in all|all told|in sum)"
_TOGETHER: Final = tuple(
    compiled(rf"{_OPENING}{form}{_END}")
    for form in (
        rf"(?:(?:what|how much) (?:is|was|are|were) )?(?:that |it )?{_JOINED}",
        rf"(?:(?:what|how much) (?:is|was|are|were|for) |for )?{_THEM},? {_SUMMED}",
        rf"(?:what|how much) (?:do|did|does|would) {_THEM} (?:come|add up|amount|run|cost|make)(?: to)?(?: {_SUMMED})?",
        rf"(?:(?:what(?:'?s| is| was) )?the )?(?:sum|total) (?:of|for|over|across) {_THEM}",
        r"(?:(?:what(?:'?s| is| was) )?the )?(?:combined|grand) total",
        rf"(?:add|sum|put|take) {_THEM}(?: up| together)*",
        rf"(?:all|the|those|these)(?: of)?(?: the| those)? {_COUNT}(?: of (?:them|those|these))?",
    )
)
_TOGETHER_WITH: Final = compiled(rf"{_OPENING}(?:together|combined|added up|taken together) with (?!that|it|this)")
_AND_THAT: Final = compiled(
    rf"{_OPENING}(?:(?:what|how much) (?:is|was|are|were) )?(?:that|it|those) (?:and|plus|with) .*\b{_SUMMED}{_END}"
)
_MORE: Final = r"(?:more|less|higher|lower|bigger|smaller|larger|dearer|cheaper|(?:more|less) expensive)"
_BETTER: Final = rf"(?:{_MORE}|better|worse)"
_OF_THEM: Final = r"of (?:the )?(?:two|them|those|these)"
_CAME_TO: Final = r"(?!about|else)\w{2,}(?: to| in)?"  # "who paid more", "which came to less"
_HOW_MUCH_IS: Final = r"(?:what(?:'?s| is| was)|how (?:much|big|large) (?:is|was))"
_IT: Final = r"(?:it|that|they|this)"
_CHANGED: Final = (
    r"(?:grown?|rise|risen|fallen|fall|dropp?(?:ed)?|changed?|(?:gone?|went) (?:up|down)|shrunk|shrink|increased?"
    r"|decreased?|moved?)"
)
_SINCE: Final = (
    r"(?: (?:by|then|since|since then|in between|between (?:the two|them|then and now)|(?:over|in) that time))"
)
_APART: Final = tuple(
    compiled(rf"{_OPENING}{form}{_END}")
    for form in (
        rf"(?:{_HOW_MUCH_IS} )?the difference(?: between (?:the )?{_THEM})?",
        rf"(?:which|what|who)(?: one)?(?: {_OF_THEM})? {_CAME_TO} (?:the )?{_BETTER}(?: (?:one|of the two))?",
        rf"(?:can you )?compare {_THEM}",
        rf"by how much|how much {_MORE}(?: (?:is|was) (?:it|that))?",
        rf"(?:by )?how much (?:has|have|did) {_IT} (?:\w+ )?{_CHANGED}{_SINCE}*",
        rf"(?:has|have|did) {_IT} {_CHANGED}{_SINCE}+",
    )
)
# Of one of the two by its name: "how much more was Oban", "was Oban the dearer one".
_ONE_OF_THEM: Final = compiled(
    rf"{_OPENING}(?:(?:by )?how much\b.*\b{_MORE}\b|(?:is|was|were|are|did|does|has)\b.*\b{_MORE}(?: one)?{_END}$"
    rf"|(?:\w+ ){{1,3}}(?:is|was|were|are) (?:the )?{_MORE}(?: one)?{_END}$)"
    r"(?!.*\b(?:than|as|compared|versus|vs|against)\b)"
)
# "How much more was Oscar", after what Tilly cost.
_MORE_WAS: Final = compiled(rf"{_OPENING}how much {_MORE} (?:is|was|were|are) (?:(?:it|that) )?(?:for )?")
_FEW: Final = 10  # words of such a question
_NUMBERS: Final = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}
_ALIKE: Final = frozenset({Measure.SUM, Measure.COUNT, Measure.BALANCE, None})
_LISTED: Final = frozenset({Measure.LIST})  # of what was listed, the sums


def of_both(said: Said, before: Said, today: dt.date) -> Said | None:
    """The last things spoken of together ("and together with Ann's?"), or side by side.

    None where neither is asked, or they are not alike.
    """
    with_that = _TOGETHER_WITH.match(said.folded) or _AND_THAT.match(said.folded)
    if said.phrases and not said.periods and before.phrases and with_that:
        phrases = _phrases([before, replace(before, phrases=said.phrases)])
        return replace(before, phrases=phrases, text=f"{before.text}, all of them together")
    if said.periods:
        return None
    if said.phrases:
        return _one_of_them(said, before, today)
    words = said.folded.replace("’", "'")
    together = next((found for each in _TOGETHER if (found := each.fullmatch(words))), None)
    if together is None and not any(each.fullmatch(words) for each in _APART):
        return None
    if together and before.intent.compare and max(len(before.phrases), len(before.periods)) > 1:
        return _added_up(before)
    count = (together.groupdict().get("count") if together else None) or ("" if together else "both")
    spoken = [_as_of_today(each, today) for each in _in_turn(before, _NUMBERS.get(count, 0))]
    if len(spoken) < 2 or len(spoken) < _NUMBERS.get(count, 0):
        return None
    phrases, periods = _phrases(spoken), _periods(spoken)
    labels = tuple(dict.fromkeys(label for each in spoken for label in each.labels))
    whole = replace(before, phrases=phrases, periods=periods, labels=labels)
    if together:
        whole = _as_sums(whole)
        whole = replace(whole, intent=replace(whole.intent, group_by=()))  # "which account was that", of each
        return replace(whole, text=f"{before.text}, all of them together")
    return _side_by_side(replace(whole, text=f"{before.text}: {said.text}"))


def _one_of_them(said: Said, before: Said, today: dt.date) -> Said | None:
    """As in "and Whitby?" and then "how much more was Oban": of the last two the one is named again."""
    told = _ONE_OF_THEM.match(said.folded) and len(said.folded.split()) <= _FEW
    if not told or len(said.phrases) != 1:
        return None
    spoken = [_as_of_today(each, today) for each in _in_turn(before, 2)]
    named, timed = _differ(spoken) if len(spoken) == 2 else (False, False)
    own = [{_named(phrase) for phrase in each.phrases} for each in spoken]
    if _named(said.phrases[0]) not in {each for names in own for each in names}:
        plain = _MORE_WAS.match(said.folded) and _are_alike(before, before)
        return _against_names(replace(said, text=f"{before.text}: {said.text}"), before) if plain else None
    if not named or timed or _named(said.phrases[0]) not in own[0] ^ own[1]:
        return None
    return _side_by_side(replace(before, phrases=_phrases(spoken), text=f"{before.text}: {said.text}"))


def _as_sums(whole: Said) -> Said:
    """What was listed in turn, to be added up."""
    if whole.intent.measure not in _LISTED:
        return whole
    rules = replace(whole.by_rules, measure=Measure.SUM) if whole.by_rules else None
    return replace(whole, intent=replace(whole.intent, measure=Measure.SUM), by_rules=rules)


def _as_of_today(spoken: Said, today: dt.date) -> Said:
    """What stands, where no day is said, as what stands today: the other side of what stood a year ago."""
    if spoken.periods or spoken.intent.measure is not Measure.BALANCE:
        return spoken
    now = FoundPeriod(as_of(today).period, 0, 0, "as_of", "")
    return replace(spoken, periods=(now,))


def _added_up(sides: Said) -> Said:
    """As in "how much more is that than Rome?" and then "and together?": the two that were set side by side."""
    rules = replace(sides.by_rules, compare=False) if sides.by_rules else None
    text = f"{sides.earlier.text if sides.earlier else ''}, all of them together"
    return replace(sides, intent=replace(sides.intent, compare=False), by_rules=rules, text=text)


def _side_by_side(whole: Said) -> Said:
    rules = of_two_sides(whole.by_rules) if whole.by_rules else None
    return replace(whole, intent=of_two_sides(whole.intent), by_rules=rules)


def _in_turn(last: Said, most: int) -> list[Said]:
    """The questions up to the last that are about other names, or about other times; the oldest first.

    Between them the same may have been asked in another way: "how many were there?", "and how much?".
    """
    spoken = [last]
    before = last.earlier
    while before and _are_alike(before, last) and len(spoken) != most:
        named, timed = _differ([before, *spoken])
        if named and timed:
            break
        if any(_differ([before, spoken[0]])):
            spoken.insert(0, before)
        before = before.earlier
    return spoken


def _are_alike(one: Said, two: Said) -> bool:
    first, second = one.intent, two.intent
    same = (first.measure is Measure.BALANCE) == (second.measure is Measure.BALANCE)
    rows = first.group_by if first.group_by == second.group_by == (Grouping.ACCOUNT,) else ()
    plain = not any(
        each.group_by not in ((), rows) or each.single or each.limit or each.compare for each in (first, second)
    )
    return (
        same
        and plain
        and {first.measure, second.measure} <= _ALIKE | _LISTED
        and (not one.excluded or one.excluded == two.excluded)
    )


def _differ(spoken: list[Said]) -> tuple[bool, bool]:
    """Whether the names differ in them, and whether the times do."""
    names = {(each.labels, *(_named(phrase) for phrase in each.phrases)) for each in spoken}
    times = {tuple((found.period.start, found.period.end) for found in each.periods) for each in spoken}
    return len(names) > 1, len(times) > 1


def _named(phrase: Phrase) -> tuple[str, tuple[str, ...]]:
    return phrase.best.kind, phrase.best.values


def _phrases(spoken: list[Said]) -> tuple[Phrase, ...]:
    """What all of them name, and then what each names by itself, as in "on diesel at Tollgate and at Marsh Road"."""
    if len({tuple(_named(phrase) for phrase in each.phrases) for each in spoken}) == 1:
        return spoken[-1].phrases
    shared = set.intersection(*({_named(phrase) for phrase in each.phrases} for each in spoken))
    common = [phrase for phrase in spoken[-1].phrases if _named(phrase) in shared]
    own = [phrase for each in spoken for phrase in each.phrases if _named(phrase) not in shared]
    own = list({_named(phrase): phrase for phrase in own}.values())
    return _in_a_row(common, own)


def _in_a_row(common: list[Phrase], own: list[Phrase]) -> tuple[Phrase, ...]:
    """The phrases where they would stand if they had been said in one question, joined by "and"."""
    result: list[Phrase] = []
    for place, phrase in enumerate([*common, *own]):
        start = result[-1].end + 1 if result else 0
        lead = "and " if place > len(common) else phrase.lead
        result.append(replace(phrase, start=start, end=start + phrase.end - phrase.start, lead=lead))
    return tuple(result)


def _periods(spoken: list[Said]) -> tuple[FoundPeriod, ...]:
    found = {(each.period.start, each.period.end): each for one in spoken for each in one.periods}
    return tuple(sorted(found.values(), key=lambda each: str(each.period.start or each.period.end)))


_THAT: Final = r"(?:that|it|this|they|those|these)"
_AGAINST_THAT: Final = compiled(
    rf"{_OPENING}(?:(?:is|was|were|are|did|does|do) {_THAT}\b.*\b(?:{_MORE}|up|down|as (?:much|high|often|many))\b"
    rf"|(?:how much |by how much )?(?:is |was )?(?:{_THAT} )?{_MORE} than\b|how much {_MORE} (?:is|was) {_THAT} than\b"
    rf"|how (?:does|did|do) {_THAT} compare\b|(?:and )?compared? (?:{_THAT} )?(?:to|with|against)\b)"
)
_COMPARABLE: Final = _ALIKE | _LISTED | {Measure.AVERAGE}
_THAN: Final = compiled(r"\b(?:than|compar\w+|against|versus|vs)\b|\bas (?:much|high|often|many)\b.* as\b")
_OTHER_SIDE: Final = compiled(r"\b(?:than|as|on|from|to|with|against|before|previous(?:ly)?|prior|earlier)\b")


def against_that(said: Said, before: Said, periods: tuple[FoundPeriod, ...], today: dt.date) -> Said | None:
    """As in "is that more than the year before?": what was asked about, and the other side of it; else None.

    `periods` are those that the question comes to when it is read as going on from the one before.
    """
    words = said.folded.replace("’", "'")
    plain = before.intent.measure in _COMPARABLE and not before.intent.single
    if not plain or not _AGAINST_THAT.match(words) or not _OTHER_SIDE.search(words):
        return None
    if said.labels and not said.phrases and not said.periods:  # "how does that compare to Rome?", of another trip
        labels = tuple(dict.fromkeys((*before.labels, *said.labels)))
        keys = {each.key for each in said.labels} & {each.key for each in before.labels}
        return replace(before, labels=labels, text=said.text) if keys else None
    if said.phrases:
        return _against_names(said, before) if not said.periods and _THAN.search(words) else None
    others = [each for each in periods if each not in before.periods]
    if len(before.periods) != 1 or len(others) != 1:
        return None
    (old,), (new,) = before.periods, others
    if old.period.start is None or new.period.start is None or old.period == new.period:
        return None
    whole = replace(before, text=said.text, unread_periods=())
    in_turn = tuple(sorted((old, new), key=lambda each: str(each.period.start)))
    both = periods if len(periods) > 1 else in_turn  # "compare that with 2021": that comes first
    sides = _running(whole, old, new, today) or replace(whole, periods=both)
    return _side_by_side(sides)


_NUMBERED: Final = compiled(r"\b(?:19|20)\d\d$")


def _running(whole: Said, old: FoundPeriod, new: FoundPeriod, today: dt.date) -> Said | None:
    """The two with the same days of the earlier, where the one asked about is still running; None where it is not.

    Nor where both are said by their numbers: "power in 2025", "how does that compare to 2024?".
    """
    if _NUMBERED.search(old.text) and _NUMBERED.search(whole.text.rstrip(" ?.!")):
        return None
    if not old.unit or not (old.period.start and old.period.end) or not old.period.start <= today < old.period.end:
        return None
    sides = against_before(whole, old, today)
    starts = {each.period.start for each in sides.periods}
    return sides if new.period.start in starts else None


def _against_names(said: Said, before: Said) -> Said | None:
    """As in "is that more than the rates?": the same of another name."""
    if not before.phrases or any(_named(one) == _named(two) for one in said.phrases for two in before.phrases):
        return None
    moved = replace(before, phrases=said.phrases)
    phrases = _phrases([before, moved])
    return _side_by_side(replace(before, phrases=phrases, text=said.text, earlier=None))
