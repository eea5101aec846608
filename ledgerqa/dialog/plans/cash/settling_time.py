"""How long it takes until an invoice is paid: days from the entry that bills it to the one that settles its link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.asked import happened
from ledgerqa.dialog.plans.cash.customers import of_those
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Mention, Order, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.plans.asked import Asked

_PAY: Final = r"(?:pay|paid|settled?|cleared?)\b(?! (?:off|back|down|for|it off|them off)\b)"
_AVERAGE: Final = r"(?:average|avg|mean|usual|typical|normal)"
_ASKED: Final = compiled(
    rf"\bhow (?:long|many days|many weeks|quick|quickly|fast|slow|slowly|soon|late|promptly)\b(?! (?:have|has|had)\b)"
    rf".*\b(?:takes?|took|taken|usually|generally|normally|on average|do|does|are|is|before|until|till)\b.*\b{_PAY}"
    rf"|\b{_AVERAGE}(?: number of)? (?:days|weeks|time|payment time|delay)\b.*\b(?:{_PAY}|payments?\b)"
    rf"|\b{_AVERAGE} (?:payment|settlement) (?:time|delay|period)s?\b"
    rf"|\b(?:who|which|what)\b.*\b(?:takes?|took|taken|is|are|was|has|have)\b.*\b(?:longest|slowest|quickest|fastest)\b"
    rf".*\b{_PAY}"
    r"|\b(?:slowest|quickest|fastest|worst|best|promptest) (?:payers?|to pay)\b"
    r"|\bpa(?:ys?|id) (?:us |me )?(?:the |their (?:invoices|bills) )?(?:the )?(?:slowest|quickest|fastest|latest)\b"
    r"|\bdebtor days\b|\bdays(?:'| of)? sales outstanding\b|\bdso\b|\bcreditor days\b"
)
_BY_US: Final = (
    r"\b(?:do|did|have|are) (?:i|we) (?:\w+ )?(?:tak(?:e|en|ing)|pay)\b|\bwe (?:usually |generally )?take\b"
    r"|\bcreditor days\b|\bfor (?:us|me) to pay\b"
)
_QUICKEST: Final = r"\b(?:quickest|fastest|shortest|best|promptest)\b"
_WHO: Final = r"\b(?:who|which|each|every|by|per|what client|what customer|payers?)\b"
_RANKED: Final = r"\b(?:longest|slowest|quickest|fastest|shortest|worst|best|promptest|latest)\b"


def asks_of_settling(text: str, names: Vocabulary) -> bool:
    """Whether a folded question asks for that, of books whose entries tell it."""
    return bool(_ASKED.search(text)) and bool(settled_on(names, Root.ASSETS) or settled_on(names, Root.LIABILITIES))


def settling_time(asked: Asked) -> Plan | None:
    """As in "how long does Orford take to pay", "who takes longest to pay us": the invoices that were paid, and when.

    Those of whom is named; who takes longest is told of each one's average.
    """
    if not _ASKED.search(asked.said.folded):
        return None
    roots = (Root.LIABILITIES, Root.ASSETS) if asked.has(_BY_US) else (Root.ASSETS, Root.LIABILITIES)
    every = [settled_on(asked.names, root) for root in roots]
    mentions = _whose(asked, {name for names in every for name in names})
    if mentions is None:
        return None
    told = [of_those(asked, mentions, names) if mentions else names for names in every]
    accounts = next((names for names in told if names), ())
    if not accounts:
        return None
    named = tuple(name for name in asked.scope.filters.accounts if name in accounts)
    ranked = asked.has(_RANKED) and asked.has(_WHO)
    of_one = mentions or asked.scope.filters.links  # "how long did it take until TF-24-03 was paid"
    groups = (Grouping.PAYEE,) if not of_one and (ranked or asked.has(_WHO)) else ()
    return Plan(
        Measure.LIST,
        Filters(accounts=named or accounts, mentions=mentions, links=asked.scope.filters.links),
        happened(asked),
        group_by=groups,
        order=Order("amount", descending=not asked.has(_QUICKEST)) if ranked else None,
        limit=1 if ranked and groups else None,
        pick="settled",
        reading=(f"days from the entry that bills to the one that pays, under one link on {', '.join(accounts)}",),
    )


def _whose(asked: Asked, owing: set[str]) -> tuple[Mention, ...] | None:
    """Those who are named; None where something else is named than somebody, or what is owed ("receivables")."""
    found: list[Mention] = []
    for phrase in asked.said.phrases:
        payee = phrase.of_kind("payee")
        if payee is not None:
            found.append(Mention(phrase.words, payees=payee.values))
        elif not phrase.of_kind("link") and not any(
            each.kind == "account" and owing.intersection(each.values) for each in phrase.options
        ):
            return None
    return tuple(found)


def settled_on(names: Vocabulary, root: Root) -> tuple[str, ...]:
    """The accounts of what is owed on which entries that earn (or buy) put what others take off, link by link."""
    billing = "root = 'income'" if root is Root.ASSETS else "root = 'expenses' OR (root = 'assets' AND number > 0)"
    way = 1 if root is Root.ASSETS else -1
    rows = names.index.query(
        f"WITH bills AS (SELECT DISTINCT entry_id FROM postings WHERE {billing}), linked AS (SELECT p.account, l.link"
        " FROM postings p JOIN links l ON l.entry_id = p.entry_id WHERE p.root = ? GROUP BY 1, 2"
        " HAVING sum(p.number) = 0 AND bool_or(p.number * ? > 0 AND p.entry_id IN (FROM bills))"
        " AND NOT bool_or(p.number * ? < 0 AND p.entry_id IN (FROM bills)))"
        " SELECT account FROM linked GROUP BY 1 HAVING count(*) > 1 ORDER BY 1",
        [root.value, way, way],
    )
    return tuple(row[0] for row in rows)
