"""Who was just spoken of, or the next in turn: "and when did he last send any?", "and Kofi?" after what Dev owes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.brought_back import with_who_was_paid
from ledgerqa.patterns import compiled
from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Link
    from ledgerqa.dialog.linking.said import Said

_OPENING: Final = r"\W*(?:(?:ok|okay|right|thanks|thank you|and|so|but|then)[,. ]+)*"
_ASKS: Final = r"(?:when|what|how (?:much|often|many \w+)|which day)(?: (?:money|of that|day|date))?"
_HE: Final = compiled(rf"(?P<lead>{_OPENING}{_ASKS} (?:did|does|has|is|was|had) )(?P<he>he|she)\b", re.IGNORECASE)
_HIM: Final = compiled(
    rf"(?P<lead>{_OPENING}{_ASKS} (?:did|do|have|had) (?:i|we) (?:last |ever |already |actually )*"
    r"(?:pay|paid|give|gave|given|send|sent|lend|lent|owe|(?:get|got|gotten|receive|received|hear|heard) from) )"
    r"(?P<he>him|her)(?=\W*$| (?:back|since|in|this|last|so|on|for|any|anything|money|altogether|all)\b)",
    re.IGNORECASE,
)
# "When did he last send any": to whoever asks.
_TO_ME: Final = compiled(
    r"^((?: (?:last|ever|actually|really|already))* (?:sen[dt]|pay|paid|give|given|return|transfer))"
    r"(?=(?: back)?(?: (?:any|some|anything|something|money)\b(?: (?:back|money|of it))?)?\W*$)",
    re.IGNORECASE,
)
# "How much have they paid me in all", after what a customer owes: "they" of somebody, and of no entries.
_THEY: Final = compiled(
    rf"(?P<lead>{_OPENING}{_ASKS} (?:did|do|does|has|have|had) )(?P<they>they)"
    r"(?= (?:last |ever |already |actually |still )*(?:pa(?:y|id)|spen[dt]|give|gave|given|owed?|sen[dt]|borrow(?:ed)?"
    r"|lend|lent|charged?|bill(?:ed)?|order(?:ed)?|repa(?:y|id)|contributed?|donated?)\b)",
    re.IGNORECASE,
)
# "How much have I paid back so far", after what is owed to somebody.
_REPAID: Final = compiled(
    rf"(?P<lead>{_OPENING}{_ASKS} (?:have|did|do) (?:i|we) (?:(?:actually|already|last|ever) )*)"
    r"(?:(?P<paid>pa(?:y|id)) (?P<back>back|off|down)|(?P<repaid>repa(?:y|id)))"
    r"(?=\W*$|,? (?:so far|already|yet|now|since|in|on|last|this|over|during|by|to date|altogether|overall|at|until"
    r"|before|after|all told)\b)",
    re.IGNORECASE,
)
# "Ok and the one for the car", after what is owed for the flat.
_THE_ONE: Final = compiled(
    rf"{_OPENING}(?:(?:what|how) about |what is |what's |how much (?:is|for) )?(?:the|that) (?:one|loan|debt)"
    r" (?:for|on|of|with) (?P<thing>(?:the |my |our )?[\w'-]+(?: [\w'-]+)?)\W*",
    re.IGNORECASE,
)
_OWED: Final = compiled(
    r"\b(?:owe[ds]?|owing|outstanding|loans?|mortgage|debts?|left to pay|pay(?:ing)? off)\b", re.IGNORECASE
)
_OPENED: Final = compiled(r"\W*(?:and|so|but|ok|okay|then|what about|how about)\b", re.IGNORECASE)
_AT_ANY_TIME: Final = compiled(
    r"\b(?:when|last|latest|ever|so far|to date|since|until|till|still|now|today|owe[sd]?|next|altogether|in all"
    r"|this|(?:19|20)\d\d"
    r"|all told|overall|in total)\b",
    re.IGNORECASE,
)
_PLAINLY: Final = frozenset({"exact", "words", "spelling"})


# "How much has mum had back", "have we given mum back".
_HAD_BACK: Final = compiled(
    rf"(?P<lead>{_OPENING})(?:how much|what) (?:(?:has|have|did) (?:(?:my|our|the) )?(?P<had>[\w-]+) (?:\w+ )?"
    r"(?:had|got|get|gotten|received?|been (?:given|handed))"
    r"|(?:have|did) (?:we|i) (?:\w+ )?(?:given?|gave|hand(?:ed)?|sen[dt]) (?:(?:my|our|the) )?(?P<given>[\w-]+)) back"
    r"(?= (?:so far|already|yet|in|since|this|last|by|to date|altogether|overall)\b|\W*$)",
    re.IGNORECASE,
)


def named_again(asked: str, before: Said | None, names: Vocabulary) -> str:
    """The question with the name in place of "he" or "him", where the question before named one who may be meant."""
    asked = _named_again(asked, before, names)
    back = _HAD_BACK.match(asked)
    who = (back["had"] or back["given"]) if back else ""
    if back is None or not _is_lender(who, names):
        return asked
    return f"{back['lead']}how much have we paid {who} back{asked[back.end() :]}"


def _is_lender(who: str, names: Vocabulary) -> bool:
    """Whether what is owed to him or her, and nothing that they owe, stands on accounts called so."""
    roots = {of.root for name, of in names.by_name.items() if fold(name.rpartition(":")[2]) == fold(who)}
    return Root.LIABILITIES in roots and Root.ASSETS not in roots


def _named_again(asked: str, before: Said | None, names: Vocabulary) -> str:
    asked = with_who_was_paid(asked, before, names)
    if before is not None and (one := _THE_ONE.fullmatch(asked)):
        return _of_the_other_thing(one["thing"], before) or asked
    if before is not None and (next_one := _of_the_next(asked, before, names)):
        return next_one
    if before and (repaid := _repaid(asked, before, names)):
        return repaid
    somebody = [each for each in before.phrases if _may_be_one(each.best, names)] if before else []
    if before is None or len(somebody) != 1:
        return asked
    name = somebody[0].words
    if they := _THEY.match(asked):
        rest = _TO_ME.sub(r"\1 me", asked[they.end() :])
        return at_the_same_time(f"{they['lead']}{name}{rest}", before)
    if who := _HE.match(asked):
        rest = _TO_ME.sub(r"\1 me", asked[who.end() :])
        return at_the_same_time(f"{who['lead']}{name}{rest}", before)
    who = _HIM.match(asked)
    return at_the_same_time(f"{who['lead']}{name}{asked[who.end() :]}", before) if who else asked


def at_the_same_time(told: str, before: Said) -> str:
    """The question as one that goes on from the last, with its time, unless it asks for the latest or for all."""
    alone = not before.periods or _OPENED.match(told) or _AT_ANY_TIME.search(told)
    return told if alone else f"and {told}"


def _of_the_other_thing(thing: str, before: Said) -> str:
    """The question before, on what is owed for something, with another thing in its place; empty where it is not so."""
    if not _OWED.search(before.text):
        return ""
    for phrase in reversed(before.phrases):
        named = re.compile(rf"\b(?P<lead>for|on|of) (?:the |my |our )?{re.escape(phrase.words)}\b", re.IGNORECASE)
        if named.search(before.text):
            return named.sub(lambda found: f"{found['lead']} {thing}", before.text, count=1)
    return ""


_NEXT: Final = compiled(
    rf"{_OPENING}(?:(?:what|how) about |(?:the )?same for |for )?(?P<name>[\w'’-]+)\W*", re.IGNORECASE
)


def _of_the_next(asked: str, before: Said, names: Vocabulary) -> str | None:
    """As in "and Kofi?" after "how much has Eoin paid Tamsin back": the same of who has an account beside Eoin's."""
    said = _NEXT.fullmatch(asked)
    if said is None:
        return None
    called: dict[str, set[str]] = {}
    for name in names.by_name:
        if names.by_name[name].root in {Root.ASSETS, Root.LIABILITIES}:
            over, _, own = name.rpartition(":")
            called.setdefault(fold(own), set()).add(over)
    sharing = called.get(fold(said["name"]), set())
    words = re.findall(r"[\w'’-]+", before.text)
    beside = [each for each in words if fold(each) != fold(said["name"]) and sharing & called.get(fold(each), set())]
    if not beside or fold(said["name"]) in {fold(each) for each in words}:
        return None
    return re.sub(rf"\b{re.escape(beside[0])}\b", said["name"], before.text, count=1)


def _repaid(asked: str, before: Said, names: Vocabulary) -> str:
    """What was paid back of the debt spoken of; empty where none was, or nothing of the kind is asked."""
    back = _REPAID.match(asked)
    if back is None or len(before.phrases) != 1 or not _is_owed(before.phrases[0].best, names):
        return ""
    way = f" {back['back']}{' to' if back['back'] == 'back' else ''}" if back["paid"] else ""
    return f"{back['lead']}{back['paid'] or back['repaid']}{way} {before.phrases[0].words}{asked[back.end() :]}"


def _is_owed(named: Link, names: Vocabulary) -> bool:
    """Whether it names debts and nothing else."""
    return named.kind == "account" and all(names.by_name[each].root is Root.LIABILITIES for each in named.values)


def _may_be_one(named: Link, names: Vocabulary) -> bool:
    """Whether it may be somebody: a payee by his name, or what stands on an account that is called after him."""
    if named.how not in _PLAINLY:
        return False
    owed = {Root.ASSETS, Root.LIABILITIES}
    return named.kind == "payee" or (
        named.kind == "account" and all(names.by_name[each].root in owed for each in named.values)
    )
