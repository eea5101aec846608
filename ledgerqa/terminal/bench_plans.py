"""The plans that `ledgerqa bench` measures: kinds of question that any ledger can be asked."""

from __future__ import annotations

from ledgerqa.records import Filters, Grouping, Measure, Order, Plan, Root


def bench_plans() -> dict[str, Plan]:
    """Plans by the name that the table shows."""
    expenses, income = Filters(roots=(Root.EXPENSES,)), Filters(roots=(Root.INCOME,))
    assets = Filters(roots=(Root.ASSETS,))
    return {
        "spending": Plan(Measure.SUM, expenses),
        "spending by account": Plan(Measure.SUM, expenses, group_by=(Grouping.ACCOUNT,)),
        "spending by month": Plan(Measure.SUM, expenses, group_by=(Grouping.MONTH,)),
        "spending by payee": Plan(Measure.SUM, expenses, group_by=(Grouping.PAYEE,)),
        "income by year": Plan(Measure.SUM, income, group_by=(Grouping.YEAR,)),
        "ten largest expenses": Plan(Measure.LIST, expenses, order=Order("amount", descending=True), limit=10),
        "balances of assets": Plan(Measure.BALANCE, assets, group_by=(Grouping.ACCOUNT,)),
        "net worth": Plan(Measure.NET_WORTH),
        "transactions by month": Plan(Measure.COUNT, group_by=(Grouping.MONTH,)),
    }
