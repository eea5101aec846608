"""A short name that fits several things of the ledger, which come to different figures: a question back.

It asks where nothing else in the question decides: no word for spending or earning between two sides, no second name
between two accounts called the same, no plural that means all of what one thing is asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import naming
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, is_plural, stems
from ledgerqa.dialog.linking.asking_back import MOST_CHOICES, asking
from ledgerqa.patterns import compiled
from ledgerqa.records import Clarify, Filters, Measure, Mention, Root

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from ledgerqa.dialog.language.vocabulary import Account
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

_DEFINITE: Final = compiled(r"\b(?:the|that|my|our)(?: (?:whole|entire|damn|bloody))? $")
_ITS_NUMBER: Final = compiled(r"what(?:'?s| is| was) (?:my|our|the|that) .*\b(?:number|no|nr|reference|ref|code|id)\b")
_SELLS: Final = r"(?:company|firm|provider|supplier|operator|carrier|people)"
_SIDES: Final = (Root.EXPENSES, Root.INCOME)
_FIGURES: Final = frozenset({Measure.SUM, Measure.LIST, None})
_AT_ANY_TIME: Final = frozenset({"all", "now", "as_of"})
_A_MONTH: Final = 31  # days
_A_FEW: Final = 2  # entries that make a payee one that may be meant


def several_meant(asked: Asked) -> Clarify | None:
    """A question back where the one name of the question fits several things that differ."""
    said = asked.said
    if len(said.phrases) != 1 or said.unknown or said.excluded or said.weekdays or said.bounds.spans:
        return None
    if asked.intent.compare or asked.intent.limit or asked.intent.group_by or asked.intent.order:
        return None
    (phrase,) = said.phrases
    if asked.key:
        return _which_numbered(asked, phrase, asked.key.name)
    if which := _which_side(asked, phrase):
        return which
    if which := _which_item(asked, phrase):
        return which
    if any(each.kind not in _AT_ANY_TIME for each in said.periods):
        return _which_booked_once(asked, phrase)
    if which := _which_of_a_place(asked, phrase):
        return which
    if cues("cues").found("all_of_them", said.folded):
        return None
    return (
        _which_below(asked, phrase)
        or _which_beside(asked, phrase)
        or _which_called_the_same(asked, phrase)
        or _which_of_a_bank(asked, phrase)
    )


def is_definite(phrase: Phrase) -> bool:
    """As in "the flight", "the insurance premium": one word, of one thing, with an article before it."""
    return bool(_DEFINITE.search(phrase.lead)) and not is_plural(phrase.words) and len(_head(phrase.words).split()) == 1


def _head(words: str) -> str:
    """The words without what says that a bill is meant: "insurance" of "insurance premium"."""
    return re.sub(r" (?:premium|bill|instal?ment|payment|charge)$", "", fold(words))


def is_one_of_those(phrase: Phrase) -> bool:
    """As in "the grant" for an account Grants."""
    component = phrase.best.values[0].rpartition(":")[2] if phrase.best.kind == "account" else ""
    called = _spaced(component)
    same = stems(called)[-1:] == stems(phrase.words)[-1:]
    return same and phrase.best.how in {"exact", "words"} and is_plural(called) and not is_plural(phrase.words)


def _spaced(component: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[-_]", " ", component)


def _which_side(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "gifts in 2023", "how much was the interest", where both are given and got and no verb says which way."""
    ruled = asked.said.by_rules or asked.intent
    if ruled.flow or ruled.sign or ruled.per or not {ruled.measure, asked.intent.measure} <= {Measure.SUM, None}:
        return None
    if phrase.best.kind != "account" or phrase.best.how not in {"exact", "words"}:
        return None
    if cues("cues").found("one_way", asked.said.folded):
        return None
    called = [_called(asked, phrase, root) for root in _SIDES]
    sides = [
        _moved(asked, own) if own else _told(asked, phrase, root, other)
        for root, own, other in zip(_SIDES, called, reversed(called), strict=True)
    ]
    names = [name for side in sides for name in side]
    both = all(sides) and len(names) <= MOST_CHOICES
    return asking(asked.said.text, phrase.words, names, "account") if both else None


def _called(asked: Asked, phrase: Phrase, root: Root) -> list[str]:
    """The accounts of one root that are called so."""
    own = stems(phrase.words)
    exact = (each for each in phrase.options if each.kind == "account" and each.how in {"exact", "words"})
    known = [asked.names.by_name[name] for option in exact for name in option.values]
    return _topmost(each for each in known if each.root is root and each.leaf[-len(own) :] == own)


def _moved(asked: Asked, names: Sequence[str]) -> list[str]:
    """Those of the accounts that moved in the period, and more than once at all: no slip, and no single payout."""
    start, end = _span(asked)
    often = [name for name in names if sum(asked.names.by_name[each].postings for each in _within(asked, [name])) > 1]
    return [name for name in often if asked.names.booked.amounts(Filters(accounts=(name,)), start, end)]


def _told(asked: Asked, phrase: Phrase, root: Root, others: Sequence[str]) -> list[str]:
    """The accounts of one root to which entries go that end in the words ("front room rent"), where none is called so.

    Not where the other side has the one account of that very name, and not where one entry moves both, as a payslip.
    """
    own, (start, end) = stems(phrase.words), _span(asked)
    plainly = any(asked.names.by_name[name].depth < 3 and asked.names.by_name[name].leaf == own for name in others)
    texts = (text for each in phrase.options if each.kind == "narration" for text in each.values)
    heads = tuple(text for text in texts if stems(text)[-len(own) :] == own)
    if plainly or not heads:
        return []
    clause, parameters = naming((Mention(phrase.words, narrations=heads),))
    rows = asked.names.index.query(
        f"SELECT account, count(*) FROM postings WHERE root = ? AND {clause}"
        " AND date >= coalesce(?, date) AND (?::DATE IS NULL OR date < ?) AND entry_id NOT IN"
        " (SELECT entry_id FROM postings WHERE account IN (SELECT unnest(?::VARCHAR[]))) GROUP BY 1 ORDER BY 1",
        [root.value, *parameters, start, end, end, _within(asked, others)],
    )
    return [account for account, _ in rows] if start or sum(count for _, count in rows) > 1 else []


def _span(asked: Asked) -> tuple[dt.date | None, dt.date | None]:
    """From when and until when is asked, where one period is named."""
    periods = asked.said.periods
    return (periods[0].period.start, periods[0].period.end) if len(periods) == 1 else (None, None)


def _topmost(accounts: Iterable[Account]) -> list[str]:
    found = sorted({each.name for each in accounts})
    return [name for name in found if not any(name.startswith(f"{other}:") for other in found)]


# What one thing is kept in: "the till" is one, though Till:Shop and Till:Market are kept.
_CONTAINER: Final = compiled(
    r"till|cash ?box|float|kitty|purse|wallet|pot|jar|safe|tin|drawer|cash register|piggy bank"
)


def _which_item(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "what did the car cost last year", of two with the same accounts: Cars:Yaris:Fuel, Cars:Micra:Fuel."""
    if not is_definite(phrase) or not is_one_of_those(phrase) or len(phrase.best.values) != 1:
        return None
    if asked.intent.measure not in _FIGURES or _goes_on(asked, phrase):
        return None
    whole = asked.names.by_name[phrase.best.values[0]]
    used = [each for each in asked.names.leaf_accounts((whole.root,)) if each.within(whole) and each is not whole]
    parts: dict[str, set[str]] = {}
    for each in used:
        item, _, part = each.name.removeprefix(f"{whole.name}:").partition(":")
        parts.setdefault(item, set()).add(part)
    alike = len(parts) > 1 and set.intersection(*parts.values()) - {""}
    names = [f"{whole.name}:{item}" for item in sorted(parts)]
    return asking(asked.said.text, phrase.words, names, "account") if alike and len(names) <= MOST_CHOICES else None


def _which_below(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "what is in the pot", "how much is the room a month", where Pots and Rooms hold several."""
    one = is_one_of_those(phrase) or (phrase.best.kind == "account" and _CONTAINER.fullmatch(fold(phrase.words)))
    if not is_definite(phrase) or not one or len(phrase.best.values) != 1:
        return None
    if asked.intent.measure not in {*_FIGURES, Measure.BALANCE, Measure.AVERAGE} or _goes_on(asked, phrase):
        return None
    past = asked.has(r"\b(?:was|were|did)\b")
    whole = asked.names.by_name[phrase.best.values[0]]
    leaves = [each for each in asked.names.leaf_accounts((whole.root,)) if each.within(whole) and each is not whole]
    names = [each.name for each in leaves if past or not each.closed]
    return asking(asked.said.text, phrase.words, names, "account") if len(names) > 1 else None


def _which_beside(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "how much is the key deposit", where entries say so on the accounts of two who gave one."""
    told, measure = phrase.best, asked.intent.measure
    if measure not in {Measure.BALANCE, *_FIGURES} or told.kind != "narration" or is_plural(phrase.words):
        return None
    beside = asked.names.booked.accounts_beside(Mention(phrase.words, narrations=told.values))
    names = sorted(beside)
    stands = set(beside.values()) <= {Root.ASSETS, Root.LIABILITIES}
    one_whole = stands and len({name.rpartition(":")[0] for name in names}) == 1
    asks = _DEFINITE.search(phrase.lead) and one_whole and 1 < len(names) <= MOST_CHOICES
    return asking(asked.said.text, phrase.words, names, "account") if asks else None


def _goes_on(asked: Asked, phrase: Phrase) -> bool:
    """As in "the grocery shop", "the grant money": the word only tells what sort of thing the next one is."""
    found = re.search(rf"\b{re.escape(fold(phrase.words))} (?P<next>[\w'-]+)", asked.said.folded)
    if found is None:
        return cues("cues").found("mass", fold(phrase.words))
    known = lexicon()
    return cues("cues").found("mass", fold(phrase.words)) or not (
        found["next"] in known.grammar or cues("cues").found("costs", found["next"])
    )


def _which_called_the_same(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "what did the insurance cost me", where car, boat and house have one each."""
    if not is_definite(phrase) or asked.intent.measure not in _FIGURES or _goes_on(asked, phrase):
        return None
    ruled = asked.said.by_rules or asked.intent
    root = Root.INCOME if ruled.flow == "income" else Root.EXPENSES
    if phrase.best.kind != "account" or phrase.best.how != "exact":
        return None
    past = asked.has(r"\b(?:was|were|did|paid|spent)\b")
    own = stems(_head(phrase.words))
    options = [each for each in phrase.options if each.kind == "account" and each.how in {"exact", "synonym"}]
    known = {asked.names.by_name[name]: option.how for option in reversed(options) for name in option.values}
    of_root = [each for each in known if each.root is root and (past or not each.closed)]
    called = [each for each in of_root if known[each] == "synonym" or each.leaf == own]
    if any(each.depth < 3 for each in called):
        return None  # "the insurance" is the account of that name, beside whatever else is insured
    names = _topmost(called)
    parents = {name.rpartition(":")[0] for name in names}
    return asking(asked.said.text, phrase.words, names, "account") if 1 < len(parents) <= MOST_CHOICES else None


_HOW_MUCH_WAS: Final = r"\b(?:what|how (?:much|high|big))(?:'?s| is| was) (?:the|my|our) {}\b"


def _which_booked_once(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "what was the rent in May", where house and barn have one each, and were each paid once in that time."""
    asks_of_one = asked.has(_HOW_MUCH_WAS.format(re.escape(fold(phrase.words))))
    which = _which_called_the_same(asked, phrase) if asks_of_one and len(asked.said.periods) == 1 else None
    start, end = _span(asked)
    if which is None or start is None or end is None or (end - start).days > _A_MONTH:
        return None  # "the insurance in 2024" is all of it
    times = [
        asked.names.index.query(
            "SELECT count(DISTINCT entry_id) FROM postings WHERE (account = ? OR starts_with(account, ?))"
            " AND date >= ? AND date < ?",
            [choice.label, f"{choice.label}:", start, end],
        )[0][0]
        for choice in which.choices
    ]
    return which if max(times) == 1 and sum(times) > 1 else None


def _which_numbered(asked: Asked, phrase: Phrase, key: str) -> Clarify | None:
    """As in "what is my insurance policy number", where van and office are insured, each under a number of its own."""
    called = phrase.best.kind == "account" and phrase.best.how == "exact"
    if not called or asked.said.periods or not _ITS_NUMBER.match(asked.said.folded):
        return None
    numbered = [each for each in phrase.best.values if asked.names.booked.bears(key, Filters(accounts=(each,)))]
    names = _topmost(asked.names.by_name[each] for each in numbered)
    return asking(asked.said.text, phrase.words, names, "account") if 1 < len(names) <= MOST_CHOICES else None


def which_seller(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "how much have we paid the phone company", where three are paid for phones."""
    words = re.escape(fold(phrase.words))
    found = re.search(rf"\b(?:the|my|our) {words} {_SELLS}\b", asked.said.folded)
    if not found or phrase.best.kind != "account" or asked.intent.measure not in _FIGURES:
        return None
    rows = asked.names.index.query(
        "SELECT payee, count(*) FROM postings WHERE root = 'expenses' AND payee <> ''"
        " AND account IN (SELECT unnest(?::VARCHAR[])) GROUP BY 1 HAVING count(*) >= ? ORDER BY 2 DESC, 1",
        [_within(asked, phrase.best.values), _A_FEW],
    )
    sellers = [payee for payee, _ in rows]
    return asking(asked.said.text, found.group(), sellers, "payee") if 1 < len(sellers) <= MOST_CHOICES else None


def _within(asked: Asked, names: Sequence[str]) -> list[str]:
    wholes = [asked.names.by_name[name] for name in names]
    return [each.name for each in asked.names.accounts if any(each.within(whole) for whole in wholes)]


def _which_of_a_bank(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "how much did I pay Kestrel", a bank that keeps one's money and has lent some."""
    if asked.intent.measure is not Measure.SUM or phrase.best.kind != "account" or phrase.best.how != "exact":
        return None
    payee = phrase.of_kind("payee")
    if (payee and payee.how == "exact") or asked.intent.flow == "income" or is_plural(phrase.words):
        return None
    known = [asked.names.by_name[name] for name in phrase.best.values]
    both = {each.root for each in known} == {Root.ASSETS, Root.LIABILITIES}
    paid = re.search(r"\b(?:pa(?:y|id|ying)|g(?:ive|ave|iven)|sen[dt]|(?:gone|went|go) to)\b", asked.said.folded)
    names = [each.name for each in known]
    return asking(asked.said.text, phrase.words, names, "account") if both and paid and phrase.capitalised else None


def _which_of_a_place(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "what did Merrow cost us", where the tag of a stay bears that name, and so do a bank and a bus there."""
    tag, payees = phrase.best, phrase.of_kind("payee")
    if tag.kind != "tag" or tag.how == "exact" or payees is None or asked.intent.measure not in _FIGURES:
        return None
    own = stems(phrase.words)
    more = [each for each in tag.values if [word for word in stems(each) if word not in own and not word.isdigit()]]
    if len(more) != len(tag.values) or len(payees.values) < _A_FEW or not phrase.capitalised:
        return None
    names = [*(f"#{each}" for each in tag.values), *payees.values]
    return asking(asked.said.text, phrase.words, names, "name") if len(names) <= MOST_CHOICES else None
