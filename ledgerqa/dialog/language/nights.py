"""How narrations say nights: "three nights, breakfast", "2 noites"."""

from typing import Final

_SO_MANY: Final = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen)"
SAID_NIGHTS: Final = (
    rf"\b{_SO_MANY}(?: of (?:the |our |my )?{_SO_MANY})?"
    r" (?:nights?|noites?|noches?|nuits?|notti?|n[aä]chte?|nachten|netter|nätter)\b"
)
"""In the syntax that Python and RE2 share."""
