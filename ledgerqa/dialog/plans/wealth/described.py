"""A commodity that is named by what it is: "the pension fund", where its directive says that it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import name_stems, stems, tokenize

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked


def described_commodity(asked: Asked, key: str) -> str | None:
    """Of the commodities that bear the key the one whose own metadata, or account, says most of what was said.

    None where no word tells one of them from the others.
    """
    known = lexicon()
    spoken = {token.stem for token in tokenize(asked.said.text) if token.fold not in known.grammar}
    spoken -= set(name_stems(key))
    rows = asked.names.index.query(
        "SELECT c.currency, string_agg(o.value, ' '), (SELECT string_agg(DISTINCT p.account, ' ') FROM postings p"
        " WHERE p.currency = c.currency AND p.root = 'assets') FROM commodities c"
        " JOIN metadata m ON m.entry_id = c.entry_id AND m.key = ?"
        " JOIN metadata o ON o.entry_id = c.entry_id GROUP BY 1 ORDER BY 1",
        [key],
    )
    shared = {
        code: len(spoken & {*stems(values), *(word for part in (held or "").split() for word in _words_of(part))})
        for code, values, held in rows
    }
    most = max(shared.values(), default=0)
    best = [code for code, count in shared.items() if count == most]
    return best[0] if most and len(best) == 1 else None


def _words_of(account: str) -> set[str]:
    """The words of an account's name below its root."""
    return {word for part in account.split(":")[1:] for word in name_stems(part)}
