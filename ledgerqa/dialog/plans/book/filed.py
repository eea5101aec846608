"""Plans for what is filed beside the entries: notes and documents, on accounts or by what they say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, name_stems, stem, stems, tokenize
from ledgerqa.dialog.linking.choosing import note_of
from ledgerqa.dialog.linking.links import EXACT_PAYEE, Link, Phrase, text_pattern
from ledgerqa.dialog.plans.asked import Asked, one_period
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Mention, Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.records import Outcome

MOST_NOTES: Final = 5000  # that are looked through for words of the question
_TELLING: Final = 5  # letters of a word that tells whose entries they are
_WRITTEN: Final = frozenset(
    "note jot jotted write written wrote noted down scribbled remark memo reminder reason".split()
)
_FEWEST_SAID: Final = 2  # words of a question in a note that may answer it
_WHY: Final = compiled(r"\b(?:why|how come|wh?at(?:'?s| is| was)? the reason|for (?:what|which) reason)\b")
_MISSING: Final = compiled(r"\b(?:no|not|nothing|none|never|stop(?:ped)?|missing|skipped|paused|absent)\b|n't\b")
_NOTED: Final = frozenset({"note", "noted"})
_ABOUT: Final = r"\b(?:about|regarding|concerning|on|why|mention\w*|sa(?:y|ys|id|ying)|saying|of|for)\b"
# What is filed "for the move", "on boats"; a word that says where things are filed names nothing.
_ON_WHAT: Final = compiled(
    r"\b(?:notes?|documents?|papers?|paperwork|receipts?|scans?|attachments?|files)"
    r"(?: (?:filed|attached|stored|kept|saved|made|there|is|are|we|i|have|has|do|got))*"
    r" (?:for|about|regarding|concerning|on|to do with|relating to) (?:(?:the|my|our|an?|this|that) )?"
    r"(?P<what>[\w'-]+)\W*$",
    re.IGNORECASE,
)
_WHEREVER: Final = frozenset(
    "file record hand paper disk ledger books book accounts account entries everything anything all it that them this"
    " these those there me us tax".split()
)
_ALL: Final = r"\b(?:everything|all (?:that|of|the))\b"
_TEXT: Final = {Measure.NOTES: "comment", Measure.DOCUMENTS: "path"}


def notes(asked: Asked) -> Outcome:
    """Notes on the accounts named, or that hold the words.

    "Everything we wrote down that goes with claim 12" is what is booked under its link.
    """
    filters = named_accounts(asked)
    if filters.links and asked.has(_ALL):
        return Plan(Measure.LIST, filters, one_period(asked), order=asked.intent.order)
    if filters.accounts and (texts := _said_of(asked, filters.accounts)):
        filters = replace(filters, mentions=(Mention("what is asked about", payees=texts),))
        plan = _listing(asked, Measure.NOTES, filters)
        return replace(plan, reading=("of the notes there, those that say most of the question's words",))
    return _listing(asked, Measure.NOTES, filters)


def _said_of(asked: Asked, accounts: tuple[str, ...]) -> tuple[str, ...]:
    """As in "what did I write about the pipes at the flat": of the notes there those that say most of the rest."""
    rows = asked.names.index.query(
        "SELECT DISTINCT comment FROM notes JOIN (SELECT unnest(?::VARCHAR[]) AS top)"
        " ON account = top OR starts_with(account, top || ':') ORDER BY 1",
        [list(accounts)],
    )
    named = {part for each in asked.said.phrases if each.of_kind("account") for part in stems(each.words)}
    spoken = spoken_words(asked.said) - named
    shared = {comment: len(spoken.intersection(stems(comment))) for (comment,) in rows}
    most = max(shared.values(), default=0)
    return tuple(comment for comment, count in shared.items() if count == most) if most else ()


def documents(asked: Asked) -> Outcome:
    """Documents filed to the accounts named, or whose file is called so."""
    return _listing(asked, Measure.DOCUMENTS, named_accounts(asked))


def named_accounts(asked: Asked) -> Filters:
    """The names as filters of directives that stand on accounts."""
    found = asked.scope.filters
    return Filters(
        accounts=found.accounts,
        exclude_accounts=found.exclude_accounts,
        roots=found.roots,
        mentions=() if found.accounts else found.mentions,
        tags=found.tags,
        links=found.links,
    )


def limit_of(asked: Asked) -> int | None:
    """How many rows are asked for."""
    return asked.intent.limit or (1 if asked.intent.single else None)


_BY_NAME: Final = frozenset({"exact", "words", "stem"})


def in_what_is_filed(said: Said, names: Vocabulary) -> Said:
    """As in "is there a warranty on file": words that name nothing else, where a note or a file's name says them."""
    if said.phrases and all(_only_on_documents(each, names) for each in said.phrases) and not said.intent.flow:
        return replace(said, intent=replace(said.intent, measure=Measure.DOCUMENTS))
    if shown := _shown_as_filed(said, names):
        return shown
    measure = said.intent.measure
    words = said.unknown or said.unread
    about = measure is Measure.NOTES and re.search(_ABOUT, said.folded)
    if said.phrases and words and measure in _TEXT and _holding_all(words, measure, names):
        return replace(said, unknown=(), unread=())  # "notes on the damp in the flat": the maker of the plan looks
    if said.phrases or not (words or about or _ON_WHAT.search(said.text)):
        return said
    open_ = (said.by_rules or said.intent).measure is None or (words and _WHETHER_THERE.match(said.folded))
    if open_ and not said.intent.flow and measure not in _TEXT:
        measure = Measure.DOCUMENTS  # "lohnausweis 2023": what nothing is booked under, and a file is called
    if measure not in _TEXT:
        return said
    texts = (words and _holding_all(words, measure, names)) or (
        _sharing_most(said, names) if measure is Measure.NOTES else ()
    )
    if not texts and (named := _ON_WHAT.search(said.text)) and named["what"].lower() not in _WHEREVER:
        idle = fold(named["what"]) in lexicon().grammar or any(named["what"] in each.text for each in said.periods)
        return (
            said if said.unknown or idle else replace(said, unknown=(named["what"],), unread=())
        )  # "the move": no verb after these
    if not texts:
        return said
    option = Link("payee", texts, EXACT_PAYEE, "exact")
    return replace(
        said,
        phrases=(Phrase(0, 1, " ".join(words) or "that", (option,)),),
        unknown=(),
        unread=(),
        intent=replace(said.intent, measure=measure, order=None, limit=None, single=False),
        periods=said.periods if measure is said.intent.measure else (),
    )


_WHETHER_THERE: Final = compiled(
    r"(?:and |so )?(?:is there|are there|do (?:i|we) (?:still )?have|have (?:i|we)(?: still)?(?: got)?"
    r"|where(?:'?s| is| are| did (?:i|we) (?:put|file))|show(?: me)?|find(?: me)?|got)\b"
)


def _shown_as_filed(said: Said, names: Vocabulary) -> Said | None:
    """As in "show me the lease", where a file is called so, and an account only by another word for it."""
    led = _WHETHER_THERE.match(said.folded)
    if led is None or not names.counts["documents"] or len(said.phrases) != 1 or said.periods:
        return None
    (phrase,) = said.phrases
    rest = re.fullmatch(rf" (?:the |my |our |an? )?{re.escape(fold(phrase.words))}\W*", said.folded[led.end() :])
    if rest is None or any(each.how in _BY_NAME for each in phrase.options):
        return None
    files = _holding_all(_tokens(phrase.words), Measure.DOCUMENTS, names)
    option = Link("payee", files, EXACT_PAYEE, "exact")
    intent = replace(said.intent, measure=Measure.DOCUMENTS, flow=None, order=None, limit=None, single=False)
    return replace(said, phrases=(replace(phrase, options=(option,)),), intent=intent, unknown=()) if files else None


def _tokens(words: str) -> tuple[str, ...]:
    """The words by themselves, folded."""
    return tuple(token.fold for token in tokenize(words))


def _only_on_documents(phrase: Phrase, names: Vocabulary) -> bool:
    """As in "where's the lease", where documents are tagged so and no entry is."""
    if phrase.best.kind not in {"tag", "link"} or not names.counts["documents"]:
        return False
    kind = phrase.best.kind
    rows = names.index.query(
        f"SELECT count(*), count(*) FILTER (e.type = 'document') FROM {kind}s t JOIN entries e USING (entry_id)"
        f" WHERE t.{kind} IN (SELECT unnest(?))",
        [list(phrase.best.values)],
    )
    return bool(rows[0][0]) and rows[0][0] == rows[0][1]


def _holding_all(words: Sequence[str], measure: Measure, names: Vocabulary) -> tuple[str, ...]:
    """The notes, or the files, that say all of the words in a row."""
    pattern = ".*".join(text_pattern(word) for word in words)
    return tuple(
        row[0]
        for row in names.index.query(
            f"SELECT DISTINCT {_TEXT[measure]} FROM {measure.value} WHERE regexp_matches({_TEXT[measure]}, ?, 'i')",
            [pattern],
        )
    )


def spoken_words(said: Said, idle: frozenset[str] | None = None) -> set[str]:
    """The stems of the question's words, but for those of grammar (the `idle`), of its days, and of writing itself."""
    passed = lexicon().grammar | lexicon().weak if idle is None else idle
    text = said.text
    for each in said.periods:
        text = text.replace(each.text, " ")
    spoken = {token.stem for token in tokenize(text) if not {token.fold, token.stem} & passed}
    return spoken - {stem(word) for word in _WRITTEN}


def noted_words(text: str, names: Vocabulary) -> tuple[str, ...]:
    """As in "until when is the mortgage rate fixed": the notes that say most of what is asked, and no less than that.

    Two words have to stand in the note itself, and a third there or in the name of its account; one less where the
    question says that there is a note.
    """
    if not names.counts["notes"]:
        return ()
    spoken = {token.stem for token in tokenize(text) if token.fold not in lexicon().grammar}
    fewest = _FEWEST_SAID - (1 if spoken & _NOTED else 0)
    shared = {
        comment: len(spoken & {*stems(comment), *(part for each in account.split(":") for part in name_stems(each))})
        for account, comment in names.once("notes", lambda: _notes(names))
        if len(spoken.intersection(stems(comment))) >= fewest
    }
    most = max(shared.values(), default=0)
    return tuple(comment for comment, count in shared.items() if count == most > fewest)


def _notes(names: Vocabulary) -> list[tuple[str, str]]:
    return names.index.query(f"SELECT account, comment FROM notes ORDER BY entry_id LIMIT {MOST_NOTES}")


def as_noted(said: Said, texts: tuple[str, ...]) -> Said:
    """The question for these notes, whatever else its words may name."""
    option = Link("payee", texts, EXACT_PAYEE, "exact")
    intent = replace(said.intent, measure=Measure.NOTES, order=None, limit=None, single=False, group_by=())
    phrase = Phrase(0, 1, "that", (option,))
    return replace(said, phrases=(phrase,), unknown=(), unread=(), intent=intent, by_rules=intent, periods=())


def explained(said: Said, names: Vocabulary) -> tuple[str, ...]:
    """As in "why is there no salary in November": what was noted on the accounts named, then if anything was."""
    if not names.counts["notes"] or not (_WHY.search(said.folded) and _MISSING.search(said.folded)):
        return ()
    tops = [name for each in said.phrases if each.best.kind == "account" for name in each.best.values]
    rows = names.index.query(
        "SELECT DISTINCT date, comment FROM notes JOIN (SELECT unnest(?::VARCHAR[]) AS top)"
        " ON account = top OR starts_with(account, top || ':') ORDER BY 1",
        [tops],
    )
    times = [each.period for each in said.periods]
    then = [
        comment
        for day, comment in rows
        if any((each.start is None or each.start <= day) and (each.end is None or day < each.end) for each in times)
    ]
    return tuple(dict.fromkeys(then or (comment for _, comment in rows)))


def _sharing_most(said: Said, names: Vocabulary, fewest: int = 1) -> tuple[str, ...]:
    """As in "what did I write down about the card limit": the notes that share most words with the question."""
    spoken = spoken_words(said)
    shared = {
        comment: len(spoken & {*stems(comment), *name_stems(account)})
        for account, comment in names.index.query(
            f"SELECT account, comment FROM notes ORDER BY entry_id LIMIT {MOST_NOTES}"
        )
    }
    most = max(shared.values(), default=0)
    return tuple(comment for comment, count in shared.items() if count == most) if most >= fewest else ()


def _listing(asked: Asked, measure: Measure, filters: Filters) -> Plan:
    filters, reading = _under_another_name(asked, measure, filters)
    said = {each.words for each in filters.mentions if each.payees}  # as `in_what_is_filed` found them
    reading = tuple(note for note in reading if not any(note.startswith(f"{words} = ") for words in said))
    return Plan(
        measure,
        filters,
        one_period(asked),
        order=asked.intent.order,
        limit=limit_of(asked),
        reading=reading,
    )


def _under_another_name(asked: Asked, measure: Measure, filters: Filters) -> tuple[Filters, tuple[str, ...]]:
    """The names read otherwise, where nothing of the kind is filed as they were read at first.

    As in "notes about the cats": no note bears the tag of that name, but there are some on the accounts of pets; and
    "the deed": no entry's narration is attached, but a file is called so.
    """
    reading = asked.scope.reading
    if filters == Filters() or _filed(asked, measure, filters):
        return filters, reading
    if len(asked.said.phrases) > 1 and measure is Measure.DOCUMENTS and (files := _files_sharing_most(asked)):
        return Filters(mentions=(Mention("what is asked for", payees=files),)), ()
    if (
        len(asked.said.phrases) > 1
        and measure is Measure.NOTES
        and (texts := _sharing_most(asked.said, asked.names, _FEWEST_SAID))
    ):
        return Filters(mentions=(Mention("what is asked about", payees=texts),)), ()
    if len(asked.said.phrases) != 1:
        return filters, reading
    (phrase,) = asked.said.phrases
    for other, note in (*_readings(phrase), *_called_after(asked, measure, phrase)):
        if _filed(asked, measure, other):
            return other, (note,) if note else ()
    return filters, reading


def _files_sharing_most(asked: Asked) -> tuple[str, ...]:
    """As in "Ana's lease" for lease-2024.pdf: the files whose names share most words with the question."""
    spoken = spoken_words(asked.said)
    paths = [path for (path,) in asked.names.index.query("SELECT DISTINCT path FROM documents ORDER BY 1")]
    shared = {path: len(spoken.intersection(name_stems(path.rpartition("/")[2]))) for path in paths}
    most = max(shared.values(), default=0)
    return tuple(path for path, count in shared.items() if count == most) if most else ()


def _called_after(asked: Asked, measure: Measure, phrase: Phrase) -> list[tuple[Filters, str]]:
    """As in "the roofer", whose entries say "CRABTREE ROOFING": files that have a word of all those in their name."""
    told = [set(stems(text)) for each in phrase.options if each.kind in {"payee", "narration"} for text in each.values]
    words = {word for word in set.intersection(*told) if len(word) >= _TELLING and word.isalpha()} if told else set()
    files = asked.names.index.query(f"SELECT DISTINCT {_TEXT[measure]} FROM {measure.value} ORDER BY 1")
    texts = tuple(path for (path,) in files if words.intersection(name_stems(path.rpartition("/")[2])))
    return [(Filters(mentions=(Mention(phrase.words, payees=texts),)), "")] if texts else []


def _readings(phrase: Phrase) -> list[tuple[Filters, str]]:
    """What else the phrase may name: each of its accounts, and its own words."""
    found = [
        (Filters(accounts=option.values), note_of(phrase, option))
        for option in phrase.options
        if option.kind == "account"
    ]
    return [*found, (Filters(mentions=(Mention(phrase.words, pattern=text_pattern(phrase.words)),)), "")]


def _filed(asked: Asked, measure: Measure, filters: Filters) -> bool:
    """Whether anything of the kind stands there under these names."""
    if filters.tags or filters.links or filters.roots or filters.exclude_accounts:
        return False
    texts = [text for each in filters.mentions for text in each.payees]
    patterns = [each.pattern for each in filters.mentions if each.pattern]
    where = ["(account = ? OR starts_with(account, ?))"] * len(filters.accounts)
    where += [f"{_TEXT[measure]} IN (SELECT unnest(?))"] if texts else []
    where += [f"regexp_matches({_TEXT[measure]}, ?, 'i')"] * len(patterns)
    rows = asked.names.index.query(
        f"SELECT 1 FROM {measure.value} WHERE {' OR '.join(where) or 'false'} LIMIT 1",
        [*(part for name in filters.accounts for part in (name, f"{name}:")), *([texts] if texts else []), *patterns],
    )
    return bool(rows)
