"""What a figure is of, in words: accounts, payees, tags, limits and the period of a plan, as parts of a sentence."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from ledgerqa.evidence.groups import noun_of
from ledgerqa.grounding.figures import exact, listed, pluralised, span
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Measure, Root, Valuation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.records import Filters, Having, Mention, MetadataFilter, Period, Plan

NAMES_IN_FULL = 4  # more names than these are cut to "a, b, c and others"
STANDING = frozenset({Measure.BALANCE, Measure.NET_WORTH, Measure.BALANCE_SHEET, Measure.HOLDINGS})
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# A label that needs no preposition, because it brings its own or is an adverb.
ADVERBIAL = compiled(
    r"(?:in|on|at|by|since|until|till|from|between|before|after|up|as|over|during|through|around|so far|to date|"
    r"today|now|yesterday|this|last|next|every|each|all time|ever|currently)\b",
    re.IGNORECASE,
)
CLOSING = compiled(r"(?:the )?(?:very )?(?:end|start|beginning|close|middle)\b", re.IGNORECASE)
WITH_ARTICLE = compiled(r"(?:past|previous|current|first|second|third|fourth|latest|same)\b", re.IGNORECASE)
ISO_DAY = compiled(r"\d{4}-\d{2}-\d{2}")
A_DAY = compiled(
    r"\d{1,2}(?:st|nd|rd|th)?(?: of)? [a-z]{3,9}\.?,? \d{4}|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}",
    re.IGNORECASE,
)
THIS_OR_LAST = compiled(r"(?:this|last) (?:day|week|month|quarter|year)\b", re.IGNORECASE)
LONG_TEXT = 90  # characters of a narration or comment shown before it is cut at a word


# ------------------------------------------------------------------------------------------------------ periods


def during(period: Period) -> str:
    """The period of a flow: "in 2023", "on 2024-05-01", "from 2024-01-01 to 2024-03-31", "last year"; "" when open."""
    label = period.label.strip() or _dates(period)
    if not label or ADVERBIAL.match(label):
        return label
    if ISO_DAY.fullmatch(label) or A_DAY.fullmatch(label):
        return f"on {label}"
    if CLOSING.match(label):
        return f"at {label}" if label.startswith("the ") else f"at the {label}"
    if " to " in label:
        return f"from {label}"
    return f"in the {label}" if WITH_ARTICLE.match(label) else f"in {label}"


def at_the_end_of(period: Period) -> str:
    """The day of a balance: "on 2022-06-30", "at the end of 2023"; "" for the newest."""
    if period.end is None:
        return ""
    phrase = during(period)
    if not phrase or ISO_DAY.search(phrase):
        return phrase if phrase.startswith(("on ", "as of ")) else f"on {last_day(period)}"
    if phrase.startswith("in ") or THIS_OR_LAST.match(phrase):
        return f"at the end of {phrase.removeprefix('in ')}"
    return phrase


def last_day(period: Period) -> str:
    """The last day of a period in ISO form; "" where its end is open."""
    return (period.end - dt.timedelta(days=1)).isoformat() if period.end else ""


def _dates(period: Period) -> str:
    """A period without a label, by its days."""
    if period.start and period.end:
        return span(period.start, period.end - dt.timedelta(days=1))
    if period.start:
        return f"since {period.start.isoformat()}"
    return f"until {last_day(period)}" if period.end else ""


def side_name(label: str) -> str:
    """A side of a comparison as a name: "2017" for the period label "in 2017"."""
    return re.sub(r"^(?:in|on|from|as of) (?=\S)", "", label.strip())


def covering(first: dt.date | None, last: dt.date | None) -> str:
    """The span that the matching entries really cover: "(2015-01-04 to 2024-12-20)"."""
    text = span(first, last)
    return f"({text})" if text else ""


# -------------------------------------------------------------------------------------------------------- names


def account_name(account: str) -> str:
    """The last component in words, and the full name: "Member Dues (Revenue:MemberDues)"; a root as it is."""
    leaf = account.rsplit(":", 1)[-1]
    if leaf == account:
        return account
    return f"{re.sub(r'(?<=[a-z])(?=[A-Z])', ' ', leaf)} ({account})"


def account_names(accounts: Sequence[str]) -> str:
    """One account in words with its full name; several by their full names, which alone tell them apart."""
    return account_name(accounts[0]) if len(accounts) == 1 else names(accounts)


def names(items: Sequence[str], conjunction: str = "and") -> str:
    """A few names as a phrase; of many the first few, and that there are others."""
    if len(items) <= NAMES_IN_FULL:
        return listed(items, conjunction)
    return f"{', '.join(items[: NAMES_IN_FULL - 1])} {conjunction} others"


def shown(text: str) -> str:
    """A text of the ledger on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    if len(line) <= LONG_TEXT or " " not in line:
        return line
    cut = line[:LONG_TEXT].rsplit(" ", 1)[0]
    return f"{cut} …"


def capitalised(sentence: str) -> str:
    """With a capital letter to begin with."""
    return f"{sentence[:1].upper()}{sentence[1:]}"


def quoted(text: str) -> str:
    """A text of the ledger in quotation marks."""
    return f"“{shown(text)}”"


def mention_name(mention: Mention) -> str:
    """The name as the ledger bears it where it is one, otherwise the user's own words in quotation marks."""
    if mention.payees == ("",):
        return "no payee"
    if len(mention.payees) == 1 and not mention.narrations:
        return mention.payees[0]
    if len(mention.narrations) == 1 and not mention.payees:
        return quoted(mention.narrations[0])
    return quoted(mention.words or mention.pattern or listed([*mention.payees, *mention.narrations]))


# ------------------------------------------------------------------------------------------------- the subject


def subject(filters: Filters, about: str = "for", at: str = "with", of: str = "") -> str:
    """What a figure is of: "on Groceries (Expenses:Food:Groceries) at Shop, tagged #trip"; "" where all counts.

    `about` stands before accounts, `at` before payees, `of` before the limits of an amount.
    """
    parts = [
        f"{about} {account_names(filters.accounts)}" if filters.accounts else "",
        _mentioned(filters.mentions, at),
    ]
    head = " ".join(part for part in parts if part)
    return ", ".join(part for part in (head, *_qualities(filters, of), *_exceptions(filters)) if part)


def _mentioned(mentions: Sequence[Mention], at: str) -> str:
    """The names looked for: one is "at" a payee, but entries are "with" a narration or a word."""
    if not mentions:
        return ""
    known = all(len(mention.payees) == 1 and all(mention.payees) and not mention.narrations for mention in mentions)
    return f"{at if known else 'with'} {names([mention_name(mention) for mention in mentions])}"


def _qualities(filters: Filters, of: str) -> list[str]:
    """Every filter that is no account and no name, as a participle."""
    return [
        f"in entries with {names(filters.alongside, 'or')}" if filters.alongside else "",
        f"tagged {names([f'#{tag}' for tag in filters.tags], _joint(filters))}" if filters.tags else "",
        f"linked {names([f'^{link}' for link in filters.links], 'or')}" if filters.links else "",
        listed([_under_key(one_key) for one_key in filters.under_keys]),
        "without a document" if filters.unfiled else "",
        f"in {listed(filters.currencies, 'or')}" if filters.currencies else "",
        f"flagged {listed(filters.flags, 'or')}" if filters.flags else "",
        f"on {listed([pluralised(WEEKDAYS[day]) for day in filters.weekdays])}" if filters.weekdays else "",
        f"{of}{bounds}" if (bounds := _bounds(filters)) else "",
    ]


def _joint(filters: Filters) -> str:
    return "and" if filters.every_tag else "or"


def _under_key(one_key: Sequence[MetadataFilter]) -> str:
    """The alternatives under one key: "with trip “rome” or “ghent”"."""
    values = [quoted(each.value) for each in one_key if each.value is not None]
    if len(values) == len(one_key) > 1 and not one_key[0].absent:
        return f"with {one_key[0].key} {names(values, 'or')}"
    return listed([_metadata(each) for each in one_key], "or")


def _metadata(wanted: MetadataFilter) -> str:
    if wanted.absent:
        return f"without {wanted.key}" if wanted.value is None else f"without {wanted.key} {quoted(wanted.value)}"
    low, high, least = wanted.minimum, wanted.maximum, "at least" if wanted.inclusive else "more than"
    most = "at most" if wanted.inclusive else "less than"
    if low is not None or high is not None:
        parts = [f"{word} {exact(bound)}" for word, bound in ((least, low), (most, high)) if bound is not None]
        return f"with {wanted.key} of {' and '.join(parts)}"
    return f"with {wanted.key}" if wanted.value is None else f"with {wanted.key} {quoted(wanted.value)}"


def _bounds(filters: Filters) -> str:
    """The limits on a posting's amount: "of more than 125", "between 10 and 20"."""
    said = within_limits(filters)
    return said if not said or said.startswith("between") else f"of {said}"


def within_limits(limits: Filters | Having) -> str:
    """Limits in words: "more than 125", "between 10 and 20", "exactly 12.50"; nothing where there are none."""
    low, high = limits.minimum, limits.maximum
    if low is not None and high is not None:
        return f"between {exact(low)} and {exact(high)}" if low != high else f"exactly {exact(low)}"
    if low is not None:
        return f"{'at least' if limits.inclusive else 'more than'} {exact(low)}"
    return "" if high is None else f"{'at most' if limits.inclusive else 'less than'} {exact(high)}"


def _exceptions(filters: Filters) -> list[str]:
    both = filters.exclude_accounts and filters.exclude_alongside  # the account, and what else stands in its entries
    beside = filters.exclude_accounts if both else filters.exclude_alongside
    left_out = [
        *([account_names(filters.exclude_accounts)] if filters.exclude_accounts and not beside else []),
        *[
            "entries without a payee" if mention.payees == ("",) else mention_name(mention)
            for mention in filters.exclude_mentions
        ],
        *[f"#{tag}" for tag in filters.exclude_tags],
        *([f"entries with {names(beside, 'or')}"] if beside else []),
        *([_so_many(len(filters.exclude_entries))] if filters.exclude_entries else []),
        *[each.label.removeprefix("in ").removeprefix("on ") for each in filters.exclude_periods],
    ]
    return [f"leaving out {listed(left_out)}"] if left_out else []


def _so_many(entries: int) -> str:
    return "1 entry" if entries == 1 else f"{entries:,} entries"


def kind_of(roots: frozenset[Root]) -> str:
    """What the account types are together: "income", "assets and liabilities", ..."""
    return listed([root.value for root in Root if root in roots])


# ---------------------------------------------------------------------------------------- valuation and grouping


def valuation(plan: Plan) -> str:
    """How amounts are valued and converted, named as every sentence must: "at market prices of 2020-12-31"."""
    day = _valuation_day(plan)
    parts = []
    if plan.valuation is Valuation.COST:
        parts.append("at cost")
    if plan.valuation is Valuation.MARKET:
        parts.append(f"at market prices {day}" if day else "at the newest market prices")
    if plan.convert_to:
        rates = f" at rates {day}" if day else " at the newest rates"
        parts.append(f"converted to {plan.convert_to}{'' if plan.valuation is Valuation.MARKET else rates}")
    return ", ".join(parts)


def _valuation_day(plan: Plan) -> str:
    """The day whose prices count: the plan's own, or for what stands at a day that day."""
    if plan.at is not None:
        return f"of {plan.at.isoformat()}"
    if plan.measure not in STANDING:
        return ""
    if any(each.period for each in plan.compare) or TIME_GROUPINGS.intersection(plan.group_by):
        return "of each day"
    return f"of {last_day(plan.period)}" if plan.period.end else ""


def by_groups(plan: Plan) -> str:
    """How rows are gathered: "by account and month"."""
    return f"by {listed([noun_of(grouping, plan) for grouping in plan.group_by])}" if plan.group_by else ""


def of_each(plan: Plan) -> str:
    """Of what so many rows are kept each, with a space before it: " of each month"; "" where of all."""
    return f" of each {noun_of(plan.limit_by, plan)}" if plan.limit_by is not None else ""


_ORDINALS = ("", "second ", "third ", "fourth ", "fifth ")


def ordinal(skip: int) -> str:
    """Which one is meant after passing over some, with a space after it: "second "; "" for the first."""
    return _ORDINALS[skip] if skip < len(_ORDINALS) else f"{skip + 1}th "
