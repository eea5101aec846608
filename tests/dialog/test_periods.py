"""Labels, kinds and places of periods; fiscal years, events, and what depends on today."""

from __future__ import annotations

import datetime as dt

import pytest

from ledgerqa.dialog.calendar.periods import find_periods
from tests.dialog.period_tables import TODAY, said, table, wanted

# ---------------------------------------------------------------------------------------- labels, kinds and spans

LABELS = """
    in 2023 => in 2023
    march 2024 => in March 2024
    on 5/3/2024 => on 2024-03-05
    Oct 2023 to April 2024 => from 2023-10-01 to 2024-04-30
    Q2 2024 => in Q2 2024
    since June 2015 => since 2015-06-01
    until the end of 2023 => until 2023-12-31
    before 2020 => until 2019-12-31
    as of 30 Nov 2023 => as of 2023-11-30
    last quarter => in Q2 2024
    second half of 2022 => in the second half of 2022
    last week => in the week from 2024-08-12 to 2024-08-18
    the 2010s => in the 2010s
    late 2022 => in late 2022 (2022-10-01 to 2022-12-31)
    summer 2022 => in summer 2022 (2022-06-01 to 2022-08-31)
    at Christmas 2022 => at Christmas 2022 (2022-12-24 to 2022-12-26)
    the last 7 days => from 2024-08-14 to 2024-08-20
"""


@pytest.mark.parametrize(("question", "label"), table(LABELS))
def test_labels_are_ready_for_a_sentence(question: str, label: str) -> None:
    (found,) = find_periods(question, TODAY)
    assert found.period.label == label


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("in 2023", "range"),
        ("on 3 May 2023", "day"),
        ("since 2020", "since"),
        ("until 2020", "until"),
        ("end of 2020", "as_of"),
        ("right now", "now"),
        ("ever", "all"),
    ],
)
def test_kinds(question: str, kind: str) -> None:
    assert [found.kind for found in find_periods(question, TODAY)] == [kind]


def test_spans_cover_the_words_of_time_and_nothing_else() -> None:
    text = "What did we spend on oil in March or April 2022, not since last Friday"
    assert [found.text for found in find_periods(text, TODAY)] == ["in March", "April 2022", "since last Friday"]


def test_the_day_meant_for_a_balance() -> None:
    assert find_periods("two months ago", TODAY)[0].at == dt.date(2024, 6, 20)
    assert find_periods("mid June 2022", TODAY)[0].at == dt.date(2022, 6, 15)
    assert find_periods("end of June 2022", TODAY)[0].at == dt.date(2022, 6, 30)


def test_a_question_about_the_future_looks_ahead() -> None:
    assert said("what will it be worth at Christmas") == wanted("2024-12-24/2024-12-26")
    assert said("what are we going to pay in November") == wanted("2024-11")


@pytest.mark.parametrize(
    ("today", "question", "periods"),
    [
        ("2024-12-31", "last 12 months", "2024"),
        ("2024-06-30", "last 3 months", "2024-04-01/2024-06-30"),
        ("2024-01-01", "last month", "2023-12"),
        ("2024-01-01", "yesterday", "2023-12-31"),
        ("2024-12-31", "savings at year end", "/2024-12-31"),
        ("2024-03-31", "a month ago", "2024-02"),
        ("2023-03-01", "29 February", "2020-02-29"),
        ("2026-01-31", "January", "2026-01"),
        ("2026-01-31", "February", "2025-02"),
        ("2024-02-29", "last year", "2023"),
        ("2024-02-10", "Oct to April", "2022-10-01/2023-04-30"),
        ("2024-04-10", "Oct to April", "2023-10-01/2024-04-30"),
    ],
)
def test_it_depends_on_today(today: str, question: str, periods: str) -> None:
    assert said(question, dt.date.fromisoformat(today)) == wanted(periods)


# -------------------------------------------------------------------------------------------------- fiscal years


@pytest.mark.parametrize(
    ("question", "start", "periods"),
    [
        ("FY 2023-24", 7, "2023-07-01/2024-06-30"),
        ("FY2023-24", 7, "2023-07-01/2024-06-30"),
        ("FY 2023/24", 7, "2023-07-01/2024-06-30"),
        ("fiscal year 2023-2024", 7, "2023-07-01/2024-06-30"),
        ("FY24", 7, "2023-07-01/2024-06-30"),
        ("FY 24", 7, "2023-07-01/2024-06-30"),
        ("fy2024", 7, "2023-07-01/2024-06-30"),
        ("fiscal 2024", 7, "2023-07-01/2024-06-30"),
        ("financial year 2024", 7, "2023-07-01/2024-06-30"),
        ("FY24", 1, "2024"),
        ("FY24", None, "2024"),
        ("2023/24", 7, "2023-07-01/2024-06-30"),
        ("2023-24", 7, "2023-07-01/2024-06-30"),
        ("tax year 2023/24", 4, "2023-04-01/2024-03-31"),
        ("UK tax year 2023/24", None, "2023-04-06/2024-04-05"),
        ("FY 2011-12", 4, "2011-04-01/2012-03-31"),
        ("last fiscal year", 7, "2023-07-01/2024-06-30"),
        ("this financial year", 7, "2024-07-01/2025-06-30"),
        ("fiscal year to date", 7, "2024-07-01/2024-08-20"),
        ("last two fiscal years", 7, "2022-07-01/2024-06-30"),
        ("Q1 FY24", 7, "2023-07-01/2023-09-30"),
        ("FY24 Q3", 7, "2024-01-01/2024-03-31"),
        ("Q2 of fiscal year 2023-24", 7, "2023-10-01/2023-12-31"),
        ("last fiscal quarter", 8, "2024-05-01/2024-07-31"),
        ("end of FY 2022-23", 7, "/2023-06-30"),
        ("Our fiscal year starts in April. FY 2022-23 costs?", 7, "2022-04-01/2023-03-31"),
        ("Our financial year ends on 30 June; what about FY2023?", None, "2022-07-01/2023-06-30"),
        ("the tax year runs from 6 April to 5 April: tax year 2021/22", 1, "2021-04-06/2022-04-05"),
        ("costs FY 2021-22 (1 Oct to 30 Sep)", None, "2021-10-01/2022-09-30"),
        ("FY 2021-22 (October to September) by shop", 1, "2021-10-01/2022-09-30"),
        ("FY 2021-22 vs FY 2022-23", 7, "2021-07-01/2022-06-30, 2022-07-01/2023-06-30"),
    ],
)
def test_fiscal_years(question: str, start: int | None, periods: str) -> None:
    assert said(question, fiscal_start=start) == wanted(periods)


def test_a_fiscal_year_says_its_days_and_what_it_assumes() -> None:
    (known,) = find_periods("FY 2023-24", TODAY, fiscal_start=8)
    assert known.period.label == "in fiscal year 2023-24 (2023-08-01 to 2024-07-31)"
    assert not known.note
    (unknown,) = find_periods("FY24", TODAY)
    assert "no start of the fiscal year is known" in unknown.note


# -------------------------------------------------------------------------------------------------------- events


@pytest.mark.parametrize(
    ("question", "periods"),
    [
        ("what did we spend since we moved", "2021-05-03/"),
        ("since moving to the coast", "2021-05-03/"),
        ("before the wedding", "/2019-09-06"),
        ("after the wedding, on flowers", "2019-09-08/"),
        ("until the wedding", "/2019-09-07"),
        ("since we bought a dog", ""),
    ],
)
def test_events_of_the_ledger_are_dates(question: str, periods: str) -> None:
    events = {"moved to the coast": dt.date(2021, 5, 3), "wedding": dt.date(2019, 9, 7)}
    assert said(question, events=events) == wanted(periods)


# ----------------------------------------------------------------------------------------- one range beside another


@pytest.mark.parametrize(
    "question",
    [
        "compare power from January to March 2024 with July to September 2023",
        "compare power January to March 2024 with from July to September 2023",
        "compare power from January to March 2024 and from July to September 2023",
        "compare power from January to March 2024 vs July to September 2023",
    ],
)
def test_two_ranges_compared_stay_ranges(question: str) -> None:
    spans = [(each.period.start, each.period.end) for each in find_periods(question, TODAY)]
    assert spans == [(dt.date(2024, 1, 1), dt.date(2024, 4, 1)), (dt.date(2023, 7, 1), dt.date(2023, 10, 1))]
