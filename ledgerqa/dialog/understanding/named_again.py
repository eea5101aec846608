"""He or she who was just spoken of: "and when did he last send any?", after what Dev owes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Link
    from ledgerqa.dialog.linking.said import Said

_OPENING: Final = r"\W*(?:(?:ok|okay|right|thanks|thank you|and|so|but|then)[,. ]+)*"
_ASKS: Final = r"(?:when|what|how (?:much|often|many times)|which day)(?: (?:money|of that|day|date))?"
_HE: Final = re.compile(rf"(?P<lead>{_OPENING}{_ASKS} (?:did|does|has|is|was|had) )(?P<he>he|she)\b", re.IGNORECASE)
_HIM: Final = re.compile(
    rf"(?P<lead>{_OPENING}{_ASKS} (?:did|do|have|had) (?:i|we) (?:last |ever |already |actually )*"
    r"(?:pay|paid|give|gave|given|send|sent|lend|lent|owe|(?:get|got|gotten|receive|received|hear|heard) from) )"
    r"(?P<he>him|her)(?=\W*$| (?:back|since|in|this|last|so|on|for|any|anything|money|altogether|all)\b)",
    re.IGNORECASE,
)
# "When did he last send any": to whoever asks.
_TO_ME: Final = re.compile(
    r"^((?: (?:last|ever|actually|really|already))* (?:sen[dt]|pay|paid|give|given|return|transfer))"
    r"(?=(?: back)?(?: (?:any|some|anything|something|money)\b(?: (?:back|money|of it))?)?\W*$)",
    re.IGNORECASE,
)
_PLAINLY: Final = frozenset({"exact", "words", "spelling"})


def named_again(asked: str, before: Said | None, names: Vocabulary) -> str:
    """The question with the name in place of "he" or "him", where the question before named one who may be meant."""
    if before is None or len(before.phrases) != 1 or not _may_be_one(before.phrases[0].best, names):
        return asked
    name = before.phrases[0].words
    if who := _HE.match(asked):
        rest = _TO_ME.sub(r"\1 me", asked[who.end() :])
        return f"{who['lead']}{name}{rest}"
    who = _HIM.match(asked)
    return f"{who['lead']}{name}{asked[who.end() :]}" if who else asked


def _may_be_one(named: Link, names: Vocabulary) -> bool:
    """Whether it may be somebody: a payee by his name, or what stands on an account that is called after him."""
    if named.how not in _PLAINLY:
        return False
    owed = {Root.ASSETS, Root.LIABILITIES}
    return named.kind == "payee" or (
        named.kind == "account" and all(names.by_name[each].root in owed for each in named.values)
    )
