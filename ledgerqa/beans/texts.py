"""The text of an entry that is embedded and searched by words: what it is about, and no dates or amounts.

Payee, narration, the leaves of its accounts, tags, links, the values of its metadata and the comments in its
source.  Dates and amounts are for SQL.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledgerqa.beans.slices import comments

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIGURE = re.compile(r"[\s\d.,:/+\-'%()]*")
"""A text that is nothing but a number, a date or a time."""


def says_something(text: str) -> bool:
    """Whether there is more in `text` than figures and marks."""
    return _FIGURE.fullmatch(text) is None


def entry_text(
    words: Iterable[str | None], accounts: Iterable[str], marks: Iterable[str], values: Iterable[str], source: str
) -> str:
    """What an entry says.

    `words` (payee, narration, ...), the leaves of `accounts`, `marks` (tags and links), `values` of its metadata
    and the comments in its `source`, each once and in this order, parted by " | ".
    """
    said = [word for word in words if word]
    said.extend(account.rpartition(":")[2] for account in accounts)
    said.extend(marks)
    said.extend(value for value in values if says_something(value))
    if ";" in source:
        said.extend(comment for comment in comments(source) if says_something(comment))
    return " | ".join(dict.fromkeys(said))
