"""Words for a trade that stand nowhere in the ledger, taken for those whose bills say what that trade does.

"The dentist" is whoever wrote "filling, lower left molar"; a hand-written list (`trades.toml`) knows what stands on
whose bills.  It needs no model, and is asked before the search by meaning.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.called_otherwise import false_friends
from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.dialog.linking.links import Link, Phrase
from ledgerqa.dialog.linking.other_words import in_other_words
from ledgerqa.dialog.lists import read_list
from ledgerqa.records import Filters, Mention, Root

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ledgerqa.dialog.language.texts import Text
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

SCORE: Final = 0.7
MOST_PAYEES: Final = 4  # whoever writes such bills; more of them, and the words are too common here to tell
WHOLLY: Final = 0.5  # the share of a payee's entries that say so, from which all of them count
PARTLY: Final = 0.2  # the same where whoever has that trade does little else
_AROUND: Final = frozenset(
    stem
    for word in """appointment visit session bill cost charge fee trip guy man woman lady people place work service firm
    company shop store stuff thing expense invoice treatment job repair person specialist office local family
    chap bloke fellow fella crew team""".split()
    for stem in stems(word)
)


@dataclass(frozen=True)
class Trade:
    """Phrases (tuples of stems) that a trade is called by, and that stand on its bills."""

    name: str
    called: frozenset[tuple[str, ...]]
    bills: tuple[tuple[str, ...], ...]
    who: bool = False
    but: str = ""  # another trade, whose bills may say so as well
    within: tuple[str, ...] = ()  # what stands inside the words of payees' names


def of_a_trade(lost: str, names: Vocabulary) -> tuple[Phrase, str] | None:
    """The lost words as a phrase that names whom, or what, their trade's bills are of, and a note that says so.

    None where the words are no trade's, or nothing is billed so, or by too many.
    """
    trade = _trade(stems(lost))
    if trade is None:
        return None
    if not names.tongues_told:
        trade = replace(trade, bills=tuple(each for each in trade.bills if each not in false_friends()))
    patterns = [*map(_pattern, trade.bills), *trade.within]
    hits = [each for each in names.texts(patterns) if _says(each, trade)]
    billing = names.booked.billed({each.value for each in hits if each.kind == "narration"})
    link = _link(hits, billing, who=trade.who)
    other = of_a_trade(trade.but, names) if trade.but and link and link.kind == "payee" else None
    if other and link:
        own = tuple(each for each in link.values if each not in other[0].best.values)
        link = replace(link, values=own) if own else None
    if link is None:
        return None
    shown = ", ".join(link.values[:MOST_PAYEES])
    said = next((each.value for each in hits if each.kind == "narration"), "")
    why = f" (“{said}”)" if said and link.kind == "payee" else ""
    return Phrase(0, 1, lost, (link,)), f"“{lost}” stands nowhere in the ledger; taken for {shown}{why}"


def is_of_somebody(lost: str) -> bool:
    """Whether the words call who has a trade, as "the dentist" does, and not what somebody sells."""
    trade = _trade(stems(lost))
    return trade is not None and trade.who


def of_their_bills(said: Said, names: Vocabulary) -> Said:
    """As in "dentist bills", where only a loan to a friend says the word: a name that nothing is spent under gives way.

    It gives way to whom, or what, the trade of that name bills.
    """
    if "spend" not in {said.intent.flow, said.by_rules.flow if said.by_rules else None}:
        return said
    return replace(said, phrases=tuple(_billing(each, names) or each for each in said.phrases))


def _billing(phrase: Phrase, names: Vocabulary) -> Phrase | None:
    if phrase.best.kind != "narration":
        return None
    said = _moved(phrase, names)
    if Root.EXPENSES in said:
        return _of_whom_instead(phrase, names)
    if names.tongues_told and (worded := in_other_words(phrase.words, names)) and len(worded[0]) == 1:
        other = replace(phrase, options=worded[0][0].options)
        if Root.EXPENSES in _moved(other, names):
            return other  # "the washing machine", a "máquina de lavar", and not what mum gave towards it
    billed = None if Root.INCOME in said else of_a_trade(phrase.words, names)
    return replace(phrase, options=billed[0].options) if billed else None


def _of_whom_instead(phrase: Phrase, names: Vocabulary) -> Phrase | None:
    """As in "teeth" where the dentist's bills say "crown" and a vet's one "kitten teeth": whose trade the word is."""
    trade = _trade(stems(phrase.words))
    if trade is None or not trade.who or phrase.best.how == "exact":
        return None
    billing = names.booked.billed(set(phrase.best.values))
    some = [(payee, said, of) for by_payee in billing.values() for payee, (said, of) in by_payee.items()]
    billed = of_a_trade(phrase.words, names)
    link = billed[0].best if billed else None
    if link is None or link.kind != "payee":
        return None
    own = any(payee in link.values or said >= WHOLLY * of for payee, said, of in some)
    return None if own else replace(phrase, options=(link,))


def _moved(phrase: Phrase, names: Vocabulary) -> Collection[Root]:
    """The roots of accounts that the entries move which the phrase names."""
    best = phrase.best
    if best.kind not in {"payee", "narration"}:
        return {names.by_name[name].root for name in best.values} if best.kind == "account" else ()
    payees, narrations = (best.values if best.kind == kind else () for kind in ("payee", "narration"))
    return names.booked.roots_touched(Filters(mentions=(Mention(phrase.words, payees, narrations),))).keys()


def _link(hits: Sequence[Text], billing: dict[str, dict[str, tuple[int, int]]], *, who: bool) -> Link | None:
    """Those whose name or whose bills, most of them, say it; where nobody's do, the bills that do."""
    named = [each.value for each in hits if each.kind == "payee"]
    share: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for by_payee in billing.values():
        for payee, (said, of) in by_payee.items():
            share[payee] = [share[payee][0] + said, of]
    if len(share.keys() | {*named}) > MOST_PAYEES:
        return None
    for enough in (WHOLLY, PARTLY) if who else (WHOLLY,):
        whole = [payee for payee, (said, of) in share.items() if payee and _most(said, of, enough, who=who)]
        if payees := tuple(dict.fromkeys((*named, *whole))):
            return Link("payee", payees, SCORE, "meaning")
    return Link("narration", tuple(billing), SCORE, "meaning") if billing else None


def _most(said: int, of: int, enough: float, *, who: bool) -> bool:
    """Whether all bills count; of who sells things from more than half on: a fridge is not all that was bought."""
    return said >= enough * of if who else said > enough * of


def _trade(spoken: tuple[str, ...]) -> Trade | None:
    """The trade that the words call, apart from words such as "appointment"; the longest name wins."""
    found: list[tuple[int, Trade]] = []
    for trade in _trades():
        for phrase in trade.called:
            for at in range(len(spoken) - len(phrase) + 1):
                rest = (*spoken[:at], *spoken[at + len(phrase) :])
                if spoken[at : at + len(phrase)] == phrase and _AROUND.issuperset(rest):
                    found.append((len(phrase), trade))
    return max(found, key=lambda each: each[0])[1] if found else None


def _says(text: Text, trade: Trade) -> bool:
    if text.kind == "payee" and any(inner in word for inner in trade.within for word in text.stems):
        return True
    return any(
        text.stems[at : at + len(phrase)] == phrase
        for phrase in trade.bills
        for at in range(len(text.stems) - len(phrase) + 1)
    )


def _pattern(phrase: tuple[str, ...]) -> str:
    return r"[^a-z0-9]+".join(re.escape(word) + r"[a-z]*" for word in phrase)


@lru_cache(maxsize=1)
def _trades() -> tuple[Trade, ...]:
    read = read_list("trades")
    return tuple(
        Trade(
            name,
            frozenset(_phrases(one["called"])),
            _phrases(one["bills"]),
            one.get("who", False),
            one.get("but", ""),
            _parts(one),
        )
        for name, one in read.items()
    )


def _parts(one: dict[str, str]) -> tuple[str, ...]:
    return tuple(part.strip() for part in one.get("within", "").split(",") if part.strip())


def _phrases(written: str) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(found for phrase in written.split(",") if (found := stems(fold(phrase)))))
