"""Books of one who uses all that Beancount has: fiscal years by fava's option, lots and a split, checks, papers, events.

Two currencies, since the owner moved; deposits by link; keys that say yes or no, or that there is no receipt.
"""

from __future__ import annotations

import datetime as dt

OLD_HAND = """
option "operating_currency" "EUR"
option "operating_currency" "GBP"
2022-04-01 custom "fava-option" "fiscal_year_end" "03-31"
2022-04-01 commodity QRTZ
  name: "Quartz Tankers"
2022-04-01 commodity FELD
  name: "Feldspar World"
2022-04-01 open Assets:Bank:Leeds GBP
2022-04-01 open Assets:Bank:Liege EUR
2022-04-01 open Assets:Tin EUR
2022-04-01 open Assets:Deposits
2022-04-01 open Assets:Owed:Noor EUR
2022-04-01 open Assets:Shares:QRTZ
2022-04-01 open Assets:Shares:FELD "FIFO"
2022-04-01 open Assets:Shares:Cash EUR
2022-04-01 open Liabilities:Student GBP
2022-04-01 open Equity:Opening
2022-04-01 open Income:Pay:Ashgrove
2022-04-01 open Income:Pay:Borel
2022-04-01 open Income:Dividends:QRTZ
2022-04-01 open Income:Gains
2022-04-01 open Income:Eggs
2022-04-01 open Expenses:Tax
2022-04-01 open Expenses:Rent
2022-04-01 open Expenses:Power
2022-04-01 open Expenses:Hens
2022-04-01 open Expenses:Eat:Out
2022-04-01 open Expenses:Physio
2022-04-01 open Expenses:Subs
2022-04-01 open Expenses:Trips
2022-04-01 custom "budget" Expenses:Eat:Out "monthly" 80.00 EUR
2022-04-01 event "home" "Leeds"
2024-01-10 event "home" "Liege"
2022-04-01 event "employer" "Ashgrove"
2024-02-01 event "employer" "Borel"
2023-01-01 query "hen-costs" "SELECT sum(position) WHERE account ~ 'Hens'"
2024-03-04 document Assets:Bank:Liege "2024-03-04-contract.pdf"
2024-02-20 document Expenses:Tax "2024-02-20-p60.pdf"
2025-01-10 document Expenses:Rent "2025-01-10-lease.pdf" #lease
2022-04-28 price GBP 1.19 EUR
2023-03-28 price GBP 1.13 EUR
2024-03-28 price GBP 1.17 EUR
2025-06-28 price GBP 1.18 EUR
2023-05-01 price QRTZ 50.00 EUR
2024-05-02 price QRTZ 88.00 EUR
2024-05-03 price QRTZ 44.00 EUR
2025-06-27 price QRTZ 40.00 EUR
2023-05-01 price FELD 100.00 EUR
2025-06-27 price FELD 130.00 EUR

2022-04-02 * "opening"
  Assets:Bank:Leeds    5000.00 GBP
  Assets:Bank:Liege    9000.00 EUR
  Assets:Shares:Cash   5000.00 EUR
  Assets:Tin             60.00 EUR
  Liabilities:Student -4000.00 GBP
  Equity:Opening
2022-05-01 * "Marr Lets" "rent"
  Expenses:Rent  700.00 GBP
  Assets:Bank:Leeds
2023-02-01 * "Marr Lets" "rent"
  Expenses:Rent  700.00 GBP
  Assets:Bank:Leeds
2023-05-01 * "Marr Lets" "rent"
  Expenses:Rent  700.00 GBP
  Assets:Bank:Leeds
2024-01-15 * "Immo Sart" "rent"
  Expenses:Rent  900.00 EUR
  Assets:Bank:Liege
2024-11-15 * "Immo Sart" "rent"
  Expenses:Rent  900.00 EUR
  Assets:Bank:Liege
2025-05-15 * "Immo Sart" "rent"
  Expenses:Rent  900.00 EUR
  Assets:Bank:Liege
2023-12-10 * "Gridline" "power"
  Expenses:Power  60.00 GBP
  Assets:Bank:Leeds
2024-04-10 * "Luxen" "power"
  Expenses:Power  90.00 EUR
  Assets:Bank:Liege
2025-05-10 * "Luxen" "power"
  Expenses:Power  30.00 EUR
  Assets:Bank:Liege
2023-03-30 * "Ashgrove" "pay"
  Income:Pay:Ashgrove  -2000.00 GBP
  Expenses:Tax           400.00 GBP
  Assets:Bank:Leeds
2024-06-30 * "Borel" "pay"
  Income:Pay:Borel  -3000.00 EUR
  Expenses:Tax         800.00 EUR
  Assets:Bank:Liege
2025-05-30 * "Borel" "pay"
  Income:Pay:Borel  -3100.00 EUR
  Expenses:Tax         850.00 EUR
  Assets:Bank:Liege
2023-05-02 * "Broker" "buy QRTZ"
  Assets:Shares:QRTZ   10 QRTZ {50.00 EUR}
  Assets:Shares:Cash
2023-05-02 * "Broker" "buy FELD"
  Assets:Shares:FELD   20 FELD {100.00 EUR}
  Assets:Shares:Cash
2024-05-03 * "Quartz Tankers" "two for one"
  Assets:Shares:QRTZ  -10 QRTZ {50.00 EUR}
  Assets:Shares:QRTZ   20 QRTZ {25.00 EUR, 2023-05-02}
2024-09-02 * "Broker" "sell FELD"
  Assets:Shares:FELD  -5 FELD {} @ 120.00 EUR
  Assets:Shares:Cash  600.00 EUR
  Income:Gains
2025-04-08 * "Broker" "sell QRTZ"
  Assets:Shares:QRTZ  -4 QRTZ {} @ 22.00 EUR
  Assets:Shares:Cash  88.00 EUR
  Income:Gains
2024-11-20 * "Quartz Tankers" "dividend"
  Income:Dividends:QRTZ  -40.00 EUR
  Expenses:Tax             6.00 EUR
  Assets:Shares:Cash
2022-04-04 * "Marr Lets" "deposit Leeds flat" ^dep-leeds
  Assets:Deposits  800.00 GBP
  Assets:Bank:Leeds
2024-01-12 * "Immo Sart" "deposit Liege flat" ^dep-liege
  Assets:Deposits  1500.00 EUR
  Assets:Bank:Liege
2024-02-12 * "Huys Brel" "deposit for the studio" ^dep-studio
  Assets:Deposits  300.00 EUR
  Assets:Bank:Liege
2024-12-12 * "Huys Brel" "deposit back" ^dep-studio
  Assets:Deposits  -300.00 EUR
  Assets:Bank:Liege
2024-10-01 * "Noor" "her half of Bergen" #bergen ^noor-bergen
  Assets:Owed:Noor   120.00 EUR
  Expenses:Trips    -120.00 EUR
2024-10-01 * "Fjordline" "cabin" #bergen
  Expenses:Trips  240.00 EUR
  Assets:Bank:Liege
2024-11-01 * "Noor" "paid back some" ^noor-bergen
  Assets:Bank:Liege  70.00 EUR
  Assets:Owed:Noor
2024-02-05 * "Wiresmith" "pounds to euros"
  Assets:Bank:Leeds  -1000.00 GBP @ 1.15 EUR
  Assets:Bank:Liege   1150.00 EUR
2023-04-05 * "Coop & Run" "hens"
  receipt: "r-1"
  Expenses:Hens  90.00 GBP
  Assets:Bank:Leeds
2024-04-05 * "Coop & Run" "feed"
  receipt: "missing"
  Expenses:Hens  50.00 EUR
  Assets:Bank:Liege
2024-05-05 * "Coop & Run" "straw"
  Expenses:Hens  20.00 EUR
  Assets:Bank:Liege
2024-06-05 * "Gate" "a dozen eggs"
  Income:Eggs  -30.00 EUR
  Assets:Tin
2024-04-17 * "Kine Dubois" "back"
  claimed: TRUE
  Expenses:Physio  40.00 EUR
  Assets:Bank:Liege
2024-11-05 * "Kine Dubois" "knee"
  claimed: FALSE
  Expenses:Physio  45.00 EUR
  Assets:Bank:Liege
2025-06-03 * "Le Coq" "dinner"
  Expenses:Eat:Out  50.00 EUR
  Assets:Bank:Liege
2025-06-01 balance Assets:Tin  95.00 EUR
""" + "".join(
    f"""
{month:%Y-%m}-05 * "Tuneful" "subscription"
  Expenses:Subs  {"9.00 GBP" if month < dt.date(2024, 1, 1) else "9.00 EUR" if month < dt.date(2024, 9, 1) else "11.00 EUR"}
  Assets:Bank:{"Leeds" if month < dt.date(2024, 1, 1) else "Liege"}
{month:%Y-%m}-21 * "{"Gazetteer" if month < dt.date(2025, 1, 1) else "Boxroom"}" "subscription"
  Expenses:Subs  {"6.00" if month < dt.date(2025, 1, 1) else "4.00"} {"GBP" if month < dt.date(2024, 1, 1) else "EUR"}
  Assets:Bank:{"Leeds" if month < dt.date(2024, 1, 1) else "Liege"}
"""
    for month in (dt.date(2023 + number // 12, number % 12 + 1, 1) for number in range(30))
)
