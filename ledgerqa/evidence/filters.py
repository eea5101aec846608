"""Filters and periods as WHERE clauses over `postings p`: fixed SQL, every value a parameter.

The size of an amount is compared in the exact column.  A number that stands in its text column alone is cast to
that column's type, which rounds beyond 18 decimals; one too large even for that counts as larger than any bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.corpus.schema import EXACT, EXACT_SCALE
from ledgerqa.evidence.exact import WIDE
from ledgerqa.records import Filters, Period

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from ledgerqa.records import Mention, MetadataFilter


LARGEST = Decimal(10) ** 20  # what DECIMAL(38,18) cannot hold
SMALLEST = Decimal(1).scaleb(-EXACT_SCALE)


@dataclass(frozen=True)
class Clause:
    """A condition with its parameters, in the order of its question marks."""

    sql: str
    parameters: tuple[object, ...] = ()

    def __and__(self, other: Clause) -> Clause:
        return all_of((self, other))


ALWAYS = Clause("true")


def all_of(clauses: Iterable[Clause]) -> Clause:
    """The conjunction; without clauses, what always holds."""
    return _combined([clause for clause in clauses if clause != ALWAYS], " AND ", ALWAYS)


def any_of(clauses: Iterable[Clause]) -> Clause:
    """The disjunction; without clauses, what never holds."""
    return _combined(list(clauses), " OR ", Clause("false"))


def _combined(clauses: Sequence[Clause], word: str, empty: Clause) -> Clause:
    if len(clauses) < 2:
        return clauses[0] if clauses else empty
    sql = word.join(clause.sql for clause in clauses)
    return Clause(f"({sql})", tuple(value for clause in clauses for value in clause.parameters))


def negated(clause: Clause) -> Clause:
    """What holds where `clause` does not, or where it knows nothing."""
    return Clause(f"NOT coalesce({clause.sql}, false)", clause.parameters)


def one_of(expression: str, values: Sequence[object]) -> Clause:
    """`expression` equals one of the values."""
    if len(values) == 1:
        return Clause(f"{expression} = ?", tuple(values))
    return Clause(f"{expression} IN ({', '.join('?' * len(values))})", tuple(values))


def magnitude(column: str = "number", table: str = "p") -> str:
    """The size of an amount without its sign, for comparing; NULL is what is larger than the column can hold."""
    return f"abs(coalesce({table}.{column}, TRY_CAST({table}.{column}_text AS {EXACT})))"


def subtree(accounts: Sequence[str], column: str = "p.account") -> Clause:
    """The account is one of these or lies below one of them."""
    return any_of(
        Clause(f"({column} = ? OR starts_with({column}, ?))", (account, f"{account}:")) for account in accounts
    )


def within(period: Period, column: str = "p.date") -> Clause:
    """The date lies in the period."""
    bounds: list[Clause] = []
    if period.start is not None:
        bounds.append(Clause(f"{column} >= ?", (period.start,)))
    if period.end is not None:
        bounds.append(Clause(f"{column} < ?", (period.end,)))
    return all_of(bounds)


def until(end: dt.date | None, column: str = "p.date") -> Clause:
    """The date lies before `end`."""
    return within(Period(end=end), column)


def mentioned(mention: Mention, columns: tuple[str, str]) -> Clause:
    """The directive bears the name: as payee, as narration, or by pattern in either of its two columns."""
    payee, narration = columns
    clauses: list[Clause] = []
    if mention.payees:
        clauses.append(one_of(f"coalesce({payee}, '')" if "" in mention.payees else payee, mention.payees))
    if mention.narrations:
        clauses.append(one_of(narration, mention.narrations))
    if mention.pattern:
        clauses += [Clause(f"regexp_matches({column}, ?, 'i')", (mention.pattern,)) for column in columns]
    return any_of(clauses)


def named(mention: Mention) -> Clause:
    """The posting's entry bears the name.  Patterns are held against the different names, not against each entry."""
    exactly = mentioned(replace(mention, pattern=""), ("p.payee", "p.narration"))
    if not mention.pattern:
        return exactly
    by_pattern = [_patterned(column, mention.pattern) for column in ("payee", "narration")]
    return any_of([exactly, *by_pattern] if mention.payees or mention.narrations else by_pattern)


def _patterned(column: str, pattern: str) -> Clause:
    """The posting's payee or narration matches; the empty ones are not among the names."""
    matches = "regexp_matches({}, ?, 'i')"
    named = f"p.{column} IN (SELECT name FROM names WHERE kind = '{column}' AND {matches.format('name')})"
    return Clause(f"({named} OR (p.{column} = '' AND {matches.format(chr(39) * 2)}))", (pattern, pattern))


def bearing(table: str, column: str, values: Sequence[str]) -> Clause:
    """The entry has one of the values in a table of its own (tags, links)."""
    chosen = one_of(column, values)
    return Clause(f"p.entry_id IN (SELECT entry_id FROM {table} WHERE {chosen.sql})", chosen.parameters)


def described(metadata: MetadataFilter) -> Clause:
    """The posting bears the key, or else its entry does (beanquery's any_meta()); where `absent` neither does."""
    value, parameters = _of_value(metadata)
    own = "p.posting_id IN (SELECT posting_id FROM metadata WHERE posting_id IS NOT NULL AND key = ?"
    clause = Clause(
        f"({own}{value}) OR (NOT {own}) AND"
        f" p.entry_id IN (SELECT entry_id FROM metadata WHERE posting_id IS NULL AND key = ?{value})))",
        (*parameters, metadata.key, *parameters),
    )
    return negated(clause) if metadata.absent else clause


def _of_value(metadata: MetadataFilter) -> tuple[str, tuple[object, ...]]:
    """The condition on the value, and the parameters with the key before them."""
    sql, parameters = "", [metadata.key]
    if metadata.value is not None:
        return " AND value = ?", (metadata.key, metadata.value)
    equal = "=" if metadata.inclusive else ""
    bounds: list[object] = []
    for sign, bound in ((">", metadata.minimum), ("<", metadata.maximum)):
        if bound is not None:
            sql += f" AND TRY_CAST(value AS DECIMAL(38, 10)) {sign}{equal} ?"
            bounds.append(bound)
    return sql or " AND value IS NOT NULL", (*parameters, *bounds)


def accompanied(accounts: Sequence[str]) -> Clause:
    """Another posting of the same entry goes to one of the accounts (beanquery's other_accounts)."""
    chosen = one_of("o.account", accounts)
    return Clause(
        "EXISTS (SELECT 1 FROM postings o WHERE o.entry_id = p.entry_id AND o.posting_id <> p.posting_id"
        f" AND {chosen.sql})",
        chosen.parameters,
    )


def _flagged(flags: Sequence[str]) -> Clause:
    entry, posting = one_of("flag", flags), one_of("p.flag", flags)
    sql = f"(p.entry_id IN (SELECT entry_id FROM entries WHERE {entry.sql}) OR {posting.sql})"
    return Clause(sql, entry.parameters + posting.parameters)


def _bounded(comparison: str, bound: Decimal, *, huge: bool) -> Clause:
    """The amount's size compares so with the bound; `huge` says whether what no column holds does."""
    if abs(bound) >= LARGEST:
        return Clause(f"({magnitude()} IS NULL) = {'true' if huge else 'false'}")
    rounded = bound.quantize(SMALLEST, context=WIDE)
    return Clause(f"coalesce({magnitude()} {comparison} ?, {'true' if huge else 'false'})", (rounded,))


def _sized(filters: Filters) -> Clause:
    equal = "=" if filters.inclusive else ""
    clauses: list[Clause] = []
    if filters.minimum is not None:
        clauses.append(_bounded(f">{equal}", filters.minimum, huge=True))
    if filters.maximum is not None:
        clauses.append(_bounded(f"<{equal}", filters.maximum, huge=False))
    if filters.sign:
        exact, text = ("p.number > 0", "p.number_text NOT LIKE '-%'")
        if filters.sign < 0:
            exact, text = ("p.number < 0", "p.number_text LIKE '-%'")
        clauses.append(Clause(f"coalesce({exact}, {text})"))
    return all_of(clauses)


EARNING = Clause(
    "p.entry_id IN (SELECT entry_id FROM postings WHERE root IN ('income', 'expenses') GROUP BY entry_id, currency"
    " HAVING bool_or(root = 'income') AND sum(number) < 0)"
)
"""The entry earns more than it costs: a salary, with the taxes that it also books.  (A refund earns nothing.)"""


EXCHANGED = Clause(
    "(p.entry_id, p.currency) IN (SELECT entry_id, currency FROM postings WHERE root = 'assets' GROUP BY ALL"
    " HAVING min(number) < 0 AND max(number) > 0)"
)
"""The entry takes the posting's commodity out of assets and puts it in again."""


FORWARD = Clause("p.entry_id IN (SELECT entry_id FROM postings WHERE root = 'equity')")
"""The entry brings balances forward, or settles one against equity."""


FILED = Clause(
    "p.entry_id IN (SELECT o.entry_id FROM postings o JOIN documents d ON d.account = o.account AND d.date = o.date)"
)
"""A document is filed for one of the entry's accounts, on its day."""


def _left_out(filters: Filters) -> list[Clause]:
    """Entries that are left out as they are, whatever they are called."""
    clauses = [negated(EARNING)] if filters.outgoing else []
    if filters.traded:
        clauses.append(negated(EXCHANGED))
    if filters.moving:
        clauses.append(negated(FORWARD))
    if filters.unfiled:
        clauses.append(negated(FILED))
    if filters.exclude_entries:
        clauses.append(negated(one_of("p.entry_id", [each.entry_id for each in filters.exclude_entries])))
    clauses += [negated(within(each)) for each in filters.exclude_periods if each]
    return clauses


def matching(filters: Filters) -> Clause:
    """The postings that the filters keep."""
    clauses: list[Clause] = []
    if filters.roots:
        clauses.append(one_of("p.root", [root.value for root in filters.roots]))
    if filters.accounts:
        clauses.append(subtree(filters.accounts))
    if filters.exclude_accounts:
        clauses.append(negated(subtree(filters.exclude_accounts)))
    clauses += [named(mention) for mention in filters.mentions]
    clauses += [negated(named(mention)) for mention in filters.exclude_mentions]
    if filters.tags:
        together = [(tag,) for tag in filters.tags] if filters.every_tag else [filters.tags]
        clauses += [bearing("tags", "tag", each) for each in together]
    if filters.exclude_tags:
        clauses.append(negated(bearing("tags", "tag", filters.exclude_tags)))
    clauses += _left_out(filters)
    if filters.links:
        clauses.append(bearing("links", "link", filters.links))
    clauses += [any_of(described(metadata) for metadata in one_key) for one_key in filters.under_keys]
    if filters.alongside:
        clauses.append(accompanied(filters.alongside))
    if filters.exclude_alongside:
        clauses.append(negated(accompanied(filters.exclude_alongside)))
    if filters.currencies:
        clauses.append(one_of("p.currency", filters.currencies))
    if filters.flags:
        clauses.append(_flagged(filters.flags))
    if filters.weekdays:
        clauses.append(one_of("isodow(p.date) - 1", filters.weekdays))
    clauses.append(_sized(filters))
    return all_of(clauses)
