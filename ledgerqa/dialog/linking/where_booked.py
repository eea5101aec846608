"""What the entries tell of a name of two readings: an account that nothing is booked to, a payee kept elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import at_or_below
from ledgerqa.dialog.linking.links import PAYEE_PART
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Mention, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Link, Phrase

_OF_ENTRIES = frozenset({Measure.SUM, Measure.AVERAGE, Measure.COUNT, Measure.LIST, None})


def rather_booked(phrase: Phrase, intent: Intent, vocabulary: Vocabulary, *, alone: bool) -> Link | None:
    """The reading that entries bear out, where those of the likeliest say otherwise; `alone`: nothing else is named."""
    if intent.measure not in _OF_ENTRIES:
        return None
    whole = alone and intent.measure is not Measure.COUNT
    rather = _in_use(phrase, vocabulary) or _said_there(phrase, vocabulary) or _one_of_them(phrase, vocabulary)
    return rather or (_all_of_it(phrase, vocabulary) if whole else None)


def _in_use(phrase: Phrase, vocabulary: Vocabulary) -> Link | None:
    """As in "what did we pay the Bahn": Deutsche Bahn, where an account Bahn was opened and never used."""
    best, payee = phrase.best, phrase.of_kind("payee")
    if best.kind != "account" or payee is None or payee.how not in {"exact", "words"}:
        return None
    return None if vocabulary.booked.meets(Filters(accounts=best.values)) else payee


def _said_there(phrase: Phrase, vocabulary: Vocabulary) -> Link | None:
    """As in "resto": Restaurants, whose entries say "resto", and not a charity called Restos du Coeur."""
    payee, account, text = (phrase.of_kind(kind) for kind in ("payee", "account", "narration"))
    if payee is None or account is None or text is None or phrase.best.kind != "payee":
        return None
    if payee.how != "words" or account.how != "synonym":
        return None
    kept = Filters(accounts=account.values)
    booked = vocabulary.booked
    said = booked.meets(_of(kept, Mention(phrase.words, (), text.values)))
    return account if said and not booked.meets(_of(kept, Mention(phrase.words, payee.values))) else None


_OF_WHOM: Final = compiled(r"\b(?:at|from|to|by|with|via|through)(?: the| my| our)? $")


def _one_of_them(phrase: Phrase, vocabulary: Vocabulary) -> Link | None:
    """As in "our pension": StatePension and RailwayPension, to which the Railway Pension Scheme pays only its own."""
    payee, account = phrase.best, phrase.of_kind("account")
    if payee.kind != "payee" or payee.score > PAYEE_PART or account is None or account.how not in {"words", "exact"}:
        return None
    roots = {vocabulary.by_name[name].root for name in account.values}
    if roots not in ({Root.INCOME}, {Root.EXPENSES}) or _OF_WHOM.search(phrase.lead):
        return None
    below, names = at_or_below(account.values)
    ((paid, there, every),) = vocabulary.index.query(
        f"WITH flows AS (SELECT entry_id, bool_or({below}) AS own,"
        " bool_or(coalesce(payee IN (SELECT unnest(?::VARCHAR[])), false)) AS paid"
        " FROM postings WHERE root IN ('income', 'expenses') GROUP BY 1)"
        " SELECT count(*) FILTER (paid), count(*) FILTER (paid AND own), count(*) FILTER (own) FROM flows",
        [*names, list(payee.values)],
    )
    return account if paid == there < every else None


def _all_of_it(phrase: Phrase, vocabulary: Vocabulary) -> Link | None:
    """As in "Essen", which covers accounts to which entries go that say "Essen mit Ada": not these alone."""
    text, account = phrase.best, phrase.of_kind("account")
    if text.kind != "narration" or text.how != "words" or account is None or account.how != "covers":
        return None
    said = (Mention(phrase.words, (), text.values),)
    return account if vocabulary.booked.lies_within(said, account.values) else None


def _of(filters: Filters, mention: Mention) -> Filters:
    return Filters(accounts=filters.accounts, mentions=(mention,))
