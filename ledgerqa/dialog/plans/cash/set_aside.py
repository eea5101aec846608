"""What is set aside for something within the books: "how much is earmarked for the well", "what's in the roof fund".

A club keeps such funds among its equity: no bank holds them, and what is put there is neither earned nor spent.  Where
an account of money is called so as well ("Savings:Roof"), that is what is meant.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import at_or_below
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import name_stems, stem, stems
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import as_of, happened, ordered
from ledgerqa.dialog.plans.cash.transfers import other_money
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Account
    from ledgerqa.dialog.plans.asked import Asked

_ASIDE: Final = (
    r"(?:(?:set|put|laid|kept|held|left) (?:\w+ ){0,3}?(?:aside|by|to one side)|ear-?marked|ring-? ?fenced"
    r"|(?:put|tucked|squirrell?ed) away|reserved|designated|allotted)"
)
_FOR: Final = compiled(rf"\b{_ASIDE}\b(?: \w+){{0,3}}? (?:for|towards?)\b(?P<what>[^,;:?!.]*)")
_FOR_FIRST: Final = compiled(rf"\b(?:for|towards?) (?P<what>(?:[\w'-]+ ){{1,5}}?)(?:[\w'-]+ ){{0,4}}{_ASIDE}\b")
_FUND: Final = compiled(
    r"\b(?:the|our|that|in|of|on|is|was|much)(?P<what>(?: [\w'’-]+){1,4}?) (?:funds?|pots?|reserves?|kitty)\b"
)
_ALONE: Final = compiled(rf"\b{_ASIDE}\b")
_FUNDS: Final = frozenset(stem(word) for word in "fund reserve earmarked designated restricted aside pot".split())
_POTS: Final = _FUNDS | {stem(word) for word in "hold holding saving set jar envelope provision kitty for".split()}
_OPENING: Final = frozenset(stem(word) for word in "opening balances start forward".split())
_FREE: Final = frozenset(stem(word) for word in "general unrestricted free unallocated common".split())
_DETERMINERS: Final = frozenset("the a an our my that this their in for now".split())
_PUT: Final = r"\b(?:did|have|had|has) (?:i|we|they|the \w+)\b|\b(?:i|we|they)(?:'ve)? (?:set|put|laid|earmarked|ring)"
_TAKEN: Final = (
    r"\b(?:spen[dt]|pa(?:y|id)|drawn?|drew|t(?:ook|aken?|ake)|came|come|gone|went|released?|used?)\b"
    r".* (?:from|out of|off) (?:the|our|that)\b"
)
_OTHERWISE: Final = (
    r"\b(?:spen[dt]\w*|pa(?:y|id)|drawn?|drew|took|taken|used|raised?|earn\w*|g[ai]v\w*|gifts?|grants?|donat\w+|who"
    r"|transfer\w*|mov(?:e|ed|ing)|invest\w*|gone|went|came|budget\w*)\b"
)
_FIGURES: Final = frozenset(
    {Measure.SUM, Measure.BALANCE, Measure.HOLDINGS, Measure.LIST, Measure.METADATA, Measure.NET_INCOME, None}
)


def set_aside(asked: Asked) -> Plan | Refusal | None:
    """What stands in such a fund, or was put there or taken out in a time; None where no fund of equity is meant."""
    text, taken = asked.said.folded, asked.has(_TAKEN)
    if asked.intent.compare or not _is_figure(asked) or (asked.has(_OTHERWISE) and not taken):
        return None
    if found := None if taken else _FOR.search(text) or _FOR_FIRST.search(text):
        near = tuple(each for each in asked.said.periods if each.start < found.end("what"))
        if pot := _pot(replace(asked, said=replace(asked.said, periods=near)), found["what"]):
            return pot
        funds = _called(asked, found["what"])
        if not funds and (none := _nothing(asked, found["what"])):
            return none
    elif found := _FUND.search(text):
        funds = _called(asked, found["what"], below_funds=True)
    else:
        saved = asked.intent.measure is Measure.NET_INCOME and not asked.has(r"\b(?:got|is|are|been)\b")
        other = asked.said.phrases or asked.has(r"\bfor\b") or saved or taken
        funds = () if other or not _ALONE.search(text) else _all_funds(asked)
    if not funds:
        return None
    if asked.has(r"\ball of them together\b"):  # "how much is that and the slipway money together"
        named = {name for each in asked.said.phrases if each.best.kind == "account" for name in each.best.values}
        funds = tuple(dict.fromkeys((*funds, *of_roots(asked.names, sorted(named), (Root.EQUITY,)))))
    note = f"set aside = {', '.join(funds)}"
    groups = tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS)
    dated = any(each.period.start for each in asked.said.periods if each.kind != "now" and not each.at)
    if taken or (asked.has(_PUT) and (dated or groups)):
        moved = Filters(accounts=funds, sign=1 if taken else -1, alongside=_beside(asked, funds))
        return ordered(Plan(Measure.SUM, moved, happened(asked), group_by=groups, reading=(note,)), asked)
    several = (Grouping.ACCOUNT,) if len(funds) > 1 else ()
    return Plan(Measure.BALANCE, Filters(accounts=funds), as_of(asked), group_by=groups or several, reading=(note,))


def _pot(asked: Asked, words: str) -> Plan | None:
    """As in "how much have I put by for tax", of Bank:TaxPot: what stands there, or was put there in a time.

    What was spent on the tax is no answer to it; an account of money that says nothing of a pot is as likely not meant.
    """
    told = {each for each in stems(words) if not each.isdigit()} - _FUNDS - lexicon().grammar
    accounts = asked.names.leaf_accounts((Root.ASSETS,))
    pots = [each.name for each in accounts if set(each.leaf) & _POTS and told and set(each.leaf) - _POTS == told]
    if len(pots) != 1:
        return None
    note = f"put by = {pots[0]}"
    groups = tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS)
    if happened(asked).start is None and not groups:
        return Plan(Measure.BALANCE, Filters(accounts=(pots[0],)), as_of(asked), reading=(note,))
    filled = Filters(accounts=(pots[0],), sign=1, alongside=other_money(asked, (pots[0],), 1))  # interest is not put by
    return ordered(Plan(Measure.SUM, filled, happened(asked), group_by=groups, reading=(note,)), asked)


def _nothing(asked: Asked, words: str) -> Refusal | None:
    """As in "how much have we put aside for the roof", for which no fund is: what was spent on it is no answer."""
    if _of_money(asked, words):
        return None
    if every := _all_funds(asked):
        return Refusal(f"Nothing is called so of what is set aside: there are {', '.join(every)}.")
    options = [each for phrase in asked.said.phrases for each in phrase.options if each.kind == "account"]
    roots = {asked.names.by_name[name].root for each in options for name in each.values}
    if not roots or not roots <= {Root.EXPENSES, Root.INCOME}:
        return None
    what = asked.said.phrases[0].words
    return Refusal(f"No account tells what is set aside for {what}.", (f"How much did we spend on {what}?",))


def _is_figure(asked: Asked) -> bool:
    rules = asked.said.by_rules or asked.intent
    return asked.intent.measure in _FIGURES or rules.measure in _FIGURES


def _called(asked: Asked, words: str, *, below_funds: bool = False) -> tuple[str, ...]:
    """The fund that most of the words name, by its own name or in the entries that put something there."""
    spoken = {each for each in stems(words) if not each.isdigit()} - _FUNDS
    told = spoken - lexicon().grammar or spoken - _DETERMINERS  # "for the well"
    funds = _funds(asked, below_funds=below_funds)
    if not told or not funds or _of_money(asked, words):
        return ()
    shared = {each.name: len(told.intersection(each.leaf)) for each in funds}
    most = max(shared.values())
    if most:
        best = tuple(name for name, count in shared.items() if count == most)
        return best if len(best) == 1 else ()
    narrated = {each.name for each in funds if _narrated(asked, each.name, told)}
    return (narrated.pop(),) if len(narrated) == 1 else ()


def _all_funds(asked: Asked) -> tuple[str, ...]:
    return tuple(each.name for each in _funds(asked, below_funds=True))


def _funds(asked: Asked, *, below_funds: bool = False) -> list[Account]:
    """The accounts of equity but for that of the openings; those alone that stand among funds."""
    leaves = asked.names.leaf_accounts((Root.EQUITY,))
    kept = [each for each in leaves if not (_OPENING | _FREE) & set(each.leaf)]
    return [each for each in kept if _FUNDS & _stems(each.name)] if below_funds else kept


def _beside(asked: Asked, funds: tuple[str, ...]) -> tuple[str, ...]:
    """What the funds are filled from and drawn to, where some of them were brought forward: that set nothing aside."""
    rows = asked.names.index.query(
        "SELECT DISTINCT o.account FROM postings f JOIN postings o USING (entry_id)"
        " WHERE f.account IN (SELECT unnest(?)) AND o.account <> f.account",
        [list(funds)],
    )
    others = {name for (name,) in rows}
    openings = {name for name in others if _OPENING & _stems(name)}
    if not openings:
        return ()
    brought = asked.names.index.query(
        "SELECT DISTINCT account FROM postings WHERE entry_id NOT IN"
        " (SELECT entry_id FROM postings WHERE account IN (SELECT unnest(?)))"
        " AND entry_id IN (SELECT entry_id FROM postings WHERE account IN (SELECT unnest(?))) ORDER BY 1",
        [sorted(openings), list(funds)],
    )
    return tuple(name for (name,) in brought if name not in funds)


def _stems(name: str) -> set[str]:
    return {each for part in name.split(":")[1:] for each in name_stems(part)}


def _of_money(asked: Asked, words: str) -> bool:
    """Whether an account of money or of a debt is called so: "the emergency fund" of Savings:EmergencyFund."""
    told = set(stems(words)) - lexicon().grammar - _FUNDS
    accounts = asked.names.leaf_accounts((Root.ASSETS, Root.LIABILITIES))
    return bool(told) and any(told <= set(each.leaf) for each in accounts)


def _narrated(asked: Asked, name: str, told: set[str]) -> bool:
    """Whether an entry that puts something there says all of the words."""
    below, within = at_or_below((name,))
    rows = asked.names.index.query(f"SELECT DISTINCT narration FROM postings WHERE number < 0 AND {below}", within)
    return any(told <= set(stems(row[0] or "")) for row in rows)
