"""A figure for each of the times that the ledger's events of one type tell: "in each place I lived", "per employer"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, stem
from ledgerqa.dialog.plans.cash.flows import flow
from ledgerqa.dialog.plans.comparing import PER
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.records import TIME_GROUPINGS, Measure, Period, Plan, Refusal, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_PLACE: Final = "places?|cit(?:y|ies)|towns?|countr(?:y|ies)|homes?|flats?|houses?|address(?:es)?|locations?"
_JOB: Final = "jobs?|employers?|compan(?:y|ies)|firms?"
_LIVED: Final = (
    r"(?: that| where| which)? ?\b(?:i|we)(?:'ve| have)? (?:ever )?(?:liv|work|rent)\w*"
    r"(?: in| at| for)?\b"
)
_EACH: Final = (
    r"\b(?:in|at|for|during|by|per|across|of)? ?(?:each|every|all(?: of)? the|the (?:different|various)|both)(?: of)?"
    rf"(?: the| my| our)? (?P<what>{{0}})(?:{_LIVED})?|\b(?:per|by) (?P<per>{{0}})\b(?:{_LIVED})?"
)
_HOMES: Final = """
    home address residence flat house apartment location city town place country cidade morada casa ville adresse stadt
    ort wohnort wohnung ciudad domicilio piso plaats woonplaats adres citta indirizzo stad
"""
_JOBS: Final = """
    employer job work company employment emprego empleo trabajo emploi travail arbeitgeber arbeit werkgever baan lavoro
"""
_KINDS: Final = ((_PLACE, frozenset(_HOMES.split())), (_JOB, frozenset(_JOBS.split())))
_DAY: Final = dt.timedelta(days=1)
_MOST: Final = 24
_FEWEST: Final = 2
_NO_EVENTS: Final = "No events of this ledger, of one type, tell these times apart: name the days instead."
_TOLD: Final = frozenset({Measure.SUM, Measure.AVERAGE, Measure.COUNT, Measure.NET_INCOME, None})


def event_by_event(asked: Asked) -> Plan | Refusal | None:
    """A side for each event of the type that the words mean, from its day to that of the next one."""
    if asked.intent.measure not in _TOLD or asked.said.periods or asked.said.bounds.spans or asked.key is not None:
        return None
    found = _kind(asked)
    if found is None:
        lived = re.search(_EACH.format(f"{_PLACE}|{_JOB}"), asked.said.folded)
        return Refusal(_NO_EVENTS, ()) if lived and re.search(_LIVED, lived.group()) else None
    kind, clause = found
    turns = _turns(kind, asked)
    plan = _whole(asked, clause)
    if plan is None:
        return None
    ends = [*(day for _, day in turns[1:]), asked.today + _DAY]
    sides = tuple(
        Variant(
            f"{said} ({day.isoformat()} to {(end - dt.timedelta(days=1)).isoformat()})", plan.filters, Period(day, end)
        )
        for (said, day), end in zip(turns, ends, strict=True)
        if day < end
    )
    note = f"each time = from one event “{kind}” to the next"
    return replace(plan, compare=sides, period=Period(), reading=(*plan.reading, note))


def _kind(asked: Asked) -> tuple[str, str] | None:
    """The one type of events that the words tell apart by, and these words."""
    kinds = tuple(dict.fromkeys(each for each, _, _ in asked.names.events))
    for words, called in _KINDS:
        found = re.search(_EACH.format(words), asked.said.folded)
        meant = [each for each in kinds if set(re.findall(r"[^\W\d_]+", fold(each))) & called and _turns(each, asked)]
        if found and len(meant) == 1:
            lived = re.search(_LIVED, found.group())
            own = stem(found["what"] or found["per"]) in {"job", *(stem(fold(each)) for each in meant)}
            return (meant[0], found.group()) if lived or own else None
    return None


def _turns(kind: str, asked: Asked) -> list[tuple[str, dt.date]]:
    """The events of the type, with their days; none where they are one, or more than can be told side by side."""
    turns = [(said, day) for of, said, day in asked.names.events if of == kind and day <= asked.today]
    return turns if _FEWEST <= len(turns) <= _MOST else []


def _whole(asked: Asked, clause: str) -> Plan | None:
    """The plan without these words: the figure of all times together."""
    times = tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS)
    average = asked.intent.measure is Measure.AVERAGE or bool(times)
    intent = replace(asked.intent, group_by=(), order=None, limit=None, single=False, compare=False)
    if average and intent.measure in {Measure.SUM, Measure.AVERAGE, None}:
        per = PER[times[0]] if times else intent.per if intent.per not in {None, "booking"} else "month"
        intent = replace(intent, measure=Measure.AVERAGE, per=per)
    kept = tuple(each for each in asked.said.phrases if fold(each.words) not in clause)
    said = replace(asked.said, phrases=kept, intent=intent, by_rules=None, unknown=(), unread=())
    plan = flow(replace(asked, said=said, scope=scope(said, intent, asked.names)), intent.measure)
    return plan if isinstance(plan, Plan) and not plan.compare and plan.measure in _TOLD else None
