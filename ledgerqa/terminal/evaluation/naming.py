"""How many of the names that a gold asks for are among the first readings of the question's words.

A gold names accounts, payees, narrations, tags or links by the conditions of its query (`account = '…'`, `payee ~ '…'`,
`'…' IN tags`), or by the filters of its plan.  A name is found at k where the first k readings of the words of the
question, or of those before it, hold all that it stands for; a reading that holds more than the conditions of its kind
ask for does not count.  Conditions that only say which kind of account is meant (`account ~ '^Expenses'`), or which
side of an entry beside its payee, are no names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ledgerqa.terminal.evaluation.golds import beanquery_installed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledgerqa.backends.protocols import Understander
    from ledgerqa.corpus import Index
    from ledgerqa.dialog.linking.links import Link
    from ledgerqa.dialog.linking.meaning import Meaning
    from ledgerqa.terminal.evaluation.questions import GoldQuestion

DEPTHS: Final = (1, 5)
_TEXTS: Final = ("payee", "narration")
_BELOW_ROOT: Final = re.compile(r":\W*\w")
_SEVERAL: Final = {"tags": "tag", "links": "link"}


@dataclass(frozen=True)
class GoldName:
    """One name: its kind, how the gold writes it, and what it stands for (accounts, entries, tags or links)."""

    kind: str
    written: str
    members: frozenset[str]


@dataclass(frozen=True)
class Rank:
    """At which place the readings have a name; None where none of them has."""

    name: GoldName
    place: int | None


class Namer:
    """One ledger's names, and the readings that linking gives for the words of a question."""

    def __init__(
        self, index: Index, meaning: Meaning, fiscal_start: int | None, understander: Understander | None = None
    ) -> None:
        self._index, self._meaning, self._fiscal_start = index, meaning, fiscal_start
        self._understander = understander
        self._accounts: dict[str, str] = dict(index.query("SELECT account, root FROM accounts"))
        self._entries: list[tuple[str, str, str]] = index.query(
            "SELECT entry_id::VARCHAR, coalesce(payee, ''), coalesce(narration, '') FROM entries"
            " WHERE type = 'transaction'"
        )

    def ranks(self, question: GoldQuestion) -> list[Rank]:
        """The place of each name of the gold among the readings."""
        names = list(dict.fromkeys(self._gold_names(question)))
        if not names:
            return []
        asked_of: dict[str, set[str]] = defaultdict(set)
        for name in names:
            asked_of[_class(name.kind)] |= name.members
        readings = self._readings(question)
        return [Rank(name, self._place(name, asked_of[_class(name.kind)], readings)) for name in names]

    # ------------------------------------------------------------------------------------------ readings

    def _readings(self, question: GoldQuestion) -> list[tuple[Link, ...]]:
        """For each run of words that was linked, its readings, likeliest first."""
        from ledgerqa.dialog.language.tongues import in_english
        from ledgerqa.dialog.language.vocabulary import vocabulary
        from ledgerqa.dialog.linking.meaning import link_of, lost_words
        from ledgerqa.dialog.understanding.reading import read
        from ledgerqa.dialog.understanding.refusals import without_instructions

        names, readings = vocabulary(self._index), []
        for text in (*question.history, question.question):
            asked = without_instructions(in_english(text))
            understood = self._understander.understand(asked) if self._understander else None
            said = read(asked, question.today, names, self._fiscal_start, understood)
            readings += [phrase.options for phrase in (*said.phrases, *said.excluded)]
            if lost := lost_words(said):
                readings.append(tuple(link_of(candidate) for candidate in self._meaning(lost)))
        return readings

    def _place(self, name: GoldName, allowed: set[str], readings: Sequence[Sequence[Link]]) -> int | None:
        """The least place up to which the readings hold the name; several runs of words may have parts of it."""
        held: set[str] = set()
        for place in range(1, max(map(len, readings), default=0) + 1):
            for options in readings:
                got = self._members(options[place - 1], name) if place <= len(options) else frozenset()
                held |= got if got <= allowed else frozenset()
            if name.members <= held:
                return place
        return None

    def _members(self, link: Link, name: GoldName) -> frozenset[str]:
        """What a reading stands for, as far as it can be compared with this name."""
        if _class(link.kind) != _class(name.kind):
            return frozenset()
        if link.kind == "account":
            roots = {self._accounts[account] for account in name.members}
            return frozenset(each for each in self._below(link.values) if self._accounts[each] in roots)
        if link.kind in _TEXTS:
            values, at = set(link.values), 1 + _TEXTS.index(link.kind)
            return frozenset(entry[0] for entry in self._entries if entry[at] in values)
        return frozenset(link.values)

    def _below(self, accounts: Iterable[str]) -> Iterator[str]:
        wanted = tuple(accounts)
        return (each for each in self._accounts if any(each == name or each.startswith(f"{name}:") for name in wanted))

    # --------------------------------------------------------------------------------------------- golds

    def _gold_names(self, question: GoldQuestion) -> Iterator[GoldName]:
        expected = question.expected
        if expected.plan is not None:
            yield from self._of_plan(expected.plan.get("filters") or {})
        elif beanquery_installed() and (bql := expected.bql or expected.entries_bql):
            yield from self._of_query(bql)

    def _of_plan(self, filters: Mapping[str, Any]) -> Iterator[GoldName]:
        for account in (*filters.get("accounts", ()), *filters.get("exclude_accounts", ())):
            if members := frozenset(self._below([account])):
                yield GoldName("account", account, members)
        for mention in (*filters.get("mentions", ()), *filters.get("exclude_mentions", ())):
            for kind, values in (("payee", mention.get("payees", ())), ("narration", mention.get("narrations", ()))):
                at = 1 + _TEXTS.index(kind)
                if members := frozenset(entry[0] for entry in self._entries if entry[at] in values):
                    yield GoldName(kind, ", ".join(values), members)
        for kind, names in (("tag", "tags"), ("tag", "exclude_tags"), ("link", "links")):
            for name in filters.get(names, ()):
                yield GoldName(kind, name, frozenset({name}))

    def _of_query(self, bql: str) -> Iterator[GoldName]:
        """The names in the conditions of a query; none where beanquery cannot parse it."""
        from beanquery import parser

        try:
            where = parser.parse(bql).where_clause
        except Exception:  # noqa: BLE001 - told when the query is run
            return
        conditions = list(_conditions(where))
        texts = any(column not in {"account", *_SEVERAL} for column, _, _ in conditions)
        for column, operator, value in conditions:
            if not (texts and column == "account"):  # beside a payee it only says which side of the entry counts
                yield from self._of_condition(column, operator, value)

    def _of_condition(self, column: str, operator: str, value: str) -> Iterator[GoldName]:
        if column in _SEVERAL:
            yield GoldName(_SEVERAL[column], value, frozenset({value}))
            return
        alternatives = [re.escape(value)] if operator == "Equal" else _alternatives(value)
        for pattern in alternatives:
            matches = (re.compile(f"^(?:{pattern})$") if operator == "Equal" else _pattern(pattern)).search
            if column == "account":
                members = frozenset(account for account in self._accounts if matches(account))
                if members and (_BELOW_ROOT.search(value) or not self._is_whole_root(members)):
                    yield GoldName("account", value, members)
            else:
                kind = column if column in _TEXTS else "narration"
                places = {"payee": (1,), "narration": (2,)}.get(column, (1, 2))
                members = frozenset(row[0] for row in self._entries if any(matches(row[at]) for at in places))
                if members:
                    yield GoldName(kind, value, members)

    def _is_whole_root(self, members: frozenset[str]) -> bool:
        roots = {self._accounts[account] for account in members}
        return len(members) == sum(root in roots for root in self._accounts.values())


def recall(ranks: Sequence[Rank], depth: int) -> float | None:
    """The share of names that stand among the first `depth` readings; None without names."""
    found = sum(rank.place is not None and rank.place <= depth for rank in ranks)
    return round(found / len(ranks), 4) if ranks else None


def _class(kind: str) -> str:
    """Payees and narrations are both texts of entries."""
    return "text" if kind in _TEXTS else kind


def _conditions(node: Any) -> Iterator[tuple[str, str, str]]:
    """Column, operator and value of each condition on a name, whether it keeps or leaves out."""
    kind = type(node).__name__
    for inner in getattr(node, "args", ()) if kind in {"And", "Or"} else ():
        yield from _conditions(inner)
    if kind == "Not":
        yield from _conditions(node.operand)
    sides = [getattr(node, side, None) for side in ("left", "right")]
    names = [getattr(side, "name", None) for side in sides]
    values = [getattr(side, "value", None) for side in sides]
    if kind in {"Equal", "NotEqual", "Match", "NotMatch"} and isinstance(values[1], str):
        operator = kind.removeprefix("Not")
        if names[0] in {"account", "payee", "narration", "description"}:
            yield names[0], operator, values[1]
    if kind in {"In", "NotIn"} and names[1] in _SEVERAL and isinstance(values[0], str):
        yield names[1], "Equal", values[0]


def _alternatives(pattern: str) -> list[str]:
    """The alternatives of a regular expression, where they stand side by side at its top."""
    depth = 0
    parts = [""]
    for letter in pattern:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part for part in parts if part]


def _pattern(written: str) -> re.Pattern[str]:
    """A regular expression as beanquery's `~` reads it; one that matches nothing where it is none."""
    try:
        return re.compile(written, re.IGNORECASE)
    except re.error:
        return re.compile("(?!)")
