"""What an answer told first, pointed at: "at that shop", "in that month", "the second one" after "which was the most".

No question named it, so it is looked up as the answer was, and put in its place.  What cannot be told is asked back.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.periods import find_periods
from ledgerqa.dialog.language.booked import at_or_below, bearing, naming
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.answered_back import answered_back
from ledgerqa.dialog.plans.him_or_her import him_or_her
from ledgerqa.dialog.understanding.one_of_the_rows import row_before
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Clarify, Filters, Grouping, Measure, Plan, Root

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.records import Outcome, Period

_UNITS: Final = {each.value: each for each in (Grouping.DAY, Grouping.MONTH, Grouping.QUARTER, Grouping.YEAR)}
_WAY: Final = r"(?:\b(?P<way>at|from|with|to|by|in|on|of|for|during|over) )?"
_THE_SAME: Final = r"(?:that|the same|that (?:very )?same|that very)"
_TIME: Final = compiled(
    rf"{_WAY}\b{_THE_SAME} (?P<unit>{'|'.join(_UNITS)})\b"
    r"(?=\W*$|[,;?]| (?:on|at|for|with|from|in (?:all|total|(?:19|20)\d\d)|altogether|alone|too|then|please)\b)",
    re.IGNORECASE,
)
_ANY_TIME: Final = compiled(r"\b(?:when|while|day|week|month|quarter|year|summer|winter|spring|autumn)s?\b")
_SOMEBODY: Final = (
    r"(?:shop|store|place|supermarket|garage|restaurant|pub|caf[eé]|bar|bakery|payee|company|firm|business|client"
    r"|customer|supplier|vendor|merchant|seller|trader|dealer|lot|person|guy|chap)"
)
_PLACE: Final = compiled(
    rf"{_WAY}\b(?:{_THE_SAME}|this) (?:one )?(?P<noun>{_SOMEBODY})\b(?! that\b| (?:i|we|where|which|who)\b)",
    re.IGNORECASE,
)
_NTH: Final = {"first": 1, "top": 1, "number one": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_ORDINAL: Final = compiled(
    rf"{_WAY}\b(?:the|that) (?P<nth>{'|'.join(_NTH)})(?: (?:one|{_SOMEBODY}))?(?: of (?:them|those|these))?"
    r"(?=\W*$|[,;?]| (?:in|on|last|this|since|so far|each|per|by|altogether|overall|get|got"
    r"|cost|bring|brought|pay|paid|charge[d]?|come)\b)",
    re.IGNORECASE,
)
_THERE: Final = compiled(
    r"(?P<verb>\b(?:spen[dt]|go|went|been|was i|were we|buy|bought|shop|shopped|pay|paid|used?|eat|ate|eaten)"
    r"(?: (?:any\w+|much|money|last))?) there\b(?! (?:is|was|are|were)\b)",
    re.IGNORECASE,
)
_THEM: Final = compiled(
    r"(?P<verb>\b(?:pay|paid|give|gave|given|send|sent|owe|at|from|to|with) )(?:them|him|her)\b"
    r"(?=\W*$| (?:in|this|last|since|so|over|altogether|overall|back|for|during|before|after)\b)",
    re.IGNORECASE,
)
_THEY: Final = compiled(
    r"(?P<verb>\b(?:do|did|does|have|has|had) )(?:they|he|she)"
    r"(?= (?:\w+ )?(?:pay|paid|spend|spent|give|gave|given|owe|bring|brought|send|sent|order|ordered|charge|charged|get"
    r"|got|bill|billed|book|booked|buy|bought|cost)\b)",
    re.IGNORECASE,
)
# "How much was that in 2023", of what the most went on: that, and not everything.
_THAT: Final = compiled(
    r"^(?P<lead>\W*(?:(?:and|so|ok|but)[, ]+)*(?:how much|what) )(?:was|is|were|did|does) (?:that|it)(?: one| alone)?"
    r"(?: (?:cost|come to|amount to))?(?: (?:me|us))?"
    r" (?=(?:in|last|this|since|so far|during|over|before|the (?:year|month))\b)",
    re.IGNORECASE,
)
# Of what was spoken of it is the part: "as a share of it" says no whole.
_SHARE_OF: Final = compiled(
    r"\W*(?:(?:ok|okay|and|so|but|then)[,. ]+)*(?:(?:what|how much)(?:'?s| is| was| are| were) (?:that|it|those),? )?"
    r"(?:as|in) an? (?:share|percentage|percent|proportion|fraction|part)"
    r" of (?P<whole>it|that|this|them|those|these|both|the (?:two|three))(?:,? (?:then|please))*\W*",
    re.IGNORECASE,
)
_WHAT_THEN: Final = compiled(
    r"\W*(?:(?:and|so|ok|but)[, ]+)*(?:(?:on )?what (?:did|do) (?:i|we) (?:spend|buy|pay|have|get)"
    r"(?: (?:it|that|the money|so much|that much|all that|most))?(?: (?:on|for|then))*"
    r"|what (?:was|is|were) (?:in )?(?:it|that|those)(?: all)?(?: (?:for|on|spent on|made (?:up )?of))?"
    r"|what happened(?: then| there)?|(?:break|split) (?:it|that) (?:down|up)"
    r"|(?:show|list|give)(?: me| us)? (?:it|that|them|those|the (?:entries|transactions|bills|payments|postings)))\W*",
    re.IGNORECASE,
)
# Of a question that says all by itself now; "and at Lidgate?" goes on from what was asked.
_OPENING: Final = compiled(r"^\W*(?:(?:and|so|ok|okay|but)[, ]+)+(?=(?:how|what|when|who|which)\b)", re.IGNORECASE)
_POINTER: Final = compiled(r"\b(?:that|it|there|them|him|her|they|he|she)\b")
# Entries that earn more than they cost, as `Filters.outgoing` leaves out.
_EARNING: Final = (
    "entry_id IN (SELECT entry_id FROM postings WHERE root IN ('income', 'expenses')"
    " GROUP BY entry_id, currency HAVING bool_or(root = 'income') AND sum(number) < 0)"
)


def pointed_at(
    asked: str, before: Said | None, planned: Callable[[Said], Outcome], today: dt.date, names: Vocabulary
) -> str | Clarify:
    """The question with what it points at by its name; or what has to be asked back."""
    told = _named(asked, before, planned, names)
    return told if isinstance(told, Clarify) else _pointed_at(told, before, planned, today, names)


def _named(asked: str, before: Said | None, planned: Callable[[Said], Outcome], names: Vocabulary) -> str | Clarify:
    """The question with the choice that answers a question back, or who else is meant, by its name."""
    answer = answered_back(asked, before, planned, names)
    told = answer if isinstance(answer, Clarify) else him_or_her(answer, before, names)
    whole = _SHARE_OF.fullmatch(told) if before and not isinstance(told, Clarify) else None
    return Clarify(f'What is "{whole["whole"]}" that it is to be a share of? Name the whole.') if whole else told


def _pointed_at(
    asked: str, before: Said | None, planned: Callable[[Said], Outcome], today: dt.date, names: Vocabulary
) -> str | Clarify:
    if found := _TIME.search(asked):
        timed = _at_the_time(asked, found, before, planned, today, names)
        if isinstance(timed, Clarify):
            return timed
        asked = timed
    if before is None:
        return asked
    if _WHAT_THEN.fullmatch(asked):
        return _of_that_time(asked, planned(before), names)
    found = next((each for form in (_PLACE, _THERE, _THEM, _THEY, _THAT) if (each := form.search(asked))), None)
    if found is None:
        nth = None if row_before(fold(asked), before) else _ORDINAL.search(asked)
        return _of_these(asked, nth, before, planned, names) if nth else asked
    if any(each.best.kind == "payee" for each in before.phrases):
        return asked
    plan = planned(before)
    if not isinstance(plan, Plan) or plan.limit != 1 or (found.re is _THAT and plan.measure is Measure.LIST):
        return asked
    kinds = {Grouping.PAYEE, Grouping.ACCOUNT} if found.re is _THAT else {Grouping.PAYEE, Grouping.NARRATION}
    if plan.measure is not Measure.LIST and not kinds.intersection(plan.group_by):
        return asked
    kind = plan.group_by[0] if plan.group_by else Grouping.PAYEE
    name = _told(plan, kind, 1, names) if _is_told_in_order(plan, kind) and kind is not Grouping.NARRATION else None
    if name is None or any(each.startswith(f"{name}:") for each in plan.filters.exclude_accounts):
        pointing = found.re in {_PLACE, _THAT} or plan.measure is not Measure.LIST
        words = found.group().strip() if found.re is _PLACE else _POINTER.findall(found.group().lower())[-1]
        return _refers(words) if pointing else asked
    if found.re is _THAT:
        return f"how much {_went(plan, kind, names)} {name} {asked[found.end() :]}"
    if "verb" in found.re.groupindex:
        lead = f"{found['verb']} at " if found.re is _THERE else found["verb"]
    else:
        lead = f"{found['way']} " if found["way"] else ""
    return _OPENING.sub("", f"{asked[: found.start()]}{lead}{name}{asked[found.end() :]}")


def _of_that_time(asked: str, plan: Outcome, names: Vocabulary) -> str:
    """As in "what did I spend it on", after the dearest month of all: on what in that month."""
    if not isinstance(plan, Plan) or plan.limit != 1 or not plan.group_by:
        return asked
    unit = plan.group_by[0]
    in_order = unit in _UNITS.values() and _is_told_in_order(plan, unit)
    told = _told(plan, unit, 1, names) if in_order else None
    return f"{asked.rstrip(' ?.!')} {told}" if told else asked


def _of_these(
    asked: str, nth: re.Match[str], before: Said, planned: Callable[[Said], Outcome], names: Vocabulary
) -> str:
    """As in "and at the third one?": of those that the latest question with several told in an order."""
    earlier: Said | None = before
    while earlier is not None:
        plan = planned(earlier) if earlier.intent.order or earlier.intent.limit or earlier.intent.group_by else None
        in_order = isinstance(plan, Plan) and not plan.skip and _is_told_in_order(plan, Grouping.PAYEE)
        if isinstance(plan, Plan) and plan.group_by and in_order:
            name = _told(plan, Grouping.PAYEE, _NTH[nth["nth"].lower()], names)
            lead = f"{nth['way']} " if nth["way"] else ""
            return f"{asked[: nth.start()]}{lead}{name}{asked[nth.end() :]}" if name else asked
        earlier = earlier.earlier
    return asked


def _at_the_time(
    asked: str,
    found: re.Match[str],
    before: Said | None,
    planned: Callable[[Said], Outcome],
    today: dt.date,
    names: Vocabulary,
) -> str | Clarify:
    """As in "how many that month", after "which month was the worst"."""
    lead = asked[: found.start()]
    if _ANY_TIME.search(lead.lower()) or find_periods(lead, today):
        return asked  # "in May we were away: what did we spend that month"
    unit = _UNITS[found["unit"].lower()]
    known = [each.unit.value for each in before.periods if each.unit] if before else []
    if find_periods(asked, today):  # "that month in 2023"
        return asked if unit.value in known else _refers(found.group().strip())
    plan = planned(before) if before else None
    if isinstance(plan, Plan) and plan.limit == 1 and _is_told_in_order(plan, unit):
        told = _told(plan, unit, 1, names)
        return f"{lead}{told}{asked[found.end() :]}" if told else _refers(found.group().strip())
    if before is None or (known and unit.value not in known and before.intent.measure is not Measure.LIST):
        told_before = unit in {Grouping.YEAR, Grouping.DAY} or re.search(r"[.,:;?!]", lead)
        return asked if told_before else _refers(found.group().strip())
    return asked if found["way"] else f"{lead}in {found.group()}{asked[found.end() :]}"


def _refers(words: str) -> Clarify:
    return Clarify(f'What does "{words}" refer to? Name it.')


def _is_told_in_order(plan: Plan, wanted: Grouping) -> bool:
    """Whether it told groups of that kind, or one entry, in an order that can be followed here."""
    filters = plan.filters
    plain = Filters(
        filters.roots, filters.accounts, filters.exclude_accounts, filters.mentions, filters.exclude_mentions,
        filters.tags, links=filters.links, sign=filters.sign, outgoing=filters.outgoing,
    )  # fmt: skip
    if plan.order is None or plan.compare or plan.having or plan.pick or filters != plain:
        return False
    if plan.measure is Measure.LIST:
        return not plan.group_by and plan.limit == 1
    ranked = plan.measure in {Measure.SUM, Measure.COUNT} and plan.count_of == "entries" and not plan.convert_to
    return ranked and plan.group_by == (wanted,) and plan.order.by == "amount"


def _told(plan: Plan, wanted: Grouping, place: int, names: Vocabulary) -> str | None:
    """What stands at that place, as a question would say it; None where two share it or it has no name."""
    rows, place = _rows(plan, wanted, names), place + plan.skip
    if len(rows) < place or any(other[1] == rows[place - 1][1] for other in rows[: place - 1] + rows[place:]):
        return None
    value = rows[place - 1][0]
    if not isinstance(value, dt.date):
        return str(value) if value else None
    return _said_of(value, wanted)


def _said_of(day: dt.date, unit: Grouping) -> str:
    if unit is Grouping.YEAR:
        return f"in {day.year}"
    if unit is Grouping.QUARTER:
        return f"in Q{(day.month + 2) // 3} {day.year}"
    return f"in {day:%B} {day.year}" if unit is Grouping.MONTH else f"on {day.isoformat()}"


def _went(plan: Plan, kind: Grouping, names: Vocabulary) -> str:
    """How the question says which way the money went to or from what was told first."""
    roots = {names.by_name[each].root for each in plan.filters.accounts} | set(plan.filters.roots)
    if Root.INCOME in roots:
        return "did we get from" if kind is Grouping.PAYEE else "did we earn from"
    return "did we spend at" if kind is Grouping.PAYEE else "did we spend on"


def _rows(plan: Plan, wanted: Grouping, names: Vocabulary) -> list[tuple[dt.date | str | None, object]]:
    """The groups, or the entries, with what they were put in order by; none where there are several currencies."""
    filters, order = plan.filters, plan.order
    flows = {names.by_name[each].root for each in filters.accounts} | set(filters.roots)
    if order is None or len(flows) != 1 or not flows <= {Root.EXPENSES, Root.INCOME}:
        return []
    clause, parameters = bearing(filters)
    below, within = at_or_below(filters.accounts)
    outside, without = at_or_below(filters.exclude_accounts)
    others, unwanted = naming(filters.exclude_mentions)
    (root,) = flows
    sign = -1 if root is Root.INCOME else 1
    key = f"date_trunc('{wanted.value}', date)::DATE" if wanted in TIME_GROUPINGS else wanted.value
    if wanted is Grouping.ACCOUNT and plan.account_depth:
        key = f"array_to_string(str_split(account, ':')[:{plan.account_depth}], ':')"
    where = (
        f"FROM postings WHERE root = ? AND number IS NOT NULL AND {clause} AND {below} AND NOT (? AND {outside})"
        f" AND NOT (? AND {others}) AND ({filters.sign} = 0 OR sign(number) = {filters.sign})"
        f" AND date >= coalesce(?, date) AND (?::DATE IS NULL OR date < ?) AND NOT ({filters.outgoing} AND {_EARNING})"
    )
    span: Period = plan.period
    given = [
        root.value, *parameters, *within, bool(filters.exclude_accounts), *without,
        bool(filters.exclude_mentions), *unwanted, span.start, span.end, span.end,
    ]  # fmt: skip
    if len(names.index.query(f"SELECT DISTINCT currency {where}", given)) != 1:
        return []
    way = "DESC" if order.descending else "ASC"
    if plan.measure is Measure.LIST:
        by = f"{sign} * number" if order.by == "amount" else "date"
        rows = names.index.query(f"SELECT DISTINCT {key}, {by} {where} ORDER BY 2 {way} LIMIT {plan.skip + 2:d}", given)
    else:
        by = "count(DISTINCT entry_id)" if plan.measure is Measure.COUNT else f"{sign} * sum(number)"
        rows = names.index.query(f"SELECT {key}, {by} {where} GROUP BY 1 ORDER BY 2 {way}", given)
    return [(row[0], row[1]) for row in rows]
