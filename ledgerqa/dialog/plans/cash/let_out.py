"""What letting something out brings in: a hall, a room, a van; and who hires it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import MOSTLY
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import name_stems, stems
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import happened, ordered
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group, paid_what_was_billed
from ledgerqa.plan_keys import BOTH_WAYS
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Period, Plan, Root, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

# What a component of an account says of letting, beside the thing that is let: "HallHire", "RoomRent", "VanLoan".
_LET: Final = frozenset(
    stem
    for word in "rent rents rental rentals hire hires hiring let lets letting lettings lease sublet".split()
    for stem in stems(word)
)
_THOSE: Final = frozenset(stem for word in "lodger lodgers tenant tenants subtenant".split() for stem in stems(word))
_PAID_AS_WELL: Final = (
    r"\b(?:i|we) (?:pay|paid)\b.*\b(?:minus|less|net of|after)\b"
    r"|\b(?:minus|less|net of|after)\b.*\b(?:i|we) (?:pay|paid)\b"
    r"|\b(?:minus|less|net of|after) (?:the |my |our )(?:own )?rent\b"
)
_BESIDE_PAID: Final = (
    r"\b(?:vs\.?|versus|against|compared (?:to|with)|and)\b.*\b(?:i|we) (?:pay|paid)\b"
    r"|\b(?:i|we) (?:pay|paid)\b.*\b(?:vs\.?|versus|against|compared (?:to|with)|and)\b"
)
_LENT: Final = frozenset(stem for word in "loan loans lend lending lent".split() for stem in stems(word))
_SET_AGAINST: Final = r"^(?:what|which)\b.*\b(?:more|less|most|least|better)\b.*\bor\b"
_FIGURE: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE, Measure.NET_INCOME, None})


def let_out(asked: Asked) -> Plan | None:
    """The income of letting the thing named, or of all letting; None where the books have no such income."""
    words, text = cues("cues"), asked.said.folded
    if asked.intent.measure not in _FIGURE or not words.found("let_out", text) or asked.has(_SET_AGAINST):
        return None
    if paid_what_was_billed(asked):
        return None  # "has Orford paid for hiring the hall"
    accounts = _income(asked)
    if not accounts or _is_paid_for(asked):
        return None
    groups = tuple(
        each for each in asked.intent.group_by if each in {*TIME_GROUPINGS, Grouping.PAYEE, Grouping.ACCOUNT}
    )
    if words.found("hirers", text) and not groups:
        groups = (Grouping.PAYEE,)
    if asked.has(_PAID_AS_WELL) and (rent := accounts_of_group(asked, Root.EXPENSES, "rent")):
        both = Filters(accounts=(*accounts, *rent))
        note = f"{', '.join(accounts)} less {', '.join(rent)}"
        return ordered(Plan(Measure.NET_INCOME, both, happened(asked), group_by=groups, reading=(note,)), asked)
    if asked.has(_BESIDE_PAID) and (rent := accounts_of_group(asked, Root.EXPENSES, "rent")):
        received = Variant("money in", Filters(accounts=accounts), Period())
        sides = (received, Variant("money out", Filters(accounts=rent), Period()))
        note = f"rent received = {', '.join(accounts)}; rent paid = {', '.join(rent)}"
        groups = tuple(each for each in groups if each in TIME_GROUPINGS)
        plan = Plan(Measure.SUM, Filters(), happened(asked), compare=sides, group_by=groups, key=BOTH_WAYS)
        return ordered(replace(plan, reading=(note,)), asked)
    listed = asked.intent.measure in {Measure.COUNT, Measure.AVERAGE}
    measure = asked.intent.measure if listed and asked.intent.measure else Measure.SUM
    note = f"from letting = {', '.join(accounts)}"
    to = tuple(each for each in asked.scope.filters.mentions if each.payees)  # "hired the hall out to the bowls club"
    filters = Filters(accounts=accounts, mentions=to)
    filters = filters if asked.names.booked.meets(filters) else replace(filters, mentions=())
    plan = Plan(measure, filters, happened(asked), group_by=groups, reading=(note,))
    return ordered(plan, asked) if groups else plan


def _is_paid_for(asked: Asked) -> bool:
    """As in "lending library fines", where a cost is called so: nothing that was let."""
    whole = [each for each in asked.said.phrases if each.end - each.start > 1 and each.best.how == "exact"]
    named = [name for each in whole if each.best.kind == "account" for name in each.best.values]
    return bool(of_roots(asked.names, named, (Root.EXPENSES,)))


def _income(asked: Asked) -> tuple[str, ...]:
    """The accounts of income from letting; of several those that say what the question does, if any."""
    lent = asked.has(r"\b(?:lend|lent|loan)")
    named = accounts_of_group(asked, Root.INCOME, "rental_income", each_one=True)
    leaves = [each for each in asked.names.leaf_accounts((Root.INCOME,)) if each.postings]
    words = {each.name: {stem for part in each.name.split(":")[1:] for stem in name_stems(part)} for each in leaves}
    found = [name for name, own in words.items() if name in named or own & (_LET | _LENT if lent else _LET | _THOSE)]
    said = set(stems(asked.said.text)) - _LET - _LENT
    return tuple([name for name in found if words[name] & said] or found) or _by_its_entries(asked)


def _by_its_entries(asked: Asked) -> tuple[str, ...]:
    """As in "Rooms:Front", where nearly all that came in is noted as rent."""
    rows = asked.names.index.query(
        "SELECT account FROM postings WHERE root = 'income' GROUP BY 1"
        " HAVING count(*) FILTER (regexp_matches(lower(narration), '\\brent\\b')) >= ? * count(*) ORDER BY 1",
        [MOSTLY],
    )
    return tuple(account for (account,) in rows)
