"""Payees that are one name written in several ways: "Tesco" beside a bank's "TESCO STORES 3021".

A breakdown by payee keeps the rows that the ledger has; what those of one name come to together is told beside them,
where that would stand among the rows told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.corpus.words import fold
from ledgerqa.evidence.exact import total
from ledgerqa.records import Fact, Grouping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.evidence.amounts import Amount
    from ledgerqa.evidence.groups import Group
    from ledgerqa.evidence.run import Run


_TOLD: Final = 3  # rows that a sentence tells of a long breakdown, and names told beside them
_MOST: Final = 4  # ways of writing that are named one by one
_WORD: Final = re.compile(r"[^\W_]+")
_RAW: Final = re.compile(r"[*#]|\d{3,}")
_SHORTEST: Final = 4  # letters of a name that a bank's line is told by


def written_otherwise(run: Run, groups: Sequence[Group], amounts: Sequence[Amount]) -> list[Fact]:
    """For each name that payees share what they come to together, the greatest first; the note has the payees."""
    order = run.plan.order
    upwards = order is not None and (order.by != "amount" or not order.descending)
    if [group.grouping for group in groups] != [Grouping.PAYEE] or run.plan.compare or upwards or not amounts:
        return []
    main = [amount for amount in amounts if amount.currency == amounts[0].currency and amount.keys[0]]
    told = main[: run.plan.limit or _TOLD]
    shared = _of_one_name([str(amount.keys[0]) for amount in main])
    facts = []
    for payees in shared:
        sums = [amount.number for amount in main if amount.keys[0] in payees]
        facts.append(Fact("one_name", total(sums), main[0].currency, (), _listed(payees)))
    telling = [each for each in facts if abs(each.number) > abs(told[-1].number)]
    return sorted(telling, key=lambda each: -abs(each.number))[:_TOLD]


def _of_one_name(payees: Sequence[str]) -> list[list[str]]:
    """The payees that are one name, the plain way of writing it first."""
    plain: dict[tuple[str, ...], list[str]] = {}
    for payee in sorted(payees, key=lambda each: (each.islower(), payees.index(each))):
        if not payee.isupper() and not _RAW.search(payee):
            plain.setdefault(_words(payee), []).append(payee)
    names = sorted((each for each in plain if len("".join(each)) >= _SHORTEST), key=len, reverse=True)
    for payee in payees:
        own = next((name for name in names if payee not in plain[name] and _is_line_of(payee, name)), None)
        if own:
            plain[own].append(payee)
    return [each for each in plain.values() if len(each) > 1]


def _is_line_of(payee: str, name: tuple[str, ...]) -> bool:
    """Whether a bank wrote the name so: in capitals or with numbers, after a processor's mark at most ("CRD*")."""
    if not (payee.isupper() or _RAW.search(payee)):
        return False
    words = _words(payee.rpartition("*")[2]) if "*" in payee else _words(payee)
    return words[: len(name)] == name


def _words(payee: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(payee)))


def _listed(payees: Sequence[str]) -> str:
    """As in "Tesco, TESCO STORES 3021 and TESCO 77"."""
    if len(payees) > _MOST:
        return f"{', '.join(payees[:_MOST])} and others"
    return f"{', '.join(payees[:-1])} and {payees[-1]}"
