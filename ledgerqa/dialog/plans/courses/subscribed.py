"""What nobody has subscribed to, however regularly it is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_NO_SUBSCRIPTIONS: Final = (
    "rent", "mortgage", "housing", "loan", "interest", "groceries", "food", "restaurant", "electricity", "gas_heating",
    "water", "insurance", "health_insurance", "car_insurance", "taxes", "income_tax", "property_tax", "social_security",
    "fees", "salary", "transport", "fuel", "childcare", "education", "savings", "pension", "depreciation",
)  # fmt: skip


def not_subscribed(asked: Asked) -> tuple[str, ...]:
    """The accounts of what comes round without that anybody has subscribed to it: a home, a living, a tax."""
    return accounts_of_group(asked, Root.EXPENSES, *_NO_SUBSCRIPTIONS)
