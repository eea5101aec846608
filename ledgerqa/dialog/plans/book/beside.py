"""What stands beside the entries, asked for in everyday words: notes, events, flags, counts that did not agree.

These questions name nothing that is booked, so their words would be missed as names; here they are heard as what they
are, before that.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.flags import FLAGGED, LESS_FLAGGED, PADDED
from ledgerqa.dialog.intent.intents import Intent
from ledgerqa.dialog.intent.learned import CERTAIN, probability
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold, squash
from ledgerqa.dialog.plans.book.event_plans import is_of_an_event
from ledgerqa.dialog.plans.book.filed import as_noted, explained, in_what_is_filed, noted_words
from ledgerqa.dialog.plans.book.measured import measured_key
from ledgerqa.dialog.plans.book.told_in_notes import told_in_notes
from ledgerqa.dialog.understanding.refusals import elsewhere, rate_refusal
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_HEARD: Final = (Measure.NOTES, Measure.BALANCE_CHECKS)  # by terms of their own: no model knows better

_FIGURE: Final = compiled(r"\b(?:how (?:much|many)|totals?|sums?|spen[dt]|spending|add(?:ed)? up|earn\w*)\b")

# Cues of what is told without a name, and the measure that they come to where nothing else is heard.
_TOLD: Final = {
    "behind": Measure.BALANCE,
    "past_due": Measure.BALANCE,
    "invoices_sent": Measure.COUNT,
    "written_off": Measure.LIST,
    "in_pieces": Measure.LIST,
}


def heard_beside(said: Said, names: Vocabulary) -> bool:
    """Whether it is for sure a question to the ledger, about what stands beside its entries."""
    rules = (said.by_rules or said.intent).measure
    flagged = bool(re.search(FLAGGED, said.folded))
    checked = rules in _HEARD or _whether_it_is_right(said, names)
    kept = is_of_an_event(said, names) or _runs_a_query(said, names)
    return checked or flagged or kept or bool(_in_a_note(said, names))


_RUNS: Final = compiled(r"(?:please )?(?:re-?run|run|execute|show(?: me)?|open|print|what(?:'?s| is| does))\b")


def _runs_a_query(said: Said, names: Vocabulary) -> bool:
    """As in "run bee-costs", where a saved query is called so, and nothing else is said."""
    if not names.counts["queries"] or not (verb := _RUNS.match(said.folded)):
        return False
    rest = squash(said.folded[verb.end() :].strip(" ?.!").removeprefix("the "))
    rows = names.once("saved queries", lambda: names.index.query("SELECT name FROM queries ORDER BY 1"))
    plain = re.match(r"(?:please )?(?:re-?run|run|execute)\b", said.folded)
    called = (squash(name) for (name,) in rows)
    return any(rest in ({name, f"{name}query"} if plain else {f"{name}query"}) for name in called)


def _in_a_note(said: Said, names: Vocabulary) -> tuple[str, ...]:
    """The notes that tell what no entry can: a rate that was agreed, why something is missing, what was promised."""
    beyond = elsewhere(said.text) or rate_refusal(said.text)
    told = (noted_words(said.text, names) if beyond else ()) or told_in_notes(said, names)
    asked_for = (said.by_rules or said.intent).measure is Measure.NOTES  # "did I write down why": on what is named
    return told or (() if asked_for else explained(said, names))


def beside(said: Said, names: Vocabulary) -> Said:
    """The question with the words for what stands beside the entries read as such, and no longer missed as names."""
    rules = said.by_rules or said.intent
    if measured_key(said, names):
        other = said.intent.measure in {*_HEARD, Measure.EVENTS}
        intent = replace(said.intent, measure=Measure.LIST) if other else said.intent
        return replace(said, intent=intent)  # "where nobody wrote down the litres" asks for no note
    if told := _in_a_note(said, names):
        return as_noted(said, told)
    if rules.measure in _HEARD and said.intent.measure is not rules.measure:
        said = replace(said, intent=replace(rules, order=said.intent.order if rules.order else None))
    if (query := _runs_a_query(said, names)) or is_of_an_event(said, names):
        measure = Measure.QUERIES if query else Measure.EVENTS
        return replace(said, intent=replace(said.intent, measure=measure), unknown=(), unread=())
    only_heard = said.intent.measure is Measure.EVENTS and rules.measure in {Measure.SUM, None}
    if only_heard and _names_what_is_booked(said):
        return replace(said, intent=replace(said.intent, measure=rules.measure))
    said = _padded(_of_checks(said, names))
    said = _flagged(said)
    if any(f"^{each.words.lstrip('^')}" in said.text for each in said.phrases):
        said = _named_outright(said)
    for name, measure in _TOLD.items():
        cue = cues("cues").single[name]
        if cue.search(said.folded):
            said = _without_words(said, cue.expression)
            if said.intent.measure is None:
                said = replace(said, intent=replace(said.intent, measure=measure))
    return in_what_is_filed(said, names)


_AS_AN_EVENT: Final = compiled(r"\b(?:it(?:'?s| is)|as) an event\b|\bevent entr(?:y|ies)\b")


def _names_what_is_booked(said: Said) -> bool:
    """As in "owner drawings", an account; but for "which visa was I on, it is an event", or a word for one."""
    accounts = [each.best for each in said.phrases if each.best.kind == "account"]
    if not accounts or _AS_AN_EVENT.search(said.folded):
        return False
    sure = probability(said.understood, "measure", Measure.EVENTS) > CERTAIN
    return not sure or any(each.how == "exact" for each in accounts)


def _flagged(said: Said) -> Said:
    """As in "pending in checking": the entries that bear the mark; where they are left out, all the rest."""
    if re.search(LESS_FLAGGED, said.folded):
        return _without_words(said, LESS_FLAGGED)
    if not re.search(FLAGGED, said.folded):
        return said
    named = re.search(r"(?<=[\s\"'(])![\"')]?\s", said.text)
    said = _named_outright(said) if named else _without_words(said, FLAGGED)
    unsaid = said.intent.measure is Measure.SUM and not _FIGURE.search(said.folded)  # "anything I am unsure about"
    if unsaid or said.intent.measure in {None, Measure.METADATA}:
        said = replace(said, intent=replace(said.intent, measure=Measure.LIST, key="entry"))
    return said


def _padded(said: Said) -> Said:
    """As in "how much was padded into the till": the entries that Beancount made, for "pad" is no name then."""
    if not re.search(PADDED, said.folded):
        return said
    named = tuple(each for each in said.phrases if not fold(each.words).startswith("pad"))
    intent = replace(said.intent, measure=Measure.LIST, flow=None, key="entry")
    return _without_words(replace(said, phrases=named, intent=intent), PADDED)


def _of_checks(said: Said, names: Vocabulary) -> Said:
    if _whether_it_is_right(said, names):
        said = replace(said, intent=Intent(Measure.BALANCE_CHECKS, failing=True), unknown=(), unread=())
    if said.intent.measure is not Measure.BALANCE_CHECKS:
        return said
    checks = next(rule for rule in cues("cues").rules["measure"] if rule.name == Measure.BALANCE_CHECKS.value)
    return _without_words(said, checks.pattern.expression)


_WHETHER: Final = compiled(
    r"(?:and |so )?(?:by )?(?:how (?:much|far) )?(?:is|are|was|were|does|do|did|has|have)\b"
    r"(?! (?:i|we|you|he|she|they|it|there)\b)"
)
# "How far out is the till", "by how much does the jar not tally".
_HOW_FAR: Final = compiled(
    r"(?:and |so )?(?:by )?how (?:much|far) (?:off|out|short|wrong|adrift) (?:is|are|was|were)\b"
)
# What is said right after the name; "paid off", "run out" and "right now" say something else.
_RIGHT: Final = compiled(
    r"(?:'s)?(?: (?:account|balance|count|total|figure|float|tin|box|money|still|ever|always|really|all|been))*"
    r" (?:right(?! now)|correct|ok|okay|add(?:s|ed)? up|tall(?:y|ies|ied)|balance[ds]?|agrees?|match(?:es)?"
    r"|reconciled?|wrong|out of line|out|off|short|accurate)"
    r"(?: (?:by|by how much|by anything|anywhere|at all|now|today|up"
    r"|(?:with|to) (?:the |my |our )?(?:books?|ledger|bank|statements?|count)))*\W*"
)


_ITS_COUNT: Final = compiled(r"(?: (?:account|balance|count|total|float|tin|box|now|today))*\W*")


def _whether_it_is_right(said: Said, names: Vocabulary) -> bool:
    """As in "is the jar count right", "does the till add up": of an account whose balance the ledger checks."""
    far = bool(_HOW_FAR.match(said.folded))
    if not (far or _WHETHER.match(said.folded)):
        return False
    named = [
        name
        for each in said.phrases
        if (_ITS_COUNT if far else _RIGHT).fullmatch(said.folded.rpartition(fold(each.words))[2])
        for option in each.options
        if option.kind == "account"
        for name in option.values
    ]
    rows = names.index.query(
        "SELECT 1 FROM balances JOIN (SELECT unnest(?::VARCHAR[]) AS top)"
        " ON account = top OR starts_with(account, top || ':') LIMIT 1",
        [named],
    )
    return bool(rows)


def _named_outright(said: Said) -> Said:
    """As in "joined by ^visit-88", "with a ! before it": beside such a sign no common word is missed as a name."""
    return replace(said, unknown=tuple(each for each in said.unknown if each[:1].isupper()), unread=())


def _without_words(said: Said, pattern: str) -> Said:
    """The question without words that were missed as names, where they only say what the pattern hears."""
    heard = " ".join(match.group() for match in re.finditer(pattern, said.folded))
    spoken = set(re.findall(r"[\w'-]+", heard))

    def missed(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in words if each[:1].isupper() or fold(each) not in spoken)

    return replace(said, unknown=missed(said.unknown), unread=missed(said.unread))
