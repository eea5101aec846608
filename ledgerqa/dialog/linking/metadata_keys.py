"""Questions for metadata: which key is meant, and which of its values is named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.dictionary import ENGLISH, concepts_named, concepts_of, tongues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, name_stems, squash, stem, tokenize
from ledgerqa.dialog.linking.doers import doer_key, does_it
from ledgerqa.dialog.linking.naming_keys import counted_key, names_things
from ledgerqa.dialog.lists import read_list
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure, MetadataFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.linking.said import Said

# What people call what they file under short keys.
_CALLED = {
    "doc": ("document", "receipt", "file", "paper", "attachment"),
    "document": ("doc", "receipt", "file"),
    "receipt": ("doc", "document"),
    "url": ("link", "address", "webpage", "website"),
    "link": ("url",),
    "ref": ("reference",),
    "tx": ("transaction hash", "hash", "txid"),
    "acct": ("account number",),
    "iban": ("account number", "bank account number"),
    "inv": ("invoice",),
    "invoice": ("bill",),
    "institution": ("bank", "institute"),
    "contact": ("phone",),
}
# What is numbered, and not measured, under a key of this name.
NUMBERS = frozenset(
    "invoice receipt order ticket number no nr ref reference id code check cheque booking case claim serial account"
    " phone bill document doc page room seat member card contract policy year date".split()
)
_ASKING = cues("cues").single["metadata_asking"]
_FIGURE = compiled(r"\b(?:how much|spen[dt]|spending|total|sum|average|balance of|cost|expenses|net of)\b")
_COSTS = compiled(r"\b(?:costs?|spen[dt]|spending|expenses|profit)\b")
_SOURCE = compiled(r"\b(?:report(?:ed|s)?|itself|stated?|said|says|according|record(?:ed|s)?|show(?:s|n|ed)?)\b")
_ITS_NUMBER = compiled(
    r"\b(?:what|which)(?:'?s| is| was)? (?:the |its |that |their )?(?:\w+ )?(?:number|no|nr|reference|ref|code|id)\b"
)
_FEWEST_JOINED = 6
ANY = frozenset(
    {"number", "no", "nr", "id", "name", "date", "ref", "reference", "code"}
)  # keys that say of nothing what
# "With name, date and amount": what to tell of each entry, and no key.
_COLUMN = r"(?:names?|dates?|days?|amounts?|sums?|prices?|payees?|who|when|how much|descriptions?)"
_COLUMNS = compiled(rf"\b{_COLUMN}(?:,? (?:and |& |plus )?(?:the |its |their )?{_COLUMN}\b)+")
_FEWEST_DIGITS = 3  # a number that is longer names a value by a part of it
_PREFIX = 4
_MOSTLY = Decimal("0.9")  # of the values under a key, for it to be one of numbers


@dataclass(frozen=True)
class Key:
    """A metadata key that the question means, and the value that it asks for (None: whatever it is)."""

    name: str
    value: str | None = None
    of: MetadataFilter | None = None  # what the entry bears whose value is asked for: its number

    @property
    def filter(self) -> MetadataFilter:
        """Keeps what bears the key (with the value)."""
        return MetadataFilter(self.name, self.value)


# "When do we have to report back": under `report_due`.
_DUE = frozenset(stem(word) for word in "due deadline by until expiry expires ends".split())
_HAS_TO = compiled(
    r"\b(?:when|what date|which day)\b.*\b(?:(?:have|has|need|needs|got|supposed|ought) to|must|should|shall)\b"
)
_BY_WHEN = compiled(
    r"\b(?:when|(?:what|which) (?:date|day)|how long)\b.*"
    r"\b(?:must|should|shall|need(?:s|ed)?|ha(?:ve|s|d)(?: got)?(?: (?:i|we|they))? to|(?:got|supposed|due) to)\b"
    r".*\b(?:pa(?:y|id)|settled?|cleared?)\b"
    r"|\b(?:deadline|(?:latest|last) (?:day|date))\b.*\b(?:pay(?:ing|ment)?|paid|settl\w+)\b"
    r"|\bpay(?:ment)?[- ](?:deadline|by date)\b"
)
_DEADLINES = frozenset(
    stem(word) for word in "due deadline payby vence vencimiento fallig faellig echeance scadenza".split()
)
REFERENCE = compiled(r"(?<![\w#^])(?=[\w./-]*\d)(?=[\w./-]*(?:[A-Za-z/]|\d-\d))[\w./-]{2,}\w")


@dataclass(frozen=True)
class KeyWords:
    """The stems of a question's words; those of all that the words may call; and of each word, what it may call."""

    own: frozenset[str]
    called: frozenset[str]
    words: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    """Of each word for what is kept under a key, the words for the same thing."""
    table = read_list("keys")
    found: dict[str, frozenset[str]] = {}
    for line in table["groups"].splitlines():
        words = frozenset(stem(word) for word in line.split())
        for word in words:
            found[word] = found.get(word, frozenset()) | words
    return found


@lru_cache(maxsize=64)
def key_words(text: str) -> KeyWords:
    """What the words of a question may name of the keys that things are kept under."""
    tokens = tokenize(text)
    words = {token.fold: _groups().get(token.stem, frozenset()) for token in tokens}
    own = frozenset(token.stem for token in tokens)
    return KeyWords(own, own.union(*words.values()), words)


def counts_key(text: str, vocabulary: Vocabulary) -> bool:
    """Whether "how many" is asked of something that the ledger keeps under a key of its own ("how many kWh")."""
    counted = re.search(r"\bhow many ([\w-]+)", fold(text))
    if counted is None or cues("cues").found("invoices_sent", fold(text)):
        return counted is not None  # invoices are counted where they are owed
    called = key_words(counted.group(1)).called
    return any(set(name_stems(key)) <= called for key in vocabulary.keys)


def names_key(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a word of the question is a key under which the ledger keeps something (a "ticket")."""
    tokens = tokenize(text)
    return any(_likeness(key, tokens, fold(text)) for key in vocabulary.keys)


def referred(said: Said, vocabulary: Vocabulary) -> Key | None:
    """The key under which a reference such as an invoice's number is filed, if one stands in the question."""
    linked = any(each.best.kind == "link" for each in said.phrases)
    dated = [(each.start, each.end) for each in said.periods]
    written = {
        match.group().lower()
        for match in REFERENCE.finditer(said.text)
        if not any(start <= match.start() and match.end() <= end for start, end in dated)
        and not (linked and not re.search(r"[A-Za-z/]", match.group()))
    }
    if not written:
        return None
    rows = vocabulary.index.query(
        "SELECT key, value FROM metadata WHERE lower(value) IN (SELECT unnest(?)) ORDER BY key LIMIT 1", [list(written)]
    )
    return Key(*rows[0]) if rows else None


def values_said(key: str, said: Said, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The values of the key that stand in the question in so many letters and digits: "did J71 cost more than J73"."""
    written = [match.group().rstrip(".").lower() for match in REFERENCE.finditer(said.text)]
    rows = vocabulary.index.query(
        "SELECT DISTINCT value FROM metadata WHERE key = ? AND lower(value) IN (SELECT unnest(?))", [key, written]
    )
    return tuple(sorted((value for (value,) in rows), key=lambda value: written.index(value.lower())))


def _of_the_referred(reference: Key, said: Said, vocabulary: Vocabulary) -> Key:
    """As in "how many words had invoice 2024/023": another key of the entry that bears the number."""
    tokens = tokenize(said.text)
    rows = vocabulary.index.query(
        "SELECT DISTINCT key FROM metadata WHERE key <> ? AND entry_id IN"
        " (SELECT entry_id FROM metadata WHERE key = ? AND value = ?)",
        [reference.name, reference.name, reference.value],
    )
    named = [(strength, key) for (key,) in rows if (strength := _likeness(key, tokens, said.folded))]
    if asks_by_when(said):
        named = [(1, key) for (key,) in rows if not _DEADLINES.isdisjoint(name_stems(key))] or named
    return Key(max(named)[1], None, reference.filter) if named else reference


def asks_by_when(said: Said) -> bool:
    """As in "by when must KC7374 be paid": the last day for it, which stands under a key of the bill's entry."""
    return bool(_BY_WHEN.search(said.folded))


def find_key(said: Said, vocabulary: Vocabulary) -> Key | None:
    """The key that the question asks for or filters by, if it is a question for metadata at all."""
    if not vocabulary.keys:
        return None
    if reference := referred(said, vocabulary):
        return _of_the_referred(reference, said, vocabulary)
    if numbered := _numbered(said, vocabulary):
        return numbered
    if naming := counted_key(said, vocabulary) or doer_key(said, vocabulary):
        return Key(naming)
    columns = [match.span() for match in _COLUMNS.finditer(said.folded)]
    tokens = [
        token
        for token in tokenize(said.text)
        if (token.fold not in lexicon().grammar or token.fold == "number")
        and not any(start <= token.start < end for start, end in columns)
    ]
    asking = bool(_ASKING.search(said.folded))
    figure = bool(_FIGURE.search(said.folded))
    linked = {
        fold(word)
        for phrase in said.phrases
        if not phrase.weak and phrase.best.score >= 0.8
        for word in {*phrase.words.split(), *re.findall(r"\w+", phrase.words)}  # "SHOP*MEMBERSHIP"
    }
    counted = {stem(word) for word in linked if f"how many {word}" in said.folded}
    opened = _on_opening(said, vocabulary)
    best: tuple[int, str] | None = None
    for key in vocabulary.keys:
        strength = _likeness(key, tokens, said.folded)
        aimed = _AIM.intersection(token.fold for token in tokens)  # a "goal" is kept as a target
        if (strength > 1 or (strength and aimed)) and key in opened and key.lower() not in linked:
            return Key(key)
        if stem(key) in counted and not of_numbers(key, vocabulary):
            continue  # "how many bikes", where the key holds what each is called and an account is called so
        if not strength or not _meant(key, strength, asking=asking, figure=figure, said=said, linked=linked):
            continue
        rank = 2 * strength - (key.lower() in ANY)  # of "policy number" the policy says more
        if best is None or rank > best[0]:
            best = (rank, key)
    return Key(best[1], _value(best[1], said, vocabulary)) if best else None


_NUMBER_OF = r"\b{}s?(?:,? (?:no\.?|nr\.?|num|number))? ?#? ?(?P<value>[\w/-]*\d[\w/-]*)\b"


def _numbered(said: Said, vocabulary: Vocabulary) -> Key | None:
    """As in "what was check 1053 for": a key beside a number that stands under it, and is no link."""
    linked = any(phrase.best.kind == "link" for phrase in said.phrases)
    for key in () if linked or not re.search(r"\d", said.folded) else vocabulary.keys:
        called = "|".join(map(re.escape, (key.lower(), *_CALLED.get(key.lower(), ()))))
        for found in re.finditer(_NUMBER_OF.format(f"(?:{called})"), said.folded):
            held = "SELECT value FROM metadata WHERE key = ? AND lower(value) = ? LIMIT 1"
            if rows := vocabulary.index.query(held, [key, found["value"]]):
                return Key(key, rows[0][0])
            costs = found["value"].isdigit() and _COSTS.search(said.folded)
            if costs and (whole := _lettered(key, found["value"], vocabulary)):
                return Key(key, whole)
    return None


def _lettered(key: str, number: str, vocabulary: Vocabulary) -> str:
    """As in "job 71", which is filed as `job: "J71"` or "JOB-071": the one value with letters before that number."""
    rows = vocabulary.index.query(
        "SELECT DISTINCT value FROM metadata WHERE key = ? AND regexp_full_match(lower(value), ?)",
        [key, rf"[a-z]{{1,4}}[-/ ]?0*{number}"],
    )
    return str(rows[0][0]) if len(rows) == 1 else ""


_AIM = frozenset("target goal limit ceiling cap aim ziel objetivo objectif doel obiettivo meta".split())


def _on_opening(said: Said, vocabulary: Vocabulary) -> frozenset[str]:
    """Keys of what somebody set for the accounts that are named: the target of a pot, the limit of a card."""
    names = [name for each in said.phrases for link in each.options if link.kind == "account" for name in link.values]
    keys = [key for key in vocabulary.keys if _AIM & set(name_stems(key))]
    return frozenset() if said.intent.compare else keys_set_for(names, keys, vocabulary)


def keys_set_for(accounts: Sequence[str], keys: Sequence[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Those of the keys that stand where one of the accounts was opened."""
    if not accounts or not keys:
        return frozenset()
    openings = vocabulary.once(
        "keys set where accounts are opened",
        lambda: vocabulary.index.query(
            "SELECT DISTINCT a.account, m.key FROM metadata m JOIN accounts a ON a.open_entry = m.entry_id"
        ),
    )
    return frozenset(key for account, key in openings if account in accounts and key in keys)


def _likeness(key: str, tokens: Sequence[Token], said: str = "") -> int:
    """How many words of the question the key explains; 0 where it is not named."""
    parts = tuple(part for part in name_stems(key) if part not in lexicon().grammar or part == "number")
    parts = parts or name_stems(key)
    if not set(parts) - _DUE and not all(part in parts or part in said for part in name_stems(key)):
        return 0  # "the balance due" asks for no `report_due`
    spoken = [token.stem for token in tokens]
    if all(part in spoken for part in parts) or _is_due(key, said):
        return 2 * len(parts)
    joined = squash(key)
    if len(joined) >= _FEWEST_JOINED:
        for length in (1, 2, 3):
            for at in range(len(tokens) - length + 1):
                pieces = [squash(token.text) for token in tokens[at : at + length]]
                if any("".join(each) == joined for each in permutations(pieces)):  # "PayPal statement"
                    return 2 * length
    if translated := _translated(parts, tuple(spoken)):
        return translated
    loose = [part for part in parts if part not in spoken]
    if len(loose) == 1 < len(parts) and any(name in spoken for name in _CALLED.get(loose[0], ())):
        return 2 * len(parts) - 1  # "crime reference" for `crime-ref`
    if len(parts) == 1:
        if any(_groups().get(word, frozenset()) & {parts[0]} for word in spoken):
            return 1
        called = _CALLED.get(parts[0], ())
        if any(name in spoken or (" " in name and name in said) for name in called) or any(
            len(parts[0]) >= _PREFIX and word.startswith(parts[0]) and len(word) > len(parts[0]) + 2 for word in spoken
        ):
            return 1
    return 0


def _translated(parts: tuple[str, ...], spoken: tuple[str, ...]) -> int:
    """As in "the warranty" for `gwarancja`, "policy number" for `numer-polisy`: how many words say it in English."""
    if concepts_of(parts):
        return 0
    said = (phrase for each in concepts_named(parts, tongues()) for phrase in each.called((ENGLISH,)))
    lengths = [
        len(phrase)
        for phrase in said
        if any(spoken[at : at + len(phrase)] == phrase for at in range(len(spoken) - len(phrase) + 1))
    ]
    return 2 * max(lengths) - 1 if lengths else 0


def of_numbers(key: str, vocabulary: Vocabulary) -> bool:
    """Whether nearly all values under the key are numbers that measure something, and not what a thing is called."""
    ((numbers, every),) = vocabulary.index.query(
        "SELECT count(TRY_CAST(value AS DECIMAL(38, 10))), count(*) FROM metadata WHERE key = ?", [key]
    )
    return bool(every) and numbers >= _MOSTLY * every and not names_things(key, vocabulary)


def words_for(key: str, said: Said) -> list[str]:
    """The folded words of the question, as they are written, that name the key or a part of it."""
    parts = set(name_stems(key))
    called = {name for part in parts for name in _CALLED.get(part, ())}
    return [
        token.fold
        for token in tokenize(said.text)
        if token.stem in parts or token.fold in called or _groups().get(token.stem, frozenset()) & parts
    ]


def _is_due(key: str, said: str) -> bool:
    """As in "when do we have to report back" for `report_due`."""
    parts = name_stems(key)
    told = [part for part in parts if part not in _DUE]
    by_a_day = 0 < len(told) < len(parts) and _HAS_TO.search(said)
    return bool(by_a_day) and all(re.search(rf"\b{re.escape(part)}", said) for part in told)


def _meant(key: str, strength: int, *, asking: bool, figure: bool, said: Said, linked: set[str]) -> bool:
    words = lexicon()
    parts = name_stems(key)
    everyday = all(part in words.weak or part in words.grammar or f"{part}s" in words.weak for part in parts)
    if len(parts) == 1 and parts[0] in words.ordinary and not asking:
        return False
    if re.search(rf"\bhow many {re.escape(key.lower())}\b", said.folded):
        return True
    if everyday and strength > 1 and said.intent.measure is Measure.DOCUMENTS:
        return not figure
    if everyday and len(parts) > 1:
        numbered = ANY.intersection(parts) and _ITS_NUMBER.search(said.folded)
        return bool(numbered or _SOURCE.search(said.folded)) or (said.intent.measure is None and asking)
    if everyday:
        return asking and not figure and said.intent.measure is None and strength > 0 and key != "price"
    if figure and not re.search(r"\b(?:marked|noted|note)\b", said.folded):
        return False
    if len(parts) > 1 or strength >= 4:
        return True
    if any(fold(part) in linked for part in parts):
        return (asking and said.intent.measure is None) or (strength > 1 and is_written_down(said))
    return strength > 1 or (asking and not said.intent.vague)


def is_written_down(said: Said) -> bool:
    """As in "what fee did I write down for it": what was noted may stand under a key as well as in a note."""
    return cues("cues").found("notes", said.folded) and not re.search(r"\bnotes?\b", said.folded)


def _value(key: str, said: Said, vocabulary: Vocabulary) -> str | None:
    """The value of the key that stands in the question, if one does."""
    rows = vocabulary.index.query(
        "SELECT DISTINCT value FROM metadata WHERE key = ? AND value IS NOT NULL LIMIT 2000", [key]
    )
    spoken = {token.fold for token in tokenize(said.text)}
    named: list[str] = [
        value for (value,) in rows if fold(value) in spoken or (" " in value and fold(value) in said.folded)
    ]
    if named:
        return max(named, key=len)
    dated = {token.fold for each in said.periods for token in tokenize(each.text)}
    numbers = [token for token in spoken - dated if len(token) > _FEWEST_DIGITS and token.isdigit()]
    bearing: list[str] = [value for (value,) in rows if any(number in value for number in numbers)]
    return bearing[0] if len(bearing) == 1 else None  # "the receipt 90517": the end of its address


def keys_of_account(accounts: Sequence[str], said: Said, vocabulary: Vocabulary) -> str | None:
    """Of the keys on the `open` of these accounts the one that the question names best."""
    if not accounts:
        return None
    rows = vocabulary.index.query(
        "SELECT DISTINCT m.key FROM metadata m JOIN accounts a ON a.open_entry = m.entry_id"
        " WHERE a.account IN (SELECT unnest(?))",
        [list(accounts)],
    )
    tokens = tokenize(said.text)
    scored = sorted(((_likeness(key, tokens, said.folded), key) for (key,) in rows), reverse=True)
    return scored[0][1] if scored and scored[0][0] else None


def asks_for_value(key: Key, said: Said) -> bool:
    """Whether what stands under the key is asked for, whatever else was heard."""
    return _noted_under(key, said) or _is_deadline(key, said) or _stands_first(key, said) or does_it(key.name, said)


def _noted_under(key: Key, said: Said) -> bool:
    """As in "what fee did I write down for it"; of a commodity the rates that were noted are its prices."""
    priced = said.intent.measure is Measure.PRICE and any(each.of_kind("currency") for each in said.phrases)
    return not priced and is_written_down(said) and fold(key.name) in said.folded


def _is_deadline(key: Key, said: Said) -> bool:
    """As in "by when must KC7374 be paid": what stands under another key of the entry that bears the number."""
    return key.of is not None and asks_by_when(said)


def _stands_first(key: Key, said: Said) -> bool:
    """As in "account number of our savings": nothing else is asked for."""
    return bool(re.match(rf"(?:the |my |our )?(?:\w+ )?{re.escape(key.name.lower())} (?:of|for|on)\b", said.folded))
