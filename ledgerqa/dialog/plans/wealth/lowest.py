"""Plans for the course of a balance: its lowest and highest day, whether it ever was overdrawn, what it was usually."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.plans.asked import as_of, happened
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Order, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_BELOW: Final = r"(?:below|under|beneath|negative|into (?:the )?(?:red|minus|overdraft)|overdrawn|in(?:to)? minus)"
_ITS: Final = r"(?:its|their) (?:all[- ]time )?"
_BEEN: Final = (
    r"(?:(?:that )?(?:my|our|the) [\w' ]{1,30}?\b"
    r"(?:(?:has|have|had) (?:ever )?(?:been|held|stood|got)|(?:ever )?(?:was|were|stood|got|went|reached)\b)"
    r"|it (?:has )?(?:ever )?(?:been|got))\b"
)
_FELL: Final = (
    r"\b(?:ever|when|lowest|how low|at any (?:time|point)|on (?:which|what) day|did|was|has|have|were)\b.*"
    r"\b(?:(?:go|goes|went|gone|drop(?:ped)?|dip(?:ped)?|fall|fell|fallen|get|got|be|been|was|were|sink|sank|ever|run|ran)"
    rf" (?:\w+ )?{_BELOW}\b|overdrawn|in overdraft"
    r"|(?:have|had|hold|held) (?:\w+ )?less than)\b"
    r"|\b(?:lowest|smallest|minimum|min) (?:ever )?(?:[\w']+ ){0,3}?(?:balance|level|point)\b"
    rf"|\bat {_ITS}(?:low(?:est)?|emptiest)\b|\bhow low (?:did|has|have)\b|\blowest {_BEEN}"
    r"|\bwhen\b.*\bbalances?\b.*\blowest\b"
)
_ROSE: Final = (
    r"\b(?:highest|largest|maximum|max|biggest|peak) (?:ever )?(?:[\w']+ ){0,3}?(?:balance|level)\b"
    rf"|\bat {_ITS}(?:peak|high(?:est)?|fullest)\b|\b(?:highest|most) {_BEEN}"
    r"|\bever (?:go|gone|get|gotten|got|been|climb|climbed|rise|risen) (?:\w+ )?(?:over|above|past|beyond)\b"
    r"|\bever (?:exceed(?:ed)?|reach(?:ed)?)\b|\bwhen\b.*\bbalances?\b.*\bhighest\b"
)
_USUAL: Final = (
    r"\b(?:average|avg|mean|typical|usual)\b.*\bbalances?\b|\bbalances?\b.*\b(?:on average|usually|typically)\b"
)


_NOT_NOW: Final = r"\bever\b|\b(?:overdraft|overdrawn) (?:fees?|charges?|limits?)\b"
_AM_BELOW: Final = r"^(?:so |and |ok )*(?:am|are) (?:i|we)\b.*\b(?:overdrawn|overdraft|below zero)\b"
_ACCOUNTS_BELOW: Final = (
    r"^(?:so |and |ok )*(?:is any|(?:which|what|any|(?:do|have) (?:i|we)(?: have)? any)\b).*\baccounts?\b.*"
    r"\b(?:overdrawn|overdraft|below zero|under zero|negative|in (?:the )?(?:red|minus))\b"
)


def below_zero(asked: Asked) -> Plan | Refusal | None:
    """As in "am I overdrawn", "which accounts are below zero": those of what one has."""
    of_accounts = asked.has(_ACCOUNTS_BELOW)
    if asked.said.phrases or not (of_accounts or asked.has(_AM_BELOW)) or asked.has(_NOT_NOW):
        return None
    period = as_of(asked)
    rows = asked.names.index.query(
        "SELECT account, currency FROM postings WHERE root = 'assets' AND date < coalesce(?, date + 1)"
        " GROUP BY 1, 2 HAVING sum(number) < 0 ORDER BY 1",
        [period.end],
    )
    accounts = tuple(dict.fromkeys(name for name, _ in rows))
    if not accounts:
        none = Refusal("No account of what you have stands below zero.", ("Balances of all accounts",))
        return none if of_accounts else None
    note = "overdrawn = what stands below zero of what one has"
    return Plan(Measure.BALANCE, Filters(accounts=accounts), period, group_by=(Grouping.ACCOUNT,), reading=(note,))


def course_of_balance(asked: Asked) -> Plan | None:
    """As in "did checking ever go below 100", "when was the card at its highest": the day of that balance."""
    if asked.has(r"\b(?:which|what) (?:\w+ )?accounts?\b"):
        return None  # one account out of several is asked for, no day
    names = [name for name in asked.scope.filters.accounts if name in asked.names.by_name]
    overdrawn = cues("cues").found("overdrawn", asked.said.folded)
    fell, rose = asked.has(_FELL) or overdrawn, asked.has(_ROSE)
    of_the_bank = overdrawn or asked.has(r"\b(?:account|bank|bank balance|balance)\b")
    if not names and (fell or rose or asked.has(_USUAL)) and of_the_bank and not asked.said.phrases:
        names = paying_accounts(asked)
    roots = {asked.names.by_name[name].root for name in names}
    if not names or roots not in ({Root.ASSETS}, {Root.LIABILITIES}):
        return None
    if asked.scope.filters.currencies or any(each.of_kind("currency") for each in asked.said.phrases):
        return None  # what a holding's price did is another question
    if any(group in TIME_GROUPINGS for group in asked.intent.group_by if group is not Grouping.DAY):
        return None
    if fell or rose:
        return Plan(
            Measure.BALANCE,
            Filters(accounts=tuple(names)),
            happened(asked),
            group_by=(Grouping.DAY,),
            order=Order("amount", descending=rose),
            limit=1,
            reading=asked.scope.reading,
        )
    return _usual(asked, tuple(names)) if asked.has(_USUAL) else None


def _usual(asked: Asked, names: tuple[str, ...]) -> Plan:
    """As in "average balance": no average is taken of what stands; it is told month by month."""
    note = "an average of balances is not worked out: what stood at the end of each month"
    return Plan(
        Measure.BALANCE,
        Filters(accounts=names),
        happened(asked),
        group_by=(Grouping.MONTH,),
        order=Order("key"),
        reading=(*asked.scope.reading, note),
    )


def paying_accounts(asked: Asked) -> list[str]:
    """Where just "overdrawn" is said, the account that bills are paid from: the current one, or the bank's busiest."""
    words = lexicon()
    leaves = [each for each in asked.names.leaf_accounts((Root.ASSETS,)) if each.postings]
    for group in ("current_account", "checking"):
        found = [each for each in leaves if group in {*words.groups_of_name(each.component)[0]}]
        if found:
            return [max(found, key=lambda each: each.postings).name]
    inside = [
        each for each in leaves if any("checking" in words.groups_of_name(part)[0] for part in each.name.split(":"))
    ]
    return [max(inside, key=lambda each: each.postings).name] if inside else []
