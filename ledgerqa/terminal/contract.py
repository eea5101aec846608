"""An `Answer` as JSON: the contract that `ask --json` and `ask --batch` print, one object a line.

Numbers are strings in plain notation, exact to the last digit; a currency stands in the cell after its number.
Figures keep the ledger's sign (income negative), as beanquery gives them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ledgerqa.records import Answer, Cell, Citation, Evidence, Fact, IndexInfo, Model, Retrieved, Statement, Table

Digits = Callable[[str], int]
"""How many decimals a currency is shown with (`corpus.Index.digits`)."""

NO_CURRENCY = ""


def answer_json(answer: Answer, digits: Digits, *, question_id: object = None) -> str:
    """One answer on one line; `question_id` is that of a question in a batch."""
    return json.dumps(answer_object(answer, digits, question_id=question_id), ensure_ascii=False)


def answer_object(answer: Answer, digits: Digits, *, question_id: object = None) -> dict[str, Any]:
    """The fields of the contract, in its order; `choices` and all after it only where there are any."""
    evidence = answer.evidence
    fields: dict[str, Any] = {} if question_id is None else {"id": question_id}
    fields |= {
        "question": answer.question,
        "today": answer.today.isoformat(),
        "status": answer.status,
        "answer": answer.answer,
        "plan": None if answer.plan is None else plain(answer.plan),
        "sql": statements_text(evidence.statements) if evidence else "",
        "bql": evidence.bql if evidence else "",
        "result": _result(evidence, digits),
        "facts": [_fact(fact, digits) for fact in evidence.facts] if evidence else [],
        "citations": [_citation(citation) for citation in answer.citations],
        "contributing": evidence.contributing if evidence else 0,
        "verification": dataclasses.asdict(answer.verification),
        "index": index_object(answer.index),
        "timings_ms": {name: round(value, 2) for name, value in dataclasses.asdict(answer.timings).items()},
        "models": {"reader": _model(answer.reader), "embedder": _model(answer.embedder)},
    }
    if answer.planner:
        fields["models"]["planner"] = _model(answer.planner)
    if answer.choices:
        fields["choices"] = [dataclasses.asdict(choice) for choice in answer.choices]
    if answer.warnings:
        fields["warnings"] = list(answer.warnings)
    if answer.retrieved:
        fields["retrieved"] = [retrieved_object(each) for each in answer.retrieved]
    if answer.considered:
        fields["considered"] = [dataclasses.asdict(each) for each in answer.considered]
    if answer.notes:
        fields["notes"] = list(answer.notes)
    return fields


def error_object(question: str, today: dt.date, sentence: str, *, question_id: object = None) -> dict[str, Any]:
    """What a batch prints for a question on which the program failed."""
    from ledgerqa.records import Answer

    failed = Answer(question=question, today=today, status="error", answer=sentence)
    return answer_object(failed, lambda _currency: 0, question_id=question_id)


def exact(number: Decimal, least: int = 0) -> str:
    """A number in plain notation with all its digits: trailing zeros go, but never below `least` decimals."""
    text = format(number, "f")
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0").ljust(least, "0")
    text = f"{whole}.{decimals}" if decimals else whole
    return text.removeprefix("-") if number == 0 else text


def plain(value: object) -> Any:
    """A record as nested JSON without its empty fields (None, "", (), False, 0 and records of only those)."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
        return {name: inner for name, inner in pairs.items() if inner not in (None, "", [], {}, False, 0)}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Decimal):
        return exact(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (tuple, list, frozenset)):
        return [plain(item) for item in value]
    return value


def statements_text(statements: Sequence[Statement]) -> str:
    """The SQL that ran, each statement followed by a comment that shows its parameters."""
    return ";\n\n".join(statement_text(statement) for statement in statements)


def statement_text(statement: Statement) -> str:
    """One statement and its parameters, in the order of its question marks."""
    if not statement.parameters:
        return statement.sql
    shown = json.dumps([_parameter(value) for value in statement.parameters], ensure_ascii=False)
    return f"{statement.sql}\n-- parameters: {shown}"


def cell_text(value: Cell, least: int = 0) -> str | None:
    """A cell as JSON holds it: numbers and dates as strings, nothing as null."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return exact(value, least)
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def row_cells(table: Table, row: Sequence[Cell], digits: Digits) -> list[str | None]:
    """The cells of a row; a number of money has at least the decimals that its currency is shown with."""
    return [cell_text(value, _least(table, row, place, digits)) for place, value in enumerate(row)]


def _least(table: Table, row: Sequence[Cell], place: int, digits: Digits) -> int:
    after = place + 1
    if not isinstance(row[place], Decimal) or after >= len(row) or table.columns[after].type != "currency":
        return 0
    currency = row[after]
    return digits(currency) if isinstance(currency, str) and currency else 0


def index_object(info: IndexInfo | None) -> dict[str, Any] | None:
    """The index that answered; `built_at` in UTC."""
    if info is None:
        return None
    return dataclasses.asdict(info) | {"built_at": info.built_at.isoformat(timespec="seconds")}


def _result(evidence: Evidence | None, digits: Digits) -> dict[str, Any]:
    if evidence is None:
        return {"columns": [], "rows": [], "row_count": 0, "truncated": False}
    table = evidence.table
    return {
        "columns": [{"name": column.name, "type": column.type} for column in table.columns],
        "rows": [row_cells(table, row, digits) for row in table.rows],
        "row_count": table.row_count,
        "truncated": table.truncated,
    }


def _fact(fact: Fact, digits: Digits) -> Mapping[str, Any]:
    number = exact(fact.number, digits(fact.currency) if fact.currency else 0)
    return {"name": fact.name, "number": number, "currency": fact.currency, "rows": list(fact.rows), "note": fact.note}


def _citation(citation: Citation) -> Mapping[str, Any]:
    entry = citation.entry
    return {
        "id": citation.id,
        "file": entry.file,
        "line": entry.line,
        "end_line": entry.end_line,
        "date": entry.date.isoformat(),
        "payee": entry.payee,
        "narration": entry.narration,
        "found_by": list(citation.found_by),
        "text": entry.text,
    }


def retrieved_object(found: Retrieved) -> Mapping[str, Any]:
    """Where an entry stands, how it was found, and what became of it; its text stands in the ledger."""
    entry = found.entry
    return {
        "file": entry.file,
        "line": entry.line,
        "date": entry.date.isoformat(),
        "payee": entry.payee,
        "narration": entry.narration,
        "found_by": list(found.found_by),
        "cosine": None if found.cosine is None else round(found.cosine, 4),
        "contributes": found.contributes,
        "read": found.read,
    }


def _model(model: Model | None) -> Mapping[str, str] | None:
    return None if model is None else dataclasses.asdict(model)


def _parameter(value: object) -> object:
    """A parameter as JSON can show it: dates and decimals as text, lists item by item."""
    if isinstance(value, (list, tuple)):
        return [_parameter(item) for item in value]
    if isinstance(value, Decimal):
        return exact(value)
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
