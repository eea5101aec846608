"""An affair told in the words of its entries, of which some money came back: "the burst pipe, once insurance had paid".

Entries of one affair bear one link or one tag, whose name a question seldom says.  It is found by the question's words:
a word tells a link where most entries that say it bear that link.  What is asked for is then put plainly, of the link:
what was spent on it, less what came back.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import FOLDED_SQL, at_or_below
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, name_stems, squash, stem, stems, tokenize
from ledgerqa.dialog.linking.links import SYNONYM
from ledgerqa.dialog.lists import read_list
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from ledgerqa.dialog.calendar.periods import FoundPeriod
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Link, Phrase
    from ledgerqa.dialog.linking.said import Said

_MOST_ENTRIES: Final = 60  # what more entries bear is a kind of cost, or a whole part of the books
_MOST_DAYS: Final = 550  # from the first bill to the last money that came back
_MOST_SAYING: Final = 5000
_TOLD: Final = 0.5  # the share of the entries that say a word from which it tells what they bear
_SHORTEST: Final = 3
_SUMMED: Final = frozenset({Measure.SUM, Measure.NET_INCOME, None})
_BACK: Final = f"(?:{cues('cues').single['settled_by'].expression})"
_AFTER: Final = compiled(
    r"\b(?:after|once|(?<=\w )(?<!\btill )(?<!until )(?<!\bto )when|now that|with|less|minus|net of|off|for"
    rf"|following|beyond|besides|on top of|(?:over and )?above)\b[^.?!;]{{0,40}}?{_BACK}"
)
_BEFORE: Final = compiled(rf"\bbefore\b[^.?!;]{{0,40}}?{_BACK}")
_ON_TOP: Final = compiled(r"\bon top of\b")
_THAT: Final = compiled(r"\bthat $")
_TAKEN: Final = compiled(r"\b(?:total|sum|money|what was) taken\b|\btakings\b")
_AT: Final = compiled(r"\b(?:in|at|during) (?:the |our |my )?$")
_SUFFIX: Final = compiled(r"(?<=\w{4})(?:ing|ers?|ed|es|s|e|y)$")
# Words of settling an affair: they tell none from another.
_SETTLING: Final = frozenset(
    """insurance insurer landlord landlady claim payout refund reimburse reimbursement rebate excess warranty
    share half part bit third back net pocket money cost company policy lot total whole out""".split()
)


@dataclass(frozen=True)
class _Affair:
    """What entries bear together: its sign and name ("^leak-24", "#fete"), its entries and which way money went."""

    name: str
    entries: frozenset[int]
    days: tuple[dt.date, ...]
    returned: bool  # of what was spent
    earned: bool

    @property
    def filters(self) -> Filters:
        """Its entries."""
        return Filters(tags=(self.name[1:],)) if self.name[0] == "#" else Filters(links=(self.name[1:],))


_WHETHER: Final = compiled(
    r"(?:so |and |but )*(?:has|did) (?!(?:i|we|it|that|this|the insur\w+)\b)\w+ (?:\w+ )?(?:pay|paid|repa(?:y|id))\b"
)


def settled_affair(text: str, read: Callable[[str], Said], names: Vocabulary) -> str:
    """The question put of the link or the tag whose entries its words tell; as it is where none is told.

    Only where it says that money came back, or asks what a thing cost after all: else its names stand for themselves.
    """
    asks = _asks(fold(text).replace("’", "'"))
    whether = asks == "back" and _WHETHER.match(fold(text))
    if not asks or whether or re.search(r"[#^]\w", text) or not (names.counts["links"] or names.tags):
        return text
    said = read(text)
    affair = _told(said, names) if _is_sum(said, asks, names) else None
    if affair is None or (asks == "before" and affair.returned):
        return text
    if asks == "back":
        what = "How much income came from" if affair.earned else "What were the refunds on"
    elif asks == "before" or not affair.earned:
        what = "How much did I spend on"
    else:
        what = "What is the net income on"
    return f"{what} {affair.name}?"


def _asks(folded: str) -> str:
    """Whether it asks for what came "back", for what a thing cost "before" that, or for what is left, "net" of it."""
    if cues("cues").found("settled_back", folded):
        return "back"
    if _BEFORE.search(folded):
        return "before"
    return "net" if _AFTER.search(folded) or cues("cues").found("settled_net", folded) else ""


def _is_link(phrase: Phrase, names: Vocabulary) -> bool:
    """As in "the outboard", which is a link of its own beside a payee called Wainwright Outboards."""
    return bool(names.index.query("SELECT 1 FROM links WHERE lower(link) = ? LIMIT 1", [fold(phrase.words)]))


def _is_sum(said: Said, asks: str, names: Vocabulary) -> bool:
    """Whether one figure is asked for."""
    intent = said.by_rules or said.intent
    settling = clause.group() if (clause := _AFTER.search(said.folded)) else ""  # who paid is not what it was paid for
    called = any(
        (each.best.kind == "payee" and (each.best.how == "exact" or not _is_link(each, names)))
        or (each.best.kind in {"tag", "link"} and each.best.how == "exact")
        for each in said.phrases
        if not each.weak and fold(each.words) not in settling
    )
    if (
        called or intent.flow == "income" or _TAKEN.search(said.folded)
    ):  # it is told by its own name, or what was taken is asked for
        return False
    ranked = intent.order and not _ON_TOP.search(said.folded)
    plain = not (intent.group_by or intent.compare or ranked or intent.limit or intent.convert or intent.per)
    return plain and not said.bounds.spans and (asks == "back" or intent.measure in _SUMMED)


def _told(said: Said, names: Vocabulary) -> _Affair | None:
    """The affair that the words tell best; None where none is told, or two are told alike."""
    words = _words(said)
    saying = {word: found for word, found in _saying(words, said, names).items() if found}
    ranked: list[tuple[tuple[float, ...], _Affair]] = []
    for affair in _affairs(frozenset().union(*saying.values()), names):
        shares = [len(affair.entries & found) / len(found) for found in saying.values()]
        plain = _of_accounts(affair, said, names)
        own = {_base(part) for part in (*name_stems(affair.name[1:]), squash(affair.name))}
        linked = {_base(squash(affair.name))} if affair.name[0] == "^" else set()
        telling = [
            share
            for word, share in zip(saying, shares, strict=True)
            if (share >= _TOLD or not linked.isdisjoint(word)) and words[word] not in plain
        ]
        if telling and (affair.returned or affair.earned) and _is_meant(affair, said, names):
            called = sum(not own.isdisjoint(word) for word in words)
            borne = sum(share > 0 for share in shares)
            ranked.append(((borne, called, sum(telling), -len(affair.entries)), affair))
    ranked.sort(key=lambda each: each[0], reverse=True)
    return ranked[0][1] if ranked and (len(ranked) == 1 or ranked[0][0] != ranked[1][0]) else None


def _words(said: Said) -> dict[frozenset[str], int]:
    """What may tell an affair, by the token where it stands: a word, or two together, in the forms entries may have."""
    known = lexicon()
    tokens = tokenize(said.text)
    mishaps = [(found.span(), forms) for called, forms in _mishaps() for found in called.finditer(said.folded)]
    taken = [*((each.start, each.end) for each in said.periods), *(span for span, _ in mishaps)]
    places = {at for each in said.phrases if each.of_kind("tag") for at in range(each.start, each.end)}
    words = {forms: -1 for _, forms in mishaps}
    last = ""
    for at, token in enumerate(tokens):
        told = any(start < token.end and token.start < end for start, end in taken)
        where = at in places and _AT.search(said.folded[: token.start])  # "the break-in in Spain"
        if told or where or token.fold in known.grammar | known.weak or token.stem in _SETTLING:
            last = ""
            continue
        alone = token.fold not in known.ordinary and len(token.stem) >= _SHORTEST
        if last:
            words.setdefault(frozenset({_base(last + token.stem)}), at)
        if alone:
            words.setdefault(frozenset({_base(token.stem)}), at)
        last = token.stem
    return words


@lru_cache(maxsize=1)
def _mishaps() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    """Words for one kind of mishap: a pattern for them, and the forms of all of them."""
    lines = read_list("mishaps")["mishaps"].values()
    kinds = [[each.strip() for each in line.split(",")] for line in lines]
    return tuple(
        (
            re.compile(r"\b(?:" + "|".join(each.replace(" ", "[ -]") for each in called) + r")\b"),
            frozenset(_base(stem(squash(each))) for each in called),
        )
        for called in kinds
    )


@lru_cache(maxsize=4096)
def _base(word: str) -> str:
    """What roofs, roofers and roofing share."""
    return _SUFFIX.sub("", word)


def _forms(text: str) -> frozenset[str]:
    """The forms of the words of a text, and of those that stand side by side taken together ("break-in": breakin)."""
    words = stems(text)
    pairs = (f"{one}{two}" for one, two in itertools.pairwise(words))
    return frozenset(map(_base, (*words, *pairs)))


def _saying(words: Iterable[frozenset[str]], said: Said, names: Vocabulary) -> dict[frozenset[str], frozenset[int]]:
    """The entries that say each word, in the time that the question tells of where some do so then."""
    forms_said = sorted({_spaced(form) for word in words for form in word})
    if not forms_said:
        return {}
    rows = names.index.query(
        f"SELECT entry_id, date, text FROM ({_TEXTS}) WHERE regexp_matches({FOLDED_SQL.format('text')}, ?)"
        f" ORDER BY entry_id LIMIT {_MOST_SAYING}",
        ["|".join(forms_said)],
    )
    then = [row for row in rows if any(_holds(each, row[1], said) for each in said.periods)]
    forms = [(entry, _forms(text)) for entry, _, text in then or rows]
    return {word: frozenset(entry for entry, own in forms if not own.isdisjoint(word)) for word in words}


_TEXTS: Final = (
    "SELECT e.entry_id, e.date, concat_ws(' ', payee, narration,"
    " (SELECT string_agg(tag, ' ') FROM tags t WHERE t.entry_id = e.entry_id),"
    " (SELECT string_agg(link, ' ') FROM links l WHERE l.entry_id = e.entry_id)) AS text"
    " FROM entries e WHERE type = 'transaction'"
)


def _spaced(form: str) -> str:
    """A pattern for a form, whatever stands between its letters: "breakin" in "break-in"."""
    return "[^a-z0-9]*".join(map(re.escape, form))


def _holds(found: FoundPeriod, day: dt.date, said: Said) -> bool:
    """Whether it was then; "that January" is that of any year."""
    period = found.period
    if period.start and _THAT.search(said.folded[: found.start]) and not re.search(r"\d", found.text):
        return day.month == period.start.month
    return (period.start is None or period.start <= day) and (period.end is None or day < period.end)


def _of_accounts(affair: _Affair, said: Said, names: Vocabulary) -> set[int]:
    """The tokens that name an account of which it is a part: "medical bills after insurance" are all of them."""
    return {
        at
        for each in said.phrases
        if each.best.kind == "account" and each.best.score >= SYNONYM
        if names.booked.meets(replace(affair.filters, accounts=each.best.values))
        if not _is_all_of(affair, each.best.values, names)
        for at in range(each.start, each.end)
    }


def _is_all_of(affair: _Affair, accounts: tuple[str, ...], names: Vocabulary) -> bool:
    """Whether nothing else was ever spent on these accounts: "the polytunnel" is the affair #polytunnel."""
    below, within = at_or_below(accounts)
    rows = names.index.query(f"SELECT DISTINCT entry_id FROM postings WHERE root = 'expenses' AND {below}", [*within])
    return bool(rows) and affair.entries.issuperset(entry for (entry,) in rows)


def _affairs(entries: frozenset[int], names: Vocabulary) -> list[_Affair]:
    """The links and tags of these entries that few bear, near in time, and under which something was spent."""
    rows = names.index.query(
        "WITH borne AS (SELECT '#' || tag AS name, entry_id FROM tags UNION ALL"
        " SELECT '^' || link, entry_id FROM links)"
        " SELECT b.name, list(DISTINCT p.entry_id), list(DISTINCT p.date ORDER BY p.date),"
        " count(*) FILTER (p.root = 'expenses' AND p.number < 0), count(*) FILTER (p.root = 'income')"
        " FROM borne b JOIN postings p USING (entry_id)"
        " WHERE b.name IN (SELECT name FROM borne WHERE entry_id IN (SELECT unnest(?::INTEGER[]))) GROUP BY 1"
        " HAVING count(*) FILTER (p.root = 'expenses' AND p.number > 0) > 0 AND count(DISTINCT p.entry_id) > 1"
        " ORDER BY 1",
        [sorted(entries)],
    )
    found = (
        _Affair(name, frozenset(borne), tuple(days), bool(returned), bool(earned))
        for name, borne, days, returned, earned in rows
    )
    return [
        each
        for each in found
        if len(each.entries) <= _MOST_ENTRIES and (each.days[-1] - each.days[0]).days <= _MOST_DAYS
    ]


def _is_meant(affair: _Affair, said: Said, names: Vocabulary) -> bool:
    """Whether it was in the time that is told, and nothing else is named for certain that has no part in it."""
    told = [each for each in said.periods if each.period.start or each.period.end]
    if told and not any(_holds(each, day, said) for each in told for day in affair.days):
        return False
    borne = _borne(affair, names)
    named = [each for each in (*said.phrases, *said.excluded) if _is_sure(each.best)]
    return all(_has_part(each, affair, borne, names) for each in named) and not any(
        word[:1].isupper() and not said.text.startswith(word) and not _said_by(word, borne) for word in said.unknown
    )


def _is_sure(link: Link) -> bool:
    return link.how == "exact" if link.kind in {"payee", "tag"} else link.kind == "account" and link.score >= SYNONYM


def _has_part(phrase: Phrase, affair: _Affair, borne: frozenset[str], names: Vocabulary) -> bool:
    """Whether an entry of the affair says the words, or bears what they name; words of settling it are none."""
    return _said_by(phrase.words, borne) or any(
        names.booked.meets(narrowed)
        for option in phrase.options
        if (narrowed := _narrowed(affair.filters, phrase, option)) is not None
    )


def _narrowed(filters: Filters, phrase: Phrase, option: Link) -> Filters | None:
    if option.kind == "account":
        return replace(filters, accounts=option.values)
    return replace(filters, mentions=(mention_of(phrase, option),)) if option.kind in {"payee", "narration"} else None


def _said_by(words: str, borne: frozenset[str]) -> bool:
    return all(each in _SETTLING or _base(each) in borne for each in stems(words))


def _borne(affair: _Affair, names: Vocabulary) -> frozenset[str]:
    """The forms of all words that its entries hold: texts, accounts and what is noted under keys."""
    rows = names.index.query(
        f"SELECT text FROM ({_TEXTS}) WHERE entry_id IN (SELECT unnest(?::INTEGER[])) UNION"
        " SELECT replace(account, ':', ' ') FROM postings WHERE entry_id IN (SELECT unnest(?::INTEGER[])) UNION"
        " SELECT value FROM metadata WHERE value IS NOT NULL AND entry_id IN (SELECT unnest(?::INTEGER[]))",
        [sorted(affair.entries)] * 3,
    )
    return frozenset().union(*(_forms(text) for (text,) in rows))
