"""The entries nearest to a question, in meaning and in words, for the reader and for questions without a plan.

Entries are found in two ways, and a third is handed in: by meaning (dense: the cosine of the question with an
entry's text and with the names that it bears), by words (sparse: BM25), and the exact rows of a plan.  They are
merged by reciprocal rank fusion (Cormack, Clarke & Buettcher, "Reciprocal Rank Fusion outperforms Condorcet and
individual Rank Learning Methods", 2009).  A plan's filters and period hold inside each search, so nothing comes back
that the plan leaves out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import tokenize
from ledgerqa.dialog.linking.candidates import names_near
from ledgerqa.evidence.filters import Clause, all_of, matching, within
from ledgerqa.evidence.run import either, sides
from ledgerqa.records import Filters, Measure, Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledgerqa.backends.protocols import Encoder
    from ledgerqa.corpus import Index
    from ledgerqa.dialog.linking.candidates import Near
    from ledgerqa.records import Plan

How = Literal["structured", "dense", "sparse"]
HOW: tuple[How, ...] = ("structured", "dense", "sparse")
Ranked = list[tuple[int, int]]  # entry_id and its rank from 1; entries of one text share a rank

RANK_CONSTANT = 60
"""The k of reciprocal rank fusion, as its authors chose it."""
WEIGHTS: dict[How, float] = {"structured": 3.0, "dense": 1.0, "sparse": 1.0}
"""An exact row outweighs what is first by meaning and by words: 3/(60+20) > 2/(60+1).  So whatever a plan's exact
rows hold stays, and the others fill what is left."""
DEPTH = 60
"""Texts and entries that each search hands to the fusion."""
CUMULATIVE = frozenset({Measure.BALANCE, Measure.NET_WORTH, Measure.HOLDINGS, Measure.BALANCE_SHEET})
"""Measures that count from the ledger's beginning to the end of their period."""
DIRECTIVES = {
    Measure.PRICE: "price",
    Measure.BUDGET: "custom",
    Measure.ACCOUNTS: "open",
    Measure.COMMODITIES: "commodity",
    Measure.EVENTS: "event",
    Measure.NOTES: "note",
    Measure.DOCUMENTS: "document",
    Measure.BALANCE_CHECKS: "balance",
    Measure.QUERIES: "query",
}
MOST_NAMED = 2_000
"""Texts that are looked at for the names that they bear."""


@dataclass(frozen=True)
class Found:
    """An entry near the question.

    `score` is the fused one, good for order alone; `cosine` is between the question and the entry's text (None
    where it was not found by meaning); `sharing` counts the passing entries that say the same, this one among them.
    """

    entry_id: int
    found_by: tuple[How, ...]
    score: float
    cosine: float | None = None
    sharing: int = 1


def nearest(
    text: str,
    index: Index,
    encoder: Encoder | None,
    filters: Filters | None = None,
    period: Period | None = None,
    limit: int = 20,
    exact: Sequence[int] = (),
    by: Sequence[How] = HOW,
) -> tuple[Found, ...]:
    """At most `limit` entries near `text`, best first; entries of one text most recent first.

    `exact` are the entries of a plan's exact rows, the most telling first; they are merged in as they are.  Without
    an encoder, or while no vectors are made, words alone search; while some are made, meaning searches those.  `by`
    leaves some of the three out, to measure the others.
    """
    passing = _passing(index, filters or Filters(), period or Period())
    return _merged(text, index, encoder, passing, limit, exact, by)


def nearest_of_plan(
    text: str,
    plan: Plan,
    index: Index,
    encoder: Encoder | None,
    limit: int,
    exact: Sequence[int] = (),
    by: Sequence[How] = HOW,
) -> tuple[Found, ...]:
    """The same inside all that a plan lets through: any side of a comparison; of a measure over directives, these."""
    passing = _passing_of(index, _clause_of(plan))
    return _merged(text, index, encoder, passing, limit, exact, by)


def _merged(
    text: str,
    index: Index,
    encoder: Encoder | None,
    passing: _Passing,
    limit: int,
    exact: Sequence[int],
    by: Sequence[How],
) -> tuple[Found, ...]:
    """The three lists fused, best first."""
    dense, cosines = _dense(content_words(text), index, encoder, passing) if encoder else ([], {})
    lists: dict[How, Ranked] = {
        "structured": [(entry, rank) for rank, entry in enumerate(exact, start=1)],
        "dense": dense,
        "sparse": _sparse(content_words(text), index, passing),
    }
    scores, ways = _fused({how: lists[how] for how in by})
    best = sorted(scores, key=lambda entry: -scores[entry])[:limit]
    sharing = _sharing(index, best, passing)
    return tuple(Found(e, tuple(ways[e]), scores[e], cosines.get(e), sharing.get(e, 1)) for e in best)


def content_words(text: str) -> str:
    """The words of a question that may stand in a ledger: without "how", "much", "the"; the text where none is left."""
    grammar = lexicon().grammar
    return " ".join(token.text for token in tokenize(text) if token.fold not in grammar) or text


@dataclass(frozen=True)
class _Passing:
    """Which entries `e` a plan lets through; `text_ids` None: all."""

    clause: Clause
    text_ids: list[int] | None


def _passing(index: Index, filters: Filters, period: Period) -> _Passing:
    clause = within(period, "e.date")
    if filters != Filters():
        kept = all_of((matching(filters), within(period)))
        clause &= Clause(f"e.entry_id IN (SELECT p.entry_id FROM postings p WHERE {kept.sql})", kept.parameters)
    if filters == Filters() and not period:
        return _Passing(clause, None)
    return _passing_of(index, clause)


def _clause_of(plan: Plan) -> Clause:
    """Which entries `e` a plan lets through: transactions with a matching posting, or its kind of directive."""
    if plan.measure in DIRECTIVES:
        kind = DIRECTIVES[plan.measure]
        return Clause("e.type = ?", (kind,)) & within(plan.period, "e.date")
    kept = either(sides(plan, cumulative=plan.measure in CUMULATIVE))
    return Clause(f"e.entry_id IN (SELECT p.entry_id FROM postings p WHERE {kept.sql})", kept.parameters)


def _passing_of(index: Index, clause: Clause) -> _Passing:
    rows = index.query(
        f"SELECT DISTINCT e.text_id FROM entries e WHERE e.text_id IS NOT NULL AND {clause.sql}", clause.parameters
    )
    return _Passing(clause, [text_id for (text_id,) in rows])


def _dense(text: str, index: Index, encoder: Encoder, passing: _Passing) -> tuple[Ranked, dict[int, float]]:
    """Entries by the cosine of their text plus that of the nearest name that they bear; and the former alone."""
    vectors = index.vectors("texts", encoder.sha256)
    if vectors is None:
        return [], {}
    query = encoder.encode([text])[0]
    cosines = {hit.text_id: hit.score for hit in vectors.search(query, DEPTH, passing.text_ids)}
    named = _texts_named(names_near(query, index, encoder.sha256), index, passing)
    beyond = [text_id for text_id in named if text_id not in cosines]
    cosines |= {hit.text_id: hit.score for hit in vectors.scan(query, len(beyond), beyond)} if beyond else {}
    least = min(named.values(), default=0.0)  # an unnamed text is at most as near as the last name looked at
    order = sorted(cosines, key=lambda text_id: -(cosines[text_id] + named.get(text_id, least)))
    ranked, text_of = _entries_of(order, index, passing)
    return ranked, {entry: cosines[text_of[entry]] for entry, _ in ranked}


def _sparse(text: str, index: Index, passing: _Passing) -> Ranked:
    ranked, _ = _entries_of([text_id for text_id, _ in index.rank(text, DEPTH, passing.text_ids)], index, passing)
    return ranked


def _entries_of(text_ids: Sequence[int], index: Index, passing: _Passing) -> tuple[Ranked, dict[int, int]]:
    """The first `DEPTH` passing entries of these texts, each with its text's rank; and the text of each."""
    if not text_ids:
        return [], {}
    rank_of = {text_id: rank for rank, text_id in enumerate(text_ids, start=1)}
    rows = index.query(
        f"SELECT e.text_id, e.entry_id FROM entries e WHERE e.text_id IN (SELECT unnest(?::INTEGER[]))"
        f" AND {passing.clause.sql} ORDER BY e.date DESC, e.entry_id DESC",
        [list(text_ids), *passing.clause.parameters],
    )
    rows.sort(key=lambda row: rank_of[row[0]])
    return [(entry, rank_of[text_id]) for text_id, entry in rows[:DEPTH]], {entry: text_id for text_id, entry in rows}


def _fused(lists: Mapping[How, Ranked]) -> tuple[dict[int, float], dict[int, list[How]]]:
    """Each entry's fused score, in the order of the lists where equal; and by which of them it was found."""
    scores: dict[int, float] = defaultdict(float)
    ways: dict[int, list[How]] = defaultdict(list)
    for how, ranked in lists.items():
        for entry, rank in ranked:
            scores[entry] += WEIGHTS[how] / (RANK_CONSTANT + rank)
            ways[entry].append(how)
    return scores, ways


def _sharing(index: Index, entries: Sequence[int], passing: _Passing) -> dict[int, int]:
    """How many passing entries say the same as each of these."""
    if not entries:
        return {}
    rows = index.query(
        f"SELECT s.entry_id, count(*) FROM entries s JOIN entries e USING (text_id)"
        f" WHERE s.entry_id IN (SELECT unnest(?::INTEGER[])) AND {passing.clause.sql} GROUP BY s.entry_id",
        [list(entries), *passing.clause.parameters],
    )
    return dict(rows)


def _texts_named(names: Sequence[Near], index: Index, passing: _Passing) -> dict[int, float]:
    """Passing texts that bear one of the names, with the cosine of the nearest of them."""
    best: dict[int, float] = {}
    for kind, source in _BEARERS.items():
        cosines = {near.name: near.cosine for near in names if near.kind == kind}
        if kind == "account":
            cosines = _of_each_account(index, cosines)
        rows = index.query(
            f"SELECT e.text_id, max(n.cosine) AS nearest FROM {source}"
            " (SELECT unnest(?::VARCHAR[]) AS name, unnest(?::DOUBLE[]) AS cosine) n USING (name)"
            f" WHERE e.text_id IS NOT NULL AND {passing.clause.sql}"
            f" GROUP BY e.text_id ORDER BY nearest DESC, e.text_id LIMIT {MOST_NAMED}",
            [list(cosines), list(cosines.values()), *passing.clause.parameters],
        )
        for text_id, cosine in rows:
            best[text_id] = max(cosine, best.get(text_id, -1.0))
    return best


_BEARERS = {
    "account": "entries e JOIN (SELECT entry_id, account AS name FROM postings) USING (entry_id) JOIN",
    "payee": "(SELECT *, payee AS name FROM entries) e JOIN",
    "narration": "(SELECT *, narration AS name FROM entries) e JOIN",
}


def _of_each_account(index: Index, cosines: Mapping[str, float]) -> dict[str, float]:
    """The accounts in or below the named ones, each with the cosine of the nearest name on its way up."""
    found: dict[str, float] = {}
    for (account,) in index.query("SELECT account FROM accounts"):
        near = [cosines[name] for name in _way_up(account) if name in cosines]
        if near:
            found[account] = max(near)
    return found


def _way_up(account: str) -> Iterator[str]:
    """The account and those above it, without the root."""
    while ":" in account:
        yield account
        account = account.rpartition(":")[0]
