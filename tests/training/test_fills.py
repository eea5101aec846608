"""Fills: the same from the same seed, and spans that stand where they say."""

from __future__ import annotations

from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from ledgerqa.training import times
from ledgerqa.training.agreement import Labelled
from ledgerqa.training.fills import Example, Slips, example, filled, labels_of, read_vocabularies
from ledgerqa.training.phrasings import Phrasing, Slot, read_phrasings

PACKAGE = Path(__file__).parents[2] / "ledgerqa" / "training"
PHRASINGS = read_phrasings(PACKAGE / "phrasings")
VOCABULARIES = read_vocabularies(PACKAGE / "vocabularies")


def test_one_seed_gives_one_data_set() -> None:
    some = PHRASINGS[::200]
    assert filled(some, VOCABULARIES, 3, 7) == filled(some, VOCABULARIES, 3, 7)
    assert filled(some, VOCABULARIES, 3, 7) != filled(some, VOCABULARIES, 3, 8)


@given(st.sampled_from(PHRASINGS), st.integers(0, 10_000))
def test_spans_stand_in_the_text_in_order_and_apart(phrasing: Phrasing, seed: int) -> None:
    random = Random(seed)
    made = example(phrasing, random.choice(VOCABULARIES), random, Slips.drawn(random))
    at = 0
    for span in made.spans:
        assert at <= span.start < span.end <= len(made.text)
        assert made.text[span.start : span.end].strip()
        at = span.end


def test_a_literal_stays_and_a_name_is_drawn() -> None:
    phrasing = Phrasing((Slot("category", "the cats"), " at ", Slot("payee")))
    made = example(phrasing, {"payee": ["Zorba"]}, Random(1), Slips())
    assert made.text.lower() == "the cats at zorba"


def test_light_prepositions_stand_outside_periods_and_heavy_ones_inside() -> None:
    def spans(*parts: str | Slot) -> list[str]:
        made = example(Phrasing(parts), {}, Random(3), Slips())
        return [made.text[each.start : each.end].lower() for each in made.spans]

    assert spans("rent ", Slot("when", "in march")) == ["march"]
    assert spans("rent since ", Slot("date", "2023")) == ["since 2023"]
    assert spans("rent between ", Slot("date", "May"), " and ", Slot("date", "June")) == ["between may and june"]
    assert spans("rent ", Slot("period", "May"), " or ", Slot("period", "June")) == ["may", "june"]


def test_words_get_bio_labels() -> None:
    made = Example("rent in may 2023", (Labelled("NAME", 0, 4), Labelled("PERIOD", 8, 16)), {}, "")
    assert labels_of([(0, 4), (5, 7), (8, 11), (12, 16)], made) == ["B-NAME", "O", "B-PERIOD", "I-PERIOD"]


def test_slips_leave_names_whole() -> None:
    slip = Slips(lower=True, unpunctuated=True, typos=2)
    assert slip.name("Marlow & Sons", Random(1)) == "marlow & sons"
    assert "?" not in slip.text("What did we spend?", Random(1))


@given(st.integers(0, 100_000))
def test_periods_amounts_and_counts_are_never_empty(seed: int) -> None:
    random = Random(seed)
    for make in (times.when, times.period, times.day, times.amount, times.count):
        made = make(random)
        assert made == made.strip() != ""
        assert "{" not in made
