"""Words of chats ("rn", "u"), of reports ("itemize") and idioms, put plainly before a question is read.

Some of them are also names, or mean something else beside certain words ("cash from an ATM"): each pattern says where
it is the short form.  The patterns stand in `chat.toml` and `reports.toml`, those of idioms in `idioms.toml`.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.idioms import idioms_in
from ledgerqa.dialog.lists import read_list
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary

_QUOTED = compiled(r"\"[^\"]*\"|“[^”]*”")


def written_out(text: str, vocabulary: Vocabulary) -> str:
    """The question without short forms and idioms.

    Those in quotation marks and in names of the ledger ("Fish n Chips") stay.
    """
    for pattern, meant in itertools.chain(_forms(), idioms_in(text)):
        quoted = [match.span() for match in _QUOTED.finditer(text)]
        for match in reversed(list(pattern.finditer(text))):
            inside = any(start <= match.start() < end for start, end in quoted)
            if not inside and not _is_in_a_name(text, match, vocabulary):
                text = (text[: match.start()] + match.expand(meant) + text[match.end() :]).lstrip()
    return text


def _is_in_a_name(text: str, match: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Whether some text of the ledger has the short form between the same words."""
    before, after = re.search(r"\w+\W*$", text[: match.start()]), re.match(r"\W*\w+", text[match.end() :])
    if before is None and after is None:
        return False
    written = "".join(each[0] for each in (before, match, after) if each).lower()
    return any(written in each.value.lower() for each in vocabulary.texts([re.escape(written)]))


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for name, flags in (("reports", re.IGNORECASE), ("chat", re.NOFLAG)):
        for line in read_list(name)["forms"]["lines"].splitlines():
            pattern, _, meant = line.partition(" =>")
            found += [(compiled(pattern, flags), meant.strip())] if pattern else []
    return tuple(found)
