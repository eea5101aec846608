"""Sentences for what changed: along a series, between two sides by group, and against what is usual."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from ledgerqa.grounding import figures, phrases
from ledgerqa.grounding.scene import CREDIT_NORMAL, SOME
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import CHANGE, CUMULATIVE, FALL, RISE, WHY
from ledgerqa.records import Grouping, Measure, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.grounding.scene import Line, Scene
    from ledgerqa.records import Fact, Variant

YES_OR_NO = compiled(
    r"\s*(?:(?:so|and|but|ok|okay|hey|hi|well|please)[,\s]+)*(?:did|do|does|has|have|had|is|are|am|was|were)\b"
)
NO_VERDICT = compiled(r"\b(?:not|never|or|how|what|which|why|by how much)\b|n['’]t\b")
UP = compiled(
    r"\b(?:up|upwards?|more|higher|bigger|dearer|pricier|costlier|ris(?:e|en|ing)|rose|increas\w+|grow\w*|grew|climb\w*"
    r"|expensive|soar\w*|jump\w*|creep\w*|crept)\b(?<!less expensive)"
)
BESIDE = compiled(r"\b(?:than|vs\.?|versus|against|compared (?:to|with)|or)\b")
EARLIER = compiled(
    r"\s+(?:(?:in|on|at|the|by|during|it|they|we|i|did|was|were|spent|paid|earned|made) )*"
    r"(?:last|previous|before|used|this (?:time|point)|the past|past|usual|same"
    r"|(?:year|quarter|month|week|one|time) (?:before|earlier|prior))\b"
)
OF_THE_EARLIER = compiled(r"\b(?:previous|prior|(?:year|quarter|month|week) (?:before|earlier|prior))\b")
DATED = compiled(
    r"\d{4}|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer"
    r"|autumn|fall|winter|last|first|second|third|fourth|q[1-4])\b"
)
PRICES = compiled(r"\b(?:expensive|pric\w+|dear\w*|cheap\w*|costl\w+)\b")
DOWN = compiled(
    r"\b(?:down|downwards?|less|fewer|lower|smaller|cheaper|fall\w*|fell|drop\w*|decreas\w+|declin\w+|shr[aiu]nk\w*)\b"
)
WENT = compiled(r"\b(?:did|does|do|has|have)\b.*$")
TIMES = compiled(r"\b(?:double|treble|triple|quadruple|halve)")
FACTORS = {
    "double": Decimal(2),
    "treble": Decimal(3),
    "triple": Decimal(3),
    "quadruple": Decimal(4),
    "halve": Decimal("0.5"),
}
NEARLY = Decimal("0.8")  # of the whole change, which counts as it: 1.8 times is double, in what people say
BOTH = 2  # sides between which a change is told


def told(scene: Scene, topic: str, *, flip: bool = False) -> list[str]:
    """What changed, to stand before the rows; nothing where the plan asks for none or evidence derived none."""
    if scene.plan.key == WHY:
        return _against_usual(scene, topic)
    if scene.plan.key == CUMULATIVE and scene.by_time and not scene.plan.compare:
        return _added_up(scene, topic)
    if scene.plan.key == CHANGE and scene.by_time:
        return [*_course(scene, topic, flip=flip), *_price(scene)]
    return []


def verdict(scene: Scene, question: str) -> str:
    """Yes or no to "did it rise", where all that is told goes one way; else nothing."""
    words = question.casefold()
    up, down = bool(UP.search(words)), bool(DOWN.search(words))
    if scene.plan.key == WHY:
        return _premise(scene, words, up=up, down=down)
    if not YES_OR_NO.match(words) or NO_VERDICT.search(words) or up == down:
        return ""
    if PRICES.search(words) and not scene.facts("first_amount") and scene.plan.pick != "changed":
        return ""  # what is spent tells nothing of prices
    moves = _moves(scene, words)
    if not moves or any(move == 0 for move in moves) or len({move > 0 for move in moves}) > 1:
        return ""
    return "Yes." if (moves[0] > 0) == up else "No."


def _premise(scene: Scene, question: str, *, up: bool, down: bool) -> str:
    """What is not so of "why did the rent double": it fell, or rose by less; nothing where it is as was said."""
    usual, unusual = scene.facts("usual"), scene.facts("unusual")
    if not usual or not unusual or not (found := WENT.search(question)):
        return ""
    mean, apart = scene.turn * usual[0].number, scene.turn * unusual[0].number
    if (times := TIMES.search(found.group())) and mean > 0:
        factor = FACTORS[times.group()]
        rose = apart >= mean * (factor - 1) * NEARLY if factor > 1 else apart <= mean * (factor - 1) * NEARLY
        return "" if rose else f"It did not {times.group()}."
    if up in {down, apart > 0}:
        return ""
    return "It did not go up." if up else "It did not go down."


def _moves(scene: Scene, question: str) -> list[Decimal]:
    """Every rise (or fall) that the answer tells: between whole spans, or two sides, and of a single payment."""
    if scene.plan.pick == "changed":
        alike = ((one, two) for one, two in pairwise(scene.lines) if one.currency == two.currency)
        return [abs(two.number) - abs(one.number) for one, two in alike]
    main = _main(scene) if scene.lines else ""
    if scene.plan.key == CHANGE and scene.by_time:
        told = [_ends(scene, fact) for fact in scene.facts("risen") if fact.currency == main]
        prices = [one.number for name in ("first_amount", "latest_amount") for one in scene.facts(name)]
        turn = scene.turn
        return [last - first for first, last in told] + (
            [turn * (prices[1] - prices[0])] if len(prices) == BOTH else []
        )
    if len(scene.plan.compare) != BOTH or scene.plan.group_by or len({line.currency for line in scene.lines}) != 1:
        return []
    if _named_both(question):
        return []
    sides = sorted(scene.plan.compare, key=lambda side: str(side.period.end or ""))
    if sides[0].period == sides[1].period or any(side.filters != sides[0].filters for side in sides):
        return []
    at = {line.side: _size(scene, line, flip=scene.plan.measure is Measure.NET_INCOME) for line in scene.lines}
    return [at[sides[1].label] - at[sides[0].label]] if len(at) == BOTH and all(at.values()) else []


def _named_both(question: str) -> bool:
    """Whether both sides are named, so that which is the later tells nothing: "more in 2023 than in 2024".

    Nor does it where only the earlier is: "was it less the year before?".
    """
    beside = BESIDE.search(question)
    if beside is None:
        return bool(OF_THE_EARLIER.search(question))
    earlier = EARLIER.match(question[beside.end() :])
    return earlier is None or bool(DATED.search(question[: beside.start()]))


def _ends(scene: Scene, fact: Fact) -> tuple[Decimal, Decimal]:
    lines = sorted((scene.lines[row] for row in fact.rows), key=lambda line: line.keys)
    flip = scene.plan.measure is Measure.NET_INCOME
    return _size(scene, lines[0], flip=flip), _size(scene, lines[-1], flip=flip)


def _added_up(scene: Scene, topic: str) -> list[str]:
    """What a running total comes to at the end: "Spending in 2025 adds up to 120 EUR by 2025-06"."""
    last: dict[str, tuple[str, Decimal]] = {}
    for line in scene.lines:
        figure = scene.amount(line.row, "so far")
        if figure:
            turn = -1 if scene.root_of(line) in CREDIT_NORMAL else 1
            last[line.currency] = (line.keys[0], turn * figure[0])
    said = [f"{scene.money(number, currency)} by {key}" for currency, (key, number) in last.items()]
    return [f"{topic}{scene.when} adds up to {figures.listed(said)}; the table has the total so far beside each row."]


# ------------------------------------------------------------------------------------------------- along a series


def _course(scene: Scene, topic: str, *, flip: bool) -> list[str]:
    """From the first whole span to the last: "Spending on Water rose from 80 EUR in 2022 to 90 EUR in 2025, by ..."."""
    said = []
    for fact in scene.facts("risen"):
        lines = sorted((scene.lines[row] for row in fact.rows), key=lambda line: line.keys)
        if len(lines) != BOTH or lines[0].currency != _main(scene):
            continue
        first, last = (_size(scene, line, flip=flip) for line in lines)
        ends = [
            f"{scene.money(number, fact.currency)} {_when(line.keys[0])}"
            for number, line in zip((first, last), lines, strict=True)
        ]
        if first == last:
            said.append(f"{topic} stayed the same: {ends[0]} and {_when(lines[1].keys[0])}.")
            continue
        part = _percent(scene, fact.currency) if first > 0 else ""
        by = f"by {scene.money(abs(last - first), fact.currency)}{part}"
        said.append(f"{topic} {'rose' if last > first else 'fell'} from {ends[0]} to {ends[1]}, {by}.")
    return said


def _when(key: str) -> str:
    """A span of the calendar with its preposition: "in 2024-05", "on 2024-05-03"."""
    return f"{'on' if phrases.ISO_DAY.fullmatch(key) else 'in'} {key}"


def _main(scene: Scene) -> str:
    currencies = [line.currency for line in scene.lines]
    return max(dict.fromkeys(currencies), key=currencies.count)


def _size(scene: Scene, line: Line, *, flip: bool) -> Decimal:
    """The figure as people mean it: a debt by what is owed."""
    number = -line.number if flip else scene.turned(line)
    return -number if scene.plan.measure is Measure.BALANCE and scene.root_of(line) is Root.LIABILITIES else number


def _percent(scene: Scene, currency: str) -> str:
    found = next((one for one in scene.facts("risen_percent") if one.note == currency), None)
    return f" ({figures.percent(abs(found.number))})" if found and found.number else ""


def _price(scene: Scene) -> list[str]:
    """Of a steady payment its first amount and its newest: what one is charged, whatever a year comes to."""
    first, latest = scene.facts("first_amount"), scene.facts("latest_amount")
    if not first or not latest:
        return []
    turn = scene.turn
    old, new = (turn * one[0].number for one in (first, latest))
    old, new = (abs(old), abs(new)) if old < 0 and new < 0 else (old, new)
    booked = [scene.money(number, first[0].currency) for number in (old, new)]
    if first[0].note == latest[0].note:
        last = scene.facts("booked_last")[0].note
        return [f"Each payment was {booked[0]}, from {first[0].note} to {last}."]
    return [f"A single payment was {booked[0]} on {first[0].note}, and {booked[1]} from {latest[0].note} on."]


# ----------------------------------------------------------------------------------------------- between two sides


def between(scene: Scene, topic: str, *, flip: bool = False) -> list[str]:
    """Two sides by group: what changed in all, and the groups that changed most; nothing of any other comparison."""
    plan = scene.plan
    if len(plan.compare) != BOTH or scene.by_time or not scene.facts("moved"):
        return []
    sides = plan.compare
    if plan.group_by == (Grouping.ACCOUNT,) and plan.account_depth == 1:
        said = [_of_group(scene, line_key, sides, flip=flip) for line_key in _keys(scene)]
        return [f"{'; '.join(said)}{scene.resting}; {scene.all_rows}."]
    main = _main(scene)
    moved = [one for one in scene.facts("moved") if one.currency == main]
    whole = _whole(scene, topic, main, sides) if plan.measure is Measure.SUM else ""
    most = "; ".join(_of_fact(scene, one, sides, flip=flip) for one in moved[:SOME])
    what = {RISE: "what rose most", FALL: "what fell most"}.get(plan.key or "", "what changed most")
    lead = f"{whole}{scene.resting}. " if whole else ""
    tail = "" if whole else scene.resting
    return [
        f"{lead}{f'{phrases.capitalised(what)}: ' if whole else f'{topic}, {what}{tail}: '}{most}; {scene.all_rows}."
    ]


def _keys(scene: Scene) -> list[tuple[str, ...]]:
    """The groups in the main currency, income before expenses as the ledger lists them."""
    main = _main(scene)
    return sorted({line.keys for line in scene.lines if line.currency == main}, reverse=True)


def _of_group(scene: Scene, keys: tuple[str, ...], sides: Sequence[Variant], *, flip: bool) -> str:
    """One group on both sides: "Income rose from 10 EUR in 2023 to 12 EUR in 2024, by 2 EUR (20%)"."""
    main = _main(scene)
    before, after = (_at(scene, side.label, keys, main, flip=flip) for side in sides)
    note = ", ".join(keys)
    return _rose(scene, phrases.shown(note), (before, after), main, sides, _part(scene, "moved", main, note))


def _of_fact(scene: Scene, fact: Fact, sides: Sequence[Variant], *, flip: bool) -> str:
    """One group by what it moved: "Expenses:Rent 120 EUR more (620 EUR → 740 EUR)"."""
    keys = next(
        line.keys for line in scene.lines if ", ".join(line.keys) == fact.note and line.currency == fact.currency
    )
    before, after = (_at(scene, side.label, keys, fact.currency, flip=flip) for side in sides)
    more = "more" if after > before else "less"
    ends = f"{_amount(scene, before, fact.currency)} → {_amount(scene, after, fact.currency)}"
    name = ", ".join(phrases.shown(key) or "(none)" for key in keys)
    return f"{name} {scene.money(abs(after - before), fact.currency)} {more} ({ends})"


def _amount(scene: Scene, number: Decimal, currency: str) -> str:
    return scene.money(number, currency) if number else "nothing"


def _at(scene: Scene, side: str, keys: tuple[str, ...], currency: str, *, flip: bool) -> Decimal:
    found = (line for line in scene.lines if (line.side, line.keys, line.currency) == (side, keys, currency))
    line = next(found, None)
    return Decimal(0) if line is None else _size(scene, line, flip=flip)


def _whole(scene: Scene, topic: str, currency: str, sides: Sequence[Variant]) -> str:
    """The totals of both sides, from evidence's facts; "" where groups overlap, so that there are none."""
    turn = scene.turn
    totals = {one.note: turn * one.number for one in scene.facts("total") if one.currency == currency}
    if len(scene.roots) != 1 or not totals:
        return ""
    ends = [totals.get(side.label, Decimal(0)) for side in sides]
    return _rose(scene, topic, ends, currency, sides, _part(scene, "whole_moved", currency, ""))


def _part(scene: Scene, name: str, currency: str, note: str) -> str:
    """The change in percent, in brackets, where evidence has it."""
    facts = scene.facts(f"{name}_percent")
    found = next((one for one in facts if one.note == f"{currency}: {note}"), None)
    return f" ({figures.percent(abs(found.number))})" if found else ""


def _rose(scene: Scene, topic: str, ends: Sequence[Decimal], currency: str, sides: Sequence[Variant], part: str) -> str:
    before, after = ends
    whens = [phrases.during(side.period) or phrases.side_name(side.label) for side in sides]
    at = [f"{_amount(scene, number, currency)} {when}" for number, when in zip(ends, whens, strict=True)]
    if before == after:
        return f"{topic} stayed the same: {at[0]} and {whens[1]}"
    by = f"by {scene.money(abs(after - before), currency)}{part}"
    return f"{topic} {'rose' if after > before else 'fell'} from {at[0]} to {at[1]}, {by}"


# --------------------------------------------------------------------------------------------- against the usual


def _against_usual(scene: Scene, topic: str) -> list[str]:
    """The total against that of an average span before it, and what strays from its own average most."""
    usual, unusual = scene.facts("usual"), scene.facts("unusual")
    if not usual or not unusual:
        return []
    turn = scene.turn
    currency, apart = usual[0].currency, turn * unusual[0].number
    mean = turn * usual[0].number
    now = "" if scene.evidence.table.truncated else scene.money(_sum(scene, currency), currency)
    spans, _, as_far = usual[0].note.partition(", ")
    till = f" ({as_far if spans[0].isdigit() else as_far.removeprefix('each ')})" if as_far else ""
    meant = f"the average of the {spans} before" if spans[0].isdigit() else f"the {spans} before"
    average = f"{meant}{till}, {scene.quotient(mean, currency)}"
    much = f"{scene.quotient(abs(apart), currency)} {'more' if apart > 0 else 'less'} than {average}"
    above = [one for one in scene.facts("stray") if turn * one.number > 0][:SOME]
    below = [one for one in scene.facts("stray") if turn * one.number < 0][:SOME] if apart < 0 else []
    lead = f"{topic}{scene.when} came to {now}: {much}" if now else f"{topic}{scene.when} was {much}"
    said = [f"{lead}."]
    alone = len(scene.lines) == 1
    for way, strays in (("above", above), ("below", below)):
        if strays and not alone:
            told = "; ".join(_stray(scene, one) for one in strays)
            said.append(f"Furthest {way} their own average: {told}.")
    return said


def _sum(scene: Scene, currency: str) -> Decimal:
    return sum((scene.turned(line) for line in scene.lines if line.currency == currency), Decimal(0))


def _stray(scene: Scene, fact: Fact) -> str:
    """One group: "Expenses:Travel:Flights 900.00 EUR (75.00 EUR on average)"."""
    now = scene.turned(scene.lines[fact.rows[0]]) if fact.rows else Decimal(0)
    turn = scene.turn
    mean = turn * next(one.number for one in scene.facts("stray_usual") if one.note == fact.note)
    average = f"{scene.quotient(mean, fact.currency)} on average" if mean else "nothing before"
    return f"{fact.note} {_amount(scene, now, fact.currency)} ({average})"
