"""The word index: BM25 over the distinct texts, kept in two plain tables of the index.

DuckDB's own full-text extension is a download, so the inverted file is a table, sorted by word, and the ranking
is one SQL statement.  Ranking: Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
(2009), with the non-negative idf of Lucene.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Saturation of a repeated word and weight of a text's length: the values that the authors recommend.
K1 = 1.2
B = 0.75

# Letters and digits, and the marks that stand inside words: accents written as characters of their own, the vowel
# signs of the scripts from Devanagari to Khmer.
_MARKS = "\u0300-\u036f\u0900-\u0963\u0966-\u0e3e\u0e40-\u0edf\u1000-\u109f\u1780-\u17d3\u3099\u309a"
_WORD = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")  # the same where there is nothing else, three times as fast
_ENDING = re.compile(r"(?<=\w)['’][st]\b", re.IGNORECASE)  # of "McDonald's" and "didn't"
_LETTERS_DIGITS = re.compile(r"\d+|\D+")
# Scripts written without spaces are indexed by pairs of characters.
_UNSPACED = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")
_NOT_DECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def fold(text: str) -> str:
    """Text without case, accents and compatibility forms: "Árvíztűrő ①" becomes "arvizturo 1"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_NOT_DECOMPOSED)


def camel_parts(word: str) -> list[str]:
    """A compound name where its capitals part it: "MemberDues", "USBank", "BüroÄrger", "ÖPNVTicket"; "BÜRO" is one."""
    if word.islower() or word.isupper() or len(word) < 3:
        return [word]
    starts = [0]
    for i in range(1, len(word)):
        before, here, after = word[i - 1], word[i], word[i + 1 : i + 2]
        if here.isupper() and (before.islower() or (before.isupper() and after.islower())):
            starts.append(i)
    return [word[start:end] for start, end in zip(starts, [*starts[1:], len(word)], strict=True)]


def tokenize(text: str) -> list[str]:
    """Words of `text` in order, folded, as index and queries hold them.

    CamelCase is split, letters are parted from digits ("WHOLEFDS10236"), plurals become singular, and runs of a
    script without spaces become overlapping pairs of characters.  What was split stands whole as well, since nobody
    knows whether the question will say "iphone" or "i phone".
    """
    return [word for run in _runs(text) for word in _words_of(run)]


def _runs(text: str) -> list[str]:
    """The runs of letters and digits in a text."""
    if text.isascii():
        return _ASCII_WORD.findall(_ENDING.sub("", text) if "'" in text else text)
    return _WORD.findall(_ENDING.sub("", text))


@lru_cache(maxsize=1 << 16)
def _words_of(run: str) -> tuple[str, ...]:
    """The words that one run of letters and digits becomes."""
    if run.isdecimal() and run.isascii():
        return (run,)
    words: list[str] = []
    pieces = [piece for part in camel_parts(run) for piece in _pieces(fold(part))]
    unspaced = [_UNSPACED.match(piece) is not None for piece in pieces]
    for piece, in_pairs in zip(pieces, unspaced, strict=True):
        words.extend(_pairs(piece) if in_pairs else (_singular(piece),))
    if len(pieces) > 1 and not any(unspaced):
        words.append(_singular("".join(pieces)))
    return tuple(words)


def _pieces(folded: str) -> Iterator[str]:
    """Runs of digits, of letters, and of a script without spaces."""
    if folded.isascii() and (folded.isalpha() or folded.isdecimal()):
        yield folded
        return
    end = 0
    for unspaced in _UNSPACED.finditer(folded):
        yield from _LETTERS_DIGITS.findall(folded[end : unspaced.start()])
        yield unspaced.group()
        end = unspaced.end()
    yield from _LETTERS_DIGITS.findall(folded[end:])


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for i in range(len(run) - 1):
        yield run[i : i + 2]


def _singular(word: str) -> str:
    """English plurals and their singulars as one word, other words untouched by more than a final s."""
    if len(word) < 4 or not word.endswith(("s", "ie")):
        return word
    if word.endswith(("ies", "ie")):  # "movies" and "movie", "groceries" and "grocery"
        return word.removesuffix("s")[:-2] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word if word.endswith(("ss", "us", "is")) else word[:-1]  # not of "glass", "bus", "tennis"


class Occurrences(NamedTuple):
    """Each word of each text, as often as it occurs: `words` and `text_ids` go together.

    `words` are places in `vocabulary`, which has every word once.
    """

    vocabulary: list[str]
    words: array[int]
    text_ids: array[int]


def occurrences(texts: Iterable[tuple[int, str]]) -> Occurrences:
    """The words of these texts."""
    places: dict[str, int] = {}
    known: dict[str, tuple[int, ...]] = {}  # by run: the same ones occur again and again
    words, text_ids = array("i"), array("i")
    for text_id, text in texts:
        before = len(words)
        for run in _runs(text):
            found = known.get(run)
            if found is None:
                found = known[run] = tuple([places.setdefault(word, len(places)) for word in _words_of(run)])
            words.extend(found)
        text_ids.extend(repeat(text_id, len(words) - before))
    return Occurrences(list(places), words, text_ids)


NAMES = """
INSERT INTO names
SELECT (row_number() OVER (ORDER BY kind, name) - 1)::INTEGER, kind, name FROM (
    SELECT DISTINCT 'account' AS kind, array_to_string(parts[:level], ':') AS name
    FROM (SELECT string_split(account, ':') AS parts FROM accounts), range(2, 12) AS levels(level)
    WHERE level <= len(parts)
    UNION SELECT 'payee', payee FROM entries WHERE payee <> ''
    UNION SELECT 'narration', narration FROM entries WHERE narration <> '' AND type = 'transaction')
"""
"""Fills the table `names` from what a question may name."""
LENGTHS = """
UPDATE texts SET length = counted.length
FROM (SELECT text_id, sum(occurrences)::INTEGER AS length FROM words GROUP BY text_id) AS counted
WHERE texts.text_id = counted.text_id
"""
"""Fills in how many words each text has."""
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
