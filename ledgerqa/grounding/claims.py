"""The gate for the reader's sentences: one is shown only if one cited row, or one fact, bears all that it says.

Existence is not support: "45.20 USD at Shell" is false when the row says Whole Foods, though figure, currency and
name all stand in the evidence.  So every figure, currency, sign, date, name and direction of a sentence must come
from the same entry (`entry_claims`) or the same row of the result (`result_claims`), in the role that it has there.

What a sentence may say at all is closed: words that neither `claim_words` nor the row has are claims that nothing
bears.  The question bears nothing, and neither does another row.  A sentence is dropped too if it says nothing that
could be checked (no figure, name or date), and if all that it says has been said before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledgerqa.grounding.claim_reading import MARK, Kind, read
from ledgerqa.grounding.figures import marks
from ledgerqa.records import Verification

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledgerqa.grounding.claim_reading import Reading
    from ledgerqa.grounding.witnesses import Witnesses
    from ledgerqa.records import Draft

LONGEST = 400  # characters: a sentence longer than that speaks of more than one row


@dataclass(frozen=True)
class Verdict:
    """Whether a sentence is shown, and why not; `text` is the sentence with the mark of the entry that bears it."""

    shown: bool
    reason: str = ""
    text: str = ""


def judge(draft: Draft, witnesses: Witnesses) -> Verdict:
    """Whether one row or fact bears the whole sentence."""
    if len(draft.text) > LONGEST:
        return Verdict(shown=False, reason="it is too long to come from one row")
    reading = read(draft.text, witnesses.names)
    if reading.fault:
        return Verdict(shown=False, reason=reading.fault)
    if not reading.claims:
        return Verdict(shown=False, reason="it says nothing that can be checked")
    if not (reading.of(Kind.FIGURE) or reading.of(Kind.NAME)):
        return Verdict(shown=False, reason="it says a date, and nothing of it")
    reading = _marked(reading, draft)
    best = (-1, "nothing was found that could bear it")
    for entry in witnesses.entries:
        reason, borne = entry.bears(reading)
        if not reason:
            return Verdict(shown=True, text=_with_mark(draft.text, entry.mark))
        best = max(best, (borne, reason), key=lambda one: one[0])
    for result in witnesses.results:
        reason, borne = result.bears(reading)
        if not reason:
            return Verdict(shown=True, text=draft.text.strip())
        best = max(best, (borne, reason), key=lambda one: one[0])
    return Verdict(shown=False, reason=best[1])


def admit(
    drafts: Iterable[Draft], witnesses: Witnesses, headline: Sequence[str] = ()
) -> tuple[tuple[str, ...], Verification]:
    """The sentences that may stand after the headline, and the count of what was drafted, shown and dropped.

    A sentence that says nothing beyond one sentence of the headline, or of those shown before it, is dropped.
    """
    shown: list[str] = []
    dropped: list[str] = []
    for draft, verdict in admitted(drafts, witnesses, headline):
        if verdict.shown:
            shown.append(verdict.text)
        else:
            dropped.append(f"{draft.text} ({verdict.reason})")
    counts = Verification(
        drafted=len(shown) + len(dropped), shown=len(shown), dropped=len(dropped), unsupported=tuple(dropped)
    )
    return tuple(shown), counts


def admitted(
    drafts: Iterable[Draft], witnesses: Witnesses, headline: Sequence[str] = ()
) -> Iterator[tuple[Draft, Verdict]]:
    """Each draft with its verdict, as it comes; one that repeats the headline or an earlier sentence is not shown."""
    said = [read(sentence, witnesses.names).claims for sentence in headline]
    for draft in drafts:
        verdict = judge(draft, witnesses)
        claims = read(draft.text, witnesses.names).claims
        if verdict.shown and any(claims <= before for before in said):
            verdict = Verdict(shown=False, reason="it repeats what was said before")
        if verdict.shown:
            said.append(claims)
        yield draft, verdict


def _marked(reading: Reading, draft: Draft) -> Reading:
    """The marks of the draft's own record count as if they stood in the sentence."""
    from dataclasses import replace

    return replace(reading, marks=tuple(dict.fromkeys((*reading.marks, *draft.citations))))


def _with_mark(sentence: str, mark: int) -> str:
    """The sentence with its source before the full stop, where it has none."""
    sentence = sentence.strip()
    if MARK.search(sentence):
        return sentence
    body = sentence.rstrip(".! ")
    return f"{body} {marks([mark])}{sentence[len(body) :].strip() or '.'}"


__all__ = ["Kind", "Verdict", "admit", "admitted", "judge"]
