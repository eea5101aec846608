"""What the search by meaning and by words adds to an exact answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.errors import LedgerqaError
from ledgerqa.records import Answer, Evidence, Model, Plan, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledgerqa.backends.opening import Models
    from ledgerqa.backends.protocols import Encoder
    from ledgerqa.corpus import Index


def searched(answered: Answer, plan: Plan, index: Index, models: Models, *, follows: bool) -> Answer:
    """The answer with what meaning and words find beside its exact rows, and each citation with how it was found.

    Without any model nothing is searched: there is no one to read it.  Nor does a search that fails fail the answer.
    """
    encoder = _encoder(index, models)
    if encoder is None and not models.reads:
        return answered
    from ledgerqa.evidence.retrieval import retrieve

    cited = [citation.entry.entry_id for citation in answered.citations]
    evidence = answered.evidence or Evidence(Table())
    try:
        found = retrieve(answered.question, plan, evidence, cited, index, answered.today, encoder, follows=follows)
    except LedgerqaError as error:
        return replace(answered, warnings=(*answered.warnings, f"Nothing was searched for by meaning: {error}"))
    ways = {each.entry.entry_id: each.found_by for each in found}
    citations = [replace(one, found_by=ways.get(one.entry.entry_id, one.found_by)) for one in answered.citations]
    embedder = Model(encoder.name, encoder.sha256) if encoder else None
    return replace(answered, citations=tuple(citations), retrieved=found, embedder=embedder)


def _encoder(index: Index, models: Models) -> Encoder | None:
    """The encoder, opened only where the index holds vectors of it."""
    if not models.encoder_sha256 or index.vectors("texts", models.encoder_sha256) is None:
        return None
    return models.encoder()


def considered(answered: Answer, asked: Iterable[str], index: Index, models: Models) -> Answer:
    """The answer with all that words which stand nowhere were compared with; without such words, as it is."""
    encoder = models.encoder() if asked else None
    if encoder is None:
        return answered
    from ledgerqa.evidence.considering import consider

    found = tuple(each for words in asked for each in consider(words, index, encoder))
    return replace(answered, considered=found, embedder=Model(encoder.name, encoder.sha256))
