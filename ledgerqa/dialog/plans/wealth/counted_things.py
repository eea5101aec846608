"""What is booked like money and is none: hours of leave, vouchers, air miles ("any vouchers left", "leave we took").

Such a thing is told by the account that holds nothing else, or by what its commodity is called.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, name_stems, stems
from ledgerqa.dialog.plans.asked import as_of, happened, one_period, ordered
from ledgerqa.dialog.plans.book.labels import labels_in
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Plan, Refusal, Root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.plans.asked import Asked

_LEAVE: Final = (
    r"\b(?:vacation|annual leave|pto|paid time off|time off|days off)\b"
    r"|\b(?:holidays?|leave) (?:hours?|days?)\b|\b(?:hours?|days?) (?:of )?(?:leave|holidays?)\b"
)
_STANDS: Final = (
    r"\b(?:left|remaining|remain|balance|saved up|accrued|unused|outstanding"
    r"|(?:do|have) (?:i|we)(?: still)?(?: have| got)?|(?:i|we)(?:'ve)? (?:still )?(?:have|got))\b"
)
_MOVED: Final = r"\b(?:cost|spen[dt]|pa(?:y|id)|money|use[ds]?|t(?:ake|ook|aken)|trips?|earn(?:ed)?)\b"
_USED: Final = (
    r"\b(?:use[ds]?|t(?:ake|ook|aken|akes)|spen[dt]|redeem(?:ed)?|cash(?:ed)? in|gone|(?:go|went) (?:on|to))\b"
)
_WORKED: Final = r"\b(?:spen[dt]|work(?:ed)?|put|(?:go|went|gone) (?:on|to|into))\b"
_EARNED: Final = (
    r"\b(?:earn(?:ed|s)?|accrued?|(?:buil[dt]|piled?|racked|clocked) up|collect(?:ed)?|gain(?:ed)?|received?|came in"
    r"|g[eo]t (?:from|for|in)|(?:did|do) (?:i|we) (?:ever )?get)\b"
)
_OF_MONEY: Final = r"\b(?:cost|worth|value|pa(?:y|id)|bought|buy|price|money|ow(?:e|es|ed))\b|[$€£]"
_NOUN: Final = compiled(
    r"(?:\b(?:how (?:many|much)|any|some|what|which|my|our)|^(?:the )?)\s*"
    r"(?P<noun>(?:(?!(?:did|do|does|have|has|had|are|is|was|were|left|remaining|with|for|in|on|from|at|i|we|balance)\b)"
    r"[\w-]+\s*){1,4})"
)
_LEADING: Final = compiled(r"^(?:(?:and|so|the|my|our|total|all|business|work|company) )*(?P<noun>[\w-]+)\b(?!['’-])")
_COUNTED: Final = frozenset("hour hours day days point points unit units".split())
_CODE: Final = 3  # letters of the codes of the world's currencies
_SOLD: Final = r"\bhow many\b.*\b(?:sell|sold)\b"
_UNITS: Final = frozenset({"HRS", "DAY", "PTO", "PTS", "HOL"})


def things_counted(asked: Asked) -> Plan | None:
    """What stands of such a thing, was used or came in; None where none is asked about."""
    accounts = _meant(asked) if not asked.has(_OF_MONEY) and not _of_another_name(asked) else ()
    if accounts and not asked.has(r"\b(?:when|why|who|where)\b"):
        for moved, sign in ((_USED, -1), (_EARNED, 1)):
            if asked.has(moved) and not asked.has(r"\bleft\b|\bremain"):
                way: Literal[-1, 0, 1] = -1 if sign < 0 else 1
                way = 0 if asked.has(_WORKED) and _only_added(accounts, asked) else way
                kept = _narrowed(Filters(accounts=accounts, sign=way, metadata=asked.said.labels), asked)
                return ordered(Plan(Measure.SUM, kept, happened(asked), group_by=asked.intent.group_by), asked)
        if asked.has(_STANDS) or asked.has(r"\bany\b"):
            return _standing(accounts, asked)
        if (asked.has(r"\bhow (?:many|much)\b|\btotal\b") or _leads(asked)) and _only_added(accounts, asked):
            kept = _narrowed(Filters(accounts=accounts, metadata=asked.said.labels), asked)
            return ordered(Plan(Measure.SUM, kept, happened(asked), group_by=asked.intent.group_by), asked)
    if asked.has(_LEAVE) and asked.has(_STANDS) and not asked.has(_MOVED):
        kept_leave = asked.names.booked.leave()
        named = tuple(name for name in asked.scope.filters.accounts if name in kept_leave) or kept_leave
        return _standing(named, asked) if named else None
    return None


def never_sold(plan: Plan, asked: Asked) -> Refusal | None:
    """Why no count is known, as of "how many skeins did we sell", which only a note on the stock speaks of."""
    texts = tuple(each for each in plan.filters.mentions if not each.payees)
    if plan.measure is not Measure.COUNT or not texts or len(texts) < len(plan.filters.mentions):
        return None
    if not asked.has(_SOLD) or Root.INCOME in asked.names.booked.roots_touched(Filters(mentions=texts)):
        return None
    words = " and ".join(each.words for each in texts)
    return Refusal(f"No entry says how many {words} were sold: what was earned is booked as money.")


def _of_another_name(asked: Asked) -> bool:
    """As in "how many hours on the zeppelin", which stands nowhere: all hours are no answer to that."""
    thing = {*_noun(asked), *_COUNTED}
    return any(not thing.issuperset(stems(fold(each))) for each in asked.said.unknown)


def _only_added(accounts: tuple[str, ...], asked: Asked) -> bool:
    """As hours on a timesheet, that are worked and never taken off again: what was spent is what was put there."""
    sql = "SELECT bool_and(number >= 0) FROM postings WHERE account IN (SELECT unnest(?))"
    return bool(asked.names.index.query(sql, [list(accounts)])[0][0])


def are_worked(filters: Filters, asked: Asked) -> bool:
    """As in "hours in May", "hours by month": of what only ever comes to an account, what came in that time.

    What stands there at the end of it is all that was ever worked.
    """
    timed = one_period(asked).start is not None or bool(TIME_GROUPINGS.intersection(asked.intent.group_by))
    if not (timed and filters.accounts) or filters.mentions or asked.has(_STANDS):
        return False
    below = " OR ".join("account = ? OR starts_with(account, ?)" for _ in filters.accounts)
    ((codes, added),) = asked.names.index.query(
        f"SELECT list(DISTINCT currency), bool_and(number >= 0 AND root = 'assets') FROM postings WHERE {below}",
        [part for name in filters.accounts for part in (name, f"{name}:")],
    )
    counted = (asked.names.commodities[code] for code in codes or ())
    return bool(added) and not any(each.operating or each.held_at_cost or each.priced for each in counted)


def _standing(accounts: tuple[str, ...], asked: Asked) -> Plan:
    groups = (Grouping.ACCOUNT,) if len(accounts) > 1 else ()
    filters = Filters(accounts=accounts, metadata=asked.said.labels)
    return Plan(Measure.BALANCE, filters, replace(as_of(asked), start=None), group_by=groups)


def _meant(asked: Asked) -> tuple[str, ...]:
    """The accounts of the thing that is asked about, all words of which say what they hold."""
    said = _noun(asked)
    return tuple(
        account
        for account, own in (called_things(asked.names) if said else ())
        if own.issuperset(said) or "".join(said) in own
    )


def _leads(asked: Asked) -> bool:
    """As in "miles driven in 2024", "business miles by month": the question begins with what a commodity is called.

    Where one account keeps them all; rows of anything but times, and labels, are told of what the entries say.
    """
    found = _LEADING.search(asked.said.folded)
    codes = {stem for code in asked.names.commodities for stem in stems(fold(code))}
    timed = TIME_GROUPINGS.issuperset(asked.intent.group_by)
    if found is None or not timed or not codes.issuperset(stems(found["noun"])):
        return False
    kept = [own for _, own in called_things(asked.names) if own.issuperset(stems(found["noun"]))]
    return len(kept) == 1 and not labels_in(asked)


def _noun(asked: Asked) -> tuple[str, ...]:
    """The stems of the words after "how many" and the like; of "leave hours" those that say hours of what."""
    found = _LEADING.search(asked.said.folded) if _leads(asked) else _NOUN.search(asked.said.folded)
    words = found["noun"].split() if found else []
    said = [word for word in words if word == "leave" or word not in lexicon().grammar]
    said = [word for word in said if word not in _COUNTED] or said
    return tuple(stem for word in said for stem in stems(word))


def called_things(names: Vocabulary) -> tuple[tuple[str, frozenset[str]], ...]:
    """Each account of assets that holds one such thing and nothing else, with the words that say what it is."""
    return names.once("things counted", lambda: tuple(_things(names)))


def _things(names: Vocabulary) -> Iterator[tuple[str, frozenset[str]]]:
    codes = [
        each.code
        for each in names.commodities.values()
        if not (each.operating or each.held_at_cost or each.priced)
        and (len(each.code) != _CODE or each.code in _UNITS or each.code.endswith("HR"))
    ]
    rows = names.index.query(
        "SELECT account, any_value(currency) FROM postings WHERE root = ? GROUP BY 1"
        " HAVING count(DISTINCT currency) = 1 AND any_value(currency) IN (SELECT unnest(?::VARCHAR[])) ORDER BY 1",
        [Root.ASSETS.value, codes],
    )
    for account, code in rows:
        texts = " ".join((code, names.commodities[code].name, *names.commodity_texts.get(code, ())))
        parts = (stem for part in account.split(":")[1:] for stem in name_stems(part))
        yield account, frozenset((*parts, *stems(fold(texts))))


def _narrowed(filters: Filters, asked: Asked) -> Filters:
    """The filters kept to what else is named, where entries of the thing bear it: the leave for a trip."""
    thing = set(_noun(asked))
    for phrase in asked.said.phrases:
        for option in () if thing.issuperset(stems(phrase.words)) else phrase.options:
            if option.kind == "tag":
                kept = replace(filters, tags=option.values)
            elif option.kind in {"payee", "narration"}:
                kept = replace(filters, mentions=(mention_of(phrase, option),))
            else:
                continue
            if asked.names.booked.meets(kept):
                return kept
    return filters
