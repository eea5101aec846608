"""Plans for one account's share in the entries of another: "withholding tax on dividends", "fees on purchases"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.dialog.linking.links import Phrase, narrowed
from ledgerqa.dialog.plans.cash.flows import flow
from ledgerqa.dialog.plans.wealth.investments import BUY, SELL
from ledgerqa.patterns import compiled
from ledgerqa.records import Choice, Clarify, Filters, Measure, Mention, Root

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Outcome

_ON = compiled(r"\b(?:on|from|off|out of|against|upon)(?: the| my| our| all| any| all my| those| these)* $")
_ON_TRADES = compiled(
    rf"\b(?:on|for|when|with|from)(?: the| my| our| all| any| i| we| all my)* "
    rf"(?:(?:share|stock|fund|etf|security|securities) )?(?P<trade>{BUY}|{SELL}|trad(?:es?|ing)\b(?! accounts?\b))"
)
_CHARGES = r"\b(?:fees?|commissions?|charges?|tax(?:es)?|duty|duties|stamp|costs?|brokerage)\b"
_ADDED = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE, Measure.NET_INCOME, None})
_LONG = 5  # letters of a word that may be the end of a compound ("steuer": Verrechnungssteuer)
_MOST_TEXTS = 40
_NEAR = 8  # words between the two at most: "tax did they keep on my"
_CLAIMED = "taxes"  # what is kept back of income and may stand on an account of assets until it is claimed


def part_of(asked: Asked) -> Outcome | None:
    """What the entries of one kind book to accounts of another; a question back where none book both."""
    if asked.intent.measure not in _ADDED or asked.has(r"\b(?:share|percent\w*|proportion|portion) of\b|%"):
        return None
    if trade := _on_trades(asked):
        return trade
    pair = _pair(asked)
    if pair is None:
        return None
    part, whole, income = pair
    posted = _posted(asked, income)
    inside = _booked_inside(asked, part, posted)
    if not inside:
        below = narrowed(asked.names, _named(part), _named(whole))  # "loan interest on the flat": Flat:LoanInterest
        return None if below else _asking_back(asked, part, whole)
    note = f"{part.words} on {whole.words} = what entries of {', '.join(income)} book to {', '.join(inside)}"
    return _within(asked, Filters(accounts=inside, alongside=posted), note)


def _pair(asked: Asked) -> tuple[Phrase, Phrase, tuple[str, ...]] | None:
    """The part, the income that it is taken from, and that income's accounts."""
    phrases = [each for each in asked.said.phrases if any(option.kind == "account" for option in each.options)]
    for part, whole in pairwise(phrases):
        if not _ON.search(whole.lead) or whole.start - part.end > _NEAR:
            continue
        earned = _rooted(asked, whole, {Root.INCOME})
        charged = _rooted(asked, part, {Root.EXPENSES, Root.ASSETS, Root.LIABILITIES})
        if earned and charged and not _rooted(asked, part, {Root.INCOME}):
            return part, whole, earned
    for whole in phrases if asked.has(_CHARGES) else ():  # "commissions on dividends", where no account is called so
        said = re.search(
            rf"(?P<part>{_CHARGES}) (?:\w+ )?(?:on|from) (?:the |my |our |all )*{re.escape(fold(whole.words))}",
            asked.said.folded,
        )
        earned = _rooted(asked, whole, {Root.INCOME})
        if said and earned and not any(said["part"] in fold(each.words) for each in asked.said.phrases):
            return Phrase(whole.start, whole.start, said["part"], ()), whole, earned
    return None


def _named(phrase: Phrase) -> tuple[str, ...]:
    return tuple(name for option in phrase.options if option.kind == "account" for name in option.values)


def _rooted(asked: Asked, phrase: Phrase, roots: Iterable[Root]) -> tuple[str, ...]:
    wanted = set(roots)
    first = next((option for option in phrase.options if option.kind == "account"), None)
    names = [name for name in first.values if asked.names.by_name[name].root in wanted] if first else []
    return tuple(names)


def _posted(asked: Asked, accounts: Iterable[str]) -> tuple[str, ...]:
    """The accounts with all below them that entries post to, each by itself."""
    rows = asked.names.index.query(
        "SELECT DISTINCT account FROM postings WHERE EXISTS"
        " (SELECT 1 FROM unnest(?) AS t(name) WHERE account = name OR starts_with(account, name || ':')) ORDER BY 1",
        [list(accounts)],
    )
    return tuple(row[0] for row in rows)


def _booked_inside(asked: Asked, part: Phrase, income: tuple[str, ...]) -> tuple[str, ...]:
    """The accounts that the part may mean, of those which entries of the income book to.

    Where none of those is booked to that it was linked to, these are accounts of any root whose name ends like a word
    for the same thing: tax that is claimed back stands on assets ("Verrechnungssteuer").
    """
    rows = asked.names.index.query(
        "SELECT DISTINCT account, root FROM postings WHERE root <> 'income' AND entry_id IN"
        " (SELECT entry_id FROM postings WHERE account IN (SELECT unnest(?))) ORDER BY 1",
        [list(income)],
    )
    linked = next((option.values for option in part.options if option.kind == "account"), ())
    if meant := _that_have(linked, [name for name, _ in rows]):
        return meant
    known, own = lexicon(), stems(part.words)
    groups = {group for words in (own, *((word,) for word in own)) for group in known.groups_of(words)}
    ends = [phrase[-1] for phrase, of in known.groups.items() if set(of) & groups and len(phrase[-1]) >= _LONG]
    endings = tuple(ending for word in ends for ending in (word, f"{word}n", f"{word}s"))
    found = []
    for name, root in rows:
        parts = name.split(":")[1:]
        alike = any(groups & (known.groups_of_name(each)[0] | known.groups_of_name(each)[1]) for each in parts)
        claimed = root == Root.EXPENSES.value or _CLAIMED in groups
        if claimed and (alike or any(fold(each).endswith(endings) for each in parts)):
            found.append(name)
    return tuple(found)


def _that_have(tops: Iterable[str], booked: Iterable[str]) -> tuple[str, ...]:
    """Those of the accounts that are booked to, themselves or below."""
    names = tuple(booked)
    return tuple(top for top in tops if any(name == top or name.startswith(f"{top}:") for name in names))


def _within(asked: Asked, filters: Filters, note: str) -> Outcome:
    kept = replace(
        asked.scope.filters, roots=(), accounts=filters.accounts, mentions=filters.mentions, alongside=filters.alongside
    )
    intent = replace(asked.intent, measure=Measure.SUM) if asked.intent.measure is Measure.NET_INCOME else asked.intent
    said = replace(asked.said, intent=intent)
    return flow(replace(asked, said=said, scope=replace(asked.scope, filters=kept, subjects=(), reading=(note,))))


def _asking_back(asked: Asked, part: Phrase, whole: Phrase) -> Clarify:
    when = f" {asked.said.periods[0].text.strip()}" if asked.said.periods else ""
    choices = (
        Choice(part.words, f"How much {part.words} did I pay{when}?"),
        Choice(whole.words, f"How much did I receive in {whole.words}{when}?"),
    )
    return Clarify(f"No entry books {part.words} together with {whole.words}. Which of the two is meant?", choices)


def _on_trades(asked: Asked) -> Outcome | None:
    """As in "fees on purchases": what the entries that buy something held at cost book to the accounts named."""
    found = _ON_TRADES.search(asked.said.folded)
    if not found or not asked.has(_CHARGES):
        return None
    charged = tuple(name for name in asked.scope.filters.accounts if asked.names.by_name[name].root is Root.EXPENSES)
    if not charged:
        return None
    sign = 1 if re.search(BUY, found["trade"]) else -1 if re.search(SELL, found["trade"]) else 0
    rows = asked.names.index.query(
        "SELECT p.account, p.narration, t.buys, t.sells FROM postings p JOIN (SELECT entry_id,"
        " bool_or(coalesce(cost_currency IS NOT NULL AND number > 0, false)) AS buys,"
        " bool_or(coalesce(cost_currency IS NOT NULL AND number < 0, false)) AS sells"
        " FROM postings GROUP BY 1) t USING (entry_id) WHERE p.root = 'expenses'"
    )
    trades = [row for row in rows if (row[2] and sign >= 0) or (row[3] and sign <= 0)]
    booked = _that_have(charged, [row[0] for row in trades]) or tuple(sorted({row[0] for row in trades}))
    held = asked.names.index.query("SELECT DISTINCT account FROM postings WHERE cost_currency IS NOT NULL ORDER BY 1")
    if not booked:
        return None
    own = [row[1:] for row in rows if _that_have(booked, (row[0],))]
    wanted = {text for text, buys, sells in own if text and ((buys and sign >= 0) or (sells and sign <= 0))}
    others = {text for text, buys, sells in own if not ((buys and sign >= 0) or (sells and sign <= 0))}
    note = f"{found['trade']} = entries that move what is held at cost"
    filters = Filters(accounts=booked, alongside=tuple(row[0] for row in held))
    if sign and wanted and not wanted & others and len(wanted) <= _MOST_TEXTS:
        mention = Mention(found["trade"], narrations=tuple(sorted(wanted)))
        return _within(asked, replace(filters, mentions=(mention,)), note)
    return _within(asked, filters, f"{note}: purchases and sales together" if sign else note)
