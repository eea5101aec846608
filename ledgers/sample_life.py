"""What happens in the made-up household of the sample ledger: people, shops, habits, trips and single events.

Every name is invented.  Lines of single events read: date | payee | narration | account | amount | paid from | marks.
`paid from` is a short name of `SOURCES`, marks are #tags, ^links and key=value metadata.
"""

from __future__ import annotations

SOURCES = {
    "card": "Liabilities:Card:Copperleaf",
    "bank": "Assets:Bank:Kestrel:Current",
    "savings": "Assets:Bank:Kestrel:Savings",
    "pounds": "Assets:Bank:Thistle:Sterling",
    "cash": "Assets:Cash:Wallet",
    "tobias": "Liabilities:Payable:Tobias",
    "broker": "Assets:Broker:Larkfield:Cash",
}

ACCOUNTS = """
Assets:Bank:Kestrel:Current      | EUR | iban="NL91 KSTR 0417 1643 00" institution="Kestrel Bank"
Assets:Bank:Kestrel:Savings      | EUR | institution="Kestrel Bank"
Assets:Bank:Thistle:Sterling     | GBP | institution="Thistle Mutual"
Assets:Cash:Wallet               | EUR |
Assets:Broker:Larkfield:Cash     | EUR | institution="Larkfield"
Assets:Broker:Larkfield:WRLD     | WRLD | booking=FIFO
Assets:Broker:Larkfield:EMKT     | EMKT | booking=FIFO
Assets:Broker:Larkfield:BOREAL   | BOREAL |
Assets:Broker:Larkfield:GLTY     | GLTY |
Assets:Pension:Meridian          | MRDN |
Assets:Deposit:Flat              | EUR |
Assets:Property:Cottage          | EUR |
Assets:Receivable:Joost          | EUR |
Assets:Receivable:Farida         | EUR |
Assets:Receivable:Invoices       | GBP,EUR |
Assets:Receivable:Employer       | EUR |
Liabilities:Card:Copperleaf      | EUR | institution="Copperleaf"
Liabilities:Mortgage:Kestrel     | EUR | institution="Kestrel Bank"
Liabilities:StudentLoan          | EUR |
Liabilities:Payable:Tobias       | EUR |
Equity:Opening                   | |
Equity:CashCounts                | EUR |
Income:Salary:Brightwater        | EUR |
Income:Salary:Tessellate         | EUR |
Income:Employer:Pension          | EUR |
Income:Freelance                 | GBP,EUR |
Income:Dividends                 | EUR,GBP |
Income:Interest                  | EUR |
Income:Gains                     | EUR,GBP |
Income:Gifts                     | EUR |
Expenses:Housing:Rent            | EUR |
Expenses:Housing:MortgageInterest | EUR |
Expenses:Housing:Insurance       | EUR |
Expenses:Housing:Repairs         | EUR |
Expenses:Housing:Furniture       | EUR |
Expenses:Housing:Moving          | EUR |
Expenses:Utilities:Electricity   | EUR |
Expenses:Utilities:Water         | EUR |
Expenses:Utilities:Internet      | EUR |
Expenses:Utilities:Phone         | EUR |
Expenses:Food:Groceries          | EUR,GBP |
Expenses:Food:Restaurants        | EUR,GBP |
Expenses:Food:Coffee             | EUR,GBP |
Expenses:Transport:Train         | EUR,GBP |
Expenses:Transport:Bicycle       | EUR |
Expenses:Transport:CarShare      | EUR |
Expenses:Health:Insurance        | EUR |
Expenses:Health:Practitioners    | EUR |
Expenses:Health:Pharmacy         | EUR |
Expenses:Health:Sport            | EUR |
Expenses:Pets:Food               | EUR |
Expenses:Pets:Vet                | EUR |
Expenses:Pets:Insurance          | EUR |
Expenses:Subscriptions:Video     | EUR |
Expenses:Subscriptions:Music     | EUR |
Expenses:Subscriptions:Cloud     | EUR |
Expenses:Subscriptions:News      | EUR |
Expenses:Travel:Flights          | EUR |
Expenses:Travel:Lodging          | EUR,GBP |
Expenses:Travel:Activities       | EUR,GBP |
Expenses:Leisure:Books           | EUR,GBP |
Expenses:Leisure:Culture         | EUR,GBP |
Expenses:Leisure:Pottery         | EUR |
Expenses:Shopping:Clothing       | EUR |
Expenses:Shopping:Electronics    | EUR |
Expenses:Shopping:Household      | EUR |
Expenses:Personal:Hair           | EUR |
Expenses:Gifts                   | EUR,GBP |
Expenses:Charity                 | EUR |
Expenses:Taxes:Income            | EUR |
Expenses:Taxes:Social            | EUR |
Expenses:Taxes:Municipal         | EUR |
Expenses:Fees:Bank               | EUR,GBP |
Expenses:Fees:Broker             | EUR,GBP |
Expenses:Interest:StudentLoan    | EUR |
"""

# Payee | narration | account | day | amount from each month on | last month | every so many months | paid from.
RECURRING = """
Streamarble | video subscription | Subscriptions:Video | 11 | 2022-01 9.99, 2023-06 12.99 | | 1 | card
Tonewheel | music, family plan | Subscriptions:Music | 3 | 2022-01 14.99, 2024-09 16.99 | | 1 | card
Nimbuscrate | 200 GB storage | Subscriptions:Cloud | 20 | 2022-04 2.99 | | 1 | card
De Ochtendpost | digital newspaper | Subscriptions:News | 1 | 2022-01 14.50 | 2024-05 | 1 | bank
Hostmolen | domain name, one year | Subscriptions:Cloud | 17 | 2022-03 14.52, 2025-03 18.15 | | 12 | card
IJzerhal | gym membership | Health:Sport | 2 | 2022-02 27.50, 2024-01 29.95 | 2025-03 | 1 | bank
Belvogel Mobiel | phone bill | Utilities:Phone | 24 | 2022-01 18.00, 2024-02 16.50 | | 1 | bank
Glasdraad | fibre internet | Utilities:Internet | 15 | 2022-01 42.50, 2024-04 47.50 | | 1 | bank
Zorgvast | basic health cover | Health:Insurance | 27 | 2022-01 128.75, 2023-01 136.50, 2024-01 147.25, 2025-01 158.90 | | 1 | bank
Snorhaar Polis | cover for Pixel and Moos | Pets:Insurance | 8 | 2022-09 21.40, 2025-01 24.80 | | 1 | bank
Polaris Verzekeringen | contents and liability | Housing:Insurance | 9 | 2022-02 138.00, 2025-02 246.40 | | 12 | bank
Egelopvang De Heg | monthly gift for the hedgehogs | Charity | 12 | 2022-01 10.00, 2024-01 12.50 | | 1 | bank
Waterschap De Bron | water, by quarter | Utilities:Water | 18 | 2022-03 46.20, 2024-06 58.70 | | 3 | bank
Atelier Kleikracht | ten evenings at the wheel | Leisure:Pottery | 19 | 2022-09 215.00 | 2025-09 | 6 | bank
Gemeente Veldhoek | local taxes | Taxes:Municipal | 28 | 2022-02 412.30, 2025-02 655.10 | | 12 | bank
Galerijpas | museum pass, one year | Leisure:Culture | 6 | 2022-05 64.90, 2024-05 69.90 | | 12 | card
"""

# Account | times a month | smallest | largest | paid from | payees with their narrations.
HABITS = """
Food:Groceries | 8 | 6.40 | 74.90 | card | ALBA MARKT 1173 UTRECHT; ALBA MARKT 0418 UTRECHT CS; Alba Markt = weekly shop; Groentehal Oost = vegetables; De Volle Plank = bread and cheese; Toko Merapi = rice, tofu, sambal
Food:Coffee | 5 | 2.70 | 8.40 | card | CRD*KOFFIEBAR ZUID 22; Koffiebar Zuid = flat white; Brandstof = espresso and a bun; KIOSK SPOOR 7 = coffee to go
Food:Restaurants | 3 | 11.50 | 58.00 | card | Casa Ribeira = dinner; Ramenhuis Tori = ramen; 茶屋みどり = 抹茶とお菓子; Pizzeria Il Cortile = pizza; THUISHAP*NOEDELTJE = takeaway; Eetcafé De Ooievaar = lunch with colleagues
Transport:Train | 3 | 8.20 | 41.60 | card | SPOORPLUS REISSALDO = top-up; Spoorplus = day return
Transport:CarShare | 1 | 14.10 | 63.00 | card | Deelkar = hours and kilometres; DEELKAR BV 88120
Pets:Food | 1 | 23.50 | 52.00 | card | Kattenkwaad = kibble and litter; KATTENKWAAD WEBSHOP 3391
Health:Pharmacy | 0.5 | 4.95 | 22.00 | card | Apotheek De Vijzel
Leisure:Books | 0.7 | 6.00 | 31.00 | card | Boekhandel Papyrus = paperback; Tweede Blad = second-hand books
Shopping:Household | 0.8 | 5.50 | 48.00 | card | Blokhuis = bits for the house; BLOKHUIS 207 NIEUWEGEIN
Shopping:Clothing | 0.4 | 19.00 | 120.00 | card | Linnenkast = clothes; Zolder Vintage = second-hand jacket
Leisure:Culture | 0.7 | 11.00 | 46.00 | card | Filmhuis Lumen = two tickets; De Klankkast = concert
Personal:Hair | 0.45 | 31.00 | 38.00 | cash | Kapsalon Schaar & Zo = cut
Food:Groceries | 1.5 | 4.00 | 17.00 | cash | Markt Lindeplein = fruit and flowers
Gifts | 0.4 | 12.00 | 45.00 | card | Speelgoedwinkel Tol = birthday present; Bloemen van Wil = flowers
Transport:Bicycle | 0.25 | 15.00 | 88.00 | bank | Fietsenmaker Spaak = repair
"""

EVENTS = """
2022-01-31 | Praktijk Elzenkamp | scale and polish | Health:Practitioners | 58.40 EUR | bank |
2022-08-29 | Praktijk Elzenkamp | scale and polish | Health:Practitioners | 58.40 EUR | bank |
2023-02-06 | Praktijk Elzenkamp | filling, lower left molar | Health:Practitioners | 96.15 EUR | bank | invoice=E-23-0144
2023-09-11 | Praktijk Elzenkamp | scale and polish | Health:Practitioners | 63.80 EUR | bank |
2024-03-18 | Praktijk Elzenkamp | X-ray and scale | Health:Practitioners | 87.20 EUR | bank |
2024-11-25 | Praktijk Elzenkamp | crown, first part | Health:Practitioners | 412.00 EUR | bank | invoice=E-24-0990
2024-12-16 | Praktijk Elzenkamp | crown, second part | Health:Practitioners | 298.00 EUR | bank | invoice=E-24-1041
2025-06-23 | Praktijk Elzenkamp | scale and polish | Health:Practitioners | 67.10 EUR | bank |
2022-10-04 | Rugwijs | lower back, first session | Health:Practitioners | 45.00 EUR | bank |
2022-10-11 | Rugwijs | lower back, second session | Health:Practitioners | 45.00 EUR | bank |
2022-10-25 | Rugwijs | lower back, last session | Health:Practitioners | 45.00 EUR | bank |
2023-11-20 | Kijk & Zie | new glasses, varifocal | Health:Practitioners | 389.00 EUR | card | receipt=https://receipts.example/kz/20231120
2022-09-03 | Dierenkliniek Zonneweide | Pixel and Moos: vaccination and chips | Pets:Vet | 148.60 EUR | bank | #cats
2023-09-09 | Dierenkliniek Zonneweide | yearly vaccination | Pets:Vet | 92.40 EUR | bank | #cats
2024-02-14 | Dierenkliniek Zonneweide | Moos ate a hair tie: night surgery | Pets:Vet | 1184.00 EUR | bank | #cats invoice=DZ-24-311
2024-03-12 | Snorhaar Polis | paid out for Moos' surgery | Pets:Vet | -820.00 EUR | bank | #cats invoice=DZ-24-311
2024-09-07 | Dierenkliniek Zonneweide | yearly vaccination | Pets:Vet | 97.80 EUR | bank | #cats
2025-09-06 | Dierenkliniek Zonneweide | yearly vaccination, Pixel's teeth | Pets:Vet | 243.50 EUR | bank | #cats
2022-08-27 | Asiel Pluis | adoption of two kittens | Pets:Vet | 240.00 EUR | bank | #cats
2022-06-18 | Voltwinkel | laptop, 14 inch | Shopping:Electronics | 1249.00 EUR | card | warranty=2025-06-18 receipt=https://receipts.example/vw/81123
2023-12-01 | Voltwinkel | noise-cancelling headphones | Shopping:Electronics | 219.00 EUR | card | warranty=2025-12-01 ^return-4471
2023-12-09 | Voltwinkel | headphones sent back | Shopping:Electronics | -219.00 EUR | card | ^return-4471
2025-03-29 | Voltwinkel | phone | Shopping:Electronics | 649.00 EUR | card | warranty=2027-03-29 receipt=https://receipts.example/vw/90517
2023-04-21 | Linnenkast | winter coat, wrong size, returned | Shopping:Clothing | -89.95 EUR | card |
2023-04-08 | Linnenkast | winter coat | Shopping:Clothing | 89.95 EUR | card |
2024-07-05 | Glasdraad | charged twice for July | Utilities:Internet | 47.50 EUR | bank | ^double-2024-07
2024-07-19 | Glasdraad | second charge paid back | Utilities:Internet | -47.50 EUR | bank | ^double-2024-07
2022-12-10 | Speelgoedwinkel Tol | presents for the nieces | Gifts | 74.30 EUR | card | #christmas
2022-12-17 | Boekhandel Papyrus | books for mum and dad | Gifts | 52.90 EUR | card | #christmas
2023-12-16 | Speelgoedwinkel Tol | train set | Gifts | 64.95 EUR | card | #christmas
2023-12-19 | Wijnhandel Kurk | a case for the family dinner | Gifts | 83.40 EUR | card | #christmas
2024-12-14 | Boekhandel Papyrus | an atlas and two novels | Gifts | 88.50 EUR | card | #christmas
2025-12-13 | Bloemen van Wil | wreaths | Gifts | 47.00 EUR | cash | #christmas
2022-05-12 | VOGELVLUCHT AIR 7731 | Lisbon, there and back | Travel:Flights | 184.30 EUR | card | #trip-lisbon-2022
2022-05-20 | Casa da Graça | four nights | Travel:Lodging | 372.00 EUR | card | #trip-lisbon-2022
2022-05-20 | Pastelaria Andorinha | pastéis e galão | Food:Coffee | 7.80 EUR | cash | #trip-lisbon-2022
2022-05-21 | Tasca do Olival | grilled fish for two | Food:Restaurants | 46.20 EUR | card | #trip-lisbon-2022
2022-05-21 | Elétrico 28 | tram day tickets | Transport:Train | 13.20 EUR | card | #trip-lisbon-2022
2022-05-22 | Museu dos Azulejos Novos | entry | Travel:Activities | 16.00 EUR | card | #trip-lisbon-2022
2022-05-22 | Cervejaria Farol | supper by the river | Food:Restaurants | 51.75 EUR | card | #trip-lisbon-2022
2022-05-23 | Mercearia Saudade | tinned sardines to take home | Gifts | 24.60 EUR | card | #trip-lisbon-2022
2023-06-02 | Thistle Rail | Edinburgh to Inverness, two seats | Transport:Train | 68.40 GBP | pounds | #trip-scotland-2023
2023-05-15 | VOGELVLUCHT AIR 9024 | Edinburgh, there and back | Travel:Flights | 226.10 EUR | card | #trip-scotland-2023
2023-06-01 | The Lantern Rooms | two nights in Leith | Travel:Lodging | 238.00 GBP | pounds | #trip-scotland-2023
2023-06-03 | Glen Arrow Guesthouse | three nights, breakfast | Travel:Lodging | 312.00 GBP | pounds | #trip-scotland-2023
2023-06-03 | The Otter & Oar | haddock, two pints | Food:Restaurants | 39.50 GBP | pounds | #trip-scotland-2023
2023-06-04 | Loch Boats | two hours on the water | Travel:Activities | 48.00 GBP | pounds | #trip-scotland-2023
2023-06-05 | MCBRAE STORES 0091 | picnic | Food:Groceries | 17.85 GBP | pounds | #trip-scotland-2023
2023-06-05 | The Woolly Shelf | a book on seabirds | Leisure:Books | 14.99 GBP | pounds | #trip-scotland-2023
2023-06-06 | Peat & Barley | tasting for two | Travel:Activities | 36.00 GBP | pounds | #trip-scotland-2023
2024-08-16 | Nachtspoor | sleeper to Bolzano | Transport:Train | 298.00 EUR | card | #trip-dolomites-2024
2024-08-17 | Rifugio Stella d'Inverno | mezza pensione, due notti | Travel:Lodging | 264.00 EUR | card | #trip-dolomites-2024
2024-08-19 | Rifugio Passo Corvo | mezza pensione | Travel:Lodging | 138.00 EUR | cash | #trip-dolomites-2024
2024-08-18 | Malga Fiorita | polenta e formaggio | Food:Restaurants | 31.50 EUR | cash | #trip-dolomites-2024
2024-08-20 | Funivia Tre Denti | cable car | Travel:Activities | 44.00 EUR | card | #trip-dolomites-2024
2024-08-21 | Trattoria da Ombretta | cena | Food:Restaurants | 57.40 EUR | card | #trip-dolomites-2024
2024-08-22 | Bäckerei Körnchen | Brezen für die Fahrt | Food:Groceries | 9.60 EUR | card | #trip-dolomites-2024
2025-10-10 | Kanaaltrein | London, there and back | Transport:Train | 164.00 EUR | card | #trip-london-2025
2025-10-10 | The Bramble House | three nights | Travel:Lodging | 387.00 GBP | pounds | #trip-london-2025
2025-10-11 | Half Moon Players | two seats, stalls | Travel:Activities | 92.00 GBP | pounds | #trip-london-2025
2025-10-11 | Spice Lantern | supper | Food:Restaurants | 44.80 GBP | pounds | #trip-london-2025
2025-10-12 | PENNYFIELD MKT 14 | cheese and pies | Food:Groceries | 19.35 GBP | pounds | #trip-london-2025
2025-10-12 | Kettle & Crumb | tea for two | Food:Coffee | 11.20 GBP | pounds | #trip-london-2025
2024-03-30 | Verhuisteam Zwaluw | van and two people | Housing:Moving | 540.00 EUR | bank | #move
2024-04-06 | Blokhuis | paint, brushes, filler | Housing:Repairs | 187.35 EUR | card | #renovation #move
2024-04-20 | Loodgieter Pijpers | bathroom: new pipes | Housing:Repairs | 1460.00 EUR | savings | #renovation invoice=2024-0417
2024-05-17 | Tegelhuis Kwarts | tiles | Housing:Repairs | 618.20 EUR | card | #renovation receipt=https://receipts.example/tk/5518
2024-05-31 | Loodgieter Pijpers | bathroom: last part | Housing:Repairs | 980.00 EUR | savings | #renovation invoice=2024-0588
2024-06-14 | Houtwerf Noord | floorboards, 22 m2 | Housing:Repairs | 1342.50 EUR | savings | #renovation
2024-06-28 | Meubelhal Lariks | table and four chairs | Housing:Furniture | 795.00 EUR | card | #renovation
2022-03-12 | Meubelhal Lariks | desk | Housing:Furniture | 189.00 EUR | card |
2025-01-18 | Dakdekker Pannekoek | loose tiles after the storm | Housing:Repairs | 365.00 EUR | bank | invoice=P-2025-08
2025-05-03 | Tuincentrum De Kiem | fruit trees | Housing:Repairs | 142.80 EUR | card | #garden
2025-05-10 | Tuincentrum De Kiem | soil, seeds, a rake | Housing:Repairs | 63.15 EUR | card | #garden
2023-03-15 | Belastingkantoor | income tax 2022, refund | Taxes:Income | -486.00 EUR | bank | ^tax-2022
2024-03-20 | Belastingkantoor | income tax 2023, to pay | Taxes:Income | 312.00 EUR | bank | ^tax-2023
2025-03-19 | Belastingkantoor | income tax 2024, refund (mortgage) | Taxes:Income | -1630.00 EUR | bank | ^tax-2024
2023-10-14 | De Klankkast | tickets, Tobias paid | Leisure:Culture | 64.00 EUR | tobias | #music
2024-01-27 | Tobias | for the tickets | payable | 40.00 EUR | bank | #music
2025-08-23 | De Klankkast | festival, Tobias paid | Leisure:Culture | 118.00 EUR | tobias | #music
2022-11-19 | Fietsenmaker Spaak | used city bike | Transport:Bicycle | 340.00 EUR | bank | serial=FS-77120
2025-04-12 | Fietsenmaker Spaak | new wheel after the tram rail | Transport:Bicycle | 112.50 EUR | bank |
"""

# Freelance invoices: number, client, what, issued, amount, paid on ("" is open).
INVOICES = [
    ("2022-001", "Pennywhistle Press", "cover illustrations", "2022-04-11", "900.00 GBP", "2022-05-09"),
    ("2022-002", "Pennywhistle Press", "chapter heads", "2022-10-03", "640.00 GBP", "2022-11-01"),
    ("2023-001", "Museum Zilverdraad", "leaflet", "2023-02-20", "550.00 EUR", "2023-03-24"),
    ("2023-002", "Pennywhistle Press", "map of the islands", "2023-05-02", "480.00 GBP", "2023-05-30"),
    ("2023-003", "Harbour & Vale", "logo, two rounds", "2023-09-25", "1150.00 GBP", "2023-12-18"),
    ("2024-001", "Museum Zilverdraad", "poster, spring show", "2024-02-12", "725.00 EUR", "2024-03-08"),
    ("2024-002", "Pennywhistle Press", "endpapers", "2024-07-15", "520.00 GBP", "2024-08-05"),
    ("2025-001", "Harbour & Vale", "signage drawings", "2025-03-10", "870.00 GBP", "2025-04-22"),
    ("2025-002", "Pennywhistle Press", "alphabet book, first half", "2025-09-08", "1400.00 GBP", ""),
    ("2025-003", "Museum Zilverdraad", "poster, winter show", "2025-11-17", "760.00 EUR", ""),
]

# Joost's half of the flat is booked when the rent is paid; these are his transfers: date, amount.
# He was late twice, and left in March 2024 with a little still open.
JOOST_LATE = {"2022-08", "2023-02"}
JOOST_LEFT = ("2024-04-27", "60.00")

NOTES = """
2022-02-01 | Assets:Deposit:Flat | deposit is held by the landlord, Vastgoed Lindenhof
2022-09-05 | Expenses:Pets:Insurance | waiting time of 30 days, then both cats are covered
2023-08-30 | Income:Salary:Brightwater | last working day; 6.5 days of leave paid out
2024-02-15 | Expenses:Pets:Vet | asked Snorhaar whether night surgery is covered: yes, 70%
2024-04-03 | Liabilities:Mortgage:Kestrel | fixed for ten years at 3.9%, first instalment 1 May
2024-07-08 | Expenses:Utilities:Internet | phoned Glasdraad about the double charge, they will pay it back
2025-03-31 | Expenses:Health:Sport | gym cancelled, the last payment was March
2025-11-28 | Assets:Receivable:Invoices | reminded Pennywhistle of 2025-002
"""

LIFE_EVENTS = """
2022-01-01 | location | Utrecht
2022-01-01 | employer | Brightwater Instruments
2022-05-20 | location | Lisbon
2022-05-24 | location | Utrecht
2023-06-01 | location | Scotland
2023-06-07 | location | Utrecht
2023-09-01 | employer | Tessellate Studio
2024-03-30 | home | Dyke Cottage, Bunnik
2024-08-17 | location | Dolomites
2024-08-23 | location | Bunnik
2025-10-10 | location | London
2025-10-13 | location | Bunnik
"""

BUDGETS = """
2022-01-01 custom "budget" Expenses:Food:Groceries     "monthly"    320.00 EUR
2024-01-01 custom "budget" Expenses:Food:Groceries     "monthly"    350.00 EUR
2022-01-01 custom "budget" Expenses:Food:Restaurants   "monthly"    120.00 EUR
2022-01-01 custom "budget" Expenses:Food:Coffee        "weekly"       7.50 EUR
2023-01-01 custom "budget" Expenses:Travel             "yearly"    1500.00 EUR
2024-01-01 custom "budget" Expenses:Subscriptions      "monthly"     35.00 EUR
2024-01-01 custom "budget" Expenses:Shopping:Clothing  "quarterly"  100.00 EUR
2025-01-01 custom "budget" Expenses:Pets               "yearly"    1000.00 EUR
"""

QUERIES = """
2022-01-01 query "groceries-by-month" "SELECT year, month, sum(position) WHERE account ~ 'Groceries' GROUP BY 1, 2 ORDER BY 1, 2"
2022-01-01 query "open-invoices" "SELECT date, payee, narration, position WHERE account = 'Assets:Receivable:Invoices' ORDER BY date"
2024-05-01 query "renovation" "SELECT date, payee, narration, position WHERE 'renovation' IN tags AND account ~ 'Expenses' ORDER BY date"
"""

# Code, name, currency, price in January 2022, drift and spread a month, further metadata.
COMMODITIES = [
    ("WRLD", "All-World Equity Fund", "EUR", "71.40", 0.008, 0.030, 'asset-class: "equity"'),
    ("EMKT", "Emerging Markets Fund", "EUR", "28.15", 0.003, 0.042, 'asset-class: "equity"'),
    ("BOREAL", "Boreal Timber NV", "EUR", "58.30", 0.012, 0.055, 'asset-class: "single stock"'),
    ("GLTY", "Sterling Gilt Fund", "GBP", "104.20", -0.002, 0.014, 'asset-class: "bonds"'),
    ("MRDN", "Meridian Lifecycle 2055", "EUR", "15.60", 0.006, 0.022, 'asset-class: "pension"'),
    ("GBP", "Pound sterling", "EUR", "1.1902", -0.0006, 0.009, 'asset-class: "cash"'),
]
