"""Which securities a question names: by code, by words of their directives, by who sells them; and who holds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledgerqa.dialog.lexicon import lexicon
from ledgerqa.dialog.links import everyday
from ledgerqa.dialog.words import name_stems, stems, tokenize
from ledgerqa.records import (
    Filters,
    Root,
)

if TYPE_CHECKING:
    from typing import Literal

    from ledgerqa.dialog.asked import Asked
    from ledgerqa.dialog.links import Phrase

_WHERE_FROM = re.compile(r"\b(?:at|from|to|by|with|via|through)(?: the| a| an| my| our)?\s*[\"'“]?$")
_NO_NAME = frozenset(
    "share shares stock stocks fund funds etf index inc ltd llc plc corp ag sa se nv gmbh co company group holding "
    "holdings class accumulating distributing acc dist world global total market equity bond ordinary common trust the "
    "and of currency commodity security crypto cash usd eur gbp chf".split()
)
_CODE_LETTERS = 3
_NAME_LETTERS = 4


def commodities_named(asked: Asked) -> tuple[str, ...]:
    """The commodities held at cost that the question names: by code, by their own directive, by who stands for them."""
    at_cost = {code: each for code, each in asked.names.commodities.items() if each.held_at_cost and not each.operating}
    if not at_cost:
        return ()
    written = tokenize(asked.said.text)
    codes = [
        code
        for token in written
        for code in (token.text, token.text.upper())
        if code in at_cost and (code == token.text or (len(code) >= _CODE_LETTERS and token.fold not in everyday()))
    ]
    found = codes or _by_directive(asked) or _by_payee(asked)
    return tuple(dict.fromkeys(found))


def _by_directive(asked: Asked) -> list[str]:
    """Commodities of whose names (or other words of their directive) a telling word was said."""
    known = lexicon()
    placed = {
        word
        for phrase in asked.said.phrases
        if _WHERE_FROM.search(phrase.lead) or _is_account(asked, phrase)
        for word in stems(phrase.words)
    }
    money = {word for words in known.currencies for word in words}
    said = {
        token.stem
        for token in tokenize(asked.said.text)
        if len(token.stem) >= _NAME_LETTERS
        and not {token.stem, token.fold}
        & (known.weak | known.ordinary | known.grammar | _NO_NAME | everyday() | money | placed)
    }
    rows = asked.names.index.query(
        "SELECT c.currency, m.value FROM commodities c JOIN metadata m USING (entry_id) WHERE m.posting_id IS NULL"
        " AND m.type = 'text' AND m.key NOT IN ('price', 'export', 'quote') ORDER BY 1"
    )
    words: dict[str, set[str]] = {}
    for code, value in rows:
        if code in asked.names.commodities and asked.names.commodities[code].held_at_cost:
            words.setdefault(code, set()).update(name_stems(value))
    hits = {code: len(said & names) for code, names in words.items()}
    most = max(hits.values(), default=0)
    return [code for code, count in hits.items() if most and count == most]


def _by_payee(asked: Asked) -> list[str]:
    """The commodity that the entries of a payee named here book at cost, where they book but one."""
    for phrase in asked.said.phrases:
        option = phrase.of_kind("payee")
        if option is None or _WHERE_FROM.search(phrase.lead) or _is_account(asked, phrase):
            continue
        rows = asked.names.index.query(
            "SELECT DISTINCT currency FROM postings WHERE cost_currency IS NOT NULL AND payee IN (SELECT unnest(?))",
            [list(option.values)],
        )
        if len(rows) == 1:
            return [rows[0][0]]
    return []


def _is_account(asked: Asked, phrase: Phrase) -> bool:
    """Whether the name is that of an account too, as a broker's is: then what stands there is meant."""
    option = phrase.of_kind("account")
    return option is not None and any(
        asked.names.by_name[name].root in {Root.ASSETS, Root.LIABILITIES} and not _holds_one(asked, name)
        for name in option.values
    )


def _holds_one(asked: Asked, account: str) -> bool:
    """Whether one commodity alone stands on an account and below it."""
    rows = asked.names.index.query(
        "SELECT DISTINCT currency FROM postings WHERE account = ? OR starts_with(account, ?)", [account, f"{account}:"]
    )
    return len(rows) == 1


def all_at_cost(asked: Asked) -> tuple[str, ...]:
    """All commodities that are held at cost."""
    return tuple(code for code, each in asked.names.commodities.items() if each.held_at_cost and not each.operating)


def accounts_holding(asked: Asked, codes: tuple[str, ...], phrase: Phrase | None = None) -> tuple[str, ...]:
    """Of the asset accounts named (or that a phrase may name), those on which these commodities stand."""
    rows = asked.names.index.query(
        "SELECT DISTINCT account FROM postings WHERE root = 'assets' AND currency IN (SELECT unnest(?))", [list(codes)]
    )
    options = phrase.options if phrase else ()
    named = [name for each in options if each.kind == "account" for name in each.values]
    return tuple(
        name
        for name in (named if phrase else asked.scope.filters.accounts)
        if asked.names.by_name[name].root is Root.ASSETS
        and any(row[0] == name or row[0].startswith(f"{name}:") for row in rows)
    )


def of_them(asked: Asked, codes: tuple[str, ...], sign: Literal[-1, 0, 1] = 0) -> Filters:
    """Their postings on assets; with a sign those that buy (1) or sell (-1)."""
    accounts = accounts_holding(asked, codes)
    roots = () if accounts else (Root.ASSETS,)
    traded = sign != 0 and _are_moved(asked, codes)
    return Filters(accounts=accounts, roots=roots, currencies=codes, sign=sign, traded=traded)


def _are_moved(asked: Asked, codes: tuple[str, ...]) -> bool:
    """Whether an entry takes one of them out of assets and puts it in again: a split, or a move, which is no trade."""
    rows = asked.names.index.query(
        "SELECT 1 FROM postings WHERE root = 'assets' AND currency IN (SELECT unnest(?)) GROUP BY entry_id, currency"
        " HAVING min(number) < 0 AND max(number) > 0 LIMIT 1",
        [list(codes)],
    )
    return bool(rows)


def noting(asked: Asked, codes: tuple[str, ...]) -> tuple[str, ...]:
    """What the names were read as, where the code itself was not said."""
    said = asked.said.text.casefold()
    return (
        ()
        if all(code.casefold() in said for code in codes) or codes == all_at_cost(asked)
        else (f"read as {', '.join(codes)}",)
    )
