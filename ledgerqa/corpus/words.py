"""The word index: BM25 over the distinct texts, kept in two plain tables of the index.

DuckDB's own full-text extension is a download, so the inverted file is a table, sorted by word, and the ranking
is one SQL statement.  Ranking: Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
(2009), with the non-negative idf of Lucene.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Saturation of a repeated word and weight of a text's length: the values that the authors recommend.
K1 = 1.2
B = 0.75

_WORD = re.compile(r"[^\W_]+")
# "MemberDues", "USBank": a new word begins at a capital after a small letter, or before the last of a run.
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][^\W\d_A-Z])")
_LETTERS_DIGITS = re.compile(r"\d+|\D+")
# Scripts written without spaces are indexed by pairs of characters.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]")


def fold(text: str) -> str:
    """Text without case, accents and compatibility forms: "Árvíztűrő ①" becomes "arvizturo 1"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tokenize(text: str) -> list[str]:
    """Words of `text` in order, folded, as index and queries hold them.

    CamelCase is split, letters are parted from digits ("WHOLEFDS10236"), plurals lose their s, and runs of a
    script without spaces become overlapping pairs of characters.  What was split stands whole as well, since
    nobody knows whether the question will say "iphone" or "i phone".
    """
    words: list[str] = []
    for run in _WORD.findall(text):
        pieces = [piece for part in _CAMEL.split(run) for piece in _LETTERS_DIGITS.findall(fold(part))]
        for piece in pieces:
            words.extend(_pairs(piece) if _UNSPACED.search(piece) else (_singular(piece),))
        if len(pieces) > 1:
            words.append(_singular("".join(pieces)))
    return words


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for i in range(len(run) - 1):
        yield run[i : i + 2]


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):  # not of "gas", "bus"
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return word


def inverted_file(texts: Iterable[tuple[int, str]]) -> list[tuple[str, int, int]]:
    """Rows (word, text_id, occurrences) of the table `words`, in its order."""
    rows = [(word, text_id, n) for text_id, text in texts for word, n in Counter(tokenize(text)).items()]
    rows.sort()
    return rows


RANK = """
WITH asked AS (SELECT unnest(?::VARCHAR[]) AS word),
     size AS (SELECT count(*) AS n, avg(length) AS mean FROM texts WHERE length > 0),
     hits AS (SELECT text_id, occurrences, count(*) OVER (PARTITION BY word) AS df
              FROM words SEMI JOIN asked USING (word))
SELECT text_id,
       sum(ln(1 + (n - df + 0.5) / (df + 0.5)) * occurrences * {k1p}
           / (occurrences + {k1} * (1 - {b} + {b} * length / mean))) AS score
FROM hits JOIN texts USING (text_id), size
{where}
GROUP BY text_id ORDER BY score DESC, text_id LIMIT ?
"""


def rank_statement(query: str, limit: int, allowed: Sequence[int] | None = None) -> tuple[str, list[object]]:
    """The SQL and parameters that rank texts for a query: rows (text_id, score), best first, at most `limit`.

    `allowed` are the text_ids that a plan's filters let through (None: all).
    """
    where, parameters = (
        ("", []) if allowed is None else ("WHERE text_id IN (SELECT unnest(?::INTEGER[]))", [list(allowed)])
    )
    words = sorted(set(tokenize(query)))
    return RANK.format(k1=K1, k1p=K1 + 1, b=B, where=where), [words, *parameters, limit]
