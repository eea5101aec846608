"""Words that stand nowhere in the ledger ("the dentist"), matched to its names by what they mean.

The question's words and the names of the ledger (accounts at any level, payees, narrations) are compared as vectors.
A narration speaks for the payee that it stands with.  What is found is never mixed silently into an exact answer:
the plan bears `meaning`, and its reading says what was matched and how near it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from ledgerqa.dialog.links import Link, Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledgerqa.backends.protocols import Encoder
    from ledgerqa.corpus import Index
    from ledgerqa.dialog.reading import Said

NEAR_ENOUGH = 0.40
"""Least cosine for words that speak of a kind of thing: with an article, or several words."""
NEAR_ENOUGH_ALONE = 0.50
"""The same for a single bare word, which may as well be the name of a shop that this ledger does not know."""
NEAR_ENOUGH_ACCOUNT = 0.48
"""The same for an account, whatever the words: a category taken wrongly is a wrong total."""
ACCOUNT_LEAD = 0.05
"""By how much an account must be nearer than any payee: it holds more than one kind of thing."""
ALIKE = 0.02
"""Payees that are this near to the nearest are taken with it."""
LOOKED_AT = 40

NearKind = Literal["account", "payee", "narration"]


@dataclass(frozen=True)
class Near:
    """A name of the ledger near to some words: the cosine of their vectors is `score`."""

    kind: NearKind
    name: str
    score: float


class Meaning(Protocol):
    """The names of a ledger near to some words, nearest first."""

    def __call__(self, words: str) -> Sequence[Near]:
        """Search."""


def searcher(index: Index, encoder: Callable[[], Encoder | None], encoder_sha256: str) -> Meaning:
    """A search over the names of `index`; it finds nothing where there are no vectors, or no encoder."""

    def search(words: str) -> list[Near]:
        names = index.vectors("names", encoder_sha256) if encoder_sha256 else None
        model = encoder() if names is not None else None
        if names is None or model is None:
            return []
        query = model.encode([words])[0]
        best: dict[tuple[NearKind, str], float] = {}
        for kind, vectors in (("names", names), ("texts", index.vectors("texts", encoder_sha256))):
            hits = {hit.text_id: hit.score for hit in vectors.search(query, LOOKED_AT)} if vectors else {}
            for number, *key in index.query(_BEARERS[kind], [list(hits)]):
                near: tuple[NearKind, str] = (key[0], key[1])
                best[near] = max(best.get(near, -1.0), hits[number])
        return sorted((Near(*near, score) for near, score in best.items()), key=lambda each: -each.score)

    return search


# Who bears a name or a text: accounts of income and expenses, and payees with postings to such; a narration without
# a payee stands for itself.
_FLOWING = "entry_id IN (SELECT entry_id FROM postings WHERE root IN ('income', 'expenses'))"
_BEARERS = {
    "names": "SELECT DISTINCT n.name_id, n.kind, n.name FROM names n JOIN accounts a"
    " ON n.kind = 'account' AND (a.account = n.name OR starts_with(a.account, n.name || ':'))"
    " WHERE a.root IN ('income', 'expenses') AND n.name_id IN (SELECT unnest($1))"
    " UNION SELECT n.name_id, n.kind, n.name FROM names n JOIN entries e ON n.kind = 'payee' AND e.payee = n.name"
    f" WHERE {_FLOWING} AND n.name_id IN (SELECT unnest($1))"
    " UNION SELECT n.name_id, if(coalesce(e.payee, '') = '', 'narration', 'payee'), coalesce(nullif(e.payee, ''), n.name)"
    " FROM names n JOIN entries e ON n.kind = 'narration' AND e.narration = n.name"
    f" WHERE {_FLOWING} AND n.name_id IN (SELECT unnest($1))",
    "texts": "SELECT DISTINCT text_id, if(coalesce(payee, '') = '', 'narration', 'payee'),"
    f" coalesce(nullif(payee, ''), narration) FROM entries WHERE type = 'transaction' AND {_FLOWING}"
    " AND text_id IN (SELECT unnest($1))",
}


def meant(said: Said, found: Sequence[Near]) -> tuple[Phrase, str] | None:
    """What the words without a name are taken for, as a phrase, and the note that says so; None: nothing is near."""
    words = lost_words(said)
    accounts = [near for near in found if near.kind == "account" and near.score >= NEAR_ENOUGH_ACCOUNT]
    others = [near for near in found if near.kind != "account"]
    best = accounts[:1]
    if others and not (accounts and accounts[0].score >= others[0].score + ACCOUNT_LEAD):
        best = [near for near in others if near.kind == others[0].kind and near.score >= others[0].score - ALIKE]
    if not best or best[0].score < (NEAR_ENOUGH if _of_a_kind(said, words) else NEAR_ENOUGH_ALONE):
        return None
    link = Link(best[0].kind, tuple(near.name for near in best), best[0].score, "meaning")
    listed = ", ".join(f"{near.name} ({near.score:.2f})" for near in best)
    return Phrase(0, 1, words, (link,)), f'“{words}” stands nowhere in the ledger; matched by meaning to {listed}'


def lost_words(said: Said) -> str:
    """The words of the question that found no name."""
    return " ".join(dict.fromkeys((*said.unknown, *said.unread)))


def _of_a_kind(said: Said, words: str) -> bool:
    """Whether the words speak of a kind of thing rather than bear a name."""
    if " " in words:
        return True
    return bool(re.search(rf"\b(?:the|a|an|my|our|any)\s+{re.escape(words)}", said.text, re.IGNORECASE))
