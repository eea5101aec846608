"""Authored phrasings: small text files in which a header gives the intent of the lines below it.

    [measure=sum flow=spend]
    how much did we blow on {category} {when}
    total paid to {payee=the plumber} {when} not counting {not:category}

A header's keys are the fields of `dialog.intents.Intent` (what is not written is not said by the words); braces are
slots, filled later from a vocabulary (`fills`) or literal after `=`.  See `phrasings/FORMAT.md`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ledgerqa.errors import PhrasingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Label = str
NO: Final = ""  # the class of what is not said

# Every field with its classes.  `group` alone may have several at once.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "measure": tuple(
            "sum count average list balance net_worth holdings net_income income_statement balance_sheet price budget"
            " metadata accounts commodities events notes documents balance_checks queries ledger_errors recurring"
            " gaps".split()
        ),
        "flow": ("spend", "income", "repay"),
        "group": tuple(
            "account payee narration tag link currency day week month quarter year weekday".split(),
        ),
        "order": ("date", "-date", "amount", "-amount", "key", "-key"),
        "single": ("yes",),
        "count_of": tuple("postings entries days months years payees accounts".split()),
        "per": tuple("booking day week month quarter year".split()),
        "valuation": ("units", "cost", "market"),
        "convert": ("yes",),
        "compare": ("yes",),
        "failing": ("yes",),
        "sign": ("-1", "1"),
        "key": ("shared", "units", "entry", "opened", "closed"),
        "depth": ("2",),
        "follow_up": ("yes",),
        "outcome": ("clarify", "refuse", "change", "inject"),
    }
)
SEVERAL: Final = "group"
PHRASINGS: Final = Path(__file__).with_name("phrasings")
VOCABULARIES: Final = Path(__file__).with_name("vocabularies")
FLAGS: Final = tuple(name for name, classes in FIELDS.items() if classes == ("yes",))

# What the words of each slot are called by the tagger.
LABELS: Final[Mapping[str, Label]] = MappingProxyType(
    {
        **dict.fromkeys("category income payee tag account person thing currency link text".split(), "NAME"),
        **dict.fromkeys("when period date".split(), "PERIOD"),
        "amount": "AMOUNT",
        "n": "NUMBER",
        "in:currency": "TARGET",
        "key": "KEY",
        "value": "VALUE",
        **dict.fromkeys(
            ("not:category", "not:payee", "not:tag", "not:account", "not:person", "not:thing", "not:text"), "EXCLUDE"
        ),
    }
)
_SLOT = re.compile(r"\{([^{}=]*)(?:=([^{}]*))?\}")


@dataclass(frozen=True)
class Slot:
    """A place for words: its `name` as in LABELS; `literal` where the author wrote them ("" where they are to fill)."""

    name: str
    literal: str = ""

    @property
    def label(self) -> Label:
        """What the tagger calls its words."""
        return LABELS[self.name]


@dataclass(frozen=True)
class Phrasing:
    """One line: plain text and slots in their order, and the intent's fields (a field may have several classes)."""

    parts: tuple[str | Slot, ...]
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    where: str = ""

    @property
    def skeleton(self) -> str:
        """The line with its names and periods taken out, folded: what two fills of one phrasing share."""
        words = [part if isinstance(part, str) else f" {part.label} " for part in self.parts]
        return " ".join(re.findall(r"\w+", "".join(words).lower())).replace("period", "PERIOD").replace("name", "NAME")


def read_phrasings(folder: Path) -> list[Phrasing]:
    """All phrasings of a folder's text files, by name; PhrasingError at the first line that cannot be read."""
    return [each for path in sorted(folder.glob("*.txt")) for each in read_file(path)]


def read_file(path: Path) -> list[Phrasing]:
    """The phrasings of one file."""
    return list(_parsed(path.read_text(encoding="utf-8").splitlines(), path))


def hash_of(*folders: Path) -> str:
    """One hash of all training data: names and contents of the files, in order."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix in {".txt", ".toml"}:
                digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _parsed(lines: Iterable[str], path: Path) -> Iterator[Phrasing]:
    fields: Mapping[str, tuple[str, ...]] | None = None
    for number, written in enumerate(lines, start=1):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        where = f"{path.name}:{number}"
        try:
            if line.startswith("["):
                fields = MappingProxyType(_header(line))
            else:
                yield Phrasing(parts_of(line), _under(fields), where)
        except ValueError as error:
            raise PhrasingError(path, number, str(error)) from error


def _under(fields: Mapping[str, tuple[str, ...]] | None) -> Mapping[str, tuple[str, ...]]:
    if fields is None:
        raise ValueError("a phrasing stands before the first header")
    return fields


def _header(line: str) -> dict[str, tuple[str, ...]]:
    if not line.endswith("]"):
        raise ValueError("the header has no closing bracket")
    found: dict[str, tuple[str, ...]] = {}
    for word in line[1:-1].split():
        name, written, value = word.partition("=")
        if name not in FIELDS:
            raise ValueError(f"no field is called {name!r}")
        classes = tuple(value.split(",")) if written else ("yes",)
        wrong = [each for each in classes if each not in FIELDS[name]]
        if wrong or (len(classes) > 1 and name != SEVERAL) or name in found:
            raise ValueError(f"{word!r}: {name} is one of {', '.join(FIELDS[name])}")
        found[name] = classes
    if "outcome" in found and len(found) > 1:
        raise ValueError("an outcome stands alone")
    return found


def parts_of(line: str) -> tuple[str | Slot, ...]:
    """The plain text and the slots of a line, in order; ValueError where a slot cannot be read."""
    parts: list[str | Slot] = []
    at = 0
    for match in _SLOT.finditer(line):
        name, literal = match[1], match[2] or ""
        if name not in LABELS:
            raise ValueError(f"no slot is called {name!r}")
        parts += [line[at : match.start()], Slot(name, literal.strip())]
        at = match.end()
    parts.append(line[at:])
    kept = tuple(part for part in parts if part)
    if any("{" in part or "}" in part for part in kept if isinstance(part, str)):
        raise ValueError("a brace without its partner")
    return kept
