"""Questions of money moved to or from an account of one's own: what says so, and which account is meant."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.intent.forms import NO
from ledgerqa.dialog.intent.learned import CERTAIN, EVEN, probability
from ledgerqa.dialog.language.words import stems
from ledgerqa.dialog.linking.account_links import account_links
from ledgerqa.dialog.linking.links import EXACT_ACCOUNT, of_roots
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Link, Phrase
    from ledgerqa.dialog.linking.said import Said

OWN = (Root.ASSETS, Root.LIABILITIES)
_SUMMED = frozenset({Measure.SUM, Measure.AVERAGE, None})
MOVED = (
    r"\b(?:put|puts|putting|mov(?:e|es|ed|ing)|transfer(?:s|red|ring)?|s[ae]n[dt]|sending|deposit(?:ed)?"
    r"|sav(?:e|es|ed|ing)|contribut\w+|(?:set|put|lay|laid) aside|squirrel\w* away|stash\w*|g(?:o|oes|one|oing)|went"
    r"|pa(?:id|y|ys|ying) in(?:to)?|top(?:ped)? up|add(?:s|ed)?|withdr[ae]w\w*"
    r"|pull(?:ed)?|taken?|took|came|arrived|landed)\b"
)
_PAID_IN = r"\bpa(?:id|y|ys|ying) (?:\w+ ){0,3}?in(?:to)\b"
TRANSFERS = r"\b(?:transfers?|transferr(?:ed|ing)|move[sd]?|moving|put)\b"
SIDES = r"\b(?:deposits|withdrawals|transfers|inflows?|outflows?|contributions)\b"
INTO = compiled(r"\b(?:in|into|to|onto|towards?)(?: the| my| our| a)? $")
OUT_OF = compiled(r"\b(?:from|out of|off)(?: the| my| our)? $")
TAIL = compiled(r"^(?P<before>.*\b(?:to|into|towards?|from|out of))(?: the| my| our)? (?P<name>.+)$", re.IGNORECASE)


def moves_money(said: Said) -> bool:
    """As in "how much went to savings": a sum of what was moved, which no rule's word makes spending or income."""
    flow = (said.by_rules or said.intent).flow
    moves = re.search(MOVED, said.folded) or re.search(SIDES, said.folded)
    paid_in = re.search(_PAID_IN, said.folded)
    told = said.intent.measure in _SUMMED or (
        said.intent.measure in {Measure.LIST, Measure.COUNT} and re.search(TRANSFERS, said.folded)
    )
    return bool(told) and bool(paid_in or (flow in {None, "repay"} and (moves or hears_of_moving(said))))


def hears_of_moving(said: Said) -> bool:
    """As in "what have we stuffed into the fund": a model is certain of a sum, and hears no spending or income."""
    led = any(INTO.search(each.lead) or OUT_OF.search(each.lead) for each in said.phrases)
    summed = probability(said.understood, "measure", Measure.SUM) > CERTAIN
    return led and summed and probability(said.understood, "flow", NO) > EVEN


def moved_by(phrase: Phrase, option: Link, vocabulary: Vocabulary) -> tuple[Phrase, Link]:
    """The reading of a phrase in a question of what was moved: an own account before all else."""
    return _of_text(phrase, _own_account(phrase, vocabulary) or option, vocabulary)


def _own_account(phrase: Phrase, vocabulary: Vocabulary) -> Link | None:
    """The accounts of one's own that a phrase names by a word led by "to", "into", "from" and the like."""
    if not (INTO.search(phrase.lead) or OUT_OF.search(phrase.lead)):
        return None
    for option in phrase.options:
        if option.kind == "account" and (kept := _in_use(of_roots(vocabulary, option.values, OWN), vocabulary)):
            return replace(option, values=kept)
    return None


def _of_text(phrase: Phrase, option: Link, vocabulary: Vocabulary) -> tuple[Phrase, Link]:
    """An own account rather than entries that say no more than the move ("to savings", "transfer to savings")."""
    found = TAIL.search(phrase.words) if option.kind == "narration" else None
    if found is None:
        return phrase, option
    for link in account_links(vocabulary, stems(found["name"]), found["name"]):
        kept = _in_use(of_roots(vocabulary, link.values, OWN), vocabulary)
        if link.kind == "account" and kept and link.score >= EXACT_ACCOUNT:
            lead = f"{phrase.lead}{found['before'].lower()} "
            return replace(phrase, words=found["name"], lead=lead), replace(link, values=kept)
    return phrase, option


def _in_use(names: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Those that anything is booked to, or all where none is."""
    return tuple(name for name in names if vocabulary.by_name[name].postings) or names
