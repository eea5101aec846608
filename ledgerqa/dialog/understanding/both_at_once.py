"""Entries that bear two names at once: "tagged both private and shared", "receipts with both wine and bread"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.linking.purses import booked
from ledgerqa.patterns import compiled
from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.understanding.combining import Subject
    from ledgerqa.records import Filters

_ENTRIES: Final = (
    r"\b(?:entr(?:y|ies)|transactions?|postings?|receipts?|bills?|payments?|purchases?|shops?"
    r"|anything|everything|things|stuff)"
)
_BEARS: Final = r"(?:with|ha(?:ve|s|d|ving)|bear(?:s|ing)?)"
_BOTH: Final = compiled(
    rf"{_ENTRIES}(?: \w+){{0,4}}? (?:{_BEARS}|of|contain(?:s|ing)?|includ(?:e|es|ing)|for|on) (?:both|at once)\b"
)
_NAME: Final = r"\W?\w[\w-]*"
_TAGGED: Final = compiled(
    rf"\btagged (?:as |with )?both\b|\b(?:{_BEARS}|under) both (?:the )?(?:tags|{_NAME} and(?: the)? {_NAME} tags?)\b"
    rf"|\btagged (?:as |with )?{_NAME} (?:and|as well as) (?:also |with )?{_NAME} "
    r"(?:at once|together|at the same time|both)\b"
    r"|\bboth tags\b"
)
_PAIR: Final = 2


def both_at_once(
    filters: Filters, subjects: tuple[Subject, ...], folded: str, vocabulary: Vocabulary
) -> tuple[Filters, tuple[Subject, ...]]:
    """The filters that keep what bears both names, which are no subjects of their own; as they are for either."""
    if len(filters.tags) > 1 and (_TAGGED.search(folded) or _BOTH.search(folded)):
        return replace(filters, every_tag=True), ()
    if len(filters.accounts) == _PAIR and not filters.mentions and _BOTH.search(folded):
        first, second = filters.accounts
        return replace(filters, accounts=(first,), alongside=tuple(booked((second,), vocabulary, tuple(Root)))), ()
    return filters, subjects
