"""What several people who share the books did for one another: who fronted what, who paid whom back, whose it is.

Each of them has an account of what stands ("Tally:Ada", "Flatmates:Ada"); whoever pays for something shared gets it
credited there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import bearing
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import Asked, as_of, happened, ordered
from ledgerqa.dialog.plans.cash.settlements import arrived_from, is_whether_square, people
from ledgerqa.dialog.plans.the_one import of_the_one
from ledgerqa.dialog.plans.wealth.persons import moved_so, person_of, sent, spent_beside
from ledgerqa.dialog.understanding.moving import INTO, OWN
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Mention, Plan, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.wealth.persons import Person
    from ledgerqa.records import Outcome

_EACH: Final = r"\b(?:each|every ?(?:one|body)|who|all) (?:of )?(?:us|them|person|flatmate|housemate|member)?\b"
_SHARED_OUT: Final = r"\b(?:each|every) (?:of (?:us|them)|person|flatmate|housemate|roommate)\b"
_PAID: Final = (
    r"(?:pa(?:id|ys?)|repa(?:id|ys?)|reimbursed?|g[ai]ven?|sen[dt]s?|transfer(?:red|s)?|settled(?: up)?(?: with)?)"
)
_PUT: Final = (
    r"(?:put|pa(?:id|y)|chip(?:ped)?|contribut\w+|add(?:ed)?|thr[eo]wn?|drop(?:ped)?|transfer(?:red)?|sen[dt]|moved?"
    r"|g[ai]ven?|top(?:ped)?)"
)
_WHOSE: Final = compiled(r"\bwhose (?P<what>\w+(?: \w+){0,2})")


def between_people(asked: Asked) -> Outcome | None:
    """The plan for what people did for one another; None where nothing of the kind is asked for."""
    return (
        _paid_back(asked)
        or _put_in(asked)
        or _fronted(asked)
        or _who_paid(asked)
        or _paid_towards(asked)
        or _paid_their_part(asked)
        or _whose(asked)
    )


def _people(asked: Asked) -> dict[str, tuple[str, ...]]:
    """The accounts of what stands with people, by what each of them is called."""
    called: dict[str, tuple[str, ...]] = {}
    for name in (*people(asked, Root.ASSETS), *people(asked, Root.LIABILITIES)):
        who = fold(name.rpartition(":")[2]).replace("-", " ")
        called[who] = (*called.get(who, ()), name)
    return called


def _paid_back(asked: Asked) -> Outcome | None:
    """As in "how much has Eoin paid Tamsin back": what went to Tamsin's account in Eoin's own entries."""
    known = _people(asked)
    some = "|".join(re.escape(each) for each in known)
    said = rf"\b(?P<who>{some}) (?:\w+ ){{0,2}}?{_PAID}(?: (?:any|something|money|back|to))* (?P<whom>{some})\b"
    found = re.search(said, asked.said.folded) if len(known) > 1 else None
    if found is None or found["who"] == found["whom"]:
        return None
    whom = known[found["whom"]]
    filters = Filters(accounts=whom, mentions=_in_name_of(found["who"], asked), sign=1)
    if not filters.mentions or not asked.names.booked.meets(filters):
        return None
    return moved_so(asked, filters, f"paid back = what {found['who'].title()} put to {', '.join(whom)}")


def _put_in(asked: Asked) -> Outcome | None:
    """As in "did Kofi put anything in the kitty": what came in there in Kofi's entries, and in no one else's."""
    person = person_of(asked)
    if person is None:
        return None
    who = re.escape(fold(person.phrase.words))
    for phrase in asked.said.phrases:
        doing = re.search(
            rf"\b{who}\b (?:\w+ ){{0,2}}?{_PUT}\b.*\b{re.escape(fold(phrase.words))}\b", asked.said.folded
        )
        if phrase is person.phrase or not doing or not INTO.search(phrase.lead):
            continue
        options = (of_roots(asked.names, each.values, OWN) for each in phrase.options if each.kind == "account")
        there = next((each for each in options if each), ())
        if not there or set(there) & set(person.between):
            continue
        filters = Filters(accounts=there, mentions=_in_name_of(fold(person.phrase.words), asked), sign=1)
        if not filters.mentions or not asked.names.booked.meets(filters):
            filters = _beside(filters, person, asked)
        return moved_so(asked, filters, f"{phrase.words} = {', '.join(there)}")
    return None


def _beside(filters: Filters, person: Person, asked: Asked) -> Filters:
    """The same of entries that take it off what the person owes; of no entry, where none does."""
    rows = asked.names.index.query(
        "SELECT 1 FROM postings i JOIN postings o USING (entry_id) WHERE i.account IN (SELECT unnest(?)) AND"
        " i.number > 0 AND o.account IN (SELECT unnest(?)) AND o.number < 0 LIMIT 1",
        [list(filters.accounts), list(person.between)],
    )
    nobody = Mention(person.phrase.words, payees=(person.phrase.words,))
    return replace(filters, mentions=() if rows else (nobody,), alongside=person.between if rows else ())


def _in_name_of(who: str, asked: Asked) -> tuple[Mention, ...]:
    """The payee that the person is, if the books have one of just that name."""
    payees = tuple(
        value
        for phrase in asked.said.phrases
        for each in phrase.options
        if each.kind == "payee"
        for value in each.values
        if fold(value) == who
    )
    return (Mention(payees[0], payees=payees[:1]),) if payees else ()


def _fronted(asked: Asked) -> Plan | None:
    """As in "how much rent has each of us fronted": what each person's account was credited for such spending."""
    tallies = tuple(name for name in people(asked, Root.ASSETS) if name in asked.names.booked.tallies())
    fronted = cues("cues").found("own_pocket", asked.said.folded) and asked.has(_EACH)
    shared = asked.has(_SHARED_OUT) and asked.has(r"\bpa(?:id|y|ys)\b") and not asked.has(r"\bback\b")
    if not tallies or not (fronted or shared) or person_of(asked):
        return None
    beside = spent_beside(asked, tallies)
    if not beside:
        return None
    filters = Filters(accounts=tallies, sign=-1, alongside=beside)
    note = "fronted = what went on the account of each for what was spent"
    return ordered(Plan(Measure.SUM, filters, happened(asked), group_by=(Grouping.ACCOUNT,), reading=(note,)), asked)


_WHO_PAID: Final = (
    r"(?:^|: )(?:and |so )?who(?:'s| has| have)?(?: (?:usually|always|normally|actually|all|last))* "
    r"(?:pa(?:id|ys?)|bought|buys|covers?|covered|fronted|got) (?!me\b|us\b|back\b|most\b|more\b)"
    r"|(?:^|: )(?:and |so )?who(?:'s| has| have)?(?: (?:usually|always|normally|actually|all))* pa(?:id|ys)\W*$"
)


_GOT_IT: Final = r"\bgot\b"  # "who got my eating-out money": whom it was paid to


def _who_paid(asked: Asked) -> Plan | None:
    """As in "who paid for the tree", "who pays the rent": whose account was credited for it.

    Where nobody's was, what it was paid from: the payee of such an entry is whom it was paid to.
    """
    one = of_the_one(asked) if asked.has(_WHO_PAID) else None
    if one is None or person_of(asked) or not asked.said.phrases:
        return None
    asked = one
    filters = asked.scope.filters
    spent = of_roots(asked.names, filters.accounts, (Root.EXPENSES,))
    if len(spent) != len(filters.accounts) or not (spent or filters.mentions or filters.tags):
        return None
    key = "" if asked.has(_GOT_IT) else _key_of_payers(filters, asked)
    if key:
        whole = filters if spent else replace(filters, roots=(Root.EXPENSES,))
        return Plan(Measure.SUM, whole, happened(asked), group_by=(Grouping.METADATA,), by_key=key)
    theirs = (*people(asked, Root.ASSETS), *people(asked, Root.LIABILITIES))
    beside = spent_beside(asked, theirs) if theirs else ()
    alongside = tuple(name for name in beside if any(f"{name}:".startswith(f"{one}:") for one in spent))
    kept = Filters(mentions=filters.mentions, tags=filters.tags, sign=-1, alongside=alongside)
    credited = credits_of(theirs, kept, asked) if beside and (alongside or not spent) else ()
    note = "who paid = whose account was credited for it"
    if not credited and not asked.has(_GOT_IT):
        costs = asked.names.leaf_accounts((Root.EXPENSES,))
        within = tuple(each.name for each in costs if any(f"{each.name}:".startswith(f"{one}:") for one in spent))
        kept = replace(kept, alongside=within)
        own = [each.name for each in asked.names.leaf_accounts(OWN)]
        credited = credits_of(own, kept, asked) if within or not spent else ()
        note = "the accounts that it was paid from: no entry says more of who paid"
    if not credited:
        return None
    kept = replace(kept, accounts=credited)
    return ordered(Plan(Measure.SUM, kept, happened(asked), group_by=(Grouping.ACCOUNT,), reading=(note,)), asked)


_PAYERS: Final = frozenset(
    {"paid-by", "paidby", "payer", "who-paid", "whopaid", "covered-by", "fronted-by", "bought-by"}
)


def _key_of_payers(filters: Filters, asked: Asked) -> str:
    """The key under which these entries say who paid: `paid-by: "Ada"`; empty where none does."""
    keys = (key for key in asked.names.keys if fold(key).replace("_", "-") in _PAYERS)
    return next((key for key in keys if asked.names.booked.bears(key, filters)), "")


_TOWARDS: Final = r"\b{} (?:\w+ ){{0,2}}?(?:pa(?:id|ys?)|put|contributed|covered|fronted)\b.*\b(?:for|towards?|on|to)\b"


def _paid_towards(asked: Asked) -> Outcome | None:
    """As in "what has Ines paid towards power", which bears another payee: what her account was credited for it."""
    person = person_of(asked)
    if person is None or not asked.has(_TOWARDS.format(re.escape(fold(person.phrase.words)))):
        return None
    others = [each.best for each in asked.said.phrases if each is not person.phrase and each.best.kind == "account"]
    spent = of_roots(asked.names, [name for each in others for name in each.values], (Root.EXPENSES,))
    beside = spent_beside(asked, person.between) if spent else ()
    alongside = tuple(name for name in beside if any(f"{name}:".startswith(f"{one}:") for one in spent))
    kept = Filters(sign=-1, alongside=alongside)
    credited = credits_of(person.between, kept, asked) if alongside else ()
    note = f"what {person.phrase.words} paid = what {', '.join(credited)} was credited for it"
    return moved_so(asked, replace(kept, accounts=credited), note) if credited else None


_THEIR_PART: Final = (
    r"^(?:and |so |but |ok )*(?:has|have|did|does|hasn't|didn't|how much (?:\w+ ){{0,2}}?(?:has|have|did|does)) {}"
    r"(?:'s)? (?:\w+ ){{0,2}}?(?:pay|paid|pays|sen[dt]|transfer(?:red)?|put in|g[ai]ven?)\b"
    r"(?! (?:back|off|you)\b)"
)
_A_PART: Final = compiled(r"(?:\w+ )?(?:share|part|half|third|quarter|bit|portion|contribution)s?(?: of)?")


def _paid_their_part(asked: Asked) -> Outcome | None:
    """As in "has Tove paid her share of the rent for May", where her share stands on a tally: what she sent us.

    Where she fronts what is named, what her account was credited for it; "how much has Tove paid", of nothing: both.
    """
    person = person_of(asked)
    tallied = person is not None and person.owing and asked.names.booked.tallies().issuperset(person.owing)
    if person is None or not tallied or not person.payees or asked.said.bounds.spans:
        return None
    if not asked.has(_THEIR_PART.format(re.escape(fold(person.phrase.words)))) or is_whether_square(asked.said.folded):
        return None
    whole = asked.has(r"^(?:and |so |but |ok )*how much\b")
    things = [
        each
        for each in asked.said.phrases
        if each is not person.phrase and not _A_PART.fullmatch(fold(each.words)) and each.best.kind != "currency"
    ]
    spent = [of_roots(asked.names, _accounts_of(each), (Root.EXPENSES,)) for each in things]
    told = [each for each, costs in zip(things, spent, strict=True) if not costs]
    if told:  # "her rent share", where entries of hers say so
        texts = tuple(_said_of(each, person) for each in told)
        kept = Filters(accounts=person.owing, mentions=tuple(one for each in texts for one in each), sign=-1)
        known = all(texts) and asked.names.booked.meets(kept)
        return moved_so(asked, kept, f"what {person.phrase.words} paid of that") if known else None
    costs = tuple(dict.fromkeys(name for names in spent for name in names))
    beside = spent_beside(asked, person.between) if costs else ()
    fronted = tuple(name for name in beside if any(f"{name}:".startswith(f"{one}:") for one in costs))
    if fronted:
        note = f"what {person.phrase.words} paid = what {', '.join(person.owing)} was credited for it"
        return moved_so(asked, Filters(accounts=person.owing, sign=-1, alongside=fronted), note)
    if whole and not things and not asked.has(r"\b(?:me|us)\b"):
        note = f"what {person.phrase.words} paid = what went off {', '.join(person.owing)}, sent or fronted"
        return moved_so(asked, Filters(accounts=person.owing, sign=-1), note)
    return sent(asked, person) if arrived_from(asked, person.payees, person.between) else None


def _accounts_of(phrase: Phrase) -> list[str]:
    return [name for each in phrase.options if each.kind == "account" for name in each.values]


def _said_of(phrase: Phrase, person: Person) -> tuple[Mention, ...]:
    """The entries of the person's that say so."""
    said = phrase.of_kind("narration")
    who = Mention(person.phrase.words, payees=person.payees)
    return (who, Mention(phrase.words, narrations=said.values)) if said else ()


def credits_of(accounts: Sequence[str], filters: Filters, asked: Asked) -> tuple[str, ...]:
    """Those of the accounts that are credited in entries of the names that spend something."""
    clause, parameters = bearing(filters)
    rows = asked.names.index.query(
        f"SELECT DISTINCT account FROM postings WHERE account IN (SELECT unnest(?)) AND number < 0 AND {clause}"
        " AND entry_id IN (SELECT entry_id FROM postings WHERE root = 'expenses'"
        " AND (account IN (SELECT unnest(?::VARCHAR[])) OR ?)) ORDER BY 1",
        [list(accounts), *parameters, list(filters.alongside), not filters.alongside],
    )
    return tuple(account for (account,) in rows)


def _told_of(asked: Asked) -> set[str]:
    """What accounts beside others are called, where entries or events tell of somebody so: "key deposit Ola"."""
    leaves = {fold(each.name.rpartition(":")[2]).replace("-", " ") for each in asked.names.leaf_accounts(OWN)}
    rows = asked.names.index.query(
        "SELECT DISTINCT lower(word) FROM (SELECT unnest(regexp_split_to_array(concat_ws(' ', payee, narration),"
        " '[^[:alpha:]]+')) AS word FROM entries WHERE type = 'transaction')"
        " WHERE regexp_full_match(word, '[[:upper:]][[:lower:]]+')"
    )
    return leaves & {word for (word,) in rows} - _NO_PERSONS


_NO_PERSONS: Final = frozenset("cash bank card savings checking current euro euros pounds till jar".split())


def _whose(asked: Asked) -> Plan | None:
    """As in "whose deposit does the landlord hold": what stands on the accounts of it that are called after people."""
    found = _WHOSE.search(asked.said.folded)
    if found is None:
        return None
    known = {*_people(asked), *_told_of(asked)}
    spoken, siblings = set(stems(found["what"])), dict[str, list[str]]()
    for each in asked.names.leaf_accounts(OWN):
        over, _, own = each.name.rpartition(":")
        if (
            over in asked.names.by_name
            and fold(own).replace("-", " ") in known
            and spoken & set(asked.names.by_name[over].leaf)
        ):
            siblings.setdefault(over, []).append(each.name)
    shared = [over for over, names in siblings.items() if len(names) > 1]
    if len(shared) != 1:
        return None
    note = f"whose it is = what stands on {shared[0]}"
    period = replace(as_of(asked), start=None)
    return Plan(Measure.BALANCE, Filters(accounts=(shared[0],)), period, group_by=(Grouping.ACCOUNT,), reading=(note,))
