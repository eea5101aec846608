"""Breakdowns, rankings and sides set against each other, over the small books of a house with a van and a dog."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 6, 30)
LEDGER = """
option "operating_currency" "EUR"

2023-01-01 open Assets:Bank
2023-01-01 open Assets:Unpaid:Oakmoor
2023-01-01 open Assets:Unpaid:Pikelet
2023-01-01 open Income:Work:Oakmoor
2023-01-01 open Income:Work:Pikelet
2023-01-01 open Expenses:Bramble:Food
2023-01-01 open Expenses:Bramble:Vet
2023-01-01 open Expenses:Bramble:Kennel
2023-01-01 open Expenses:Van:Diesel
2023-01-01 open Expenses:Van:Repairs
2023-01-01 open Expenses:Van:Insurance
2023-01-01 open Expenses:House:Rent
2023-01-01 open Expenses:House:Repairs
2023-01-01 open Expenses:House:Insurance
2023-01-01 open Expenses:House:Electricity
2023-01-01 open Expenses:Restaurants
2023-01-01 open Expenses:Teeth
2023-01-01 open Expenses:Doctor
2023-01-01 open Expenses:Upkeep:Barn
2023-01-01 open Expenses:Upkeep:Byre

2023-02-01 * "DD VOLTARA 0087" "power, barn and byre"
  Expenses:House:Electricity     61 EUR
  Assets:Bank
2023-03-01 * "DD VOLTARA 0088" "power"
  Expenses:House:Electricity     70 EUR
  Assets:Bank
2023-03-02 * "Thatch & Sons" "barn roof"
  Expenses:Upkeep:Barn          300 EUR
  Assets:Bank
2023-03-03 * "Thatch & Sons" "byre door"
  Expenses:Upkeep:Byre          120 EUR
  Assets:Bank
2023-03-04 * "Paws" "crunchies"
  Expenses:Bramble:Food          30 EUR
  Assets:Bank
2023-03-05 * "Dr. Fetch" "jab"
  Expenses:Bramble:Vet           45 EUR
  Assets:Bank
2023-03-06 * "Hilltop Kennels" "two nights"
  Expenses:Bramble:Kennel        50 EUR
  Assets:Bank
2023-03-07 * "Fuel Stop" "diesel"
  Expenses:Van:Diesel            60 EUR
  Assets:Bank
2023-03-08 * "Garage" "clutch"
  Expenses:Van:Repairs          400 EUR
  Assets:Bank
2023-03-09 * "Mutual" "van"
  Expenses:Van:Insurance        500 EUR
  Assets:Bank
2023-03-10 * "Mutual" "house"
  Expenses:House:Insurance      200 EUR
  Assets:Bank
2023-03-11 * "Plumber" "tap"
  Expenses:House:Repairs         80 EUR
  Assets:Bank
2023-03-12 * "Mr. Lett" "rent"
  Expenses:House:Rent           700 EUR
  Assets:Bank
2023-03-13 * "Osteria" "dinner"
  Expenses:Restaurants           40 EUR
  Assets:Bank
2023-03-14 * "Dr. Molar" "filling"
  Expenses:Teeth                 90 EUR
  Assets:Bank
2023-03-15 * "Dr. Hale" "check"
  Expenses:Doctor                60 EUR
  Assets:Bank
2023-03-16 * "Physio Quay" "back"
  Expenses:Doctor                80 EUR
  Assets:Bank
2023-04-01 * "Oakmoor" "invoice 1" ^inv-1
  Assets:Unpaid:Oakmoor        1000 EUR
  Income:Work:Oakmoor
2023-04-02 * "Pikelet" "invoice 2" ^inv-2
  Assets:Unpaid:Pikelet         600 EUR
  Income:Work:Pikelet
2023-05-01 * "Oakmoor" "invoice 1" ^inv-1
  Assets:Bank                  1000 EUR
  Assets:Unpaid:Oakmoor
2023-05-02 * "Pikelet" "invoice 2" ^inv-2
  Assets:Bank                   600 EUR
  Assets:Unpaid:Pikelet
"""
_BILLS = "list Expenses:House:Electricity + order -amount limit"
_BY_BILLED = "sum income EUR by year order key"
PLANS = [
    # Single bookings, not what each payee got.
    ("3 biggest power bills ever", f"{_BILLS} 3"),
    ("the two highest electricity bills", f"{_BILLS} 2"),
    ("top 3 restaurant bills", "list Expenses:Restaurants + order -amount limit 3"),
    ("top 3 diesel fill-ups", "list Expenses:Van:Diesel + order -amount limit 3"),
    ("top 3 restaurants", "sum Expenses:Restaurants by payee order -amount limit 3"),
    # The word after two names is of both.
    ("house and van repairs in 2023", "sum Expenses:House:Repairs Expenses:Van:Repairs 2023"),
    ("van & house insurance in 2023", "sum Expenses:Van:Insurance Expenses:House:Insurance 2023"),
    ("house or van insurance, which cost more in 2023?",
     "sum 2023 [house insurance: Expenses:House:Insurance] [van insurance: Expenses:Van:Insurance]"),
    ("rent and van insurance in 2023", "sum Expenses:House:Rent Expenses:Van:Insurance 2023"),
    ("the house and the van repairs in 2023", "sum Expenses:House Expenses:Van:Repairs 2023"),
    # What goes by a name of its own.
    ("what did the dog cost in 2023", "sum Expenses:Bramble 2023"),
    ("split the dog money of 2023 by kind", "sum Expenses:Bramble 2023 by account"),
    ("what did the car cost in 2023", "sum Expenses:Van 2023"),
    ("what did the vet cost in 2023", "sum Expenses:Bramble:Vet 2023"),
    ("what does filling the van up cost on average", "average Expenses:Van:Diesel"),
    ("what does it cost to fill up the van in 2023", "sum Expenses:Van:Diesel 2023"),
    # Parts that an entry names in one breath.
    ("upkeep in 2023, barn and byre separately", "sum Expenses:Upkeep:Barn Expenses:Upkeep:Byre 2023 by account"),
    # Sides of their own.
    ("dentist or doctor, physio, who cost me more in 2023?",
     "sum 2023 [dentist: Expenses:Teeth] [doctor: Expenses:Doctor] [physio: expenses <Physio Quay>]"),
    ("rent, diesel or restaurants, what cost most in 2023",
     "sum 2023 [rent: Expenses:House:Rent] [diesel: Expenses:Van:Diesel] [restaurants: Expenses:Restaurants]"),
    ("dearest of house and van in 2023?", "sum 2023 [house: Expenses:House] [van: Expenses:Van]"),
    ("which was the dearest in 2023: rent, diesel or restaurants",
     "sum 2023 [rent: Expenses:House:Rent] [diesel: Expenses:Van:Diesel] [restaurants: Expenses:Restaurants]"),
    ("the biggest bill of 2023, van or house", "list Expenses:Van Expenses:House + 2023 order -amount limit 1"),
    ("who paid me more in 2023, Oakmoor or Pikelet?",
     ("sum assets + 2023 [Oakmoor: assets <Oakmoor> -Assets:Unpaid:Oakmoor +]"
      " [Pikelet: assets <Pikelet> -Assets:Unpaid:Pikelet +]")),
    ("who gave me more work, Oakmoor or Pikelet",
     "sum [Oakmoor: Income:Work:Oakmoor] [Pikelet: Income:Work:Pikelet]"),
    ("restaurants in 2023, list the places", "sum Expenses:Restaurants 2023 by payee"),
    ("billed in EUR year by year", _BY_BILLED),
]  # fmt: skip


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_parts_and_sides(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan
