"""Where a question says of refunds that they count as well, or that they are what it lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.slots import Span

_BACK: Final = (
    r"(?:(?:any|all|the|my|our) )*(?:refunds?|returns?|returned (?:goods|items|things|stuff)|money back|chargebacks?"
    r"|credits?|credit notes?)(?:(?:,? (?:and|or) |, )(?:refunds?|returns?|credits?|credit notes?))*"
)
_COUNTED: Final = compiled(
    r"(?<!not )(?<!without )(?<!n't )(?<!n’t )"
    rf"\b(?:includ(?:ing|e|es)|incl\.?|counting|as well as|along with|together with) {_BACK}(?! (?:of|from|to)\b)"
    rf"|(?:[,;:(–—-] ?|\band ){_BACK} (?:too|as well|also|included|incl\.?|counted(?: in| too)?|and all)(?!\w)",
    re.IGNORECASE,
)
_REQUEST: Final = (
    r"(?:(?:please|can you|could you|i want to see|i would like to see|just|now|and) )*(?:list|show|give|name|find"
    r"|print|display|which|what|how many|all|every|each|any|(?:were|are|is|was) there(?: any)?)\b"
)
_WORD: Final = r"(?:refunds?|chargebacks?)"
_LISTED: Final = compiled(
    rf"^{_REQUEST}(?: (?!not\b|without\b|excluding\b|before\b|less\b|net\b|tax\b)[\w'-]+){{0,4}}? {_WORD}\b"
    r"(?: that| which)?(?: (?:i|we|they))?(?:'ve| have| were| was)?"
    r"(?: (?:received|got|gotten|had|credited|booked|posted|paid|collected|made|recorded|came in)| (?:we|i) got)?"
)


def find_counted_refunds(text: str) -> tuple[Span, ...]:
    """Where refunds are said to count too: "everything on tools, incl returns".

    >>> text = "list everything on tools incl returns"
    >>> [text[start:end] for start, end in find_counted_refunds(text)]
    ['incl returns']
    """
    return tuple(found.span() for found in _COUNTED.finditer(text))


def lists_refunds(folded: str) -> bool:
    """As in "list the supplier refunds we received": what came back, and neither income nor a name."""
    return bool(_LISTED.match(folded))
