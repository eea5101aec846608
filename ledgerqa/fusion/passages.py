"""Entries as passages for the reader: short, complete in themselves, and the same in every question.

A passage bears no number of its own, so that what the model made of it (its state) can be kept and used again
under any question.  Passages are never cut in the middle: what does not fit the budget is left out as a whole,
and how many were is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

from ledgerqa.settings import PASSAGE_TOKENS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledgerqa.records import Entry

LONGEST_LINE = 100  # characters of a narration, a comment or a value
MOST_POSTINGS = 6
ACCOUNT = re.compile(r"[^\W\d_][^\s:;\"]*(?::[^\s:;\"]+)+")
CURRENCY = r"(?:[A-Z][A-Z0-9'._-]*|/[A-Z0-9'._-]*[A-Z][A-Z0-9'._-]*)(?![^\s{@;])"
POSTING = re.compile(
    rf"\s+(?:[!*&#?%PSTCURM]\s+)?(?P<account>{ACCOUNT.pattern})"
    rf"(?:\s+(?P<number>[-+]?[\d,]*\.?\d+)\s+(?P<currency>{CURRENCY}))?"
)
DIRECTIVE = re.compile(
    rf"\d{{4}}[-/]\d\d?[-/]\d\d?\s+(?:balance|pad)\s+(?P<account>{ACCOUNT.pattern})"
    rf"(?:\s+(?P<number>[-+]?[\d,]*\.?\d+)\s+(?:~\s*\S+\s+)?(?P<currency>{CURRENCY}))?"
)
METADATA = re.compile(r"\s+(?P<key>[a-z][\w-]*):\s+(?P<value>\S.*)")
COMMENT = re.compile(r"\s*;+\s*")


@dataclass(frozen=True)
class Posting:
    """A posting as it is written: `number` is None where Beancount works it out."""

    account: str
    number: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class Passage:
    """The text of one entry, and its tokens."""

    entry_id: int
    text: str
    tokens: tuple[int, ...]


@dataclass(frozen=True)
class Chosen:
    """The passages that fit the budget, in the order given, and how many were left out."""

    passages: tuple[Passage, ...]
    left_out: int = 0

    @property
    def note(self) -> str:
        """What was cut, for the user; "" where nothing was."""
        if not self.left_out:
            return ""
        return f"The reader was given {len(self.passages)} of {len(self.passages) + self.left_out} entries found."


@lru_cache(maxsize=4096)
def postings(text: str) -> tuple[Posting, ...]:
    """The accounts and plain amounts in the source text of a transaction, a balance or a pad.

    An amount written as an expression ("40.00/3 USD") is left to Beancount, and its posting has no number here.
    """
    found = []
    lines = text.splitlines()
    matches = [DIRECTIVE.match(lines[0])] if lines else []
    matches += [POSTING.match(line) for line in lines[1:] if not line.lstrip().startswith((";", '"'))]
    for match in matches:
        if match is None:
            continue
        number = _decimal(match["number"]) if match["number"] else None
        found.append(Posting(match["account"], number, match["currency"] or "" if number is not None else ""))
    return tuple(found)


def passage_text(entry: Entry) -> str:
    """The entry in one line: date, payee, narration; its postings; its metadata and comments.

    "2023-05-12 Whole Foods, weekly shop; Expenses:Food:Groceries 45.20 USD; Assets:Checking"
    """
    lines = entry.text.splitlines()
    if entry.type != "transaction":
        return _short(" ".join(entry.text.split()) or f"{entry.date} {entry.type}", 2 * LONGEST_LINE) + "\n"
    head = f"{entry.date} {', '.join(_short(part) for part in (entry.payee, entry.narration) if part)}".rstrip()
    parts = [_posting(posting) for posting in postings(entry.text)]
    if len(parts) > MOST_POSTINGS:
        parts[MOST_POSTINGS:] = [f"{len(parts) - MOST_POSTINGS} more postings"]
    return "; ".join([head, *parts, *_remarks(lines)]) + "\n"


def choose(entries: Sequence[Entry], tokenize: Callable[[str], list[int]], budget: int = PASSAGE_TOKENS) -> Chosen:
    """The first entries whose passages fit `budget` tokens together; a long one does not bar shorter ones after it.

    Equal texts (the same coffee twice on one day) make one passage.
    """
    chosen: dict[str, Passage] = {}
    left_out, used = 0, 0
    for entry in entries:
        text = passage_text(entry)
        if text in chosen:
            continue
        tokens = tuple(tokenize(text))
        if used + len(tokens) > budget:
            left_out += 1
            continue
        used += len(tokens)
        chosen[text] = Passage(entry.entry_id, text, tokens)
    return Chosen(tuple(chosen.values()), left_out)


def _posting(posting: Posting) -> str:
    return posting.account if posting.number is None else f"{posting.account} {posting.number} {posting.currency}"


def _remarks(lines: Sequence[str]) -> list[str]:
    """Metadata and comments, which are often where the meaning stands."""
    said = []
    for line in lines[1:]:
        if match := METADATA.fullmatch(line):
            said.append(f"{match['key']}: {_short(match['value'].strip(chr(34)))}")
        elif ";" in line:
            said.append(_short(COMMENT.split(line, 1)[1]))
    return [remark for remark in said if remark]


def _short(text: str, most: int = LONGEST_LINE) -> str:
    """The text on one line, cut at a word where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
