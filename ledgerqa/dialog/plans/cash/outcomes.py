"""How something came out that both earns and costs: an event, a class, a stall; and what is left of money given for it.

The two sides of an event are the accounts called so among income and expenses, or the entries that bear its tag.  A
grant is spent by the entries that bear the tag which all of its own bear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import at_or_below, bearing
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import happened, ordered
from ledgerqa.dialog.understanding.earners import earners
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

_HOW_IT_DID: Final = compiled(
    r"\bhow (?:well |badly )?(?:did|has|have|is|are|was|were|does|do)\b.*"
    r"\b(?:do|done|doing|go|gone|going|fared?|faring|perform(?:ed|ing)?|(?:come|came|work(?:ed)?|turn(?:ed)?) out)\b"
    r"(?! (?:on|for|into|to|we|i|they|you)\b)"
)
_CAME_OUT: Final = compiled(
    r"\b(?:results?|outcomes?|net|profits?|surplus|takings (?:less|minus|after) costs)"
    r" (?:of|on|from|for)\b|\b(?:i|we) (?:clear|net)(?:ted|ed)?\b"
)
_CLEARED: Final = r"\b(?:i|we) (?:clear|net)(?:ted|ed)?\b|\b(?:clear|net)(?:ted|ed)? (?:on|from|out of)\b"
# "What did the fete make", "how much did we make on the bar": what is left of it, and no takings.
_MADE: Final = compiled(
    r"\b(?:what|how much)(?: money| cash| profit)? (?:did|does|do|has|have|had) (?:(?!i\b|we\b|it\b)[\w'<>-]+ ){1,6}?"
    r"ma(?:de|ke)\b(?! (?:up|of|out|sure|a|an|the|by|with)\b)"
    r"|\b(?:i|we)(?:'ve| have| had)? ma(?:de|ke)(?: \w+){0,2} (?:on|from|out of|off|with|at) "
)
_ONE_SIDE: Final = compiled(
    r"\b(?:costs?|spen[dt]\w*|sold|sell\w*|sales?|gross|takings|revenues?|income|earn\w*|before)\b"
)
_LEFT_OF: Final = compiled(
    r"\b(?:left|remain\w*|unspent|unused|not (?:yet )?(?:been )?(?:spent|used)|still (?:to spend|available))\b"
    r"|n't (?:yet )?(?:been )?(?:spent|used)\b"
)
_LEFT_OF_IT: Final = compiled(
    r"\b(?:left|remains?|remaining|unspent) (?:of|from|out of) (?:the|our|my|that|this)\b"
    r"|\bhow much of (?:the|our|my|that|this) (?:[\w'-]+ ){1,5}(?:is|was|do we have|have we|has|remains?)\b"
)
_EACH: Final = frozenset({Grouping.TAG, Grouping.YEAR, Grouping.QUARTER, Grouping.MONTH})
_SURE: Final = frozenset({"exact", "words", "stem"})
_ADDED: Final = frozenset({Measure.SUM, Measure.AVERAGE, Measure.NET_INCOME, None})


def outcome_of(asked: Asked) -> Plan | None:
    """As in "how did the book fair do", "what did the fete make": its income less its costs.

    None where what is named does not both earn and cost.
    """
    text = asked.said.folded
    did = _HOW_IT_DID.search(text) or _made(asked) or _cleared(asked)
    if not (did or (asked.scope.clarify and _CAME_OUT.search(text))) or asked.key or asked.intent.compare:
        return None
    named = _less_its_sides(asked)
    if len(named) != 1 or asked.said.excluded or asked.said.bounds.spans or asked.said.unknown:
        return None
    filters = _of_its_tag(asked) or _two_sides(asked, named[0])
    if filters is None:
        return None
    called = ", ".join(filters.accounts) or " or ".join(f"#{tag}" for tag in filters.tags)
    period = happened(asked)
    groups = tuple(each for each in asked.intent.group_by if each in _EACH)
    if not (groups or period or filters.tags) and not asked.said.periods and _years(asked, filters) > 1:
        groups = (Grouping.YEAR,)
    note = f"how {named[0].words} did = income less expenses of {called}"
    plan = Plan(Measure.NET_INCOME, filters, period, group_by=groups, reading=(note,))
    return ordered(plan, asked) if Grouping.TAG in groups else plan


def _made(asked: Asked) -> bool:
    """Whether it is asked what something made, and nothing beside its name ("jumble sales") tells of one side of it."""
    text = asked.said.folded
    for each in asked.said.phrases:
        if fold(each.words) in earners(asked.names):
            return False  # "what did Ann make last year", who is paid and costs nothing
        text = text.replace(fold(each.words), "x")
    return bool(asked.intent.measure in _ADDED and _MADE.search(text) and not _ONE_SIDE.search(text))


def _cleared(asked: Asked) -> bool:
    """As in "what did we clear on the course", which asks for what is left of it whatever a model hears."""
    rules = asked.said.by_rules
    overheard = rules is not None and rules.measure is Measure.NET_INCOME is not asked.intent.measure
    return overheard and asked.has(_CLEARED)


def _less_its_sides(asked: Asked) -> tuple[Phrase, ...]:
    """The names less those that say no more: "boat" of a boat jumble, "courses" of what #learn-to-sail marks."""
    idle = tuple(f"{each.words} left aside: it says more of " for each in asked.said.phrases)
    aside = {each.words for each, lead in zip(asked.said.phrases, idle, strict=True) if _noted(asked, lead)}
    named = tuple(each for each in asked.said.phrases if each.words not in aside)
    tagged = [each for each in named if each.best.kind == "tag"]
    others = [each for each in named if each not in tagged]
    sides = all((both := _two_sides(asked, each)) and _all_of_the_tag(asked, both) for each in others)
    return tuple(tagged) if len(tagged) == 1 and others and sides else named


def _noted(asked: Asked, lead: str) -> bool:
    return any(note.startswith(lead) for note in asked.scope.reading)


def _all_of_the_tag(asked: Asked, sides: Filters) -> bool:
    """Whether nothing that the tags of the question mark was earned or spent on any other account."""
    clause, parameters = bearing(Filters(tags=asked.scope.filters.tags))
    below, within = at_or_below(sides.accounts)
    rows = asked.names.index.query(
        f"SELECT 1 FROM postings WHERE root IN ('income', 'expenses') AND {clause} AND NOT {below} LIMIT 1",
        [*parameters, *within],
    )
    return bool(asked.scope.filters.tags) and not rows


def left_of_a_fund(asked: Asked) -> Plan | Refusal | None:
    """As in "how much of the arts grant is left": what came with it, less what was spent under its tag."""
    if not _LEFT_OF.search(asked.said.folded) or asked.key or asked.intent.compare or not asked.said.phrases:
        return None
    if (
        asked.scope.filters.links
        or asked.said.excluded
        or asked.has(r"\b(?:to pay|ow(?:e|es|ed|ing)|invoices?|bills?)\b")
    ):
        return None
    if any(of_roots(asked.names, each.best.values, (Root.ASSETS, Root.LIABILITIES)) for each in asked.said.phrases):
        return None
    tags = _funding(asked)
    if not tags:
        return _not_told(asked)
    called = " or ".join(f"#{tag}" for tag in tags)
    note = f"what is left = what was received less what was spent, of all that is tagged {called}"
    return Plan(Measure.NET_INCOME, Filters(tags=tags), happened(asked), reading=(note,))


def _not_told(asked: Asked) -> Refusal | None:
    """As in "how much of the legacy is left" where nothing tells what was spent of it: what came in is no answer."""
    names = asked.scope.filters.accounts
    spent = names and len(of_roots(asked.names, names, (Root.EXPENSES,))) == len(names)
    if spent and asked.has(r"\b(?:fund|pot|kitty|float|envelope|savings)\b") and _LEFT_OF_IT.search(asked.said.folded):
        reason = f"No account of money is called so: {', '.join(names)} tells what was spent."
        return Refusal(reason, (f"How much did we spend on {asked.said.phrases[0].words}?",))
    earned = names and len(of_roots(asked.names, names, (Root.INCOME,))) == len(names)
    figure = asked.intent.measure in {Measure.SUM, Measure.BALANCE, Measure.COUNT, Measure.LIST, None}
    if not (earned and figure and _LEFT_OF_IT.search(asked.said.folded)):
        return None
    words = asked.said.phrases[0].words
    reason = f"No entry says what was spent of {', '.join(names)}: no tag or account of its own tells it."
    return Refusal(reason, (f"How much did we receive as {words}?",))


def _of_its_tag(asked: Asked) -> Filters | None:
    """The entries of the tags that the question comes to, where they both earn and cost."""
    tags = asked.scope.filters.tags
    return Filters(tags=tags) if tags and _both(asked, Filters(tags=tags)) else None


def _two_sides(asked: Asked, phrase: Phrase) -> Filters | None:
    """The accounts of income and of expenses that the phrase names."""
    options = [each for each in phrase.options if each.kind == "account" and each.how in _SURE]
    names = tuple(dict.fromkeys(name for each in options for name in each.values))
    earned, cost = (of_roots(asked.names, names, (root,)) for root in (Root.INCOME, Root.EXPENSES))
    return Filters(accounts=(*earned, *cost)) if earned and cost else None


def _both(asked: Asked, filters: Filters) -> bool:
    clause, parameters = bearing(filters)
    rows = asked.names.index.query(
        f"SELECT DISTINCT root FROM postings WHERE root IN ('income', 'expenses') AND {clause}", parameters
    )
    return len(rows) > 1


def _years(asked: Asked, filters: Filters) -> int:
    """In how many years anything was booked to the accounts."""
    ((years,),) = asked.names.index.query(
        "SELECT count(DISTINCT year(date)) FROM postings p JOIN (SELECT unnest(?::VARCHAR[]) AS top)"
        " ON p.account = top OR starts_with(p.account, top || ':')",
        [list(filters.accounts)],
    )
    return int(years)


def _funding(asked: Asked) -> tuple[str, ...]:
    """The tags that all entries bear which earn what the question names, and entries that spend it bear as well."""
    filters = asked.scope.filters
    clause, parameters = bearing(filters)
    named = of_roots(asked.names, filters.accounts, (Root.INCOME,))
    if filters.accounts and not named:
        return ()
    below, within = at_or_below(named)
    rows = asked.names.index.query(
        f"WITH given AS (SELECT DISTINCT entry_id FROM postings WHERE root = 'income' AND {below} AND {clause})"
        " SELECT tag FROM tags GROUP BY 1 HAVING"
        " count(DISTINCT entry_id) FILTER (entry_id IN (SELECT entry_id FROM given)) ="
        " (SELECT count(*) FROM given) AND bool_or(entry_id IN (SELECT entry_id FROM given))"
        " AND bool_or(entry_id IN (SELECT entry_id FROM postings WHERE root = 'expenses')) ORDER BY 1",
        [*within, *parameters],
    )
    borne = tuple(row[0] for row in rows)
    return tuple(tag for tag in borne if tag in filters.tags) or borne[:1] * (len(borne) == 1)
