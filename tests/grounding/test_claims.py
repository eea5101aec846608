"""The gate for the reader's sentences: authored swaps are caught, faithful sentences pass, substitutions do not slip."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledgerqa.corpus import build, open_index
from ledgerqa.fusion.sentences import marks
from ledgerqa.grounding.claim_reading import MARK, Kind, read
from ledgerqa.grounding.claim_words import CAMEL, tokens
from ledgerqa.grounding.claims import admit, judge
from ledgerqa.records import Draft, Filters, Measure, Plan
from tests.grounding.claims_ledgers import case, cases, year

if TYPE_CHECKING:
    from ledgerqa.grounding.claim_reading import Part, Reading
    from tests.conftest import MakeLedger
    from tests.grounding.claims_ledgers import Case

FOLDER = Path(__file__).with_name("claims")


def lines(name: str) -> list[tuple[str, str, str]]:
    """Kind, plan and sentence of each line; a kind is the comment above."""
    found, kind = [], ""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            kind = line[1:].strip()
        elif line.strip():
            plan, _, sentence = line.partition(" | ")
            found.append((kind, plan, sentence.strip()))
    return found


FAITHFUL, SWAPPED = lines("faithful.txt"), lines("swapped.txt")


class Ran(dict[str, "Case"]):
    """The plans that were run, by name."""

    def __repr__(self) -> str:  # hypothesis prints what a test was given
        return "Ran()"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return Ran(cases(tmp_path_factory.mktemp("claims")))


def draft(sentence: str) -> Draft:
    return Draft(sentence, marks(sentence))


@pytest.mark.parametrize(("kind", "plan", "sentence"), FAITHFUL)
def test_a_faithful_sentence_passes(ran: Ran, kind: str, plan: str, sentence: str) -> None:
    verdict = judge(draft(sentence), ran[plan].witnesses)
    assert verdict.shown, verdict.reason


@pytest.mark.parametrize(("kind", "plan", "sentence"), SWAPPED)
def test_a_swap_is_caught(ran: Ran, kind: str, plan: str, sentence: str) -> None:
    verdict = judge(draft(sentence), ran[plan].witnesses)
    assert not verdict.shown, verdict.text
    assert verdict.reason


@pytest.mark.parametrize(
    "sentence", ["On 2024-03-02 you paid the amount to the payee.", "It was booked on 2024-03-02."]
)
def test_a_date_alone_says_nothing(ran: Ran, sentence: str) -> None:
    for each in ran.values():
        assert judge(draft(sentence), each.witnesses).reason == "it says a date, and nothing of it"


# ------------------------------------------------------------------------------------------ substitutions


def test_there_are_as_many_as_were_promised() -> None:
    assert len({(plan, sentence) for _, plan, sentence in FAITHFUL}) >= 100
    assert len({(plan, sentence) for _, plan, sentence in SWAPPED}) >= 200


def figures_of(case: Case) -> list[str]:
    """Every amount that the evidence has, as it is said."""
    amounts = [(leg.number, leg.currency) for entry in case.witnesses.entries for leg in entry.legs]
    amounts += [(figure.number, figure.currency) for row in case.witnesses.results for figure in row.figures]
    return sorted({f"{abs(number.normalize()):,f} {currency}".strip() for number, currency in amounts})


def names_of(case: Case) -> list[str]:
    texts = {text for entry in case.witnesses.entries for text in entry.texts}
    texts |= {
        part for entry in case.witnesses.entries for leg in entry.legs for part in (leg.account, leaf(leg.account))
    }
    return sorted(texts | {str(cell) for row in case.evidence.table.rows for cell in row if isinstance(cell, str)})


def leaf(account: str) -> str:
    return account.rsplit(":", 1)[-1]


def dates_of(case: Case) -> list[str]:
    days = {citation.entry.date for citation in case.citations}
    ways = {f"{day:{form}}" for day in days for form in ("%Y-%m-%d", "%Y-%m", "%B %Y", "%Y")}
    return sorted({*ways, "2022", "2023", "2024-02", "2023-07-01"})


def borne_by_one(case: Case, reading: Reading) -> bool:
    """The oracle, on raw records alone: one entry's source text, or one row with the plan's own names and days."""
    sources: list[tuple[str, dt.date | None, dt.date | None]] = []
    sources += [(cited.entry.text, cited.entry.date, cited.entry.date) for cited in case.citations]
    period, own = case.plan.period, f"{case.plan!r}"
    last = period.end - dt.timedelta(days=1) if period.end else None
    sources += [(f"{row} {own}", period.start, last) for row in case.evidence.table.rows]
    sources += [(f"{fact} {own}", period.start, last) for fact in case.evidence.facts]
    for text, first, final in sources:
        words, numbers = tokens(text), {Decimal(found) for found in re.findall(r"\d+(?:\.\d+)?", text)}
        postings = [Decimal(found) for found in re.findall(r"(-?\d+(?:\.\d+)?) [A-Z]{3}", text)]
        numbers |= {abs(sum(postings, Decimal(0))), Decimal(case.evidence.contributing)}
        named = all(
            holds(words, form) or holds(tokens(CAMEL.sub(" ", text)), form)
            for form in map(words_of, reading.of(Kind.NAME))
        )
        rounded = {number.quantize(Decimal(places)) for number in numbers for places in ("0.01", "0.1")}
        counted = all(part.number in numbers | rounded for part in reading.of(Kind.FIGURE))
        days = [day for day in (first, final) if day is not None]
        dated = all(said.claim.covers(day) for said in reading.dates for day in days) or by_time(case, text, reading)
        if named and counted and dated:
            return True
    return False


def by_time(case: Case, text: str, reading: Reading) -> bool:
    """A row by month or of a side is of its own key."""
    keyed = [said for said in reading.dates if said.claim.span and f"{said.claim.span[0]:%Y-%m}" in text]
    ranged = any(said.claim.is_day for said in reading.dates)
    return bool(case.plan.group_by or case.plan.compare or ranged) and (
        bool(keyed) or ranged or bool(case.plan.compare)
    )


def words_of(part: Part) -> tuple[str, ...]:
    return part.words


def holds(words: tuple[str, ...], form: tuple[str, ...]) -> bool:
    return any(words[at : at + len(form)] == form for at in range(len(words)))


PICK = st.integers(0, 10**6)


@given(line=st.sampled_from(FAITHFUL), which=PICK, put=PICK, unmarked=st.booleans())
@settings(max_examples=1500)
def test_what_is_substituted_is_caught_or_true(
    ran: Ran, line: tuple[str, str, str], which: int, put: int, *, unmarked: bool
) -> None:
    """Any figure, name or date put in place of another: dropped, unless one row still bears the sentence."""
    _, plan, sentence = line
    case = ran[plan]
    reading = read(sentence, case.witnesses.names)
    kinds = {Kind.FIGURE: figures_of(case), Kind.NAME: names_of(case), Kind.DATE: dates_of(case)}
    parts = [part for part in reading.parts if kinds.get(part.kind)]
    if not parts:
        return
    part = parts[which % len(parts)]
    others = kinds[part.kind]
    changed = f"{reading.text[: part.start]}{others[put % len(others)]}{reading.text[part.end :]}"
    if unmarked:
        changed = MARK.sub("", changed)
    verdict = judge(draft(changed), case.witnesses)
    if verdict.shown:
        assert borne_by_one(case, read(changed, case.witnesses.names)), changed


FATAL = (
    "not no never because should only about more k million % half twice each might three / x - + ~ $ because's".split()
)


@given(line=st.sampled_from(FAITHFUL), place=PICK, fatal=st.sampled_from(FATAL))
@settings(max_examples=1000)
def test_what_no_row_says_is_caught_wherever_it_stands(
    ran: Ran, line: tuple[str, str, str], place: int, fatal: str
) -> None:
    _, plan, sentence = line
    words = sentence.split(" ")
    at = place % (len(words) + 1)
    changed = " ".join([*words[:at], fatal, *words[at:]])
    quotient = fatal == "about" and plan in {"average", "food"}
    assert quotient or not judge(draft(changed), ran[plan].witnesses).shown, changed


@given(text=st.text(max_size=80) | st.text("0123456789.,-–+%[]()$€ USDEUR“”\"'aeiou", max_size=80))
@settings(max_examples=500)
def test_any_text_is_judged(ran: Ran, text: str) -> None:
    """Nothing that can be written makes the gate fail, and random text says nothing that a row bears."""
    verdict = judge(Draft(text), ran["all"].witnesses)
    assert verdict.shown or verdict.reason


# --------------------------------------------------------------------------------------------------- admitting


def test_the_mark_of_the_bearing_row_is_put_where_it_lacks(ran: Ran) -> None:
    verdict = judge(Draft("On 2023-05-12 you spent 61.00 USD at Osteria Luna."), ran["all"].witnesses)
    assert verdict.text == "On 2023-05-12 you spent 61.00 USD at Osteria Luna [6]."


def test_the_mark_of_the_draft_counts_as_written(ran: Ran) -> None:
    sentence = "On 2023-05-12 you spent 61.00 USD at Osteria Luna."
    assert judge(Draft(sentence, (6,)), ran["all"].witnesses).shown
    assert not judge(Draft(sentence, (5,)), ran["all"].witnesses).shown


def test_repetitions_and_idle_words_are_dropped_and_counted(ran: Ran) -> None:
    case = ran["groceries"]
    drafts = [
        "In 2023 you spent 140.75 USD on Groceries.",  # what the headline says
        "On 2023-03-18 you spent 88.75 USD at Fennel Market [1].",
        "You paid 88.75 USD at Fennel Market on 18 March 2023 [1].",  # the same again
        "Groceries are nice.",
        "You spent here.",
        "On 2023-05-20 Fennel Market refunded 5.60 USD.",
    ]
    shown, counts = admit(map(draft, drafts), case.witnesses, case.headline)
    assert shown == (
        "On 2023-03-18 you spent 88.75 USD at Fennel Market [1].",
        "On 2023-05-20 Fennel Market refunded 5.60 USD [4].",
    )
    assert (counts.drafted, counts.shown, counts.dropped) == (6, 2, 4)
    assert len(counts.unsupported) == 4
    assert "repeats" in counts.unsupported[0]
    assert "nothing that can be checked" in counts.unsupported[3]


def test_a_text_of_the_ledger_cannot_speak_for_it(make_ledger: MakeLedger, data_dir: Path) -> None:
    """
    2022-01-01 open Assets:Cash
    2022-01-01 open Expenses:Misc
    2023-05-05 * "Total" "You owe 1,000,000 USD to Bob"
      Expenses:Misc   3.00 USD
      Assets:Cash
    2023-05-06 * "Not Best Buy" "no refund of 3.00 USD ever"
      Expenses:Misc   4.00 USD
      Assets:Cash
    """
    ledger = make_ledger()
    build(ledger, data_dir)
    with open_index(ledger, data_dir) as index:
        told = case(Plan(Measure.LIST, Filters(), year(2023), unit="entry"), index).witnesses
    for sentence in (
        "You owe 1,000,000 USD to Bob.",
        "You owe 1,000,000 USD to Bob on 2023-05-05 [1].",
        "On 2023-05-06 there was no refund of 3.00 USD ever [2].",
        "Total spending was 3.00 USD on 2023-05-05.",
        "On 2023-05-05 you spent 4.00 USD at Total.",
    ):
        assert not judge(draft(sentence), told).shown, sentence
    for sentence in (
        "On 2023-05-05 you spent 3.00 USD for “You owe 1,000,000 USD to Bob” [1].",
        "On 2023-05-06 you spent 4.00 USD at Not Best Buy [2].",
    ):
        assert judge(draft(sentence), told).shown, judge(draft(sentence), told).reason


def test_importing_the_gate_is_light() -> None:
    heavy = "numpy duckdb beancount torch llama_cpp textual rich"
    code = f"import sys, ledgerqa.grounding.claims, ledgerqa.grounding.witnesses; print(*set('{heavy}'.split()) & set(sys.modules))"
    assert not subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
