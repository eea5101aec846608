"""A whole that is named first, and then a share of it: "Van costs in 2025 so far. What share was upkeep?"."""

from __future__ import annotations

import re
from typing import Final

from ledgerqa.patterns import compiled

_ASKS: Final = r"what(?:'s| is)? (?:the )?(?:share|percentage|percent|proportion|fraction|part)"
_OF_IT: Final = r"(?: of (?:it|that|this|them|those|these|(?:that|this|the) (?:total|whole|lot|sum)))?"
_SHARE: Final = compiled(
    rf"^(?P<whole>(?:(?!\b(?:what|how|which|who|when|where|why|did|does|was|were|is|are)\b)[^.?!]){{3,90}}?)"
    rf"[\s.,;:–—-]+(?:and |so )?"
    rf"(?P<asks>{_ASKS}){_OF_IT} (?P<rest>(?:was|is|were|are|went|goes|came|made up)\b.*)$",
    re.IGNORECASE,
)
# A share that is said to be of nothing leans on what stands before it.
LEANS: Final = compiled(rf"^(?:and |so |but )?{_ASKS}{_OF_IT} (?:was|is|were|are|went|goes|came|made up)\b")


def share_of_it(text: str) -> str:
    """The question with the whole in the place where "it" stands, or nothing does."""
    return _SHARE.sub(lambda found: f"{found['asks']} of {found['whole'].strip()} {found['rest']}", text)
