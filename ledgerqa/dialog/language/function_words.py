"""Misspelt words that carry only grammar ("teh", "adn", "hwo muhc"), or what is asked ("avarage"), put right first.

A word counts as misspelt where it is one slip away from a word of a closed list: two letters changed about, a letter
doubled, one left out, or the key beside it hit.  A name of the ledger is never touched, nor a word of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.spelling import keys_beside
from ledgerqa.dialog.language.words import stem
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledgerqa.dialog.language.vocabulary import Vocabulary

_CALENDAR: Final = (
    "last this next year years month months week weeks quarter today yesterday january february march april june july "
    "august september october november december summer autumn winter"
).split()
_DETERMINERS: Final = "the my our that these those all any each every your their which".split()
_FUNCTION: Final = (
    "and for from with what when where who how much many did does was were are have has had than then between since "
    "until before after during about over under without per not there been of to in is at by it do we "
    "spend spent paid pay show list money most more less"
).split()
# What is asked of money, in words so long that a vowel written for another leaves them plain ("on avarage").
_ASKING: Final = (
    "average averages altogether overall biggest largest smallest cheapest highest expensive monthly quarterly"
    " currently balance balances everything together separately worth cost total income expenses entries statement"
    " transactions payments visit visited often usually"
).split()
_VOWELS: Final = "aeiou"
_SHORTEST_SHORTENED: Final = 4  # letters of a word of which one may be left out
_SHORTEST_MISTYPED: Final = 3  # of which one may be the key beside it, or doubled
# What a slip also makes of these words, and is a word of its own.
_OWN: Final = frozenset(
    """form fro wit hat hen wen own won moth moths mouth tee thee thy they fir fur far fit foe fore dog sue saw tow two
    may man mat gear tear hear dear near bear wear fear pear ear yea yes weak seek peek wee see eek tody tot past cast
    lat las lest ast art ad add ham hid hoe hop ho hoes wan want wand wear ware wet wee why whey whit wheat whale
    wasp wash wad war mush mud muck mach mach sent cent spent spen pad paid pair lays say pays pats cos coat coast cast
    shop how show shot shoe slow lost lust lisp lit toe toes too tie ten tan thin thine thug thus hits hist his had hat
    hay hats has ham bade aft afar alter fer off oft inn bee beer been bean aver ore our out hour sour dour ours ever
    every very vest mow moot moss mod mood lees les lens lass bass pal pall ally ball hall eat each teach beach were
    wire where here there three their heir tree marc arch match may ay june tune jun jul july ail april mont mount
    doe dose goes dies duds dud dude die did dd with width wish wits fort for four fork ford fora foam farm firm
    frog flow sauce cine sine nine none note nod knot hot sot cay cat wat bout abut other order rover lover cover
    sunder wonder moan mono honey mo mote motel total tidal togas hose hows whole sot its bit kit
    sit ti si no on simmer sumner""".split()
)
_ALWAYS: Final = {"fo": "for", "ot": "to", "ni": "in", "wich": "which", "wht": "what", "wat": "what",
                  "whn": "when", "wen": "when",
                  "frm": "from", "hw": "how", "mch": "much", "th": "the", "te": "the", "teh": "the", "ths": "this",
                  "ym": "my", "yb": "by", "oftn": "often", "ofetn": "often",
                  "becuase": "because", "becasue": "because", "becaus": "because",
                  "lst": "last", "wnt": "went", "evr": "ever"}  # fmt: skip
_OPENING: Final = {"lst": "list"}  # what a slip means at the head of a question instead
_WORD: Final = compiled(r"(?<![\w'’#^:./@-])[A-Za-z]{2,10}(?![\w'’:@/-])")
_ASKED: Final = compiled(r"(?<![\w'’#^:./@-])[A-Za-z]{3,5}(?=['’]s\b)")  # "waht's"
_ASKING_WORDS: Final = frozenset({"what", "who", "where", "when", "how"})
_QUOTED: Final = compiled(r"\"[^\"]*\"|“[^”]*”")
_FORM: Final = compiled(
    r"(?<=\w )(?<!\ba )(?<!\bthe )(?<!\btax )(?<!\bthis )(?<!\border )(?<!\bmy )(?<!\bour )\bform\b(?= [A-Za-z])"
)
_LEADS_TO_A_NAME: Final = frozenset("on at for from to by with in of the a an my our".split())


@runtime_checkable
class WordList(Protocol):
    """Who knows the words of the language, as a model's vocabulary does."""

    def knows(self, word: str) -> bool:
        """Whether it is a word of its own."""


def word_list(model: object) -> Callable[[str], bool] | None:
    """What a model says of words; None where it does not know them."""
    return model.knows if isinstance(model, WordList) else None


def put_right(text: str, vocabulary: Vocabulary, ordinary: Callable[[str], bool] | None = None) -> str:
    """The question with its misspelt small words as they were meant.

    `ordinary` says whether a word is one of its own, where a word list is at hand.
    """
    quoted = [match.span() for match in _QUOTED.finditer(text)]

    def mended(match: re.Match[str]) -> str:
        word = match.group()
        if owned := _owners_name(word.lower(), vocabulary):
            return owned
        if any(start <= match.start() < end for start, end in quoted) or not _is_written_small(text, match):
            return word
        before = re.findall(r"[a-z]+", text[: match.start()].lower())[-1:]
        meant = _meant(word.lower(), before[0] if before else "", ordinary)
        return word if meant is None or is_name(word.lower(), vocabulary) else meant

    def asked(match: re.Match[str]) -> str:
        word = match.group()
        meant = _slips().get(word.lower())
        known = word.lower() in _OWN or (ordinary is not None and ordinary(word.lower()))
        return meant if meant in _ASKING_WORDS and not known and not is_name(word.lower(), vocabulary) else word

    mended_text = _ASKED.sub(asked, _WORD.sub(mended, text))
    if _FORM.search(mended_text) and not is_name("form", vocabulary):
        mended_text = _FORM.sub("from", mended_text)
    return mended_text


def _is_written_small(text: str, match: re.Match[str]) -> bool:
    """In small letters, or with a capital only because it opens a sentence: capitals inside one write names."""
    opens = not text[: match.start()].strip() or text[: match.start()].rstrip()[-1] in ".!?:"
    return match.group().islower() or (opens and match.group()[1:].islower())


def _meant(word: str, before: str, ordinary: Callable[[str], bool] | None) -> str | None:
    """The word of the closed list that a slip made this of; None where it is a word of its own."""
    words = lexicon()
    if word in words.words or stem(word) in words.words or word in _OWN:
        return None
    meant = _OPENING.get(word) if not before else None
    meant = meant or _slips().get(word)
    if meant is None or (word not in _ALWAYS and ordinary is not None and ordinary(word)):
        return None
    plain = {*_DETERMINERS, *_CALENDAR, *_ASKING}
    noun_to_come = before in _LEADS_TO_A_NAME and meant not in plain
    return None if noun_to_come else meant


def _owners_name(word: str, vocabulary: Vocabulary) -> str:
    """As in "ottilies account": the name that ends in -ie with its possessive written out; "" for any other word."""
    own = word.removesuffix("s")
    named = own != word and own.endswith("ie") and own in vocabulary.by_stem and stem(word) not in vocabulary.by_stem
    return f"{own}'s" if named else ""


def is_own(word: str) -> bool:
    """Whether a short word is one of its own, near as it is to one of the closed list."""
    return word in _OWN or word in {*_DETERMINERS, *_FUNCTION, *_CALENDAR, *_ASKING}


def is_name(word: str, vocabulary: Vocabulary) -> bool:
    """Whether an account, a tag, a commodity, a key, a payee or a narration of the ledger has the word in it."""
    return is_kept(word, vocabulary) or any(
        stem(word) in each.stems for each in vocabulary.texts([rf"\b{re.escape(word)}"])
    )


def is_kept(word: str, vocabulary: Vocabulary) -> bool:
    """Whether the ledger itself has the word for something, whatever its entries say."""
    kept = {word, stem(word)} & vocabulary.by_stem.keys() or word in vocabulary.keys
    return bool(kept or word.upper() in vocabulary.commodities or any(word in tag.lower() for tag in vocabulary.tags))


@lru_cache(maxsize=1)
def _slips() -> dict[str, str]:
    """What one slip makes of each word of the list, to the word; a word earlier in the list goes first."""
    found: dict[str, str] = dict(_ALWAYS)
    for word in (*_DETERMINERS, *_FUNCTION, *_CALENDAR, *_ASKING):
        for slip in _slips_of(word):
            found.setdefault(slip, word)
    for word in _ASKING:
        for at, letter in enumerate(word[1:], start=1):  # "overage" is no slip of "average"
            for vowel in _VOWELS if letter in _VOWELS else ():
                found.setdefault(word[:at] + vowel + word[at + 1 :], word)
    for word in _ASKING:
        found.pop(word, None)
    return found


def _slips_of(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        if word[at] != word[at + 1]:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if len(word) >= _SHORTEST_SHORTENED:
        yield from (word[:at] + word[at + 1 :] for at in range(1, len(word)))
    if len(word) >= _SHORTEST_MISTYPED:
        yield from (word[:at] + word[at] + word[at:] for at in range(len(word)))
        yield from (word[:at] + key + word[at + 1 :] for at in range(len(word)) for key in keys_beside(word[at]))
