"""What was gained or lost by selling: what the entries that sell a security book to the accounts of gains."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.asked import Asked, happened, ordered
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.plans.wealth.kinds import of_known_kinds
from ledgerqa.dialog.plans.wealth.securities import commodities_named, only_in_general
from ledgerqa.records import TIME_GROUPINGS, Filters, Measure, Mention, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.records import Outcome

_SALE: Final = (
    r"\b(?:sales?|sold|sell|selling|dump(?:ed|ing)?|offload(?:ed|ing)?|cash(?:ed|ing) (?:in|out)|g[eo]t(?:ting)? rid of"
    r"|part(?:ed|ing) with|let(?:ting)? go of)\b"
)
_GAIN: Final = r"\b(?:gains?|gained|profits?|loss(?:es)?|lost|lose|made|make|p ?& ?l|pnl|capital gains?)\b"
_REALISED: Final = r"\breali[sz](?:ed?|ing)\b"
_STILL_HELD: Final = r"\bunreali[sz]ed\b|\bif (?:i|we) (?:\w+ )?s(?:old|ell)\b"
_ON_IT: Final = (
    r"\b(?:gain(?:ed|s)?|profit(?:s|ed)?|loss(?:es)?|lost|lose|made|make|p ?& ?l|pnl)\b(?: (?:\w+ ){0,2}?)?"
    r"(?:on|from|with|out of)\b"
)
_MOST_TEXTS: Final = 40


_AT_A_LOSS: Final = (
    r"\b(?:sold|sell|sales?|selling)\b.*\bat (?:a |any )?(?P<way>loss|gain|profit)(?:es|s)?\b"
    r"|\b(?P<kind>loss|gain|profit)[- ]?making sales?\b"
)


def sold_at_a_loss(asked: Asked) -> Plan | None:
    """As in "did I sell anything at a loss": what sales booked to the accounts of gains, on that side alone."""
    found = re.search(_AT_A_LOSS, asked.said.folded)
    gains = _gained_on(asked) if found else ()
    if found is None or not gains or commodities_named(asked):
        return None
    lost = (found["way"] or found["kind"]) == "loss"
    note = f"{'losses' if lost else 'gains'} = what sales booked to {', '.join(gains)}"
    filters = Filters(accounts=gains, sign=1 if lost else -1)
    return ordered(Plan(Measure.LIST, filters, happened(asked), reading=(note,)), asked)


def gain_of_sale(asked: Asked) -> Outcome | None:
    """As in "profit on the sale of X", "realised gain on X", "what did I lose on X", where none of X is left."""
    if not (asked.has(_GAIN) or asked.has(_REALISED)) or asked.has(_STILL_HELD):
        return None
    gains = accounts_of_group(asked, Root.INCOME, "capital_gains", each_one=True)
    gains = gains or _gained_on(asked)
    in_general, sale = only_in_general(asked), asked.has(_SALE)
    codes = of_known_kinds(asked) if in_general else _sold(asked)
    sold_so = codes and (asked.has(_REALISED) or (asked.has(_ON_IT) and _all_sold(asked, codes)))
    if not gains or not (sold_so or (sale and (codes or in_general))):
        return None
    filters = _booked_by_sales(asked, gains, codes) if codes else Filters(accounts=gains)
    sold = " and ".join(codes)
    if filters is None:
        sentence = f"The gains on sales of {sold} bear the same words as other gains, so they cannot be told apart."
        return Refusal(sentence, ("How much were the realised gains by month?",))
    told = f"what entries that sell {sold} book to" if codes else "gains of sales ="
    return ordered(
        Plan(
            asked.intent.measure if asked.intent.measure in {Measure.LIST, Measure.COUNT} else Measure.SUM,
            filters,
            happened(asked),
            group_by=tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS),
            reading=(f"{told} {', '.join(filters.accounts)}",),
        ),
        asked,
    )


def _gained_on(asked: Asked) -> tuple[str, ...]:
    """The accounts of income of entries that sell what is held at cost, where no account is called after gains."""
    rows = asked.names.index.query(
        "SELECT DISTINCT g.account FROM postings g JOIN postings s USING (entry_id) WHERE g.root = 'income'"
        " AND s.root = 'assets' AND s.number < 0 AND s.cost_currency IS NOT NULL ORDER BY 1"
    )
    return tuple(name for (name,) in rows)


def _sold(asked: Asked) -> tuple[str, ...]:
    """The securities whose sale is asked about."""
    known = asked.names.commodities
    named = [*asked.scope.filters.currencies, *asked.scope.currencies]
    named += [option.values[0] for each in asked.said.phrases if (option := each.of_kind("currency"))]
    codes = tuple(code for code in dict.fromkeys(named) if code in known and known[code].held_at_cost)
    return codes or commodities_named(asked)


def _all_sold(asked: Asked, codes: tuple[str, ...]) -> bool:
    """Whether they were held, and nothing is left of them: what was gained can only be what their sales gained."""
    rows = asked.names.index.query(
        "SELECT abs(sum(number)) FROM postings WHERE root = 'assets' AND currency IN (SELECT unnest(?)) AND date <= ?",
        [list(codes), asked.today],
    )
    return rows[0][0] is not None and not rows[0][0]


def _booked_by_sales(asked: Asked, gains: tuple[str, ...], codes: tuple[str, ...]) -> Filters | None:
    """What tells the gains on these from others: an account called after them, the one they lay on, or the words.

    None where nothing does.
    """
    if own := tuple(name for name in gains if any(code in name.split(":") for code in codes)):
        return Filters(accounts=own)
    accounts = tuple(_distinct(asked, "g.account", gains, codes)) or gains
    lay_on = tuple(_distinct(asked, "s.account", gains, codes))
    if lay_on and not _others_lie_on(asked, lay_on, gains, codes):
        return Filters(accounts=accounts, alongside=lay_on)
    texts = _texts_of_sales(asked, gains, codes)
    sold = Mention(" and ".join(codes), narrations=texts or ())
    return None if texts is None else Filters(accounts=accounts, mentions=(sold,))


_SALES: Final = (
    " FROM postings g JOIN postings s USING (entry_id)"
    " WHERE g.account IN (SELECT unnest(?)) AND s.root = 'assets' AND s.number < 0"
)


def _distinct(asked: Asked, column: str, gains: tuple[str, ...], codes: tuple[str, ...]) -> list[str]:
    """The accounts of one side of the entries that sell these and book a gain."""
    rows = asked.names.index.query(
        f"SELECT DISTINCT {column}{_SALES} AND s.currency IN (SELECT unnest(?)) ORDER BY 1", [list(gains), list(codes)]
    )
    return [name for (name,) in rows]


def _others_lie_on(asked: Asked, lay_on: tuple[str, ...], gains: tuple[str, ...], codes: tuple[str, ...]) -> bool:
    """Whether an entry that books a gain touches these accounts without selling these, or sells others as well."""
    return bool(
        asked.names.index.query(
            "SELECT 1 FROM postings g JOIN postings s USING (entry_id) WHERE g.account IN (SELECT unnest(?))"
            " AND (s.account IN (SELECT unnest(?)) OR s.cost_currency IS NOT NULL) GROUP BY g.entry_id"
            " HAVING count(*) FILTER (s.account IN (SELECT unnest(?))) > 0 AND (bool_or(s.cost_currency IS NOT NULL"
            " AND s.currency NOT IN (SELECT unnest(?))) OR NOT bool_or(s.currency IN (SELECT unnest(?)))) LIMIT 1",
            [list(gains), list(lay_on), list(lay_on), list(codes), list(codes)],
        )
    )


def _texts_of_sales(asked: Asked, gains: tuple[str, ...], codes: tuple[str, ...]) -> tuple[str, ...] | None:
    """The narrations of the entries that sell these commodities; None where other gains bear them too."""
    sells = "e.entry_id IN (SELECT entry_id FROM postings WHERE currency IN (SELECT unnest(?)) AND number < 0)"
    rows = asked.names.index.query(
        f"SELECT e.narration, bool_and({sells}) AS all_sell, bool_or({sells})"
        " FROM entries e WHERE e.entry_id IN (SELECT entry_id FROM postings WHERE account IN (SELECT unnest(?)))"
        " GROUP BY 1",
        [list(codes), list(codes), list(gains)],
    )
    sold = [(text, every) for text, every, some in rows if some]
    if not sold or len(sold) > _MOST_TEXTS or not all(every and text for text, every in sold):
        return None
    return tuple(text for text, _ in sold)
