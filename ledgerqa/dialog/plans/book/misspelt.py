"""The plan for entries whose payee is spelt otherwise than it mostly is: "we spelt the landlord's name wrong once"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import happened
from ledgerqa.records import Filters, Measure, Mention, Plan

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

_WRONG: Final = (
    r"\bmis-?spel\w+|\bmis-?typed\b.*\bnames?\b|\bnames?\b.*\bmis-?typed\b|\btypos?\b.*\bnames?\b|\bnames?\b.*\btypos?\b"
    r"|\bspel(?:l|t|led|ling)\b.*\b(?:wrong(?:ly)?|incorrectly|differently|badly|otherwise)\b"
    r"|\b(?:wrong(?:ly)?|incorrectly|differently|badly) spel(?:t|led)\b|\bwrong spelling\b"
    r"|\b(?:typed|wrote|written|entered|got|put)\b.*\bnames?\b.*\bwrong(?:ly)?\b"
)
_LIKE: Final = 84.0  # of 100, from which two names are spellings of one
_SELDOM: Final = 3  # times at least that the usual spelling stands for each of the other


def misspelt(asked: Asked) -> Plan | None:
    """The entries that bear a rare spelling of the name; None where none is asked for, or there is none."""
    if not asked.has(_WRONG):
        return None
    for phrase in asked.said.phrases:
        if odd := _rare_spellings(_payees(asked, phrase)):
            mention = Mention(phrase.words, payees=tuple(odd))
            note = ", ".join(f"“{name}” is mostly spelt “{usual}”" for name, usual in odd.items())
            return Plan(Measure.LIST, Filters(mentions=(mention,)), happened(asked), unit="entry", reading=(note,))
    return None


def _payees(asked: Asked, phrase: Phrase) -> dict[str, int]:
    """How often each payee stands that the phrase may mean: of that name, or paid from the accounts it names."""
    accounts = [name for each in phrase.options if each.kind == "account" for name in each.values]
    named = [fold(name) for each in phrase.options if each.kind == "payee" for name in each.values]
    rows = asked.names.index.query(
        "SELECT payee, count(DISTINCT entry_id), bool_or(account IN (SELECT unnest(?::VARCHAR[])))"
        " FROM postings WHERE payee <> '' GROUP BY 1 ORDER BY 1",
        [accounts],
    )
    return {
        payee: times
        for payee, times, there in rows
        if there or any(fuzz.ratio(fold(payee), name) >= _LIKE for name in named)
    }


def _rare_spellings(payees: dict[str, int]) -> dict[str, str]:
    """Those of the names that are nearly spelt as one that stands far more often, with that one."""
    found: dict[str, str] = {}
    for name, times in payees.items():
        usual = max(
            (each for each in payees if each != name and _is_like(each, name)),
            key=lambda each: payees[each],
            default=None,
        )
        if usual is not None and payees[usual] >= _SELDOM * times:
            found[name] = usual
    return found


def _is_like(one: str, other: str) -> bool:
    """Whether two names are spelt nearly the same; those that differ in a number are of two branches."""
    same_numbers = re.findall(r"\d+", one) == re.findall(r"\d+", other)
    return same_numbers and fuzz.ratio(fold(one), fold(other)) >= _LIKE
