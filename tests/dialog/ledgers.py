"""Small invented ledgers that the planner's tests ask questions of: a household, a club, a business in Spanish."""

from __future__ import annotations

import datetime as dt

TODAY = {"household": dt.date(2023, 9, 15), "club": dt.date(2021, 12, 31), "spanish": dt.date(2022, 4, 10)}

HOUSEHOLD = """
option "title" "Larsson household"
option "operating_currency" "EUR"

2021-01-01 commodity EUR
  name: "Euro"
2021-01-01 commodity WLDX
  name: "World Equity Index Fund"
  asset-class: "stock"
2021-01-01 commodity BNDX
  name: "Aggregate Bond Fund"
  asset-class: "bond"

2021-01-01 open Assets:Nordbank:Current EUR
  iban: "NO93 8601 1117 947"
2021-01-01 open Assets:Nordbank:Savings EUR
2021-01-01 open Assets:Wallet
2021-01-01 open Assets:Kestrel:WLDX
2021-01-01 open Assets:Kestrel:BNDX
2021-01-01 open Assets:Kestrel:Cash EUR
2021-01-01 open Assets:Coldstore:BTC
2021-01-01 open Assets:Receivable:Maja EUR
2021-01-01 open Liabilities:Visa EUR
2021-01-01 open Liabilities:HomeLoan EUR
2021-01-01 open Liabilities:OldPhonePlan EUR
2021-01-01 open Equity:Opening-Balances
2021-01-01 open Income:Fjordtech:Salary
2021-01-01 open Income:Fjordtech:Bonus
2021-01-01 open Income:Interest
2021-01-01 open Income:Kestrel:WLDX:Dividend
2021-01-01 open Income:Kestrel:BNDX:Dividend
2021-01-01 open Expenses:Food:Groceries
2021-01-01 open Expenses:Food:Restaurants
2021-01-01 open Expenses:Food:Coffee
2021-01-01 open Expenses:Home:LoanInterest
2021-01-01 open Expenses:Home:Electricity
2021-01-01 open Expenses:Home:Internet
2021-01-01 open Expenses:Home:MobilePhone
2021-01-01 open Expenses:Kids:Daycare
2021-01-01 open Expenses:Kids:Clothes
2021-01-01 open Expenses:Pets:Vet
2021-01-01 open Expenses:Car:Fuel
2021-01-01 open Expenses:Car:Insurance
2021-01-01 open Expenses:Car:Repairs
2021-01-01 open Expenses:Health:Dentist
2021-01-01 open Expenses:Health:Insurance
2021-01-01 open Expenses:Fun:Cinema
2021-01-01 open Expenses:Fun:Subscriptions
2021-01-01 open Expenses:Gifts
2021-01-01 open Expenses:Travel:Flights
2021-01-01 open Expenses:Travel:Hotels
2021-01-01 open Expenses:Taxes:Income
2021-01-01 open Expenses:Fees

2021-01-01 event "location" "Bergen"
2022-08-15 event "location" "Oslo"
2021-01-01 event "employer" "Fjordtech"

2021-01-01 query "big-bills" "SELECT date, payee, position WHERE number > 500"

2021-01-02 * "Opening"
  Assets:Nordbank:Current   5000 EUR
  Assets:Wallet              200 USD
  Liabilities:HomeLoan   -180000 EUR
  Equity:Opening-Balances

2022-01-01 custom "budget" Expenses:Food:Groceries "monthly" 400 EUR
2022-01-01 custom "budget" Expenses:Food:Restaurants "monthly" 150 EUR

2021-03-25 * "Fjordtech AS" "Payroll"
  Income:Fjordtech:Salary  -5200 EUR
  Expenses:Taxes:Income     1700 EUR
  Assets:Nordbank:Current

2022-03-25 * "Fjordtech AS" "Payroll"
  Income:Fjordtech:Salary  -5400 EUR
  Income:Fjordtech:Bonus    -900 EUR
  Expenses:Taxes:Income     1900 EUR
  Assets:Nordbank:Current

2022-03-28 * "Meridian Supermarket" "Weekly shop"
  Expenses:Food:Groceries     82.40 EUR
  Liabilities:Visa

2022-04-02 * "Old Harbour Market" "Fish"
  Expenses:Food:Groceries     31.00 EUR
  Liabilities:Visa

2022-04-09 * "Saturday Market" "Vegetables"
  Expenses:Food:Groceries     18.00 EUR
  Assets:Wallet

2022-04-10 * "Green Fork Bistro" "Dinner with Ingrid"
  Expenses:Food:Restaurants   64.00 EUR
  Liabilities:Visa

2022-05-10 * "Blue Lantern" "Lunch with Ingrid" #trip-lisbon
  Expenses:Food:Restaurants   38.50 EUR
  Liabilities:Visa

2022-05-09 * "Skyline Air" "Flights to Lisbon" #trip-lisbon ^booking-7781
  invoice: "SK-2022-0917"
  Expenses:Travel:Flights    420.00 EUR
  Liabilities:Visa

2022-05-11 * "Pensao Azul" "Three nights" #trip-lisbon ^booking-7781
  Expenses:Travel:Hotels     310.00 EUR
  Liabilities:Visa

2023-07-03 * "Hotel Perla" "Two nights" #trip-rome
  Expenses:Travel:Hotels     260.00 EUR
  Liabilities:Visa

2022-06-01 * "Dr. Hanna Lind" "Filling"
  Expenses:Health:Dentist    145.00 EUR
  Assets:Nordbank:Current

2022-06-03 * "Paws Clinic" "Vaccination of the cat"
  Expenses:Pets:Vet           70.00 EUR
  Assets:Nordbank:Current

2022-06-15 * "Nimbus Streaming" "June"
  Expenses:Fun:Subscriptions   9.99 EUR
  Liabilities:Visa

2022-07-15 * "Nimbus Streaming" "July"
  Expenses:Fun:Subscriptions   9.99 EUR
  Liabilities:Visa

2022-07-20 * "Bean There" "Flat white"
  Expenses:Food:Coffee         4.20 EUR
  Liabilities:Visa

2022-07-21 * "Bean There" "Flat white"
  Expenses:Food:Coffee         4.20 EUR
  Liabilities:Visa

2022-08-01 * "Volt Energi" "Power July"
  Expenses:Home:Electricity   96.10 EUR
  Assets:Nordbank:Current

2022-08-05 * "Lynx Telecom" "Mobile plan"
  Expenses:Home:MobilePhone   24.00 EUR
  Assets:Nordbank:Current

2022-08-07 * "Trollkraft" "Fuel"
  Expenses:Car:Fuel           71.30 EUR
  Liabilities:Visa

2022-08-09 * "Trygg Forsikring" "Car insurance"
  Expenses:Car:Insurance     390.00 EUR
  Assets:Nordbank:Current

2022-08-10 * "Trygg Forsikring" "Health insurance"
  Expenses:Health:Insurance  220.00 EUR
  Assets:Nordbank:Current

2022-09-01 * "Solsikke Daycare" "September"
  Expenses:Kids:Daycare      310.00 EUR
  Assets:Nordbank:Current

2022-09-12 * "Kestrel" "Buy funds"
  Assets:Kestrel:WLDX   10 WLDX {101.50 EUR}
  Assets:Kestrel:BNDX   20 BNDX {49.00 EUR}
  Assets:Nordbank:Current

2022-12-20 * "Kestrel" "Dividend"
  Income:Kestrel:WLDX:Dividend  -12.40 EUR
  Income:Kestrel:BNDX:Dividend   -8.10 EUR
  Assets:Kestrel:Cash

2022-10-02 * "Coin counter" "Buy bitcoin"
  Assets:Coldstore:BTC  0.05 BTC {20000 EUR}
  Assets:Nordbank:Current

2022-10-15 * "Maja" "Lent for concert tickets"
  Assets:Receivable:Maja    80.00 EUR
  Assets:Nordbank:Current

2022-11-05 * "Meridian Supermarket" "Returned bottles"
  Expenses:Food:Groceries    -6.00 EUR
  Liabilities:Visa

2022-11-06 * "Gadget Hall" "Birthday present for Liv"
  Expenses:Gifts             120.00 USD
  Assets:Wallet

2023-02-10 note Assets:Nordbank:Current "Called the bank about the new card"
2023-03-01 close Liabilities:OldPhonePlan

2022-09-30 price WLDX 104.00 EUR
2022-12-31 price WLDX  98.20 EUR
2022-12-31 price BNDX  48.10 EUR
2022-12-31 price BTC 16500 EUR
2022-12-31 price USD 0.93 EUR

2023-01-01 balance Assets:Nordbank:Savings 0 EUR
"""

CLUB = """
option "title" "Riverside rowing club"
option "operating_currency" "GBP"
option "name_income" "Revenue"

2020-01-01 open Assets:Bank GBP
2020-01-01 open Assets:PettyCash GBP
2020-01-01 open Liabilities:Lender-03 GBP
2020-01-01 open Liabilities:Lender-07 GBP
2020-01-01 open Equity:Opening-Balances
2020-01-01 open Revenue:MemberDues
2020-01-01 open Revenue:Donations:Anonymous
2020-01-01 open Revenue:Donations:Raffle
2020-01-01 open Revenue:BoatHire
2020-01-01 open Expenses:Boathouse:Rent
2020-01-01 open Expenses:Boathouse:Insurance
2020-01-01 open Expenses:Equipment:CoxBox
2020-01-01 open Expenses:Equipment:RowingMachine
2020-01-01 open Expenses:Equipment:RowingMachine2
2020-01-01 open Expenses:Equipment:OarRack
2020-01-01 open Expenses:Admin:WebHosting
2020-01-01 open Expenses:Admin:BankFees
2020-01-01 open Expenses:Events:SummerParty
2020-01-01 open Expenses:Refreshments

2020-02-01 * "FASTER PAYMENT 4471 BOATHOUSE TRUST RENT FEB"
  bank-balance: "8120.00"
  Expenses:Boathouse:Rent   450.00 GBP
  Assets:Bank

2020-03-01 * "FASTER PAYMENT 4471 BOATHOUSE TRUST RENT MAR"
  bank-balance: "7670.00"
  Expenses:Boathouse:Rent   450.00 GBP
  Assets:Bank

2020-03-09 * "CARD 7712 SCREWFIX DIRECT #0871 READING"
  Expenses:Equipment:OarRack   62.15 GBP
  Assets:Bank

2020-04-02 * "CARD 7712 SCREWFIX #1190 SLOUGH"
  Expenses:Equipment:OarRack   12.80 GBP
  Assets:Bank

2020-04-11 * "GOCARDLESS DUES BATCH 118"
  Assets:Bank   960.00 GBP
  Revenue:MemberDues

2020-05-11 * "GOCARDLESS DUES BATCH 119"
  Assets:Bank   980.00 GBP
  Revenue:MemberDues

2021-05-11 * "GOCARDLESS DUES BATCH 131"
  Assets:Bank   1010.00 GBP
  Revenue:MemberDues

2020-06-02 * "CHEQUE 000451"
  Expenses:Equipment:RowingMachine   899.00 GBP
  Assets:Bank

2021-06-02 * "CHEQUE 000502"
  Expenses:Equipment:RowingMachine2  949.00 GBP
  Assets:Bank

2020-07-04 * "TESCO STORES 2291"
  Expenses:Refreshments   41.77 GBP
  Assets:Bank

2020-07-05 * "Summer party catering"
  Expenses:Events:SummerParty  310.00 GBP
  Assets:Bank

2020-08-01 * "Loan from a member"
  Assets:Bank  500.00 GBP
  Liabilities:Lender-03

2020-08-02 * "Loan from a member"
  Assets:Bank  250.00 GBP
  Liabilities:Lender-07

2020-09-02 * "DD CLOUDPEAK HOSTING 99120"
  Expenses:Admin:WebHosting  18.00 GBP
  Assets:Bank

2020-10-02 * "DD CLOUDPEAK HOSTING 99121"
  Expenses:Admin:WebHosting  18.00 GBP
  Assets:Bank

2020-11-15 * "Raffle takings"
  Assets:PettyCash  133.00 GBP
  Revenue:Donations:Raffle

2020-12-01 balance Assets:PettyCash  100.00 GBP
"""

SPANISH = """
option "title" "Taller de Lucia"
option "operating_currency" "EUR"
option "name_assets" "Activos"
option "name_liabilities" "Pasivos"
option "name_equity" "Patrimonio"
option "name_income" "Ingresos"
option "name_expenses" "Gastos"

2022-01-01 open Activos:Banco:CuentaCorriente EUR
2022-01-01 open Activos:Efectivo EUR
2022-01-01 open Pasivos:Tarjeta EUR
2022-01-01 open Patrimonio:Apertura
2022-01-01 open Ingresos:Ventas
2022-01-01 open Ingresos:Sueldo
2022-01-01 open Gastos:Comida:Supermercado
2022-01-01 open Gastos:Comida:Restaurantes
2022-01-01 open Gastos:Casa:Alquiler
2022-01-01 open Gastos:Casa:Luz
2022-01-01 open Gastos:Taller:Herramientas
2022-01-01 open Gastos:Taller:Seguro
2022-01-01 open Gastos:Impuestos

2022-02-01 * "Inmobiliaria Peña" "Alquiler febrero"
  Gastos:Casa:Alquiler  700 EUR
  Activos:Banco:CuentaCorriente

2022-02-03 * "Mercado Central" "Verduras"
  Gastos:Comida:Supermercado  23.10 EUR
  Activos:Efectivo

2022-02-09 * "Bodega Ñandú" "Cena"
  Gastos:Comida:Restaurantes  41 EUR
  Pasivos:Tarjeta

2022-02-15 * "Ferretería López" "Sierra"
  Gastos:Taller:Herramientas  88.95 EUR
  Pasivos:Tarjeta

2022-03-01 * "Cliente Ruiz" "Mesa de roble"
  Activos:Banco:CuentaCorriente  950 EUR
  Ingresos:Ventas

2022-03-05 * "Iberluz" "Factura de luz"
  Gastos:Casa:Luz  61.20 EUR
  Activos:Banco:CuentaCorriente
"""
