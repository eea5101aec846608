"""A boat restorer's books, told by key and tag: labels of several words, labels left out, keys of yes and no.

Boats stand under a key whose values are written with hyphens, vans and trailers under another; what a client pays
back is marked TRUE or FALSE, what was claimed from the insurer "yes" or "no"; an open day has a tag of everyday words.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.dialog.linking.candidates import Candidate, Near
from ledgerqa.evidence.bql import bql
from ledgerqa.records import Clarify, Grouping, Measure, MetadataFilter, Plan, Refusal
from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "EUR"
2024-01-01 open Assets:Bank
2024-01-01 open Income:Sales:Boats
2024-01-01 open Income:Tours
2024-01-01 open Income:Wages:Ines
2024-01-01 open Expenses:Timber
2024-01-01 open Expenses:Varnish
2024-01-01 open Expenses:Tools
2024-01-01 open Expenses:Vehicles
2024-01-01 open Expenses:Doctor
2024-01-01 open Expenses:Meals
2024-01-01 open Expenses:Fuel
2024-01-01 open Liabilities:Visa
2024-01-01 open Expenses:Vet
2024-01-01 open Expenses:Leaflets
2024-01-01 open Expenses:Campsites
2024-01-01 open Expenses:Travel

2024-01-10 * "Holz Brandt" "planks"
  project: "sea-scout"
  bought_by: "Ines"
  Expenses:Timber  100.00 EUR
  Assets:Bank
2024-02-10 * "Holz Brandt" "planks"
  project: "sea-scout"
  bought_by: "Jon"
  Expenses:Timber  200.00 EUR
  Assets:Bank
2024-03-10 * "Farben Olt" "varnish"
  project: "sea-scout"
  Expenses:Varnish  40.00 EUR
  Assets:Bank
2024-04-10 * "Holz Brandt" "planks"
  project: "river-ferry"
  bought_by: "Ines"
  Expenses:Timber  300.00 EUR
  Assets:Bank
2024-05-10 * "Farben Olt" "varnish"
  project: "river-ferry"
  bought_by: "Ines"
  reimbursable: TRUE
  Expenses:Varnish  50.00 EUR
  Assets:Bank
2025-05-10 * "Farben Olt" "varnish"
  project: "river-ferry"
  bought_by: "Jon"
  reimbursable: FALSE
  Expenses:Varnish  60.00 EUR
  Assets:Bank
2024-01-20 * "Elbe Tools" "planer"
  warranty_until: 2026-01-20
  Expenses:Tools  500.00 EUR
  Assets:Bank
2024-02-20 * "Elbe Tools" "sander"
  warranty_until: 2025-02-20
  Expenses:Tools  90.00 EUR
  Assets:Bank
2025-04-20 * "Elbe Tools" "saw"
  warranty_until: 2028-04-20
  Expenses:Tools  250.00 EUR
  Assets:Bank
2025-06-01 * "Holz Brandt" "offcuts"
  bought_by: "Jon"
  Expenses:Timber  9.00 EUR
  Assets:Bank

2024-02-02 * "Garage Nix" "brakes"
  invoice: "GN-7"
  Expenses:Vehicles  70.00 EUR
    vehicle: "van"
    km: 400
  Assets:Bank
2024-06-02 * "Garage Nix" "service"
  Expenses:Vehicles  80.00 EUR
    vehicle: "van"
    km: 250
  Assets:Bank
2025-02-02 * "Garage Nix" "service of the van"
  invoice: "GN-12"
  Expenses:Vehicles  90.00 EUR
    vehicle: "van"
  Assets:Bank
2024-02-05 * "Garage Nix" "tyres"
  Expenses:Vehicles  11.00 EUR
    vehicle: "boat trailer"
  Assets:Bank
2024-07-05 * "Garage Nix" "lights"
  Expenses:Vehicles  12.00 EUR
    vehicle: "boat trailer"
    km: 30
  Assets:Bank
2025-01-05 * "Garage Nix" "lights"
  invoice: "GN-9"
  Expenses:Vehicles  13.00 EUR
    vehicle: "boat trailer"
  Assets:Bank

2024-08-01 * "Yacht Club" "dinghy sold"
  Assets:Bank  900.00 EUR
  Income:Sales:Boats
2024-08-20 * "Scouts of Kiel" "tour for the scouts"
  Assets:Bank  150.00 EUR
  Income:Tours

2024-01-15 * "Tank" "fill"
  odometer: 90100
  Expenses:Fuel  50.00 EUR
  Assets:Bank
2024-05-15 * "Tank" "fill"
  odometer: 91000
  Expenses:Fuel  50.00 EUR
  Assets:Bank
2024-12-15 * "Tank" "fill"
  odometer: 92250
  Expenses:Fuel  50.00 EUR
  Assets:Bank
2025-05-15 * "Tank" "fill"
  odometer: 93100
  Expenses:Fuel  50.00 EUR
  Assets:Bank
2024-11-11 * "Bosun" "supper"
  Expenses:Meals  27.00 EUR
  Liabilities:Visa
    card: "3318"
2024-11-12 * "Bosun" "supper"
  Expenses:Meals  28.00 EUR
  Liabilities:Visa
    card: "3318"
2024-11-13 * "Bosun" "supper"
  Expenses:Meals  29.00 EUR
  Liabilities:Visa
    card: "3318"
2024-04-30 * "Museum" "evening job"
  Assets:Bank  700.00 EUR
  Income:Wages:Ines
2024-04-02 * "Katzenklinik" "jab"
  pet: "Smutje"
  Expenses:Vet  61.00 EUR
  Assets:Bank
2024-10-02 * "Katzenklinik" "tooth"
  pet: "Bootsmann"
  Expenses:Vet  95.00 EUR
  Assets:Bank

2024-03-03 * "Dr. Haas" "hand"
  claimed: "yes"
  Expenses:Doctor  31.00 EUR
  Assets:Bank
2024-09-03 * "Dr. Haas" "back"
  claimed: "no"
  Expenses:Doctor  32.00 EUR
  Assets:Bank
2025-03-03 * "Dr. Haas" "hand again"
  Expenses:Doctor  33.00 EUR
  Assets:Bank

2024-09-14 * "Druck Iven" "leaflets" #open-day
  Expenses:Leaflets  120.00 EUR
  Assets:Bank
2024-09-14 * "open day collection tin" #open-day
  Assets:Bank  45.00 EUR
  Income:Tours
2024-05-20 * "Hotel Krabbe" "two nights" #moor-kiel #rally
  Expenses:Travel  210.00 EUR
  Assets:Bank
2025-05-21 * "Hotel Krabbe" "two nights" #moor-kiel-25 #rally
  Expenses:Travel  180.00 EUR
  Assets:Bank
2024-08-15 * "Hotel Fjord" "a night" #moor-aalborg #rally
  Expenses:Travel  75.00 EUR
  Assets:Bank
2024-07-01 * "Sandstrand" "pitch" #tarp-run
  Expenses:Campsites  44.00 EUR
  Assets:Bank
2024-07-03 * "Sandstrand" "pitch" #tarp-run
  Expenses:Campsites  33.00 EUR
  Assets:Bank
2024-05-22 * "Bahn" "home" #moor-kiel #rally
  Expenses:Travel  20.00 EUR
  Assets:Bank
2025-05-23 * "Bahn" "home" #moor-kiel-25 #rally
  Expenses:Travel  25.00 EUR
  Assets:Bank
2025-01-20 * "Druck Iven" "new year cards" #new-year
  Expenses:Leaflets  15.00 EUR
  Assets:Bank
"""

asked = partial(asking.asked, today=TODAY)
rows_of = partial(asking.rows_of, today=TODAY)


@pytest.mark.parametrize(
    ("question", "value", "amount"),
    [
        ("what did the sea scout cost us", "sea-scout", "340"),
        ("timber for the river ferry", "river-ferry", "300"),
        ("how much went into the sea-scout so far", "sea-scout", "340"),
        ("boat trailer costs", "boat trailer", "36"),
    ],
)
def test_a_label_of_several_words_is_said_in_full_whatever_one_of_them_is_besides(
    index: Index, question: str, value: str, amount: str
) -> None:
    plan, found = asked(index, question)
    assert [each.value for each in plan.filters.metadata] == [value]
    assert [row[0] for row in found.table.rows] == [Decimal(amount)]


def test_labels_of_one_word_and_of_several_are_told_side_by_side(index: Index) -> None:
    plan, _ = asked(index, "what do the vehicles cost us each? van, boat trailer")
    assert [side.label for side in plan.compare] == ["van", "boat trailer"]


def test_an_account_of_which_a_label_has_a_word_is_that_account(index: Index) -> None:
    plan, _ = asked(index, "how much did we get for boats in 2024")
    assert plan.filters.accounts == ("Income:Sales:Boats",)
    assert not plan.filters.metadata


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("what did the vehicles cost without the van", "36"),
        ("vehicle costs except the boat trailer", "240"),
        ("vehicle costs not counting the van or the boat trailer", None),
        ("timber apart from the sea scout", "309"),
        ("timber not bought by Ines", "209"),
        ("timber leaving out what was for the river ferry", "309"),
    ],
)
def test_a_label_that_is_left_out_is_not_what_is_told(index: Index, question: str, amount: str | None) -> None:
    plan, found = asked(index, question)
    assert plan.filters.metadata
    assert all(each.absent and each.value for each in plan.filters.metadata)
    assert [row[0] for row in found.table.rows] == ([Decimal(amount)] if amount else [])


def test_a_label_left_out_is_no_row_among_the_others(index: Index) -> None:
    plan, found = asked(index, "costs by project without the sea scout")
    assert (plan.group_by, plan.by_key) == ((Grouping.METADATA,), "project")
    assert "sea-scout" not in {row[0] for row in found.table.rows}
    assert ["river-ferry", Decimal(410)] in [[row[0], row[1]] for row in found.table.rows]


def test_each_label_left_out_is_left_out_and_the_query_says_so(index: Index) -> None:
    plan, found = asked(index, "timber without the sea scout and the river ferry")
    assert {(each.value, each.absent) for each in plan.filters.metadata} == {("sea-scout", True), ("river-ferry", True)}
    assert [row[0] for row in found.table.rows] == [9]
    query = bql(plan, index.ledger, TODAY)
    for label in ("sea-scout", "river-ferry"):
        assert f"(any_meta('project') IS NULL OR str(any_meta('project')) != '{label}')" in query


def test_what_is_named_beside_what_is_left_out_under_one_key(index: Index) -> None:
    plan, _ = asked(index, "what did we spend on the van, not the boat trailer")
    assert plan.filters.metadata == (MetadataFilter("vehicle", "van"),)


@pytest.mark.parametrize(
    ("question", "measure", "amount"),
    [
        ("what did we spend that is reimbursable", Measure.SUM, "50"),
        ("reimbursable expenses total", Measure.SUM, "50"),
        ("how much is reimbursable", Measure.SUM, "50"),
        ("how much is not reimbursable", Measure.SUM, "60"),
        ("how many expenses are reimbursable", Measure.COUNT, "1"),
        ("how much of the doctor's bills did we claim", Measure.SUM, "31"),
        ("how much have we not claimed", Measure.SUM, "32"),
        ("doctor's bills that were claimed, in total", Measure.SUM, "31"),
    ],
)
def test_what_a_key_says_yes_or_no_of(index: Index, question: str, measure: Measure, amount: str) -> None:
    plan, found = asked(index, question)
    assert plan.measure is measure
    assert [row[0] for row in found.table.rows] == [Decimal(amount)]


def test_what_is_flagged_as_the_key_says_bears_no_mark_of_doubt(index: Index) -> None:
    plan, _ = asked(index, "what have we flagged as reimbursable?")
    assert not plan.filters.flags
    assert plan.filters.metadata == (MetadataFilter("reimbursable", "TRUE"),)


def test_yes_beside_no_is_a_row_each(index: Index) -> None:
    plan, found = asked(index, "reimbursable and non-reimbursable spending")
    assert plan.by_key == "reimbursable"
    assert [["FALSE", Decimal(60)], ["TRUE", Decimal(50)]] == [list(row[:2]) for row in found.table.rows[:2]]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("how much did we spend on the open day", [["120", "EUR"]]),
        ("what did the open days cost", [["120", "EUR"]]),
        ("spending on the open day by payee", [["Druck Iven", "120", "EUR"]]),
    ],
)
def test_a_tag_of_everyday_words_is_named_where_only_a_noun_can_stand(
    index: Index, question: str, rows: list[list[str]]
) -> None:
    assert rows_of(question, index, Measure.SUM) == rows
    assert asked(index, question)[0].filters.tags == ("open-day",)


@pytest.mark.parametrize("question", ["what did we spend since the new year", "which day did we open the bank account"])
def test_everyday_words_of_a_tag_that_say_something_else(index: Index, question: str) -> None:
    assert not asked(index, question)[0].filters.tags


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("how many km did the van do in 2024", "650"),
        ("how many km did we put on the boat trailer", "30"),
        ("total km of the van", "650"),
    ],
)
def test_how_much_is_kept_of_what_bears_a_label_is_no_number_of_entries(
    index: Index, question: str, total: str
) -> None:
    plan, found = asked(index, question)
    assert (plan.measure, plan.key) == (Measure.METADATA, "km")
    assert Decimal(total) in {cell for row in found.table.rows for cell in row}


def test_how_often_something_with_a_label_was_booked_is_a_number_of_entries(index: Index) -> None:
    assert asked(index, "how many bills for the van in 2024")[0].measure is Measure.COUNT


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("which warranties are over already", ["2025-02-20"]),
        ("which tools have a warranty that's over", ["2025-02-20"]),
        ("what is out of warranty by now", ["2025-02-20"]),
        ("which tools are still under warranty", ["2026-01-20", "2028-04-20"]),
        ("which warranties are up next year", ["2026-01-20"]),
    ],
)
def test_which_days_under_a_key_are_past(index: Index, question: str, days: list[str]) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.METADATA
    assert [day for row in found.table.rows for day in map(str, row) if day in days] == days
    assert len(found.table.rows) == len(days)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("which invoice was the last one from Garage Nix", "GN-12"),
        ("invoice number of our latest bill from Garage Nix", "GN-12"),
    ],
)
def test_the_number_of_the_last_one_is_told(index: Index, question: str, number: str) -> None:
    plan, found = asked(index, question)
    assert plan.limit == 1
    assert [number in map(str, row) for row in found.table.rows] == [True]


def test_of_the_last_that_bears_no_number_none_is_told(index: Index) -> None:
    _, found = asked(index, "project of the last planks from Holz Brandt")
    assert "sea-scout" not in {str(cell) for row in found.table.rows for cell in row}


@pytest.mark.parametrize(
    "question",
    [
        "what projects did we have and what did each cost",
        "which projects did we work on and how much did they cost each",
        "what did each project cost",
    ],
)
def test_the_values_of_a_key_with_what_each_cost(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert (plan.measure, plan.by_key) == (Measure.SUM, "project")
    assert [["river-ferry", Decimal(410)], ["sea-scout", Decimal(340)]] == [
        list(row[:2]) for row in found.table.rows[:2]
    ]


@pytest.mark.parametrize(
    ("question", "measure", "cells"),
    [
        ("how much did we spend on timber without a project", Measure.SUM, {"9"}),
        ("timber that isn't assigned to any project, total", Measure.SUM, {"9"}),
        ("how many timber orders have no project", Measure.COUNT, {"1"}),
        ("timber not booked to a project", Measure.LIST, {"9"}),
        ("which varnish purchases don't say who bought them", Measure.LIST, {"40"}),
        ("varnish spending with no buyer", Measure.SUM, {"40"}),
        ("varnish where nobody is noted as buyer", Measure.LIST, {"40"}),
        ("which vehicle bills have no invoice number", Measure.LIST, {"80", "11", "12"}),
    ],
)
def test_what_bears_nothing_under_a_key_is_listed_counted_or_added_up(
    index: Index, question: str, measure: Measure, cells: set[str]
) -> None:
    plan, found = asked(index, question)
    assert plan.measure is measure
    figures = {f"{cell:f}" for row in found.table.rows for cell in row if isinstance(cell, Decimal)}
    assert (figures or {str(cell) for row in found.table.rows for cell in row}) == cells


def test_what_goes_on_after_the_word_for_a_key_is_left_out_and_no_key_is_missing(index: Index) -> None:
    outcome = plan_question("timber without project costs", (), TODAY, index)
    assert not (isinstance(outcome, Plan) and any(each.absent for each in outcome.filters.metadata))


@pytest.mark.parametrize(
    ("question", "tags", "amount"),
    [
        ("what did the Kiel rally cost in 2024", ("moor-kiel",), "230"),
        ("what did the Kiel rally cost in 2025", ("moor-kiel-25",), "205"),
        ("how much did we spend on the Aalborg rally", ("moor-aalborg",), "75"),
        ("what did the rally in Aalborg cost", ("moor-aalborg",), "75"),
        ("what did the Kiel rallies cost together", ("moor-kiel", "moor-kiel-25"), "435"),
        ("what did the rallies cost in all", ("rally",), "510"),
    ],
)
def test_a_tag_of_a_kind_beside_one_of_that_kind_adds_nothing(
    index: Index, question: str, tags: tuple[str, ...], amount: str
) -> None:
    plan, found = asked(index, question)
    assert plan.filters.tags == tags
    assert [row[0] for row in found.table.rows] == [Decimal(amount)]


@pytest.mark.parametrize(
    "question",
    ["compare the two Kiel rallies", "what did both Kiel rallies cost, each", "the Kiel rallies side by side"],
)
def test_several_tags_of_one_name_are_told_apart_where_each_is_asked_for(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert [side.filters.tags for side in plan.compare] == [("moor-kiel",), ("moor-kiel-25",)]


def test_which_of_several_tags_is_meant_is_asked_of_one_occasion(index: Index) -> None:
    assert isinstance(plan_question("what did the Kiel rally cost", (), TODAY, index), Clarify)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("what did each of our trips cost", {"moor-kiel", "moor-kiel-25", "tarp-run"}),
        ("what did our trips cost", {"moor-kiel", "moor-kiel-25", "tarp-run"}),
        ("how much did we spend on camping by trip", {"tarp-run"}),
    ],
)
def test_trips_are_told_one_by_one_and_are_not_all_tags(index: Index, question: str, shown: set[str]) -> None:
    _, found = asked(index, question)
    rows = {str(row[0]).lstrip("#") for row in found.table.rows}
    assert shown <= rows
    assert not {"open-day", "new-year"} & rows


def test_who_got_most_of_the_money_for_something_is_asked_of_that(index: Index) -> None:
    plan, _ = asked(index, "who got most of the varnish money")
    assert plan.filters.accounts == ("Expenses:Varnish",)
    assert asked(index, "who got most of our money")[0].filters.accounts == ()


def test_an_occasion_of_another_place_is_none_of_those_that_are_tagged(index: Index) -> None:
    """The nearest by meaning is what was paid on another of them."""
    hotel = Candidate("Expenses:Travel", 0.7, 0.3, (Near("payee", "Hotel Krabbe", 0.7),), 0.6, ("Hotel Krabbe",))
    outcome = plan_question("what did the Turin rally cost", (), TODAY, index, meaning=lambda _: (hotel,))
    assert isinstance(outcome, Refusal)


def test_of_what_is_counted_by_the_piece_and_booked_nowhere_nothing_is_told(index: Index) -> None:
    outcome = plan_question("how many gizmos per leaflet", (), TODAY, index)
    assert isinstance(outcome, Refusal)
    assert "gizmos" in outcome.sentence


def test_projects_are_ranked_by_another_word_for_them(index: Index) -> None:
    plan, found = asked(index, "rank the builds by what we spent on them")
    assert (plan.measure, plan.by_key) == (Measure.SUM, "project")
    assert found.table.rows[0][0] == "river-ferry"


def test_accounts_are_weighed_against_each_other_within_a_label(index: Index) -> None:
    plan, found = asked(index, "timber vs varnish for the sea scout")
    assert [side.label for side in plan.compare] == ["timber", "varnish"]
    assert all(side.filters.metadata == (MetadataFilter("project", "sea-scout"),) for side in plan.compare)
    assert {Decimal(300), Decimal(40)} <= {cell for row in found.table.rows for cell in row}


@pytest.mark.parametrize("question", ["spending by project and supplier", "spending by supplier and project"])
def test_values_of_a_key_and_payees_are_told_apart_together(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert plan.group_by == (Grouping.METADATA, Grouping.PAYEE)
    assert ["river-ferry", "Farben Olt", Decimal(110)] in [list(row[:3]) for row in found.table.rows]


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("how much has Ines spent on timber", "400"),
        ("what did Ines buy for the river ferry, total", "350"),
        ("timber bought by Ines in 2024", "400"),
    ],
)
def test_what_somebody_bought_is_theirs_by_the_key_whatever_their_wages_are_called(
    index: Index, question: str, amount: str
) -> None:
    plan, found = asked(index, question)
    assert MetadataFilter("bought_by", "Ines") in plan.filters.metadata
    figures = [cell for row in found.table.rows for cell in row if isinstance(cell, Decimal)]
    assert sum(figures) == Decimal(amount)


def test_who_of_two_bought_more_is_told_by_the_key(index: Index) -> None:
    plan, _ = asked(index, "who bought more timber, Ines or Jon")
    assert [side.label for side in plan.compare] == ["Ines", "Jon"]
    assert all(side.filters.accounts == ("Expenses:Timber",) for side in plan.compare)


@pytest.mark.parametrize("question", ["how much did Ines earn in 2024", "what did we get for Ines in 2024"])
def test_what_somebody_earned_bears_no_key_of_what_they_bought(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.filters.accounts == ("Income:Wages:Ines",)
    assert not plan.filters.metadata


@pytest.mark.parametrize(
    ("question", "sides"),
    [("what did Smutje cost us", []), ("Smutje vs Bootsmann at the vet", ["Smutje", "Bootsmann"])],
)
def test_a_value_that_few_entries_bear_is_what_a_word_means_that_stands_nowhere_else(
    index: Index, question: str, sides: list[str]
) -> None:
    plan, _ = asked(index, question)
    assert [side.label for side in plan.compare] == sides
    assert sides or plan.filters.metadata == (MetadataFilter("pet", "Smutje"),)


@pytest.mark.parametrize(
    "question", ["meals on card 3318", "meals not on card 3318", "what did we spend without a card"]
)
def test_what_is_noted_on_the_posting_that_paid_tells_nothing_of_what_it_went_on(index: Index, question: str) -> None:
    outcome = plan_question(question, (), TODAY, index)
    assert isinstance(outcome, Refusal)
    assert "card" in outcome.sentence


def test_so_many_of_each_year_are_not_the_first_of_all_years(index: Index) -> None:
    plan, found = asked(index, "top 2 categories each year")
    assert (plan.limit, plan.limit_by, plan.group_by) == (2, Grouping.YEAR, (Grouping.YEAR, Grouping.ACCOUNT))
    assert [row[0] for row in found.table.rows] == ["2024", "2024", "2025", "2025"]
    assert asked(index, "top 2 categories in 2024")[0].limit == 2


def test_what_a_counter_says_now_is_read_off_last(index: Index) -> None:
    plan, found = asked(index, "odometer now")
    assert plan.limit == 1
    assert "93100" in {str(cell) for row in found.table.rows for cell in row}
    assert len(asked(index, "odometer readings")[1].table.rows) > 3


def test_the_word_for_occasions_beside_their_tags_names_nothing(index: Index) -> None:
    plan, found = asked(index, "which of our holidays was dearer, moor-kiel-25 or tarp-run")
    assert [side.filters.tags for side in plan.compare] == [("moor-kiel-25",), ("tarp-run",)]
    assert {Decimal(205), Decimal(77)} <= {cell for row in found.table.rows for cell in row}


def test_another_label_left_out_besides_the_one_before(index: Index) -> None:
    before = "timber without the sea scout"
    plan, found = asked(index, "and without the river ferry too?", None, before)
    assert {each.value for each in plan.filters.metadata} == {"sea-scout", "river-ferry"}
    assert [row[0] for row in found.table.rows] == [9]
    plan, _ = asked(index, "and without the river ferry?", None, before)
    assert {each.value for each in plan.filters.metadata} == {"river-ferry"}


@pytest.mark.parametrize(
    "question",
    [
        "weekday with the most spending in 2024",
        "spending by day of week in 2024",
    ],
)
def test_which_weekday_is_no_working_day(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.group_by == (Grouping.WEEKDAY,)
    assert plan.filters.weekdays == ()


def test_working_days_are_still_told_from_weekends(index: Index) -> None:
    assert [side.label for side in asked(index, "do we spend more on a weekday or at the weekend")[0].compare] == [
        "weekdays",
        "weekends",
    ]


def test_what_no_key_says_of_a_label_is_not_what_was_spent_on_it(index: Index) -> None:
    outcome = plan_question("what's the deadline for the sea scout", (), TODAY, index)
    assert isinstance(outcome, Refusal)
    assert rows_of("what's the total for the sea scout", index, Measure.SUM)[0][0] == "340"
