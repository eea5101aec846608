"""What is near a question in meaning or words: entries for the reader, and names that a word may mean.

Entries are found in two ways, and a third is handed in: by meaning (dense: the cosine of the question with an
entry's text and with the names that it bears), by words (sparse: BM25), and the exact rows of a plan.  They are
merged by reciprocal rank fusion (Cormack, Clarke & Buettcher, "Reciprocal Rank Fusion outperforms Condorcet and
individual Rank Learning Methods", 2009).  A plan's filters and period hold inside each search, so nothing comes back
that the plan leaves out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from ledgerqa.dialog.lexicon import lexicon
from ledgerqa.dialog.words import tokenize
from ledgerqa.evidence.filters import Clause, all_of, matching, one_of, within
from ledgerqa.records import Filters, Period, Root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledgerqa.backends.protocols import Encoder
    from ledgerqa.corpus import Index
    from ledgerqa.corpus.vectors import Matrix

How = Literal["structured", "dense", "sparse"]
Ranked = list[tuple[int, int]]  # entry_id and its rank from 1; entries of one text share a rank

RANK_CONSTANT = 60
"""The k of reciprocal rank fusion, as its authors chose it."""
WEIGHTS: dict[How, float] = {"structured": 3.0, "dense": 1.0, "sparse": 1.0}
"""An exact row outweighs what is first by meaning and by words: 3/(60+20) > 2/(60+1).  So whatever a plan's exact
rows hold stays, and the others fill what is left."""
DEPTH = 60
"""Texts and entries that each search hands to the fusion; names that an entry's nearness is taken from."""
THRESHOLD = 0.35
"""The least score of a `Candidate`."""
LEAD = 0.06
"""How far a candidate must stand above the next to be taken for what was meant, rather than for one of several."""
MOST_NAMED = 2_000
"""Texts that are looked at for the names that they bear."""
SHOWN = 5
"""Names and payees that a candidate carries."""
FLOWS = (Root.EXPENSES, Root.INCOME)


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


@dataclass(frozen=True)
class Near:
    """A name of the ledger near a phrase, with their cosine."""

    kind: Literal["account", "payee", "narration"]
    name: str
    cosine: float


@dataclass(frozen=True)
class Candidate:
    """An account that a phrase may mean.

    `score` is the mean of two cosines that seldom err together: that of its nearest name (its own, a payee's or a
    narration's that is booked to it) and that of the nearest text of an entry booked to it.  `names` are the nearest
    names, best first: where the first is no account, the phrase means these payees or narrations rather than all
    that is booked there.  `payees` are those of its entries near the phrase, best first.  `lead` is how far its score
    stands above that of the best other account, or below it.
    """

    account: str
    score: float
    lead: float
    names: tuple[Near, ...]
    text_cosine: float
    payees: tuple[str, ...] = ()


# ----------------------------------------------------------------------------------------------------- entries


def nearest(
    text: str,
    index: Index,
    encoder: Encoder | None,
    filters: Filters | None = None,
    period: Period | None = None,
    limit: int = 20,
    exact: Sequence[int] = (),
) -> tuple[Found, ...]:
    """At most `limit` entries near `text`, best first; entries of one text most recent first.

    `exact` are the entries of a plan's exact rows, the most telling first; they are merged in as they are.  Without
    an encoder, or while no vectors are made, words alone search; while some are made, meaning searches those.
    """
    passing = _passing(index, filters or Filters(), period or Period())
    words = content_words(text)
    dense, cosines = _dense(words, index, encoder, passing) if encoder else ([], {})
    lists: dict[How, Ranked] = {
        "structured": [(entry, rank) for rank, entry in enumerate(exact, start=1)],
        "dense": dense,
        "sparse": _sparse(words, index, passing),
    }
    scores, ways = _fused(lists)
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
    named = _texts_named(_near(query, index, encoder.sha256), index, passing)
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


# ------------------------------------------------------------------------------------------------------- names


def near_names(phrase: str, index: Index, encoder: Encoder) -> tuple[Near, ...]:
    """The accounts at any level, payees and narrations nearest to a phrase, best first; none without vectors."""
    return tuple(_near(encoder.encode([phrase])[0], index, encoder.sha256))


def _near(query: Matrix, index: Index, encoder_sha256: str) -> list[Near]:
    """The `DEPTH` nearest accounts and the `DEPTH` nearest other names."""
    vectors = index.vectors("names", encoder_sha256)
    if vectors is None:
        return []
    accounts = [name_id for (name_id,) in index.query("SELECT name_id FROM names WHERE kind = 'account'")]
    hits = {hit.text_id: hit.score for hit in vectors.scan(query, DEPTH, accounts)}
    hits |= {hit.text_id: hit.score for hit in vectors.search(query, DEPTH)}
    rows = index.query(
        "SELECT name_id, kind, name FROM names WHERE name_id IN (SELECT unnest(?::INTEGER[]))", [list(hits)]
    )
    near = [Near(kind, name, hits[name_id]) for name_id, kind, name in rows]
    return sorted(near, key=lambda each: (-each.cosine, each.kind, each.name))


def by_meaning(
    phrase: str,
    index: Index,
    encoder: Encoder,
    roots: Sequence[Root] = FLOWS,
    threshold: float = THRESHOLD,
) -> tuple[Candidate, ...]:
    """Accounts of these types that a phrase may mean, best first, as far as their score reaches `threshold`.

    For words that stand in no entry ("the dentist").  What is kept is a guess, to be labelled as such; `meant` says
    whether it is a clear one.
    """
    query = encoder.encode([phrase])[0]
    texts = index.vectors("texts", encoder.sha256)
    if texts is None:
        return ()
    hits = {hit.text_id: hit.score for hit in texts.search(query, DEPTH)}
    payees = _payees_near(hits, index, roots)
    names = _names_of_accounts(_near(query, index, encoder.sha256), index, roots)
    found = [_candidate(account, names.get(account, []), payees[account]) for account in payees]
    found.sort(key=lambda candidate: (-candidate.score, candidate.account))
    best, second = [*(candidate.score for candidate in found[:2]), 0.0, 0.0][:2]
    others = [second, *[best] * len(found)]
    kept = zip(found, others, strict=False)
    return tuple(replace(each, lead=each.score - other) for each, other in kept if each.score >= threshold)


def meant(candidates: Sequence[Candidate]) -> Candidate | None:
    """The first candidate where it stands clear of the others; None where several may be meant, or none is near.

    Measured with all-MiniLM-L6-v2 over 88 phrases that mean something in three ledgers and 45 that mean nothing
    there: it speaks for 58 of the former, rightly for 56, and for 6 of the latter.  (By a threshold alone, at 0.40:
    58, 55 and 9; at 0.35: 72, 65 and 18.)
    """
    return candidates[0] if candidates and candidates[0].lead >= LEAD else None


def _candidate(account: str, names: Sequence[Near], payees: Mapping[str, float]) -> Candidate:
    ordered = sorted(names, key=lambda near: -near.cosine)
    text = max(payees.values())
    score = (max(0.0, ordered[0].cosine if ordered else 0.0) + text) / 2
    near = sorted((payee for payee in payees if payee), key=lambda payee: -payees[payee])
    return Candidate(account, score, 0.0, tuple(ordered[:SHOWN]), text, tuple(near[:SHOWN]))


def _payees_near(hits: Mapping[int, float], index: Index, roots: Sequence[Root]) -> dict[str, dict[str, float]]:
    """The payees ("" where there is none) of the texts hit, by account, with the cosine of the nearest text."""
    root = one_of("p.root", [each.value for each in roots])
    rows = index.query(
        "SELECT DISTINCT p.account, coalesce(e.payee, ''), e.text_id FROM entries e JOIN postings p USING (entry_id)"
        f" WHERE e.text_id IN (SELECT unnest(?::INTEGER[])) AND {root.sql}",
        [list(hits), *root.parameters],
    )
    payees: dict[str, dict[str, float]] = defaultdict(dict)
    for account, payee, text_id in rows:
        payees[account][payee] = max(hits[text_id], payees[account].get(payee, -1.0))
    return payees


def _names_of_accounts(names: Iterable[Near], index: Index, roots: Sequence[Root]) -> dict[str, list[Near]]:
    """The names by the accounts that they are or are booked to."""
    root = one_of("p.root", [each.value for each in roots])
    found: dict[str, list[Near]] = defaultdict(list)
    by_name = {(near.kind, near.name): near for near in names}
    for kind in ("payee", "narration"):
        asked = [name for of, name in by_name if of == kind]
        rows = index.query(
            f"SELECT DISTINCT p.account, p.{kind} FROM postings p"
            f" WHERE p.{kind} IN (SELECT unnest(?::VARCHAR[])) AND {root.sql}",
            [asked, *root.parameters],
        )
        for account, name in rows:
            found[account].append(by_name[kind, name])
    for (kind, name), near in by_name.items():
        if kind == "account":
            found[name].append(near)
    return found
