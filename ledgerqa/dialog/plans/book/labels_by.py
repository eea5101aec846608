"""Labels that are said by what somebody did, or that are rare: "what did Ana pay for", of `paid_by`; "Biscuit's bills".

Who is a label of a key of who did something is meant as that where the question has the verb, whatever income is
called so.  A value that only a few entries bear is a label where nothing else is called so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.patterns import compiled
from ledgerqa.records import Refusal, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.plans.asked import Asked

_NO_OBJECT: Final = r"(?<!did )(?<!from )(?<!was )(?<!were )(?<!is )(?<!get )"  # "when was Ana paid"
Told = tuple[str, tuple[str, ...], frozenset[int]]

_PAID: Final = (
    r"(?:pa(?:y|id|ys|ying)(?! (?:me|us|back|off|in\b|\w+ back))|spen[dt]s?|put in|chip(?:ped)? in|cough(?:ed)? up"
    r"|fork(?:ed)? out|shell(?:ed)? out|lay out|laid out|cover(?:ed|s)?|b(?:uy|ought|uys)|pick(?:ed)? up|settled?)"
)
_DONE: Final = {"paid": _PAID, "payer": _PAID, "bought": r"(?:b(?:uy|ought|uys|uying)|spen[dt]s?|order(?:ed)?|g[eo]t)"}


def done_by(tokens: Sequence[Token], asked: Asked) -> Told | None:
    """Who is said to have paid or bought it, of a key of that; None where such a name stands for money of theirs."""
    text = asked.said.folded
    for key, values in {**asked.names.labels, **asked.names.for_whom}.items():
        head, _, by = re.sub(r"[\W_]+", " ", fold(key)).strip().partition(" ")
        verb = _DONE.get(head) if by in {"by", ""} and (by or head == "payer") else None
        people = {fold(value): value for value in values if re.fullmatch(r"[^\W\d]+", value)}
        if verb is None or not people:
            continue
        who = "|".join(map(re.escape, people))
        some = rf"(?:{who})(?:(?:,| or| and| &|, or|, and) (?:{who}))*"
        said = (
            rf"\b(?:did|does|do|has|have|had|will) (?P<who>{some})(?: (?:already|ever|actually|both|each))? {verb}\b"
            rf"|{_NO_OBJECT}\b(?P<whom>{some}) (?:has |have |had |always |usually )?{verb}\b"
            rf"|\b{verb} (?:for )?by (?P<agent>{some})\b"
            rf"|\bwho(?: has| have| had)? {verb}\b[^?.]*\b(?P<either>(?:{who})(?:,? or (?:{who}))+)"
        )
        if found := re.search(said, text):
            told = re.findall(rf"\b(?:{who})\b", next(each for each in found.groups() if each))
            chosen = tuple(dict.fromkeys(people[each] for each in told))
            places = frozenset(at for at, token in enumerate(tokens) if token.fold in told)
            if places and not any(_holds_money(each, asked.names) for each in chosen):
                return key, chosen, places
    return None


def _holds_money(person: str, names: Vocabulary) -> bool:
    """Whether something is held for or owed by who is called so: what they paid settles that."""
    called = (each for each in names.by_stem.get(stems(person)[0], ()) if stems(person) == each.leaf)
    return any(each.root not in {Root.INCOME, Root.EXPENSES} for each in called)


def rare(tokens: Sequence[Token], asked: Asked) -> Told | None:
    """The values of one key that are words standing nowhere else in the ledger, each in full."""
    lost = {each.fold for words in asked.said.unknown for each in tokens if each.fold in fold(words).split()}
    if not lost or not asked.names.keys:
        return None
    rows = asked.names.index.query(
        "SELECT DISTINCT m.key, m.value FROM metadata m JOIN entries e USING (entry_id)"
        " WHERE e.type = 'transaction' AND m.type = 'text' AND lower(m.value) IN (SELECT unnest(?)) ORDER BY 1, 2",
        [sorted(lost)],
    )
    keys = {key for key, _ in rows}
    values = tuple(value for _, value in rows if not value.isdigit())
    if len(keys) != 1 or not values or len({fold(each) for each in values}) < len(values):
        return None
    told = {fold(each) for each in values}
    return next(iter(keys)), values, frozenset(at for at, token in enumerate(tokens) if token.fold in told)


_ITS: Final = compiled(
    r"^(?:and |so |ok )*wh(?:at|en)(?:['’]?s| is| was) (?:the |its )?(?P<noun>[a-z]+) (?:of|for|on|with) "
)
_MONEY: Final = frozenset(
    "cost costs total sum price amount bill spend spending expense expenses outlay damage figure tab count number"
    " last latest first biggest largest balance income revenue profit result share average budget date".split()
)


def unkept(asked: Asked) -> Refusal | None:
    """Why "what's the deadline for the lantern" has no answer, where no key and no name says it."""
    rules = asked.said.by_rules
    its = _ITS.match(asked.said.folded)
    open_to = asked.intent.measure is None and (rules is None or rules.measure is None)
    if its is None or not open_to or its["noun"] in _MONEY or asked.key is not None:
        return None
    if any(its["noun"] in fold(each.words).split() for each in asked.said.phrases):
        return None
    return Refusal(f"Nothing is noted as the {its['noun']}: its entries can be listed or added up.", (), its["noun"])
