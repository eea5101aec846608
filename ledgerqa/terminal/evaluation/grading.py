"""An answer, as `--json` gives it, against what its question's line expects.

Right is an answer whose rows hold every expected row and no more than one beside (a total), whose prose names a single
expected figure, and whose status is the one expected.  Besides: how many of the citations are entries that contribute,
how many of these are cited, and whether each number in the prose stands in the result, the citations or the question.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ledgerqa.terminal.evaluation.golds import Places
    from ledgerqa.terminal.evaluation.questions import Comparing, Expected, Rows

_NUMBER: Final = re.compile(r"(?<![\w.])[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_AMOUNT: Final = re.compile(r"([-+]?\d+(?:\.\d+)?)(?:\s+([A-Z][A-Z0-9'._-]*))?%?")
_DATE: Final = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b")
_CODE: Final = re.compile(r"[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]")
_ENDS_WITH_CODE: Final = re.compile(r"(?:^|\s)[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]$")
_TRAILING_CODE: Final = re.compile(r"[A-Z][A-Z0-9'._-]*$")
_MARKS: Final = re.compile(r"\[\d+(?:\s*[,–-]\s*\d+)*\]")
_LEAST_TOLERANCE: Final = Decimal("0.005")
_KNOWN_FIELDS: Final = ("result", "citations", "facts", "plan", "question", "contributing", "today")
_SHOWN_ROWS: Final = 3
_FULL_DATE: Final = 10


@dataclass(frozen=True)
class Grade:
    """How one answer fared; None where the line does not say what is right.  `why` it is not, for a person."""

    status: bool
    grounded: bool
    answer: bool | None = None
    cite_precision: float | None = None
    cite_recall: float | None = None
    plan: bool | None = None
    why: str = ""


def graded(expected: Expected, answer: Mapping[str, Any], rows: Rows | None, needed: Places | None) -> Grade:
    """The grade of an answer; `rows` None: what is expected is not known here, only that something is."""
    status = answer.get("status") == expected.status
    grounded = is_grounded(answer)
    differing = plan_differences(expected.plan, answer.get("plan"))
    plan = None if differing is None else not differing
    if expected.status != "answered" or not status:
        why = "" if status else f"status {answer.get('status')!r}, expected {expected.status!r}"
        faults = [why, *(differing or ())]
        scored = (None, None) if expected.status != "answered" else _citing(expected, answer, needed)
        return Grade(status, grounded, status, *scored, plan, "; ".join(filter(None, faults)))
    fault = None if rows is None else _fault(expected, answer, rows)
    right = None if fault is None and expected.plan is None else not fault and plan is not False
    faults = [fault or "", *(differing or ()), "" if grounded else "a number in the prose stands nowhere"]
    return Grade(status, grounded, right, *_citing(expected, answer, needed), plan, "; ".join(filter(None, faults)))


# ------------------------------------------------------------------------------------------------------ rows


def _fault(expected: Expected, answer: Mapping[str, Any], golds: Rows) -> str:
    """What is wrong with the rows or the prose; "" where nothing is."""
    rules = expected.comparing
    rows: list[list[Any]] = (answer.get("result") or {}).get("rows") or []
    missing = [gold for gold in golds if not any(_holds(row, gold, rules) for row in rows)]
    widest = max(map(len, golds), default=0) + rules.extra_cells
    surplus = len(rows) - len(golds)
    allowed = (1 if golds else 0) if rules.extra_rows is None else rules.extra_rows
    if not golds and rows and any(number for row in rows for cell in row if (number := number_of(cell)) is not None):
        return f"expected nothing, got {shown_rows(rows)}"
    if missing:
        return f"lacks {shown_rows(missing)}, got {shown_rows(rows)}"
    if any(len(row) > widest for row in rows):
        return f"rows of over {widest} cells"
    if golds and surplus > allowed:
        return f"{surplus} rows too many: got {shown_rows(rows)}, expected {shown_rows(golds)}"
    unsaid = _unsaid(expected, answer, golds)
    return f"the prose lacks {', '.join(unsaid)}" if unsaid else ""


def number_of(cell: object) -> Decimal | None:
    """The number in a cell, with or without a currency after it; None where there is none."""
    if cell is None or isinstance(cell, bool):
        return None
    match = _AMOUNT.fullmatch(str(cell).strip().replace(",", ""))
    try:
        return Decimal(match[1]) if match else None
    except InvalidOperation:
        return None


def _same(gold: str, cell: object, rules: Comparing) -> bool:
    """Whether two cells say the same; currencies count where both have one."""
    wanted, got = number_of(gold), number_of(cell)
    if wanted is None or got is None:
        return gold.strip().casefold() == str(cell).strip().casefold()
    if rules.absolute:
        wanted, got = abs(wanted), abs(got)
    if abs(wanted - got) > rules.tolerance:
        return False
    codes = [_TRAILING_CODE.search(str(each)) for each in (gold, cell)]
    return codes[0] is None or codes[1] is None or codes[0].group() == codes[1].group()


def _holds(row: Sequence[Any], gold: Sequence[str], rules: Comparing) -> bool:
    """Whether a row holds each cell of the gold one; a number's currency may stand in the cell after it."""
    amounts: list[Any] = [
        f"{number} {code}"
        for number, code in itertools.pairwise(row)
        if number_of(number) is not None and _CODE.fullmatch(str(code))
    ]
    texts = [cell for cell in row if number_of(cell) is None]
    with_codes = texts + amounts if amounts else list(row)
    without = [*row, *amounts]
    return all(
        any(_same(cell, each, rules) for each in (with_codes if _ENDS_WITH_CODE.search(cell) else without))
        for cell in gold
    )


def _unsaid(expected: Expected, answer: Mapping[str, Any], golds: Rows) -> list[str]:
    """The words that must be said and are not; of a single row, also its first figure and its first day."""
    prose = str(answer.get("answer") or "").casefold()
    unsaid = [repr(words) for words in expected.must_say if words.casefold() not in prose]
    if len(golds) != 1:
        return unsaid
    figures = [number for cell in golds[0] if (number := number_of(cell)) is not None]
    said = [abs(Decimal(found.replace(",", ""))) for found in _NUMBER.findall(_MARKS.sub(" ", prose))]
    tolerance = max(expected.comparing.tolerance, _LEAST_TOLERANCE)
    if figures and not any(abs(abs(figures[0]) - each) <= tolerance for each in said):
        unsaid.append(f"the figure {figures[0]}")
    days = [cell for cell in golds[0] if _DATE.fullmatch(cell)]
    if days and days[0] not in prose and not _said_in_words(days[0], prose):
        unsaid.append(f"the day {days[0]}")
    return unsaid


def _said_in_words(written: str, prose: str) -> bool:
    """Whether a day or month stands in folded prose as people write it ("march 5th, 2021")."""
    try:
        day = dt.date.fromisoformat(written if len(written) == _FULL_DATE else f"{written}-01")
    except ValueError:
        return False
    month = rf"{day:%b}".casefold() + r"[a-z]*\.?"
    number = rf"0?{day.day}(?:st|nd|rd|th)?"
    if len(written) < _FULL_DATE:
        return re.search(rf"\b{month},? {day.year}\b", prose) is not None
    either = rf"{month} {number},? {day.year}|{number}(?: of)? {month},? {day.year}"
    return re.search(rf"\b(?:{either})\b", prose) is not None


def shown_rows(rows: Iterable[Sequence[Any]]) -> str:
    """The first rows on one line."""
    rows = list(rows)
    shown = " | ".join(" ".join("–" if cell is None else str(cell) for cell in row) for row in rows[:_SHOWN_ROWS])
    more = f" | … {len(rows)} in all" if len(rows) > _SHOWN_ROWS else ""
    return f"[{shown}{more}]"


# -------------------------------------------------------------------------------------- citations, prose, plan


def _citing(expected: Expected, answer: Mapping[str, Any], needed: Places | None) -> tuple[float | None, float | None]:
    """Precision and recall of the citations; one is enough where not each is asked for."""
    if needed is None:
        return None, None
    cited = {(each.get("file"), int(each.get("line") or 0)) for each in answer.get("citations") or ()}
    right = len(cited & needed)
    precision = right / len(cited) if cited else float(not needed)
    if not needed:
        return precision, 1.0
    return precision, right / len(needed) if expected.cite_all else float(right > 0)


def is_grounded(answer: Mapping[str, Any]) -> bool:
    """Whether each number of the prose stands in the answer's other fields, as it is or rounded."""
    prose = str(answer.get("answer") or "")
    if answer.get("status") == "answered" and not prose.strip():
        return False
    known = json.dumps([answer.get(name) for name in _KNOWN_FIELDS], default=str, ensure_ascii=False)
    numbers = {abs(Decimal(found.replace(",", ""))) for found in _NUMBER.findall(known)}
    prose = _DATE.sub(lambda day: " " if day.group() in known else day.group(), _MARKS.sub(" ", prose))
    return all(_borne(abs(Decimal(found.replace(",", ""))), numbers) for found in _NUMBER.findall(prose))


def _borne(number: Decimal, known: Iterable[Decimal]) -> bool:
    places = _places(number)
    return any(number == each or (places < _places(each) and number == round(each, places)) for each in known)


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def plan_differences(expected: Mapping[str, Any] | None, plan: object) -> list[str] | None:
    """How the plan differs in the fields that are fixed; None where none is.  Labels and words are no matter."""
    if expected is None:
        return None
    got = plan if isinstance(plan, dict) else {}
    wanted = {name: _bare(value) for name, value in expected.items()}
    return [
        f"plan.{name} is {_json(_bare(got.get(name)))}, expected {_json(value)}"
        for name, value in wanted.items()
        if _bare(got.get(name)) != value
    ]


def _bare(value: Any) -> Any:
    """A part of a plan without what only names it, and without what is empty."""
    if isinstance(value, dict):
        pairs = {name: _bare(inner) for name, inner in value.items() if name not in {"label", "words"}}
        return {name: inner for name, inner in pairs.items() if inner not in (None, "", [], {}, False, 0)} or None
    if isinstance(value, (list, tuple)):
        return [_bare(item) for item in value] or None
    return None if value in ("", False, 0) else value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
