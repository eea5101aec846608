"""Filters and periods as BQL conditions, every value quoted so that beanquery reads it as it stands.

BQL's `~` looks for a regular expression without regard to case.  Its strings have no escapes: one that holds both
kinds of quotes is put together from pieces.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from ledgerqa.evidence.exact import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.corpus import LedgerFacts
    from ledgerqa.records import Filters, LeftOut, Mention, MetadataFilter, Period, Root


def quoted(text: str) -> str:
    r"""The text as a BQL string, or as a sum of strings.

    >>> quoted("Joe's"), quoted("plain")
    ('"Joe\'s"', "'plain'")
    """
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    pieces = [f"'{piece}'" if "'" not in piece else f'"{piece}"' for piece in re.findall(r"[^']+|'+", text)]
    return f"({' + '.join(pieces)})"


def joined(found: Sequence[str]) -> str:
    """The WHERE clause; nothing where there is no condition."""
    return f" WHERE {' AND '.join(found)}" if found else ""


def either(found: Sequence[str]) -> str:
    """One of the conditions, in parentheses where there are several."""
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"


def listed(expression: str, values: Sequence[str]) -> str:
    """The expression equals one of the values."""
    literals = [quoted(value) for value in values]
    if len(values) == 1 or any(literal.startswith("(") for literal in literals):
        return either([f"{expression} = {literal}" for literal in literals])
    return f"{expression} IN ({', '.join(literals)})"


def within(period: Period, column: str = "date") -> list[str]:
    """The date lies in the period."""
    found: list[str] = []
    if period.start is not None:
        found.append(f"{column} >= {period.start.isoformat()}")
    if period.end is not None:
        found.append(f"{column} < {period.end.isoformat()}")
    return found


def _below(names: Sequence[str], column: str = "account") -> str:
    """The account is one of these or lies below one of them."""
    alternatives = "|".join(re.escape(name) for name in names)
    return f"{column} ~ {quoted(f'^({alternatives})(:|$)' if len(names) > 1 else f'^{alternatives}(:|$)')}"


def _rooted(roots: Sequence[Root], ledger: LedgerFacts) -> str:
    return _below([ledger.root_names[root] for root in roots])


def mentioned(mention: Mention, columns: tuple[str, str] = ("payee", "narration")) -> str:
    """The name, as payee or narration, or by pattern in either."""
    found: list[str] = []
    if payees := [payee for payee in mention.payees if payee]:
        found.append(listed(columns[0], payees))
    if "" in mention.payees:
        found.append(f"({columns[0]} IS NULL OR {columns[0]} = '')")  # beanquery has no payee where none is written
    if mention.narrations:
        found.append(listed(columns[1], mention.narrations))
    if mention.pattern:
        found += [f"{column} ~ {quoted(mention.pattern)}" for column in columns]
    return either(found) if found else "FALSE"


def said(filters: Sequence[Filters], columns: tuple[str, str] = ("payee", "narration")) -> list[str]:
    """What is mentioned, and what is not to be."""
    found: list[str] = []
    for one in filters:
        found += [mentioned(mention, columns) for mention in one.mentions]
        found += [f"NOT {mentioned(mention, columns)}" for mention in one.exclude_mentions]
    return found


def on_accounts(filters: Sequence[Filters], ledger: LedgerFacts) -> list[str]:
    """The accounts and roots, asked for and excluded."""
    found: list[str] = []
    for one in filters:
        if one.roots:
            found.append(_rooted(one.roots, ledger))
        if one.accounts:
            found.append(_below(one.accounts))
        if one.exclude_accounts:
            found.append(f"NOT {_below(one.exclude_accounts)}")
    return list(dict.fromkeys(found))


def _described(metadata: MetadataFilter) -> str:
    bearing = f"any_meta({quoted(metadata.key)})"
    if metadata.absent:
        other = "" if metadata.value is None else f" OR str({bearing}) != {quoted(metadata.value)}"
        return f"({bearing} IS NULL{other})" if other else f"{bearing} IS NULL"
    equal = "=" if metadata.inclusive else ""
    bounds = [
        f"decimal(str({bearing})) {sign}{equal} {tidy(bound):f}"
        for sign, bound in ((">", metadata.minimum), ("<", metadata.maximum))
        if bound is not None
    ]
    if bounds:
        return f"({' AND '.join(bounds)})"
    return f"{bearing} IS NOT NULL" if metadata.value is None else f"str({bearing}) = {quoted(metadata.value)}"


def _sized(filters: Filters) -> list[str]:
    equal = "=" if filters.inclusive else ""
    found: list[str] = []
    if filters.minimum is not None:
        found.append(f"abs(number) >{equal} {tidy(filters.minimum):f}")
    if filters.maximum is not None:
        found.append(f"abs(number) <{equal} {tidy(filters.maximum):f}")
    if filters.sign:
        found.append(f"number {'>' if filters.sign > 0 else '<'} 0")
    return found


def conditions(filters: Sequence[Filters], ledger: LedgerFacts) -> list[str]:
    """The postings that all of the filters keep."""
    found = [*on_accounts(filters, ledger), *said(filters)]
    for one in filters:
        if one.tags:
            borne = [f"{quoted(tag)} IN tags" for tag in one.tags]
            found += borne if one.every_tag else [either(borne)]
        if one.exclude_tags:
            found.append(f"NOT ({' OR '.join(f'{quoted(tag)} IN tags' for tag in one.exclude_tags)})")
        found += [elsewhere(left_out, ledger) for left_out in one.exclude_entries]
        found += [f"NOT ({' AND '.join(within(each))})" for each in one.exclude_periods if each]
        if one.links:
            found.append(either([f"{quoted(link)} IN links" for link in one.links]))
        found += [either([_described(metadata) for metadata in one_key]) for one_key in one.under_keys]
        if one.alongside:
            found.append(either([f"{quoted(account)} IN other_accounts" for account in one.alongside]))
        found += [f"NOT ({quoted(account)} IN other_accounts)" for account in one.exclude_alongside]
        if one.currencies:
            found.append(listed("currency", one.currencies))
        if one.flags:
            found.append(either([listed("flag", one.flags), listed("posting_flag", one.flags)]))
        if one.weekdays:
            days = ", ".join(str(day) for day in one.weekdays)
            found.append(
                f"date_part('weekday', date) IN ({days})" if len(one.weekdays) > 1 else _on_day(one.weekdays[0])
            )
        found += _sized(one)
    return list(dict.fromkeys(found))


def elsewhere(left_out: LeftOut, ledger: LedgerFacts) -> str:
    """The entry does not begin within these lines, the first of which may be comments; plugins' entries have none."""
    path = os.path.normpath(ledger.main_file.parent / left_out.file)
    lines = f"lineno >= {left_out.line} AND lineno <= {left_out.end_line}"
    return f"NOT (filename = {quoted(path)} AND {lines})"


def _on_day(weekday: int) -> str:
    return f"date_part('weekday', date) = {weekday}"
