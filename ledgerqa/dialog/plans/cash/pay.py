"""Plans for pay and what becomes of it: before tax, and what goes into a pension, from whom."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import name_stems, stem
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.cash.flows import flow
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.plans.cash.transfers import put_into
from ledgerqa.dialog.understanding.combining import Subject
from ledgerqa.patterns import compiled
from ledgerqa.records import Grouping, Measure, Plan, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Filters, Outcome

_ADDED: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE, None})
_BEFORE_TAX: Final = (
    r"\b(?:before|pre|excluding|without|ignoring)(?: any| the| all| my| our)?[- ]?(?:income )?"
    r"(?:tax(?:es)?|deductions)\b"
    r"|\bgross (?:pay|salar(?:y|ies)|wages?|earnings|income)\b"
    r"|\b(?:earn\w*|ma[dk]e|paid|income|salary|pay) (?:\w+ ){0,2}?gross\b"
    r"|\b(?:i|we) (?:have |had )?gross(?:ed)?\b"
)
_GROSS_PAY: Final = r"\bgross (?:\w+ )?(?:pay|salar(?:y|ies)|wages?)\b|\b(?:pay|salar(?:y|ies)|wages?) gross\b"
# What accounts are called that book the pay of others; "job" and "staff" are what else there is to pay for these.
_PAY: Final = frozenset(
    map(
        stem,
        "pay wage wages salary salaries payroll lohn löhne gehalt gehälter salaire salaires sueldo sueldos salario"
        " salarios salário salários stipendio stipendi lonen salarissen".split(),
    )
)
_WHOSE: Final = frozenset(map(stem, "gross basic base staff team crew employee employees and".split()))
_PAID_OUT: Final = (
    r"\bgross (?:\w+ )?(?:pay|payroll|salar(?:y|ies)|wages?)\b"
    r"|\b(?:pay|payroll|salar(?:y|ies)|wages?)(?: bills?)? gross\b"
    r"|\b(?:payroll|salar(?:y|ies)|wages?)\b.*\bbefore (?:tax|deductions)\b"
)
_WAGES: Final = r"\b(?:wages?(?! (?:bill|cost)s?\b)|salar(?:y|ies)|(?<=['’]s )pay)\b"
_OWN_PAY: Final = (
    r"\b(?:my|our|his|her)(?: own)?(?: monthly| yearly| annual)? (?:gross )?(?:pay|salary|wages?)\b"
    r"|\b(?:i|we) (?:earn|get|receive|make)\b|\bdid (?:i|we) (?:earn|get|receive|make)\b"
)
_EACH_PERSON: Final = (
    r"\b(?:person|name|head) by (?:person|name|head)\b|\b(?:by|per|for each|each|every)(?: single)?"
    r" (?:person|employee|worker|member of staff|staff member|name|head)\b"
)
_JOINTLY: Final = r"\b(?:together|combined|jointly|between them|taken as one|added up)\b"
_ADDED_TO: Final = compiled(
    r"(?:\b(?:and|plus|with|incl|including|counting)\b\.?|[&+,])(?: (?:the|any|all|his|her|their))* $"
)
_ALSO: Final = compiled(r"\b(?:and|then|plus)(?: the)? $|[&+,] $")
_GROSS: Final = r"\bgross\b(?! (?:margin|profit|weight))"
_WITHOUT_SHARES: Final = (
    r"\b(?:without|excluding|except|not|no|minus|less)(?: the| my| any| counting)* (?:shares?|stocks?|rsus?)\b"
)
_EARNING: Final = (
    r"\b(?:earn\w*|ma[dk]e|income|salar(?:y|ies)|wages?|pay(?:checks?|cheques?|slips?)?|paid|receiv\w+|get|got)\b"
)
_SHARE: Final = r"\b(?:percent\w*|share|part|portion|fraction|proportion) of\b|%|\bhow much of\b"
_ALL_INCOME: Final = r"\bincome\b(?!.*\b(?:pay|salar(?:y|ies)|wages?)\b)(?! tax)"
_CONTRIBUTED: Final = (
    r"\b(?:contribut\w+|match\w*"
    r"|(?:pa(?:id|y|ys|ying)|put(?:s|ting)?|go(?:es|ing)?|went|add(?:s|ed)?) (?:\w+ ){0,4}?in(?:to)?"
    r"|(?:pa(?:id|y|ys)|add(?:s|ed)?) towards?)\b"
)
_EMPLOYER: Final = r"\b(?:employers?(?:'s)?|match\w*|company(?:'s)?|firm|boss|work)\b"
_EMPLOYER_STEMS: Final = frozenset({"employer", "match", "company", "matching"})


def pay(asked: Asked) -> Outcome | None:
    """The plan for pay before tax or for pension contributions; None where neither is asked for."""
    if asked.intent.measure not in _ADDED:
        return None
    return _paid_out(asked) or _gross(asked) or _contributions(asked)


def _gross(asked: Asked) -> Outcome | None:
    """As in "what did I earn before tax": all that accounts of pay book, whatever is kept back of it."""
    if asked.has(_SHARE) or (not (asked.has(_BEFORE_TAX) and asked.has(_EARNING)) and not asked.has(_GROSS)):
        return None
    if _leaves_out_earnings(asked) or any(_is_of_pay(name) for name in _costs_named(asked)):
        return None
    paid = accounts_of_group(asked, Root.INCOME, "salary")
    named = tuple(name for name in _named(asked, Root.INCOME) if asked.names.by_name[name].depth > 1)
    inside = tuple(name for name in named if any(name == one or name.startswith(f"{one}:") for one in paid))
    if not named and not asked.has(_BEFORE_TAX):
        return None
    accounts = () if asked.has(_ALL_INCOME) and not inside else inside or named or paid
    if parts := _parts(named, paid):
        accounts = parts
    elif inside and (more := _beside_salary(asked, named)):  # "gross salary with the bonus"
        accounts = tuple(dict.fromkeys((*inside, *more)))
    accounts = tuple(name for name in accounts if not any(each.startswith(f"{name}:") for each in accounts))
    roots = () if accounts else (Root.INCOME,)
    shares = accounts_of_group(asked, Root.INCOME, "unvested") if asked.has(_WITHOUT_SHARES) else ()
    pots = _employers_pots(asked) if asked.has(_GROSS_PAY) else ()
    told = asked.scope.filters.exclude_accounts  # "gross pay without the bonus"
    apart = dict.fromkeys((*shares, *pots, *told))
    left_out = tuple(name for name in apart if any(name.startswith(f"{one}:") for one in accounts))
    filters = replace(asked.scope.filters, accounts=accounts, roots=roots, exclude_accounts=left_out)
    filters = replace(
        filters, mentions=(), exclude_mentions=() if asked.has(_WITHOUT_SHARES) else filters.exclude_mentions
    )
    note = f"before tax = {', '.join(accounts)}" if accounts else "before tax = all income"
    return _flow(asked, filters, note, _earners(asked, filters))


def _costs_named(asked: Asked) -> tuple[str, ...]:
    """As in "payroll, gross", where an account of expenses is called so: what it is called by itself."""
    named = (name for each in asked.said.phrases for name in _exactly(each))
    return tuple(name.rpartition(":")[2] for name in of_roots(asked.names, named, (Root.EXPENSES,)))


def _leaves_out_earnings(asked: Asked) -> bool:
    """As in "income without the tax refund", where that is an account of income: a part of it, no tax."""
    left_out = asked.scope.filters.exclude_accounts
    taxes = any("tax" in name_stems(name) for name in left_out)
    return taxes and all(asked.names.by_name[name].root is Root.INCOME for name in left_out)


def _paid_out(asked: Asked) -> Outcome | None:
    """As in "gross pay for Ana" where the books are an employer's: what accounts of pay cost, person by person."""
    gross = asked.has(_PAID_OUT)
    if not (gross or asked.has(_WAGES)) or asked.has(_OWN_PAY) or accounts_of_group(asked, Root.INCOME, "salary"):
        return None
    called = accounts_of_group(asked, Root.EXPENSES, "salary", each_one=True)
    costs = tuple(name for name in called if _is_of_pay(name.rpartition(":")[2]))
    pay = tuple(name for name in costs if not any(each.startswith(f"{name}:") for each in costs))
    persons = [each for each in asked.said.phrases if _inside_of(each, pay)]
    if not pay or not (gross or persons):
        return None
    inside = tuple(dict.fromkeys(name for each in persons for name in _inside_of(each, pay)))
    beside = _beside_pay(asked, pay)
    accounts = inside or (*pay, *beside)
    filters = replace(asked.scope.filters, accounts=accounts, roots=(), mentions=(), metadata=())
    sides = _together(asked, persons, filters, pay)
    groups = tuple(each for each in asked.intent.group_by if each is not Grouping.PAYEE)
    apart = not inside and (asked.has(_EACH_PERSON) or len(groups) < len(asked.intent.group_by))
    groups = () if sides else tuple(dict.fromkeys((*groups, *((Grouping.ACCOUNT,) if apart else ()))))
    intent = replace(asked.intent, group_by=groups, flow="spend", compare=bool(sides))
    scope = replace(asked.scope, listed=asked.scope.listed and not sides)
    asked = replace(asked, said=replace(asked.said, intent=intent), scope=scope)
    note = f"; {', '.join(beside)} left aside: not booked by person" if inside and beside else ""
    return _flow(asked, filters, f"{'gross ' * gross}pay = {', '.join(pay)}{note}", sides)


def _is_of_pay(component: str) -> bool:
    """Whether an account's name says pay and no more: "StaffWages", but no "PayDeductions"."""
    said = {*name_stems(component)}
    return bool(said & _PAY) and said <= _PAY | _WHOSE


def _beside_pay(asked: Asked, pay: tuple[str, ...]) -> tuple[str, ...]:
    """As in "gross pay and bonus": what else is named of the expenses, but for what has the pay below it."""
    added = [each for each in asked.said.phrases if _ADDED_TO.search(each.lead)]
    other = of_roots(asked.names, [name for each in added for name in _exactly(each)], (Root.EXPENSES,))
    return tuple(name for name in other if not any(_meet(name, each) for each in pay))


def _exactly(phrase: Phrase) -> tuple[str, ...]:
    return phrase.best.values if phrase.best.kind == "account" and phrase.best.how == "exact" else ()


def _meet(one: str, other: str) -> bool:
    """Whether one of the accounts is the other, or lies below it."""
    return f"{one}:".startswith(f"{other}:") or f"{other}:".startswith(f"{one}:")


def _inside_of(phrase: Phrase, wholes: tuple[str, ...]) -> tuple[str, ...]:
    """Those accounts that the phrase names which lie below one of the wholes."""
    names = (name for option in phrase.options if option.kind == "account" for name in option.values)
    return tuple(dict.fromkeys(name for name in names if any(name.startswith(f"{whole}:") for whole in wholes)))


def _together(asked: Asked, persons: Sequence[Phrase], filters: Filters, pay: tuple[str, ...]) -> tuple[Subject, ...]:
    """As in "Ana or the two juniors (Bo then Cy) put together": the sides, those told together as one."""
    jointly = asked.has(_JOINTLY)
    sides: list[Subject] = []
    for before, each in zip((None, *persons), persons, strict=False):
        names, lead = _inside_of(each, pay), each.lead
        joined = before is not None and jointly and bool(_ALSO.search(lead))
        last = sides.pop() if joined and sides else None
        words = f"{last.words} and {each.words}" if last else each.words
        sides.append(Subject(words, replace(filters, accounts=(*(last.filters.accounts if last else ()), *names))))
    return tuple(sides) if len(sides) > 1 else ()


def _employers_pots(asked: Asked) -> tuple[str, ...]:
    """What an employer puts into a pension on top of pay: it is booked as income, but is no part of the gross."""
    leaves = asked.names.leaf_accounts((Root.INCOME,))
    return tuple(each.name for each in leaves if _is_pension(each.name))


def _earners(asked: Asked, filters: Filters) -> tuple[Subject, ...]:
    """As in "X or Y": each of those named with their own part of the accounts; nothing where they are no sides."""
    sides = []
    for phrase in asked.said.phrases:
        names = {name for option in phrase.options if option.kind == "account" for name in option.values}
        own = tuple(
            each for each in filters.accounts if any(each == name or each.startswith(f"{name}:") for name in names)
        )
        if own and own != filters.accounts:
            sides.append(Subject(phrase.words, replace(filters, accounts=own)))
    parts = [name for side in sides for name in side.filters.accounts]
    return tuple(sides) if len(sides) > 1 and sorted(parts) == sorted(filters.accounts) else ()


def _parts(named: tuple[str, ...], paid: tuple[str, ...]) -> tuple[str, ...]:
    """As in "gross at X, with the bonus": of all that X pays the salary, and the parts that are named; else nothing."""
    parts = tuple(name for name in named if any(name.startswith(f"{whole}:") for whole in named))
    wholes = tuple(name for name in named if name not in parts)
    salary = tuple(name for name in paid if any(name.startswith(f"{whole}:") for whole in wholes))
    return tuple(dict.fromkeys((*salary, *parts))) if parts and salary else ()


def _beside_salary(asked: Asked, named: tuple[str, ...]) -> tuple[str, ...]:
    """Of the accounts named those that book what comes with a salary once a year."""
    extra = accounts_of_group(asked, Root.INCOME, "bonus", "thirteenth_salary")
    return tuple(name for name in named if name in extra)


def employers_part(asked: Asked) -> Plan | None:
    """As in "what does my employer put into the pension", "employer match": the income that it books for that."""
    if asked.intent.measure not in _ADDED or not asked.has(_CONTRIBUTED) or not asked.has(_EMPLOYER):
        return None
    named = [
        each.name
        for each in asked.names.accounts
        if each.root is Root.INCOME and each.postings and _EMPLOYER_STEMS & {*each.path, *_letters(each.component)}
    ]
    pension = [name for name in named if _is_pension(name)] or named
    leaves = tuple(name for name in pension if not any(other.startswith(f"{name}:") for other in pension))
    if not leaves:
        return None
    filters = replace(asked.scope.filters, accounts=leaves, roots=(), mentions=())
    planned = _flow(asked, filters, f"the employer's part = {', '.join(filters.accounts)}")
    return planned if isinstance(planned, Plan) else None


def _letters(component: str) -> set[str]:
    """The parts of a name without the digits that some have in them ("Match401k")."""
    return {part.lower() for part in re.findall(r"[A-Za-z][a-z]+", component)}


def _contributions(asked: Asked) -> Outcome | None:
    """As in "pension contributions": what pay and own money put there, at cost."""
    if not asked.has(_CONTRIBUTED) or asked.has(_EMPLOYER):
        return None
    pots = tuple(name for name in _named(asked, Root.ASSETS) if _is_pension(name))
    pots = pots or (accounts_of_group(asked, Root.ASSETS, "pension", "retirement") if _says_pension(asked) else ())
    if not pots:
        return None
    filters = put_into(asked, replace(asked.scope.filters, accounts=pots, roots=(), mentions=(), currencies=()))
    return _flow(asked, filters, "")


def _flow(asked: Asked, filters: Filters, note: str, sides: tuple[Subject, ...] = ()) -> Outcome:
    filters = replace(filters, tags=())
    scope = replace(
        asked.scope, filters=filters, subjects=sides, currencies=(), reading=(note,) if note else (), dated_by_tag=False
    )
    return flow(replace(asked, scope=scope), asked.intent.measure or Measure.SUM)


def _named(asked: Asked, root: Root) -> tuple[str, ...]:
    """The accounts of a root that the phrases name, the first reading of each."""
    found: list[str] = []
    for phrase in asked.said.phrases:
        kept = (of_roots(asked.names, option.values, (root,)) for option in phrase.options if option.kind == "account")
        found += next((names for names in kept if names), ())
    return tuple(dict.fromkeys(found))


def _is_pension(name: str) -> bool:
    words = lexicon()
    parts = name.split(":")[1:]
    return any({"pension", "retirement"} & groups for part in parts for groups in words.groups_of_name(part))


def _says_pension(asked: Asked) -> bool:
    return bool(re.search(r"\b(?:pensions?|retirement|401 ?\(?k\)?|ira|superannuation|super)\b", asked.said.folded))
