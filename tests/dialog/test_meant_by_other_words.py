"""Spending asked for in words that are no names of accounts: found by what is meant, and no false friend counted.

Two households: one has a few coarse accounts, whose entries alone say what was bought; the other many wordy ones.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.vocabulary import vocabulary
from ledgerqa.dialog.linking.candidates import Candidate, Near
from ledgerqa.dialog.linking.false_friends import is_false_friend
from ledgerqa.dialog.linking.meaning import link_of
from ledgerqa.records import Filters, Grouping, Plan, Refusal
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.records import Outcome
    from tests.conftest import MakeLedger

TODAY = dt.date(2025, 6, 30)
COARSE = """
2023-01-01 open Assets:Giro
2023-01-01 open Expenses:Jaunts
2023-01-01 open Expenses:Monthlies
2023-01-01 open Expenses:Stores
2023-01-01 open Expenses:Odd

2024-01-10 * "CARD 0311 THE PLOUGH INN" ""
  Expenses:Jaunts  20.00 GBP
  Assets:Giro
2024-02-11 * "CARD 0311 LUIGIS 88" "table for two"
  Expenses:Jaunts  41.00 GBP
  Assets:Giro
2024-03-02 * "SKYBIRD" "to Faro"
  Expenses:Jaunts  180.00 GBP
  Assets:Giro
2024-03-05 * "CARD 0311 ROXY 14" ""
  Expenses:Jaunts  15.00 GBP
  Assets:Giro
2024-04-04 * "MR A HOLLIS BDS" "white filling"
  Expenses:Odd  70.00 GBP
  Assets:Giro
2024-05-04 * "GREENACRE GROUP" "kennel cough"
  Expenses:Odd  55.00 GBP
  Assets:Giro
2024-06-04 * "CORNER & SON" "decking oil"
  Expenses:Stores  9.00 GBP
  Assets:Giro
2024-06-11 * "CORNER & SON" "rake"
  Expenses:Stores  12.00 GBP
  Assets:Giro
2024-06-18 * "CORNER & SON" "shelving"
  Expenses:Stores  30.00 GBP
  Assets:Giro
2024-06-20 * "DD LIBRA" "trainers"
  Expenses:Stores  60.00 GBP
  Assets:Giro
2024-07-01 * "DD HARE & CO" ""
  Expenses:Monthlies  25.00 GBP
  Assets:Giro
"""
WORDY = """
2023-01-01 open Assets:Current
2023-01-01 open Expenses:Our-Days:Getting-Away
2023-01-01 open Expenses:Our-Days:Bus-And-Boat
2023-01-01 open Expenses:Our-Days:Cups-And-Cake
2023-01-01 open Expenses:Our-Days:Transport

2024-01-10 * "Lakeside Lets" "cabin"
  Expenses:Our-Days:Getting-Away  300.00 EUR
  Assets:Current
2024-02-10 * "Metro Kombi" "top-up"
  Expenses:Our-Days:Bus-And-Boat  40.00 EUR
  Assets:Current
2024-02-12 * "Cafe Blau" ""
  Expenses:Our-Days:Cups-And-Cake  6.00 EUR
  Assets:Current
2024-02-14 * "Rohr & Sohn Plumbing" "tap"
  Expenses:Our-Days:Cups-And-Cake  90.00 EUR
  Assets:Current
2024-02-15 * "Velo Huber" "saddle"
  Expenses:Our-Days:Transport  35.00 EUR
  Assets:Current
"""


@pytest.fixture(scope="module")
def coarse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    yield from _opened(COARSE, tmp_path_factory)


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    yield from _opened(WORDY, tmp_path_factory)


def _opened(ledger: str, factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = factory.mktemp("meant")
    main = folder / "main.beancount"
    main.write_text(ledger, encoding="utf-8")
    build(main, folder / "data")
    with open_index(main, folder / "data") as opened:
        yield opened


def _near(words: str) -> tuple[Candidate, ...]:
    """What an encoder finds near, a score far ahead of all else."""
    found = {
        "flights": _account("Expenses:Jaunts", 0.45, "SKYBIRD", "LUIGIS", "PLOUGH", "ROXY"),
        "nights out": _account("Expenses:Jaunts", 0.6, "SKYBIRD", "LUIGIS", "PLOUGH", "ROXY"),
        "pastries": _account("Expenses:Our-Days:Cups-And-Cake", 0.45, "Cafe Blau"),
        "ferries": _account("Expenses:Our-Days:Bus-And-Boat", 0.45, "Metro Kombi"),
        "getting around": _account("Expenses:Our-Days:Getting-Away", 0.48, "Lakeside Lets"),
        "petrol": _text("Expenses:Stores", Near("narration", "decking oil", 0.42), "CORNER & SON"),
        "gym": _text("Expenses:Stores", Near("narration", "trainers", 0.63), "DD LIBRA"),
        "food": _text("Expenses:Monthlies", Near("payee", "DD HARE & CO", 0.6), "DD HARE & CO"),
    }
    return (found[words],) if words in found else ()


def _account(name: str, cosine: float, *payees: str) -> Candidate:
    return Candidate(name, 0.5, 0.3, (Near("account", name, cosine),), 0.4, payees)


def _text(account: str, near: Near, payee: str) -> Candidate:
    return Candidate(account, 0.5, 0.3, (near,), 0.4, (payee,))


def _asked(question: str, index: Index) -> Outcome:
    return plan_question(question, [], TODAY, index, meaning=_near)


def _filters(question: str, index: Index, *history: str) -> Filters:
    plan = plan_question(question, history, TODAY, index, meaning=_near)
    assert isinstance(plan, Plan), plan
    return plan.filters


def _payees(filters: Filters) -> set[str]:
    return {payee for mention in filters.mentions for payee in mention.payees}


@pytest.mark.parametrize(
    "question",
    [
        "how much for the dentist and the vet in 2024",
        "dentist & vet, 2024",
        "dentist plus the vet in 2024?",
        "what did we pay the vet and the dentist in 2024",
    ],
)
def test_each_of_several_words_is_looked_for_alone(question: str, coarse: Index) -> None:
    assert _payees(_filters(question, coarse)) == {"MR A HOLLIS BDS", "GREENACRE GROUP"}


def test_two_sides_in_other_words_are_compared(coarse: Index) -> None:
    plan = _asked("did we spend more on the dentist or the vet in 2024", coarse)
    assert isinstance(plan, Plan)
    assert [_payees(side.filters) for side in plan.compare] == [{"MR A HOLLIS BDS"}, {"GREENACRE GROUP"}]


@pytest.mark.parametrize("question", ["gym and dentist in 2024", "dentist and gym in 2024", "dentist vs gym in 2024"])
def test_one_of_several_that_is_not_there_is_said_and_not_passed_over(question: str, coarse: Index) -> None:
    refused = _asked(question, coarse)
    assert isinstance(refused, Refusal)
    assert '"gym"' in refused.sentence


@pytest.mark.parametrize("question", ["plumber and ferries in 2024", "ferries and the plumber in 2024"])
def test_beside_what_is_called_so_another_word_is_looked_for(question: str, wordy: Index) -> None:
    plan = _asked(question, wordy)
    assert isinstance(plan, Plan)
    sides = {(tuple(side.filters.accounts), tuple(_payees(side.filters))) for side in plan.compare}
    assert sides == {((), ("Rohr & Sohn Plumbing",)), (("Expenses:Our-Days:Bus-And-Boat",), ())}


def test_beside_what_is_called_so_a_lost_word_is_said(wordy: Index) -> None:
    refused = _asked("plumber and zeppelins in 2024", wordy)
    assert isinstance(refused, Refusal)
    assert '"zeppelins"' in refused.sentence
    assert isinstance(_asked("plumber and whatnot in 2024", wordy), Plan)


def test_what_is_left_out_is_looked_for_alone(wordy: Index) -> None:
    filters = _filters("ferries without the pastries in 2024", wordy)
    assert filters.accounts == ("Expenses:Our-Days:Bus-And-Boat",)
    assert filters.exclude_accounts == ("Expenses:Our-Days:Cups-And-Cake",)


@pytest.mark.parametrize(
    "question",
    [
        "what did going out cost us in 2024",
        "how much on going out in 2024",
        "going out in 2024",
        "going out without the dentist in 2024",
    ],
)
def test_a_pastime_that_is_not_there_is_not_all_spending(question: str, coarse: Index) -> None:
    refused = _asked(question, coarse)
    assert isinstance(refused, Refusal)
    assert '"going out"' in refused.sentence


def test_what_is_going_out_is_all_spending(coarse: Index) -> None:
    plan = _asked("how much is going out each month", coarse)
    assert isinstance(plan, Plan)
    assert not plan.filters.accounts


@pytest.mark.parametrize("question", ["getting around in 2024, without cafes", "spent on getting around in 2024"])
def test_a_pastime_is_an_account_of_that_kind_whatever_is_heard(question: str, wordy: Index) -> None:
    heard = Scripted({"measure": ("sum", 0.97), "flow": ("spend", 0.97)}, {"cafes": "EXCLUDE"})
    plan = plan_question(question, [], TODAY, wordy, understander=heard, meaning=_near)
    assert isinstance(plan, Plan)
    assert plan.filters.accounts == ("Expenses:Our-Days:Transport",)


def test_a_pastime_is_no_account_for_its_letters(make_ledger: MakeLedger) -> None:
    main = make_ledger(WORDY.replace(":Transport", ":Notes"))
    build(main, main.parent / "data")
    with open_index(main, main.parent / "data") as index:
        assert isinstance(_asked("getting around in 2024", index), Refusal)


@pytest.mark.parametrize("words", ["flights", "petrol", "gym", "food"])
def test_what_is_near_and_not_meant_is_only_offered(words: str, coarse: Index) -> None:
    refused = _asked(f"how much on {words} in 2024", coarse)
    assert isinstance(refused, Refusal)
    assert refused.suggestions


def test_what_is_near_and_meant_is_told(coarse: Index, wordy: Index) -> None:
    assert _filters("how much on ferries in 2024", wordy).accounts == ("Expenses:Our-Days:Bus-And-Boat",)
    assert _filters("how much on nights out in 2024", coarse).accounts == ("Expenses:Jaunts",)


@pytest.mark.parametrize(
    "question", ["plumber, ferries and pastries in 2024", "ferries, pastries and the plumber 2024"]
)
def test_three_of_unlike_kinds_in_a_list_are_told_each(question: str, wordy: Index) -> None:
    plan = _asked(question, wordy)
    assert isinstance(plan, Plan)
    named = {
        *plan.filters.accounts,
        *(name for side in plan.compare for name in side.filters.accounts),
        *(payee for side in plan.compare for payee in _payees(side.filters)),
    }
    assert {"Expenses:Our-Days:Bus-And-Boat", "Expenses:Our-Days:Cups-And-Cake"} <= named


def test_what_narrows_is_no_side_of_its_own(wordy: Index) -> None:
    plan = _asked("cups and cake at Cafe Blau or Velo Huber in 2024", wordy)
    assert isinstance(plan, Plan)
    assert {side.filters.accounts for side in plan.compare} == {("Expenses:Our-Days:Cups-And-Cake",)}
    assert [_payees(side.filters) for side in plan.compare] == [{"Cafe Blau"}, {"Velo Huber"}]


FALSE_FRIENDS = """
2023-01-01 open Assets:Giro
2023-01-01 open Expenses:Any

2024-01-10 * "BOOTS 1188" "tablets"
  Expenses:Any  8.00 GBP
  Assets:Giro
2024-01-11 * "Upland Food Bank" ""
  Expenses:Any  30.00 GBP
  Assets:Giro
2024-01-12 * "DON'S GARAGE" ""
  Expenses:Any  90.00 GBP
  Assets:Giro
2024-01-13 * "DD PUREGYM LTD" ""
  Expenses:Any  25.00 GBP
  Assets:Giro
2024-01-14 * "Pine & Co" "coffee table"
  Expenses:Any  65.00 GBP
  Assets:Giro
2024-01-15 * "Dr Hanley DDS" ""
  Expenses:Any  75.00 GBP
  Assets:Giro
2024-01-16 * "Quay Ortho" ""
  Expenses:Any  105.00 GBP
  Assets:Giro
2024-01-17 * "DD OVER ENERGY" ""
  Expenses:Any  44.00 GBP
  Assets:Giro
"""


@pytest.fixture(scope="module")
def noisy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    yield from _opened(FALSE_FRIENDS, tmp_path_factory)


@pytest.mark.parametrize("words", ["the boat", "food", "coffee"])
def test_a_name_that_only_holds_the_word_is_not_meant(words: str, noisy: Index) -> None:
    assert isinstance(_asked(f"how much did we spend on {words} in 2024", noisy), Refusal)


@pytest.mark.parametrize(
    ("question", "payees"),
    [
        ("what did we give to charity in 2024", {"Upland Food Bank"}),
        ("how much did we give away in 2024", {"Upland Food Bank"}),
        ("how much for workouts in 2024", {"DD PUREGYM LTD"}),
        ("the dentist in 2024", {"Dr Hanley DDS"}),
        ("the orthodontist in 2024", {"Quay Ortho"}),
        ("how much did we spend on the food bank in 2024", {"Upland Food Bank"}),
        ("boots in 2024", {"BOOTS 1188"}),
        ("who is our energy supplier?", {"DD OVER ENERGY"}),
        ("who's our dentist", {"Dr Hanley DDS"}),
        ("what is our orthodontist called", {"Quay Ortho"}),
    ],
)
def test_whom_the_words_mean_by_name(question: str, payees: set[str], noisy: Index) -> None:
    assert _payees(_filters(question, noisy)) == payees


def test_a_charity_that_keeps_the_books_gives_nothing_to_itself(noisy: Index) -> None:
    plan = _asked("how much did the charity spend in 2024", noisy)
    assert isinstance(plan, Plan)
    assert not plan.filters.mentions


def test_who_supplies_it_is_told_by_payee(noisy: Index) -> None:
    plan = _asked("which energy supplier do we use", noisy)
    assert isinstance(plan, Plan)
    assert plan.group_by == (Grouping.PAYEE,)


HOME = """
2023-01-01 open Assets:Giro
2023-01-01 open Expenses:Food:Home
2023-01-01 open Expenses:Pets:Food
2023-01-01 open Expenses:Presents
2023-01-01 open Expenses:Body
2023-01-01 open Expenses:Abode:Repairs
2023-01-01 open Expenses:Abode:Rent
2023-01-01 open Expenses:Trips

2024-01-10 * "Corner" "bread"
  Expenses:Food:Home  8.00 GBP
  Assets:Giro
2024-01-11 * "Corner" "tins"
  Expenses:Pets:Food  9.00 GBP
  Assets:Giro
2024-01-12 * "Arcade" "scarf"
  Expenses:Presents  25.00 GBP
  Assets:Giro
2024-01-13 * "Mr Hollis" "crown"
  Expenses:Body  65.00 GBP
  Assets:Giro
2024-01-14 * "Mr Hollis" "root canal"
  Expenses:Body  75.00 GBP
  Assets:Giro
2024-01-15 * "Greenacre" "kitten's teeth"
  Expenses:Pets:Food  105.00 GBP
  Assets:Giro
2024-01-16 * "Greenacre" "worming"
  Expenses:Pets:Food  15.00 GBP
  Assets:Giro
2024-01-17 * "Greenacre" "jabs"
  Expenses:Pets:Food  15.00 GBP
  Assets:Giro
2024-01-18 * "Nails & Co" "door"
  Expenses:Abode:Repairs  44.00 GBP
  Assets:Giro
2024-01-19 * "Lets" "rent"
  Expenses:Abode:Rent  440.00 GBP
  Assets:Giro
2024-01-20 * "Lakeside" "cabin"
  Expenses:Trips  140.00 GBP
  Assets:Giro
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    yield from _opened(HOME, tmp_path_factory)


@pytest.mark.parametrize(
    ("words", "accounts"),
    [
        ("grub", ("Expenses:Food",)),
        ("our moggy", ("Expenses:Pets",)),
        ("furry friends", ("Expenses:Pets",)),
        ("prezzies", ("Expenses:Presents",)),
        ("home improvements", ("Expenses:Abode:Repairs",)),
        ("doing up the house", ("Expenses:Abode:Repairs",)),
        ("getaways", ("Expenses:Trips",)),
    ],
)
def test_words_of_the_street_are_known(words: str, accounts: tuple[str, ...], home: Index) -> None:
    assert _filters(f"how much on {words} in 2024", home).accounts == accounts


def test_a_trade_is_not_what_one_bill_of_another_happens_to_say(home: Index) -> None:
    assert _payees(_filters("how much did we spend on teeth in 2024", home)) == {"Mr Hollis"}


@pytest.mark.parametrize("words", ["staying warm", "keeping fit"])
def test_what_one_keeps_doing_is_looked_for_as_a_whole(words: str, home: Index) -> None:
    refused = _asked(f"how much on {words} in 2024", home)
    assert isinstance(refused, Refusal)
    assert f'"{words}"' in refused.sentence


def test_what_a_figure_works_out_at_is_no_workout(noisy: Index) -> None:
    filters = _filters("what does the energy work out at per month", noisy)
    assert _payees(filters) == {"DD OVER ENERGY"}


@pytest.mark.parametrize(
    ("history", "question", "payees"),
    [
        (("dentist and vet in 2024",), "and in 2023?", {"MR A HOLLIS BDS", "GREENACRE GROUP"}),
        (("how much at the dentist in 2024",), "and the vet?", {"GREENACRE GROUP"}),
        (("how much at skybird in 2024",), "what about the dentist?", {"MR A HOLLIS BDS"}),
        (("the dentist in 2024", "and the vet?"), "and in 2023?", {"GREENACRE GROUP"}),
        (("what did we spend on jaunts in 2024",), "and at the vet?", {"GREENACRE GROUP"}),
    ],
)
def test_in_other_words_what_was_asked_before_goes_on(
    history: tuple[str, ...], question: str, payees: set[str], coarse: Index
) -> None:
    filters = _filters(question, coarse, *history)
    assert _payees(filters) == payees
    assert not filters.accounts


def test_what_narrows_what_was_asked_before_is_kept_with_it(coarse: Index) -> None:
    filters = _filters("and just the dentist?", coarse, "what did we spend on odd in 2024")
    assert (filters.accounts, _payees(filters)) == (("Expenses:Odd",), {"MR A HOLLIS BDS"})


ANAS = """
2023-01-01 open Assets:Giro
2023-01-01 open Expenses:Any

2023-12-10 * "Arcade" "scarf for Mum, Christmas"
  Expenses:Any  20.00 GBP
  Assets:Giro
2024-04-11 * "Arcade" "present for Bo"
  Expenses:Any  30.00 GBP
  Assets:Giro
2024-05-10 * "Shoe Barn" "sandals, Ana"
  Expenses:Any  35.00 GBP
  Assets:Giro
2024-06-10 * "Mr Oak" "half hour, Ana"
  Expenses:Any  25.00 GBP
  Assets:Giro
"""


@pytest.fixture(scope="module")
def anas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    yield from _opened(ANAS, tmp_path_factory)


@pytest.mark.parametrize("words", ["music lessons", "guitar", "car insurance"])
def test_what_is_asked_of_somebody_is_not_all_that_is_hers(words: str, anas: Index) -> None:
    assert isinstance(_asked(f"how much for Ana's {words} so far", anas), Refusal)


def test_christmas_presents_are_what_was_given_then(anas: Index) -> None:
    filters = _filters("how much went on christmas presents in 2023", anas)
    assert [mention.narrations for mention in filters.mentions] == [("scarf for Mum, Christmas",)]


@pytest.mark.parametrize(
    "question", ["what did it all cost in 2024: petrol, flights, dentist", "dentist, petrol, flights in 2024"]
)
def test_none_of_a_bare_list_is_passed_over(question: str, coarse: Index) -> None:
    assert isinstance(_asked(question, coarse), Refusal)


def test_a_bare_list_is_told_as_a_whole(coarse: Index) -> None:
    assert _payees(_filters("dentist, vet in 2024", coarse)) == {"MR A HOLLIS BDS", "GREENACRE GROUP"}


def test_one_of_a_list_that_a_model_takes_for_plain_is_looked_for(coarse: Index) -> None:
    heard = Scripted({"measure": ("sum", 0.97), "flow": ("spend", 0.97)}, {"teeth": "NAME"})
    refused = plan_question("eyes and teeth in 2024", [], TODAY, coarse, understander=heard, meaning=_near)
    assert isinstance(refused, Refusal)
    assert '"eyes"' in refused.sentence


def test_flowers_for_somebody_are_no_scarf(anas: Index) -> None:
    filters = _filters("what did we pay for sandals for Mum", anas)
    assert len(filters.mentions) == 2


DOCTORS = """
2023-01-01 open Assets:Giro
2023-01-01 open Expenses:Van-Doctor
2023-01-01 open Expenses:Practitioners
2023-01-01 open Expenses:Cat

2024-01-10 * "Rusty's" "oil"
  Expenses:Van-Doctor  80.00 GBP
  Assets:Giro
2024-02-10 * "Keen & Co" "new glasses"
  Expenses:Practitioners  180.00 GBP
  Assets:Giro
2024-03-10 * "Dr Pell" "check-up"
  Expenses:Practitioners  40.00 GBP
  Assets:Giro
2024-04-10 * "Greenacre" "vaccination"
  Expenses:Cat  45.00 GBP
  Assets:Giro
2024-05-10 * "Greenacre" "worming"
  Expenses:Cat  15.00 GBP
  Assets:Giro
2024-05-12 * "Arcade" "card, mother's day"
  Expenses:Cat  5.00 GBP
  Assets:Giro
"""


@pytest.fixture(scope="module")
def doctors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    yield from _opened(DOCTORS, tmp_path_factory)


def test_an_eye_doctor_is_no_doctor_of_vans(doctors: Index) -> None:
    assert _payees(_filters("what did the eye doctor cost in 2024", doctors)) == {"Keen & Co"}
    assert _filters("what did the van doctor cost in 2024", doctors).accounts == ("Expenses:Van-Doctor",)


def test_who_vaccinates_a_cat_is_no_family_doctor(doctors: Index) -> None:
    assert "Greenacre" not in _payees(_filters("what did we pay the family doctor in 2024", doctors))


def test_a_named_day_stands_in_what_entries_say(doctors: Index) -> None:
    filters = _filters("what did mother's day cost in 2024", doctors)
    assert [mention.narrations for mention in filters.mentions] == [("card, mother's day",)]


@pytest.mark.parametrize(
    "question", ["guitar lessons, the dentist and the vet in 2024", "the vet and the dentist trips in 2024"]
)
def test_a_word_behind_a_name_is_no_other_thing(question: str, coarse: Index) -> None:
    outcome = _asked(question, coarse)
    lost = outcome.lacks if isinstance(outcome, Refusal) else ""
    assert lost in {"", "guitar lessons", "guitar"}


@pytest.mark.parametrize("aside", ["ferries", "petrol"])
def test_what_is_said_aside_is_not_looked_for_by_meaning(aside: str, coarse: Index) -> None:
    asked: list[str] = []

    def meaning(words: str) -> tuple[Candidate, ...]:
        asked.append(words)
        return ()

    plan = plan_question(f"the dentist and the vet in 2024, honestly {aside}ish", [], TODAY, coarse, meaning=meaning)
    assert isinstance(plan, Plan)
    assert not asked


def test_a_kitchen_is_fitted_and_not_eaten_in(wordy: Index) -> None:
    names = vocabulary(wordy)
    near, garden = _account("Expenses:Our-Days:Restaurants", 0.56), _account("Expenses:Home:Furniture", 0.56)
    assert is_false_friend("new kitchen", near, link_of(near), names)
    assert not is_false_friend("new kitchen", garden, link_of(garden), names)
    assert not is_false_friend("lunches", near, link_of(near), names)
