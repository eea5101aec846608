"""The text of an entry that is embedded and searched by words: what it is about, and no dates or amounts.

Payee, narration, the leaves of its accounts, tags, links, the values of its metadata and the comments in its
source.  Dates and amounts are for SQL.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ledgerqa.beans.slices import comments

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIGURE = re.compile(r"[\s\d.,:/+\-'%()]*")
"""A text that is nothing but a number, a date or a time."""


def says_something(text: str) -> bool:
    """Whether there is more in `text` than figures and marks."""
    return _FIGURE.fullmatch(text) is None


def entry_text(parts: Iterable[str | None], accounts: Iterable[str], marks: Iterable[str], values: Iterable[Any], source: str) -> str:
    """Join what an entry says: `parts` (payee, narration, ...), leaves of `accounts`, tags and links, metadata, comments."""
    said = [part for part in parts if part]
    said.extend(dict.fromkeys(account.rpartition(":")[2] for account in accounts))
    said.extend(marks)
    said.extend(value for value in values if isinstance(value, str) and says_something(value))
    if ";" in source:
        said.extend(comment for comment in comments(source) if says_something(comment))
    return " | ".join(said)
