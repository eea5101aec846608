"""Plans for loans: what is still owed for a thing, all interest, the principal paid back, the instalments in full."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import at_or_below
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, name_stems, stems
from ledgerqa.dialog.linking.links import narrowed, of_roots
from ledgerqa.dialog.linking.merged import OR
from ledgerqa.dialog.plans.asked import as_of, happened
from ledgerqa.dialog.plans.cash.flows import flow
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Mention, Order, Period, Plan, Root, Variant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Outcome

_ADDED: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE, None})
_LOANS: Final = frozenset({"loan", "mortgage", "student_loan"})
_FINANCED: Final = frozenset({"finance", "financing", "lease", "leasing", "heloc"})  # CarFinance
_STANDS: Final = r"\b(?:remaining|outstanding|left|still|balance|owe[ds]?|owing)\b"
_INTEREST: Final = compiled(r"(?:the |all |any |total |loan )*interests?(?: payments?| costs?| charges?)?")
# "The interest on the flat loan", where an account is called after the flat and none after the two words.
_INTEREST_ON: Final = compiled(
    r"\binterests?\b(?: \w+){0,3}? (?:on|of|for|from) (?:the |my |our |that )?(?P<thing>[\w'-]+(?: [\w'-]+)?)"
    r" (?:loan|mortgage|finance|financing|lease|credit)\b"
)
_EARNED: Final = (
    r"\b(?:earn\w*|receiv\w+|got|get|gets|gain\w*|made|make|paid (?:me|us)|credited|came in"
    r"|on (?:my |our |the )?savings)\b"
)
_PAID_ON: Final = compiled(
    r"\b(?:pay|paid|paying|pays|spen[dt]|put) (?:\w+ ){0,2}?(?:on|for|towards?|into|to)(?: the| my| our)? $"
    r"|\bpa(?:id|y|ying) (?:the|my|our) $"
)
_SPENT_ON: Final = compiled(r"\bspen[dt] (?:\w+ ){0,2}?on(?: the| my| our)? $")
_OWED_ON: Final = (
    r"\b(?:owe[ds]?|owing|outstanding|remain\w*|left(?: to pay)?|to pay|(?:pay|paid|paying) off)\b(?: \w+){0,4}?"
    r" (?:on|for)(?: the| my| our| this| that)? "
)
_TO_WHOM: Final = compiled(r"\b(?:owe[ds]?|owing)(?: to)?(?: (?:the|my|our))? $")
_LENDERS: Final = frozenset({"bank", "banks", "lender", "lenders", "building society", "finance company"})
_HOME: Final = "housing"
_PAYMENTS: Final = r"(?: loan)? (?:re)?(?:payments?|instal?lments?)\b"
_COUNTED_IN: Final = compiled(r"\b(?:including|incl\.?|counting(?: in)?|with|on top of)(?: the| my| our| all)* $")
_MOST_NAMES: Final = 40
_OFF_THE_DEBT: Final = (
    r"\b(?:(?:pay(?:ing|s)?|paid|going|goes|went|came|coming|comes|taken|took) off (?:the|my|our|what) "
    r"(?:debt|loan|capital|balance|mortgage|sum|is owed|i owe|we owe)|(?:reduc\w+|clear\w+) the (?:debt|loan|balance)"
    r"|capital)\b"
)
_LONG: Final = 6  # letters that two forms of one word share
_ENDING: Final = 2


def loan_costs(asked: Asked) -> Outcome | None:
    """The plan for interest, principal or instalments; None where none of them is asked for."""
    if one := _one_instalment(asked):
        return one
    if asked.intent.measure not in _ADDED and not _told_apart(asked):
        return None
    return _principal(asked) or _instalments(asked) or _interest(asked)


def _told_apart(asked: Asked) -> bool:
    """As in "how much was paying off the debt, and how much just interest"."""
    return asked.has(r"\binterest\b") and asked.has(_OFF_THE_DEBT) and asked.has(r"\bloans?\b|\bmortgages?\b")


def owed_on(asked: Asked) -> Outcome | None:
    """As in "what do we still owe on the house": the loan that is called after the thing, not the thing itself."""
    phrases = asked.said.phrases
    if asked.intent.measure not in {*_ADDED, Measure.BALANCE} or not 1 <= len(phrases) <= 2:
        return None
    thing = re.sub(r"^(?:the|my|our|this|that) ", "", " ".join(fold(each.words) for each in phrases))
    if len(phrases) > 1 and _TO_WHOM.search(phrases[0].lead) and fold(phrases[0].words) in _LENDERS:
        thing = fold(phrases[-1].words)  # "what do we still owe the bank for the car"
    if _paid_off(asked) and not asked.has(rf"{_STANDS}|\bto pay\b"):
        return None  # "how much did we pay off on the house so far"
    taken = asked.scope.filters.accounts
    owing = bool(taken) and all(asked.names.by_name[name].root is Root.LIABILITIES for name in taken)
    whole = len(phrases) == 1 and owing and _loan(asked, phrases[0])
    paid_off = rf"\b(?:is|are) (?:the |my |our )?{re.escape(thing)} (?:\w+ ){{0,2}}paid (?:off|for)\b"
    if whole or not (asked.has(_OWED_ON + rf"(?:\w+ )?{re.escape(thing)}\b") or asked.has(paid_off)):
        return None
    owed = loans_for(asked, thing)
    if not owed:
        return None
    note = f"owed on the {thing} = {', '.join(owed)}"
    return Plan(Measure.BALANCE, Filters(accounts=owed), as_of(asked), reading=(note,))


_EVERY_LOAN: Final = compiled(
    r"\bon (?:(?:all|every one|each|of|my|our|the|these|those|various|different|outstanding) )*"
    r"(?:loans|debts|borrowings?|debt|credit)\b"
)


def loans_for(asked: Asked, thing: str) -> tuple[str, ...]:
    """The loans that are called after the thing, or the one that is paid down by entries which say so."""
    spoken = stems(re.sub(r"\W*\bloans?\b", "", thing))
    meant = lexicon().groups_of(spoken) | lexicon().groups_of(stems(thing)) - {"loan"}
    meant |= lexicon().groups_of(spoken[-1:])  # "the blue car"
    called = asked.has(rf"\b{re.escape(thing)} (?:loan|mortgage)s?\b")
    owed = tuple(name for name in all_loans(asked) if _is_for(name, set(spoken), meant, called=called))
    return owed if len(owed) == 1 else _paid_for(asked, thing) or owed


def _paid_for(asked: Asked, thing: str) -> tuple[str, ...]:
    """The loan that is paid down by entries which say so: "EMI car", where the account's name says nothing of it."""
    said = re.escape(re.sub(r"\W*\bloans?\b", "", thing) or thing)
    rows = asked.names.index.query(
        "SELECT DISTINCT account FROM postings WHERE account IN (SELECT unnest(?)) AND number > 0"
        " AND regexp_matches(lower(concat_ws(' ', payee, narration)), ?) ORDER BY 1",
        [list(all_loans(asked)), rf"\b{said}\b"],
    )
    return (rows[0][0],) if len(rows) == 1 else ()


def _is_for(name: str, spoken: set[str], meant: frozenset[str], *, called: bool) -> bool:
    """Whether a loan's name tells what it is for: HomeLoan, Loan:Car; a mortgage is for the house.

    Where it is `called` a loan, other forms of its words do, too ("the diocesan loan": DioceseLoan).
    """
    words = lexicon()
    groups = {group for part in name.split(":")[1:] for found in words.groups_of_name(part) for group in found}
    own = {word for part in name.split(":")[1:] for word in name_stems(part)}
    alike = called and any(_of_one_word(one, other) for one in spoken for other in own)
    return bool(alike or spoken & own or meant & groups or (_HOME in meant and "mortgage" in groups))


def _of_one_word(one: str, other: str) -> bool:
    """Whether two stems are forms of one word: "diocesan" and "diocese"."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return shared >= _LONG and max(len(one), len(other)) - shared <= _ENDING


def _interest(asked: Asked) -> Outcome | None:
    """As in "how much interest did we pay": on all accounts of interest, whatever else their names say.

    On a loan that is named, on those whose entries move that loan, or the only one there is.
    """
    named = {each: found for each in asked.said.phrases if (found := _loan(asked, each) or _told_by_text(asked, each))}
    loans = next(iter(named.values()), ())
    thing = _INTEREST_ON.search(asked.said.folded)
    phrases = [each for each in asked.said.phrases if each not in named]
    if thing and not loans and (loans := loans_for(asked, thing["thing"])):
        phrases = [each for each in phrases if fold(each.words) not in thing["thing"]]
    if every := _EVERY_LOAN.search(asked.said.folded):
        loans = all_loans(asked)
        phrases = [each for each in phrases if fold(each.words) not in every.group()]
    if len(phrases) != 1 or not _INTEREST.fullmatch(fold(phrases[0].words)) or asked.has(_EARNED):
        return None
    own = phrases[0].of_kind("account")
    if own and own.how == "exact" and stems(phrases[0].words) != stems("interest"):
        return None  # "loan interest", where one account is called so and another is of the mortgage
    words = lexicon()

    def bears(part: str) -> bool:
        return any("interest" in groups for groups in words.groups_of_name(part))

    names = [
        each.name
        for each in asked.names.accounts
        if each.root is Root.EXPENSES and any(bears(part) for part in each.name.split(":")[1:])
    ]
    if loans:
        found = asked.scope.filters.accounts
        below = [name for name in names if name.startswith(tuple(f"{each}:" for each in found))]
        names = below or _moving(asked, loans, names) or (names if len(names) == 1 else [])
        names = [] if found and set(found) <= set(names) and not every else names  # found by its own name
    if (asked.said.by_rules or asked.intent).flow == "income" or len(names) < (1 if loans else 2):
        return None
    accounts = tuple(name for name in names if not any(name.startswith(f"{other}:") for other in names))
    note = f"interest = {', '.join(accounts)}"
    left = tuple(each for each in asked.scope.filters.mentions if not thing or fold(each.words) not in thing["thing"])
    filters = replace(asked.scope.filters, accounts=accounts, roots=(), mentions=left)
    scope = replace(asked.scope, filters=filters, reading=(note,))
    return flow(replace(asked, scope=scope), asked.intent.measure or Measure.SUM)


def _told_by_text(asked: Asked, phrase: Phrase) -> tuple[str, ...]:
    """As in "interest on the line of credit": the loans of entries that say so."""
    return _paid_down_by(asked, phrase) if re.search(r"\bon (?:the |my |our )?$", phrase.lead) else ()


def _moving(asked: Asked, loans: tuple[str, ...], names: Sequence[str]) -> list[str]:
    """Those of the accounts that entries of these loans book to."""
    rows = asked.names.index.query(
        "SELECT DISTINCT i.account FROM postings i JOIN postings l USING (entry_id)"
        " WHERE i.account IN (SELECT unnest(?)) AND l.account IN (SELECT unnest(?)) ORDER BY 1",
        [list(names), list(loans)],
    )
    return [row[0] for row in rows]


def _principal(asked: Asked) -> Outcome | None:
    """As in "how much principal did we pay": what came off the loans themselves, or is left of them."""
    less = _less_interest(asked)
    paid_off = _paid_off(asked)
    if not (paid_off or less or _told_apart(asked) or asked.has(r"\bprincipal\b")):
        return None
    every = asked.has(r"\b(?:loans|debts)\b")
    loans = ((each, names) for each in asked.said.phrases if (names := _loan(asked, each)))
    named = dict.fromkeys(name for each, names in loans for name in _of_the_thing(asked, each, names))
    other = (name for each in asked.said.phrases if each.best.how == "exact" for name in each.best.values)
    owed = () if every else tuple(named) or of_roots(asked.names, other, (Root.LIABILITIES,))  # "on the card"
    owed = owed or paid_off or all_loans(asked)
    if not owed:
        return None
    if asked.has(_STANDS):
        return Plan(Measure.BALANCE, Filters(accounts=owed), as_of(asked), reading=("principal = what is owed",))
    if not less and asked.has(r"\binterest\b") and (parts := _both_parts(asked, owed)):
        return parts
    filters = replace(asked.scope.filters, accounts=owed, roots=(), sign=1, alongside=(), exclude_accounts=())
    if paid_off:  # "paid off the car": what the loan is for, though a payee be called so
        others = (each for each in filters.mentions if not asked.has(_PAID_OFF + re.escape(fold(each.words))))
        filters = replace(filters, mentions=tuple(others))
    scope = replace(asked.scope, filters=filters, subjects=(), reading=("principal = what came off the loan",))
    return flow(replace(asked, scope=scope), asked.intent.measure or Measure.SUM)


_PAID_OFF: Final = r"\bpa(?:id|y|ying) (?:\w+ )?off (?:on |of )?(?:the |my |our |this )?(?:\w+ )?"


def _paid_off(asked: Asked) -> tuple[str, ...]:
    """As in "how much have we paid off the house": what came off the loan for that thing, by whatever it is named."""
    for phrase in asked.said.phrases:
        if not _loan(asked, phrase) and asked.has(_PAID_OFF + rf"{re.escape(fold(phrase.words))}\b"):
            return loans_for(asked, fold(phrase.words))
    return ()


def _less_interest(asked: Asked) -> bool:
    """As in "what did we pay off the mortgages, not counting interest": what is left of the payments is the principal.

    An instalment's own entry books the interest beside it: to leave that entry out would leave nothing.
    """
    out = any(_INTEREST.fullmatch(fold(each.words)) for each in asked.said.excluded)
    owed = (each for each in asked.said.phrases if _loan(asked, each))
    return (
        out and len(asked.said.excluded) == 1 and any(set(each.best.values) <= set(_loan(asked, each)) for each in owed)
    )


def _both_parts(asked: Asked, owed: tuple[str, ...]) -> Plan | None:
    """As in "principal vs interest": what came off the loan beside what its instalments book to expenses."""
    below = " OR ".join(["(i.account = ? OR starts_with(i.account, ?))"] * len(owed))
    rows = asked.names.index.query(
        "SELECT DISTINCT i.account, p.account FROM postings i JOIN postings p ON p.entry_id = i.entry_id"
        f" WHERE ({below}) AND i.number > 0 AND p.root = 'expenses' ORDER BY ALL",
        [part for name in owed for part in (name, f"{name}:")],
    )
    if not rows:
        return None
    loans, costs = (tuple(dict.fromkeys(row[place] for row in rows)) for place in (0, 1))
    sides = (
        Variant("principal", Filters(accounts=loans, sign=1), Period()),
        Variant("interest", Filters(accounts=costs, alongside=loans), Period()),
    )
    return Plan(Measure.SUM, Filters(), happened(asked), compare=sides)


def _instalments(asked: Asked) -> Outcome | None:
    """As in "what did we pay on the mortgage": what left own accounts in the entries that pay it down."""
    for phrase in asked.said.phrases:
        payments = asked.has(_PAYMENTS) and asked.has(rf"\b{re.escape(fold(phrase.words))}{_PAYMENTS}")
        inside = re.search(r"\b(?:re)?(?:payments?|instal?lments?)$", fold(phrase.words))
        owed = _loan(asked, phrase) or (_paid_down_by(asked, phrase) if payments or inside else ())
        owed = _of_the_thing(asked, phrase, owed)
        if not owed or not (_PAID_ON.search(phrase.lead) or payments or inside):
            continue
        if _SPENT_ON.search(phrase.lead) and not (payments or inside) and _is_spent_on(phrase, asked):
            continue
        if asked.has(r"\binterest\b|\bpa(?:y|id|ying) (?:\w+ )?(?:off|down|back)\b|\brepa(?:id|y)\b"):
            return None
        if _is_listed(phrase, asked):
            return _with_spending(asked, phrase, owed)
        if filters := paying_down(asked, owed):
            words = re.sub(_PAYMENTS, "", fold(phrase.words))
            note = f"paid on the {words} = what left these accounts in its instalments, with interest"
            scope = replace(asked.scope, filters=filters, subjects=(), reading=(note,))
            return flow(replace(asked, scope=scope), asked.intent.measure or Measure.SUM)
    return None


def _one_instalment(asked: Asked) -> Plan | None:
    """As in "what's our monthly mortgage payment", "how much is the mortgage a month": the last one, whole.

    Neither what is owed, nor what came off, nor the interest alone.
    """
    for phrase in asked.said.phrases:
        words = re.sub(_ONE_PAYMENT, "", fold(phrase.words))
        rate = asked.has(_A_MONTH.format(re.escape(words)))  # as it is now, whatever year was spoken of before
        asks = rate or (asked.has(_WHAT_IS_ONE.format(re.escape(words))) and not asked.said.periods)
        owed = (_loan(asked, phrase) or _paid_down_by(asked, phrase)) if asks else ()
        owed = _of_the_thing(asked, phrase, owed)
        if owed and (filters := paying_down(asked, owed)):
            note = f"paid on the {words} = what left these accounts in its instalments, with interest"
            return Plan(Measure.LIST, filters, order=Order("date", descending=True), limit=1, reading=(note,))
    return None


def _paid_down_by(asked: Asked, phrase: Phrase) -> tuple[str, ...]:
    """The loans that entries pay down which say just that: "Mortgage payment"."""
    said = phrase.of_kind("narration")
    beside = asked.names.booked.accounts_beside(Mention(phrase.words, narrations=said.values)) if said else {}
    return tuple(name for name, root in beside.items() if root is Root.LIABILITIES and is_loan(name))


_ONE_PAYMENT: Final = r"(?: loan)? (?:re)?(?:payment|instal?lment)$"
_WHAT_IS_ONE: Final = (
    r"\b(?:what(?:'?s| is| are)|how (?:much|high|big) (?:is|are)) (?:the|my|our) "
    r"(?:(?:monthly|current|regular|usual) )?"
    r"{}(?: loan)? (?:re)?(?:payment|instal?lment)\b(?! (?:due|left|history|plan))"
)

_A_MONTH: Final = (
    r"^(?:(?:and|so|ok|thanks|then)\W+)*(?:what(?:'?s| is| are)|how (?:much|high|big) (?:is|are)"
    r"|(?:what|how much) does(?= .*\bcost\b)"
    r"|(?:what|how much) (?:do|are) (?:i|we) pay(?:ing)?(?: (?:each|every|a) month)?(?: on| for| off| towards)?)"
    r" (?:the |my |our )?(?:monthly {0}(?: loan)?"
    r"|{0}(?: loan)?(?: cost(?:s|ing)?(?: us| me)?)? (?:a|per|each|every) (?:week|month|quarter))"
    r"(?: now| at the moment| these days)?(?:\W*$|:)"
)


def _is_spent_on(phrase: Phrase, asked: Asked) -> bool:
    """As in "what I spent on the car", where there are costs called so: they are meant, and not a loan for it."""
    accounts = phrase.of_kind("account")
    roots = {asked.names.by_name[name].root for name in accounts.values} if accounts else set()
    return Root.EXPENSES in roots


def _is_listed(phrase: Phrase, asked: Asked) -> bool:
    """As in "petrol, insurance and the finance payments": one of several things, others of which are spent on."""
    spent = any(asked.names.by_name[name].root is Root.EXPENSES for name in asked.scope.filters.accounts)
    following = next((each for each in asked.said.phrases if each.start >= phrase.end), None)
    return spent and bool(
        OR.search(phrase.lead) or _COUNTED_IN.search(phrase.lead) or (following and OR.search(following.lead))
    )


def _with_spending(asked: Asked, phrase: Phrase, owed: tuple[str, ...]) -> Outcome | None:
    """What was spent on the other things, and with it what came off the loan and the interest in its instalments.

    Where the loan was also drawn on then, or its interest is booked with that of others, the rest is told alone, with
    the note that the debt is left aside.
    """
    filters = asked.scope.filters
    filters = replace(filters, mentions=tuple(each for each in filters.mentions if each.words != phrase.words))
    costs = _costs_of(asked, owed)
    if asked.intent.measure not in {Measure.SUM, None} or filters.mentions or costs is None:
        return None
    words = re.sub(_PAYMENTS, "", fold(phrase.words))
    note = f"paid on the {words} = what came off {', '.join(owed)}{', with ' if costs else ''}{', '.join(costs)}"
    accounts = tuple(dict.fromkeys((*filters.accounts, *costs, *owed)))
    return Plan(
        Measure.SUM,
        replace(filters, accounts=accounts, roots=()),
        happened(asked),
        group_by=(Grouping.ACCOUNT,),
        reading=(*(each for each in asked.scope.reading if not each.startswith(f"{phrase.words} ")), note),
    )


def _costs_of(asked: Asked, owed: tuple[str, ...]) -> tuple[str, ...] | None:
    """The expenses that the instalments book beside the principal; None where they are no part that can be added up.

    They cannot where other entries book to the same accounts, or move the loan the other way, in the time asked about.
    """
    period = happened(asked)
    below, within = at_or_below(owed)
    rows = asked.names.index.query(
        "WITH asked AS (SELECT * FROM postings WHERE date >= coalesce(?, date) AND date < coalesce(?, date + 1)),"
        f" loans AS (SELECT entry_id, min(number) AS least FROM asked WHERE {below} GROUP BY 1),"
        " costs AS (SELECT DISTINCT account FROM asked JOIN loans USING (entry_id) WHERE root = 'expenses')"
        " SELECT DISTINCT account, entry_id IN (SELECT entry_id FROM loans) FROM asked JOIN costs USING (account)"
        " UNION ALL SELECT '', bool_and(least > 0) FROM loans ORDER BY 1",
        [period.start, period.end, *within],
    )
    return tuple(name for name, _ in rows if name) if all(alone for _, alone in rows) else None


def paying_down(asked: Asked, owed: tuple[str, ...]) -> Filters | None:
    """Own money that leaves in the entries that pay loans down; kept to their names where others move the loan, too."""
    below, within = at_or_below(owed)
    rows = asked.names.index.query(
        "WITH loans AS (SELECT entry_id, any_value(account) AS account, sum(number) AS number FROM postings"
        f" WHERE {below} GROUP BY 1)"
        " SELECT DISTINCT p.account, l.account, coalesce(p.payee, ''), coalesce(p.narration, ''), l.number > 0"
        " FROM loans l JOIN postings p ON p.entry_id = l.entry_id WHERE p.root IN ('assets', 'liabilities')"
        " AND p.number < 0 AND p.account <> l.account"
        " AND p.entry_id NOT IN (SELECT entry_id FROM postings WHERE root = 'equity')"
        " ORDER BY ALL",
        within,
    )
    paid = [row for row in rows if row[4]]
    if not paid:
        return None
    filters = Filters(
        accounts=tuple(dict.fromkeys(row[0] for row in paid)),
        alongside=tuple(dict.fromkeys(row[1] for row in paid)),
        sign=-1,
    )
    if len(paid) == len(rows):
        return filters
    for place in (2, 3):  # the payee, or what is said of the payment
        named = {row[place] for row in paid}
        if "" not in named and len(named) <= _MOST_NAMES and not named & {row[place] for row in rows if not row[4]}:
            texts = tuple(sorted(named))
            mention = Mention("its payments", payees=texts) if place == 2 else Mention("its payments", narrations=texts)
            return replace(filters, mentions=(mention,))
    return None


def _loan(asked: Asked, phrase: Phrase) -> tuple[str, ...]:
    """The loans that a phrase names; nothing where it names a card, or what is merely owed."""
    for option in phrase.options:
        kept = of_roots(asked.names, option.values, (Root.LIABILITIES,)) if option.kind == "account" else ()
        loans = tuple(name for name in kept if is_loan(name))
        if loans:
            return loans
    return ()


def _of_the_thing(asked: Asked, phrase: Phrase, owed: tuple[str, ...]) -> tuple[str, ...]:
    """As in "the mortgage for Mill Lane": of the loans those that another name is for, where there are such."""
    for other in asked.said.phrases:
        every = [name for option in other.options if option.kind == "account" for name in option.values]
        if other != phrase and (inner := narrowed(asked.names, owed, every)):
            owed = inner
    return owed


def all_loans(asked: Asked) -> tuple[str, ...]:
    """The loans that anything is booked to."""
    leaves = asked.names.leaf_accounts((Root.LIABILITIES,))
    return tuple(each.name for each in leaves if each.postings and is_loan(each.name))


def is_loan(name: str) -> bool:
    """Whether some part of an account's name means a loan or a mortgage."""
    words = lexicon()
    parts = name.split(":")[1:]
    financed = any(_FINANCED.intersection(name_stems(part)) for part in parts)
    return financed or any(_LOANS & groups for part in parts for groups in words.groups_of_name(part))
