"""What stands beside an answer: only errors that may touch it, staleness, and cut rows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ledgerqa.agent import Done, ask
from ledgerqa.corpus import build, open_index
from ledgerqa.evidence import gather
from ledgerqa.grounding import warnings
from ledgerqa.records import Filters, Measure, Period, Plan, Root

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2024, 7, 1)
GIRO = Filters(accounts=("Assets:Bank",))


def test_an_error_of_an_account_asked_for_is_told_with_its_place(say: Any) -> None:
    (warning,) = say(Plan(Measure.BALANCE, GIRO)).warnings
    assert warning.startswith("Beancount reports an error that may touch this answer: orchard.beancount:")
    assert "Balance failed for 'Assets:Bank:Giro'" in warning


def test_other_accounts_other_days_and_what_is_as_written_are_not_touched(say: Any) -> None:
    before = Period(None, dt.date(2024, 1, 1), "as of 2023-12-31")
    assert say(Plan(Measure.SUM, Filters(roots=(Root.EXPENSES,)))).warnings == ()
    assert say(Plan(Measure.BALANCE, Filters(accounts=("Liabilities:Card",)))).warnings == ()
    assert say(Plan(Measure.BALANCE, GIRO, before)).warnings == ()
    assert say(Plan(Measure.METADATA, GIRO, key="number")).warnings == ()
    assert say(Plan(Measure.LEDGER_ERRORS)).warnings == ()
    assert len(say(Plan(Measure.NET_WORTH)).warnings) == 1
    assert say(Plan(Measure.NET_INCOME)).warnings == ()


def test_an_error_outside_any_entry_is_told_with_every_answer_and_refusal(make_ledger: Any, data_dir: Path) -> None:
    """
    2024-01-01 open Assets:A
    2024-01-01 open Expenses:B
    2024-02-01 * "x"
      Expenses:B  1 EUR
      Assets:A
    2024-02-02 * "swimming
      Expenses:B  1 EUR
      Assets:A
    """
    main = make_ledger()
    build(main, data_dir)
    with open_index(main, data_dir) as index:
        for question in ("how much did I spend in 2024", "how much did swimming cost"):
            *_, done = ask(question, index, TODAY)
            assert isinstance(done, Done)
            (warning,) = done.answer.warnings
            told = "Beancount reports an error outside any entry, so something may be missing here: main.beancount:"
            assert warning.startswith(told)


def test_staleness_and_cut_rows_are_told(make_ledger: Any, data_dir: Path) -> None:
    """
    2024-01-01 open Assets:A
    2024-01-01 open Expenses:B
    2024-02-01 * "x"
      Expenses:B  1 EUR
      Assets:A
    2024-02-02 * "y"
      Expenses:B  2 EUR
      Assets:A
    """
    main = make_ledger()
    build(main, data_dir)
    plan = Plan(Measure.LIST, Filters(roots=(Root.EXPENSES,)))
    with open_index(main, data_dir) as index:
        assert warnings(plan, gather(plan, index, TODAY), index) == ()
        assert warnings(plan, gather(plan, index, TODAY, row_limit=1), index) == ("The table shows 1 of 2 rows.",)
        limited = Plan(Measure.LIST, plan.filters, limit=1)
        assert warnings(limited, gather(limited, index, TODAY), index) == ()
    main.write_text(main.read_text() + "\n")
    with open_index(main, data_dir) as index:
        (warning,) = warnings(plan, gather(plan, index, TODAY), index)
    assert warning.startswith("The ledger changed since it was indexed (")
    assert "`ledgerqa reindex`" in warning
