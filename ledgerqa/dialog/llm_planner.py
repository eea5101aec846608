"""A question as a plan by a larger language model: it chooses, held to a schema; rules read, check and compile.

What is no question to a ledger is refused before any model is asked.  The model sees the question, those before it,
and a short list of names (`shortlist`); it answers with an object of closed fields (`written_plan`), which stands in
for the parts that the rules would have read, and becomes the plan by the same steps as theirs.  Amounts, weekdays and
days are still read by the rules.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from ledgerqa.backends.protocols import Message
from ledgerqa.dialog.calendar.periods import find_periods, relative_to
from ledgerqa.dialog.intent.intents import Intent
from ledgerqa.dialog.language.tongues import in_english
from ledgerqa.dialog.language.vocabulary import vocabulary
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import Link, Phrase
from ledgerqa.dialog.linking.metadata_keys import Key, counts_key, find_key
from ledgerqa.dialog.plans.asked import Asked
from ledgerqa.dialog.plans.by_key import told_by_key
from ledgerqa.dialog.plans.measures import plan_of
from ledgerqa.dialog.understanding.history import carried
from ledgerqa.dialog.understanding.reading import read
from ledgerqa.dialog.understanding.refusals import EXAMPLES, refusal, without_instructions
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.dialog.understanding.shortlist import phrase_of, shortlist
from ledgerqa.dialog.written_plan import BY_KEY, DEBTS, ORDERS, PICKS, REFUNDS, SPECIAL, WrittenPlan, checked, schema_of
from ledgerqa.errors import PlanUnusableError
from ledgerqa.records import Choice, Clarify, Grouping, Measure, Plan, Refusal, Valuation
from ledgerqa.samples import prompts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from ledgerqa.corpus import Index
    from ledgerqa.dialog.calendar.calendar_units import FiscalStart
    from ledgerqa.dialog.calendar.periods import FoundPeriod
    from ledgerqa.dialog.intent.intents import CountOf, Flow, Per
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.meaning import Meaning
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.dialog.understanding.shortlist import Shortlist
    from ledgerqa.records import Outcome

SYSTEM_PROMPT: Final = "planner.txt"
QUESTION_PROMPT: Final = "planner_question.txt"
LONGEST: Final = 2000  # characters of a question that are read
SHOWN_QUESTION: Final = 500  # of a question that are shown to the model
MOST_EARLIER: Final = 4
MAX_TOKENS: Final = 400
ATTEMPTS: Final = 2
LISTED: Final = {
    "account": "accounts", "payee": "payees", "narration": "narrations", "tag": "tags", "link": "links",
    "currency": "commodities", "key": "keys",
}  # fmt: skip
_SUBJECT_NEEDED: Final = frozenset({Measure.SUM, Measure.AVERAGE, Measure.COUNT, Measure.LIST, Measure.GAPS})


class Write(Protocol):
    """A model's answer to messages, held to a JSON schema where it can be; see `backends.protocols.Writer`."""

    def __call__(self, messages: Sequence[Message], schema: Mapping[str, Any], max_tokens: int, /) -> str:
        """Write."""


@dataclass(frozen=True)
class _Read:
    """What the rules make of the conversation: the question alone, with what it leans on, and what came before.

    `asked` and `history` are as they were put, less the sentences that instruct.
    """

    asked: str
    said: Said
    carried: Said
    before: Said | None
    history: tuple[str, ...]
    today: dt.date
    fiscal_start: FiscalStart


def plan_by_model(
    question: str,
    history: Sequence[str],
    today: dt.date,
    index: Index,
    fiscal_start: FiscalStart,
    meaning: Meaning | None,
    write: Write,
) -> Outcome:
    """What `question` asks of the ledger, as a model puts it; the parameters are those of `plan_question`.

    An answer that is no plan is handed back to the model once, with what is wrong.  Raises `PlanUnusableError` where
    the second is none either, and what the model's runtime raises.
    """
    names = vocabulary(index)
    asked = question[:LONGEST]
    rest = without_instructions(in_english(asked))
    if (declined := refusal(in_english(asked), rest)) and not counts_key(rest, names):
        return declined
    heard = _heard(asked, history, today, names, fiscal_start or names.fiscal_start)
    conversation = [each for each in (heard.said, heard.before) if each is not None]
    offered = shortlist(conversation, names, meaning, _periods_offered(heard, names))
    messages, schema = _messages(heard, offered), schema_of(offered)
    for attempt in range(1, ATTEMPTS + 1):
        text = write(messages, schema, MAX_TOKENS)
        try:
            return _outcome(checked(text, offered, names), heard, offered, names)
        except PlanUnusableError as error:
            if attempt == ATTEMPTS:
                raise
            messages += [Message("assistant", text), Message("user", f"{error} Answer with the JSON object alone.")]
    raise AssertionError("every attempt returns or raises")


# ----------------------------------------------------------------------------------------- what it is asked


def _heard(asked: str, history: Sequence[str], today: dt.date, names: Vocabulary, fiscal_start: FiscalStart) -> _Read:
    before: Said | None = None
    kept: list[str] = []
    for each in (earlier[:LONGEST] for earlier in history):
        text = without_instructions(in_english(each))
        if text and not refusal(in_english(each), text):
            before = carried(read(text, today, names, fiscal_start), before, today, names, fiscal_start)
            kept.append(without_instructions(each))
    said = read(without_instructions(in_english(asked)), today, names, fiscal_start)
    after = carried(said, before, today, names, fiscal_start)
    return _Read(without_instructions(asked), said, after, before, tuple(kept), today, fiscal_start)


def _periods_offered(heard: _Read, names: Vocabulary) -> dict[str, FoundPeriod]:
    """The periods of the question, those it leans on, and those before, by their words."""
    found = [*heard.said.periods, *heard.carried.periods]
    for text in reversed(heard.history):
        found += find_periods(in_english(text), heard.today, fiscal_start=heard.fiscal_start, events=names.event_days)
    offered: dict[str, FoundPeriod] = {}
    for period in found:
        offered.setdefault(" ".join(period.text.split()), period)
    return {words: period for words, period in offered.items() if words}


@cache
def system_prompt() -> str:
    """What the model is told, with examples."""
    return (prompts() / SYSTEM_PROMPT).read_text(encoding="utf-8").strip()


@cache
def question_prompt() -> str:
    """How names and question follow: {names}, {earlier} and {question} stand for them."""
    return (prompts() / QUESTION_PROMPT).read_text(encoding="utf-8").strip()


def _messages(heard: _Read, offered: Shortlist) -> list[Message]:
    """The prompt; all that comes from the ledger or the user is quoted as JSON."""
    listed: dict[str, Sequence[str]] = {LISTED[kind]: names for kind, names in offered.names.items() if names}
    if offered.periods:
        listed["periods"] = list(offered.periods)
    earlier = [text[:SHOWN_QUESTION] for text in heard.history[-MOST_EARLIER:]]
    parts = {"names": listed, "earlier": earlier, "question": " ".join(heard.asked.split())[:SHOWN_QUESTION]}
    quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in parts.items()}
    return [Message("system", system_prompt()), Message("user", question_prompt().format(**quoted))]


# ---------------------------------------------------------------------------------- what comes of its answer


def _outcome(written: WrittenPlan, heard: _Read, offered: Shortlist, names: Vocabulary) -> Outcome:
    if written.answerable == "no":
        return Refusal("This ledger holds nothing that answers this question.", EXAMPLES)
    if written.answerable == "unclear":
        return _asked_back(written, heard, offered)
    intent = _intent(written, heard)
    lost = heard.said.unknown
    if lost and not written.names and not written.without and intent.measure in _SUBJECT_NEEDED:
        return Refusal(f'Nothing in this ledger is called "{" ".join(lost)}".', EXAMPLES)
    excluded = _phrases(written.without, offered)
    said = replace(
        heard.carried,
        text=_without_words(heard.carried.text, excluded),
        intent=intent,
        phrases=_phrases(written.names, offered) + _commodities(written),
        excluded=excluded,
        periods=_periods(written, heard, offered, names),
        unknown=(),
        unread=(),
        by_rules=None,
        understood=None,
    )
    found = scope(said, intent, names)
    if found.clarify:
        return found.clarify
    outcome = plan_of(Asked(said, found, _key(written, said, names), heard.today, names))
    if not isinstance(outcome, Plan):
        return outcome
    outcome = told_by_key(outcome, said, names)
    if not isinstance(outcome, Plan):
        return outcome
    notes = [each.note for each in said.periods if each.note]
    outcome = replace(outcome, reading=tuple(dict.fromkeys((*outcome.reading, *notes))))
    return _kept_to(written.measure, outcome)


def _kept_to(measure: str, plan: Plan) -> Plan:
    """The plan kept to what came back, strays or stands twice, which the rules would know by their words for it."""
    if measure in PICKS:
        return replace(plan, measure=Measure.LIST, group_by=(), unit="posting", order=None, pick=PICKS[measure])
    if measure != REFUNDS:
        return plan
    return replace(
        plan,
        filters=replace(plan.filters, sign=-1),
        compare=tuple(replace(side, filters=replace(side.filters, sign=-1)) for side in plan.compare),
    )


def _without_words(text: str, excluded: Sequence[Phrase]) -> str:
    """The question without the words for what is left out, as the rules over words are to read it."""
    for phrase in excluded:
        text = re.sub(rf"\b{re.escape(phrase.words)}\b", " ", text, flags=re.IGNORECASE)
    return text


def _intent(written: WrittenPlan, heard: _Read) -> Intent:
    """The form that the model chose; what it cannot say is the rules', where they read the same measure."""
    measure = SPECIAL.get(written.measure) or Measure(written.measure)
    rules = heard.carried.intent
    base = rules if rules.measure is measure else Intent()
    return replace(
        base,
        measure=measure,
        flow=cast("Flow", written.flow) if written.flow else "spend" if written.measure == REFUNDS else None,
        group_by=tuple(Grouping(each) for each in written.group_by),
        by_key=written.key if BY_KEY in written.group_by else None,
        order=ORDERS.get(written.order),
        limit=written.limit or None,
        single=False,
        count_of=cast("CountOf", written.counted) if written.counted else None,
        per=cast("Per", written.per) if written.per else None,
        valuation=Valuation(written.valued) if written.valued else None,
        convert=bool(written.in_currency),
        compare=written.compare,
        sign=-1 if written.measure == REFUNDS else base.sign,
        key="shared" if written.measure == DEBTS else base.key,
        vague=False,
        guessed=False,
    )


def _phrases(chosen: Sequence[tuple[str, str]], offered: Shortlist) -> tuple[Phrase, ...]:
    """The names chosen as phrases, each with one reading; names that the same words led to are one phrase."""
    gathered: dict[tuple[str, str], list[str]] = {}
    for kind, name in chosen:
        linked = phrase_of(kind, name, offered.phrases)
        words = linked.words if linked else name.rpartition(":")[2] if kind == "account" else name
        gathered.setdefault((kind, words), []).append(name)
    seen: set[str] = set()
    phrases = []
    for (kind, words), found in gathered.items():
        link = Link(cast("Any", kind), tuple(found), 1.0, "meaning")
        phrases.append(Phrase(0, 1, words, (link,), lead="and " if kind in seen else ""))
        seen.add(kind)
    return tuple(phrases)


def _commodities(written: WrittenPlan) -> tuple[Phrase, ...]:
    """What is held, bought or priced, and what is to be converted to."""
    pairs = [(written.commodity, ""), (written.in_currency, "in ")]
    return tuple(
        Phrase(0, 1, code, (Link("currency", (code,), 1.0, "exact"),), lead=lead) for code, lead in pairs if code
    )


def _periods(written: WrittenPlan, heard: _Read, offered: Shortlist, names: Vocabulary) -> tuple[FoundPeriod, ...]:
    """The periods whose words the model chose; words that it quotes otherwise must stand in the conversation."""
    found: list[FoundPeriod] = []
    by_words = {_bare(words): period for words, period in offered.periods.items()}
    conversation = fold(" ".join(" ".join((*heard.history, heard.asked, heard.said.text)).split()))
    for quoted in written.periods:
        if _bare(quoted) in by_words:
            found.append(by_words[_bare(quoted)])
            continue
        if fold(" ".join(quoted.split())) not in conversation:
            raise PlanUnusableError(f"{json.dumps(quoted, ensure_ascii=False)} does not stand in the question")
        read_alone = find_periods(
            in_english(quoted), heard.today, fiscal_start=heard.fiscal_start, events=names.event_days
        )
        leaned = _leaning(quoted, heard) if not read_alone else ()
        if not read_alone and not leaned:
            raise PlanUnusableError(f"{json.dumps(quoted, ensure_ascii=False)} names no period")
        found += read_alone or leaned
    return tuple(dict.fromkeys(found))


def _bare(words: str) -> str:
    """The words of a period without the prepositions that change nothing: "in 2021" and "2021"."""
    return re.sub(r"^(?:(?:in|on|at|during|for|of|the) )+", "", fold(" ".join(words.split())))


def _leaning(quoted: str, heard: _Read) -> tuple[FoundPeriod, ...]:
    """As in "the year before": a period that counts from the one before."""
    if heard.before is None or not heard.before.periods:
        return ()
    earlier = heard.before.periods[-1]
    period = relative_to(in_english(quoted), earlier.period, heard.today, fiscal_start=heard.fiscal_start)
    return (replace(earlier, period=period, text=period.label),) if period else ()


def _key(written: WrittenPlan, said: Said, names: Vocabulary) -> Key | None:
    """The metadata key asked for, with the value that stands in the question."""
    if written.measure != Measure.METADATA.value:
        return None
    read_so = find_key(said, names)
    if not written.key:
        if read_so is None:
            raise PlanUnusableError('"metadata" needs a "key"')
        return read_so
    return read_so if read_so and read_so.name == written.key else Key(written.key)


def _asked_back(written: WrittenPlan, heard: _Read, offered: Shortlist) -> Clarify:
    """A question back, with the names that the model found to fit as choices."""
    text, choices = heard.asked.strip(), []
    for kind, name in written.names:
        linked = phrase_of(kind, name, offered.phrases)
        written_out = {"account": name, "tag": f"#{name}", "link": f"^{name}"}.get(kind, f'"{name}"')
        if linked and linked.words in text:
            question = text.replace(linked.words, written_out)
        else:
            question = f"{text.rstrip('?. ')}: {written_out}?"
        choices.append(Choice(name, question))
    if len(choices) > 1:
        return Clarify("Which of these is meant?", tuple(choices))
    return Clarify(f'What is "{text}" about? Name an account, a payee, a period, or what to add up.')
