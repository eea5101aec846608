"""Three and a half years of an invented household, for questions about changes: some prices rise, some things end."""

from __future__ import annotations

import datetime as dt

TODAY = dt.date(2024, 6, 20)
_ACCOUNTS = (
    "Assets:Bank:Giro",
    "Liabilities:Mortgage",
    "Income:Salary",
    "Expenses:Home:Rent",
    "Expenses:Home:Power",
    "Expenses:Home:Water",
    "Expenses:Food:Groceries",
    "Expenses:Fun:Cinema",
    "Expenses:Subscriptions:Music",
    "Expenses:Subscriptions:Paper",
    "Expenses:Travel",
)


def _entry(day: dt.date, payee: str, narration: str, account: str, amount: str) -> str:
    return f'{day} * "{payee}" "{narration}"\n  {account}  {amount} SEK\n  Assets:Bank:Giro\n'


def _months() -> list[dt.date]:
    return [
        dt.date(year, month, 1) for year in range(2021, 2025) for month in range(1, 13) if (year, month) < (2024, 7)
    ]


def ledger() -> str:
    """The ledger: rent to February 2023, then a mortgage; power dearer by the year; music dearer once, a paper not."""
    lines = ['option "operating_currency" "SEK"'] + [f"2021-01-01 open {name}" for name in _ACCOUNTS]
    for first in _months():
        year, month = first.year, first.month
        if first < dt.date(2023, 3, 1):
            lines.append(_entry(first, "Fyr AB", "rent", "Expenses:Home:Rent", "7000" if year < 2022 else "7200"))
        else:
            lines.append(_entry(first, "Fyrbanken", "instalment", "Liabilities:Mortgage", "3000"))
        lines.append(
            _entry(
                first.replace(day=14),
                "Ljusverk",
                "power",
                "Expenses:Home:Power",
                f"{400 + 100 * (year - 2021) + 10 * (month % 4)}",
            )
        )
        lines.append(
            _entry(
                first.replace(day=3),
                "Tonvik",
                "music",
                "Expenses:Subscriptions:Music",
                "99" if first < dt.date(2023, 5, 1) else "119",
            )
        )
        lines.append(_entry(first.replace(day=7), "Dagbladet", "paper", "Expenses:Subscriptions:Paper", "49"))
        for place, (day, amount) in enumerate(((4 + month % 3, 310), (6 + month % 5, 290), (21, 330), (23, 40))):
            shop = ("Torgboden", "Kvarnen")[place % 2]
            spent = f"{amount + 10 * (year - 2021)}"
            lines.append(_entry(first.replace(day=day), shop, "food", "Expenses:Food:Groceries", spent))
        payday = first.replace(day=25 if month != 12 else 22)
        if payday <= TODAY:
            lines.append(_entry(payday, "Hamnverket", "pay", "Income:Salary", f"-{30000 + 1000 * (year - 2021)}"))
    lines = [each for each in lines if "open" in each or each[:10] <= TODAY.isoformat()]
    lines.append(_entry(dt.date(2023, 8, 5), "Farled", "archipelago", "Expenses:Travel", "9000"))
    lines.append(_entry(dt.date(2023, 2, 5), "Kajen", "film", "Expenses:Fun:Cinema", "140"))
    return "\n".join(lines)
