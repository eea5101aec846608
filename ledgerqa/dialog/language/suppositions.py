"""Questions put as something to work out ("if I sold all I have and paid what I owe, ..."), in plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

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
_NET_WORTH: Final = compiled(
    rf"{_IF}{_GATHER} {_ALL}(?: up| together)?(?P<how>[^?.;]*?),? and {_OWED}[,.;]? {_LEFT}", re.IGNORECASE
)
_SHARED_OUT: Final = compiled(
    rf"{_IF}(?:share|spread|divide|split|average)(?: out)? (?P<what>[^?;]+?),? (?:evenly )?"
    r"(?:over|across|among|between|by)(?: (?:all|the|its|those|each|every))+ (?P<unit>day|week|month|quarter|year)s?"
    r"(?: (?:of|in) (?:that|the|this) (?:year|month))?"
    r",? (?:how much|what) (?:is|does|do|would|was|did)\b[^?.]*",
    re.IGNORECASE,
)
# Words for what is held at a cost and quoted.
POSITION: Final = (
    r"(?:positions?|holdings?|investments?|stocks?|shares?|funds?|etfs?|securit(?:y|ies)|bonds?|coins?|cryptos?)"
)
_SELLING: Final = (
    r"(?:sell|sold|flog(?:ged)?|cash(?:ed)?(?: in)?|liquidated?|dump(?:ed)?|(?:get|got) rid of|unload(?:ed)?)"
)
_ALL_OF: Final = r"(?:(?:all|the whole|every bit|the lot)(?: of)? )?(?:(?:the|my|our|these|those|that) )?"
_THING: Final = rf"{_ALL_OF}(?P<what>[\w&' -]+?)"
_AT_PRICE: Final = (
    r"(?:at|for|on) (?:the |its |their |today'?s |this )*(?:\w+ )?(?:prices?|rates?|quotes?|values?)"
    r"(?: (?:on file|on record|(?:i|we) (?:have|noted)|in the (?:books|ledger)))?"
)
_NOW: Final = rf"(?:\s+(?:in|off|up|now|today|right now|tomorrow|at once|for cash|{_AT_PRICE}))*"
_YIELDS: Final = (
    r"(?:fetch|bring(?: in| us| me)*|get(?: us| me)?|make(?: us| me)?|raise|come to|give (?:us|me)|be worth|amount to"
    r"|yield|net(?: us| me)?|have|leave (?:us|me)|pay(?: us| me)?|receive|pocket)(?: for (?:it|them|that))?"
)
_IT: Final = r"(?:it|they|that|those|these|them|i|we)"
_WOULD: Final = r"(?:what|how much)(?: money)?(?: would|'d|d| could| will)"
_LOT: Final = r"(?: (?:all(?: of)?|the (?:whole )?lot|it|them|that|those|these|everything|all))*"
_SALES: Final = (
    # "If we sold all the ACME at the latest price on file, what would it fetch".
    compiled(rf"{_IF}{_SELLING} {_THING}{_NOW},? {_WOULD} {_IT}(?: all)? {_YIELDS}{_NOW}", re.IGNORECASE),
    # "What would we get if we sold our ACME".
    compiled(
        rf"{_WOULD} (?:i|we) {_YIELDS},? {_IF}{_SELLING} {_THING}{_NOW}(?=\s*(?:[?.!,;]|$))",
        re.IGNORECASE,
    ),
    # "What would my ACME bring in if I sold the lot".
    compiled(rf"{_WOULD} {_THING} {_YIELDS}{_NOW},? {_IF}{_SELLING}{_LOT}{_NOW}", re.IGNORECASE),
)


def put_plainly(text: str, is_quoted: Callable[[str], bool]) -> str:
    """The text with what is to be worked out called by its name; `is_quoted` tells what has a price on file."""
    text = _NET_WORTH.sub(_worth, text)
    for sale in _SALES:
        text = sale.sub(lambda found: _at_market(found, is_quoted), text, count=1)
    return _SHARED_OUT.sub(r"how much on average per \g<unit> was \g<what>", text)


def _at_market(found: re.Match[str], is_quoted: Callable[[str], bool]) -> str:
    """As in "what would my shares fetch": what is held at the newest prices; nobody knows that of a flat."""
    return f"what is my {found['what']} worth at the latest price" if is_quoted(found["what"]) else found.group()


def _worth(found: re.Match[str]) -> str:
    money = f" in {found['money']}" if found["money"] else ""
    return f"what is my net worth{found['how']}{money}"
