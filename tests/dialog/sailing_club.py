"""A sailing club's books: moorings billed by berth, funds set aside, deposits, a grant in hand, outlays, a budget.

Berths and members stand under keys; the secretary's outlays stand on an account called otherwise than she is, and she
has a berth of her own; what each berth owes stands on an account of its own.
"""

from __future__ import annotations

SAILING_CLUB = """
option "operating_currency" "GBP"
2023-01-01 open Assets:Bank:Current
2023-01-01 open Assets:Till
2023-01-01 open Assets:Boats
2023-01-01 open Assets:Owing:Berth2
2023-01-01 open Assets:Owing:Berth5
2023-01-01 open Assets:Owing:Berth7
2023-01-01 open Liabilities:WinterDeposits
2023-01-01 open Liabilities:KeyBonds
2023-01-01 open Liabilities:Grants:Pontoon
2023-01-01 open Liabilities:Secretary
2023-01-01 open Equity:Opening
2023-01-01 open Equity:General
2023-01-01 open Equity:Funds:Slipway
2023-01-01 open Equity:Funds:JuniorFleet
2023-01-01 open Income:Moorings
2023-01-01 open Income:Subs:Full
2023-01-01 open Income:Subs:Junior
2023-01-01 open Income:Donations
2023-01-01 open Income:GiftAid
2023-01-01 open Income:Grants
2023-01-01 open Income:Course
2023-01-01 open Income:JumbleTable
2023-01-01 open Expenses:Course:Coach
2023-01-01 open Expenses:JumbleTable
2023-01-01 open Expenses:Insurance:Boats
2023-01-01 open Expenses:Petrol
2023-01-01 open Expenses:Repairs
2023-01-01 open Expenses:Postage
2023-01-01 open Expenses:Pontoon
2023-01-01 open Expenses:Tent
2023-01-01 open Expenses:Hosting
2023-01-01 open Expenses:Charts
2023-01-01 custom "budget" Income:Subs "yearly" 300.00 GBP
2023-01-01 custom "budget" Expenses:Petrol "yearly" 100.00 GBP
2023-01-01 event "chair" "Una Bell"
2025-01-31 event "chair" "Rhys Owen"

2023-01-01 * "brought forward"
  Assets:Bank:Current  5000.00 GBP
  Assets:Boats  900.00 GBP
  Equity:Funds:Slipway  -1000.00 GBP
  Equity:Opening
2023-12-31 * "set aside for the slipway"
  Equity:General  200.00 GBP
  Equity:Funds:Slipway
2024-12-31 * "set aside for the slipway"
  Equity:General  300.00 GBP
  Equity:Funds:Slipway
2025-05-02 * "survey met by the slipway fund"
  Equity:Funds:Slipway  80.00 GBP
  Equity:General
2024-04-30 * "set aside for junior boats"
  Equity:General  150.00 GBP
  Equity:Funds:JuniorFleet

2024-03-01 * "Tess Rowe" "mooring 2024"
  berth: 2
  Assets:Owing:Berth2  300.00 GBP
  Income:Moorings
2024-03-01 * "Ivo Lund" "mooring 2024"
  berth: 5
  Assets:Owing:Berth5  300.00 GBP
  Income:Moorings
2024-03-01 * "Bea Shaw" "mooring 2024"
  berth: 7
  Assets:Owing:Berth7  300.00 GBP
  Income:Moorings
2024-03-20 * "Tess Rowe" "mooring"
  berth: 2
  Assets:Bank:Current  300.00 GBP
  Assets:Owing:Berth2
2024-04-20 * "Ivo Lund" "mooring"
  berth: 5
  Assets:Bank:Current  300.00 GBP
  Assets:Owing:Berth5
2024-04-22 * "Bea Shaw" "mooring"
  berth: 7
  Assets:Bank:Current  300.00 GBP
  Assets:Owing:Berth7
2025-03-01 * "Tess Rowe" "mooring 2025"
  berth: 2
  Assets:Owing:Berth2  320.00 GBP
  Income:Moorings
2025-03-01 * "Ivo Lund" "mooring 2025"
  berth: 5
  Assets:Owing:Berth5  320.00 GBP
  Income:Moorings
2025-03-01 * "Bea Shaw" "mooring 2025"
  berth: 7
  Assets:Owing:Berth7  320.00 GBP
  Income:Moorings
2025-03-15 * "Tess Rowe" "mooring"
  berth: 2
  Assets:Bank:Current  320.00 GBP
  Assets:Owing:Berth2
2025-04-10 * "Ivo Lund" "mooring, first half"
  Assets:Bank:Current  160.00 GBP
  Assets:Owing:Berth5

2024-02-01 * "Tess Rowe" "sub"
  Assets:Bank:Current  160.00 GBP
  Income:Subs:Full
2024-02-03 * "Ivo Lund" "sub"
  Assets:Bank:Current  160.00 GBP
  Income:Subs:Full
2025-02-01 * "Tess Rowe" "sub"
  Assets:Bank:Current  180.00 GBP
  Income:Subs:Full
2025-02-08 * "Pip Yarrow" "sub"
  Assets:Till  45.00 GBP
  Income:Subs:Junior

2024-10-20 * "Ivo Lund" "winter storage"
  Assets:Bank:Current  75.00 GBP
  Liabilities:WinterDeposits
2024-10-20 * "Bea Shaw" "winter storage"
  Assets:Bank:Current  75.00 GBP
  Liabilities:WinterDeposits
2025-04-12 * "Bea Shaw" "winter storage over"
  Liabilities:WinterDeposits  75.00 GBP
  Assets:Bank:Current
2023-03-04 * "Pip Yarrow" "key"
  Assets:Till  20.00 GBP
  Liabilities:KeyBonds
2023-03-05 * "Ivo Lund" "key"
  Assets:Till  20.00 GBP
  Liabilities:KeyBonds

2024-02-20 * "Sport Trust" "pontoon, first part" #pontoon
  Assets:Bank:Current  4000.00 GBP
  Liabilities:Grants:Pontoon
2024-10-01 * "Sport Trust" "pontoon, second part" #pontoon
  Assets:Bank:Current  2000.00 GBP
  Liabilities:Grants:Pontoon
2024-05-14 * "Jetty and Sons" "sections" #pontoon
  Expenses:Pontoon  3100.00 GBP
  Assets:Bank:Current
2024-05-14 * "grant used" #pontoon
  Liabilities:Grants:Pontoon  3100.00 GBP
  Income:Grants

2024-06-01 * "Town Council" "towards the tent" #tent
  Assets:Bank:Current  500.00 GBP
  Income:Grants
2024-06-20 * "Big Top" "tent" #tent
  Expenses:Tent  640.00 GBP
  Assets:Bank:Current

2024-07-09 * "Wain Outboards" "replacement outboard" ^outboard
  Expenses:Repairs  1680.00 GBP
  Assets:Bank:Current
2024-08-22 * "Bishop Brokers" "claim paid" ^outboard
  Assets:Bank:Current  900.00 GBP
  Expenses:Repairs
2023-06-03 * "Wain Outboards" "service"
  Expenses:Repairs  200.00 GBP
  Assets:Bank:Current
2024-06-03 * "Wain Outboards" "service"
  Expenses:Repairs  210.00 GBP
  Assets:Bank:Current
2025-06-03 * "Wain Outboards" "service"
  Expenses:Repairs  220.00 GBP
  Assets:Bank:Current

2024-04-04 * "Tess Rowe" "stamps"
  Expenses:Postage  27.50 GBP
  Liabilities:Secretary
2024-12-12 * "Tess Rowe" "out of pocket repaid"
  Liabilities:Secretary  20.00 GBP
  Assets:Bank:Current
2025-04-01 * "Tess Rowe" "stamps"
  Expenses:Postage  34.10 GBP
  Liabilities:Secretary
2024-05-11 * "Lakeside Garage" "petrol"
  Expenses:Petrol  60.00 GBP
  Assets:Bank:Current
2024-06-11 * "Ivo Lund" "petrol"
  Expenses:Petrol  30.00 GBP
  Assets:Till

2023-02-09 * "Estate of R. Bell" "legacy"
  Assets:Bank:Current  2500.00 GBP
  Income:Donations
2024-10-10 * "Bea Shaw" "donation"
  Assets:Bank:Current  100.00 GBP
  Income:Donations
2024-12-16 * "HMRC" "reclaim 23/24"
  Assets:Bank:Current  287.50 GBP
  Income:GiftAid

2024-05-02 * "learn to sail, 9 places" #learn-to-sail
  Assets:Bank:Current  855.00 GBP
  Income:Course
2024-05-26 * "Gwen Tallis" "coaching" #learn-to-sail
  Expenses:Course:Coach  220.00 GBP
  Assets:Bank:Current
2024-05-18 * "Parish Notice" "advert for the boat jumble"
  Expenses:JumbleTable  25.00 GBP
  Assets:Bank:Current
2024-05-20 * "boat jumble takings"
  Assets:Till  276.20 GBP
  Income:JumbleTable
2024-03-12 * "Bishop Brokers" "dinghies"
  Expenses:Insurance:Boats  402.50 GBP
  Assets:Bank:Current
2025-03-12 * "Bishop Brokers" "dinghies"
  Expenses:Insurance:Boats  455.75 GBP
  Assets:Bank:Current

2024-01-07 * "Tidecharts" "charts"
  Expenses:Charts  30.00 EUR
  Assets:Bank:Current  -30.00 EUR
2024-02-07 * "Tidecharts" "charts"
  Expenses:Charts  30.00 EUR
  Assets:Bank:Current  -30.00 EUR
2024-03-07 * "Tidecharts" "charts"
  Expenses:Charts  30.00 EUR
  Assets:Bank:Current  -30.00 EUR
2024-04-07 * "Tidecharts" "charts"
  Expenses:Charts  28.00 GBP
  Assets:Bank:Current
2024-05-07 * "Tidecharts" "charts"
  Expenses:Charts  28.00 GBP
  Assets:Bank:Current
2024-06-07 * "Tidecharts" "charts"
  Expenses:Charts  28.00 GBP
  Assets:Bank:Current
2024-07-07 * "Tidecharts" "charts"
  Expenses:Charts  28.00 GBP
  Assets:Bank:Current
2024-07-03 * "Webspin" "hosting"
  Expenses:Hosting  9.50 GBP
  Assets:Bank:Current
2024-08-03 * "Webspin" "hosting"
  Expenses:Hosting  9.50 GBP
  Assets:Bank:Current
2024-09-03 * "Webspin" "hosting"
  Expenses:Hosting  12.00 GBP
  Assets:Bank:Current
2024-10-03 * "Webspin" "hosting"
  Expenses:Hosting  12.00 GBP
  Assets:Bank:Current
"""
