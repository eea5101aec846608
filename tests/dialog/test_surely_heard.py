"""What a model is certain of stands against single words of the rules; what it doubts does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from ledgerqa.backends.protocols import Labelled, Understanding
from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.understanding.own_tongue import in_own_tongue, of_any_tongue
from ledgerqa.records import Plan, Refusal

from .asking import Scripted, understanding
from .digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledgerqa.corpus import Index
    from ledgerqa.records import Outcome

TODAY = dt.date(2025, 6, 30)
LEDGER = """
2023-01-01 open Assets:Bank
2023-01-01 open Assets:Savings
2023-01-01 open Assets:Till
2023-01-01 open Assets:CashOnHand
2023-01-01 open Expenses:Car
2023-01-01 open Expenses:Groceries
2023-01-01 open Expenses:Kids
2023-01-01 open Expenses:News
2023-01-01 open Expenses:Pub
2023-01-01 open Income:Salary
2023-01-01 open Income:Interest
2023-01-05 * "Fairlea" "food"
  Expenses:Groceries 40.00 EUR
  Assets:Bank
2024-01-05 * "Fairlea" "food"
  Expenses:Groceries 50.00 EUR
  Assets:Bank
2024-02-05 * "Fairlea" "food"
  Expenses:Groceries 30.00 EUR
  Assets:Till
2024-03-05 * "Toyland" "blocks"
  Expenses:Kids 20.00 EUR
  Assets:Bank
2024-03-06 * "The Sunday Times" "a month"
  Expenses:News 12.00 EUR
  Assets:Bank
2024-03-07 * "Garage" "tyres"
  Expenses:Car 60.00 EUR
  Assets:Bank
2024-03-08 * "Red Lion" "beer"
  Expenses:Pub 8.00 EUR
  Assets:Bank
2024-04-05 * "Works" "pay"
  Income:Salary -900.00 EUR
  Assets:Bank
2024-04-06 * "Works" "pay, in cash"
  Income:Salary -100.00 EUR
  Assets:CashOnHand
2024-05-05 * "Bank" "interest"
  Income:Interest -3.00 EUR
  Assets:Savings
2024-05-06 * "Bank" "interest"
  Income:Interest -1.00 EUR
  Assets:Bank
2024-06-04 * "Fairlea" "food, by telephone"
  contact: "news"
  Expenses:Groceries 5.00 EUR
  Assets:Bank
2024-06-05 * "put by"
  Assets:Savings 200.00 EUR
  Assets:Bank
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("surely")
    main = folder / "main.beancount"
    main.write_text(LEDGER, encoding="utf-8")
    build(main, folder / "data")
    with open_index(main, folder / "data") as opened:
        yield opened


def planned(question: str, index: Index, model: Scripted | None = None) -> Outcome:
    return plan_question(question, [], TODAY, index, understander=model)


NAMED = {"groceries": "NAME"}
SPENT = {"measure": ("sum", 0.97), "flow": ("spend", 0.97)}


def listed(sure: float) -> dict[str, tuple[str, float]]:
    return {"measure": ("list", sure)}


# ------------------------------------------------------------------------------------------- words that name nothing


def test_a_word_that_is_likely_an_ordinary_one_is_passed_over_beside_a_name(index: Index) -> None:
    question = "groceries in 2024 from the airports, in total"
    outcome = planned(question, index, Scripted(SPENT, NAMED, ordinary=0.85))
    assert digest(outcome) == "sum Expenses:Groceries 2024"
    assert isinstance(outcome, Plan)
    assert any(note.startswith("not read: ") and "airports" in note for note in outcome.reading)
    doubted = planned(question, index, Scripted(SPENT, NAMED, ordinary=0.6))
    assert isinstance(doubted, Refusal)
    assert "airports" in doubted.lacks


def test_where_nothing_is_named_a_word_must_be_more_surely_an_ordinary_one(index: Index) -> None:
    question = "what is the dumbest thing we bought in 2024"
    fields = {"measure": ("list", 0.97), "flow": ("spend", 0.9), "order": ("-amount", 0.9), "single": ("yes", 0.9)}
    assert isinstance(planned(question, index, Scripted(fields, ordinary=0.93)), Plan)
    assert isinstance(planned(question, index, Scripted(fields, ordinary=0.85)), Refusal)


def test_a_name_with_a_capital_is_missed_where_it_is_all_that_is_named(index: Index) -> None:
    fields = {"measure": ("list", 0.97), "order": ("-date", 0.9), "single": ("yes", 0.9)}
    assert isinstance(planned("when did I last pay Alliant", index, Scripted(fields, ordinary=0.93)), Refusal)


def test_the_word_kind_is_no_child(index: Index) -> None:
    fields = SPENT | {"group": ("account", 0.97), "order": ("-amount", 0.9), "single": ("yes", 0.9)}
    outcome = planned("what kind of cost came top in 2024", index, Scripted(fields))
    assert digest(outcome) == "sum expenses 2024 by account order -amount limit 1"


# ---------------------------------------------------------------------------------------------- what is asked for


@pytest.mark.parametrize(
    ("question", "sure", "expected"),
    [
        ("groceries in 2024, lines", 0.96, "list Expenses:Groceries 2024"),
        ("groceries in 2024, lines", 0.6, "sum Expenses:Groceries 2024"),
        ("groceries in 2024, item by item", 0.97, "list Expenses:Groceries 2024"),
        ("groceries in 2024, item by item", 0.93, "sum Expenses:Groceries 2024 by account"),
    ],
)
def test_entries_are_listed_where_a_model_is_certain_of_it(
    question: str, sure: float, expected: str, index: Index
) -> None:
    assert digest(planned(question, index, Scripted(listed(sure), NAMED))) == expected


def test_an_average_of_months_is_one_figure(index: Index) -> None:
    fields = {"measure": ("average", 0.97), "flow": ("spend", 0.97), "per": ("month", 0.97)}
    outcome = planned("what do groceries run to a month", index, Scripted(fields, NAMED))
    assert digest(outcome) == "average Expenses:Groceries per month"


@pytest.mark.parametrize(
    ("question", "fields", "expected"),
    [
        (
            "how much should I tell them that groceries average each month in 2024",
            {"measure": ("average", 0.95), "flow": ("spend", 0.95), "per": ("month", 0.95)},
            "average Expenses:Groceries 2024 per month",
        ),
        (
            "set groceries 2023 beside 2024 for me",
            SPENT | {"compare": ("yes", 0.97)},
            "sum Expenses:Groceries [2023: Expenses:Groceries 2023] [2024: Expenses:Groceries 2024]",
        ),
    ],
)
def test_what_is_surely_asked_is_not_declined(
    question: str, fields: dict[str, tuple[str, float]], expected: str, index: Index
) -> None:
    assert digest(planned(question, index, Scripted(fields, NAMED))) == expected
    doubted = {name: (said, 0.8) if name == "measure" else (said, sure) for name, (said, sure) in fields.items()}
    assert isinstance(planned(question, index, Scripted(doubted, NAMED)), Refusal)


def test_what_no_entry_can_tell_is_declined_whatever_is_heard(index: Index) -> None:
    question = "How much did Pudding weigh when the vet last put her on the scales?"
    assert isinstance(planned(question, index, Scripted(SPENT)), Refusal)


def test_how_far_an_account_is_from_nothing_is_its_balance(index: Index) -> None:
    model = Scripted({"measure": ("balance", 0.8)}, {"savings": "NAME"})
    assert digest(planned("how far are savings from zero", index, model)) == "balance Assets:Savings"
    assert isinstance(planned("how far is the moon", index, model), Refusal)


def test_of_events_nothing_is_asked_back_where_there_are_none(index: Index) -> None:
    outcome = planned("when did the shop change address", index, Scripted({"measure": ("events", 0.97)}))
    assert isinstance(outcome, Refusal)


def test_a_question_that_stands_alone_points_at_nothing(index: Index) -> None:
    fields = {"measure": ("sum", 0.97), "flow": ("income", 0.97), "group": ("month", 0.97), "order": ("-amount", 0.9)}
    fields |= {"single": ("yes", 0.9)}
    question = "what month did I rake it in the most in 2024"
    assert digest(planned(question, index, Scripted(fields))) == "sum income 2024 by month order -amount limit 1"
    leaning = Scripted(fields | {"follow_up": ("yes", 0.4)})
    assert digest(planned(question, index, leaning)).startswith("clarify")


# ------------------------------------------------------------------------------------------- what it goes through


def test_money_that_a_model_hears_moved_is_added_up(index: Index) -> None:
    question = "how much have we stuffed into savings in 2024"
    model = Scripted({"measure": ("sum", 0.96)}, {"savings": "NAME"})
    assert digest(planned(question, index, model)) == "sum Assets:Savings + with Assets:Bank 2024"
    assert digest(planned(question, index)).startswith("balance Assets:Savings")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("groceries in 2024, savings only", "sum Expenses:Groceries with Assets:Savings 2024"),
        ("how much was paid for groceries from till in 2024", "sum Expenses:Groceries with Assets:Till 2024"),
        ("how much interest came into savings in 2024", "sum Income:Interest with Assets:Savings 2024"),
        ("interest on savings in 2024", "sum Income:Interest 2024"),
        ("what did The Sunday Times cost in 2024", "sum expenses <The Sunday Times> 2024"),
        ("news costs in 2024", "sum Expenses:News 2024"),
        ("what did the car cost in 2024", "sum Expenses:Car 2024"),
        ("what did buses cost in 2024", "refuse"),
        ("what did we spend on advertising in 2024", "refuse"),
        ("news bills in 2024 in total", "sum Expenses:News 2024"),
        ("how far is the moon", "refuse"),
        ("spending by day of the week", "sum expenses by weekday"),
        (
            "what day of the week do we shop the most often in 2024",
            "count expenses 2024 by weekday order -amount limit 1",
        ),
        ("groceries for each day of the week in 2024", "sum Expenses:Groceries 2024 by weekday"),
        ("groceries by payee in 2024", "sum Expenses:Groceries 2024 by payee"),
        ("what came out of the 401k in 2024", "refuse"),
        ("what's the most expensive thing I ever bought", "list expenses + order -amount limit 1"),
    ],
)
def test_by_rules_alone(question: str, expected: str, index: Index) -> None:
    assert digest(planned(question, index)) == expected


def test_those_who_paid_are_no_rows(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.97), "flow": ("income", 0.97)})
    assert digest(planned("total paid in by members in 2024", index, model)) == "sum income 2024"
    assert digest(planned("total paid in per member in 2024", index, model)) != "sum income 2024"


# ------------------------------------------------------------------------------------------------- other languages


@dataclass(frozen=True)
class TwoTexts:
    """A model with something to say of each of some texts."""

    said: Mapping[str, Understanding]
    name: str = "two"
    sha256: str = "0"

    def understand(self, text: str) -> Understanding:
        return self.said[text]


def test_a_question_is_heard_in_its_own_tongue() -> None:
    own, turned = "was bringt Grafik im Monat ein", "what earns Grafik in the Monat"
    average = understanding(own, {"measure": ("average", 0.95)}, {"Grafik": "NAME"})
    total = understanding(turned, {"measure": ("sum", 0.9)}, {"Monat": "NAME"})
    period = Labelled("PERIOD", turned.index("in the"), turned.index("in the") + 6, 0.9)
    model = TwoTexts({own: average, turned: Understanding(total.fields, (*total.spans, period), total.plain)})
    hearing = in_own_tongue(model, own)
    assert hearing is not None
    heard = hearing.understand(turned)
    assert heard.fields["measure"]["average"] == 0.95
    named = [(turned[each.start : each.end], each.label) for each in heard.spans]
    assert named == [("Grafik", "NAME"), ("in the", "PERIOD")]
    likely = {turned[each.start : each.end]: each.probability for each in heard.plain}
    assert likely["Monat"] > 0.9 > likely["Grafik"]
    assert of_any_tongue(hearing) is model


def test_english_is_heard_as_it_stands() -> None:
    model = TwoTexts({})
    assert in_own_tongue(model, "how much did groceries cost in 2024") is model
    assert in_own_tongue(None, "was kostet das") is None
