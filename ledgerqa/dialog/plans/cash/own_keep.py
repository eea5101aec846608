"""Plans for whether something earns what it costs: the income under its name, or its tag, less the expenses there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.kinds import FLOWS
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import happened, ordered
from ledgerqa.dialog.plans.cash.both_ways import asks_both_ways
from ledgerqa.dialog.plans.cash.margins import tops_of_sales
from ledgerqa.dialog.plans.wealth.counted_things import called_things
from ledgerqa.dialog.plans.wealth.persons import person_of
from ledgerqa.dialog.plans.wealth.securities import commodities_named
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Link, Phrase
    from ledgerqa.dialog.plans.asked import Asked

_LESS: Final = (
    r"\b(?:after|less|minus|net of|before|without|excluding) (?:\w+ )?(?:my |our |the )?(?!costs|expenses|bills)\w+"
)


def own_keep(asked: Asked) -> Plan | None:
    """As in "did the plot pay its way": what a name earned less what it cost; None where it is no such question."""
    if not cues("cues").found("own_keep", asked.said.folded) or asks_both_ways(asked.said.folded):
        return None
    if cues("cues").found("own_pocket", asked.said.folded) and person_of(asked):
        return None  # "what did Ana pay for herself"
    groups = tuple(group for group in asked.intent.group_by if group in {Grouping.TAG, *TIME_GROUPINGS})
    held = commodities_named(asked)
    if held and all(asked.names.commodities[code].priced for code in held):
        return None  # "did I make money on X" is no matter of its dividends alone
    for phrase in asked.said.phrases:
        if (tag := phrase.of_kind("tag")) and (phrase.best.kind == "tag" or _is_told_by_tag(phrase, tag, asked)):
            meant = tuple(name for name in asked.scope.filters.tags if name in tag.values) or tag.values
            note = f"all that is tagged {', '.join(f'#{name}' for name in meant)}: income less expenses"
            plan = Plan(Measure.NET_INCOME, Filters(tags=meant), happened(asked), group_by=groups, reading=(note,))
            return ordered(plan, asked) if Grouping.TAG in groups else plan
        for option in phrase.options:
            if option.kind != "account":
                continue
            income, expenses = (of_roots(asked.names, option.values, (root,)) for root in (Root.INCOME, Root.EXPENSES))
            if not income and not expenses:
                continue
            income, expenses = (
                of_roots(asked.names, both_sides((*income, *expenses), asked), (root,))
                for root in (Root.INCOME, Root.EXPENSES)
            )
            note = f"{', '.join((*income, *expenses))}: income less expenses"
            note += (
                "" if income and expenses else f"; no {'expenses stand' if income else 'income stands'} under that name"
            )
            filters = Filters(accounts=(*income, *expenses))
            return Plan(Measure.NET_INCOME, filters, happened(asked), group_by=groups, reading=(note,))
    return None


def _is_told_by_tag(phrase: Phrase, tag: Link, asked: Asked) -> bool:
    """As of classes that Income:Classes earns, and #classes marks beside what the teachers cost: the tag has both."""
    known = asked.names.by_name
    roots = {known[name].root for each in phrase.options if each.kind == "account" for name in each.values}
    marked = FLOWS & set(asked.names.booked.roots_touched(Filters(tags=tag.values)))
    return tag.how == "exact" and len(roots & FLOWS) == 1 and marked == FLOWS


def both_sides(accounts: tuple[str, ...], asked: Asked) -> tuple[str, ...]:
    """The accounts, and where all stand on one side those of the other that are called so: Cottage and CottageRent."""
    names = asked.names.by_name
    roots = {names[name].root for name in accounts}
    if len(roots) != 1 or not roots <= FLOWS or asked.has(_LESS):
        return accounts
    (other,) = FLOWS - roots
    called = [set(names[name].leaf) for name in accounts if names[name].leaf]
    beside = [
        each for each in asked.names.accounts if each.root is other and any(own <= set(each.leaf) for own in called)
    ]
    tops = [each.name for each in beside if not any(each is not top and each.within(top) for top in beside)]
    return (*accounts, *tops) if tops else (*accounts, *_earned_by_trade(accounts, asked))


_TRADE: Final = compiled(
    r"(?:(?:my|our|the) )?(?:business(?: side)?|trad(?:e|ing)|freelanc(?:e|ing)|self-? ?employ\w*|practice|studio|firm"
    r"|company)"
)


def _earned_by_trade(accounts: tuple[str, ...], asked: Asked) -> tuple[str, ...]:
    """As in "profit of the business", where only its costs are called so: what sells is its income, and no interest."""
    named = [
        each for each in asked.said.phrases if each.best.kind == "account" and set(accounts) <= set(each.best.values)
    ]
    known = asked.names.by_name
    traded = named and _TRADE.fullmatch(fold(named[0].words)) and all(known[n].root is Root.EXPENSES for n in accounts)
    if not traded:
        return ()
    sold = tops_of_sales(asked)
    return tuple(name for name in sold if set(asked.names.booked.currencies(Filters(accounts=(name,)))) & _money(asked))


def _money(asked: Asked) -> set[str]:
    kept = {account for account, _ in called_things(asked.names)}
    rows = asked.names.index.query(
        "SELECT DISTINCT currency FROM postings WHERE account IN (SELECT unnest(?::VARCHAR[]))", [sorted(kept)]
    )
    return set(asked.names.money()) - {code for (code,) in rows}
