"""What became of the reader's sentences over a set of questions: how many were drafted, shown and dropped, and why."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from ledgerqa.grounding.figures import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COUNTED: Final = ("drafted", "shown", "dropped")
MOST_REASONS: Final = 5
_QUOTED = re.compile(r"“[^”]*”|\d[\d,.-]*(?: [A-Z][A-Z0-9]+)?")


def reading(answers: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The counts over all answers, as `--json` gives them, in which a reader took part; None where there is none."""
    read = [answer for answer in answers if answer["models"]["reader"]]
    if not read:
        return None
    counts = {name: sum(answer["verification"][name] for answer in read) for name in COUNTED}
    return {
        "reader": read[0]["models"]["reader"]["name"],
        "answers": len(read),
        **counts,
        "shown_share": round(counts["shown"] / counts["drafted"], 4) if counts["drafted"] else None,
        "median_read_ms": round(statistics.median(answer["timings_ms"]["read"] for answer in read), 1),
        "reasons": dict(Counter(_reasons(read)).most_common(MOST_REASONS)),
    }


def _reasons(answers: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Why sentences were dropped, what they said left out, so that reasons of one kind count as one."""
    for answer in answers:
        dropped = answer["verification"]["dropped"]
        for sentence in answer["verification"]["unsupported"][-dropped:] if dropped else ():
            yield _QUOTED.sub("…", sentence.rpartition(" (")[2].rstrip(")"))


def reading_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """One line of counts, and one a reason."""
    share = "" if told["shown_share"] is None else f" ({100 * told['shown_share']:.1f}%)"
    yield (
        f"reader {told['reader']}: {count(told['drafted'], 'sentence')} drafted in {count(told['answers'], 'answer')}, "
        f"{told['shown']} shown{share}, {told['dropped']} dropped; median {told['median_read_ms'] / 1000:.1f} s"
    )
    for reason, times in told["reasons"].items():
        yield f"  {times} × {reason}"
