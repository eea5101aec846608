"""Plans for what an insurance paid out: money that came back from those to whom its premiums go, and no premium."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.exclusions import find_netted
from ledgerqa.dialog.language.booked import at_or_below, bearing
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import Asked, bounded, happened, ordered
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.records import Filters, Measure, Mention, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase

_ADDED: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.METADATA, None})
_INSURANCE: Final = r"insur(?:ances?|ers?)"
_AT_TIMES: Final = (
    r"(?: (?:ever|actually|already|even|really|finally|then|also|in the end|company|people|policy|have|has|had))*"
)
_PAYS: Final = (
    r"(?:pa(?:y|id)|cover(?:ed)?|cough(?:ed)? up|reimburse[d]?|refund(?:ed)?|compensated?|contribute[d]?|settle[d]?"
    r"|g[ai]ve|chip(?:ped)? in|shell(?:ed)? out|fork(?:ed)? out|stump(?:ed)? up)"
)
_GOT: Final = r"(?:g[eo]t(?:ten)?|receiv\w+|claim(?:ed)?|recover(?:ed)?|came|come|money|reclaim\w*)"
_BY_US: Final = r"(?:i|we|you|he|she|they)"
_OUT_OF_POCKET: Final = r"\bout of (?:(?:my|our|your|their|own|the) )*pockets?\b|\bpremiums?\b"


def paid_out(asked: Asked) -> Plan | None:
    """The plan for what came back from insurers; None where nothing of the kind is asked for, or nobody is known."""
    if asked.intent.measure not in _ADDED or asked.has(_OUT_OF_POCKET) or find_netted(asked.said.text):
        return None
    accounts = accounts_of_group(asked, Root.EXPENSES, "insurance", *lexicon().covers["insurance"])
    if not any(_says_so(each, asked) for each in asked.said.phrases if not each.weak):
        return None
    insuring = [each for each in asked.said.phrases if _insurers(each, accounts, asked)]
    if not any(_says_so(each, asked) for each in insuring):
        return None
    payees = tuple(dict.fromkeys(name for each in insuring for name in _insurers(each, accounts, asked)))
    words = " and ".join(dict.fromkeys(each.words for each in insuring))
    filters = Filters(mentions=(Mention(words, payees=payees),), sign=-1)
    both = (Root.EXPENSES, Root.INCOME)
    roots = tuple(root for root in both if _came(replace(filters, roots=(root,)), asked)) or (Root.EXPENSES,)
    filters, notes = _for_what(replace(filters, roots=roots), insuring, asked)
    source = ", ".join(payees[:3])
    if (booked := _booked_as_income(insuring, asked)) and not _came(filters, asked):
        filters, source = Filters(accounts=booked), f"what is booked to {', '.join(booked)}"
    measure = asked.intent.measure if asked.intent.measure in {Measure.LIST, Measure.COUNT} else Measure.SUM
    from_them = source if not filters.mentions else f"money that came from {source}"
    notes = (f"what {words} paid out = {from_them}", *notes)
    plan = Plan(measure, bounded(filters, asked), happened(asked), group_by=asked.intent.group_by, reading=notes)
    return ordered(plan, asked)


def _insurers(phrase: Phrase, accounts: tuple[str, ...], asked: Asked) -> tuple[str, ...]:
    """Whom the premiums of the accounts that a phrase names are paid to; or the insurer that it names.

    Nobody where what earns is called just so: insurers who pay for their patients are customers.
    """
    best = phrase.best
    if best.kind == "account" and best.how == "exact" and not of_roots(asked.names, best.values, (Root.EXPENSES,)):
        return ()
    for option in phrase.options:
        below = option.values if option.kind == "account" else ()
        named = [name for name in of_roots(asked.names, below, (Root.EXPENSES,)) if _within(name, accounts)]
        if named:
            return _paid(tuple(named), asked)
        if option.kind == "payee" and (known := set(_paid(accounts, asked)) & set(option.values)):
            return tuple(sorted(known))
    return ()


def _booked_as_income(insuring: list[Phrase], asked: Asked) -> tuple[str, ...]:
    """As in "what did the insurance pay out", where that is an account of income: whoever paid it."""
    options = (each for phrase in insuring for each in phrase.options if each.kind == "account" and each.how == "exact")
    return of_roots(asked.names, dict.fromkeys(name for each in options for name in each.values), (Root.INCOME,))


def _within(name: str, accounts: tuple[str, ...]) -> bool:
    return any(name == one or name.startswith(f"{one}:") for one in accounts)


def _paid(accounts: tuple[str, ...], asked: Asked) -> tuple[str, ...]:
    """The payees of what was booked to these accounts."""
    if not accounts:
        return ()
    below, within = at_or_below(accounts)
    rows = asked.names.index.query(
        f"SELECT DISTINCT payee FROM postings WHERE number > 0 AND coalesce(payee, '') <> '' AND {below} ORDER BY 1",
        within,
    )
    return tuple(row[0] for row in rows)


def _says_so(phrase: Phrase, asked: Asked) -> bool:
    """As in "did the cat insurance ever pay out", "what did I get back from the insurer", "insurance payouts"."""
    who = rf"(?:{re.escape(fold(phrase.words))}|(?:\w+ ){{0,2}}?{_INSURANCE})"
    their = r"(?: the| my| our| any| this| that)*"
    back = r"(?: (?:anything|something|money|back|much|in|a refund))*"
    given = r"(?:pay-? ?outs?|reimbursements?|refunds?|settlements?|compensation)"
    patterns = (
        rf"\b(?:did|does|has|have|had){their} (?!{_BY_US}\b){who}{_AT_TIMES} {_PAYS}\b",
        rf"\b(?:what|much|money|anything)(?: that)?{their} {who}{_AT_TIMES} (?:paid|pay) (?:us|me|out|back)\b",
        rf"\b{who}{_AT_TIMES} (?:paid|pays?|gave|sent)(?: (?:us|me|anything|something|money))* (?:out|back)\b",
        rf"\b{_GOT}{back} (?:from|off|out of){their} {who}\b",
        rf"\b(?:reimbursed|refunded|compensated|covered|paid (?:out|back)) by{their} {who}\b",
        rf"\b{who} {given}\b|\b{given} (?:from|by|of){their} {who}\b",
    )
    return any(asked.has(each) for each in patterns)


def _came(filters: Filters, asked: Asked) -> bool:
    """Whether there is money that came in or back under these names."""
    clause, parameters = bearing(filters)
    rows = asked.names.index.query(
        f"SELECT 1 FROM postings WHERE root IN (SELECT unnest(?)) AND number < 0 AND {clause} LIMIT 1",
        [[root.value for root in filters.roots], *parameters],
    )
    return bool(rows)


def _for_what(filters: Filters, insuring: list[Phrase], asked: Asked) -> tuple[Filters, tuple[str, ...]]:
    """As in "did the insurance pay for the operation": kept to what else is named, where an entry has both."""
    notes: list[str] = []
    for phrase in asked.said.phrases:
        if phrase in insuring or phrase.weak:
            continue
        best = phrase.best
        if best.kind == "account":
            accounts = of_roots(asked.names, best.values, (Root.EXPENSES,)) if Root.EXPENSES in filters.roots else ()
            filters = replace(filters, accounts=(*filters.accounts, *accounts))
            continue
        kept = filters
        if best.kind == "tag":
            kept = replace(filters, tags=(*filters.tags, *best.values))
        elif best.kind in {"payee", "narration"}:
            kept = replace(filters, mentions=(*filters.mentions, mention_of(phrase, best)))
        if _came(kept, asked):
            filters = kept
        else:
            notes.append(f"{phrase.words} left aside: no entry has it together with the rest")
    return filters, tuple(notes)
