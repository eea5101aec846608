"""What is paid with: the purse where cash is said, and the card where its issuer is a payee, too."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import EXACT_ACCOUNT, SYNONYM, Link, Phrase, narrowed, of_roots
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Mention, Root

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_OWN: Final = (Root.ASSETS, Root.LIABILITIES)
_MOVING: Final = frozenset({Root.INCOME, Root.EXPENSES})
_NO_PURSE: Final = frozenset({"brokerage", "retirement", "pension", "savings"})
_ADDED: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE, None})
_CASH: Final = compiled(r"(?:hard |ready )?cash|bargeld|efectivo|contanti|contant|dinheiro")
_CARD: Final = compiled(r"(?:(?:credit|debit|bank) )?card")
_WITH: Final = compiled(r"\b(?:with|by|in|on|using|via|pa(?:y|id|ying))(?: the| my| our)? $")
_PAID_BY: Final = compiled(r"\b(?:with|by|on|off|from|via|through|using|out of|to)(?: (?:the|my|our|a|an))?\s*$")
MEANS: Final = frozenset("card cards cash credit debit cheque check".split()) | {
    "credit card",
    "debit card",
    "cheques",
}
_MACHINES: Final = frozenset({"machine", "card machine", "terminal", "card terminal", "transfer", "transfers", "bank"})
_EARNED: Final = frozenset("fee fees pay payment payments money takings earnings income".split())
_MEAN: Final = r"(?:cash|(?:credit |debit )?cards?|(?:card )?(?:machine|terminal)|bank|transfers?|che(?:ck|que)s?)"
_TOGETHER: Final = compiled(
    rf"\b{_MEAN},? (?:and|&|plus|or|as well as) (?:the |by |in |on )?{_MEAN},? (?:both |all |taken )?"
    r"(?:together|combined|alike|added up|in one|as one)\b"
    rf"|\b(?:both|whether|either|no matter(?: if| whether)?)(?: (?:by|in|on|with|paid))*(?: the)? {_MEAN} (?:and|or) "
    rf"(?:the |by |in |on )*{_MEAN}\b"
)
_WITH_IT: Final = compiled(r"\b(?:with|by|on|using|via|from|through|out of)(?: the| my| our)? $")

# "What does the Fenwick card pay for", and not what Petra paid back.
_PAYS: Final = compiled(r"(?: card| account)? (?:pa(?:y|ys|id)|cover(?:s|ed)?) for\b")
_ON_IT: Final = compiled(r"\b(?:on|with|using|by|via)(?: the| my| our)? $")
_FEW: Final = 2  # payees of a card that pays for nothing but its own fees


def with_payers(said: Said, vocabulary: Vocabulary) -> Said:
    """The question with what something is said to be paid with read as the account that pays."""
    if said.intent.measure not in _ADDED:
        return said
    excluded = tuple(_of_a_card(each, vocabulary) if _is_a_card(each) else each for each in said.excluded)
    return replace(said, phrases=tuple(_as_payer(each, said, vocabulary) for each in said.phrases), excluded=excluded)


def _is_a_card(phrase: Phrase) -> bool:
    return _CARD.fullmatch(fold(phrase.words)) is not None


def _as_payer(phrase: Phrase, said: Said, vocabulary: Vocabulary) -> Phrase:
    if _CASH.fullmatch(fold(phrase.words)) and _WITH.search(phrase.lead):
        return _of_a_purse(phrase, said, vocabulary)
    if _is_a_card(phrase) and _WITH_IT.search(phrase.lead):
        phrase = _of_a_card(phrase, vocabulary)
    account, text = phrase.of_kind("account"), phrase.of_kind("payee", "narration")
    named_so = _WITH_IT.search(phrase.lead) or _PAYS.match(_after(phrase, said))
    if account is None or text is None or account.score < SYNONYM or not named_so:
        return phrase
    own = of_roots(vocabulary, account.values, _OWN) == account.values
    touched = vocabulary.booked.roots_touched(Filters(mentions=(_named(phrase, text),))) if own else {}
    if not own or ({Root.INCOME, Root.EXPENSES} & touched.keys() and not _is_bought_on(phrase, account, vocabulary)):
        return phrase
    kept = (
        account,
        *(each for each in phrase.options if each is not account and each.kind not in {"payee", "narration"}),
    )
    return replace(phrase, options=kept)  # nothing is bought from who only settles the card


def _after(phrase: Phrase, said: Said) -> str:
    return said.folded.partition(fold(phrase.words))[2]


def _is_bought_on(phrase: Phrase, account: Link, vocabulary: Vocabulary) -> bool:
    """As in "purchases on the Fenwick card": what many are paid with, though its issuer charges a fee now and then."""
    owed = of_roots(vocabulary, account.values, (Root.LIABILITIES,)) == account.values
    return owed and bool(_ON_IT.search(phrase.lead)) and vocabulary.booked.distinct_payees(account.values) > _FEW


def _of_a_card(phrase: Phrase, vocabulary: Vocabulary) -> Phrase:
    """As in "charged on the card": the card that is owed on, where invitation cards are called so as well."""
    for option in phrase.options:
        owed = of_roots(vocabulary, option.values, (Root.LIABILITIES,)) if option.kind == "account" else ()
        if owed and phrase.best.kind == "account":
            return replace(phrase, options=(replace(option, values=owed),))
    return phrase


def _of_a_purse(phrase: Phrase, said: Said, vocabulary: Vocabulary) -> Phrase:
    """As in "groceries in cash": the money in hand, where an account of that name is a broker's, or beside one."""
    account = phrase.of_kind("account")
    names = of_roots(vocabulary, account.values, _OWN) if account else ()
    others = [each.of_kind("account") for each in said.phrases if each is not phrase]
    if any(other and narrowed(vocabulary, other.values, names) for other in others):
        return phrase  # "at the broker, in cash"
    found = purses(vocabulary, names)
    if not found or found == names:
        return phrase
    return replace(phrase, options=(Link("account", found, EXACT_ACCOUNT, "exact"),))


def _named(phrase: Phrase, text: Link) -> Mention:
    if text.kind == "payee":
        return Mention(phrase.words, payees=text.values)
    return Mention(phrase.words, narrations=text.values)


def is_paid_with(phrase: Phrase) -> bool:
    """Whether the words before it make an account what something is paid with, or to: "on the card", "in cash"."""
    cash = _CASH.fullmatch(fold(phrase.words)) and _WITH.search(phrase.lead)
    return bool(cash or _PAID_BY.search(phrase.lead))


def is_said_to_pay(phrase: Phrase, folded: str) -> bool:
    """Whether an account is told as what pays or is paid, in any of these ways."""
    ways = (is_kept_to, is_told_to_pay, is_set_off)
    return is_paid_with(phrase) or is_reached(phrase) or any(way(phrase, folded) for way in ways)


def is_reached(phrase: Phrase) -> bool:
    """As in "salary that came into savings": where it is plain that it was paid in there."""
    return bool(_REACHED.search(phrase.lead))


_REACHED: Final = compiled(
    r"\b(?:into|onto|reach(?:ed|es)?"
    r"|(?:c[ao]me|comes|arrived?|arrives|landed|lands|credited|deposited) (?:in|on|at|to))(?: (?:the|my|our))?\s*$"
)


def is_kept_to(phrase: Phrase, folded: str) -> bool:
    """As in "diesel in June, savings only": nothing but what went through that account is asked for."""
    words = re.escape(fold(phrase.words))
    return bool(re.search(rf"{_BUT_THAT}{words}\b|\b{words} (?:{_PAYMENTS} )?(?:only|alone)\b", folded))


_OWNED: Final = "(?:(?:the|my|our|der|die|das|den|dem|el|la|le|les|il|lo|o|a|het|de) )?"
_PAYMENTS: Final = r"(?:payments?|purchases?|transactions?|entries|spending)"
_BUT_THAT: Final = (
    r"\b(?:only|just|nur|solo|solamente|unicamente|seulement|uniquement|alleen|apenas)(?: (?:what|whatever|was|wat|lo"
    r" que|ce qui|went|goes))*(?: (?:from|of|on|with|by|through|via|von|vom|mit|uber|auf|con|de|del|desde|avec|sur|par"
    rf"|met|da|do|com|no|na|dalla))? {_OWNED}"
)


def is_told_to_pay(phrase: Phrase, folded: str) -> bool:
    """As in "how much of the float went on stamps", "what did the float pay for", "what left the float for stamps"."""
    name = f"{_OWNED}{re.escape(fold(phrase.words))}"
    gone = r"(?:has |have |was |were |is )?(?:went|gone|goes|go|got|spent|paid|used)"
    paid = r"(?:pay|paid|cover|covered|fund|funded)"
    ways = (
        rf"\bof {name} {gone} (?:\w+ ){{0,2}}?(?:on|for|to|towards)\b",
        rf"\b(?:did|does|has|have) {name} (?:ever |already )?{paid} (?:\w+ )?(?:for|on)\b",
        rf"\b(?:left|leaves|leaving) {name}\b",
    )
    return any(re.search(each, folded) for each in ways)


def is_set_off(phrase: Phrase, folded: str) -> bool:
    """As in "float: stamps in June", "stamps by month (float)", "stamps, float, June": said by itself."""
    return bool(re.search(rf"(?:^|[,;:(]) *{_OWNED}{re.escape(fold(phrase.words))} *(?:$|[,;:)])", folded))


def pays_what_is_left_out(phrase: Phrase, option: Link, folded: str, vocabulary: Vocabulary) -> bool:
    """As in "spending without cash", "not what went on the Heron card": what is paid with it is left out."""
    if option.kind != "account" or of_roots(vocabulary, option.values, _OWN) != option.values:
        return False
    kind = r"(?:'s)? (?:(?:credit|debit) )?(?:card|account|purse|wallet)\b"
    card = re.search(rf"\b{re.escape(fold(phrase.words))}{kind}", folded)
    words = set(fold(phrase.words).split())
    return bool(card or words & _PAID_WITH or _PAID_BY.search(phrase.lead))


_PAID_WITH: Final = MEANS | {"account", "purse", "wallet", "till"}


def however_paid(chosen: list[tuple[Phrase, Link]], notes: list[str]) -> tuple[list[tuple[Phrase, Link]], list[str]]:
    """As in "at Fenwick, card and cash together": all means of payment named together with a payee narrow nothing."""
    named = any(option.kind in {"payee", "narration"} for _, option in chosen)
    means = {phrase.words for phrase, option in chosen if option.kind == "account" and fold(phrase.words) in MEANS}
    if not named or len(means) < 2:
        return chosen, notes
    kept = [each for each in chosen if each[0].words not in means]
    return kept, [note for note in notes if not any(note.startswith(f"{words} = ") for words in means)]


def taken_however(chosen: list[tuple[Phrase, Link]], folded: str, vocabulary: Vocabulary) -> list[tuple[Phrase, Link]]:
    """As in "the counter's takings, cash and card together": all ways of paying together narrow nothing.

    Nor does the word for what is earned: "the average gig fee" is of all gigs, whichever entries say "fee".
    """
    earned = {
        phrase.end
        for phrase, link in chosen
        if link.kind == "account" and link.how == "exact" and of_roots(vocabulary, link.values, (Root.INCOME,))
    }
    chosen = [
        (phrase, link)
        for phrase, link in chosen
        if not (link.kind == "narration" and phrase.start in earned and fold(phrase.words) in _EARNED)
    ]
    rest = [each for each in chosen if fold(each[0].words) not in MEANS | _MACHINES]
    names = [name for _, link in rest if link.kind == "account" for name in link.values]
    flows = [vocabulary.by_name[name].root in _MOVING for name in names]
    named = any(link.kind in {"payee", "narration"} for _, link in rest)  # `however_paid` looks after those
    return rest if any(flows) and not named and _TOGETHER.search(folded) else chosen


def booked(names: Sequence[str], vocabulary: Vocabulary, roots: tuple[Root, ...] = _OWN) -> list[str]:
    """The accounts with those below them, as far as anything is booked to them."""
    leaves = [each.name for each in vocabulary.leaf_accounts(roots)]
    below = [leaf for leaf in leaves if any(leaf == name or leaf.startswith(f"{name}:") for name in names)]
    return below or list(names)


def purses(vocabulary: Vocabulary, named: Iterable[str]) -> tuple[str, ...]:
    """The accounts of cash in hand: not the money that waits with a broker or in savings."""
    words = lexicon()

    def in_hand(name: str) -> bool:
        parts = name.split(":")[1:]
        groups = {group for part in parts for found in words.groups_of_name(part) for group in found}
        return "cash" in groups and not groups & _NO_PURSE

    every = (each.name for each in vocabulary.accounts if each.root is Root.ASSETS)
    found: list[str] = []
    for names in (named, every):  # where all that is called cash waits with a broker, whatever else is a purse
        found = found or [name for name in sorted(names) if in_hand(name) and not beside_units(vocabulary, name)]
    return tuple(name for name in found if not any(name.startswith(f"{other}:") for other in found))


def beside_units(vocabulary: Vocabulary, name: str) -> bool:
    """Whether the account lies just beside others that hold shares: the cash of a broker, or of a pension."""
    above = name.rpartition(":")[0]
    leaves = vocabulary.leaf_accounts((Root.ASSETS,))
    beside = tuple(each.name for each in leaves if each.name.rpartition(":")[0] == above and each.name != name)
    return ":" in above and holds_units(vocabulary, beside)


def holds_units(vocabulary: Vocabulary, accounts: tuple[str, ...]) -> bool:
    """Whether anything but money is booked to these accounts: shares of a fund, which only their cost adds up."""
    if not accounts:
        return False
    below = " OR ".join(["(i.account = ? OR starts_with(i.account, ?))"] * len(accounts))
    names: list[object] = [part for name in accounts for part in (name, f"{name}:")]
    codes = [code for code, each in vocabulary.commodities.items() if each.held_at_cost]
    rows = vocabulary.index.query(
        f"SELECT 1 FROM postings i WHERE ({below}) AND i.currency IN (SELECT unnest(?)) LIMIT 1", [*names, codes]
    )
    return bool(rows)
