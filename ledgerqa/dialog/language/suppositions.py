"""Questions put as something to work out ("if I sold all I have and paid what I owe, ..."), in plain words."""

from __future__ import annotations

import re
from typing import Final

_IF: Final = (
    r"\b(?:if|suppose|supposing|say|assuming|imagine)(?: that)? (?:i|we|you) (?:were to |could |had to |were )?"
)
_ALL: Final = (
    r"(?:everything|all|whatever|what)(?: (?:of )?(?:it|this))?"
    r"(?: that(?: i|')s (?:mine|ours)| (?:that )?(?:i|we)(?:'ve| have)?(?: got)?(?: own| have| hold| possess)?)"
)
_GATHER: Final = (
    r"(?:add|added|took|take|put|sold|sell|count|counted|total|totalled|tot|totted|cash|cashed|lump|lumped)"
    r"(?: up| together| in| off)?"
)
_OWED: Final = (
    r"(?:then )?(?:subtract|deduct|settle|clear|pay|take|took|knock|paid|minus|less)(?:e?d)?(?: off| away| back| up)?"
    r" (?:all )?(?:(?:of )?(?:the|my|our) (?:debts?|loans|liabilities)"
    r"|(?:what(?:ever)?|all|everything|everybody|everyone|anyone|whoever)(?: that)? (?:i|we) (?:still )?owed?)"
)
_LEFT: Final = (
    r"(?:how many (?P<money>[a-z]+(?: [a-z]+)?)|how much|what)(?: money)?"
    r" (?:would|will|is|was|does|do|am|are|can|could)\b"
    r"(?: (?:that|it|there|i|we|be|make|comes?|left|to|me|us|over|have|end|up|with|then|remain|amount|worth|of|leave))*"
)
_NET_WORTH: Final = re.compile(
    rf"{_IF}{_GATHER} {_ALL}(?: up| together)?(?P<how>[^?.;]*?),? and {_OWED}[,.;]? {_LEFT}", re.IGNORECASE
)
_SHARED_OUT: Final = re.compile(
    rf"{_IF}(?:share|spread|divide|split|average)(?: out)? (?P<what>[^?;]+?),? (?:evenly )?"
    r"(?:over|across|among|between|by)(?: (?:all|the|its|those|each|every))+ (?P<unit>day|week|month|quarter|year)s?"
    r"(?: (?:of|in) (?:that|the|this) (?:year|month))?"
    r",? (?:how much|what) (?:is|does|do|would|was|did)\b[^?.]*",
    re.IGNORECASE,
)


def put_plainly(text: str) -> str:
    """The text with what is to be worked out called by its name."""
    text = _NET_WORTH.sub(_worth, text)
    return _SHARED_OUT.sub(r"how much on average per \g<unit> was \g<what>", text)


def _worth(found: re.Match[str]) -> str:
    money = f" in {found['money']}" if found["money"] else ""
    return f"what is my net worth{found['how']}{money}"
