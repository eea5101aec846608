from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledgerqa.beans import Batch
from ledgerqa.corpus.ingest import exact_text, fits, ingest
from ledgerqa.corpus.schema import EXACT, TABLES, create_statements


def tables() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for statement in create_statements():
        connection.execute(statement)
    connection.execute("BEGIN")
    return connection


def price_rows(numbers: list[Decimal | None]) -> list[tuple[Any, ...]]:
    with tables() as connection:
        rows = [(entry, dt.date(2024, 1, 1), "ACME", number, "EUR") for entry, number in enumerate(numbers)]
        ingest(connection, [Batch("prices", ("entry_id", "date", "currency", "number", "quote"), rows)])
        return connection.execute("SELECT number, number_text FROM prices ORDER BY entry_id").fetchall()


decimals = st.decimals(allow_nan=False, allow_infinity=False) | st.builds(
    lambda sign, digits, exponent: Decimal((sign, tuple(map(int, str(digits))), exponent)),
    st.integers(0, 1),
    st.integers(0, 10**30),
    st.integers(-40, 40),
)


@given(st.lists(decimals | st.none(), min_size=1, max_size=40))
@example([Decimal("-0")])
@example([Decimal("0E+30"), Decimal("0E-30")])
@example([Decimal("1E+11"), Decimal("1E+12"), Decimal("1E-18"), Decimal("1E-19")])
@example([Decimal("999999999999.999999999999999999"), Decimal("-999999999999.999999999999999999")])
@example([Decimal("99999999999999999999.999999999999999999"), Decimal(123456789012), Decimal(1234567890123)])
@example([Decimal("1.50000000000000000000000000")])
@example([Decimal(123456789012345678901), Decimal(-12345678901234567890)])
def test_each_number_comes_back_exactly(numbers: list[Decimal | None]) -> None:
    for number, (column, beside) in zip(numbers, price_rows(numbers), strict=True):
        if number is None:
            assert (column, beside) == (None, None)
        elif fits(number):
            assert (column, beside) == (number, None)
        else:
            assert column is None
            assert Decimal(beside) == number


@given(decimals)
def test_a_number_fits_if_18_decimals_and_12_digits_before_them_hold_it(number: Decimal) -> None:
    numerator, denominator = number.as_integer_ratio() if abs(number.adjusted()) < 200 else (number.adjusted(), 0)
    if denominator:
        scaled, rest = divmod(abs(numerator) * 10**18, denominator)
        assert fits(number) == (rest == 0 and scaled < 10**30)
    else:
        assert fits(number) == number.is_zero()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_no_number_is_in_no_sum(number: str) -> None:
    assert exact_text(Decimal(number)) is None
    assert price_rows([Decimal(number)]) == [(None, number)]


def test_no_money_column_is_a_double() -> None:
    with tables() as connection:
        kinds = dict(
            connection.execute(
                "SELECT table_name || '.' || column_name, data_type FROM duckdb_columns() WHERE NOT internal"
            ).fetchall()
        )
        assert {kind for kind in kinds.values() if kind in {"DOUBLE", "FLOAT", "REAL"}} == set()
        for table, columns in TABLES.items():
            for column, kind in columns.items():
                assert kinds[f"{table}.{column}"] == kind
                if kind == EXACT:
                    assert kinds[f"{table}.{column}_text"] == "VARCHAR"


def test_values_of_each_kind_come_back() -> None:
    dates = [dt.date(1, 1, 1), dt.date(1792, 1, 1), dt.date(1970, 1, 1), dt.date(9999, 12, 31)]
    texts = ["", "a\0b", "\U0001f600 ½", None]
    accounts = [
        (f"A:{position}", None, 2, text, date, None, position or None, None, currencies, None, 0)
        for position, (text, date, currencies) in enumerate(
            zip(texts, dates, [["EUR"], ["USD"], ["CHF"], ["GBP"]], strict=True)
        )
    ]
    with tables() as connection:
        columns = tuple(TABLES["accounts"])
        ingest(connection, [Batch("accounts", columns, accounts)])
        assert connection.execute("SELECT * FROM accounts ORDER BY account").fetchall() == accounts


def test_one_value_among_many_empty_ones_is_kept() -> None:
    rows = [(entry, None, "key", "rare" if entry == 30_000 else None, "none") for entry in range(40_000)]
    with tables() as connection:
        ingest(connection, [Batch("metadata", ("entry_id", "posting_id", "key", "value", "type"), rows)])
        assert connection.execute("SELECT entry_id FROM metadata WHERE value = 'rare'").fetchall() == [(30_000,)]
