"""Sums, products and quotients: no digit is lost, none is added."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st

from ledgerqa.evidence.exact import difference, joined, percent, product, quotient, summed, tidy, total

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e30"), max_value=Decimal("1e30"))


@given(NUMBERS)
def test_tidy_changes_the_form_alone(number: Decimal) -> None:
    result = tidy(number)
    assert result == number
    assert "E" not in str(result) or result.adjusted() < -6  # a tiny number has no other form
    assert not (str(result).endswith("0") and "." in str(result))


@given(st.lists(NUMBERS, max_size=20))
def test_total_is_exact_in_any_order(numbers: list[Decimal]) -> None:
    with localcontext() as context:
        context.prec = 500
        wanted = sum(numbers, Decimal(0))
    assert total(numbers) == wanted == total(reversed(numbers))


def test_a_sum_joins_column_and_overflow() -> None:
    assert summed(Decimal("1.500000000000000000"), ["1e-25", "123456789012345678901234"]) == Decimal(
        "123456789012345678901235.5000000000000000000000001"
    )
    assert summed(None, None) == 0
    assert str(joined(Decimal("1.500000000000000000"), None)) == "1.5"
    assert joined(None, "1e-25") == Decimal("1e-25")


@given(NUMBERS, NUMBERS)
def test_products_and_quotients_round_as_beancount_does(one: Decimal, other: Decimal) -> None:
    with localcontext() as context:
        context.prec, context.rounding = 28, ROUND_HALF_EVEN
        assert product(one, other) == one * other
        assert quotient(one, other) == (one / other if other else 0)


def test_figures_derived() -> None:
    assert difference(Decimal("10.10"), Decimal("0.10")) == Decimal(10)
    assert str(percent(Decimal(1), Decimal(3))) == "33.3"
    assert str(percent(Decimal("0.125"), Decimal(100))) == "0.1"  # half to even
