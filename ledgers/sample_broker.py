"""The sample ledger's investments: funds bought month by month, a share that splits, gilts in pounds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sample_books import BROKER, CENT, POUNDS, SAVINGS, Household, Leg, money, months


def invest(home: Household) -> None:
    for month in months():
        date = month.replace(day=28)
        if month.month % 3 == 0:
            buy(home, date, "EMKT", 6)
            dividend(home, date, "WRLD", Decimal("0.31"))
        else:
            buy(home, date, "WRLD", 3)
        if month.month == 12:
            earned = (home.balance(SAVINGS, "EUR", date) * Decimal("0.012")).quantize(CENT)
            home.move(dt.date(date.year, 12, 31), "Kestrel Bank", "interest", SAVINGS, earned, "Income:Interest")
    boreal(home)
    gilts(home)
    sell(home, dt.date(2024, 2, 20), "WRLD", "EUR", [("2022-01-28", 3), ("2022-02-28", 3), ("2022-04-28", 3)], BROKER)


def buy(home: Household, date: dt.date, code: str, units: int) -> None:
    price, fee = home.price(code, date), money("1.50")
    total = units * price
    lot = Leg(f"Assets:Broker:Larkfield:{code}", Decimal(units), code, f"{{{price} EUR}}")
    home.book(
        date, "Larkfield", f"buy {units} {code}", lot, Leg("Expenses:Fees:Broker", fee), Leg(BROKER, -total - fee)
    )


def dividend(home: Household, date: dt.date, code: str, each: Decimal) -> None:
    amount = (home.balance(f"Assets:Broker:Larkfield:{code}", code, date) * each).quantize(CENT)
    home.move(date, "Larkfield", f"dividend {code}", BROKER, amount, "Income:Dividends")


def boreal(home: Household) -> None:
    """Two lots, a split of four for one, a sale out of the first lot, and a dividend a year."""
    account, first, second = "Assets:Broker:Larkfield:BOREAL", dt.date(2022, 3, 14), dt.date(2022, 11, 7)
    top_up = money("4500.00")
    home.book(
        dt.date(2022, 3, 10), "Larkfield", "for Boreal shares", Leg(BROKER, top_up), Leg(SAVINGS, -top_up, elided=True)
    )
    for date, units, price in ((first, 40, "61.20"), (second, 30, "54.80")):
        total = units * money(price)
        lot = Leg(account, Decimal(units), "BOREAL", f"{{{price} EUR}}")
        home.book(
            date,
            "Larkfield",
            f"buy {units} BOREAL",
            lot,
            Leg("Expenses:Fees:Broker", money("4.00")),
            Leg(BROKER, -total - 4),
        )
    home.book(
        dt.date(2024, 6, 10),
        "Larkfield",
        "Boreal split, four for one",
        Leg(account, Decimal(-40), "BOREAL", "{61.20 EUR, 2022-03-14}"),
        Leg(account, Decimal(160), "BOREAL", "{15.30 EUR, 2022-03-14}"),
        Leg(account, Decimal(-30), "BOREAL", "{54.80 EUR, 2022-11-07}"),
        Leg(account, Decimal(120), "BOREAL", "{13.70 EUR, 2022-11-07}"),
        marks="#split",
    )
    for year, each in ((2022, "0.85"), (2023, "0.92"), (2024, "0.96"), (2025, "0.26")):
        dividend(home, dt.date(year, 5, 30), "BOREAL", Decimal(each))
    sold_at = home.price("BOREAL", dt.date(2024, 10, 15))
    proceeds, gain, fee = 80 * sold_at, 80 * (sold_at - money("15.30")), money("6.00")
    home.book(
        dt.date(2024, 10, 15),
        "Larkfield",
        "sell 80 BOREAL",
        Leg(account, Decimal(-80), "BOREAL", f"{{15.30 EUR, 2022-03-14}} @ {sold_at} EUR"),
        Leg("Expenses:Fees:Broker", fee),
        Leg(BROKER, proceeds - fee),
        Leg("Income:Gains", -gain, elided=True),
    )


def gilts(home: Household) -> None:
    """A fund in pounds, bought out of the sterling account and sold at a loss."""
    account = "Assets:Broker:Larkfield:GLTY"
    for date, units in ((dt.date(2022, 6, 20), 10), (dt.date(2024, 1, 22), 12)):
        price = home.price("GLTY", date)
        lot = Leg(account, Decimal(units), "GLTY", f"{{{price} GBP}}")
        home.book(date, "Larkfield", f"buy {units} GLTY", lot, Leg(POUNDS, -units * price, "GBP"))
        if units == 10:
            bought = price
    price = home.price("GLTY", dt.date(2025, 2, 11)).min(bought - money("3.10"))
    home.book(
        dt.date(2025, 2, 11),
        "Larkfield",
        "sell 10 GLTY",
        Leg(account, Decimal(-10), "GLTY", f"{{{bought} GBP, 2022-06-20}} @ {price} GBP"),
        Leg(POUNDS, 10 * price, "GBP"),
        Leg("Income:Gains", 10 * (bought - price), "GBP", elided=True),
    )


def sell(home: Household, date: dt.date, code: str, currency: str, lots: list[tuple[str, int]], to: str) -> None:
    """First in, first out, out of the lots named by their dates."""
    account, price = f"Assets:Broker:Larkfield:{code}", home.price(code, date)
    bought = {
        f"{t.date}": Decimal(leg.rest[1:].split()[0])
        for t in home.transactions
        for leg in t.legs
        if leg.account == account
    }
    legs = [
        Leg(account, Decimal(-n), code, f"{{{bought[on]} {currency}, {on}}} @ {price} {currency}") for on, n in lots
    ]
    units, gain = sum(n for _, n in lots), sum((n * (price - bought[on]) for on, n in lots), Decimal(0))
    home.book(
        date,
        "Larkfield",
        f"sell {units} {code}",
        *legs,
        Leg(to, units * price, currency),
        Leg("Income:Gains", -gain, currency, elided=True),
    )
