"""Which reading of a phrase is meant: an account of the right root, a payee after "at", a tag of a trip."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold, is_plural, stems
from ledgerqa.dialog.linking.links import ACCOUNT_PART, NARRATION_PART, PAYEE_PART, SYNONYM, Link, Phrase, of_roots
from ledgerqa.dialog.linking.shop_names import is_seldom, rather_what_is_sold
from ledgerqa.dialog.linking.spelt_tags import is_dated_so, occasion_of, rather_account, rather_tag
from ledgerqa.dialog.linking.where_booked import rather_booked
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Mention, Period, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

BALANCES = frozenset({Measure.BALANCE, Measure.NET_WORTH, Measure.BALANCE_SHEET})
ANY_ROOT = frozenset(
    {
        Measure.ACCOUNTS,
        Measure.NOTES,
        Measure.DOCUMENTS,
        Measure.BALANCE_CHECKS,
        Measure.METADATA,
        Measure.EVENTS,
        Measure.GAPS,
    }
)
_AT = compiled(r"\b(?:at|from|to|by|with|via|through)(?: the| a| an| my| our)?\s*[\"'“]?$")


def wanted_roots(intent: Intent) -> tuple[Root, ...]:
    """The roots of accounts in which the intent would look, the likeliest first; empty for any."""
    if intent.measure in ANY_ROOT or intent.measure is Measure.NET_INCOME:
        return ()
    if intent.measure in BALANCES:
        return (Root.ASSETS, Root.LIABILITIES)
    if intent.measure is Measure.HOLDINGS:
        return (Root.ASSETS,)
    if intent.measure is Measure.BUDGET or intent.flow == "spend":
        return (Root.EXPENSES,)
    if intent.flow == "repay":
        return (Root.LIABILITIES,)
    return (Root.INCOME,) if intent.flow == "income" else ()


# Words that tell what bears a name of several readings: a tag.
OF_A_TAG: Final = compiled(r"\btrips?\b|\btag(?:s|ged)?\b|\bholidays?\b|\bvacations?\b|\bproject\b|#")


def choose(phrase: Phrase, intent: Intent, vocabulary: Vocabulary, said: Said) -> Link | None:
    """The reading of a phrase that fits the intent."""
    if intent.measure in {Measure.HOLDINGS, Measure.PRICE, Measure.COMMODITIES} or (
        intent.measure is Measure.AVERAGE and _is_purchase(said)
    ):
        commodity = phrase.of_kind("currency")
        if commodity and (commodity.score >= ACCOUNT_PART - 0.02 or _is_quoted(phrase, commodity, intent, vocabulary)):
            return commodity
    if money := _as_money(phrase, intent, vocabulary, said) or _borne_as_well(phrase, intent, vocabulary):
        return money
    tag = phrase.of_kind("tag")
    if tag and (
        OF_A_TAG.search(said.folded)
        or Grouping.TAG in intent.group_by
        or rather_tag(tag, phrase, intent, vocabulary)
        or is_dated_so(tag, phrase, said.folded)
        or (tag.how == "exact" and intent.measure is Measure.NET_INCOME)  # "taken at the fair less what it cost"
    ):
        return tag
    alone = len(said.phrases) == 1
    if own := (
        rather_account(phrase, vocabulary)
        or _account_paid_into(phrase, vocabulary, said)
        or rather_booked(phrase, intent, vocabulary, alone=alone)
    ):
        return own
    text = phrase.of_kind("payee", "narration")
    if text and text.score >= PAYEE_PART and phrase.best.score < 1.0 and _AT.search(phrase.lead):
        return (rather_what_is_sold(phrase, vocabulary) if is_seldom(text, vocabulary) else None) or text
    if other := _rather(text, phrase, intent, vocabulary):
        return other
    if text and _is_part(phrase, text) and _booked_there(phrase, text, vocabulary):
        return text
    if (
        text
        and ((intent.measure is Measure.LIST and not said.bounds.spans) or _one_thing(phrase, intent, said))
        and phrase.best.how in {"synonym", "covers"}
        and text.score >= NARRATION_PART
        and not (text.kind == "narration" and _AT.search(phrase.lead))  # "at the dentist" is no thing bought
        and _booked_there(phrase, text, vocabulary)
    ):
        return text  # "when did I buy the laptop": the entry that says so, not all of Electronics
    if literal := _word_for_word(phrase, intent, vocabulary):
        return literal
    return spent_instead(phrase, intent, vocabulary, said) or _rooted(phrase, intent, vocabulary, said)


def _is_quoted(phrase: Phrase, commodity: Link, intent: Intent, vocabulary: Vocabulary) -> bool:
    """As in "the price of honey", where HONEYKG has prices: no account of what was sold or spent has one."""
    accounts = [name for each in phrase.options if each.kind == "account" for name in each.values]
    held = of_roots(vocabulary, accounts, (Root.ASSETS,))
    payee = phrase.of_kind("payee")
    priced = all(vocabulary.commodities[code].priced for code in commodity.values)
    mention = Mention(phrase.words, payees=payee.values) if payee and payee.how == "exact" else None
    bought = mention and Root.EXPENSES in vocabulary.booked.roots_touched(Filters(mentions=(mention,)))
    return intent.measure is Measure.PRICE and priced and not held and not bought


_PARTS = frozenset("takeaway takeaways takeout takeouts lunch lunches brunch brunches breakfast breakfasts".split())


def _is_part(phrase: Phrase, text: Link) -> bool:
    """As in "takeaways", where entries of the restaurants' account say so: these, and not all that it holds."""
    said = fold(phrase.words).replace("-", "") in _PARTS and phrase.best.how == "synonym"
    return said and text.how in {"exact", "words"}


def _word_for_word(phrase: Phrase, intent: Intent, vocabulary: Vocabulary) -> Link | None:
    """As in "late fees" for entries "late fee, my own fault", where fines, which mean much the same, hold none of them.

    Only of several words, all together what such entries begin with.
    """
    said = phrase.of_kind("narration")
    if said is None or phrase.best.kind != "account" or phrase.best.how not in {"synonym", "covers"}:
        return None
    firm = said.how in {"exact", "words"} and said.score > NARRATION_PART and len(stems(phrase.words)) > 1
    if not firm or intent.measure not in {*_ADDED_UP, Measure.LIST, Measure.COUNT} or phrase.best.score > SYNONYM:
        return None
    named = Mention(phrase.words, (), said.values)
    moved = vocabulary.booked.roots_touched(Filters(mentions=(named,)))
    meets = vocabulary.booked.meets(Filters(accounts=phrase.best.values, mentions=(named,)))
    return said if {Root.INCOME, Root.EXPENSES} & moved.keys() and not meets else None


def _rather(text: Link | None, phrase: Phrase, intent: Intent, vocabulary: Vocabulary) -> Link | None:
    """The tag of the whole occasion that a text is of, or what is sold where a shop is called after it."""
    added = text is not None and intent.measure in {Measure.SUM, None}
    if text and added and (whole := occasion_of(text, phrase, vocabulary)):
        return whole
    return rather_what_is_sold(phrase, vocabulary) if intent.flow != "income" else None


def _account_paid_into(phrase: Phrase, vocabulary: Vocabulary, said: Said) -> Link | None:
    """As in "what arrived in my (Ada's) account": the account that something stands on, not Ada's pay."""
    if " account" not in said.folded:
        return None
    words = re.escape(fold(phrase.words))
    into = rf"\b(?:in|into|on|onto|to)(?: (?:my|our|the|his|her))?\W{{1,2}}{words}\)?(?: \w+)? account\b"
    if not re.search(into, said.folded):
        return None
    for option in phrase.options:
        if option.kind == "account" and (kept := of_roots(vocabulary, option.values, (Root.ASSETS, Root.LIABILITIES))):
            return replace(option, values=kept)
    return None


def _as_money(phrase: Phrase, intent: Intent, vocabulary: Vocabulary, said: Said) -> Link | None:
    """The currency or commodity, where the phrase means one; of what is held beside other accounts its account."""
    money = phrase.of_kind("currency")
    if money is None:
        return None
    surely = money.score >= ACCOUNT_PART - 0.02
    if intent.measure in {Measure.BALANCE, None} and _beside_accounts(phrase, money, vocabulary, said):
        return phrase.of_kind("account")
    called = _is_money_account(phrase, money, vocabulary) and not _wherever(phrase, said)
    held = intent.measure is Measure.BALANCE and surely and not called
    listed = surely and phrase.best.score < 1.0 and _beside_money(phrase, said)
    named = names_a_currency(phrase) and money.score >= PAYEE_PART - 0.05
    traded = _traded(phrase, money, intent, vocabulary, said)
    return money if held or traded or phrase.best is money or listed or named else None


_STANDING: Final = frozenset({Measure.HOLDINGS, Measure.NET_WORTH, Measure.BALANCE})


def _borne_as_well(phrase: Phrase, intent: Intent, vocabulary: Vocabulary) -> Link | None:
    """As in "worth of my Zurn", who pays dividends under that name: the shares, since nothing stands on a payee."""
    held = phrase.of_kind("currency")
    if held is None or intent.measure not in _STANDING or phrase.best.kind not in {"payee", "narration"}:
        return None
    bears = phrase.of_kind("account") is None and vocabulary.commodities[held.values[0]].held_at_cost
    return held if bears and len(held.values) == 1 else None


def _one_thing(phrase: Phrase, intent: Intent, said: Said) -> bool:
    """As in "what did the laptop cost": what was bought, not all that is spent on such things."""
    return (
        intent.measure in {Measure.SUM, None}
        and bool(re.search(r"\b(?:the|that|my|our|this) (?:new |old )?$", phrase.lead))
        and cues("cues").found("occasion", fold(phrase.words))
        and cues("cues").found("one_cost", said.folded)
    )


def _booked_there(phrase: Phrase, text: Link, vocabulary: Vocabulary) -> bool:
    """Whether entries that say so are booked to the category of that name; else they only happen to say it."""
    named = Mention(phrase.words, text.values) if text.kind == "payee" else Mention(phrase.words, (), text.values)
    return vocabulary.booked.meets(Filters(accounts=phrase.best.values, mentions=(named,)))


def _is_money_account(phrase: Phrase, money: Link, vocabulary: Vocabulary) -> bool:
    """An account called after money ("Cash:USD") is the account, unless the words are the currency's own code."""
    commodity = vocabulary.commodities[money.values[0]]
    return (
        phrase.best.kind == "account"
        and phrase.best.score >= 1.0
        and (commodity.operating or not commodity.held_at_cost)
        and money.how != "exact"
    )


def _wherever(phrase: Phrase, said: Said) -> bool:
    """As in "how many dollars have I": the money wherever it lies, though one account be called so."""
    return re.search(r"\bhow many $", phrase.lead) is not None and not re.search(r"\baccount\b", said.folded)


_ADDED = compiled(r"(?:\b(?:plus|and|with)|[&+])(?: the| my| our)? ?$")


def _beside_accounts(phrase: Phrase, money: Link, vocabulary: Vocabulary, said: Said) -> bool:
    """As in "the euro pot plus the coins", where both are accounts: what is held there is added."""
    own = phrase.of_kind("account")
    if own is None or own.score < 1.0 or not vocabulary.commodities[money.values[0]].held_at_cost:
        return False
    others = [
        each.best
        for each in said.phrases
        if each is not phrase
        and each.best.kind == "account"
        and _ADDED.search(each.lead if each.start > phrase.start else phrase.lead)
    ]
    standing = {Root.ASSETS, Root.LIABILITIES}
    return any(vocabulary.by_name[name].root in standing for each in others for name in each.values)


def _beside_money(phrase: Phrase, said: Said) -> bool:
    """As in "kronor and euros": what is listed with a currency is one."""
    listed = re.compile(r"\b(?:and|or|vs\.?|versus|plus|from)(?: the| my| our)? $")
    for first, second in itertools.pairwise(said.phrases):
        if phrase in (first, second) and listed.search(second.lead):
            other = second if phrase is first else first
            return other.best.kind == "currency" and second.start - first.end <= 1
    return False


def _traded(phrase: Phrase, money: Link, intent: Intent, vocabulary: Vocabulary, said: Said) -> bool:
    """Whether a commodity held at cost is meant as such: bought, sold, held."""
    commodity = vocabulary.commodities[money.values[0]]
    if not commodity.held_at_cost or money.score < ACCOUNT_PART - 0.02:
        return False
    if intent.flow == "income" and any(
        Root.INCOME is vocabulary.by_name[name].root
        for option in phrase.options
        if option.kind == "account"
        for name in option.values
    ):
        return bool(re.search(r"\bsold\b|\bsell|\bsale", said.folded))
    return bool(
        re.search(
            r"\b(?:buy|bought|purchas\w+|sold|sell\w*|sale|hold|held|own\w*|shares?|units?|coins?|have|got|left|trade\w*)\b",
            said.folded,
        )
    )


def _is_purchase(said: Said) -> bool:
    return bool(
        re.search(
            r"\b(?:purchase|buying|buy|cost|entry|acquisition|paid|pay)\b.*\b(?:price|per|share|unit|basis)\b",
            said.folded,
        )
    )


def names_a_currency(phrase: Phrase) -> bool:
    """Whether the words before the phrase make it a currency: "in dollars", "50 euros"."""
    return bool(re.search(r"\b(?:in|to|into|of)\s*$|[\d(,]\s*$", phrase.lead))


_SPENT = compiled(r"\b(?:spen[dt]|spending|pays?|paid|paying|costs?|expens\w*|earn\w*|receiv\w*|income)\b")


def _own_name(option: Link, options: Sequence[Link], roots: Sequence[Root], vocabulary: Vocabulary, said: Said) -> bool:
    """Whether an account called just so is meant, though it lies under another root than the flow that was guessed.

    As in "dues per person" for Income:Dues, where Expenses:Subscriptions would be a synonym; unless a verb says which
    way the money went.
    """
    if option.how != "exact" or _SPENT.search(said.folded):
        return False
    there = [each for each in options if each.kind == "account" and of_roots(vocabulary, each.values, roots)]
    return bool(there) and all(each.how in {"synonym", "covers"} for each in there)


def _rooted(phrase: Phrase, intent: Intent, vocabulary: Vocabulary, said: Said) -> Link | None:
    """The best option, accounts kept to the roots that the intent looks in, as far as any lie there."""
    roots = wanted_roots(intent)
    if category := _category(phrase, intent, roots, vocabulary):
        return category
    options = [
        option
        for option in phrase.options
        if option.kind != "tag" or option.how == "exact" or (phrase.best.kind == "tag" and not _rather_account(phrase))
    ]
    best = options[0] if options else None
    if intent.measure is Measure.BALANCE and (stands := _standing(options, roots, vocabulary)):
        return _siblings(phrase, stands, vocabulary)
    for option in options:
        if option.kind == "currency" and best and best.kind == "account":
            continue
        if (
            option.kind in {"payee", "narration"}
            and option.score < PAYEE_PART
            and best
            and best.kind == "account"
            and (best.score > ACCOUNT_PART or not _moves_in(option, roots, vocabulary))
        ):
            break  # an account of another root is likelier than a word inside some texts
        if option.kind != "account" or not roots:
            return (
                _siblings(phrase, _preferred(option, intent, vocabulary), vocabulary)
                if option.kind == "account"
                else option
            )
        kept = of_roots(vocabulary, option.values, roots)
        if not kept and _own_name(option, options, roots, vocabulary, said):
            return _siblings(phrase, option, vocabulary)
        if kept:
            return _siblings(phrase, replace(option, values=kept), vocabulary)
        others = [
            other
            for other in options
            if other is not option and other.kind in {"payee", "narration"} and other.score >= PAYEE_PART
        ]
        if others and intent.flow is not None:
            return others[0]
    return best


def _moves_in(text: Link, roots: Sequence[Root], vocabulary: Vocabulary) -> bool:
    """Whether the entries that say so move accounts of these roots: a tax return called "renta" is no rent earned."""
    payees, narrations = (text.values, ()) if text.kind == "payee" else ((), text.values)
    moved = vocabulary.booked.roots_touched(Filters(mentions=(Mention("", payees, narrations),)))
    return not roots or any(root in moved for root in roots)


_ADDED_UP = frozenset({Measure.SUM, Measure.AVERAGE, None})


_GOT = compiled(
    r"\b(?:g[eo]t(?:s|ten|ting)?|receive[sd]?|had|ha(?:s|ve)|t(?:ake|akes|ook|aken)|draws?|drew)\b"
    r".*\b(?:out of|from|off) (?:us|me)\b"
)
_STANDS = compiled(r"\b(?:chang\w+|moved|movements?|balances?|deposits?|stands?|stood|back|h[eo]lds?|account)\b")


def spent_instead(phrase: Phrase, intent: Intent, vocabulary: Vocabulary, said: Said) -> Link | None:
    """As in "what did the landlord get out of us": the rent, where the deposit called "Landlord" did not move then."""
    best, got = phrase.best, _GOT.search(said.folded)
    if intent.measure not in _ADDED_UP or best.kind != "account" or best.how != "exact" or _STANDS.search(said.folded):
        return None
    if intent.flow not in {None, "spend"} and not got:
        return None
    if of_roots(vocabulary, best.values, (Root.ASSETS, Root.LIABILITIES)) != best.values:
        return None
    period = said.periods[0].period if len(said.periods) == 1 else Period()
    start, end = period.start, period.end
    if not (got or start) or vocabulary.booked.amounts(Filters(accounts=best.values), start or dt.date.max, end):
        return None
    for option in phrase.options:
        meant = option.kind == "account" and option.how == "synonym"
        kept = of_roots(vocabulary, option.values, (Root.EXPENSES,)) if meant else ()
        if kept and vocabulary.booked.charges(Filters(accounts=kept), start, end):
            return replace(option, values=kept)
    return None


def _category(phrase: Phrase, intent: Intent, roots: tuple[Root, ...], vocabulary: Vocabulary) -> Link | None:
    """As in "where did the food money go": the accounts that the word covers, before an entry that says it."""
    best, covered = phrase.best, next((each for each in phrase.options if each.how == "covers"), None)
    if best.kind != "narration" or best.score > NARRATION_PART or covered is None or intent.measure not in _ADDED_UP:
        return None
    kept = of_roots(vocabulary, covered.values, roots or (Root.EXPENSES,))
    return replace(covered, values=kept) if len(kept) > 1 else None


def _standing(options: list[Link], roots: tuple[Root, ...], vocabulary: Vocabulary) -> Link | None:
    """As in "what is still owed on the car": CarLoan, before payees that have the word in their names."""
    for option in options:
        if option.kind in {"payee", "narration"} and option.score > PAYEE_PART:
            return None
        if option.kind == "account" and (kept := of_roots(vocabulary, option.values, roots)):
            return replace(option, values=kept)
    return None


def _rather_account(phrase: Phrase) -> bool:
    """As in "tax", of several tags a part, and of an account as well: no tag is meant."""
    account = phrase.of_kind("account")
    return len(phrase.best.values) > 1 and account is not None and account.score >= ACCOUNT_PART


def _siblings(phrase: Phrase, option: Link, vocabulary: Vocabulary) -> Link:
    """A plural means the numbered siblings too: "printers" are Printer and Printer2; "savings pots" all of Pots."""
    if option.kind == "account" and option.how == "synonym" and (whole := _of_the_head(phrase, option, vocabulary)):
        return replace(option, values=whole)
    if option.kind != "account" or option.how != "exact" or not is_plural(phrase.words):
        return option
    stems_of = {name: vocabulary.by_name[name].leaf for name in option.values}
    parents = {name.rpartition(":")[0] for name in option.values}
    more = [
        account.name
        for account in vocabulary.accounts
        if account.name.rpartition(":")[0] in parents
        and any(
            account.leaf[: len(leaf)] == leaf and all(part.isdigit() for part in account.leaf[len(leaf) :])
            for leaf in stems_of.values()
        )
    ]
    return replace(option, values=tuple(dict.fromkeys([*option.values, *more])))


def _of_the_head(phrase: Phrase, option: Link, vocabulary: Vocabulary) -> tuple[str, ...]:
    """As in "savings pots" for Pots, not only the one pot in it that is for a rainy day; () where nothing is so."""
    words = phrase.words.split()
    if len(words) < 2 or not is_plural(words[-1]):
        return ()
    above = {name.rpartition(":")[0] for name in option.values}
    tops = (vocabulary.by_name.get(name) for name in above)
    return tuple(top.name for top in tops if top and len(above) == 1 and top.leaf == stems(words[-1]))


def _preferred(option: Link, intent: Intent, vocabulary: Vocabulary) -> Link:
    """Without a word for spending or income: what moved in expenses, else in income, else anywhere."""
    if intent.measure in ANY_ROOT:
        return option
    if intent.measure is Measure.NET_INCOME and (
        both := of_roots(vocabulary, option.values, (Root.INCOME, Root.EXPENSES))
    ):
        return replace(option, values=both)  # what events brought in, and what they cost
    entries = option.how == "exact" and intent.measure in {Measure.COUNT, Measure.LIST}
    own = ((Root.ASSETS, Root.LIABILITIES),) if entries else ((Root.LIABILITIES,), (Root.ASSETS,))
    for roots in ((Root.EXPENSES,), (Root.INCOME,), *own):  # the bank's account and its card: entries of either
        if kept := of_roots(vocabulary, option.values, roots):
            return replace(option, values=kept)
    return option


def note_of(phrase: Phrase, option: Link) -> str:
    """How a name was read, where the words alone do not say it."""
    values = tuple(dict.fromkeys(option.values))
    if option.kind in {"currency", "root", "link"} or (
        option.kind == "account" and option.how == "exact" and len(values) == 1
    ):
        return ""
    named = ", ".join(values[:4]) + (f" and {len(values) - 4} more" if len(values) > 4 else "")
    if option.kind in {"payee", "narration"} and fold(named) == fold(phrase.words):
        return ""
    kind = {"payee": "payee ", "narration": "narration ", "tag": "tag "}.get(option.kind, "")
    return f"{phrase.words} = {kind}{named}"
