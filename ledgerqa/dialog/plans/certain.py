"""Questions whose own words say for certain what is asked, whatever a model makes of them and whatever else they hold.

These are planned before a word that stands nowhere in the ledger is held against a question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.book.labels import labelled
from ledgerqa.dialog.plans.book.misspelt import misspelt
from ledgerqa.dialog.plans.book.without_papers import without_papers
from ledgerqa.dialog.plans.cash.came_in import came_in
from ledgerqa.dialog.plans.cash.deposits_held import deposit_held
from ledgerqa.dialog.plans.cash.each_of_a_kind import each_of_a_kind
from ledgerqa.dialog.plans.cash.earned import earned
from ledgerqa.dialog.plans.cash.let_out import let_out
from ledgerqa.dialog.plans.cash.margins import gross_profit
from ledgerqa.dialog.plans.cash.not_paid import not_paid
from ledgerqa.dialog.plans.cash.outcomes import left_of_a_fund, outcome_of
from ledgerqa.dialog.plans.cash.own_keep import own_keep
from ledgerqa.dialog.plans.cash.owner import owner
from ledgerqa.dialog.plans.cash.paid_up import paid_up
from ledgerqa.dialog.plans.cash.pay import employers_part
from ledgerqa.dialog.plans.cash.paying import paying
from ledgerqa.dialog.plans.cash.reimbursed import reimbursed
from ledgerqa.dialog.plans.cash.settling_time import settling_time
from ledgerqa.dialog.plans.cash.shares import share
from ledgerqa.dialog.plans.cash.suppliers import from_suppliers
from ledgerqa.dialog.plans.cash.trips import latest_trip, trips_ranked
from ledgerqa.dialog.plans.cash.vat import taxes_paid, value_added_tax
from ledgerqa.dialog.plans.comparing import by_periods
from ledgerqa.dialog.plans.wealth.all_told import whole
from ledgerqa.dialog.plans.wealth.counted_things import things_counted
from ledgerqa.dialog.plans.wealth.eves import on_the_eve
from ledgerqa.dialog.plans.wealth.exchanges import exchanged
from ledgerqa.dialog.plans.wealth.investments import investment
from ledgerqa.dialog.plans.wealth.lots import open_lots
from ledgerqa.dialog.plans.wealth.owed_for_what import owed_for_what
from ledgerqa.dialog.plans.wealth.own_things import own_thing, owned, worn_by
from ledgerqa.dialog.plans.wealth.realised import gain_of_sale
from ledgerqa.dialog.plans.wealth.weights import weight
from ledgerqa.records import Plan, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.dialog.plans.asked import Asked


def _gain(asked: Asked) -> Plan | None:
    """What a sale gained, whatever it is called to sell."""
    planned = gain_of_sale(asked) if asked.key is None else None
    return planned if isinstance(planned, Plan) else None


_MAKERS: Final[tuple[Callable[[Asked], Plan | Refusal | None], ...]] = (
    exchanged,
    things_counted,
    trips_ranked,
    latest_trip,
    each_of_a_kind,
    settling_time,
    deposit_held,
    weight,
    share,
    employers_part,
    on_the_eve,
    _gain,
    from_suppliers,
    gross_profit,
    outcome_of,
    left_of_a_fund,
    not_paid,
    reimbursed,
    without_papers,
    own_keep,
    owner,
    misspelt,
    whole,
    came_in,
    earned,
    value_added_tax,
    taxes_paid,
    paying,
    let_out,
    paid_up,
    open_lots,
    owed_for_what,
    labelled,
    investment,
    worn_by,
    owned,
    own_thing,
)


def for_certain(asked: Asked) -> Plan | Refusal | None:
    """The plan of the first maker that knows the words, or why there is none; None where none does."""
    plan = next((plan for make in _MAKERS if (plan := make(asked))), None)
    return by_periods(plan, asked) if isinstance(plan, Plan) else plan
