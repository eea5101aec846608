"""Writes the sample ledger, a made-up household's books from 2022 to 2025: `python ledgers/make_sample.py --seed 1`.

The same seed gives the same bytes.  What happens stands in sample_life.py; here it becomes Beancount.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from random import Random

import sample_life as life
from sample_books import (
    BANK,
    BROKER,
    CARD,
    CASH,
    CENT,
    FIRST,
    LAST,
    POUNDS,
    SAVINGS,
    Household,
    Leg,
    Transaction,
    day,
    metadata,
    money,
    months,
    rows,
)
from sample_broker import invest

JOOST, FARIDA, INVOICES = "Assets:Receivable:Joost", "Assets:Receivable:Farida", "Assets:Receivable:Invoices"
MOVED = dt.date(2024, 4, 1)


# ------------------------------------------------------------------------------------------------ month by month


def draw_prices(home: Household) -> None:
    """A random walk a commodity; Boreal's is divided by four from its split on."""
    for code, _, _, start, drift, spread, _ in life.COMMODITIES:
        level, series = Decimal(start), {}
        for month in months():
            shown = level / 4 if code == "BOREAL" and month >= dt.date(2024, 7, 1) else level
            series[f"{month:%Y-%m}"] = shown.quantize(Decimal("0.0001") if code == "GBP" else CENT)
            level *= Decimal(str(round(1 + home.random.gauss(drift, spread), 6)))
        home.prices[code] = series


def opening(home: Household) -> None:
    for account, text in [
        (BANK, "2140.55"),
        (SAVINGS, "41250.00"),
        (CASH, "85.00"),
        ("Assets:Deposit:Flat", "1240.00"),
    ]:
        home.book(
            FIRST, "", "opening balance", Leg(account, money(text)), Leg("Equity:Opening", -money(text), elided=True)
        )
    home.book(
        FIRST,
        "",
        "opening balance",
        Leg(POUNDS, money("1850.00"), "GBP"),
        Leg("Equity:Opening", money("-1850.00"), "GBP"),
    )
    loan = money("6400.00")
    home.book(
        FIRST, "", "opening balance", Leg("Liabilities:StudentLoan", -loan), Leg("Equity:Opening", loan, elided=True)
    )


def salary(home: Household, month: dt.date) -> None:
    """Gross pay, what is withheld, and the pension bought with both shares; twice the gross in May (holiday money)."""
    old = month < dt.date(2023, 9, 1)
    employer, account = ("Brightwater Instruments", "Brightwater") if old else ("Tessellate Studio", "Tessellate")
    yearly = {2022: "4150.00", 2023: "4280.00" if old else "4900.00", 2024: "4900.00", 2025: "5080.00"}
    gross = money(yearly[month.year])
    gross += (gross * Decimal("0.96")).quantize(CENT) if month.month == 5 else 0
    tax, social = ((gross * Decimal(rate)).quantize(CENT) for rate in ("0.213", "0.091"))
    own, theirs = ((gross * Decimal(rate)).quantize(CENT) for rate in ("0.04", "0.06"))
    price = home.prices["MRDN"][f"{month:%Y-%m}"]
    units = ((own + theirs) / price).quantize(Decimal("0.001"))
    pension = (units * price).quantize(CENT)  # a cent of rounding falls to the employer
    home.book(
        month.replace(day=25),
        employer,
        "salary and holiday money" if month.month == 5 else "salary",
        Leg(BANK, gross - tax - social - own),
        Leg("Expenses:Taxes:Income", tax),
        Leg("Expenses:Taxes:Social", social),
        Leg("Assets:Pension:Meridian", units, "MRDN", f"{{{price} EUR}}"),
        Leg(f"Income:Salary:{account}", -gross),
        Leg("Income:Employer:Pension", own - pension, elided=True),
    )


def flat(home: Household, month: dt.date) -> None:
    """Rent and power, half of both owed by Joost while he lived there; then a mortgage."""
    kwh = home.random.randint(150, 240) + (90 if month.month in {1, 2, 12} else 0)
    rate = {2022: "0.31", 2023: "0.44", 2024: "0.33", 2025: "0.30"}[month.year]
    power = (Decimal(kwh) * Decimal(rate)).quantize(CENT)
    if month == dt.date(2023, 1, 1):
        kwh, power = 311, money("287.40")  # the yearly settlement: the one bill that stands out
    share = (power / 2).quantize(CENT) if month < MOVED else money("0")
    legs = [Leg("Expenses:Utilities:Electricity", power - share, meta=(f"kwh: {kwh}",))]
    legs += [Leg(JOOST, share)] if share else []
    home.book(month.replace(day=14), "Windkracht Energie", "electricity", *legs, Leg(BANK, -power, elided=True))
    if month >= MOVED:
        return mortgage(home, month)
    rent = money("1240.00") if month < dt.date(2023, 7, 1) else money("1295.00")
    half = rent / 2
    rent_legs = Leg("Expenses:Housing:Rent", half), Leg(JOOST, half), Leg(BANK, -rent, elided=True)
    home.book(month, "Vastgoed Lindenhof", f"rent {month:%B}", *rent_legs)
    return None


def joost_settles(home: Household) -> None:
    """On the 20th Joost transfers what he owes; twice a month late, and at the end not quite all."""
    for month in months():
        on = month.replace(day=20)
        if on > MOVED or f"{month:%Y-%m}" in life.JOOST_LATE:
            continue
        owed = home.balance(JOOST, "EUR", on) - (money("85.40") if month == dt.date(2024, 3, 1) else 0)
        home.move(on, "Joost", "rent and electricity", BANK, owed, JOOST, marks="#flat")
    date, amount = day(life.JOOST_LEFT[0]), money(life.JOOST_LEFT[1])
    home.move(date, "Joost", "part of what was left", BANK, amount, JOOST, marks="#flat")


def mortgage(home: Household, month: dt.date) -> None:
    """An annuity of 30 years at 3.9%: interest on what is owed, the rest pays off."""
    if month <= MOVED:
        return
    owed = -home.balance("Liabilities:Mortgage:Kestrel", "EUR", month)
    interest, instalment = (owed * Decimal("0.039") / 12).quantize(CENT), money("1037.67")
    home.book(
        month,
        "Kestrel Bank",
        "mortgage instalment",
        Leg("Expenses:Housing:MortgageInterest", interest),
        Leg("Liabilities:Mortgage:Kestrel", instalment - interest),
        Leg(BANK, -instalment, elided=True),
    )


def recurring(home: Household, month: dt.date) -> None:
    for payee, narration, account, on, amounts, last, every, source in rows(life.RECURRING):
        steps = [step.split() for step in amounts.split(",")]
        begin = day(f"{steps[0][0]}-01")
        since = (month.year - begin.year) * 12 + month.month - begin.month
        if since < 0 or since % int(every) or (last and f"{month:%Y-%m}" > last):
            continue
        amount = [text for start, text in steps if start <= f"{month:%Y-%m}"][-1]
        home.move(
            month.replace(day=int(on)), payee, narration, f"Expenses:{account}", money(amount), life.SOURCES[source]
        )


def habits(home: Household, month: dt.date) -> None:
    for account, often, low, high, source, shops in rows(life.HABITS):
        times = int(float(often)) + (home.random.random() < float(often) % 1)
        for _ in range(times + (home.random.choice((-1, 0, 0, 1)) if times > 2 else 0)):
            payee, _, narration = home.random.choice(shops.split("; ")).partition(" = ")
            cents = round(home.random.triangular(float(low), float(high), float(low) * 1.6) * 100)
            date = month.replace(day=home.random.randint(1, 28))
            home.move(date, payee, narration, f"Expenses:{account}", cents * CENT, life.SOURCES[source])


def transfers(home: Household, month: dt.date) -> None:
    """To the savings account, to the broker, to the wallet, to the student loan; the card is paid in full."""
    saved = money("350.00") if month < MOVED else money("200.00")
    home.move(month.replace(day=26), "", "to savings", SAVINGS, saved, BANK)
    invested = money("300.00") if month < MOVED else money("250.00")
    home.book(
        month.replace(day=26), "Larkfield", "to the broker", Leg(BROKER, invested), Leg(BANK, -invested, elided=True)
    )
    if month.month % 2:
        home.move(month.replace(day=4), "", "cash machine", CASH, money("100.00"), BANK)
    owed = -home.balance("Liabilities:StudentLoan", "EUR", month)
    interest = (owed * Decimal("0.0046") / 12).quantize(CENT)
    loan = Leg("Liabilities:StudentLoan", money("95.00") - interest), Leg("Expenses:Interest:StudentLoan", interest)
    home.book(month.replace(day=22), "Studiefonds", "student loan", *loan, Leg(BANK, money("-95.00"), elided=True))


def card_payments(home: Household) -> None:
    """On the 5th, what the card owed at the end of the month before; when all purchases are known."""
    for month in months()[1:]:
        owed = -home.balance(CARD, "EUR", month)
        home.move(month.replace(day=5), "Copperleaf", "card statement", CARD, owed, BANK)


# ---------------------------------------------------------------------------------------------------- once only


def single_events(home: Household) -> None:
    for date, payee, narration, account, amount, source, text in rows(life.EVENTS):
        number, currency = amount.split()
        target = life.SOURCES["tobias"] if account == "payable" else f"Expenses:{account}"
        marks = " ".join(word for word in text.split() if word[0] in "#^")
        legs = Leg(target, money(number), currency), Leg(life.SOURCES[source], -money(number), currency, elided=True)
        home.book(day(date), payee, narration, *legs, marks=marks, meta=metadata(text))


def invoices(home: Household) -> None:
    for number, client, what, issued, amount, paid in life.INVOICES:
        value, currency = money(amount.split()[0]), amount.split()[1]
        legs = Leg(INVOICES, value, currency), Leg("Income:Freelance", -value, currency, elided=True)
        home.book(
            day(issued),
            client,
            f"invoice {number}: {what}",
            *legs,
            marks=f"^invoice-{number} #freelance",
            meta=(f'invoice: "{number}"',),
        )
        if paid:
            into = POUNDS if currency == "GBP" else BANK
            legs = Leg(into, value, currency), Leg(INVOICES, -value, currency, elided=True)
            home.book(day(paid), client, f"pays invoice {number}", *legs, marks=f"^invoice-{number}")


def house(home: Household) -> None:
    """The cottage: deed, mortgage, fees, and the flat's deposit back."""
    own, fees = money("28000.00"), money("4875.50")
    deed = [
        Leg("Assets:Property:Cottage", money("248000.00")),
        Leg("Liabilities:Mortgage:Kestrel", money("-220000.00")),
    ]
    home.book(
        dt.date(2024, 4, 3),
        "Notaris Van Wamel",
        "deed of Dyke Cottage",
        *deed,
        Leg(SAVINGS, -own, elided=True),
        marks="#move ^deed-cottage",
    )
    home.move(
        dt.date(2024, 4, 3),
        "Notaris Van Wamel",
        "fees and valuation",
        "Expenses:Housing:Moving",
        fees,
        SAVINGS,
        marks="#move ^deed-cottage",
    )
    deposit = (
        Leg(BANK, money("1190.00")),
        Leg("Expenses:Housing:Repairs", money("50.00")),
        Leg("Assets:Deposit:Flat", money("-1240.00")),
    )
    home.book(
        dt.date(2024, 4, 25),
        "Vastgoed Lindenhof",
        "deposit back, less 50 for the scratched door",
        *deposit,
        marks="#move",
    )


def between_people(home: Household) -> None:
    """Farida's share of trips, what the employer pays back, a gift, exchanged money, one doubtful entry."""
    for date, text, what, mark in (
        ("2022-05-25", "186.00", "half of Casa da Graça", "#trip-lisbon-2022"),
        ("2024-08-24", "201.00", "half of the huts", "#trip-dolomites-2024"),
    ):
        home.move(day(date), "Farida", what, FARIDA, money(text), "Expenses:Travel:Lodging", marks=mark)
    for date, text in (("2022-06-03", "186.00"), ("2024-09-02", "120.00")):
        home.move(day(date), "Farida", "pays back", BANK, money(text), FARIDA)
    claim, ticket = "Assets:Receivable:Employer", money("89.00")
    fair = "#reimbursable ^claim-118"
    home.move(dt.date(2024, 11, 6), "Nachtspoor", "train to the Cologne fair", claim, ticket, CARD, marks=fair)
    home.move(dt.date(2024, 12, 2), "Tessellate Studio", "travel claim 118", BANK, ticket, claim, marks="^claim-118")
    gift = money("500.00")
    home.move(dt.date(2024, 4, 8), "Mum and Dad", "for the new house", BANK, gift, "Income:Gifts")
    mystery = Leg("Expenses:Shopping:Household", money("34.99")), Leg(CARD, money("-34.99"), elided=True)
    comment = ("; ask Copperleaf who that is",)
    home.transactions.append(
        Transaction(dt.date(2025, 7, 30), "WEBSHOP 7F-2210", "what was this?", mystery, meta=comment, flag="!")
    )
    for date, pounds in (("2023-05-22", "600.00"), ("2024-01-15", "900.00"), ("2025-10-06", "450.00")):
        rate, fee = home.prices["GBP"][date[:7]], money("2.50")
        euros = (money(pounds) * rate).quantize(CENT)
        legs = (
            Leg(POUNDS, money(pounds), "GBP", f"@ {rate} EUR"),
            Leg("Expenses:Fees:Bank", fee),
            Leg(BANK, -euros - fee),
        )
        home.book(day(date), "Thistle Mutual", "euros into pounds", *legs, marks="#fx")


def directives(home: Household) -> None:
    """Notes, events, the deed, cash counts that are padded, and balances that hold."""
    home.others += [(day(on), f'{on} note {account} "{text}"') for on, account, text in rows(life.NOTES)]
    home.others += [(day(on), f'{on} event "{kind}" "{text}"') for on, kind, text in rows(life.LIFE_EVENTS)]
    deed = '2024-04-03 document Assets:Property:Cottage "../documents/2024-04-03.deed.txt"'
    home.others.append((dt.date(2024, 4, 3), deed))
    for on, counted in (("2023-01-02", "41.50"), ("2024-06-30", "62.20"), ("2025-07-01", "55.00")):
        missing = home.balance(CASH, "EUR", day(on)) - money(counted)
        padded = day(on) - dt.timedelta(days=1)
        home.others.append((padded, f"{padded} pad {CASH} Equity:CashCounts"))
        home.others.append((day(on), f"{on} balance {CASH}  {counted} EUR"))
        # what the pad will do, for the balances that follow; written out by Beancount, not by us
        home.transactions.append(Transaction(padded, "", "PAD", (Leg(CASH, -missing),)))
    for month in months()[1:]:
        check(home, month, BANK, "EUR")
        if month.month in {1, 4, 7, 10}:
            check(home, month, CARD, "EUR")
            check(home, month, POUNDS, "GBP")
        if month.month == 1:
            for account, currency in ((SAVINGS, "EUR"), (BROKER, "EUR"), (f"{BROKER[:-4]}WRLD", "WRLD")):
                check(home, month, account, currency)


def check(home: Household, on: dt.date, account: str, currency: str) -> None:
    home.others.append((on, f"{on} balance {account:<42} {home.balance(account, currency, on)} {currency}"))


# ------------------------------------------------------------------------------------------------------- writing


def accounts_text() -> str:
    lines = ["; The accounts, the currencies and what is held.", ""]
    for account, currencies, text in rows(life.ACCOUNTS):
        booking = ' "FIFO"' if "booking=FIFO" in text else ""
        lines.append(f"{FIRST} open {account:<36} {currencies}{booking}".rstrip())
        lines += [f"  {item}" for item in metadata(text) if not item.startswith("booking")]
    for code, name, _, _, _, _, more in life.COMMODITIES:
        lines += ["", f"{FIRST} commodity {code}", f'  name: "{name}"', f"  {more}"]
    return "\n".join(lines) + "\n"


def prices_text(home: Household) -> str:
    lines = ["; Quotations at the start of each month."]
    for code, _, currency, *_ in life.COMMODITIES:
        lines += ["", *(f"{month}-01 price {code:<7} {price} {currency}" for month, price in home.prices[code].items())]
    return "\n".join(lines) + "\n"


def year_text(home: Household, year: int, *, broker: bool) -> str:
    """One year's entries by date; those of the broker and the pension fund go to a file of their own."""
    dated: dict[dt.date, list[str]] = defaultdict(list)
    for on, text in home.others:
        if on.year == year and text and not broker:
            dated[on].append(text)
    for entry in home.transactions:
        if entry.date.year == year and (entry.payee == "Larkfield") == broker and entry.narration != "PAD":
            dated[entry.date].append(str(entry))
    return "\n\n".join(text for on in sorted(dated) for text in dated[on]) + "\n"


MAIN = """\
; The books of a household that does not exist, for trying ledgerqa out.
; Written by ledgers/make_sample.py; every name in them is invented.

option "title" "Maren's household"
option "operating_currency" "EUR"
option "operating_currency" "GBP"

include "accounts.beancount"
include "prices.beancount"
include "budgets.beancount"
include "investments.beancount"
include "years/*.beancount"
"""

DEED = """\
Deed of transfer (made up), 3 April 2024
Dyke Cottage, Bunnik; price 248,000 EUR; before Notaris Van Wamel.
"""


def live(seed: int) -> Household:
    """Four years, month by month, then what follows from them."""
    home = Household(Random(seed))
    draw_prices(home)
    opening(home)
    single_events(home)
    invoices(home)
    house(home)
    for month in months():
        salary(home, month)
        flat(home, month)
        recurring(home, month)
        habits(home, month)
        transfers(home, month)
    between_people(home)
    joost_settles(home)
    card_payments(home)
    invest(home)
    directives(home)
    return home


def write(home: Household, folder: Path) -> None:
    texts = {
        "main.beancount": MAIN,
        "accounts.beancount": accounts_text(),
        "prices.beancount": prices_text(home),
        "budgets.beancount": "; Fava's budgets, and queries worth keeping.\n" + life.BUDGETS + life.QUERIES,
        "investments.beancount": "".join(
            year_text(home, year, broker=True) + "\n" for year in range(FIRST.year, LAST.year + 1)
        ),
        "documents/2024-04-03.deed.txt": DEED,
    }
    texts |= {
        f"years/{year}.beancount": year_text(home, year, broker=False) for year in range(FIRST.year, LAST.year + 1)
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent / "household")
    arguments = parser.parse_args()
    write(live(arguments.seed), arguments.folder)


if __name__ == "__main__":
    main()
