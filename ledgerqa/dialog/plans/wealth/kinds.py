"""Which securities words such as "funds", "stocks" and "crypto" mean, by what the ledger itself says of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.suppositions import POSITION
from ledgerqa.dialog.language.words import fold, name_stems, stems
from ledgerqa.dialog.plans.wealth.securities import all_at_cost, security_kinds
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

SAID: Final = {
    "equity": compiled(r"\b(?:stocks?(?! market)|shares|equities|(?:the|my|our) share(?! of\b| in\b))\b"),
    "fund": compiled(r"\b(?:funds?|etfs?)\b"),
    "bonds": compiled(r"\b(?:bonds?|gilts?|treasuries)\b"),
    "crypto": compiled(r"\b(?:cryptos?|coins|crypto ?currenc(?:y|ies))\b"),
}


def of_the_kinds_said(asked: Asked) -> tuple[str, ...]:
    """As in "what funds do I own": those that the books call so; all that is held at cost where no kind is said."""
    return called_so(asked, asked.said.folded) or all_at_cost(asked)


def called_so(asked: Asked, folded: str) -> tuple[str, ...]:
    """Those of the kinds that the words say; none where no kind is said, or nothing is called so.

    A kind that the books call nothing by takes in all but coins, if those are called so ("funds", beside a "crypto").
    """
    said = {kind for kind, words in SAID.items() if words.search(folded)}
    called = kinds_called(asked) if said else {}
    known = {kind for kinds in called.values() for kind in kinds}
    if known.issuperset(said):
        return tuple(code for code, kinds in called.items() if kinds.intersection(said))
    return tuple(code for code, kinds in called.items() if kinds.intersection(said) or "crypto" not in kinds)


def of_known_kinds(asked: Asked) -> tuple[str, ...]:
    """As in "the coins I sold": those of the kinds said, where the books call some of each so; no shares at large."""
    said = {kind for kind, words in SAID.items() if words.search(asked.said.folded)}
    called = kinds_called(asked) if said else {}
    if "equity" in said or not {kind for kinds in called.values() for kind in kinds}.issuperset(said):
        return ()
    return tuple(code for code, kinds in called.items() if kinds.intersection(said))


def kinds_called(asked: Asked) -> dict[str, frozenset[str]]:
    """All that is held at cost, each with the kinds that the books call it."""
    return {code: _called(asked, code) for code in all_at_cost(asked)}


def of_a_general_word(asked: Asked) -> frozenset[str]:
    """The accounts that only a word for whatever is held may name: "my investments" are more than Assets:Broker."""
    return frozenset(
        name
        for phrase in asked.said.phrases
        if phrase.best.how != "exact" and re.fullmatch(rf"{POSITION}|portfolio|depot", fold(phrase.words))
        for name in phrase.best.values
    )


def _called(asked: Asked, code: str) -> frozenset[str]:
    """The kinds that a value of its own directive is a word for, as a class is; else those of where it lies."""
    values = [tuple(name_stems(value)) for value in asked.names.commodity_texts.get(code, ())]
    if kinds := _kinds_of(values):
        return kinds
    rows = asked.names.index.query(
        "SELECT DISTINCT account FROM postings WHERE root = 'assets' AND currency = ? AND cost_currency IS NOT NULL",
        [code],
    )
    kinds = _kinds_of([stems(part) for (name,) in rows for part in name.split(":")[1:]])
    bond = any((word,) in security_kinds()["bonds"] for value in values for word in value)  # "Republic bond 2027"
    return kinds or (frozenset({"bonds"}) if bond else frozenset())


def _kinds_of(values: list[tuple[str, ...]]) -> frozenset[str]:
    kinds = security_kinds()
    return frozenset(kind for kind in SAID if any(value in kinds[kind] for value in values))
