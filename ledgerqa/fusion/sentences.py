"""Sentences out of a stream of text, each as soon as it is certain that it has ended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

END = re.compile(r"[.!?]+[)\"'’”]*(?=\s)")
ABBREVIATIONS = frozenset(
    "dr mr mrs ms prof st inc ltd co corp no nr vs approx etc ca resp incl excl eg ie e.g i.e str ave fig".split()
)
LIST_MARK = re.compile(r"\A(?:[-*•]|\d{1,2}[.)])\s+")  # at the very beginning, never "12) " of "(on 2023-05-12) "
NUMBERING = re.compile(r"\s*\d{1,2}\.")
MARK = re.compile(r"\[(\d+)\]")


class Sentences:
    """Cuts what has been written into sentences; `names` (payees) may hold full stops, and are never cut."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = tuple(name for name in names if END.search(f"{name} "))
        self._cut = 0  # where the sentence begins that has not ended

    def ended(self, text: str) -> list[str]:
        """The sentences that have ended in `text` (all that was written so far) since the last call."""
        found = []
        for match in END.finditer(text, self._cut):
            numbering = NUMBERING.fullmatch(text[self._cut : match.end()])
            if numbering or self._inside(text, match.end()) or _abbreviated(text, match.start()):
                continue
            found.append(text[self._cut : match.end()])
            self._cut = match.end()
        return [sentence for sentence in map(_tidy, found) if sentence]

    def rest(self, text: str) -> str:
        """What stands after the last sentence that has ended."""
        return _tidy(text[self._cut :])

    def _inside(self, text: str, end: int) -> bool:
        """Whether a name goes on, or may go on, across this place."""
        for name in self._names:
            for begin in range(max(self._cut, end - len(name)), end):
                written = text[begin : begin + len(name)]
                if begin + len(written) > end and name.startswith(written):
                    return True
        return False


def marks(sentence: str) -> tuple[int, ...]:
    """The numbers of the citation marks in a sentence, each once."""
    return tuple(dict.fromkeys(int(number) for number in MARK.findall(sentence)))


def _abbreviated(text: str, stop: int) -> bool:
    word = text[:stop].rsplit(None, 1)[-1:]
    return text[stop] == "." and bool(word) and word[0].lstrip("(").casefold() in ABBREVIATIONS


def _tidy(sentence: str) -> str:
    return " ".join(LIST_MARK.sub("", sentence.strip(), count=1).split())
