"""Everyday words that a shop happens to have in its name: "gas" is fuel, not only what GAS & GO sold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.booked import naming
from ledgerqa.dialog.linking.links import Link, Phrase, of_roots
from ledgerqa.records import Mention, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary

_SELDOM = 2


def rather_what_is_sold(phrase: Phrase, vocabulary: Vocabulary) -> Link | None:
    """The category that the words mean, or the entries that say just so, where a payee has them inside its name.

    The category, where all that the payee was paid is booked there ("gas": Car:Fuel); else the lines of that payee
    that say the word themselves ("the tires", of all that AUTO BODY & TIRE did).  Words with a capital name the shop.
    """
    shop = phrase.best
    if shop.kind != "payee" or shop.how != "words" or phrase.capitalised:
        return None
    booked = _booked_to(shop, vocabulary)
    for option in phrase.options:
        if option.kind == "account" and option.how == "synonym":
            kept = of_roots(vocabulary, option.values, (Root.EXPENSES,))
            if booked and kept and all(_within(account, kept) for account in booked):
                return replace(option, values=kept)
    lines = next((each for each in phrase.options if each.kind == "narration" and each.how == "words"), None)
    return _said_of(shop, lines, vocabulary) if lines else None


def is_seldom(shop: Link, vocabulary: Vocabulary) -> bool:
    """Whether it is a payee of one or two entries: "at the pub" is any pub, not one called so that was visited once."""
    if shop.kind != "payee" or len(shop.values) > 1:
        return False
    clause, parameters = naming((Mention("", payees=shop.values),))
    rows = vocabulary.index.query(f"SELECT count(DISTINCT entry_id) FROM postings WHERE {clause}", parameters)
    return bool(rows[0][0] <= _SELDOM)


def _booked_to(shop: Link, vocabulary: Vocabulary) -> list[str]:
    clause, parameters = naming((Mention("", payees=shop.values),))
    rows = vocabulary.index.query(
        f"SELECT DISTINCT account FROM postings WHERE root = 'expenses' AND {clause} ORDER BY 1", parameters
    )
    return [name for (name,) in rows]


def _within(account: str, wider: tuple[str, ...]) -> bool:
    return any(account == name or account.startswith(f"{name}:") for name in wider)


def _said_of(shop: Link, lines: Link, vocabulary: Vocabulary) -> Link | None:
    """Those of the lines that stand with the payee, where others of it say something else."""
    clause, parameters = naming((Mention("", payees=shop.values),))
    rows = vocabulary.index.query(f"SELECT DISTINCT narration FROM postings WHERE {clause} ORDER BY 1", parameters)
    there = {narration for (narration,) in rows}
    said = tuple(value for value in lines.values if value in there)
    return replace(lines, values=said) if said and set(said) < there else None
