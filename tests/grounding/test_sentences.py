"""The plain sentence of every measure, over one small ledger: what a person would say, word for word."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa.grounding.sentences import SENTENCES
from ledgerqa.records import (
    Filters,
    Grouping,
    Measure,
    Mention,
    Order,
    Period,
    Plan,
    Root,
    Valuation,
    Variant,
)

if TYPE_CHECKING:
    from ledgerqa.corpus import Index


def year(number: int) -> Period:
    return Period(dt.date(number, 1, 1), dt.date(number + 1, 1, 1), f"in {number}")


def of(*accounts: str) -> Filters:
    return Filters(accounts=accounts)


SPENDING = Filters(roots=(Root.EXPENSES,))
END_2023 = Period(None, dt.date(2024, 1, 1), "as of 2023-12-31")
MARKET, CARD, GIRO = of("Expenses:Food:Market"), of("Liabilities:Card:Blue"), of("Assets:Bank:Giro")
GROCER = Mention("green grocer", payees=("Green Grocer",))

SAID: list[tuple[Plan, str]] = [
    (
        Plan(Measure.SUM, MARKET, year(2023), reading=("market = Expenses:Food:Market",)),
        (
            "You spent 52.755 EUR on Market (Expenses:Food:Market) in 2023, over 2 entries [1, 2]. "
            "Read as: market = Expenses:Food:Market."
        ),
    ),
    (
        Plan(Measure.SUM, MARKET, year(2024)),
        "There was a net refund of 5.00 EUR on Market (Expenses:Food:Market) in 2024, over 1 entry [1].",
    ),
    (
        Plan(Measure.SUM, Filters(roots=(Root.EXPENSES,), tags=("cider",))),
        "You spent 52.755 EUR tagged #cider (2023-03-04 to 2023-05-06), over 2 entries [1, 2].",
    ),
    (
        Plan(Measure.SUM, of("Revenue:Salary"), year(2023)),
        "You received 3,000.00 EUR as Salary (Revenue:Salary) in 2023, over 1 entry [1].",
    ),
    (
        Plan(Measure.SUM, CARD, year(2023)),
        "What you owe on Blue (Liabilities:Card:Blue) rose by 55.955 EUR in 2023, over 3 entries [1–3].",
    ),
    (
        Plan(Measure.SUM, GIRO, year(2023)),
        "The net change in Giro (Assets:Bank:Giro) was 1,200.00 EUR in 2023, over 3 entries [1–3].",
    ),
    (
        Plan(Measure.SUM, SPENDING, year(2023), group_by=(Grouping.ACCOUNT,), account_depth=2),
        (
            "Spending by account in 2023, over 5 entries [1–5]: Expenses:Home 1,800.00 EUR (97%); "
            "Expenses:Food 55.955 EUR (3%). Together: 1,855.955 EUR."
        ),
    ),
    (
        Plan(
            Measure.SUM,
            SPENDING,
            year(2023),
            group_by=(Grouping.PAYEE,),
            order=Order("amount", descending=True),
            limit=1,
        ),
        (
            "The highest payee is Landlord: 1,800.00 EUR (spending) in 2023, over 2 entries [1, 2]."
            " All of them together: 1,855.955 EUR."
        ),
    ),
    (
        Plan(Measure.LIST, of("Expenses:Food"), order=Order("amount", descending=True), limit=1, pick="ends"),
        (
            "The largest posting for Food (Expenses:Food): 2023-05-06, Green Grocer, “Pears”, 40.255 EUR in "
            "Expenses:Food:Market [1]; the smallest: 2023-06-07, Crust, “Rolls”, 3.20 EUR in "
            "Expenses:Food:CornerBakery [2]."
        ),
    ),
    (
        Plan(
            Measure.SUM,
            of("Expenses:Food"),
            compare=(Variant("in 2023", Filters(), year(2023)), Variant("in 2024", Filters(), year(2024))),
        ),
        (
            "Spending on Food (Expenses:Food) – 2023: 55.955 EUR; 2024: -5.00 EUR, over 4 entries [1–4]. "
            "2023 is higher, by 60.955 EUR."
        ),
    ),
    (
        Plan(
            Measure.SUM,
            SPENDING,
            year(2023),
            compare=(
                Variant("Rent", of("Expenses:Home:Rent"), Period()),
                Variant("Food", of("Expenses:Food"), Period()),
            ),
        ),
        (
            "Spending in 2023 – Rent: 1,800.00 EUR; Food: 55.955 EUR, over 5 entries [1–5]. "
            "Rent is higher, by 1,744.045 EUR (Food is 96.9% less)."
        ),
    ),
    (
        Plan(
            Measure.SUM,
            SPENDING,
            compare=tuple(Variant(f"in {number}", Filters(), year(number)) for number in (2022, 2023, 2024)),
            reading=("read as all spending", "not read: blimey"),
        ),
        (
            "Spending – 2022: 0.00 EUR; 2023: 1,855.955 EUR; 2024: -5.00 EUR, over 6 entries [1–6]. "
            "2023 is the highest in EUR. Read as: all spending. Not understood: blimey."
        ),
    ),
    (
        Plan(Measure.SUM, Filters(roots=(Root.EXPENSES,), currencies=("EUR",)), year(2023)),
        "You spent 1,855.955 EUR in 2023, over 5 entries [1–5].",
    ),
    (
        Plan(Measure.SUM, of("Expenses:Old"), year(2023)),
        "There are no entries for Old (Expenses:Old) in 2023. There are none at any other time.",
    ),
    (Plan(Measure.COUNT, MARKET, year(2023)), "There are 2 entries for Market (Expenses:Food:Market) in 2023 [1, 2]."),
    (
        Plan(Measure.COUNT, of("Expenses:Home:Rent"), year(2024)),
        (
            "There are 0 entries for Rent (Expenses:Home:Rent) in 2024. "
            "At any time there are 2 such entries, from 2023-02-01 to 2023-03-01."
        ),
    ),
    (
        Plan(Measure.LIST, of("Assets:Wallet"), year(2023)),
        (
            "There are no entries for Wallet (Assets:Wallet) in 2023. "
            "At any time there is one such entry, of 2024-03-06."
        ),
    ),
    (
        Plan(Measure.COUNT, SPENDING, year(2023), count_of="months"),
        "There are 4 different months with entries in 2023, over 5 entries [1–5].",
    ),
    (
        Plan(Measure.AVERAGE, MARKET, year(2023)),
        (
            "On average you spent 26.38 EUR per entry on Market (Expenses:Food:Market) in 2023 "
            "(52.755 EUR divided by 2 postings), over 2 entries [1, 2]."
        ),
    ),
    (
        Plan(Measure.AVERAGE, of("Revenue:Salary"), year(2023), per="month"),
        (
            "On average you received 250.00 EUR per month as Salary (Revenue:Salary) in 2023 "
            "(3,000.00 EUR divided by 12 months), over 1 entry [1]."
        ),
    ),
    (
        Plan(Measure.LIST, MARKET, order=Order("date", descending=True), limit=1),
        "The latest posting for Market (Expenses:Food:Market): 2024-02-03, Green Grocer, “Apples returned”, -5.00 EUR [1].",
    ),
    (
        Plan(Measure.LIST, Filters(roots=(Root.EXPENSES,), mentions=(GROCER,)), year(2023)),
        (
            "2 postings with Green Grocer in 2023 [1, 2]: 2023-03-04, Green Grocer, “Apples”, 12.50 EUR in "
            "Expenses:Food:Market [1]; 2023-05-06, Green Grocer, “Pears”, 40.255 EUR in Expenses:Food:Market [2]."
        ),
    ),
    (Plan(Measure.LIST, of("Expenses:Gifts")), "There are no entries for Gifts (Expenses:Gifts)."),
    (
        Plan(Measure.BALANCE, GIRO),
        "Giro (Assets:Bank:Giro) holds 5,175.00 EUR (last entry 2024-03-05), over 7 entries [1–7].",
    ),
    (
        Plan(Measure.BALANCE, CARD, END_2023),
        "You owe 55.955 EUR on Blue (Liabilities:Card:Blue) as of 2023-12-31, over 3 entries [1–3].",
    ),
    (
        Plan(Measure.BALANCE, of("Liabilities:Friends:Ada")),
        "Ada (Liabilities:Friends:Ada) stands at 30.00 EUR in your favour (last entry 2024-03-05), over 1 entry [1].",
    ),
    (
        Plan(Measure.BALANCE, of("Assets:Wallet")),
        "Wallet (Assets:Wallet) holds 1.234567890123456789 ETH (last entry 2024-03-06), over 1 entry [1].",
    ),
    (Plan(Measure.BALANCE, of("Expenses:Gifts")), "Gifts (Expenses:Gifts) holds nothing: its balance is zero."),
    (
        Plan(Measure.NET_WORTH, period=END_2023, valuation=Valuation.COST),
        "Net worth is about 6,144.04 EUR as of 2023-12-31, at cost, over 7 entries [1–7].",
    ),
    (
        Plan(Measure.NET_WORTH, valuation=Valuation.MARKET, convert_to="EUR"),
        (
            "Net worth is about 6,199.04 EUR and 1.234567890123456789 ETH (last entry 2024-03-06), at the newest market prices"
            " (of 2024-05-01), converted to EUR, over 11 entries [1–10]. No rate was found for ETH: it is shown in its own unit."
        ),
    ),
    (
        Plan(Measure.HOLDINGS, commodity="ORCH"),
        (
            "You hold 10 ORCH in Assets:Broker:Shares (cost 1,000.00 EUR, market value 1,050.00 EUR, unrealised gain 50.00 EUR)"
            " (last entry 2024-03-03), market values at the newest prices, over 1 entry [1]."
        ),
    ),
    (
        Plan(Measure.NET_INCOME, period=year(2023)),
        "Income exceeded expenses in 2023 by 1,144.045 EUR: a surplus, over 6 entries [1–6].",
    ),
    (
        Plan(Measure.INCOME_STATEMENT, period=year(2023)),
        (
            "Income statement in 2023, over 6 entries [1–6]: income 3,000.00 EUR; expenses 1,855.955 EUR; a surplus of "
            "1,144.045 EUR. The largest: Revenue:Salary 3,000.00 EUR; Expenses:Home:Rent 1,800.00 EUR; "
            "Expenses:Food:Market 52.755 EUR; the table has all 4 rows."
        ),
    ),
    (
        Plan(Measure.BALANCE_SHEET, period=END_2023),
        (
            "Balance sheet as of 2023-12-31, over 7 entries [1–7]: assets 6,200.00 EUR; liabilities 55.955 EUR owed; "
            "equity 5,000.00 EUR; a surplus of 1,144.045 EUR earned so far. The largest: Assets:Bank:Giro 6,200.00 EUR; "
            "Equity:Opening 5,000.00 EUR; Liabilities:Card:Blue 55.955 EUR owed; the table has all 3 rows."
        ),
    ),
    (
        Plan(Measure.PRICE, commodity="ORCH", at=dt.date(2024, 4, 15)),
        "The price of ORCH is 110.00 EUR on 2024-04-01, the last price on or before 2024-04-15 [1].",
    ),
    (
        Plan(Measure.PRICE, commodity="ORCH", order=Order("amount"), limit=1),
        "The lowest price of ORCH is 105.00 EUR on 2024-05-01 [1].",
    ),
    (Plan(Measure.PRICE, commodity="ETH"), "No price of ETH is on file."),
    (Plan(Measure.BUDGET), "The budget for Expenses:Food is 50.00 EUR a month [1]."),
    (
        Plan(Measure.BUDGET, period=Period(dt.date(2023, 5, 1), dt.date(2023, 6, 1), "in May 2023")),
        "Expenses:Food: 40.255 EUR spent in May 2023 of a budget of 50.00 EUR (monthly), 9.745 EUR left [1, 2].",
    ),
    (
        Plan(
            Measure.BUDGET,
            period=Period(dt.date(2023, 1, 1), dt.date(2023, 7, 1), "in the first half of 2023"),
            group_by=(Grouping.QUARTER,),
        ),
        (
            "Expenses:Food in the first half of 2023, within budget in all 2 quarters: 2023-Q1, 12.50 EUR spent of "
            "150.00 EUR, 137.50 EUR left; 2023-Q2, 43.455 EUR spent of 150.00 EUR, 106.545 EUR left [1–4]."
        ),
    ),
    (Plan(Measure.METADATA, GIRO, key="number"), "Assets:Bank:Giro: number DE-4711 [1]."),
    (Plan(Measure.METADATA, key="nope"), "Nothing has the metadata key “nope”."),
    (
        Plan(Measure.ACCOUNTS, of("Expenses:Old")),
        "Expenses:Old was opened on 2022-01-01 and closed on 2023-12-31 [1].",
    ),
    (
        Plan(Measure.ACCOUNTS, of("Liabilities")),
        (
            "2 accounts for Liabilities: Liabilities:Card:Blue opened on 2022-01-01 [1]; "
            "Liabilities:Friends:Ada opened on 2022-01-01 [2]."
        ),
    ),
    (Plan(Measure.COMMODITIES), "3 commodities: ETH; EUR; ORCH (Orchard Fund, 2022-01-01) [1]."),
    (Plan(Measure.EVENTS, key="town"), "2 events: 2023-01-01 town: Delft [1]; 2024-01-01 town: Ghent [2]."),
    (
        Plan(Measure.EVENTS, key="town", order=Order("date", descending=True), limit=1),
        "Town: Ghent since 2024-01-01 [1].",
    ),
    (Plan(Measure.NOTES), "1 note: 2024-01-02, Assets:Bank:Giro: “Asked for a new card on 5 January” [1]."),
    (Plan(Measure.DOCUMENTS), "No document was found."),
    (
        Plan(Measure.BALANCE_CHECKS, failing=True),
        "1 balance check that does not hold: 2024-06-01, Assets:Bank:Giro asserted 1.00 EUR, off by 5,174.00 EUR [1].",
    ),
    (Plan(Measure.BALANCE_CHECKS, CARD, failing=True), "No balance check for Blue (Liabilities:Card:Blue) fails."),
    (Plan(Measure.QUERIES), "1 saved query: fruit [1]."),
    (
        Plan(
            Measure.GAPS,
            of("Expenses:Home:Rent"),
            Period(dt.date(2023, 1, 1), dt.date(2023, 4, 1), "in Q1 2023"),
            group_by=(Grouping.MONTH,),
        ),
        "1 month without any entry for Rent (Expenses:Home:Rent) in Q1 2023: 2023-01 [1, 2].",
    ),
]


@pytest.mark.parametrize(
    ("plan", "sentence"), SAID, ids=[f"{plan.measure}-{place}" for place, (plan, _) in enumerate(SAID)]
)
def test_sentence(say: Any, plan: Plan, sentence: str) -> None:
    result = say(plan)
    assert result.text == sentence
    assert result.verification.unsupported == ()


def test_every_measure_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Measure)


def test_ledger_errors_are_told_with_their_place(say: Any) -> None:
    text = say(Plan(Measure.LEDGER_ERRORS)).text
    assert text.startswith("Beancount reports 1 error in this ledger: orchard.beancount:")


def test_recurring_payments_are_told_with_cadence_amount_and_last_date(say: Any, sample_index: Index) -> None:
    result = say(Plan(Measure.RECURRING, SPENDING), index=sample_index)
    assert "monthly" in result.text
    assert "(last on 20" in result.text
    assert result.verification.unsupported == ()


@pytest.mark.parametrize(
    ("question", "plan", "word"),
    [
        ("did I buy any gifts in 2023?", Plan(Measure.COUNT, of("Expenses:Gifts"), year(2023)), "No."),
        ("have we ever had pears?", Plan(Measure.LIST, MARKET), "Yes."),
        ("any balance checks that fail?", Plan(Measure.BALANCE_CHECKS, failing=True), "Yes."),
        ("are there documents for the bank?", Plan(Measure.DOCUMENTS), "No."),
        ("did I buy more apples than pears?", Plan(Measure.LIST, MARKET), ""),
        ("did Ada get paid back in full?", Plan(Measure.LIST, of("Liabilities:Friends:Ada")), ""),
        ("did I not buy pears?", Plan(Measure.LIST, MARKET), ""),
        ("what did I buy?", Plan(Measure.LIST, MARKET), ""),
        ("did I spend 40 on pears?", Plan(Measure.SUM, MARKET), ""),
    ],
)
def test_yes_and_no_only_where_certain(say: Any, question: str, plan: Plan, word: str) -> None:
    text = say(plan, question).text
    assert text.split(" ", 1)[0] == word if word else not text.startswith(("Yes", "No."))
