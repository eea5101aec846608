"""Debts that net worth is asked for without: "the loan", where no account is called just so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.patterns import compiled
from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_WITHOUT: Final = compiled(
    r"\b(?:without|excluding|except(?: for)?|leaving out|not counting|ignoring|if (?:i|we) had no|before) "
    r"(?:(?:the|my|our|any|all) )*"
    r"(?:(?P<loans>loans?|mortgages?)|(?P<cards>(?:credit )?cards?)|(?P<all>debts?|liabilities))\b"
)
_GROUPS: Final = {"loans": ("loan", "mortgage"), "cards": ("credit_card",)}


def debts_left_out(asked: Asked) -> tuple[str, ...]:
    """The accounts of the debts that are left out by their kind; none where something is left out by name."""
    said = _WITHOUT.search(asked.said.folded)
    if said is None or asked.said.excluded:
        return ()
    if said["all"]:
        return tuple(each.name for each in asked.names.leaf_accounts((Root.LIABILITIES,)))
    return accounts_of_group(asked, Root.LIABILITIES, *_GROUPS["loans" if said["loans"] else "cards"])
