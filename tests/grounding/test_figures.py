"""Figures as text: nothing is lost, nothing is invented."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledgerqa.grounding.figures import (
    WIDE,
    count,
    exact,
    listed,
    marks,
    money,
    percent,
    pluralised,
    shortened,
    span,
    valued,
)

NUMBERS = st.decimals(
    allow_nan=False, allow_infinity=False, places=20, min_value=-(10**18), max_value=10**18
) | st.decimals(allow_nan=False, allow_infinity=False).filter(lambda number: -60 < number.adjusted() < 60)


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        ("1234.5", 2, "1,234.50"),
        ("12.500000", 2, "12.50"),
        ("12.505", 2, "12.505"),
        ("1.234567890123456789", 2, "1.234567890123456789"),
        ("-1234567.891", 2, "-1,234,567.891"),
        ("-0.00", 2, "0.00"),
        ("0E-18", 2, "0.00"),
        ("1E+5", 0, "100,000"),
        ("999.00", 0, "999"),
        ("12345678901234567890.12", 2, "12,345,678,901,234,567,890.12"),
    ],
)
def test_exact(number: str, digits: int, text: str) -> None:
    assert exact(Decimal(number), digits) == text


@given(NUMBERS, st.integers(0, 8))
def test_exact_text_reads_back_as_the_same_number(number: Decimal, digits: int) -> None:
    text = exact(number, digits)
    assert WIDE.compare(Decimal(text.replace(",", "")), number) == 0
    assert len(text.partition(".")[2]) >= digits
    assert re.fullmatch(r"-?\d{1,3}(,\d{3})*(\.\d+)?", text)


@given(NUMBERS.filter(lambda number: abs(number) >= 1), st.integers(0, 8))
def test_shortened_is_half_even_rounding_and_never_minus_nought(number: Decimal, digits: int) -> None:
    text = shortened(number, digits)
    assert Decimal(text.replace(",", "")) == number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN, WIDE)


def test_a_small_quotient_keeps_two_significant_digits() -> None:
    assert shortened(Decimal("0.000012345"), 2) == "0.000012"
    assert shortened(Decimal(0), 2) == "0.00"


def test_percent_money_count() -> None:
    assert percent(Decimal("68.3333")) == "68.3%"
    assert percent(Decimal(92)) == "92%"
    assert money(Decimal(5), "EUR", 2) == "5.00 EUR"
    assert money(Decimal(200) / Decimal("1.7"), "EUR", 2) == "about 117.65 EUR"
    assert money(Decimal("1.234567890123456789"), "ETH", 2) == "1.234567890123456789 ETH"
    assert [count(1, "entry"), count(1204, "entry"), count(0, "day")] == ["1 entry", "1,204 entries", "0 days"]
    assert [pluralised(noun) for noun in ("match", "day", "query")] == ["matches", "days", "queries"]


def test_lists_and_spans() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or")] == [
        "",
        "a",
        "a and b",
        "a, b or c",
    ]
    assert span(None, None) == ""


@given(st.sets(st.integers(1, 60)))
def test_marks_name_exactly_the_citations(ids: set[int]) -> None:
    text = marks(ids)
    named: set[int] = set()
    for part in re.findall(r"\d+(?:–\d+)?", text):
        first, _, last = part.partition("–")
        named.update(range(int(first), int(last or first) + 1))
    assert named == ids
    assert re.fullmatch(r"(\[\d+(?:\s*[,–-]\s*\d+)*\])?", text)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("132967.9753", "about 132,967.98 EUR"),
        ("12.5", "12.50 EUR"),
        ("12.500", "12.50 EUR"),
        ("0.0004", "about 0.00040 EUR"),
        ("-7.125", "about -7.12 EUR"),
    ],
)
def test_a_value_at_prices_is_told_to_the_cent(number: str, said: str) -> None:
    assert valued(Decimal(number), "EUR", 2) == said
