"""Keys that say who did the work: "who fitted the panels" of a `fitter`, "who serviced it" of `serviced-by`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_WHO: Final = compiled(
    r"^(?:and |so |remind me |tell me )*(?:who|whom)(?:(?: was| is) it(?: that| who)?)? (?:has |had |have |actually )?"
    r"(?P<verb>[a-z]{2,}(?:ed|t|ught|ne|wn|de|ve))\b(?! (?:the )?(?:most|least|more|less|money)\b)"
)
_MOST: Final = compiled(r"\b(?:most|least|best|more|less|fewest|how (?:much|many)|often)\b")
_MONEY: Final = frozenset(
    "paid spent got sent lent owed charged billed earned cost bought sold received invoiced".split()
)
_FEWEST: Final = 3  # letters that a verb and who does it have in common
_AGENT: Final = compiled(r"(?:e?rs?|ors?)$")
_DONE: Final = compiled(r"(?:ed|en|n|t|d)$")


def doer_key(said: Said, vocabulary: Vocabulary) -> str | None:
    """The key of who did it; None where no key is called so, or money or a ranking is asked for."""
    return next((key for key in vocabulary.keys if does_it(key, said)), None)


def does_it(key: str, said: Said) -> bool:
    """Whether "who" is asked with the verb of the key."""
    asked = _WHO.match(said.folded)
    if asked is None or asked["verb"] in _MONEY or _MOST.search(said.folded):
        return False
    verb, parts = asked["verb"], re.findall(r"[a-z]+", fold(key))
    if len(parts) > 1 and parts[-1] == "by":
        return bool(parts[0] == verb)
    bare = _DONE.sub("", verb)
    return len(parts) == 1 and len(bare) >= _FEWEST and bare in {parts[0], _AGENT.sub("", parts[0])}
