"""The names that a ledger bears, as far as questions can reach them.

Accounts, tags, currencies and metadata keys are few and are read once for an index.  Payees and narrations may be
hundreds of thousands: those that hold a word of the question are fetched question by question.
"""

from __future__ import annotations

import weakref
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from ledgerqa.dialog.language.booked import Booked
from ledgerqa.dialog.language.dictionary import concepts_named, concepts_of, tongues_of
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.texts import MOST_TEXTS, Text, text_of, texts_with
from ledgerqa.dialog.language.words import fold, name_stems, squash, stem, stems
from ledgerqa.dialog.language.worked_out import WorkedOut
from ledgerqa.records import Root

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from ledgerqa.corpus import Index
    from ledgerqa.dialog.language.dictionary import Concept

MOST_FUZZY_TEXTS = 60
LEAST_NEAR = 75.0
MOST_LABELS = 12  # values of a key by which entries are told apart; where there are more, they name things
FEWEST_ENGLISH = 2  # plain English words of the accounts, from which their ledger is kept in English
# Keys that say whom a thing was for, whose it is, or who did it.
PERSONAL: Final = frozenset(
    stem(word)
    for word in "for who whom whose person patient member child kid pet traveller driver student pupil owner".split()
)
FEWEST_USES = 3  # of each such value, on average
LAST_OF_MONTH: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LONGEST_NAME = 4  # words of a value that names somebody
_TITLES = frozenset("mr mrs ms miss dr prof sir madam herr frau mme m sr sra".split())


@dataclass(frozen=True)
class Account:
    """An account or a mere parent of accounts.  `leaf` and `path` are stems; `path` leaves the root's name out."""

    name: str
    root: Root
    depth: int
    leaf: tuple[str, ...]
    path: frozenset[str]
    postings: int
    closed: bool = False

    @property
    def component(self) -> str:
        """The last part of its name."""
        return self.name.rpartition(":")[2]

    def within(self, other: Account) -> bool:
        """Whether it is `other` or lies below it."""
        return self.name == other.name or self.name.startswith(other.name + ":")


@dataclass(frozen=True)
class Commodity:
    """A currency in use: whether amounts of it are money (never held at cost), and what the ledger calls it."""

    code: str
    operating: bool
    postings: int
    held_at_cost: bool
    priced: bool
    name: str = ""


@dataclass
class Vocabulary(WorkedOut):
    """What an index's ledger calls things."""

    index: Index
    accounts: tuple[Account, ...]
    tags: dict[str, int]
    commodities: dict[str, Commodity]
    keys: dict[str, int]
    event_types: tuple[str, ...]
    counts: dict[str, int]
    root_words: dict[str, Root] = field(default_factory=dict)

    @cached_property
    def booked(self) -> Booked:
        """What is booked under the names."""
        return Booked(self.index)

    @cached_property
    def by_stem(self) -> dict[str, list[Account]]:
        """Accounts by each stem of their path."""
        found: dict[str, list[Account]] = defaultdict(list)
        for account in self.accounts:
            for word in account.path:
                found[word].append(account)
        return found

    @cached_property
    def by_squashed(self) -> dict[str, list[Account]]:
        """Accounts by their last component without case and separators."""
        found: dict[str, list[Account]] = defaultdict(list)
        for account in self.accounts:
            found[squash(account.component)].append(account)
        return found

    @cached_property
    def by_group(self) -> dict[str, tuple[list[Account], list[Account]]]:
        """Accounts by synonym group: those whose last component is in the group, and those it partly is."""
        whole: dict[str, list[Account]] = defaultdict(list)
        partly: dict[str, list[Account]] = defaultdict(list)
        words = lexicon()
        for account in self.accounts:
            entire, some = words.groups_of_name(account.component, english=self.in_english)
            above = account.name.split(":")[-2:]
            entire |= words.groups_of(tuple(part for each in above for part in name_stems(each)))  # Eat:Out
            translated = {group for each in self.translated[account.name] for group in words.groups_of(each.head)}
            if any(account.leaf in words.false_friends.get(tongue, ()) for tongue in self.tongues) and translated:
                entire, some = frozenset(translated), frozenset()  # "Courses" are no school's in French books
            entire |= translated
            others = words.standing if account.root in {Root.INCOME, Root.EXPENSES} else frozenset[str]()
            others |= words.earned if account.root is Root.EXPENSES else frozenset()
            for group in entire - others:  # Fees:Broker is no place where shares are held
                whole[group].append(account)
            for group in some - others:
                partly[group].append(account)
        return {group: (whole[group], partly[group]) for group in whole.keys() | partly.keys()}

    @cached_property
    def in_english(self) -> bool:
        """Whether the accounts are called by English words: a tenth of all words at least is no other language's."""
        used = {word for account in self.accounts for word in account.leaf}
        told = used & lexicon().english
        return len(told) >= FEWEST_ENGLISH and len(told) * 10 >= len(used)

    @cached_property
    def tongues(self) -> frozenset[str]:
        """The languages but English that the accounts are called in."""
        return tongues_of(account.leaf for account in self.accounts)

    @cached_property
    def tongues_told(self) -> frozenset[str]:
        """The languages but English of its accounts, and of what its entries say."""
        said = self.index.query(
            "SELECT narration FROM entries WHERE narration <> '' GROUP BY 1"
            f" ORDER BY count(*) DESC, 1 LIMIT {MOST_TEXTS}"
        )
        return self.tongues | tongues_of((word,) for (narration,) in said for word in stems(narration))

    @cached_property
    def translated(self) -> dict[str, tuple[Concept, ...]]:
        """By account, what its last component is called by in the languages of the ledger."""
        called = {account.name: concepts_named(account.leaf, self.tongues) for account in self.accounts}
        if not self.tongues:
            return called
        (vet,), (hair,), groomer = map(concepts_of, (("vet",), ("hairdresser",), ("groomer",)))
        owners = {name.rpartition(":")[0] for name, of in called.items() if vet in of}
        for name in [name for name, of in called.items() if hair in of and name.rpartition(":")[0] in owners]:
            called[name] = groomer  # the hairdresser of whom the vet sees
        return called

    @cached_property
    def by_name(self) -> dict[str, Account]:
        """Accounts by full name."""
        return {account.name: account for account in self.accounts}

    @cached_property
    def events(self) -> tuple[tuple[str, str, dt.date], ...]:
        """Type, description and day of each event."""
        if not self.counts["events"]:
            return ()
        return tuple(self.index.query(f"SELECT type, description, date FROM events ORDER BY date LIMIT {MOST_TEXTS}"))

    @cached_property
    def event_days(self) -> dict[str, dt.date]:
        """The first day of each event, by its description."""
        days: dict[str, dt.date] = {}
        for _, description, day in self.events:
            days.setdefault(description, day)
        return days

    @cached_property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """The keys of transactions that hold few values, each of them often, with these values."""
        if not self.keys:
            return {}
        return self._values_of(FEWEST_USES)

    @cached_property
    def for_whom(self) -> dict[str, tuple[str, ...]]:
        """The keys of transactions that say of whom these are, with the people; however seldom each is one."""
        if not any(PERSONAL.intersection(name_stems(key)) for key in self.keys):
            return {}
        return {key: people for key, people in self._values_of(1).items() if PERSONAL.intersection(name_stems(key))}

    def _values_of(self, times: int) -> dict[str, tuple[str, ...]]:
        """The keys of transactions that hold few values, each used so often on average, with these values."""
        used = (
            "SELECT m.key, m.value, count(*) AS times FROM metadata m JOIN entries e ON e.entry_id = m.entry_id"
            " WHERE e.type = 'transaction' AND m.value IS NOT NULL GROUP BY 1, 2"
        )
        rows = self.index.query(
            f"SELECT key, list(value ORDER BY times DESC, value) FROM ({used}) GROUP BY key"
            " HAVING count(*) <= ? AND sum(times) >= ? * count(*) ORDER BY key",
            [MOST_LABELS, times],
        )
        return {key: tuple(values) for key, values in rows}

    @cached_property
    def known_as(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """The accounts by the names that stand where they were opened: `contact: "Joost"`."""
        if not self.keys:
            return {}
        rows = self.index.query(
            "SELECT m.value, a.account FROM metadata m JOIN accounts a ON a.open_entry = m.entry_id"
            " WHERE m.type = 'text' AND m.value IS NOT NULL ORDER BY a.account"
        )
        found: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        for value, account in rows:
            for words in _names_of(value):
                found[words][account] = None
        return {words: tuple(accounts) for words, accounts in found.items()}

    @cached_property
    def fiscal_start(self) -> tuple[int, int] | None:
        """The month and day on which fiscal years begin, by fava's option: `fiscal_year_end` "03-31" (or with "-")."""
        rows = self.index.query(
            """SELECT "values"[2] FROM customs WHERE type = 'fava-option'"""
            """ AND replace("values"[1], '-', '_') = 'fiscal_year_end'"""
            """ AND regexp_full_match("values"[2], '(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])')"""
            " ORDER BY date DESC LIMIT 1"
        )
        if not rows:
            return None
        month, day = map(int, rows[0][0].split("-"))
        return (month % 12 + 1, 1) if day > LAST_OF_MONTH[month - 1] - 1 else (month, day + 1)

    @cached_property
    def commodity_texts(self) -> dict[str, tuple[str, ...]]:
        """What each commodity's own directive says of it."""
        said = "m.posting_id IS NULL AND m.type = 'text' AND m.key NOT IN ('price', 'export', 'quote')"
        texts = f"SELECT c.currency, list(m.value) FROM commodities c JOIN metadata m USING (entry_id) WHERE {said}"
        return dict(self.index.query(f"{texts} GROUP BY 1"))

    @cached_property
    def tags_of_words(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """The tags of two words and more by the stems of these without dates, those of most words first."""
        found: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for tag in self.tags:
            words = tuple(part for part in name_stems(tag) if not part.isdigit())
            if len(words) > 1:
                found[words].append(tag)
        return {words: tuple(found[words]) for words in sorted(found, key=len, reverse=True)}

    @cached_property
    def tag_days(self) -> dict[str, dt.date]:
        """The first day on which each tag stands."""
        return dict(self.index.query("SELECT tag, min(date) FROM tags JOIN entries USING (entry_id) GROUP BY 1"))

    @cached_property
    def has_payees(self) -> bool:
        """Whether entries name payees at all (banks' raw lines do not)."""
        rows = self.index.query(
            "SELECT count(*) FILTER (payee <> ''), count(*) FROM entries WHERE type = 'transaction'"
        )
        return bool(rows and rows[0][0] * 5 >= rows[0][1])

    @cached_property
    def payees_like_grammar(self) -> dict[str, tuple[str, ...]]:
        """The payees that are called by one word of mere grammar, by that word folded: a shop called Next.

        Or as a bank writes them, with branch and town behind it: "SHELL MEADOWHALL 0193".
        """
        rows = self.index.query(
            "SELECT DISTINCT payee, regexp_extract(payee, '^[A-Za-z]+') FROM entries WHERE type = 'transaction'"
            " AND (regexp_full_match(payee, '[A-Za-z]+') OR regexp_full_match(payee, '[A-Z]{3,}[^A-Za-z][^a-z]*'))"
        )
        found: dict[str, list[str]] = defaultdict(list)
        for payee, word in sorted(rows):
            if fold(word) in lexicon().grammar:
                found[fold(word)].append(payee)
        return {word: tuple(payees) for word, payees in found.items()}

    @cached_property
    def payees_all_grammar(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """The payees that are called by several words of mere grammar, by those words folded: "The Sunday Times"."""
        grammar = lexicon().grammar
        rows = self.index.query(
            "SELECT DISTINCT payee FROM entries WHERE type = 'transaction'"
            " AND regexp_full_match(payee, '[A-Za-z]+( [A-Za-z]+){1,3}')"
            " AND lower(regexp_extract(payee, '^[A-Za-z]+')) IN (SELECT unnest(?))",
            [sorted(grammar)],
        )
        found: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for (payee,) in sorted(rows):
            words = tuple(fold(payee).split())
            if grammar.issuperset(words):
                found[words].append(payee)
        return {words: tuple(payees) for words, payees in found.items()}

    @property
    def operating(self) -> tuple[str, ...]:
        """The ledger's operating currencies; failing that, the money most used."""
        named = self.index.ledger.operating_currencies
        if named:
            return named
        money = [each for each in self.commodities.values() if not each.held_at_cost]
        return tuple(each.code for each in sorted(money, key=lambda each: -each.postings)[:1])

    def money(self) -> tuple[str, ...]:
        """The currencies that amounts are paid in: operating ones, and others never held at cost."""
        return tuple(each.code for each in self.commodities.values() if each.operating or not each.held_at_cost)

    def texts(self, patterns: Sequence[str], likely: Sequence[str] = ()) -> list[Text]:
        """Payees and narrations in which one of the patterns (over folded text) is found.

        Those in which one of the `likely` patterns is found come first, then the most used; at most `MOST_TEXTS` each.
        """
        if not patterns:
            return []
        parameters = "|".join(patterns), "|".join(likely) or "$."
        return self.lately(("texts", *parameters), lambda: texts_with(*parameters, self))

    def similar_texts(self, phrase: str, least: float) -> list[Text]:
        """Payees (and, if they are few, narrations) spelt much like the phrase (Jaro-Winkler)."""
        folded = fold(phrase)
        rows = self.index.query(
            "SELECT payee, count(*) FROM entries WHERE type = 'transaction' AND payee <> ''"
            " AND (jaro_winkler_similarity(strip_accents(lower(payee)), ?) >= ?"
            "  OR jaro_winkler_similarity(split_part(strip_accents(lower(payee)), ' ', 1), ?) >= ?)"
            f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_FUZZY_TEXTS}",
            [folded, least, folded, least],
        )
        return [text_of(name, "payee", times) for name, times in rows]

    def nearest(self, written: str) -> list[str]:
        """Leaf accounts of expenses spelt most like the words; none where none is nearly so."""
        leaves = [each for each in self.leaf_accounts((Root.EXPENSES,)) if each.postings]
        scored = sorted(
            leaves, key=lambda each: (-fuzz.partial_ratio(fold(written), fold(each.component)), -each.postings)
        )
        close = [
            each.component for each in scored if fuzz.partial_ratio(fold(written), fold(each.component)) >= LEAST_NEAR
        ]
        return list(dict.fromkeys(close))[:3]

    def links(self, words: Sequence[str]) -> list[str]:
        """The links spelt as one of the words."""
        if not words or not self.counts.get("links"):
            return []
        rows = self.index.query(
            "SELECT DISTINCT link FROM links WHERE lower(link) IN (SELECT unnest(?))", [list(words)]
        )
        return sorted(row[0] for row in rows)

    def leaf_accounts(self, roots: Iterable[Root]) -> list[Account]:
        """Accounts with postings, of these roots."""
        wanted = set(roots)
        parents = {account.name.rpartition(":")[0] for account in self.accounts}
        return [each for each in self.accounts if each.root in wanted and each.postings and each.name not in parents]

    def last_date(self) -> dt.date:
        """The day of the newest transaction."""
        return self.index.ledger.last_date


def _names_of(value: str) -> set[tuple[str, ...]]:
    """The stems of a name, and of its first and last words alone: "Miss Reddy" is called Reddy, too.

    >>> sorted(_names_of("Miss Reddy"))
    [('miss', 'reddy'), ('reddy',)]
    """
    words = stems(value)
    if not 0 < len(words) <= LONGEST_NAME or any(letter.isdigit() for letter in value):
        return set()
    own = [word for word in words if word not in _TITLES]
    return {words, *((word,) for word in (*own[:1], *own[-1:]))}


_KNOWN: weakref.WeakKeyDictionary[Index, Vocabulary] = weakref.WeakKeyDictionary()


def vocabulary(index: Index) -> Vocabulary:
    """The vocabulary of an index, read once while the index is open; it does not keep the index alive."""
    known = _KNOWN.get(index)
    if known is None:
        known = _KNOWN[index] = _read(weakref.proxy(index))
    return known


def _read(index: Index) -> Vocabulary:
    counted = (
        "tags",
        "links",
        "metadata",
        "prices",
        "events",
        "notes",
        "documents",
        "balances",
        "budgets",
        "queries",
        "commodities",
    )
    row = index.query("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in counted))[0]
    counts = dict(zip(counted, row, strict=True))
    tags = dict(index.query("SELECT tag, count(*) FROM tags GROUP BY 1 ORDER BY 1")) if counts["tags"] else {}
    keys = dict(index.query("SELECT key, count(*) FROM metadata GROUP BY 1 ORDER BY 1")) if counts["metadata"] else {}
    events = (
        tuple(row[0] for row in index.query("SELECT DISTINCT type FROM events ORDER BY 1")) if counts["events"] else ()
    )
    roots = {fold(name): root for root, name in index.ledger.root_names.items()}
    return Vocabulary(index, _accounts(index), tags, _commodities(index), keys, events, counts, roots)


def _accounts(index: Index) -> tuple[Account, ...]:
    postings: dict[str, int] = defaultdict(int)
    facts: dict[str, tuple[Root, bool]] = {}
    rows = index.query("SELECT account, root, postings, close_date IS NOT NULL FROM accounts ORDER BY account")
    for name, root, count, closed in rows:
        parts = name.split(":")
        for depth in range(2, len(parts) + 1):
            above = ":".join(parts[:depth])
            postings[above] += count or 0
            if depth == len(parts):
                facts[above] = (Root(root), bool(closed))
            else:
                facts.setdefault(above, (Root(root), False))
    return tuple(_account(name, *facts[name], postings[name]) for name in sorted(facts))


def _account(name: str, root: Root, closed: bool, postings: int) -> Account:  # noqa: FBT001
    parts = name.split(":")
    path = frozenset(word for part in parts[1:] for word in name_stems(part))
    return Account(name, root, len(parts), name_stems(parts[-1]), path, postings, closed)


def _commodities(index: Index) -> dict[str, Commodity]:
    names = dict(
        index.query(
            "SELECT c.currency, m.value FROM commodities c JOIN metadata m USING (entry_id)"
            " WHERE m.posting_id IS NULL AND m.key = 'name'"
        )
    )
    rows = index.query(
        "SELECT currency, operating, postings, held_at_cost, currency IN (SELECT currency FROM prices)"
        " FROM currencies ORDER BY postings DESC, currency"
    )
    return {
        code: Commodity(code, bool(main), used or 0, bool(cost), bool(priced), names.get(code, ""))
        for code, main, used, cost, priced in rows
    }
