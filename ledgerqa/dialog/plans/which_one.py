"""One thing is asked for ("the flight", "the account", "he"), and the ledger has several: a question back.

It asks only where the words mean one of them for sure, and nothing else in the question says which: a sum over all
is what people mean by "flights", by "electricity", and by anything with a period or a second name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import naming
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, is_plural, name_stems, stems
from ledgerqa.dialog.linking.asking_back import MOST_CHOICES, asking, instead
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.linking.trip_tags import occasion_tags, trip_tags
from ledgerqa.dialog.plans.cash.at_hand import at_hand
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.dialog.plans.cash.transfers import holds_units
from ledgerqa.dialog.plans.several_meant import is_definite, is_one_of_those, several_meant, which_seller
from ledgerqa.patterns import compiled
from ledgerqa.records import Choice, Clarify, Filters, Grouping, Measure, Mention, Root

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.dialog.language.vocabulary import Account
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Period

_WORDS: Final = "cues"
_PRONOUN: Final = compiled(
    r"\b(?:he|she)\b(?= (?:\w+ ){0,2}"
    r"(?:owe|to pay|pay|paid|sen[dt]|g[ai]ve|cost|charge|spen[dt]|get|got|put|lent|borrow))"
    r"|\bowe (?:him|her)\b"
)
_ACCOUNT: Final = compiled(r"\b(?:the|my|our|that) (?:bank )?account\b(?! (?:with|at|of|in|for|called|named|number))")
_NAMED: Final = compiled(r"\b(?:in|on) (?:the|my|our|that) (?P<what>[\w'-]+) account\b(?! (?:number|of)\b)")
_ALONE: Final = (
    r"(?:so |and |remind me,? )*(?:how (?:much|high|big|large|steep)(?:'?s| is| was)|what(?:'?s| is| was))"
    r" (?:the|my|our|that) {}(?: again| then)?\W*"
)
_THE_BALANCE: Final = compiled(
    r"(?:so |and )*(?:what(?:'?s| is| was)?|how (?:much|high) is|show(?: me)?|tell me|give me)?"
    r" ?(?:the|my|our) (?:current )?balance"
    r"(?: now| today| at the moment| right now| please)?\W*"
)
_IN_THE: Final = compiled(
    r"(?:\b(?:in|on|inside|of) (?:the|my|our|that) (?P<what>\w+)"
    r"|^(?:(?:what(?:'?s| is)?|how much is|and|so|the|my|our) )*(?P<whose>\w+)(?:'s)? balance)"
    r"(?: (?:now|today|at the moment|right now|currently|please|then|again))*\W*$"
)
_MONEY_AT_LARGE: Final = frozenset("account acct bank money balance portfolio books ledger".split())
_THE_TRIP: Final = compiled(
    r"\b(?:the|that|my|our)(?: (?:whole|entire|damn|bloody))? "
    r"(?P<what>trip|holiday|vacation|journey|getaway|(?P<show>show|production))\b(?! (?:to|in)\b)"
)
_OF_ONE: Final = frozenset({Measure.SUM, Measure.LIST, Measure.BALANCE, Measure.NET_INCOME, None})
_COSTS: Final = frozenset({Measure.SUM, Measure.LIST, None})
_IN_PARTS: Final = compiled(
    r"\b(?:half|part|instal\w*|deposit|balance|rest|final|first|second|remainder|down payment)\b"
)
_MOST_OF_A_THING: Final = 4  # of more, they are bought as needed, and their sum is meant
_MOST_OCCASIONS: Final = 15  # of more, it is something regular, and its sum is meant
_ONE_STAY: Final = 21  # days within which several bookings are one occasion: out, back, and what came between


@dataclass(frozen=True)
class Occasion:
    """One entry that the words may mean."""

    day: dt.date
    said: str


def which_one(asked: Asked, *, alone: bool) -> Clarify | None:
    """A question back where one of several is meant; `alone` says that no earlier question tells which."""
    return _which_thing(asked, alone=alone) or (several_meant(asked) if alone else None)


def _which_thing(asked: Asked, *, alone: bool) -> Clarify | None:
    if alone and (which := _which_called_so(asked) or _which_at_the_time(asked) or _which_bill(asked)):
        return which
    if asked.said.periods or asked.said.weekdays or asked.said.bounds.spans or asked.said.excluded:
        return None
    if asked.intent.compare or asked.intent.limit or asked.key or not all(map(_is_a_trip, asked.said.unknown)):
        return None
    if alone and (which := _which_person(asked) or _which_account(asked)):
        return which
    if asked.intent.group_by not in ((), (Grouping.TAG,)):  # "the trip" is heard as a word for tags
        return None
    if len(asked.said.phrases) != 1:
        if asked.said.phrases:
            return None
        return _which_refund(asked) or _which_sale(asked) or _which_trip_at_large(asked)
    (phrase,) = asked.said.phrases
    if phrase.best.kind != "tag" and asked.scope.filters == replace(Filters(), tags=asked.scope.filters.tags or ("",)):
        return None  # "what did the wedding cost", where a tag is borne by all of it
    return (
        _which_part(asked, phrase)
        or _which_card(asked, phrase)
        or _which_alike(asked, phrase)
        or _which_trip(asked, phrase)
        or _which_kind(asked, phrase)
        or _which_make(asked, phrase)
        or which_seller(asked, phrase)
        or _which_bought(asked, phrase)
        or _which_time(asked, phrase)
    )


def _which_at_the_time(asked: Asked) -> Clarify | None:
    """As in "how much is in the Ulmen account right now", "the balance of the account on 31 August"."""
    said = asked.said
    if len(said.periods) != 1 or said.excluded or said.weekdays or said.bounds.spans or asked.key:
        return None
    if asked.intent.compare or asked.intent.limit or not _is_a_moment(said.periods[0].period, said.periods[0].kind):
        return None
    return (_which_part(asked, said.phrases[0]) if len(said.phrases) == 1 else None) or _which_account(asked)


def _is_a_moment(period: Period, kind: str) -> bool:
    """Whether the time is now, or one day."""
    one_day = period.start and period.end and (period.end - period.start).days == 1
    return kind in {"now", "as_of"} or bool(one_day)


def _which_person(asked: Asked) -> Clarify | None:
    """As in "how much does he still owe us", where several do."""
    said = _PRONOUN.search(asked.said.folded)
    if asked.said.phrases or not said:
        return None
    words = said.group().split()[-1]
    sides = (people(asked, Root.ASSETS), people(asked, Root.LIABILITIES))
    names = {name: name.rpartition(":")[2] for side in sides for name in _open(side, asked)}
    shown = tuple(dict.fromkeys(names.values()))[:MOST_CHOICES]
    if not shown:
        return Clarify(f'Who is "{words}"? Name whom you mean.')
    choices = tuple(Choice(name, instead(asked.said.text, words, name)) for name in shown)
    return Clarify(f'Who is "{words}": {", ".join(shown)}?', choices)


def _open(accounts: tuple[str, ...], asked: Asked) -> list[str]:
    """Those of the accounts on which something stands."""
    rows = asked.names.index.query(
        "SELECT account FROM postings WHERE account IN (SELECT unnest(?::VARCHAR[])) AND date <= ?"
        " GROUP BY account, currency HAVING sum(number) <> 0 ORDER BY abs(sum(number)) DESC",
        [list(accounts), asked.today],
    )
    return list(dict.fromkeys(row[0] for row in rows))


def _which_account(asked: Asked) -> Clarify | None:
    """As in "what's in the account", where there are several and none is the one that everything is paid from."""
    account = _ACCOUNT.search(asked.said.folded)
    strange = _by_no_name(asked) if account is None else None
    account = account or strange
    found = account or _THE_BALANCE.fullmatch(asked.said.folded)
    plain_words = {"account", "bank account", "bank", "the account", *([strange["what"]] if strange else [])}
    other = [each for each in asked.said.phrases if fold(each.words) not in plain_words or each.best.how == "meaning"]
    if not found or other or asked.intent.measure not in {Measure.BALANCE, Measure.SUM, None}:
        return None
    by_group = asked.names.by_group
    main = {each.name for group in ("checking", "current_account") for each in by_group.get(group, ([], []))[0]}
    owing = people(asked, Root.ASSETS)
    open_ones = [each for each in asked.names.leaf_accounts((Root.ASSETS,)) if not each.closed]
    used = sorted(open_ones, key=lambda each: -each.postings)
    plain = [each for each in used if each.name in main]
    if len(plain) == 1 and plain[0] is used[0] and not strange and (account or not _at_banks(asked, open_ones)):
        return None  # the one that everything is paid from
    names = [each.name for each in used if each.name not in owing and not holds_units(asked, (each.name,))]
    said = re.sub(r"^(?:in|on) ", "", account.group().strip(" ?.!")) if account else "the balance"
    return asking(asked.said.text, said, names, "account") if len(names) > 1 else None


def _by_no_name(asked: Asked) -> re.Match[str] | None:
    """As in "how much is in the house account", where no account is called so, whatever entries say that word."""
    found = _NAMED.search(asked.said.folded)
    if found is None or (asked.intent.flow is not None and asked.has(r"\b(?:spen[dt]|paid|pay|went|cost)\b")):
        return None
    said = set(stems(found["what"]))
    called = (each.name for each in asked.names.accounts)
    return None if any(said & set(name_stems(name.rpartition(":")[2])) for name in called) else found


def _at_banks(asked: Asked, accounts: list[Account]) -> bool:
    """Whether "my balance" may be that of several accounts at banks; cash in hand has none."""
    cash = {each.name for each in asked.names.by_group.get("cash", ([], []))[0]}
    money = [asked.names.by_name[name] for name in at_hand(asked) if name in asked.names.by_name]
    banked = [each for each in accounts if each.name not in cash and any(each.within(whole) for whole in money)]
    return asked.has(r"\b(?:my|our) ") and len(banked) > 1


def _which_called_so(asked: Asked) -> Clarify | None:
    """As in "how much is in the pot", an everyday word that several accounts have in their names."""
    found = _IN_THE.search(asked.said.folded)
    what = (found["what"] or found["whose"]) if found else ""
    others = [each for each in asked.said.phrases if fold(each.words) != what]
    if not what or others or asked.said.excluded or asked.intent.measure is not Measure.BALANCE:
        return None
    if what not in lexicon().weak or what in _MONEY_AT_LARGE or is_plural(what):
        return None
    leaves = asked.names.leaf_accounts((Root.ASSETS,))
    names = [each.name for each in leaves if not each.closed and stems(what)[0] in each.leaf]
    return asking(asked.said.text, what, names, "account") if len(names) > 1 else None


def _which_part(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "the balance of the Ulmen account", a bank with two."""
    words = fold(phrase.words).removesuffix(" account")
    one = re.search(rf"\b{re.escape(words)} account\b", asked.said.folded)
    if not one or asked.intent.measure not in {Measure.BALANCE, Measure.SUM, None} or phrase.best.kind != "account":
        return None
    names = asked.names
    held = [name for name in phrase.best.values if names.by_name[name].root is Root.ASSETS]
    if len(held) != 1 or phrase.best.how == "synonym" or lexicon().groups_of(stems(words)) - {"savings"}:
        return None
    whole = held[0]
    parts = [
        each for each in names.leaf_accounts((Root.ASSETS,)) if each.name.startswith(f"{whole}:") and not each.closed
    ]
    units = names.index.query(
        "SELECT DISTINCT account FROM postings WHERE starts_with(account, ?) AND currency IN (SELECT unnest(?))",
        [f"{whole}:", [code for code, each in names.commodities.items() if each.held_at_cost]],
    )
    if len(parts) < 2 or units:
        return None
    return asking(asked.said.text, phrase.words, [each.name for each in parts], "account")


_ITS_BALANCE: Final = (
    r"\b(?:the|my|our) {0}(?:'s)? balance\b|\bbalance (?:on|of|at) (?:the|my|our) {0}\W*$"
    r"|\b(?:owe|left|much is|outstanding) on (?:the|my|our) {0}\W*$"
)


def _which_card(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "what's the card balance", where two stand below Liabilities:Card."""
    if is_plural(phrase.words) or not asked.has(_ITS_BALANCE.format(re.escape(fold(phrase.words)))):
        return None
    if asked.intent.measure not in {Measure.BALANCE, Measure.SUM, None} or phrase.best.kind != "account":
        return None
    if len(phrase.best.values) > 1 and of_roots(asked.names, phrase.best.values, (Root.LIABILITIES,)) == (
        phrase.best.values
    ):  # "what do we owe on the card", where one is called Visa and one Mastercard
        return asking(asked.said.text, phrase.words, phrase.best.values, "account")
    if len(phrase.best.values) != 1 or not set(stems(phrase.words)) <= set(
        asked.names.by_name[phrase.best.values[0]].leaf
    ):
        return None
    whole = asked.names.by_name[phrase.best.values[0]]
    below = [each for each in asked.names.leaf_accounts((Root.LIABILITIES,)) if each.within(whole) and not each.closed]
    names = [each.name for each in below if each is not whole]
    return asking(asked.said.text, phrase.words, names, "account") if 1 < len(names) <= MOST_CHOICES else None


def _which_alike(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "how much was the insurance", where car, dog and house have one each, and nothing else is said."""
    words = fold(phrase.words)
    if not re.fullmatch(_ALONE.format(re.escape(words)), asked.said.folded) or not is_definite(phrase):
        return None
    if asked.intent.measure not in {Measure.SUM, Measure.LIST, Measure.BALANCE, None}:
        return None
    own = stems(words)
    options = [each for each in phrase.options if each.kind == "account" and each.how == "exact"]
    named = {asked.names.by_name[name] for option in options for name in option.values}
    past = asked.has(r"\bwas\b")
    moved = [each.name for each in asked.names.leaf_accounts(tuple(Root)) if past or not each.closed]
    used = [
        each
        for each in named
        if set(own) <= set(each.leaf) and any(name == each.name or name.startswith(f"{each.name}:") for name in moved)
    ]
    tops = sorted(each.name for each in used if not any(each.name.startswith(f"{other.name}:") for other in used))
    return asking(asked.said.text, phrase.words, tops, "account") if 1 < len(tops) <= MOST_CHOICES else None


def _which_trip(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "how much did the trip cost", where several are tagged and nothing says which."""
    if not cues(_WORDS).found("trip", fold(phrase.words)):
        return None
    roots = {asked.names.by_name[name].root for name in asked.scope.filters.accounts}
    if phrase.best.how != "exact" and roots == {Root.ASSETS}:
        return _which_trip_at_large(asked)  # not what was put aside for holidays
    if phrase.best.kind == "tag" or not _one_cost(asked, phrase):
        return None  # told apart with the other tags
    clause, parameters = _condition(asked.scope.filters)
    rows = asked.names.index.query(
        f"SELECT tag, max(date) AS day, count(*) FROM tags JOIN entries USING (entry_id) WHERE entry_id IN"
        f" (SELECT entry_id FROM postings WHERE {clause}) GROUP BY tag ORDER BY day",
        parameters,
    )
    tags = [f"#{tag}" for tag, _, _ in rows]
    return asking(asked.said.text, phrase.words, tags, "trip") if len(tags) > 1 else None


def _is_a_trip(words: str) -> bool:
    """Whether the words, which stand nowhere in the ledger, are just "the trip"."""
    return bool(cues(_WORDS).found("trip", re.sub(r"^(?:the|my|our|that) ", "", fold(words))))


def _which_trip_at_large(asked: Asked) -> Clarify | None:
    """The same, where no account of expenses is called so."""
    found = _THE_TRIP.search(asked.said.folded)
    plain = asked.intent.measure in _OF_ONE and asked.intent.order is None and not asked.intent.key
    if not found or not plain or not (found["show"] or cues(_WORDS).found("one_cost", asked.said.folded)):
        return None
    tags = [f"#{tag}" for tag in (occasion_tags if found["show"] else trip_tags)(asked.names)]
    return asking(asked.said.text, found["what"], tags, found["show"] or "trip") if len(tags) > 1 else None


def _which_kind(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "how much was the insurance last time", where one is for the van and one for the house."""
    intent = asked.intent
    latest = intent.measure is Measure.LIST and intent.single and intent.order is not None and intent.order.by == "date"
    if (
        not latest
        or not is_definite(phrase)
        or not re.match(r"^(?:so |and )?(?:how much|how high|how big|what)", asked.said.folded)
    ):
        return None
    if phrase.best.kind != "account" or phrase.best.how != "exact":
        return None
    alike = [asked.names.by_group.get(group, ([], [])) for group in sorted(lexicon().groups_of(stems(phrase.words)))]
    wide = {*phrase.best.values, *(each.name for sides in alike for side in sides for each in side)}
    leaves = [each.name for each in asked.names.leaf_accounts((Root.EXPENSES,)) if not each.closed]
    found = [leaf for leaf in leaves if any(leaf == name or leaf.startswith(f"{name}:") for name in wide)]
    return asking(asked.said.text, phrase.words, found, "account") if 1 < len(found) <= MOST_CHOICES else None


_A_BILL: Final = (
    r"\b(?:the|that|my|our) {}(?:(?<='s)|'s)? ?(?:bill|invoice|premium|renewal|instal?ment|payment|order|booking)\b"
)


def _which_bill(asked: Asked) -> Clarify | None:
    """As in "how much was the Oakapple renewal in 2024", where one for the van and one for the house came that year."""
    said = asked.said
    if len(said.phrases) != 1 or len(said.periods) != 1 or said.unknown or said.excluded or said.bounds.spans:
        return None
    (phrase,), period = said.phrases, said.periods[0].period
    if phrase.best.kind != "payee" or asked.intent.measure not in {*_COSTS, Measure.RECURRING}:
        return None
    if asked.key or asked.intent.order:
        return None
    if not asked.has(_A_BILL.format(re.escape(fold(phrase.words)))):
        return None
    every = _occasions(asked, asked.scope.filters, sign=1)
    found = [
        each
        for each in every
        if (not period.start or period.start <= each.day) and (not period.end or each.day < period.end)
    ]
    texts = {each.said.partition(": ")[2] for each in found}
    return _asking_when(asked, phrase.words, found) if len(texts) == len(found) <= _MOST_OF_A_THING else None


def _which_time(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "how much was the flight", "the grant" of several grants, where some were booked, months apart."""
    called_so = is_one_of_those(phrase)
    one_of = called_so or cues(_WORDS).found("occasion", fold(phrase.words)) or _is_a_bill(asked, phrase)
    if phrase.best.kind == "account" and cues(_WORDS).found("owned", fold(phrase.words)):
        return None  # "how much did the bike cost" of an account of its own: all that was laid out for it
    if not one_of or not (_one_cost(asked, phrase) or (called_so and _total_of_one(asked, phrase))):
        return None
    filters = asked.scope.filters
    earned = bool(filters.accounts) and all(asked.names.by_name[each].root is Root.INCOME for each in filters.accounts)
    found = _occasions(asked, filters, sign=-1 if earned else 1, root=Root.INCOME if earned else Root.EXPENSES)
    return _asking_when(asked, phrase.words, found) if len(found) <= _MOST_OCCASIONS else None


def _is_a_bill(asked: Asked, phrase: Phrase) -> bool:
    """As in "the plumber's bill"."""
    words = re.escape(fold(phrase.words))
    whose = asked.has(
        rf"\b(?:the|that|my|our) {words}(?:(?<='s)|'s) (?:bill|invoice|fee|charge)\b(?! (?:for|of|from)\b)"
    )
    return whose and phrase.best.kind in {"payee", "narration"}


def _total_of_one(asked: Asked, phrase: Phrase) -> bool:
    """As in "total spent on the conference": of one, though it is called a total."""
    words = re.escape(fold(phrase.words))
    plain = asked.intent.measure is Measure.SUM and asked.intent.order is None and is_definite(phrase)
    return plain and asked.has(rf"^total\b.* on (?:the|that|my|our) {words}\W*$")


def _which_make(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "what did the lathe cost", where entries name a wood lathe and a metal lathe."""
    if phrase.best.kind != "narration" or not _one_cost(asked, phrase):
        return None
    known, word = lexicon(), fold(phrase.words)
    idle = known.grammar | known.weak | known.ordinary
    makes: dict[str, str] = {}
    for text in phrase.best.values:
        found = re.search(rf"\b([^\W\d_]{{3,}}) {re.escape(word)}\b", fold(text))
        if found and found[1] not in idle:
            makes[text] = found[1]
    if len(set(makes.values())) < 2:
        return None
    named = Mention(phrase.words, narrations=tuple(makes))
    bought = _occasions(asked, replace(asked.scope.filters, mentions=(named,)), sign=1)
    return _asking_when(asked, phrase.words, bought, apart=0)


def _which_bought(asked: Asked, phrase: Phrase) -> Clarify | None:
    """As in "how much for the welder", where two were bought; not where one was paid in parts."""
    if phrase.best.kind != "narration" or not _one_cost(asked, phrase):
        return None
    own = stems(phrase.words)
    told = (text for text in phrase.best.values if not _IN_PARTS.search(fold(text)))
    heads = tuple(text for text in told if stems(text.partition(",")[0])[-len(own) :] == own)
    named = Mention(phrase.words, narrations=heads)
    bought = _occasions(asked, replace(asked.scope.filters, mentions=(named,)), sign=1) if heads else []
    return _asking_when(asked, phrase.words, bought) if len(bought) <= _MOST_OF_A_THING else None


def _which_sale(asked: Asked) -> Clarify | None:
    """As in "how much did I make on the sale", where shares or coins were sold more than once."""
    found = re.search(r"\b(?:the|that|my|our) sale\b(?! (?:of|from|to|in|at|for|on)\b)", asked.said.folded)
    plain = asked.intent.measure in {Measure.SUM, Measure.HOLDINGS, Measure.LIST, None}
    if not found or not plain or asked.intent.order:
        return None
    units = [code for code, each in asked.names.commodities.items() if each.held_at_cost]
    rows = asked.names.index.query(
        "SELECT date, coalesce(payee, ''), coalesce(narration, '') FROM postings"
        " WHERE root = 'assets' AND number < 0 AND currency IN (SELECT unnest(?::VARCHAR[])) AND date <= ?"
        " GROUP BY entry_id, date, payee, narration ORDER BY date",
        [units, asked.today],
    )
    return _asking_when(asked, found.group(), [_occasion(*row) for row in rows], apart=0)


def _which_refund(asked: Asked) -> Clarify | None:
    """As in "what was the refund", where money came back more than once."""
    found = re.search(
        r"\b(?:the|that|my|our) (?:refund|reimbursement|chargeback)\b(?! (?:for|of|from|on))", asked.said.folded
    )
    if not found or asked.intent.sign >= 0 or asked.intent.order:
        return None
    return _asking_when(asked, found.group(), _occasions(asked, Filters(), sign=-1))


def _one_cost(asked: Asked, phrase: Phrase) -> bool:
    """Whether the cost of one thing is asked for, and nothing else is named."""
    plain = asked.intent.measure in _COSTS and asked.intent.order is None and not asked.intent.key
    return plain and is_definite(phrase) and bool(cues(_WORDS).found("one_cost", asked.said.folded))


def _condition(filters: Filters) -> tuple[str, list[object]]:
    clause, parameters = naming(filters.mentions)
    below = " OR ".join(["account = ? OR starts_with(account, ?)"] * len(filters.accounts)) or "true"
    return f"{clause} AND ({below})", [*parameters, *(part for name in filters.accounts for part in (name, f"{name}:"))]


def _occasions(asked: Asked, filters: Filters, *, sign: int, root: Root = Root.EXPENSES) -> list[Occasion]:
    """The entries that spent (or, by the sign, gave back) something under these names, in order of time."""
    clause, parameters = _condition(filters)
    rows = asked.names.index.query(
        "SELECT date, coalesce(payee, ''), coalesce(narration, '') FROM postings"
        f" WHERE root = ? AND {clause} AND number * {sign} > 0 AND date <= ?"
        " GROUP BY entry_id, date, payee, narration ORDER BY date",
        [root.value, *parameters, asked.today],
    )
    return [_occasion(*row) for row in rows]


def _occasion(day: dt.date, payee: str, narration: str) -> Occasion:
    return Occasion(day, f"{day.isoformat()}: {', '.join(part for part in (payee, narration) if part)}")


def _asking_when(asked: Asked, words: str, found: list[Occasion], apart: int = _ONE_STAY) -> Clarify | None:
    if len(found) < 2 or (found[-1].day - found[0].day).days <= apart:
        return None
    shown = found[-MOST_CHOICES:]
    more = f" (and {len(found) - len(shown)} earlier ones)" if len(found) > len(shown) else ""
    choices = tuple(
        Choice(each.said, instead(asked.said.text, words, f"{words} on {each.day.isoformat()}")) for each in shown
    )
    return Clarify(f'Which is meant by "{words}": {"; ".join(each.said for each in shown)}{more}?', choices)
