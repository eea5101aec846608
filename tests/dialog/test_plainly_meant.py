"""Words so plain that what a model hears beside them changes nothing: prices, cost, what is there, who is meant."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.backends.protocols import Labelled
from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.intent.exclusions import with_heard
from ledgerqa.dialog.intent.intents import Context, Intent, detect
from ledgerqa.dialog.understanding.overruling import overruled
from ledgerqa.records import Grouping, Measure, Order, Plan, Valuation
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = dt.date(2024, 6, 30)
LEDGER = """
option "operating_currency" "EUR"

2023-01-01 open Assets:Bank
2023-01-01 open Assets:Pot
2023-01-01 open Assets:Coins:ZED
2023-01-01 open Assets:Stock:Boats
2023-01-01 open Liabilities:Cards:Blue
2023-01-01 open Income:Sales
2023-01-01 open Expenses:Staff:Pay:Ann
2023-01-01 open Expenses:Staff:Pay:Bruno
2023-01-01 open Expenses:Van:Petrol
2023-01-01 open Expenses:Van:Repairs
2023-01-01 open Expenses:Fun:Subscriptions
2023-01-01 price ZED 7 EUR

2023-02-01 * "Yard" "two boats"
  Assets:Stock:Boats  2 SLOOP {500 EUR}
  Assets:Bank
2023-02-02 * "Mint" "coins"
  Assets:Coins:ZED  3 ZED {5 EUR}
  Assets:Bank
2023-02-03 * "Ann Lee" "wages"
  Expenses:Staff:Pay:Ann  900 EUR
  Assets:Bank
2023-02-04 * "Bruno Dent" "wages"
  Expenses:Staff:Pay:Bruno  800 EUR
  Assets:Bank
2023-02-05 * "Bruno Dent" "mended the van"
  Expenses:Van:Repairs  80 EUR
  Assets:Bank
2023-02-06 * "Pump" "for Rusty"
  Expenses:Van:Petrol  40 EUR
  Assets:Bank
2023-02-07 * "to the pot"
  Assets:Pot  100 EUR
  Assets:Bank
2023-03-01 * "Daily Echo" "paper"
  Expenses:Fun:Subscriptions  9 EUR
  Liabilities:Cards:Blue
2023-04-01 * "Daily Echo" "paper"
  Expenses:Fun:Subscriptions  9 EUR
  Liabilities:Cards:Blue
2023-05-01 * "Daily Echo" "paper"
  Expenses:Fun:Subscriptions  9 EUR
  Liabilities:Cards:Blue
2023-06-01 * "Bank of Blue" "card paid"
  Liabilities:Cards:Blue  27 EUR
  Assets:Bank
2024-01-01 price SLOOP 600 EUR
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("plainly")
    path = folder / "main.beancount"
    path.write_text(LEDGER, encoding="utf-8")
    build(path, folder / "data")
    with open_index(path, folder / "data") as opened:
        yield opened


def weighed(heard: Intent, text: str) -> Intent:
    return overruled(heard, detect(text, Context(documents=False, notes=False, events=False)), text, limited=False)


@pytest.mark.parametrize(
    ("text", "at_cost"),
    [
        ("what was the shop worth, boats at what we paid", True),
        ("net worth, leave the pot out, stock at what it cost me", True),
        ("net worth, boats at cost and shares at market value", False),
        ("what is the shop worth", False),
    ],
)
def test_a_worth_at_cost_is_at_cost(text: str, *, at_cost: bool) -> None:
    assert (weighed(Intent(Measure.NET_WORTH), text).valuation is Valuation.COST) is at_cost


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("avg noshly order <period>", None),
        ("the average size of a donation", None),
        ("average orders per month", "month"),
        ("average food bill <period>", "month"),
    ],
)
def test_an_average_order_is_of_each_order(text: str, per: str | None) -> None:
    assert weighed(Intent(Measure.AVERAGE, per="month"), text).per == per


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("mean amount per invoice <period>", ()),
        ("average invoice by link", (Grouping.LINK,)),
    ],
)
def test_an_average_per_invoice_is_one_figure(text: str, group: tuple[Grouping, ...]) -> None:
    assert weighed(Intent(Measure.AVERAGE, group_by=(Grouping.LINK,)), text).group_by == group


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("the 3 biggest power bills ever", Measure.LIST),
        ("biggest 3 restaurant bills", Measure.LIST),
        ("biggest 3 restaurants", Measure.SUM),
        ("top 3 power bills by supplier", Measure.SUM),
    ],
)
def test_the_biggest_bills_are_single_ones(text: str, measure: Measure) -> None:
    heard = Intent(Measure.SUM, group_by=(Grouping.PAYEE,), order=Order("amount", descending=True), limit=3)
    assert weighed(heard, text).measure is measure


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("billed in euro year by year", "income"),
        ("all invoiced <period>", "income"),
        ("billed to us year by year", "spend"),
    ],
)
def test_what_was_billed_came_in(text: str, flow: str) -> None:
    assert weighed(Intent(Measure.SUM, flow="spend"), text).flow == flow


@pytest.mark.parametrize(
    ("text", "heard", "measure"),
    [
        ("dollars sitting in the bank <period>", Measure.PRICE, Measure.BALANCE),
        ("the price of dollars <period>", Measure.PRICE, Measure.PRICE),
        ("boat stock at the latest trade prices, one total", Measure.SUM, Measure.BALANCE),
        ("the pot plus the coins at their latest price, together", Measure.HOLDINGS, Measure.BALANCE),
        ("the coins at their latest price", Measure.HOLDINGS, Measure.HOLDINGS),
        ("what did we spend at the latest prices in total", Measure.SUM, Measure.SUM),
    ],
)
def test_what_stands_there_is_no_price_and_nothing_spent(text: str, heard: Measure, measure: Measure) -> None:
    assert weighed(Intent(heard), text).measure is measure


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("what did we pay for petrol and repairs <period>, each", Measure.SUM),
        ("so what have i spent on petrol and repairs, one figure each", Measure.SUM),
        ("what did we buy at the pump <period>", Measure.LIST),
    ],
)
def test_paid_for_each_is_a_figure_each(text: str, measure: Measure) -> None:
    assert weighed(Intent(Measure.LIST), text).measure is measure


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("which boats are still unsold and how many of each", Measure.HOLDINGS),
        ("which boats have not been sold yet", Measure.HOLDINGS),
        ("which boats haven't we sold", Measure.HOLDINGS),
        ("how many boats were sold", Measure.COUNT),
    ],
)
def test_what_is_unsold_is_held(text: str, measure: Measure) -> None:
    assert detect(text, Context(documents=False, notes=False, events=False)).measure is measure


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("Ida or the juniors (Ann then Bo) put together", False),
        ("Ida or the two (Ann and Bo) together", False),
        ("the wages (not Ann and Bo)", True),
        ("the wages, skip Bo", True),
    ],
)
def test_who_is_named_in_brackets_is_not_left_out(text: str, *, left_out: bool) -> None:
    at = text.index("Bo")
    spans = with_heard([], [Labelled("EXCLUDE", at, at + 2, 0.9)], text)
    assert bool(spans) is left_out


def planned(question: str, index: Index, model: Scripted | None = None, *history: str) -> Plan:
    plan = plan_question(question, history, TODAY, index, understander=model)
    assert isinstance(plan, Plan)
    return plan


def test_after_the_pay_of_one_the_pay_of_another_is_meant(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.97), "flow": ("income", 0.99)}, {"Ann": "NAME", "Bruno": "NAME"})
    plan = planned("same for Bruno", index, model, "Ann's gross pay in 2023")
    assert plan.filters.accounts == ("Expenses:Staff:Pay:Bruno",)


def test_a_fill_up_is_measured(index: Index) -> None:
    model = Scripted({"measure": ("average", 0.97), "flow": ("spend", 0.97)}, {"Rusty": "NAME"})
    assert planned("mean fill up for Rusty in 2023", index, model).filters.accounts == ("Expenses:Van:Petrol",)


@pytest.mark.parametrize("question", ["which subscriptions have hit the cards", "which subscriptions run on the cards"])
def test_subscriptions_that_hit_the_cards_are_paid_from_them(question: str, index: Index) -> None:
    model = Scripted({"measure": ("recurring", 0.97)}, {"cards": "NAME"})
    filters = planned(question, index, model).filters
    assert (filters.accounts, filters.alongside) == (("Expenses:Fun:Subscriptions",), ("Liabilities:Cards:Blue",))
