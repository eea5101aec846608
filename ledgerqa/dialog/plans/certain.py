"""Questions whose own words say for certain what is asked, whatever a model makes of them and whatever else they hold.

These are planned before a word that stands nowhere in the ledger is held against a question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.book.dealings import dealings
from ledgerqa.dialog.plans.book.event_by_event import event_by_event
from ledgerqa.dialog.plans.book.labels import labelled
from ledgerqa.dialog.plans.book.lacking import lacking
from ledgerqa.dialog.plans.book.misspelt import misspelt
from ledgerqa.dialog.plans.book.without_papers import without_papers
from ledgerqa.dialog.plans.book.yes_or_no import yes_or_no
from ledgerqa.dialog.plans.cash.arrears import arrears
from ledgerqa.dialog.plans.cash.came_back import came_back
from ledgerqa.dialog.plans.cash.came_in import came_in
from ledgerqa.dialog.plans.cash.deposits_held import deposit_held
from ledgerqa.dialog.plans.cash.each_of_a_kind import each_of_a_kind
from ledgerqa.dialog.plans.cash.earned import earned
from ledgerqa.dialog.plans.cash.grants import grant
from ledgerqa.dialog.plans.cash.let_out import let_out
from ledgerqa.dialog.plans.cash.margins import gross_profit
from ledgerqa.dialog.plans.cash.netted import netted
from ledgerqa.dialog.plans.cash.not_paid import not_paid
from ledgerqa.dialog.plans.cash.outcomes import left_of_a_fund, outcome_of
from ledgerqa.dialog.plans.cash.own_keep import own_keep
from ledgerqa.dialog.plans.cash.owner import owner
from ledgerqa.dialog.plans.cash.paid_from import paid_from
from ledgerqa.dialog.plans.cash.paid_up import paid_up
from ledgerqa.dialog.plans.cash.parts_of import part_of
from ledgerqa.dialog.plans.cash.pay import employers_part
from ledgerqa.dialog.plans.cash.paying import paying
from ledgerqa.dialog.plans.cash.reimbursed import reimbursed
from ledgerqa.dialog.plans.cash.set_aside import set_aside
from ledgerqa.dialog.plans.cash.settling_time import settling_time
from ledgerqa.dialog.plans.cash.shares import share
from ledgerqa.dialog.plans.cash.suppliers import from_suppliers
from ledgerqa.dialog.plans.cash.trips import latest_trip, trips_ranked
from ledgerqa.dialog.plans.cash.vat import taxes_paid, value_added_tax
from ledgerqa.dialog.plans.comparing import by_periods
from ledgerqa.dialog.plans.wealth.all_told import whole
from ledgerqa.dialog.plans.wealth.allocation import allocation
from ledgerqa.dialog.plans.wealth.both_gains import both_gains, no_yield
from ledgerqa.dialog.plans.wealth.brokers import by_broker
from ledgerqa.dialog.plans.wealth.counted_things import things_counted
from ledgerqa.dialog.plans.wealth.eves import held_then, on_the_eve, price_then
from ledgerqa.dialog.plans.wealth.exchanges import exchanged
from ledgerqa.dialog.plans.wealth.holdings import at_two_times
from ledgerqa.dialog.plans.wealth.in_credit import in_credit
from ledgerqa.dialog.plans.wealth.investments import investment
from ledgerqa.dialog.plans.wealth.lots import open_lots
from ledgerqa.dialog.plans.wealth.lowest import below_zero
from ledgerqa.dialog.plans.wealth.owed_for_what import owed_for_what
from ledgerqa.dialog.plans.wealth.own_things import own_thing, owned, worn_by
from ledgerqa.dialog.plans.wealth.realised import gain_of_sale, sold_at_a_loss
from ledgerqa.dialog.plans.wealth.weights import weight
from ledgerqa.records import Plan, Refusal, Root

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.dialog.plans.asked import Asked


def _gain(asked: Asked) -> Plan | None:
    """What a sale gained, whatever it is called to sell."""
    planned = gain_of_sale(asked) if asked.key is None else None
    return planned if isinstance(planned, Plan) else None


def _part(asked: Asked) -> Plan | None:
    """As in "withholding tax on dividends": what is spent there, and no income."""
    flows = (
        {asked.names.by_name[name].root for each in asked.said.phrases[:1] for name in each.best.values}
        if (asked.said.phrases and asked.said.phrases[0].best.kind == "account")
        else set()
    )
    planned = part_of(asked) if asked.key is None and flows == {Root.EXPENSES} else None
    return planned if isinstance(planned, Plan) else None


_MAKERS: Final[tuple[Callable[[Asked], Plan | Refusal | None], ...]] = (
    exchanged,
    event_by_event,
    things_counted,
    trips_ranked,
    latest_trip,
    each_of_a_kind,
    settling_time,
    came_back,
    deposit_held,
    set_aside,
    by_broker,
    allocation,
    weight,
    share,
    employers_part,
    on_the_eve,
    price_then,
    held_then,
    no_yield,
    sold_at_a_loss,
    both_gains,
    _gain,
    from_suppliers,
    netted,
    _part,
    gross_profit,
    outcome_of,
    left_of_a_fund,
    grant,
    in_credit,
    below_zero,
    arrears,
    not_paid,
    reimbursed,
    lacking,
    without_papers,
    own_keep,
    owner,
    misspelt,
    dealings,
    whole,
    came_in,
    earned,
    value_added_tax,
    taxes_paid,
    paying,
    paid_from,
    let_out,
    paid_up,
    open_lots,
    owed_for_what,
    yes_or_no,
    labelled,
    investment,
    worn_by,
    owned,
    own_thing,
)


def for_certain(asked: Asked) -> Plan | Refusal | None:
    """The plan of the first maker that knows the words, or why there is none; None where none does."""
    plan = next((plan for make in _MAKERS if (plan := make(asked))), None)
    return at_two_times(by_periods(plan, asked), asked) if isinstance(plan, Plan) else plan
