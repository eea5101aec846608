"""What to ask instead, where a question has no answer: questions about the same thing that this ledger can answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.understanding.reading import read
from ledgerqa.dialog.understanding.refusals import EXAMPLES
from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Link, Phrase
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.records import Refusal

_LIKELY = 0.8  # the least score of a name that is offered back
_MOST = 3


def fitting(refusal: Refusal, text: str, today: dt.date, names: Vocabulary) -> Refusal:
    """The refusal with questions of this ledger in place of the examples that stand for any; others as they are."""
    if refusal.suggestions != EXAMPLES:
        return refusal
    return replace(refusal, suggestions=offers(read(text, today, names), today, names))


def offers(said: Said, today: dt.date, names: Vocabulary) -> tuple[str, ...]:
    """Up to three questions, about what was named if anything was, over the newest year that has entries."""
    year = min(today, names.last_date()).year
    for phrase in said.phrases:
        if found := _of_phrase(phrase, year, names):
            return found
    return _of_all(said, year, names)[:_MOST]


def _of_phrase(phrase: Phrase, year: int, names: Vocabulary) -> tuple[str, ...]:
    option = next((each for each in phrase.options if each.score >= _LIKELY), None)
    if option is None or phrase.weak:
        return ()
    code = phrase.of_kind("currency")
    if code is not None and code.how == "exact" and names.commodities[code.values[0]].held_at_cost:
        option = code
    return _of_commodity(option, names) if option.kind == "currency" else _of_name(option, year, names)


def _of_commodity(option: Link, names: Vocabulary) -> tuple[str, ...]:
    code = option.values[0]
    commodity = names.commodities[code]
    priced = (f"What is the latest price of {code}?",) if commodity.priced else ()
    return (*priced, f"How much {code} do I hold?") if commodity.held_at_cost else priced


def _of_name(option: Link, year: int, names: Vocabulary) -> tuple[str, ...]:
    name = option.values[0]
    if option.kind == "payee":
        return (f'How much did I spend at "{name}"?', f'Show the latest transaction at "{name}"')
    if option.kind == "tag":
        return (f"How much did #{name} cost?",)
    if option.kind != "account" or not names.by_name[name].postings:
        return ()
    of = {
        Root.EXPENSES: (f"How much did I spend on {name} in {year}?", f"Spending on {name} by year"),
        Root.INCOME: (f"How much did I receive as {name} in {year}?", f"Income from {name} by year"),
    }
    return of.get(names.by_name[name].root, (f"What is the balance of {name}?", f"Balance of {name} by year"))


def _of_all(said: Said, year: int, names: Vocabulary) -> tuple[str, ...]:
    there = {each.root for each in names.accounts if each.postings}
    spent = (f"How much did I spend in {year}?", "Spending by year") if Root.EXPENSES in there else ()
    earned = (f"How much did I earn in {year}?", "Income by year") if Root.INCOME in there else ()
    worth = ("What is my net worth?",) if there & {Root.ASSETS, Root.LIABILITIES} else ()
    if said.intent.measure is Measure.NET_WORTH or said.intent.measure is Measure.BALANCE:
        return (*worth, *(("Net worth by year",) if worth else ()), *spent)
    if said.intent.flow == "income":
        return (*earned, *worth)
    if said.intent.flow == "spend":
        return (*spent, *worth)
    return (*spent[:1], *worth, f"Show the largest payments in {year}") if spent else (*earned, *worth)
