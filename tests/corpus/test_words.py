"""Words: how texts are cut, and BM25 against the formula written out in Python."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledgerqa.corpus import build, open_index
from ledgerqa.corpus.ingest import insert_words
from ledgerqa.corpus.words import K1, B, camel_parts, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ledgerqa.corpus import Index
    from tests.conftest import MakeLedger


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Alba Markt | weekly shop", ["alba", "markt", "weekly", "shop"]),
        ("MemberDues", ["member", "due", "memberdue"]),
        ("USBank", ["us", "bank", "usbank"]),
        ("BÜRO BüroÄrger", ["buro", "buro", "arger", "buroarger"]),
        ("ПродуктыМагазин", ["продукты", "магазин", "продуктымагазин"]),
        ("WHOLEFDS10236", ["wholefd", "10236", "wholefds10236"]),
        ("POS PURCHASE #123-45 LYON FR", ["pos", "purchase", "123", "45", "lyon", "fr"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("Łódź Ørsted Œuvre", ["lodz", "orsted", "oeuvre"]),
        ("İstanbul", ["istanbul"]),
        ("McDonald's didn't", ["mc", "donald", "mcdonald", "didn"]),
        ("groceries grocery movies movie", ["grocery", "grocery", "movy", "movy"]),
        ("taxes tax boxes dishes", ["tax", "tax", "box", "dish"]),
        ("gas bus glass tennis", ["gas", "bus", "glass", "tennis"]),
        ("食費 東京store12", ["食費", "東京", "store", "12"]),
        ("スーパー", ["スー", "ーハ", "ハー"]),
        ("ﾈｯﾄ ①", ["ネッ", "ット", "1"]),
        ("茶", ["茶"]),
        ("किराना दुकान", ["किराना", "दुकान"]),
        ("한국 마트", [unicodedata.normalize("NFKD", word) for word in ("한국", "마트")]),
        ("snake_case-and:colon", ["snake", "case", "and", "colon"]),
        ("", []),
        ("— … !", []),
    ],
)
def test_texts_are_cut_into_words(text: str, words: list[str]) -> None:
    assert tokenize(text) == words


@given(st.text())
def test_words_do_not_depend_on_composition(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert tokenize(composed) == tokenize(unicodedata.normalize("NFC", unicodedata.normalize("NFD", text)))


@pytest.mark.parametrize("text", ["café crème", "Müllgebühr", "Ångström", "ガソリン"])
def test_accents_written_apart_are_the_same_word(text: str) -> None:
    assert tokenize(unicodedata.normalize("NFD", text)) == tokenize(unicodedata.normalize("NFC", text))


@given(st.text(alphabet="abcXYZÄöß1"))
def test_camel_parts_are_the_word(word: str) -> None:
    assert "".join(camel_parts(word)) == word


@given(st.lists(st.text(max_size=30), max_size=8))
def test_the_inverted_file_counts_every_word(texts: list[str]) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE words (word VARCHAR, text_id INTEGER, occurrences INTEGER)")
        insert_words(connection, enumerate(texts))
        rows = connection.execute("SELECT * FROM words ORDER BY rowid").fetchall()
    assert rows == sorted(rows)
    for number, text in enumerate(texts):
        assert {word: n for word, at, n in rows if at == number} == dict(Counter(tokenize(text)))


# ---------------------------------------------------------------------------------------------------- ranking


def bm25(texts: Mapping[int, str], query: str) -> dict[int, float]:
    """The formula of Robertson & Zaragoza with Lucene's idf, over all texts that have words."""
    words = {number: tokenize(text) for number, text in texts.items()}
    words = {number: found for number, found in words.items() if found}
    mean = sum(map(len, words.values())) / len(words)
    scores: dict[int, float] = {}
    for word in set(tokenize(query)):
        df = sum(word in found for found in words.values())
        for number, found in words.items():
            if tf := found.count(word):
                idf = math.log(1 + (len(words) - df + 0.5) / (df + 0.5))
                norm = tf + K1 * (1 - B + B * len(found) / mean)
                scores[number] = scores.get(number, 0.0) + idf * tf * (K1 + 1) / norm
    return scores


def texts_of(index: Index) -> dict[int, str]:
    return dict(index.query("SELECT text_id, text FROM texts"))


QUERIES = ["groceries", "Copperleaf card", "weekly shop at the market", "KATTENKWAAD 3391", "dolomites trip", "water"]


@pytest.mark.parametrize("query", QUERIES)
def test_ranking_is_bm25(sample_index: Index, query: str) -> None:
    expected = bm25(texts_of(sample_index), query)
    ranked = sample_index.rank(query, 1000)
    assert ranked
    assert dict(ranked) == pytest.approx(expected)
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)


def test_a_filter_keeps_scores_and_drops_texts(sample_index: Index) -> None:
    whole = sample_index.rank("weekly shop groceries", 1000)
    allowed = [number for number, _ in whole][::3]
    assert sample_index.rank("weekly shop groceries", 1000, allowed) == whole[::3]
    assert sample_index.rank("weekly shop groceries", 1000, []) == []


def test_the_limit_keeps_the_best(sample_index: Index) -> None:
    assert sample_index.rank("weekly shop", 3) == sample_index.rank("weekly shop", 1000)[:3]


@pytest.mark.parametrize("query", ["", "?!", "zyzzyva"])
def test_words_that_stand_nowhere_find_nothing(sample_index: Index, query: str) -> None:
    assert sample_index.rank(query, 10) == []


def test_a_question_is_a_parameter_not_sql(sample_index: Index) -> None:
    assert sample_index.rank("zyzzyva') OR ('qqx", 10) == sample_index.rank("or", 10)
    assert texts_of(sample_index)


def ranked_texts(index: Index, query: str) -> Iterable[str]:
    texts = texts_of(index)
    return [texts[number] for number, _ in index.rank(query, 10)]


def test_scripts_and_banks_noise_are_found(make_ledger: MakeLedger, data_dir: Path) -> None:
    """
    2024-01-01 open Assets:Bank
    2024-01-01 open Expenses:食費
    2024-01-02 * "スーパー西友" "牛乳"
      Expenses:食費   300 JPY
      Assets:Bank
    2024-01-03 * "WHOLEFDS10236 AUSTIN TX"
      Expenses:食費   12 USD
      Assets:Bank
    2024-01-04 * "Café Krüger" "Müll"
      Expenses:食費   5 EUR
      Assets:Bank
    """
    ledger = make_ledger()
    build(ledger, data_dir)
    with open_index(ledger, data_dir) as index:
        for query, start in (("西友", "スーパー西友"), ("wholefds", "WHOLEFDS10236"), ("cafe kruger", "Café Krüger")):
            best, *_ = ranked_texts(index, query)
            assert best.startswith(start)
