"""Sentences for several figures of one kind: by group, along time, and side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.evidence.groups import noun_of
from ledgerqa.grounding import changes, figures, phrases
from ledgerqa.grounding.scene import FEW, SOME, Line
from ledgerqa.plan_keys import BOTH_WAYS, ENDS, RATIO
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure, Root

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledgerqa.grounding.scene import Scene
    from ledgerqa.records import Fact, Plan

PAIR = 2  # the sides of a comparison between which a difference is told
MONEY_WORDS = 4  # currencies said one by one; of more, the first ones


# -------------------------------------------------------------------------------------------- groups and series


def grouped(scene: Scene, topic: str, noun: str = "", *, flip: bool = False) -> list[str]:
    """Rows by group: all of them when few, otherwise the telling ones and how many there are."""
    if changed := changes.between(scene, topic, flip=flip):
        return changed
    if changed := changes.told(scene, topic, flip=flip):
        return [*changed, _rows_told(scene, "", noun, flip=flip)]
    lines, plan = scene.lines, scene.plan
    if plan.having:
        return [_having(scene, topic, noun, flip=flip), *_unlabelled(scene, noun, flip=flip)]
    ranked = plan.order is not None and plan.order.by == "amount"
    if plan.key == ENDS and len(lines) == PAIR:
        return [_ends(scene, topic, noun, flip=flip), *whole(scene), *_unlabelled(scene, noun, flip=flip)]
    if plan.limit == 1 and len(lines) == 1 and ranked and not plan.limit_by:
        tail = f"{_groups_when(scene)}{scene.valued}{scene.resting}"
        told = [f"{_winner(scene, topic, noun, flip=flip)}{tail}.", *_of_one_name(scene, noun), *whole(scene)]
    else:
        told = [_rows_told(scene, topic, noun, flip=flip), *_of_one_name(scene, noun), *whole(scene)]
    return [*told, *_unlabelled(scene, noun, flip=flip)]


def _unlabelled(scene: Scene, noun: str, *, flip: bool) -> list[str]:
    """What has no value under the key that is grouped by: "With no project: 1,204.50 EUR"."""
    said = []
    for fact in scene.facts("unlabelled"):
        side = f"{phrases.side_name(fact.note)} " if fact.note else ""
        said.append(f"{side}{figure_of(scene, Line(fact.note, (), fact.number, fact.currency, 0), noun, flip=flip)}")
    shown = said[:MONEY_WORDS] if len(said) > MONEY_WORDS else said
    more = " and more" if len(said) > len(shown) else ""
    return [f"With no {scene.plan.by_key}: {figures.listed(shown)}{more}."] if said else []


def _labelled(scene: Scene) -> Sequence[Line]:
    """The lines of what is grouped by; what has no value under a metadata key is told after them."""
    plan, lines = scene.plan, scene.lines
    if plan.group_by != (Grouping.METADATA,):
        return lines
    return [line for line in lines if any(line.keys)]


def _of_one_name(scene: Scene, noun: str) -> list[str]:
    """As in "The same name written in several ways: Tesco and TESCO 3021 come to 1,299.03 EUR"."""
    turn = scene.turn
    told = [
        f"{one.note} come to "
        f"{figures.count(one.number, noun) if noun else scene.money(turn * one.number, one.currency)}"
        for one in scene.facts("one_name")
    ]
    return [f"The same name written in several ways: {'; '.join(told)}."] if told else []


def _rows_told(scene: Scene, topic: str, noun: str, *, flip: bool) -> str:
    """The rows as one sentence; without a topic it goes on from the sentence before."""
    lines, plan = _labelled(scene), scene.plan
    tail = f"{_groups_when(scene)}{scene.valued}{scene.resting}"
    ranked = plan.order is not None and plan.order.by == "amount"
    of = phrases.of_each(plan) or f" of {_groups(scene)}"
    among = f", the {_top(scene)}{of}" if ranked and (scene.limited or plan.limit_by) else ""
    lead = phrases.capitalised(f"{topic} {phrases.by_groups(plan)}".strip()) + f"{among}{tail}"
    if not lines:
        return f"No {noun_of(plan.group_by[0], plan)} is noted{tail}."
    some = scene.limited or plan.limit_by or (plan.compare and scene.by_time)
    if len(lines) <= FEW or (some and len(lines) <= 2 * FEW):
        return f"{lead}: {_all(scene, lines, noun, flip=flip)}."
    main = in_main_currency(lines)
    others = "; other currencies are in the table" if len(main) < len(lines) else ""
    if len(main) <= FEW:
        return f"{lead}: {_all(scene, main, noun, flip=flip)}{others}; {scene.all_rows}."
    if scene.by_time and len(plan.group_by) == 1 and not plan.compare:
        return f"{lead}: {_course(scene, main, noun, flip=flip)}{others}; {scene.all_rows}."
    first = lines[:SOME] if plan.order else largest(lines)
    how = "the first are" if plan.limit_by or (plan.order and not ranked) else f"the {_superlative(scene)} are"
    return f"{lead}: {how} {_all(scene, first, noun, flip=flip)}; {scene.all_rows}."


def _having(scene: Scene, topic: str, noun: str, *, flip: bool) -> str:
    """The groups of such a figure: "Spending on Groceries (...) was more than 500 in 2 months: 2024-01 510.20 EUR"."""
    plan, lines = scene.plan, scene.lines
    assert plan.having is not None  # noqa: S101 - what it is called for
    grouping = plan.group_by[0]
    among = "in" if grouping in TIME_GROUPINGS else "for"
    groups = figures.count(next(fact.number for fact in scene.facts("groups")), noun_of(grouping, plan))
    tail = f"{_groups_when(scene)}{scene.valued}{scene.resting}"
    only = f" in {figures.listed(plan.filters.currencies)}" if plan.filters.currencies else ""
    what = f"{topic} was {phrases.within_limits(plan.having)}{only}"
    if plan.measure is Measure.NET_INCOME and not (plan.having.minimum or plan.having.maximum):
        what = "Expenses exceeded income" if plan.having.minimum is None else "Income exceeded expenses"
    lead = f"{what} {among} {groups}{tail}"
    first = lines if len(lines) <= 2 * FEW else lines[:FEW]
    more = "" if len(first) == len(lines) else f"; {scene.all_rows}"
    return f"{lead}: {_all(scene, first, noun, flip=flip)}{more}."


def _all(scene: Scene, lines: Sequence[Line], noun: str, *, flip: bool) -> str:
    return "; ".join(_said(scene, line, noun, flip=flip) for line in lines)


def _groups_when(scene: Scene) -> str:
    """The period of the rows; for what stands at a day, that day."""
    if scene.plan.measure not in phrases.STANDING or scene.by_time:
        return scene.when
    return scene.as_of or scene.newest


def _groups(scene: Scene) -> str:
    """How many groups there are: "10 payees", or rows where several things make a group."""
    plan = scene.plan
    single = len(plan.group_by) == 1 and not plan.compare and len({line.currency for line in scene.lines}) == 1
    return figures.count(scene.evidence.table.row_count, noun_of(plan.group_by[0], plan) if single else "row")


def _superlative(scene: Scene) -> str:
    """How the rows said stand among the others."""
    order = scene.plan.order
    return "lowest" if order is not None and order.by == "amount" and not order.descending else "highest"


def _top(scene: Scene) -> str:
    """How many were asked for: "5 highest"; of each of several, "highest" for one."""
    many = "" if scene.plan.limit_by and scene.plan.limit == 1 else f"{scene.plan.limit:,} "
    return f"{many}{_superlative(scene)}"


def _winner(scene: Scene, topic: str, noun: str, *, flip: bool) -> str:
    """The one group asked for: "The highest payee is Goba: 788.38 USD of spending on Restaurant (...)"."""
    line = scene.lines[0]
    grouping = _as_noun(scene)
    label = ", ".join(key_name(scene.plan, one, key) for one, key in zip(scene.plan.group_by, line.keys, strict=False))
    figure = figure_of(scene, line, noun, flip=flip)
    which = f"{phrases.ordinal(scene.plan.skip)}{_superlative(scene)}"
    return f"The {which} {grouping} is {label}: {figure} ({_lower(topic)})"


def _ends(scene: Scene, topic: str, noun: str, *, flip: bool) -> str:
    """Both ends of the order: "The highest month is 2024-12: 4,942.84 EUR; the lowest is 2024-03: 340.00 EUR"."""
    grouping = scene.plan.group_by[0]
    named = [
        (key_name(scene.plan, grouping, line.keys[0]), figure_of(scene, line, noun, flip=flip)) for line in scene.lines
    ]
    (high, most), (low, least) = named
    tail = f"{_groups_when(scene)}{scene.valued}{scene.resting}"
    which = _as_noun(scene)
    return f"The highest {which} is {high}: {most}; the lowest {which} is {low}: {least} ({_lower(topic)}){tail}."


def _as_noun(scene: Scene) -> str:
    """The groupings as a noun: "payee", "account and month"."""
    return figures.listed([noun_of(grouping, scene.plan) for grouping in scene.plan.group_by])


def _lower(topic: str) -> str:
    return topic[:1].lower() + topic[1:]


def _said(scene: Scene, line: Line, noun: str = "", *, flip: bool = False) -> str:
    """One line of a breakdown: "Expenses:Home:Rent 28,800.00 USD (85.2%)"."""
    keys = zip(scene.plan.group_by, line.keys, strict=False)
    side = [phrases.side_name(line.side)] if line.side else []
    label = ", ".join([*side, *[key_name(scene.plan, grouping, key) for grouping, key in keys]])
    share = next((one for one in scene.facts("share") if one.rows == (line.row,)), None)
    part = f" ({figures.percent(share.number)})" if share and _divides(scene, line) else ""
    return f"{label}{':' if noun else ''} {figure_of(scene, line, noun, flip=flip)}{part}"


def figure_of(scene: Scene, line: Line, noun: str = "", *, flip: bool = False) -> str:
    """The figure of one line in the sign people mean."""
    if noun:
        return figures.count(line.number, noun)
    number = -line.number if flip or _is_collected(scene, line) else scene.turned(line)
    if scene.plan.measure is Measure.AVERAGE:
        return scene.quotient(number, line.currency)
    standing = scene.plan.measure in phrases.STANDING
    if standing and scene.root_of(line) is Root.LIABILITIES:
        return owed(scene, number, line.currency)
    return scene.money(number, line.currency)


def _is_collected(scene: Scene, line: Line) -> bool:
    """Whether the line is of the side that came in and is owed on, as VAT is: a growing debt is booked below zero."""
    if scene.plan.key != BOTH_WAYS or scene.root_of(line) is not Root.LIABILITIES:
        return False
    came_in = scene.plan.compare[0]
    return line.side == came_in.label and not came_in.filters.sign


def owed(scene: Scene, number: Decimal, currency: str) -> str:
    """A liability's balance as people say it: "2,134.04 USD owed", "30.00 USD in your favour"."""
    said = scene.money(abs(number), currency)
    return f"{said} owed" if number < 0 else f"{said} in your favour" if number else said


def _divides(scene: Scene, line: Line) -> bool:
    """Whether a share says something: several parts of one sign that make up a whole."""
    signs = [other.number >= 0 for other in scene.lines if other.currency == line.currency]
    return scene.plan.measure is Measure.SUM and len(signs) > 1 and len(set(signs)) == 1


def key_name(plan: Plan, grouping: Grouping, key: str) -> str:
    """A group's key as people write it: tags with #, links with ^; an empty one is named as such."""
    if not key:
        return f"(no {noun_of(grouping, plan)})"
    if grouping is Grouping.NARRATION:
        return phrases.quoted(key)
    return f"{ {Grouping.TAG: '#', Grouping.LINK: '^'}.get(grouping, '') }{phrases.shown(key)}"


def in_main_currency(lines: Sequence[Line]) -> list[Line]:
    """The lines in the currency that most lines have."""
    currencies = [line.currency for line in lines]
    main = max(dict.fromkeys(currencies), key=currencies.count)
    return [line for line in lines if line.currency == main]


def largest(lines: Sequence[Line], most: int = SOME) -> list[Line]:
    """The lines of the largest figures in the main currency."""
    return sorted(in_main_currency(lines), key=lambda line: -abs(line.number))[:most]


def _course(scene: Scene, lines: Sequence[Line], noun: str, *, flip: bool) -> str:
    """A series in time: its highest and lowest, its first and last."""

    def value(line: Line) -> Decimal:
        return _size(scene, line, flip=flip)

    in_time = sorted(lines, key=lambda line: line.keys)
    high, low = max(in_time, key=value), min(in_time, key=value)
    if value(high) == value(low) and len({line.currency for line in lines}) == 1:
        begins, ends = (
            key_name(scene.plan, scene.plan.group_by[0], line.keys[0]) for line in (in_time[0], in_time[-1])
        )
        return f"{figure_of(scene, high, noun, flip=flip)} each, {begins} to {ends}"
    parts = [f"highest {_said(scene, high, noun, flip=flip)}", f"lowest {_said(scene, low, noun, flip=flip)}"]
    parts += [f"first {_said(scene, in_time[0], noun, flip=flip)}"] if in_time[0] not in (high, low) else []
    parts += [f"last {_said(scene, in_time[-1], noun, flip=flip)}"] if in_time[-1] not in (high, low) else []
    return "; ".join(parts)


def whole(scene: Scene) -> list[str]:
    """The total of all groups, where evidence gives it as a fact."""
    totals = [one for one in scene.facts("total") if not one.note]
    if totals and scene.plan.measure is Measure.BALANCE:
        return _held_together(scene, totals)
    if not totals or scene.plan.measure not in (Measure.SUM, Measure.LIST):
        return []
    turn = scene.turn
    everything = "All of them together" if scene.limited else "Together"
    said = [scene.money(turn * one.number, one.currency) for one in totals]
    return [f"{everything}: {figures.listed(said[:MONEY_WORDS])}{' and more' if len(said) > MONEY_WORDS else ''}."]


def _held_together(scene: Scene, totals: Sequence[Fact]) -> list[str]:
    """What several accounts of one type hold or owe in all."""
    if scene.plan.group_by != (Grouping.ACCOUNT,) or len(scene.roots) != 1 or scene.limited:
        return []
    if len(totals) > MONEY_WORDS or all(len(one.rows) < PAIR for one in totals):
        return []
    debts = scene.roots == {Root.LIABILITIES}
    turn = scene.turn
    said = [
        owed(scene, one.number, one.currency) if debts else scene.money(turn * one.number, one.currency)
        for one in totals
    ]
    return [f"Together: {figures.listed(said)}."]


# --------------------------------------------------------------------------------------------------- comparisons


def compared(scene: Scene, topic: str, noun: str = "", *, flip: bool = False) -> list[str]:
    """Two or more sides: each figure, which is more, and by how much."""
    if scene.plan.group_by:
        if scene.plan.key == RATIO:
            return [*_ratios_in_time(scene), *grouped(scene, "Both sums", noun, flip=flip)]
        return grouped(scene, topic, noun, flip=flip)
    sides = list(dict.fromkeys(variant.label for variant in scene.plan.compare))
    said = []
    for side in sides:
        mine = [figure_of(scene, line, noun, flip=flip) for line in scene.lines if line.side == side]
        said.append(f"{phrases.side_name(side)}: {figures.listed(mine) or 'nothing'}")
    common = scene.when if scene.plan.period or scene.plan.period.label else ""
    sentences = [f"{topic}{common}{scene.valued} – {'; '.join(said)}{scene.resting}."]
    if len(sides) < PAIR:
        return sentences
    if scene.plan.key == RATIO:
        return [*sentences, *_ratios(scene)]
    if scene.plan.key == BOTH_WAYS:
        return [*sentences, *_net(scene)]
    currencies = list(dict.fromkeys(line.currency for line in scene.lines))
    verdicts = [
        _greater(scene, each, sides, flip=flip) for each in (currencies if len(sides) == PAIR else currencies[:1])
    ]
    higher = {side for _, side in verdicts if side}
    if len(higher) > 1:
        return [*sentences, *_in_parts(scene, currencies, verdicts)]
    return [*sentences, *(sentence for sentence, _ in verdicts)]


def _in_parts(scene: Scene, currencies: Sequence[str], verdicts: Sequence[tuple[str, str]]) -> list[str]:
    """What can be said where the one side is more in one currency, and the other in another: nothing of the whole."""
    both = [each for each in currencies if len({line.side for line in scene.lines if line.currency == each}) == PAIR]
    if not both:
        return ["They have no currency in common, so neither can be called higher."]
    said = [sentence for (sentence, _), code in zip(verdicts, currencies, strict=True) if code in both]
    return (
        [*said, "In other currencies they cannot be set against each other."] if len(both) < len(currencies) else said
    )


def _net(scene: Scene) -> list[str]:
    """How much more came in than went out, or went out than came in, a clause for each currency."""
    clauses = []
    for way, more in (("more in than out", True), ("more out than in", False)):
        facts = [one for one in scene.facts("net") if one.number and (one.number > 0) is more]
        if facts:
            said = figures.listed([scene.money(abs(one.number), one.currency) for one in facts])
            clauses.append(f"{said} {way}")
    return [f"That is {figures.listed(clauses)}."] if clauses else ["As much came in as went out."]


def _ratios(scene: Scene) -> list[str]:
    """What part of the second side the first is, a sentence for each currency."""
    part, whole = (phrases.side_name(variant.label) for variant in scene.plan.compare[:PAIR])
    return [
        f"{phrases.capitalised(part)} is {figures.percent(fact.number)} of {whole} ({fact.note.rpartition(', ')[2]})."
        for fact in scene.facts("ratio")
    ] or [f"No currency has both {part} and {whole}, so there is no share."]


def _ratios_in_time(scene: Scene) -> list[str]:
    """What part of the second side the first is in each of the times: "2023 12.1%; 2024 9.8%"."""
    part, whole = (phrases.side_name(variant.label) for variant in scene.plan.compare[:PAIR])
    facts = scene.facts("ratio")
    several = len({fact.note.rpartition(", ")[2] for fact in facts}) > 1
    said = [f"{one.note if several else one.note.rpartition(', ')[0]} {figures.percent(one.number)}" for one in facts]
    kept = said if len(said) <= 2 * FEW else [*said[:FEW], "…", *said[-FEW:]]
    return [f"Share of {part} in {whole}: {'; '.join(kept)}."] if said else []


def _at_the_top(value: Mapping[str, Decimal], currency: str) -> str:
    """Which of more than two sides share the highest figure."""
    within = f" in {currency}" if currency else ""
    most = [phrases.side_name(side) for side in value if value[side] == max(value.values())]
    if len(most) == len(value):
        return f"All are the same{within}."
    return f"{phrases.capitalised(figures.listed(most))} are the highest{within}, at the same."


def _greater(scene: Scene, currency: str, sides: Sequence[str], *, flip: bool) -> tuple[str, str]:
    """Which side is more in one currency, by how much, and by what part of the other; and that side ("" for none)."""
    value = dict.fromkeys(sides, Decimal(0))
    for line in scene.lines:
        if line.currency == currency and line.side in value:
            value[line.side] = _size(scene, line, flip=flip)
    first, second = sorted(sides, key=lambda side: -value[side])[:PAIR]
    if value[first] == value[second] and len(sides) > PAIR:
        return _at_the_top(value, currency), ""
    if value[first] == value[second]:
        return f"Both are the same{f' in {currency}' if currency else ''}.", ""
    name = phrases.capitalised(phrases.side_name(first))
    if len(sides) > PAIR:
        return f"{name} is the highest{f' in {currency}' if len(value) > 1 and currency else ''}.", first
    apart = _apart(scene, currency, (first, second), value)
    several = len({line.currency for line in scene.lines}) > 1
    return f"{name} is higher{apart or (f' in {currency}' if several and currency else '')}.", first


def _size(scene: Scene, line: Line, *, flip: bool) -> Decimal:
    """By what sides are ranked: a debt by what is owed."""
    number = -line.number if flip else scene.turned(line)
    return -number if scene.plan.measure is Measure.BALANCE and scene.root_of(line) is Root.LIABILITIES else number


def _by(scene: Scene, number: Decimal, currency: str) -> str:
    """A difference; of averages, which are shortened themselves, "about" so much where it is shortened, too."""
    if scene.plan.measure is not Measure.AVERAGE:
        return scene.money(number, currency)
    said = scene.quotient(number, currency)
    return said if said == scene.money(number, currency) else f"about {said}"


def _apart(scene: Scene, currency: str, pair: tuple[str, str], value: dict[str, Decimal]) -> str:
    """By how much the first of a pair is more than the second; nothing where evidence derived no difference."""
    notes = {f"{pair[0]} less {pair[1]}", f"{pair[1]} less {pair[0]}"}
    facts = [one for one in scene.facts("difference") if one.currency == currency and one.note in notes]
    if not facts or abs(facts[0].number) != value[pair[0]] - value[pair[1]]:
        return ""
    by = f", by {_by(scene, abs(facts[0].number), currency)}"
    upward = [one for one in scene.facts("change") if one.note == f"from {pair[1]} to {pair[0]}"]
    downward = [one for one in scene.facts("change") if one.note == f"from {pair[0]} to {pair[1]}"]
    if min(value.values()) <= 0 or len({line.currency for line in scene.lines}) != 1:
        return by  # a percentage of nothing, or across signs, says nothing
    if upward:
        return f"{by} ({figures.percent(abs(upward[0].number))} more than {phrases.side_name(pair[1])})"
    return f"{by} ({phrases.side_name(pair[1])} is {figures.percent(abs(downward[0].number))} less)" if downward else by
