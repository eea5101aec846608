"""The values that cross a stage: small, frozen, and with nothing of DuckDB or Beancount in them.

A question becomes a `Plan`; a plan run over an index becomes `Evidence` (a `Table` of exact rows, the entries
it rests on, derived `Fact`s); evidence becomes an `Answer` with `Citation`s.  Every figure is a `Decimal`.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

# --------------------------------------------------------------------------------------------------- the plan


class Measure(enum.StrEnum):
    """What a plan computes.  Closed: each has one compilation to SQL and one plain sentence."""

    SUM = "sum"  # what moved in the period: spending, income, or any account's flow
    COUNT = "count"  # how many (`Plan.count_of`)
    AVERAGE = "average"  # the sum over a divisor (`Plan.per`)
    LIST = "list"  # the postings or entries themselves; with order and limit 1: the latest, the largest, ...
    BALANCE = "balance"  # what an account holds at the end of the period; grouped by time: at each end
    NET_WORTH = "net_worth"  # the balance of assets and liabilities together
    HOLDINGS = "holdings"  # commodities held: units, cost, market value, unrealised gain
    NET_INCOME = "net_income"  # income less expenses, as one figure
    INCOME_STATEMENT = "income_statement"  # income and expenses by account
    BALANCE_SHEET = "balance_sheet"  # assets, liabilities and equity by account
    PRICE = "price"  # the price of a commodity at a date; with order: its highest, lowest, latest
    BUDGET = "budget"  # fava's custom "budget" against what was spent; `Plan.failing` keeps those exceeded
    METADATA = "metadata"  # values of a metadata key on entries, accounts or commodities
    ACCOUNTS = "accounts"  # accounts, with when they were opened and closed
    COMMODITIES = "commodities"
    EVENTS = "events"
    NOTES = "notes"
    DOCUMENTS = "documents"
    BALANCE_CHECKS = "balance_checks"  # balance assertions; `Plan.failing` keeps those that do not hold
    QUERIES = "queries"  # the ledger's own `query` directives
    LEDGER_ERRORS = "ledger_errors"
    RECURRING = "recurring"  # payments that come round: cadence, usual amount, last seen
    GAPS = "gaps"  # calendar periods in which nothing matches


class Grouping(enum.StrEnum):
    """By what rows are gathered.  `ACCOUNT` obeys `Plan.account_depth`, `METADATA` is by values of `Plan.by_key`."""

    ACCOUNT = "account"
    PAYEE = "payee"
    NARRATION = "narration"
    TAG = "tag"
    LINK = "link"
    CURRENCY = "currency"
    METADATA = "metadata"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    WEEKDAY = "weekday"


TIME_GROUPINGS = frozenset({Grouping.DAY, Grouping.WEEK, Grouping.MONTH, Grouping.QUARTER, Grouping.YEAR})


class Valuation(enum.StrEnum):
    """How an amount is valued, as beanquery does: `units`, `cost(position)`, `value(position, date)`."""

    UNITS = "units"
    COST = "cost"
    MARKET = "market"


class Root(enum.StrEnum):
    """The five account types, whatever the ledger's `name_*` options call their roots."""

    ASSETS = "assets"
    LIABILITIES = "liabilities"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSES = "expenses"


@dataclass(frozen=True)
class Period:
    """The days from `start` up to, not including, `end`; None is open.  `label` is how a sentence names it."""

    start: dt.date | None = None
    end: dt.date | None = None
    label: str = ""

    def __bool__(self) -> bool:
        return self.start is not None or self.end is not None


@dataclass(frozen=True)
class Mention:
    """One name from the question, as this ledger bears it: any of these payees, narrations, or a pattern.

    `pattern` is a regular expression in the part of the syntax that Python and RE2 share, matched anywhere in
    payee or narration without regard to case.  `words` is what the user wrote, for the sentence.
    """

    words: str
    payees: tuple[str, ...] = ()
    narrations: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True)
class MetadataFilter:
    """An entry or one of its postings bears `key`; `value` None means with any value, or with none if `absent`.

    `minimum` and `maximum` bound a value that is a number (themselves counted when `inclusive`).
    """

    key: str
    value: str | None = None
    absent: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    inclusive: bool = False


@dataclass(frozen=True)
class LeftOut:
    """One entry that is not to count: its number in the index that the plan runs over; the rest is the `Entry`'s."""

    entry_id: int
    file: str
    line: int
    end_line: int


@dataclass(frozen=True)
class Filters:
    """Which postings count.  Fields are joined by AND, the alternatives inside one field by OR.

    An account stands for itself and everything below it.  `roots` keeps postings to accounts of those types.  `minimum`
    and `maximum` bound amounts without their sign (inclusive when `inclusive`); `sign` keeps debits (+1) or credits
    (-1).  `alongside` keeps postings whose entry has another posting to one of these accounts (not below),
    `exclude_alongside` those whose entry has none.  Weekdays are 0 (Monday) to 6.  `exclude_entries` a user took out
    one by one.  Of `metadata`, values under one key are alternatives too; of several keys all must hold, as all `tags`
    must where `every_tag`.  `outgoing` leaves out entries that earn more than they cost (salaries), `traded` what an
    entry takes out of assets and puts in again, `moving` entries with equity, `unfiled` those with a document that day.
    """

    roots: tuple[Root, ...] = ()
    accounts: tuple[str, ...] = ()
    exclude_accounts: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    exclude_mentions: tuple[Mention, ...] = ()
    tags: tuple[str, ...] = ()
    exclude_tags: tuple[str, ...] = ()
    exclude_entries: tuple[LeftOut, ...] = ()
    exclude_periods: tuple[Period, ...] = ()
    links: tuple[str, ...] = ()
    metadata: tuple[MetadataFilter, ...] = ()
    currencies: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    inclusive: bool = False
    sign: Literal[-1, 0, 1] = 0
    outgoing: bool = False
    traded: bool = False
    moving: bool = False
    unfiled: bool = False
    alongside: tuple[str, ...] = ()
    exclude_alongside: tuple[str, ...] = ()
    every_tag: bool = False

    @property
    def under_keys(self) -> tuple[tuple[MetadataFilter, ...], ...]:
        """The metadata asked for, key by key: the values under one are alternatives, but each left out is left out."""
        groups: dict[tuple[str, str | None], list[MetadataFilter]] = {}
        for each in self.metadata:
            groups.setdefault((each.key, each.value if each.absent else None), []).append(each)
        return tuple(map(tuple, groups.values()))


@dataclass(frozen=True)
class Order:
    """Rows in order of their date, their amount (without its sign), or their group key.

    Postings in several currencies are put in order by what they come to in the currency `worth`, and told in their own.
    """

    by: Literal["date", "amount", "key"]
    descending: bool = False
    worth: str | None = None


@dataclass(frozen=True)
class Having:
    """Which groups of a breakdown are kept, by their own figure: a sum in the sign people mean, a count, a surplus.

    The limits are within them when `inclusive`; several currencies count as what they come to in the currency `worth`.
    """

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    inclusive: bool = False
    worth: str | None = None


@dataclass(frozen=True)
class Variant:
    """One side of a comparison: the same measure over other filters or another period."""

    label: str
    filters: Filters
    period: Period


@dataclass(frozen=True)
class Plan:
    """A question as a typed query.  It compiles to parameterised SQL and Decimal steps, nothing else.

    `period.end` is the as-of day (exclusive) of balances; `at` the day that market values and rates are taken from
    (None: the newest).  `compare` holds the sides of a comparison; where it is set, `filters` and `period` of the plan
    itself are what the sides have in common.  `per` divides an average; `count_of` says what a count counts.  `meaning`
    is the text to search for by meaning when no name was found.  `having` keeps of a breakdown the groups whose own
    figure is such.  `limit_by` keeps `limit` rows of each of its groups (as SQL's LIMIT BY does in ClickHouse).  `skip`
    rows are passed over before the first ("the second biggest": limit 1, skip 1); `pick` keeps of a list what strays
    from the usual, what looks booked twice, where an amount changed, the two with the longest gap between them, the
    first and the last in their order, invoices that were paid with the days that took, or money that was changed into
    another currency (into `commodity`, out of `quote`); of what recurs that whose price has risen; of that, or of
    payees, what ended or began in the period; and of metadata each value once.  `summed` adds up the values of a
    metadata key, if all are numbers; `averaged` divides that by how many they are; an AVERAGE with a `key` is divided
    by their sum (what a litre cost).
    `reading` are short notes on how the question was understood ("groceries = Expenses:Food:Groceries").
    """

    measure: Measure
    filters: Filters = field(default_factory=Filters)
    period: Period = field(default_factory=Period)
    compare: tuple[Variant, ...] = ()
    group_by: tuple[Grouping, ...] = ()
    account_depth: int | None = None
    order: Order | None = None
    limit: int | None = None
    limit_by: Grouping | None = None
    unit: Literal["posting", "entry"] = "posting"
    count_of: Literal["postings", "entries", "days", "months", "years", "payees", "accounts", "tags", "values"] = (
        "entries"
    )
    per: Literal["booking", "day", "week", "month", "quarter", "year"] = "booking"
    valuation: Valuation = Valuation.UNITS
    at: dt.date | None = None
    convert_to: str | None = None
    commodity: str | None = None
    quote: str | None = None
    key: str | None = None
    by_key: str | None = None
    failing: bool = False
    summed: bool = False
    averaged: bool = False
    skip: int = 0
    pick: Literal[
        "",
        "unusual",
        "twice",
        "gap",
        "ends",
        "settled",
        "exchanged",
        "risen",
        "changed",
        "ended",
        "begun",
        "values",
        "dated",
    ] = ""
    having: Having | None = None
    meaning: str = ""
    reading: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One reading offered when a question is ambiguous: what it says, and the question that means it."""

    label: str
    question: str


@dataclass(frozen=True)
class Clarify:
    """The question has more than one reading, or lacks its subject: ask back."""

    sentence: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """The ledger cannot answer: why, the nearest thing that it can say, and the name it lacks, if it is for that."""

    sentence: str
    suggestions: tuple[str, ...] = ()
    lacks: str = ""


Outcome = Plan | Clarify | Refusal

# ----------------------------------------------------------------------------------------------- the evidence

Cell = Decimal | dt.date | str | int | None


@dataclass(frozen=True)
class Column:
    """A result column; a `number` column that holds money is followed by its `currency` column."""

    name: str
    type: Literal["text", "date", "number", "currency", "integer"]


@dataclass(frozen=True)
class Table:
    """Exact rows, `row_count` in all; `truncated`: `rows` are only some (with `limit_by`, of those asked for)."""

    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    row_count: int = 0
    truncated: bool = False


@dataclass(frozen=True)
class Fact:
    """A figure derived from result rows (a difference, a share, an average, a divisor), and from which rows."""

    name: str
    number: Decimal
    currency: str = ""
    rows: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One directive of the ledger with its place in it: `file` relative to the main file's folder."""

    entry_id: int
    type: str
    date: dt.date
    file: str
    line: int
    end_line: int
    payee: str
    narration: str
    text: str  # the source slice, comments included; "" for entries made by a plugin


@dataclass(frozen=True)
class Statement:
    """A query that ran: DuckDB SQL with its parameters."""

    sql: str
    parameters: tuple[object, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """What a plan gave.  `entry_ids` are the most telling contributing entries first, `contributing` their number.

    `row_entries` gives, for each row of `table`, the entry that the row is (None where a row is an aggregate).
    `period` is the span that the figures really cover, for the sentence.  `unconverted` names currencies for
    which no rate was found, shown in their own units; `rated` are the days of the rates that were the newest on file.
    """

    table: Table
    statements: tuple[Statement, ...] = ()
    bql: str = ""
    facts: tuple[Fact, ...] = ()
    entry_ids: tuple[int, ...] = ()
    contributing: int = 0
    row_entries: tuple[int | None, ...] = ()
    first_date: dt.date | None = None
    last_date: dt.date | None = None
    unconverted: tuple[str, ...] = ()
    rated: tuple[dt.date, ...] = ()
    notes: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------------- the answer


@dataclass(frozen=True)
class Citation:
    """An entry that an answer rests on; `id` is the number in the mark `[1]`."""

    id: int
    entry: Entry
    found_by: tuple[Literal["structured", "dense", "sparse"], ...] = ("structured",)


@dataclass(frozen=True)
class Retrieved:
    """An entry that was searched for beside the exact rows, or found again among them.

    `cosine` is between the question and the entry's text (None where meaning did not find it); `contributes` says
    whether the figure rests on it: one that does not is reading matter, and no source of the answer.  `read` says
    whether the reader was given it.
    """

    entry: Entry
    found_by: tuple[Literal["structured", "dense", "sparse"], ...]
    cosine: float | None = None
    contributes: bool = True
    read: bool = False


@dataclass(frozen=True)
class Considered:
    """What some words of the question may have meant: `score` decides, by `reason`, whether it was taken."""

    words: str
    name: str
    score: float
    kept: bool
    reason: str


@dataclass(frozen=True)
class Draft:
    """One sentence of the reader, before the gate."""

    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True)
class Verification:
    """What the gate did: numbers checked; the reader's sentences drafted, shown and dropped, and why."""

    numbers: int = 0
    drafted: int = 0
    shown: int = 0
    dropped: int = 0
    unsupported: tuple[str, ...] = ()


@dataclass(frozen=True)
class IndexInfo:
    """The index that answered.  `stale` is true where a file of the ledger changed since `built_at` (UTC)."""

    generation: int
    built_at: dt.datetime
    entries: int
    ledger_errors: int
    stale: bool = False


@dataclass(frozen=True)
class Timings:
    """Wall-clock milliseconds of each stage."""

    plan: float = 0.0
    structured: float = 0.0
    dense: float = 0.0
    read: float = 0.0
    total: float = 0.0


@dataclass(frozen=True)
class Model:
    """A model that took part: its name and the sha256 of its weights."""

    name: str
    sha256: str = ""


@dataclass(frozen=True)
class Answer:
    """All that there is to say to one question; `terminal` renders it, as prose or as the JSON contract."""

    question: str
    today: dt.date
    status: Literal["answered", "clarify", "unanswerable", "error"]
    answer: str
    plan: Plan | None = None
    evidence: Evidence | None = None
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    warnings: tuple[str, ...] = ()
    verification: Verification = field(default_factory=Verification)
    index: IndexInfo | None = None
    timings: Timings = field(default_factory=Timings)
    reader: Model | None = None
    embedder: Model | None = None
    planner: Model | None = None  # the language model whose plan this is; None where the rules planned
    retrieved: tuple[Retrieved, ...] = ()
    considered: tuple[Considered, ...] = ()
    notes: tuple[str, ...] = ()  # what was cut of what the reader was given
