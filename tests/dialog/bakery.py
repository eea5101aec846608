"""A small invented ledger of a bakery and its owner: what is owed, held, sold, and what happened when."""

from __future__ import annotations

BAKERY = """
option "title" "Rye & Ember"
option "operating_currency" "EUR"

2021-01-01 commodity EUR
2021-01-01 commodity CHF
2021-01-01 commodity ORCH
  name: "Orchard Fund"
2021-01-01 commodity FERN
  name: "Fern Bonds"

2021-01-01 open Assets:Bank:Linde:Current EUR
2021-01-01 open Assets:Bank:Linde:Savings EUR
2021-01-01 open Assets:Cash EUR
2021-01-01 open Assets:Till EUR
2021-01-01 open Assets:Depot:Halma:ORCH
2021-01-01 open Assets:Depot:Halma:FERN
2021-01-01 open Assets:Depot:Halma:Cash EUR
2021-01-01 open Assets:Receivable:Customers EUR
2021-01-01 open Assets:Receivable:Petra EUR
2021-01-01 open Liabilities:OvenLoan EUR
2021-01-01 open Liabilities:Deposits:Marta EUR
2021-01-01 open Equity:Opening
2021-01-01 open Income:Bread EUR
2021-01-01 open Income:Interest EUR
2021-01-01 open Income:Gains EUR
2021-01-01 open Expenses:Flour EUR
2021-01-01 open Expenses:Interest EUR
2021-01-01 open Expenses:Phone EUR

2021-01-01 event "home" "Elm Row 4, Ansdorf"
2022-05-01 event "home" "Mill Cottage, Birnau"
2021-01-01 event "location" "Ansdorf"
2021-01-01 event "guild-master" "Ottilie"
2022-03-01 event "guild-master" "Ruprecht"
2022-09-01 event "employer" "Kornhaus"

2021-01-01 price CHF 0.92 EUR
2022-01-01 price CHF 0.96 EUR
2021-06-01 price ORCH 12 EUR
2022-06-01 price ORCH 15 EUR
2022-06-01 price FERN 9 EUR

2021-01-02 * "Opening"
  Assets:Bank:Linde:Current   4000 EUR
  Assets:Bank:Linde:Savings   6000 EUR
  Assets:Till                  150 EUR
  Assets:Cash                   80 EUR
  Liabilities:OvenLoan       -9000 EUR
  Equity:Opening

2021-02-01 * "Halma" "buy ORCH"
  Assets:Depot:Halma:ORCH   100 ORCH {10 EUR}
  Assets:Bank:Linde:Current
2021-02-02 * "Halma" "buy FERN"
  Assets:Depot:Halma:FERN   20 FERN {8 EUR}
  Assets:Depot:Halma:Cash   25 EUR
  Assets:Bank:Linde:Current
2022-02-01 * "Halma" "sell ORCH"
  Assets:Depot:Halma:ORCH   -40 ORCH {10 EUR}
  Assets:Depot:Halma:Cash   520 EUR
  Income:Gains             -120 EUR

2021-03-01 * "Gasthof Krone" "invoice 2021-07" ^invoice-2021-07
  Assets:Receivable:Customers   300 EUR
  Income:Bread
2021-04-01 * "Gasthof Krone" "transfer received" ^invoice-2021-07
  Assets:Bank:Linde:Current     300 EUR
  Assets:Receivable:Customers

2021-05-01 * "Petra" "half of the van"
  Assets:Receivable:Petra    60 EUR
  Assets:Bank:Linde:Current
2021-06-01 * "Petra" "van"
  Assets:Bank:Linde:Current  60 EUR
  Assets:Receivable:Petra

2021-06-05 * "Marta" "key deposit"
  Assets:Cash               30 EUR
  Liabilities:Deposits:Marta

2021-07-01 * "Telwind" "phone"
  Expenses:Phone   20 EUR
  Assets:Bank:Linde:Current
2021-07-04 * "Telwind" "phone"
  Expenses:Phone   20 EUR
  Assets:Bank:Linde:Current
2021-12-31 * "Linde Bank" "interest"
  Assets:Bank:Linde:Savings   12 EUR
  Income:Interest
2021-12-31 * "Linde Bank" "loan interest"
  Expenses:Interest   200 EUR
  Liabilities:OvenLoan

2022-01-02 balance Assets:Till 150 EUR
2022-11-01 * "Mühle Sommer" "flour"
  Expenses:Flour  90 EUR
  Assets:Bank:Linde:Current
"""
