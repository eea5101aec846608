"""What is asked of each value of a metadata key: "hours per project", "which client did we bill most", "rent by unit".

The word for the key, where it says what the rows are, gives way to one for payees, which every rule knows; what they
then group by payee is grouped by the key.  A key is meant only where entries of what else is named bear it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.intents import Context, detect
from ledgerqa.dialog.language.vocabulary import MOST_LABELS
from ledgerqa.dialog.language.words import fold, name_stems, stems
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure, Order, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledgerqa.dialog.intent.intents import Flow, Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

STAND_IN: Final = "payee"
# Words that mean what every ledger has, whatever key is called so.
_TAKEN: Final = frozenset(
    "account payee narration tag link category type kind currency amount number note date time day week weekday month"
    " quarter year for from who whom entry transaction posting price cost value item due invoice receipt reference"
    " ref id url file document description name title comment memo source order ticket".split()
)
_ALIKE: Final = (
    "client customer",
    "vehicle car",
    "project job build",
    "centre center",
    "programme program",
    "colour color",
)
# Words by which rules tell what is asked for, as "clients" are billed: they stay, and are known to name payees.
_PAYEES: Final = frozenset("client customer supplier vendor shop store merchant restaurant donor sponsor".split())
_DET: Final = r"(?:(?:the|my|our|their|its|all|individual|single|different|various) )*"
_NO_ROW: Final = (
    r"(?! (?:expenses?|costs?|payments?|invoices?|bills?|purchases?|fees?|managers?|numbers?|no|nr|codes?|ids?|refs?"
    r"|references?|names?|i|we|they|he|she|you)\b)(?!['’]s)"
)
_NO_NAME: Final = r"(?! (?:numbers?|no|nr|codes?|ids?|refs?|references?|names?)\b)(?!['’]s)"
_RANK: Final = (
    r"most|least|more|less|fewest|biggest|largest|highest|lowest|smallest|dearest|cheapest|priciest|costliest|best|worst"
    r"|top|longest|busiest|most expensive|least expensive|most profitable|least profitable|thirstiest"
)
_LIMITED: Final = rf"(?:{_RANK}|over|under|above|below|at least|exceed\w*|los(?:t|es|ing)|profit\w*|loss)"
_WE: Final = r"(?:(?:do|did|have) (?:i|we)(?: (?:have|had|got|work(?:ed)? (?:on|for|with)))?|we (?:have|had))"
_THERE: Final = rf"(?: (?:(?:are|were) there|{_WE})(?: .*)?)?\W*$"
_NUMBER: Final = r"(?:\d+|two|three|four|five|six|ten)"
_BY: Final = (
    r"(?<!paid )(?<!pay )(?<!pays )(?<!went )(?<!go )(?<!travel )(?<!travelled )(?<!sent )"
    r"\b(?:by|per|each|every|across|against each|for every|between|among)"
)
_BESIDE: Final = r"(?:day|week|month|quarter|year|category|account|supplier|customer|shop|store|vendor|payee)s?"
_AMOUNT: Final = (
    r"(?:cost|costs|spend|spending|revenue|income|turnover|sales|profit|amount|value|size|hours|total|fees)"
)
_FORMS: Final = (
    rf"{_BY} {_DET}(?P<key><K>)\b{_NO_ROW}",
    r"\b(?:each|every) (?P<key><K>)\b(?= costs?\b(?! (?:centre|center|code)))",
    rf"\b(?:which|what) (?:(?:\w+ )?of {_DET})?(?:single |one )?(?P<key><K>)\b(?=.*\b{_LIMITED}\b){_NO_NAME}",
    rf"\b(?:by|per|each) {_BESIDE}(?: and|,)? (?:by |per |each )?(?P<key><K>)\b{_NO_ROW}",
    rf"\b(?:on|to|for|from|in|of) which (?P<key><K>)\b{_NO_ROW}",
    rf"\b(?:{_RANK})(?: {_NUMBER})? (?:(?!in |of |on |for |at |by )\w+ )?(?P<key><K>)\b{_NO_ROW}",
    r"\b(?P<key><K>) by <K>\b",
    r"\b(?P<key><K>)[- ](?:wise|breakdown|split|totals?|ranking)\b",
    rf"\b(?:compare|rank|sort|list|show|all)(?: (?:me|us|all))* {_DET}(?P<key><KS>)\b{_NO_ROW}",
    rf"^{_DET}(?P<key><KS>) (?:ranked |sorted |ordered |in order )?(?:by {_AMOUNT}|with (?:what|their|the|total))\b",
    r"\b(?P<key><KS>)\b(?=.* (?:each|apiece|respectively|one by one|individually)\b)",
    r"^(?:so |and |ok )*(?:which|what) (?P<key><KS>) (?!(?:is|are|was|were|do|does|did we have|have)\b)",
    rf"\bhow many {_DET}(?P<key><KS>)\b",
    rf"^(?:so |and |ok )*(?:which|what|list|show|name)(?: me| us)? {_DET}(?P<key><KS>)\b{_THERE}",
)
_LEAST: Final = r"\b(?:least|fewest|lowest|smallest|cheapest|worst|less)\b"
_BOOKINGS: Final = r"\b(?:entries|transactions|postings|bookings)\b"
_EACH_TIME: Final = (
    r"\b(?:invoice|bill|payment|purchase|order|fill|fill-up|visit|entry|booking|posting|transaction|receipt|day|week"
    r"|month|quarter|year|monthly|weekly|daily|yearly)s?\b"
)
_RESULT: Final = (
    r"\b(?:profit\w*|los(?:t|es|ing) (?:us )?(?:any |most |the most )?money|loss(?:es)?|net income|surplus|margins?)\b"
)
_MADE: Final = r"\b(?:made?|makes|making|br(?:ings?|ought)(?: us)? in|earn(?:s|ed)?|billed|invoiced|charged)\b"
_AND_TIME: Final = rf"\b(?:{STAND_IN}|{'|'.join(sorted(_PAYEES))})(?: and|,) (?P<span>day|week|month|quarter|year)\b"
_A_PAYEE: Final = r"(?:supplier|customer|shop|store|vendor|merchant|restaurant|payee)s?"
AND_PAYEE: Final = (
    rf"\b(?:by|per|each) {STAND_IN},? (?:and|&|then|by|per)(?: by| per)? {_A_PAYEE}\b"
    rf"|\b(?:by|per|each) {_A_PAYEE},? (?:and|&|then|by|per)(?: by| per)? {STAND_IN}\b"
)
_ROWS: Final = rf"(?:{STAND_IN}|{'|'.join(sorted(_PAYEES))})s"
_LISTED: Final = rf"^(?:so |and |ok )*(?:which|what|list|show|name)(?: me| us)? {_DET}{_ROWS}\b{_THERE}"
# "Which colours did we use and how much did they cost each".
_PRICED_EACH: Final = (
    r"\b(?:and|,) (?:how much|what)\b(?:(?: \w+){0,5} (?:each|apiece)\b| (?:did|does|do) (?:each|every))"
)
HOW_MANY: Final = rf"\bhow many {_DET}{_ROWS}\b"
_MERE: Final = frozenset({Measure.LIST, Measure.METADATA, Measure.ACCOUNTS, None})


def read_by_key(text: str, read: Callable[[str], Said], names: Vocabulary) -> Said:
    """The question's parts; where it asks by the values of a key, with that as what its rows are."""
    for key, swapped in _swapped(text, names):
        said = read(swapped)
        listed = re.search(f"{HOW_MANY}|{_LISTED}", said.folded) and not re.search(_PRICED_EACH, said.folded)
        if listed and _is_kept_on(key, names):
            continue  # "how many vouchers have we left", which are an account
        if _is_borne(key, said, names):
            return _keyed(said, key)
    return read(text)


def _swapped(text: str, names: Vocabulary) -> list[tuple[str, str]]:
    """The keys by which the question may ask, the longest first, each with the question where a stand-in is said."""
    found: list[tuple[str, str]] = []
    for key, forms in names.once("forms of keys", lambda: _forms_of(names)).items():
        for form in forms:
            if match := form.search(text):
                start, end = match.span("key")
                said = match["key"].lower()
                many = name_stems(said) == name_stems(key) and _is_many(said)
                word = said if set(name_stems(said)) & _PAYEES else f"{STAND_IN}s" if many else STAND_IN
                found.append((key, f"{text[:start]}{word}{text[end:]}"))
                break
    return sorted(found, key=lambda pair: -len(pair[0]))


def key_asked_for(folded: str, names: Vocabulary) -> str | None:
    """As in "who is the client for", "which client was it": the key of which a value is asked for."""
    for key in names.once("forms of keys", lambda: _forms_of(names)):
        one, many = _written(name_stems(key))
        if re.search(
            rf"\b(?:who|which|what)(?:['’]?s| (?:is|was|are|were))? {_DET}(?:{one}|{many})\b{_NO_NAME}", folded
        ):
            return key
    return None


def values_without(folded: str, names: Vocabulary) -> Refusal | None:
    """Why "any projects with no hours in 2025" has no answer: rows are of what is booked, and not of what is not."""
    for key in names.once("forms of keys", lambda: _forms_of(names)):
        one, many = _written(name_stems(key))
        asked = (
            rf"^(?:(?:are|is) there |(?:do|did) we have |and |so )*(?:any|which|what) {_DET}(?:{one}|{many}) (?:that )?"
        )
        if re.search(rf"{asked}(?:(?:have|has|had|with|got) no|without)\b(?! (?:an? )?(?:{one}|{many})\b)", folded):
            reason = f"Which values of “{key}” have nothing of it is not worked out; those that have some can be told."
            return Refusal(reason, (f"How many entries are there by {key}?",))
    return None


def _forms_of(names: Vocabulary) -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """By key of transactions, the ways in which a question asks by its values."""
    rows = names.index.query(
        "SELECT m.key FROM metadata m JOIN entries e USING (entry_id)"
        " WHERE e.type = 'transaction' AND m.value IS NOT NULL GROUP BY 1"
        " HAVING count(*) FILTER (m.type IN ('number', 'amount', 'date', 'boolean')) * 2 <= count(*)"
        f" AND (count(DISTINCT m.value) <= {MOST_LABELS} OR count(*) * 2 >= count(DISTINCT m.value) * 3)"
    )  # no quantities, and nothing that names each entry by itself
    found: dict[str, tuple[re.Pattern[str], ...]] = {}
    for (key,) in sorted(rows):
        parts = name_stems(key)
        if not parts or parts[-1] in _TAKEN or (len(parts) == 1 and parts[0] in _TAKEN):
            continue
        one, many = _written(parts)
        found[key] = tuple(
            re.compile(each.replace("<K>", f"(?:{one}|{many})").replace("<KS>", f"(?:{many})"), re.IGNORECASE)
            for each in _FORMS
        )
    return found


def _written(parts: tuple[str, ...]) -> tuple[str, str]:
    """A pattern of the key's words in the singular, and one in the plural."""
    alike = {word: [other for line in _ALIKE for other in line.split() if word in line.split()] for word in parts}
    words = [rf"(?:{'|'.join(map(re.escape, alike[word] or [word]))})" for word in parts]
    lead = "".join(rf"{word}[\s_-]?" for word in words[:-1])
    last = alike[parts[-1]] or [parts[-1]]
    many = "|".join(
        rf"{re.escape(word[:-1])}ies" if re.search(r"[^aeiou]y$", word) else rf"{re.escape(word)}e?s" for word in last
    )
    return f"{lead}{words[-1]}", f"{lead}(?:{many})"


def alike(key: str) -> frozenset[str]:
    """What the key may be called in other words: the "job" of `project`."""
    words = set(name_stems(key))
    return frozenset(word for line in _ALIKE for word in line.split() if words & set(line.split()))


def _is_many(said: str) -> bool:
    return said.endswith("s") and not said.endswith("ss")


def _is_kept_on(key: str, names: Vocabulary) -> bool:
    """Whether an account or a commodity is called as the key is."""
    own = name_stems(key)
    called = (name_stems(each.code) == own or stems(each.name) == own for each in names.commodities.values())
    return any(each.leaf == own for each in names.accounts) or any(called)


def _is_borne(key: str, said: Said, names: Vocabulary) -> bool:
    """Whether entries of what the question names beside it bear the key."""
    phrases = tuple(each for each in said.phrases if fold(each.words) not in {STAND_IN, f"{STAND_IN}s"})
    filters = scope(replace(said, phrases=phrases), said.intent, names).filters
    return names.booked.bears(key, filters)


def _keyed(said: Said, key: str) -> Said:
    """The question with a row a value of the key."""
    own = said.by_rules or said.intent
    beside = detect(re.sub(rf"\b(?:{STAND_IN}s?|{'|'.join(_PAYEES)})\b", " ", said.folded), Context()).group_by
    others = tuple(each for each in beside if each not in {Grouping.PAYEE, Grouping.TAG, *TIME_GROUPINGS})
    if re.search(r"\bby (?:what|how much) (?:we|i|they|it)\b", said.folded):  # what they are ranked by
        others = tuple(each for each in others if each is not Grouping.ACCOUNT)
    others += (Grouping.PAYEE,) if re.search(AND_PAYEE, said.folded) else ()
    return replace(
        said,
        by_key=key,
        unknown=tuple(each for each in said.unknown if STAND_IN not in fold(each)),
        intent=_grouped(said.intent, said, key, others, own),
        by_rules=_grouped(said.by_rules, said, key, others, own) if said.by_rules else None,
    )


def _grouped(intent: Intent, said: Said, key: str, others: tuple[Grouping, ...], rules: Intent) -> Intent:
    """The form with a row a value of the key, in the order that was said."""
    times = tuple(each for each in intent.group_by if each in TIME_GROUPINGS or each is Grouping.WEEKDAY)
    if not times and (span := re.search(_AND_TIME, said.folded)):
        times = (Grouping(span["span"]),)
    measure, order, single = intent.measure, rules.order or intent.order, rules.single
    if measure is Measure.LIST and re.search(_BOOKINGS, said.folded):
        return replace(intent, group_by=(), by_key=key)  # each entry, with what it bears
    if re.search(HOW_MANY, said.folded):  # the values themselves are counted
        return replace(intent, measure=Measure.COUNT, count_of="payees", group_by=times, by_key=key)
    listed = re.search(_LISTED, said.folded) and not re.search(_PRICED_EACH, said.folded)
    if listed or re.match(rf"(?:the )?{_BOOKINGS} (?:by|per) ", said.folded):
        return replace(
            intent, measure=Measure.COUNT, count_of="entries", group_by=(Grouping.METADATA, *others, *times), by_key=key
        )
    flow: Flow | None = intent.flow
    if re.search(_RESULT, said.folded):
        measure, flow = Measure.NET_INCOME, None
    elif re.search(_MADE, said.folded) and not re.search(r"\b(?:spen[dt]|cost|costs)\b", said.folded):
        flow = "income"
    averaged = measure is Measure.AVERAGE and not re.search(_EACH_TIME, said.folded)
    measure = Measure.SUM if measure in _MERE or averaged else measure
    ranked = re.search(rf"\b(?:{_RANK})\b", said.folded)
    if ranked and (order is None or order.by != "amount"):
        order = Order("amount", descending=not re.search(_LEAST, said.folded))
        single = (
            single
            or re.search(rf"\b(?:which|what|{_RANK}) (?:\w+ )?(?:{STAND_IN}|{'|'.join(_PAYEES)})\b", said.folded)
            is not None
        )
    if order is not None and order.by == "date":
        order = None
    return replace(
        intent,
        measure=measure,
        group_by=(Grouping.METADATA, *others, *times),
        by_key=key,
        order=order,
        single=single,
        flow=flow,
    )
