"""The small packaged model as planner: too small to plan well, but whatever it writes is of the form of a plan."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.backends import files
from ledgerqa.corpus import build, open_index
from ledgerqa.dialog.language.vocabulary import vocabulary
from ledgerqa.dialog.llm_planner import plan_by_model
from ledgerqa.dialog.understanding.shortlist import Shortlist
from ledgerqa.dialog.written_plan import LISTS, checked
from ledgerqa.records import Clarify, Plan, Refusal
from tests.dialog.ledgers import SPANISH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from ledgerqa.backends.protocols import Message


@pytest.mark.slow
def test_what_a_small_model_writes_is_a_plan(tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed (extra: offline)")
    if files.packaged_path(files.SMOLLM2) is None:
        pytest.skip(f"{files.SMOLLM2.distribution} is not installed (extra: offline)")
    from ledgerqa.backends.llama_reader import LlamaReader

    ledger = tmp_path / "main.beancount"
    ledger.write_text(SPANISH, encoding="utf-8")
    build(ledger, tmp_path / "data")
    reader = LlamaReader(files.verify(files.packaged(files.SMOLLM2), tmp_path))
    written: list[tuple[str, Mapping[str, Any]]] = []

    def write(messages: Sequence[Message], schema: Mapping[str, Any], max_tokens: int, /) -> str:
        written.append((reader.write(messages, schema, max_tokens), schema["properties"]))
        return written[-1][0]

    with open_index(ledger, tmp_path / "data") as index:
        outcome = plan_by_model("how much was spent in 2021?", (), dt.date(2022, 4, 10), index, None, None, write)
        assert isinstance(outcome, Plan | Clarify | Refusal)
        text, fields = written[0]
        offered = {kind: tuple(fields[name]["items"]["enum"]) for name, kind, _ in LISTS if name in fields}
        assert checked(text, Shortlist(offered), vocabulary(index)).answerable in fields["answerable"]["enum"]
    reader.close()
