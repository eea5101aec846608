"""The same plan in BQL, for who wants to check or reuse it with bean-query.

A comparison is one query a side, a line each.  What BQL cannot say gives "": groups by tag or link, series of
balances, entries as such, budgets, recurring payments, gaps, averages whose divisor depends on what is found, and
leaving out an entry that a plugin made.
The rows are those of `gather`, but for their form: an inventory holds all currencies of a group, a year is a
number, a weekday has three letters, and a missing payee is NULL.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.evidence.balances import BALANCE_SHEET, INCOME_STATEMENT, NET_WORTH, valuation_day
from ledgerqa.evidence.bql_filters import conditions, joined, listed, on_accounts, quoted, said, within
from ledgerqa.evidence.groups import time_group
from ledgerqa.evidence.prices import as_of, price_span
from ledgerqa.evidence.spans import DAY, count_spans, count_weekdays
from ledgerqa.evidence.sums import NET_INCOME_ROOTS
from ledgerqa.plan_keys import ENDS, IN_ALL, LOTS, OPEN_LOTS, UNUSED, USUAL_DAY
from ledgerqa.records import Filters, Grouping, Measure, Order, Period, Root, Valuation

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from ledgerqa.corpus import LedgerFacts
    from ledgerqa.records import Plan

_KEYS = {
    Grouping.ACCOUNT: "account",
    Grouping.PAYEE: "payee",
    Grouping.NARRATION: "narration",
    Grouping.CURRENCY: "currency",
    Grouping.DAY: "date",
    Grouping.WEEK: "str(date_part('isoyear', date)) + '-W' + substr(str(100 + date_part('week', date)), 1, 3)",
    Grouping.MONTH: "substr(str(date), 0, 7)",
    Grouping.QUARTER: "quarter(date)",
    Grouping.YEAR: "year",
    Grouping.WEEKDAY: "weekday(date)",
}
_COUNTED = {
    "entries": "id",
    "days": "date",
    "months": "substr(str(date), 0, 7)",
    "years": "year",
    "payees": "payee",
    "accounts": "account",
}


def bql(plan: Plan, ledger: LedgerFacts, today: dt.date) -> str:
    """The plan as BQL that beanquery runs; "" where BQL cannot say it."""
    say = _MEASURES.get(plan.measure)
    if say is None or not all(each.file for one in _all_filters(plan) for each in one.exclude_entries):
        return ""
    if any(one.outgoing or one.traded or one.moving or one.unfiled for one in _all_filters(plan)):
        return ""  # BQL has no condition over an entry's other postings
    if not plan.compare:
        return say(plan, (plan.filters,), ledger, today)
    queries = [
        say(
            replace(plan, period=_both(plan.period, variant.period), compare=()),
            (plan.filters, variant.filters),
            ledger,
            today,
        )
        for variant in plan.compare
    ]
    return "\n".join(queries) if all(queries) else ""


def _all_filters(plan: Plan) -> tuple[Filters, ...]:
    return (plan.filters, *(variant.filters for variant in plan.compare))


def _both(common: Period, own: Period) -> Period:
    return own or common


# --------------------------------------------------------------------------------------------------- sums


def _sum(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, _today: dt.date) -> str:
    return _grouped(plan, filters, ledger, within(plan.period), plan.at)


def _net_income(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, today: dt.date) -> str:
    return _sum(plan, (*filters, Filters(roots=NET_INCOME_ROOTS)), ledger, today)


def _balance(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, _today: dt.date) -> str:
    if time_group(plan) is not None:
        return ""
    end = plan.period.end
    return _grouped(plan, filters, ledger, within(Period(end=end)), valuation_day(plan, end))


def _net_worth(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, today: dt.date) -> str:
    return _balance(plan, (*filters, NET_WORTH), ledger, today)


def _income_statement(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, today: dt.date) -> str:
    by_account = replace(plan, group_by=(Grouping.ACCOUNT,))
    return _sum(by_account, (*filters, Filters(roots=INCOME_STATEMENT)), ledger, today)


def _balance_sheet(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, today: dt.date) -> str:
    by_account = replace(plan, group_by=(Grouping.ACCOUNT,))
    return _balance(by_account, (*filters, Filters(roots=BALANCE_SHEET)), ledger, today)


def _grouped(
    plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, span: Sequence[str], at: dt.date | None
) -> str:
    if plan.having or plan.limit_by:
        return ""
    if plan.limit is not None and plan.group_by:
        return _limited(plan, filters, ledger, span)
    keys = _keys(plan)
    if keys is None:
        return ""
    where = joined([*conditions(filters, ledger), *span])
    columns = [*_named(keys), _summed(plan, filters, at)]
    return f"SELECT {', '.join(columns)}{where}{_group_by(keys)}{_key_order(plan, keys)}"


def _limited(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, span: Sequence[str]) -> str:
    """The first rows of a breakdown: a row for each currency, as `gather` orders them."""
    keys = _keys(plan)
    if keys is None or plan.key == ENDS or plan.valuation is not Valuation.UNITS or plan.convert_to is not None:
        return ""
    bearing = [f"any_meta({quoted(plan.by_key)}) IS NOT NULL"] if plan.by_key else []
    where = joined([*conditions(filters, ledger), *span, *bearing])
    order = plan.order or Order("amount", descending=True)
    if order.by != "amount" or time_group(plan) is not None or Grouping.WEEKDAY in plan.group_by:
        return ""
    direction = " DESC" if order.descending else ""
    ranks = [f"first(currency) = {quoted(currency)} DESC" for currency in ledger.operating_currencies]
    if any(len(one.currencies) == 1 for one in filters):
        ranks = []
    elif not ranks:
        return ""
    surplus = plan.measure is Measure.NET_INCOME  # a credit, and more than any deficit
    ranks.append(f"{'neg(sum(number))' if surplus else 'abs(sum(number))'}{direction}")
    columns = [*_named(keys), "currency", "sum(number)"]
    grouped = ", ".join([*(f"key{place}" for place in range(len(keys))), "currency"])
    return f"SELECT {', '.join(columns)}{where} GROUP BY {grouped} ORDER BY {', '.join(ranks)} LIMIT {plan.limit}"


def _keys(plan: Plan) -> list[str] | None:
    """What is grouped by; None where BQL has no such key."""
    own = {Grouping.METADATA: f"str(any_meta({quoted(plan.by_key)}))"} if plan.by_key else {}
    keys = [own.get(grouping) or _KEYS.get(grouping) for grouping in dict.fromkeys(plan.group_by)]
    if plan.account_depth is not None:
        keys = [f"root(account, {max(plan.account_depth, 1)})" if key == "account" else key for key in keys]
    known = [key for key in keys if key is not None]
    return known if len(known) == len(keys) else None


def _named(keys: Sequence[str]) -> list[str]:
    return [f"{key} AS key{place}" for place, key in enumerate(keys)]


def _group_by(keys: Sequence[str]) -> str:
    return f" GROUP BY {', '.join(f'key{place}' for place in range(len(keys)))}" if keys else ""


def _key_order(plan: Plan, keys: Sequence[str]) -> str:
    """Only an order by keys is BQL's as well: an inventory has no size."""
    if not keys or (plan.order is not None and plan.order.by == "amount"):
        return ""
    direction = " DESC" if plan.order is not None and plan.order.descending else ""
    return f" ORDER BY {', '.join(f'key{place}{direction}' for place in range(len(keys)))}"


def _summed(plan: Plan, filters: Sequence[Filters], at: dt.date | None) -> str:
    """The sum as the plan values it.  Income and expenses hold no lots; elsewhere lots are put together."""
    day = "" if at is None else f", {at.isoformat()}"
    if plan.convert_to is not None:
        inner = "cost(sum(position))" if plan.valuation is Valuation.COST else "sum(position)"
        return f"convert({inner}, {quoted(plan.convert_to)}{day})"
    if plan.valuation is Valuation.COST:
        return "cost(sum(position))"
    if plan.valuation is Valuation.MARKET:
        return f"value(sum(position){day})"
    flows = any(one.roots and set(one.roots) <= {Root.INCOME, Root.EXPENSES} for one in filters)
    return "sum(position)" if flows else "units(sum(position))"


def _valued(plan: Plan) -> str:
    """One position as the plan values it."""
    day = "" if plan.at is None else f", {plan.at.isoformat()}"
    if plan.convert_to is not None:
        inner = "cost(position)" if plan.valuation is Valuation.COST else "position"
        return f"convert({inner}, {quoted(plan.convert_to)}{day})"
    if plan.valuation is Valuation.MARKET:
        return f"value(position{day})"
    return "cost(position)" if plan.valuation is Valuation.COST else "units(position)"


# --------------------------------------------------------------------------------------- averages and counts


def _average(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, today: dt.date) -> str:
    keys, divisor = _keys(plan), _divisor(plan, filters, today)
    if keys is None or not divisor or plan.commodity is not None or plan.limit is not None or plan.key:
        return ""
    where = joined([*conditions(filters, ledger), *within(plan.period)])
    plain = plan.valuation is Valuation.UNITS and plan.convert_to is None
    number = "number" if plain else f"number({_valued(plan)})"
    currency = "currency" if plain else f"currency({_valued(plan)}) AS in_currency"
    group = [*(f"key{place}" for place in range(len(keys))), "currency" if plain else "in_currency"]
    columns = [*_named(keys), f"safediv(sum({number}), {divisor})", currency]
    return f"SELECT {', '.join(columns)}{where} GROUP BY {', '.join(group)}{_key_order(plan, keys)}"


def _divisor(plan: Plan, filters: Sequence[Filters], today: dt.date) -> str:
    """What an average is divided by; "" where that depends on what is found."""
    if plan.per == "booking":
        return "count(*)"
    start, end = plan.period.start, plan.period.end
    if start is None or time_group(plan) is not None or any(one.exclude_periods for one in filters):
        return ""
    tomorrow = today + DAY
    end = min(end, tomorrow) if end is not None and tomorrow > start else end
    days = next((one.weekdays for one in filters if one.weekdays), ()) if plan.per == "day" else ()
    counted = count_weekdays(start, end or tomorrow, days) if days else None
    return str(count_spans(start, end or tomorrow, Grouping(plan.per)) if counted is None else counted)


def _count(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, _today: dt.date) -> str:
    keys = _keys(plan)
    if keys is None or plan.having or plan.averaged or (plan.limit is not None and keys):
        return ""
    found = [*conditions(filters, ledger), *within(plan.period)]
    if plan.count_of == "tags":
        return ""
    if plan.count_of == "postings":
        columns = [*_named(keys), "count(*)"]
        return f"SELECT {', '.join(columns)}{joined(found)}{_group_by(keys)}{_key_order(plan, keys)}"
    if plan.count_of == "payees":
        found.append("payee != ''")
    counted = f"str(any_meta({quoted(plan.by_key or '')}))" if plan.count_of == "values" else _COUNTED[plan.count_of]
    if plan.count_of == "values":
        found.append(f"any_meta({quoted(plan.by_key or '')}) IS NOT NULL")
    inner = f"SELECT DISTINCT {', '.join([*_named(keys), f'{counted} AS counted'])}{joined(found)}"
    outer = [*(f"key{place}" for place in range(len(keys))), "count(counted)"]
    return f"SELECT {', '.join(outer)} FROM ({inner}){_group_by(keys)}{_key_order(plan, keys)}"


# --------------------------------------------------------------------------------------------------- listings


def _list(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, _today: dt.date) -> str:
    if plan.unit == "entry" or plan.limit_by or (plan.order is not None and plan.order.worth):
        return ""
    columns = ["date", "payee", "narration", "account", _valued(plan)]
    if plan.key == LOTS:
        columns += ["cost_number", "cost_currency", "price"]
    elif plan.key not in {None, USUAL_DAY}:
        columns.append(f"any_meta({quoted(str(plan.key))})")
    where = joined([*conditions(filters, ledger), *within(plan.period)])
    return f"SELECT {', '.join(columns)}{where}{_list_order(plan)}{_limit(plan)}"


def _list_order(plan: Plan) -> str:
    order = plan.order or Order("date")
    direction = " DESC" if order.descending else ""
    size = "abs(number)" if _valued(plan) == "units(position)" else f"abs(number({_valued(plan)}))"
    by = {"date": "date", "amount": size, "key": "account"}[order.by]
    return f" ORDER BY {by}{direction}"


def _limit(plan: Plan) -> str:
    return "" if plan.limit is None else f" LIMIT {plan.limit}"


def _holdings(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, _today: dt.date) -> str:
    if plan.limit is not None or plan.key == IN_ALL:
        return ""
    named = any(one.accounts or one.roots for one in filters)
    implied = () if named else (Filters(roots=(Root.ASSETS,)),)
    found = [*conditions((*filters, *implied), ledger), *within(Period(end=plan.period.end))]
    if plan.commodity is not None:
        found.append(f"currency = {quoted(plan.commodity)}")
    elif not any(one.currencies or one.accounts for one in filters):
        if not ledger.operating_currencies:
            return ""
        money = listed("currency", ledger.operating_currencies)
        found.append(f"(cost_currency IS NOT NULL OR NOT {money})")
    if plan.key == OPEN_LOTS:
        keys = [*(_keys(_by_account(plan)) or ()), "currency", "cost_date", "cost_number", "cost_currency"]
        columns = [*_named(keys), "units(sum(position))", "cost(sum(position))"]
        return f"SELECT {', '.join(columns)}{joined(found)}{_group_by(keys)}"
    at = valuation_day(plan, plan.period.end)
    value = _summed(replace(plan, valuation=Valuation.MARKET), filters, at)
    keys = ["currency"] if Grouping.CURRENCY in plan.group_by else [*(_keys(_by_account(plan)) or ()), "currency"]
    columns = [*_named(keys), "units(sum(position))", "cost(sum(position))", value]
    return f"SELECT {', '.join(columns)}{joined(found)}{_group_by(keys)}"


def _by_account(plan: Plan) -> Plan:
    return replace(plan, group_by=(Grouping.ACCOUNT,))


def _price(plan: Plan, filters: Sequence[Filters], _ledger: LedgerFacts, _today: dt.date) -> str:
    commodities = (plan.commodity,) if plan.commodity is not None else filters[0].currencies
    if time_group(plan) is not None or (as_of(plan) and (plan.quote is None or not commodities)):
        return ""
    found = list(within(price_span(plan)))
    if commodities:
        found.append(listed("currency", commodities))
    if plan.quote is not None:
        found.append(f"currency(amount) = {quoted(plan.quote)}")
    order = plan.order or Order("date")
    by = "number(amount)" if order.by == "amount" else "date"
    tail = f" ORDER BY {by}{' DESC' if order.descending else ''}{_limit(plan)}"
    if as_of(plan):
        tail = " ORDER BY date DESC LIMIT 1"
    return f"SELECT date, currency, amount FROM #prices{joined(found)}{tail}"


# ------------------------------------------------------------------------------------------------- directives


def _dated(plan: Plan, columns: str, table: str, found: Sequence[str], by: str = "date") -> str:
    order = plan.order or Order("date")
    direction = " DESC" if order.descending else ""
    return f"SELECT {columns} FROM #{table}{joined(found)} ORDER BY {by}{direction}{_limit(plan)}"


def _events(plan: Plan, filters: Sequence[Filters], _ledger: LedgerFacts, _today: dt.date) -> str:
    found = [*within(plan.period), *said(filters, ("type", "description"))]
    if plan.key is not None:
        found.append(f"type = {quoted(plan.key)}")
    return _dated(plan, "date, type, description", "events", found)


def _notes(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, _today: dt.date) -> str:
    found = [*within(plan.period), *on_accounts(filters, ledger), *said(filters, ("comment", "account"))]
    return "" if _tagged(filters) else _dated(plan, "date, account, comment", "notes", found)


def _documents(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, _today: dt.date) -> str:
    found = [*within(plan.period), *on_accounts(filters, ledger), *said(filters, ("filename", "account"))]
    return "" if _tagged(filters) else _dated(plan, "date, account, filename", "documents", found)


def _tagged(filters: Sequence[Filters]) -> bool:
    return any(one.tags or one.links for one in filters)


def _balance_checks(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, _today: dt.date) -> str:
    found = [*within(plan.period), *on_accounts(filters, ledger)]
    found += [listed("currency(amount)", one.currencies) for one in filters if one.currencies]
    if plan.failing:
        found.append("discrepancy IS NOT NULL")
    return _dated(plan, "date, account, amount, discrepancy", "balances", found)


def _accounts(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, _today: dt.date) -> str:
    if plan.key == UNUSED or any(one.currencies or one.mentions for one in filters):
        return ""
    found = on_accounts(filters, ledger)
    moment = {"opened": "open.date", "closed": "close.date"}.get(plan.key or "")
    if moment is not None:
        found += [f"{moment} IS NOT NULL", *within(plan.period, moment)]
    elif plan.period:
        return ""
    dated = moment is not None or (plan.order is not None and plan.order.by == "date")
    return _dated(
        plan, "account, open.date, close.date, open.currencies", "accounts", found, _moment(moment, dated=dated)
    )


def _moment(moment: str | None, *, dated: bool) -> str:
    return (moment or "open.date") if dated else "account"


def _metadata(plan: Plan, filters: Sequence[Filters], ledger: LedgerFacts, _today: dt.date) -> str:
    """Of a commodity, or of postings and their entries; where accounts alone are named, of these as well."""
    if plan.key is None or plan.summed or plan.pick:
        return ""
    key = quoted(plan.key)
    if plan.commodity is not None:
        found = [f"name = {quoted(plan.commodity)}", f"meta[{key}] IS NOT NULL"]
        return f"SELECT date, name, meta[{key}] FROM #commodities{joined(found)}"
    found = [*conditions(filters, ledger), *within(plan.period), f"any_meta({key}) IS NOT NULL"]
    entries = f"SELECT DISTINCT date, description, any_meta({key}){joined(found)}{_list_order(plan)}{_limit(plan)}"
    (only, *more) = filters
    if more or plan.period or only != Filters(accounts=only.accounts, roots=only.roots):
        return entries
    found = [*on_accounts(filters, ledger), f"open.meta[{key}] IS NOT NULL"]
    return f"SELECT open.date, account, open.meta[{key}] FROM #accounts{joined(found)}\n{entries}"


_MEASURES: dict[Measure, Callable[[Plan, Sequence[Filters], LedgerFacts, dt.date], str]] = {
    Measure.SUM: _sum,
    Measure.NET_INCOME: _net_income,
    Measure.COUNT: _count,
    Measure.AVERAGE: _average,
    Measure.LIST: _list,
    Measure.BALANCE: _balance,
    Measure.NET_WORTH: _net_worth,
    Measure.INCOME_STATEMENT: _income_statement,
    Measure.BALANCE_SHEET: _balance_sheet,
    Measure.HOLDINGS: _holdings,
    Measure.PRICE: _price,
    Measure.EVENTS: _events,
    Measure.NOTES: _notes,
    Measure.DOCUMENTS: _documents,
    Measure.BALANCE_CHECKS: _balance_checks,
    Measure.ACCOUNTS: _accounts,
    Measure.METADATA: _metadata,
}
