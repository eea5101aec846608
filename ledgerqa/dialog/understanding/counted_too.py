"""What a question says counts as well: a part of the whole that is asked for, to which it does not narrow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.understanding.asides import named_in
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.dialog.linking.said import Said

_PAUSE: Final = r"(?:\s*[,;:(]\s*|\s+[-–—]\s+|\s+(?=(?:including|incl|counting)\b))"
_WHAT: Final = r"(?:(?!\b(?:not|never|only|just|what|how|which|who|when)\b|n['’]t\b)[^,;:()?!.–—]){2,50}?"
_IS: Final = r"(?:do|does|should|shall|must|are|is|to|be|being|have|has|all|both)"
_COUNTED: Final = re.compile(
    rf"{_PAUSE}(?:(?:and|but|with|yes)\s+)*(?:"
    rf"{_WHAT}\s+(?:{_IS}\s+)*(?:also\s+(?:{_IS}\s+)*(?:counts?|counted|included|belongs?)"
    r"|(?:counts?|counted|included|belongs?)\s+(?:in\s+)?(?:too|as\s+well|also)|included)"
    rf"|(?:including|incl\.?|counting(?:\s+in)?)\s+{_WHAT}(?:\s+(?:too|as\s+well|also))?"
    r")\s*\)?(?=\s*(?:[,;:?!.]|\s[-–—]|$))",
    re.IGNORECASE,
)
_STANDING: Final = frozenset({Measure.BALANCE, Measure.NET_WORTH, Measure.BALANCE_SHEET})
_ALL: Final = re.compile(
    r"\b(?:every(?:thing|body|one)|all|altogether|total|added up|together|whole|overall|owe|own|worth|debts?"
    r"|liabilities|assets|money)\b",
    re.IGNORECASE,
)


def without_counted_too(text: str, read: Callable[[str], Said]) -> str:
    """As in "all that we owe, unused vouchers count too": what stands in all, where nothing else is named."""
    found = _COUNTED.search(text)
    if found is None:
        return text
    rest = f"{text[: found.start()]}{text[found.end() :]}".strip()
    whole = read(rest)
    standing = (whole.by_rules or whole.intent).measure in _STANDING and _ALL.search(rest)
    alone = all(each.best.kind == "currency" for each in named_in(whole)) and not whole.unknown
    parts = [each.best.kind for each in named_in(read(found.group().strip(" ,;:()")))]
    return rest if standing and alone and set(parts) <= {"account", "root"} else text
