"""Whose pay the books keep: Ines and Callum of Income:Salary:Ines and Income:Salary:Callum, Nadia of Wages:Nadia.

An employer that pay comes from is nobody who earns it: he stands as a payee on his account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.patterns import compiled
from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Account, Vocabulary

_PAID: Final = compiled(
    r"\b(?:what|how much)(?: money)? (?:did|does|has|have|had) (?P<who>\w+) (?:make|made|earn(?:ed)?|get|got)\b"
)
_FLOWS: Final = (Root.INCOME, Root.EXPENSES)


def earners(names: Vocabulary) -> dict[str, tuple[str, ...]]:
    """By folded name everyone whose pay stands on an account called so, with all who stand there beside them."""
    return names.once("earners", lambda: _earners(names))


def asks_of_their_pay(folded: str, names: Vocabulary) -> bool:
    """As in "how much does Ann make", of one whose pay is kept."""
    found = _PAID.search(folded)
    return found is not None and found["who"] in earners(names)


def _earners(names: Vocabulary) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for root in _FLOWS:
        told = [(_who(each), each) for each in names.leaf_accounts((root,)) if each.postings]
        people = [(who, account) for who, account in told if who and not _pays(account, who, names)]
        together = tuple(dict.fromkeys(who for who, _ in people))
        for who in together:
            found.setdefault(fold(who), together)
    return found


def _who(account: Account) -> str:
    """As in Salary:Ines or Ines:Salary; empty where it is no pay, or a word for a part of it (Salary:Bonus)."""
    parts = account.name.split(":")
    for pay, who in ((parts[-2], parts[-1]), (parts[-1], parts[-2])):
        if len(parts) > 2 and _is_pay(pay) and not _is_pay(who) and not _is_a_word(who):
            return who
    return ""


def _is_pay(part: str) -> bool:
    return "salary" in lexicon().groups_of_name(part)[0]


def _is_a_word(part: str) -> bool:
    words, own = lexicon(), stems(part)
    entire, some = words.groups_of_name(part)
    common = words.grammar | words.weak | words.ordinary | words.english
    return bool(entire or some) or len(own) != 1 or not part.isalpha() or fold(part) in common or own[0] in common


def _pays(account: Account, who: str, names: Vocabulary) -> bool:
    """Whether it is an employer, who pays what is earned there."""
    if account.root is not Root.INCOME:
        return False
    rows = names.index.query(
        "SELECT 1 FROM postings WHERE account = ? AND contains(lower(coalesce(payee, '')), lower(?)) LIMIT 1",
        [account.name, who],
    )
    return bool(rows)
