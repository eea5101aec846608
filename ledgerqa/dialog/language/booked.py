"""What is booked under the names that a question says: where it went, how much at a time, whether there is any.

Each is a query over an index's postings; `vocabulary` knows the names themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.records import Root

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence
    from decimal import Decimal

    from ledgerqa.corpus import Index
    from ledgerqa.records import Filters, Mention

MOSTLY = 0.8  # the share of entries under a word that make an account what the word means
_OFTEN = 0.3  # the same of an account that has to do with the word at all, unlike the one that everything is paid from
FOLDED_SQL = "strip_accents(lower({0}))"


@dataclass(frozen=True)
class Trade:
    """A day on which an asset was bought with money of another account, or sold for some that went there."""

    account: str
    date: dt.date
    sold: bool
    other: str


@dataclass
class Booked:
    """The postings of an index, asked as the dialog needs it."""

    _index: Index
    _accounts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _tallies: frozenset[str] | None = None
    _awaited: frozenset[str] | None = None

    def roots_of(self, clause: str, parameters: Sequence[object]) -> dict[Root, int]:
        """How many postings of entries that satisfy the condition go to accounts of each root."""
        rows = self._index.query(f"SELECT root, count(*) FROM postings WHERE {clause} GROUP BY 1", list(parameters))
        return {Root(root): count for root, count in rows if root}

    def roots_touched(self, filters: Filters) -> dict[Root, int]:
        """How many postings of the entries that bear these names, tags and links go to accounts of each root."""
        return self.roots_of(*bearing(filters))

    def meets(self, filters: Filters) -> bool:
        """Whether any posting satisfies the names, accounts, tags and links, at any time."""
        clause, parameters = bearing(filters)
        below, within = at_or_below(filters.accounts)
        rows = self._index.query(f"SELECT 1 FROM postings WHERE {clause} AND {below} LIMIT 1", [*parameters, *within])
        return bool(rows)

    def days(self, filters: Filters) -> list[dt.date]:
        """The days on which anything was booked under the names, accounts, tags and links, in order."""
        clause, parameters = bearing(filters)
        below, within = at_or_below(filters.accounts)
        rows = self._index.query(
            f"SELECT DISTINCT date FROM postings WHERE {clause} AND {below} ORDER BY 1", [*parameters, *within]
        )
        return [row[0] for row in rows]

    def heads(self, filters: Filters) -> int:
        """Below how many accounts that stand just below the root lies what is spent in entries of these names."""
        clause, parameters = bearing(filters)
        rows = self._index.query(
            f"SELECT count(DISTINCT split_part(account, ':', 2)) FROM postings WHERE root = 'expenses' AND {clause}",
            parameters,
        )
        return int(rows[0][0])

    def lies_within(self, mentions: Sequence[Mention], accounts: Sequence[str]) -> bool:
        """Whether all income and expenses in entries of these names go to these accounts, or to those below them."""
        clause, parameters = naming(mentions)
        below, within = at_or_below(accounts)
        ((inside, every),) = self._index.query(
            f"SELECT count(*) FILTER ({below}), count(*) FROM postings"
            f" WHERE root IN ('income', 'expenses') AND {clause}",
            [*within, *parameters],
        )
        return bool(inside and inside == every)

    def only_account(self, mention: Mention) -> str | None:
        """The account of expenses that all spending in entries of this name goes to, and no other spending does."""
        clause, parameters = naming((mention,))
        rows = self._index.query(
            "WITH named AS (SELECT DISTINCT account FROM postings WHERE root IN ('income', 'expenses')"
            f" AND {clause}) SELECT account, bool_and({clause}), any_value(root) FROM postings"
            " JOIN named USING (account) GROUP BY 1",
            [*parameters, *parameters],
        )
        only = len(rows) == 1 and rows[0][1] and rows[0][2] == Root.EXPENSES.value
        return rows[0][0] if only else None

    def accounts_beside(self, mention: Mention) -> dict[str, Root]:
        """The accounts that entries of this name move, but for those of money that all kinds of entries move."""
        clause, parameters = naming((mention,))
        rows = self._index.query(
            f"SELECT account, any_value(root) AS side, count(*) FILTER ({clause}) AS named FROM postings"
            " WHERE root IS NOT NULL GROUP BY 1"
            f" HAVING named > 0 AND (side IN ('income', 'expenses') OR named >= {_OFTEN} * count(*))",
            parameters,
        )
        return {account: Root(side) for account, side, _ in rows}

    def bears(self, key: str, filters: Filters, values: Sequence[str] = ()) -> bool:
        """Whether an entry of these names and accounts, or a posting of it, has the key (with one of the values)."""
        clause, parameters = naming(filters.mentions)
        below, within = at_or_below(filters.accounts)
        rows = self._index.query(
            f"SELECT 1 FROM postings WHERE {clause} AND {below} AND entry_id IN"
            " (SELECT entry_id FROM metadata WHERE key = ? AND (? OR value IN (SELECT unnest(?)))) LIMIT 1",
            [*parameters, *within, key, not values, [*values]],
        )
        return bool(rows)

    def amounts(self, filters: Filters, start: dt.date | None, end: dt.date | None) -> set[Decimal]:
        """The amounts, without their signs, of the postings under these names, accounts, roots and currencies."""
        clause, parameters = naming(filters.mentions)
        below, within = at_or_below(filters.accounts)
        rows = self._index.query(
            f"SELECT DISTINCT abs(number) FROM postings WHERE number IS NOT NULL AND {clause} AND {below}"
            " AND (len(?::VARCHAR[]) = 0 OR root IN (SELECT unnest(?::VARCHAR[])))"
            " AND (len(?::VARCHAR[]) = 0 OR currency IN (SELECT unnest(?::VARCHAR[])))"
            " AND date >= coalesce(?, date) AND (?::DATE IS NULL OR date < ?)",
            [
                *parameters,
                *within,
                *[[root.value for root in filters.roots]] * 2,
                *[list(filters.currencies)] * 2,
                start,
                end,
                end,
            ],
        )
        return {row[0] for row in rows}

    def charges(self, filters: Filters, start: dt.date | None, end: dt.date | None) -> list[tuple[dt.date, Decimal]]:
        """Day and amount of the postings to expenses under these names and accounts, in order of time."""
        clause, parameters = naming(filters.mentions)
        below, within = at_or_below(filters.accounts)
        return [
            (day, number)
            for day, number in self._index.query(
                f"SELECT date, number FROM postings WHERE root = 'expenses' AND number > 0 AND {clause} AND {below}"
                " AND date >= coalesce(?, date) AND (?::DATE IS NULL OR date < ?) ORDER BY date, posting_id",
                [*parameters, *within, start, end, end],
            )
        ]

    def bookings(self, filters: Filters, root: Root, end: dt.date) -> list[tuple[dt.date, Decimal]]:
        """Day and amount of what was spent or received under these names and accounts, in order, before `end`."""
        clause, parameters = naming(filters.mentions)
        below, within = at_or_below(filters.accounts)
        sign = -1 if root is Root.INCOME else 1
        return [
            (day, number)
            for day, number in self._index.query(
                f"SELECT date, {sign} * number FROM postings WHERE root = ? AND {sign} * number > 0 AND {clause}"
                f" AND {below} AND date < ? ORDER BY date, posting_id",
                [root.value, *parameters, *within, end],
            )
        ]

    def payee_of_one(
        self, filters: Filters, span: tuple[dt.date | None, dt.date | None], order: str, *, last: bool
    ) -> str | None:
        """Who was paid in the one entry that comes first by "amount" or "date" (`last`: from the end); None of two."""
        rows = self._spent_first(filters, span, order, "payee", last=last, skip=0)
        sole = len(rows) == 1 or (len(rows) == 2 and (rows[0][1] != rows[1][1] or rows[0][0] == rows[1][0]))
        return rows[0][0] or None if sole else None

    def one_spent(
        self, filters: Filters, span: tuple[dt.date | None, dt.date | None], order: str, *, last: bool, skip: int
    ) -> tuple[dt.date, str] | None:
        """The day and account of the one that comes first so, `skip` passed over; None where others may be meant."""
        rows = self._spent_first(filters, span, order, "date, account", last=last, skip=skip)
        sole = len(rows) == 1 or (len(rows) == 2 and rows[0][-1] != rows[1][-1])
        return (rows[0][0], rows[0][1]) if sole else None

    def _spent_first(
        self,
        filters: Filters,
        span: tuple[dt.date | None, dt.date | None],
        order: str,
        told: str,
        *,
        last: bool,
        skip: int,
    ) -> list[tuple[Any, ...]]:
        """Up to two postings of what was spent so, in order: these columns of theirs, and what tells the order."""
        clause, parameters = bearing(filters)
        below, within = at_or_below(filters.accounts)
        outside, without = at_or_below(filters.exclude_accounts)
        column = "number" if order == "amount" else "date"
        return self._index.query(
            f"SELECT {told}, {column} FROM postings WHERE root = 'expenses' AND number > 0 AND {clause} AND {below}"
            f" AND NOT (? AND {outside}) AND date >= coalesce(?, date) AND (? IS NULL OR date < ?)"
            f" ORDER BY {column} {'DESC' if last else 'ASC'} LIMIT 2 OFFSET {skip:d}",
            [*parameters, *within, bool(filters.exclude_accounts), *without, span[0], span[1], span[1]],
        )

    def accounts_of(self, mentions: Sequence[Mention], amount: Decimal) -> tuple[str, ...]:
        """The expense accounts to which entries under these names booked this amount."""
        clause, parameters = naming(mentions)
        rows = self._index.query(
            "SELECT DISTINCT account FROM postings WHERE root = 'expenses'"
            f" AND abs(number) = ? AND {clause} ORDER BY 1",
            [amount, *parameters],
        )
        return tuple(row[0] for row in rows)

    def came_back(self, filters: Filters) -> bool:
        """Whether any of what was spent under these names, accounts and tags came back."""
        clause, parameters = bearing(filters)
        below, within = at_or_below(filters.accounts)
        rows = self._index.query(
            f"SELECT 1 FROM postings WHERE root = 'expenses' AND number < 0 AND {clause} AND {below} LIMIT 1",
            [*parameters, *within],
        )
        return bool(rows)

    def mostly_came_back(self, filters: Filters) -> bool:
        """Whether at least half of what was spent under these names, accounts and tags is money that came back."""
        clause, parameters = bearing(filters)
        below, within = at_or_below(filters.accounts)
        ((back, every),) = self._index.query(
            "SELECT count(*) FILTER (number < 0), count(*) FROM postings"
            f" WHERE root = 'expenses' AND {clause} AND {below}",
            [*parameters, *within],
        )
        return bool(back and 2 * back >= every)

    def billed(self, narrations: Collection[str]) -> dict[str, dict[str, tuple[int, int]]]:
        """By narration, by payee ("": none): expenses with that narration, and all of that payee."""
        found: dict[str, dict[str, tuple[int, int]]] = {}
        rows = self._index.query(
            "WITH spent AS (SELECT DISTINCT entry_id, coalesce(payee, '') AS payee, narration FROM postings"
            " WHERE root = 'expenses')"
            " SELECT narration, payee, count(*), any_value(times) FROM spent"
            " JOIN (SELECT payee, count(*) AS times FROM spent GROUP BY payee) USING (payee)"
            " WHERE narration IN (SELECT unnest(?)) GROUP BY narration, payee ORDER BY 3 DESC, 1, 2",
            [list(narrations)],
        )
        for narration, payee, said, times in rows:
            found.setdefault(narration, {})[payee] = (said, times)
        return found

    def booked_as(self, group: str, but: Collection[tuple[str, ...]] = ()) -> tuple[str, ...]:
        """The account of income or expenses that entries go to which say no more than a word of a synonym group.

        As in "groceries", where entries that say so go to Eat:Shop; none where they go to several.  `but` are words
        that mean something else in this ledger.
        """
        if group not in self._accounts:
            phrases = [phrase for phrase, groups in lexicon().groups.items() if group in groups and phrase not in but]
            pattern = "|".join(r"[^a-z0-9]+".join(map(_inflected, phrase)) for phrase in phrases)
            rows = self._index.query(
                "SELECT account, count(*) FROM postings WHERE root IN ('expenses', 'income')"
                f" AND regexp_full_match({FOLDED_SQL.format('narration')}, ?) GROUP BY 1 ORDER BY 2 DESC, 1",
                [pattern],
            )
            mostly = rows and rows[0][1] >= MOSTLY * sum(count for _, count in rows)
            self._accounts[group] = (rows[0][0],) if mostly else ()
        return self._accounts[group]

    def distinct_payees(self, accounts: Sequence[str]) -> int:
        """How many payees entries to these accounts, or to those below them, name."""
        below, within = at_or_below(accounts)
        rows = self._index.query(
            f"SELECT count(DISTINCT nullif(payee, '')) FROM postings WHERE {below}",
            within,
        )
        return int(rows[0][0])

    def mostly_unnamed(self, accounts: Sequence[str]) -> bool:
        """Whether most entries to these accounts, or to those below them, name no payee."""
        if not accounts:
            return False
        below, within = at_or_below(accounts)
        ((unnamed, every),) = self._index.query(
            f"SELECT count(*) FILTER (coalesce(payee, '') = ''), count(*) FROM postings WHERE {below}",
            within,
        )
        return bool(unnamed * 2 > every)

    def tallies(self) -> frozenset[str]:
        """Accounts side by side that are each called after somebody whose payments are booked there.

        As in "Tally:Kofi" and "Tally:Ines", where entries of the payees Kofi and Ines move money and spend none: what
        stands between people. What Kofi fronts may bear his name, too, where bills of others are put on his account in
        part. Of a bank fees and interest are booked too, and what goes one way only, as shares of a deposit, is none.
        """
        if self._tallies is None:
            rows = self._index.query(
                "WITH held AS (SELECT account, lower(replace(split_part(account, ':', -1), '-', ' ')) AS called,"
                " bool_or(number > 0) AND bool_or(number < 0) AS both_ways FROM postings"
                " WHERE root IN ('assets', 'liabilities') AND account LIKE '%:%:%' GROUP BY 1),"
                " own AS (SELECT DISTINCT account, payee FROM postings"
                " WHERE lower(payee) IN (SELECT called FROM held)),"
                " divided AS (SELECT p.account FROM postings p JOIN held h USING (account) WHERE p.number > 0 AND"
                " lower(p.payee) <> h.called AND p.entry_id IN (SELECT entry_id FROM postings GROUP BY 1 HAVING"
                " bool_or(root = 'expenses' AND number > 0) AND NOT bool_or(root = 'income')) GROUP BY 1"
                " HAVING count(DISTINCT p.entry_id) > 1),"
                " fronted AS (SELECT p.entry_id FROM postings p JOIN held h USING (account) JOIN divided"
                " USING (account) WHERE p.number < 0 AND lower(p.payee) = h.called),"
                " moving AS (SELECT payee FROM postings WHERE payee IN (SELECT payee FROM own) GROUP BY 1"
                " HAVING count(*) FILTER (root = 'income' OR root = 'expenses' AND entry_id NOT IN (FROM fronted)) * 4"
                " <= count(DISTINCT entry_id))"
                " SELECT h.account, bool_or(p.payee IS NOT NULL), any_value(h.both_ways) FROM held h"
                " LEFT JOIN own p ON p.account = h.account AND lower(p.payee) = h.called"
                " AND p.payee IN (SELECT payee FROM moving) GROUP BY 1 ORDER BY 1"
            )
            self._tallies = _mostly_somebody(
                {name: (bool(called), bool(both_ways)) for name, called, both_ways in rows}
            )
        return self._tallies

    def _earned_on(self) -> list[str]:
        """The assets that rise mostly as something is earned, and fall without much being earned or spent."""
        rows = self._index.query(
            "SELECT account FROM postings WHERE root = 'assets' GROUP BY 1 HAVING count(*) FILTER (number > 0"
            " AND entry_id IN (SELECT entry_id FROM postings WHERE root = 'income')) * 2 > count(*) FILTER (number > 0)"
        )
        if not rows:
            return []
        rows = self._index.query(
            "SELECT account FROM postings WHERE account IN (SELECT unnest(?)) GROUP BY 1 HAVING 4 *"
            " count(*) FILTER (number < 0 AND entry_id IN"
            " (SELECT entry_id FROM postings WHERE root IN ('income', 'expenses'))) <= count(*) FILTER (number < 0)",
            [[row[0] for row in rows]],
        )
        return [row[0] for row in rows]

    def awaited(self) -> frozenset[str]:
        """The assets on which what was earned stands until somebody pays it, whatever the books call them.

        As in "Invoiced:HallHire", where a link ties what is put on to what goes off, "Subs:Kettle" among others of its
        kind, of which most are paid off by a payee called so ("Wanda Kettle"), "CampOwing", off which several payees
        pay what was put on it for them, and "Plot7" among others off each of which one does.  What is
        taken in cash until it goes to the bank is paid already: nobody's name or link is on it.
        """
        if self._awaited is None:
            if not (earning := self._earned_on()):
                self._awaited = frozenset()
                return self._awaited
            rows = self._index.query(
                "WITH flowing AS (SELECT entry_id, bool_or(root = 'income') AS earned FROM postings"
                " WHERE entry_id IN (SELECT entry_id FROM postings WHERE account IN (SELECT unnest(?))) GROUP BY 1),"
                " held AS (SELECT account, entry_id, number, earned, nullif(payee, '') AS payee,"
                " account LIKE '%:%:%' AND"
                " regexp_matches(lower(payee), '\\b' || lower(split_part(account, ':', -1)) || '\\b') AS called"
                " FROM postings JOIN flowing USING (entry_id) WHERE account IN (SELECT unnest(?)) AND number <> 0),"
                " tied AS (SELECT account, link FROM held JOIN links USING (entry_id) GROUP BY 1, 2"
                " HAVING bool_or(number > 0 AND earned) AND bool_or(number < 0 AND NOT earned)),"
                " paying AS (SELECT account, entry_id FROM held JOIN links USING (entry_id)"
                " JOIN tied USING (account, link)),"
                " charged AS (SELECT DISTINCT account, payee FROM held"
                " WHERE number > 0 AND earned AND payee IS NOT NULL)"
                " SELECT account, count(*) FILTER (number < 0 AND (account, entry_id) IN (FROM paying)) * 2"
                " > count(*) FILTER (number < 0), coalesce(bool_or(called AND number < 0), false),"
                " count(DISTINCT payee) FILTER (number < 0 AND (account, payee) IN (FROM charged)) > 1 AND"
                " count(*) FILTER (number < 0 AND (account, payee) IN (FROM charged)) * 2"
                " > count(*) FILTER (number < 0),"
                " count(DISTINCT payee) FILTER (number < 0 AND (account, payee) IN (FROM charged)) = 1"
                " FROM held GROUP BY 1 ORDER BY 1",
                [earning] * 2,
            )
            somebody = _mostly_somebody({name: (bool(called), True) for name, _, called, _, _ in rows})
            each = _mostly_somebody({name: (bool(one), True) for name, *_, one in rows})
            self._awaited = somebody | each | {name for name, tied, _, paid_off, _ in rows if tied or paid_off}
        return self._awaited

    def trades(self, accounts: Sequence[str], money: Sequence[str]) -> list[Trade]:
        """When these assets, kept in `money`, were bought or sold, the oldest first.

        What is brought forward from older books is not bought, and what wears off is not sold.
        """
        rows = self._index.query(
            "SELECT DISTINCT p.account, p.date, p.number < 0, o.account"
            " FROM postings p JOIN postings o ON o.entry_id = p.entry_id WHERE p.account IN (SELECT unnest(?))"
            " AND p.currency IN (SELECT unnest(?)) AND o.account NOT IN (SELECT unnest(?))"
            " AND o.root IN ('assets', 'liabilities') AND sign(o.number) = -sign(p.number) AND p.entry_id NOT IN"
            " (SELECT entry_id FROM postings WHERE root = 'equity') ORDER BY 2, 1, 4",
            [list(accounts), list(money), list(accounts)],
        )
        return [Trade(account, date, bool(sold), other) for account, date, sold, other in rows]

    def currencies(self, filters: Filters) -> tuple[str, ...]:
        """The currencies of the postings under these names, accounts and roots, the most frequent first."""
        clause, parameters = bearing(filters)
        below, within = at_or_below(filters.accounts)
        roots = [root.value for root in filters.roots]
        rows = self._index.query(
            f"SELECT currency FROM postings WHERE {clause} AND {below} AND number <> 0"
            " AND (len(?::VARCHAR[]) = 0 OR root IN (SELECT unnest(?::VARCHAR[])))"
            " GROUP BY 1 ORDER BY count(*) DESC, 1",
            [*parameters, *within, roots, roots],
        )
        return tuple(currency for (currency,) in rows if currency)

    def rated_in(self, currency: str) -> frozenset[str]:
        """The currencies of which it is known what they come to in that one."""
        rows = self._index.query("SELECT DISTINCT base FROM rates WHERE quote = ?", [currency])
        return frozenset(base for (base,) in rows) | {currency}

    def leave(self) -> tuple[str, ...]:
        """The accounts of assets on which hours or days of leave stand, booked like money: VACHR, PTO-HOURS."""
        rows = self._index.query(
            "SELECT DISTINCT account FROM postings WHERE root = 'assets'"
            " AND regexp_matches(currency, '(HR|HRS|HOUR|HOURS|DAY|DAYS)$') ORDER BY 1"
        )
        return tuple(account for (account,) in rows)

    def earns_and_spends(self) -> bool:
        """Whether an entry books both income and expenses, as a payslip does."""
        rows = self._index.query(
            "SELECT 1 FROM postings WHERE root = 'expenses' AND entry_id IN"
            " (SELECT entry_id FROM postings WHERE root = 'income' AND number < 0) LIMIT 1"
        )
        return bool(rows)

    def only_in_pay(self, filters: Filters) -> bool:
        """Whether every expense under the names stands in an entry that earns more than it costs, as a payslip does."""
        clause, parameters = bearing(filters)
        rows = self._index.query(
            "SELECT bool_and(entry_id IN (SELECT entry_id FROM postings WHERE root IN ('income', 'expenses')"
            " GROUP BY entry_id, currency HAVING bool_or(root = 'income') AND sum(number) < 0))"
            f" FROM postings WHERE root = 'expenses' AND {clause}",
            parameters,
        )
        return bool(rows and rows[0][0])


def _mostly_somebody(called: Mapping[str, tuple[bool, bool]]) -> frozenset[str]:
    """The accounts of those parents of which most accounts, and two at least, are called after a payee.

    For each account is told whether it is so, and whether it moved both ways, as most of them must have.
    """
    siblings: dict[str, list[str]] = {}
    for name in called:
        siblings.setdefault(name.rpartition(":")[0], []).append(name)
    return frozenset(
        name for names in siblings.values() if _are_people([called[each] for each in names]) for name in names
    )


def _are_people(facts: Sequence[tuple[bool, bool]]) -> bool:
    after = sum(named for named, _ in facts)
    return after > 1 and after * 2 > len(facts) and sum(both_ways for _, both_ways in facts) * 2 >= len(facts)


def naming(mentions: Sequence[Mention]) -> tuple[str, list[object]]:
    """The condition that an entry bears each of the names, with its parameters."""
    clauses: list[str] = ["true"]
    parameters: list[object] = []
    for mention in mentions:
        either = []
        for column, values in (("payee", mention.payees), ("narration", mention.narrations)):
            if values:
                either.append(f"coalesce({column}, '') IN (SELECT unnest(?))")  # "": entries without a payee
                parameters.append(list(values))
        if mention.pattern:
            either.append("regexp_matches(concat_ws(' ', payee, narration), ?, 'i')")
            parameters.append(mention.pattern)
        clauses.append("(" + " OR ".join(either or ["false"]) + ")")
    return " AND ".join(clauses), parameters


def bearing(filters: Filters) -> tuple[str, list[object]]:
    """The condition that an entry bears the names, the tags and the links, with its parameters."""
    named, parameters = naming(filters.mentions)
    clauses = [named]
    for table, column, values in (("tags", "tag", filters.tags), ("links", "link", filters.links)):
        if values:
            clauses.append(f"entry_id IN (SELECT entry_id FROM {table} WHERE {column} IN (SELECT unnest(?)))")
            parameters.append(list(values))
    return " AND ".join(clauses), parameters


def at_or_below(accounts: Sequence[str]) -> tuple[str, list[object]]:
    """The condition that a posting is to one of the accounts or below it, with its parameters; of none, any."""
    if not accounts:
        return "true", []
    either = " OR ".join(["account = ? OR starts_with(account, ?)"] * len(accounts))
    return f"({either})", [part for name in accounts for part in (name, f"{name}:")]


def _inflected(stemmed: str) -> str:
    """A pattern for a stem and its plural."""
    return re.escape(stemmed[:-1]) + "(?:y|ies)" if stemmed.endswith("y") else re.escape(stemmed) + "(?:e?s)?"
