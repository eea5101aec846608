"""Nothing but whole items escapes the mask, whatever the logits and whatever the vocabulary."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledgerqa.fusion.automaton import START, Automaton
from ledgerqa.fusion.items import Item, Kind
from ledgerqa.fusion.masking import Mask, Pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.backends.llama_reader import LlamaReader
    from ledgerqa.fusion.masking import Vocabulary

ITEMS = (
    Item("45.20 USD", Kind.MONEY),
    Item("45.2 GLD", Kind.MONEY),
    Item("1,200.00 USD", Kind.MONEY),
    Item("200.00 EUR", Kind.MONEY),
    Item("-20.00 EUR", Kind.MONEY),
    Item("3 HOURS", Kind.MONEY),
    Item("12.5%", Kind.PERCENT),
    Item("1", Kind.COUNT),
    Item("12", Kind.COUNT),
    Item("2023", Kind.DATE),
    Item("2023-05", Kind.DATE),
    Item("2023-05-12", Kind.DATE),
    Item("2024-Q1", Kind.DATE),
    Item("[1]", Kind.MARK),
    Item("[12]", Kind.MARK),
    Item("Dr. Molar", Kind.NAME),
    Item("7-Eleven", Kind.NAME),
    Item("CRD*KAFÉ ZUID 22", Kind.NAME),
    Item("Half Moon & Sons", Kind.NAME),
    Item("Expenses:Food:Take-away", Kind.NAME),
    Item("五味 №3", Kind.NAME),
)
CURRENCIES = frozenset({"USD", "EUR", "GLD", "HOURS"})

# ------------------------------------------------------------------------------------- an extractor of its own

FIGURES = {Kind.MONEY, Kind.PERCENT, Kind.COUNT}
LETTER_OF = {
    Kind.MONEY: "\ue000",
    Kind.PERCENT: "\ue000",
    Kind.COUNT: "\ue001",
    Kind.DATE: "\ue002",
    Kind.MARK: "\ue003",
    Kind.NAME: "\ue004",
}
NUMBER_WORDS = set(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen twenty thirty forty fifty sixty "
    "seventy eighty ninety hundred hundreds thousand thousands million millions billion dozen dozens half twice "
    "double doubled thrice triple once percent percentage pct k m bn mn minus plus negative third quarter zwei trois".split()
)
CURRENCY_WORDS = set("dollar dollars euro euros cent cents pound pounds usd eur gld gbp".split())
DATE_WORDS = set("january march may june monday friday today yesterday".split())


WORDLIKE = "\ue005"


def wordlike(text: str, kind: Kind) -> bool:
    """Whether it is a name that may also be read as words ("1 Dr. Molar"), so that a bare figure may stand before it."""
    first = re.split(r"[\W\d_]", text)[0]
    return kind is Kind.NAME and first != "" and not first.isupper() and first.lower() not in NUMBER_WORDS


def faults(text: str, items: Sequence[Item] = ITEMS) -> list[str]:
    """What in `text` says a figure, a currency, a date or a mark and is no whole item, or stands joined to one."""
    kinds: dict[str, Kind] = {}
    for item in items:
        kinds.setdefault(item.text, item.kind)
    longest = "|".join(re.escape(name) for name in sorted(kinds, key=len, reverse=True))
    whole = re.compile(rf"(?<![^\s(])(?:{longest})(?=[.,;:!?)]*(?:\s|$))")
    rest = whole.sub(
        lambda match: WORDLIKE if wordlike(match[0], kinds[match[0]]) else LETTER_OF[kinds[match[0]]], text
    )
    found = [
        f"{c!r} in free text" for c in rest if unicodedata.category(c)[0] == "N" or unicodedata.category(c) == "Sc"
    ]
    found += [f"sign {sign!r}" for sign in re.findall(r"[%‰\[\]+−–—*/=<>~^$€£]", rest)]
    found += [
        f"hyphen in {part!r}" for part in re.findall(r"(?:^|\W|[\ue000-\ue005])-.?|.?-(?:$|\W|[\ue000-\ue005])", rest)
    ]
    found += [f"capitals {run!r}" for run in re.findall(r"[^\W\d_]*[A-Z]{2,}[^\W\d_]*", rest)]
    for word in re.findall(r"[^\W\d_\ue000-\ue005]+", re.sub(r"(?<=[^\W\d_])['’][mM]\b", "", rest)):
        plain = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
        if plain in NUMBER_WORDS | CURRENCY_WORDS or (plain in DATE_WORDS and word != "may"):
            found.append(f"word {word!r}")
    found += [f"joined {part!r}" for part in re.findall(r"[\ue000-\ue005][^\s.,;:!?)]|[^\s(][\ue000-\ue005]", rest)]
    found += [f"side by side {part!r}" for part in re.findall(r"[\ue000-\ue002] [\ue000-\ue002]", rest)]
    found += [f"bare figure before {part!r}" for part in re.findall(r"\ue001(?! [^\W\d_]| \ue005).{0,3}", rest)]
    found += [
        f"bare figure after {part!r}" for part in re.findall(r"[\ue000-\ue002] \ue001|[\ue001\ue002], \ue001", rest)
    ]
    found += [f"in parentheses {part!r}" for part in re.findall(r"\([\ue000\ue001]", rest)]
    found += [
        f"suffix {part!r}" for part in re.findall(r"[\ue000\ue001] (?:k|m|b|hours|grand|th)\b", rest, re.IGNORECASE)
    ]
    found += [f"stop before {part!r}" for part in re.findall(r"[.,][^\s.,;:!?)]", rest)]
    return found


def test_the_extractor_finds_what_it_should() -> None:
    assert not faults("You spent 45.20 USD at Dr. Molar on 2023-05-12 [1]. It may be 12.5%, often.")
    forged = [
        "-45.20 USD",
        "45.20 USDs",
        "145.20 USD",
        "45.20",
        "12 k things",
        "45.20 USD 12.5%",
        "two",
        "Twó",
        "12 dollars",
        "[2]",
    ]
    forged += [
        "45.20 USD-",
        "(45.20 USD)",
        "on 2023-05-13",
        "½",
        "٣",
        "12.",
        "12, 45.20 USD",
        "GBP",
        "in June",
        "5-Eleven",
        "Zuid 22",
    ]
    assert [text for text in forged if not faults(text)] == []


# ---------------------------------------------------------------------------------------------- vocabularies


class Made:
    """A vocabulary of given tokens; the last one ends the answer."""

    def __init__(self, tokens: Sequence[bytes]) -> None:
        self._tokens = tuple(tokens)

    @property
    def vocabulary_size(self) -> int:
        return len(self._tokens) + 1

    def piece(self, token: int) -> bytes:
        return self._tokens[token] if token < len(self._tokens) else b""

    def is_end(self, token: int) -> bool:
        return token == len(self._tokens)


BYTES = tuple(bytes((byte,)) for byte in range(256))
EVIL = """
 one two| ten|twen|ty|hund|red| thousand|million| k|k|K|m| M|%| %| percent|per|cent| dollars|$|€| USD|USD|usd| US|D|
 EUR|GLD|HOURS| hours|-| -|—|−| minus|minus |+|(|)| (|[|]| [| [1]|[1|]2|1]|[12]|.|,|.5|,5|. |, |0|1|12|45|45.|.20| 45.20
 USD|5.20 USD| 45.20 USD.|0 USD and|0 USDs|0 USD)|45.20 USD45|1,200|,200.00| 200.00| -20.00|20.00 EUR| 2023|-05|-05-12|
2023-05-12.| May|May| may|June| half|Half| Half Moon|twice| double|doz|en|½|²|Ⅳ|٣|五|三|０|１|ｏｎｅ|о|ne|\u200b|\u00ad|\u0301|
 Dr.| Molar|Dr. Molar| 7-E|leven|22| ZUID| CRD*|É| Expenses:|Food:|Take-away| times| point|th|st|'s|'|’|-fold|fold|e|E|x| x|
 the| a| spent| on| was|ing|s|ed|!|?|:|;|\n|\n\n|\t| and| You| of|I| I| A|and|tw|o|si|x|sev|én|fıve| ſix|zw|ei| no| less|
"""
PIECES = tuple(dict.fromkeys(part.encode() for part in EVIL.split("|") if part))
CUTS = tuple(
    item.text[a:b].encode() for item in ITEMS for a in range(len(item.text)) for b in range(a + 1, len(item.text) + 1)
)


def generate(vocabulary: Vocabulary, seed: int, wanted: Sequence[int], steps: int = 70) -> list[str]:
    """A text under random logits that lean to the `wanted` tokens: what it was wherever it might have ended."""
    random = np.random.default_rng(seed)
    mask = Mask(Pieces(vocabulary), ITEMS, CURRENCIES)
    found = []
    for _ in range(steps):
        logits = random.normal(size=vocabulary.vocabulary_size).astype(np.float32)
        logits[random.choice(wanted, size=min(20, len(wanted)))] += 4
        end = vocabulary.vocabulary_size - 1
        logits[end] = -9.0
        if mask.choose(logits) is None:
            break
        if mask.complete:
            found.append(mask.text)
    return found


@given(
    seed=st.integers(0, 2**32),
    made=st.lists(
        st.sampled_from(PIECES + CUTS)
        | st.binary(min_size=1, max_size=4)
        | st.text(min_size=1, max_size=3).map(str.encode),
        max_size=40,
    ),
    wanted=st.lists(st.integers(0, len(PIECES) - 1), min_size=1, max_size=60),
)
@settings(max_examples=250)
def test_nothing_but_whole_items_escapes(seed: int, made: list[bytes], wanted: list[int]) -> None:
    vocabulary = Made((*PIECES, *BYTES, *made))
    for text in generate(vocabulary, seed, wanted):
        assert faults(text) == [], text


def test_items_of_every_kind_are_written() -> None:
    vocabulary = Made((*PIECES, *BYTES, *(b" " + item.text.encode() for item in ITEMS)))
    wanted = list(range(len(PIECES), vocabulary.vocabulary_size - 1))[256:]
    texts = [text for seed in range(40) for text in generate(vocabulary, seed, wanted)[-1:]]
    assert [item.text for item in ITEMS if not any(item.text in text for text in texts)] == []


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32), kind=st.sampled_from(["numbers", "words", "signs", "any"]))
def test_nothing_but_whole_items_escapes_a_real_vocabulary(reader: LlamaReader, seed: int, kind: str) -> None:
    wanted = {
        "numbers": r"\d|[%$€£½²]",
        "words": r"(?i)one|two|ten|hund|thous|mill|doz|half|doub|perc|dollar|euro|cent|usd|eur|june|may|k$",
        "signs": r"[-+\[\]().,:;]|^ ?[A-Z]+$",
        "any": r"",
    }[kind]
    tokens = [t for t in range(reader.vocabulary_size) if re.search(wanted, reader.piece(t).decode("utf-8", "replace"))]
    for text in generate(reader, seed, tokens, steps=40):
        assert faults(text) == [], text


# ------------------------------------------------------------------------------------------------- one by one


def judged(text: str, items: Sequence[Item] = ITEMS) -> bool:
    """Whether the text may be written and end."""
    automaton = Automaton(items, CURRENCIES)
    return automaton.may_end(automaton.read(START, text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "You spent 45.20 USD at Whole Foods [1].",
        "You spent 45.20 USD, 1,200.00 USD and 200.00 EUR on 2023-05-12 [1] [12].",
        "In 2023, you went 12 times to CRD*KAFÉ ZUID 22.",
        "That's 12.5% of it (on 2023-05-12). Yes: 45.20 USD was paid at 7-Eleven!\n\nIt was often so.",
        "The balance is -20.00 EUR",
        "It may be Dr. Molar, on 2023-05, 2023-05-12 or in 2024-Q1.",
        "Most went to Expenses:Food:Take-away, then to Half Moon & Sons and to 五味 №3.",
    ],
)
def test_what_may_be_said(text: str) -> None:
    assert judged(text)


@pytest.mark.parametrize(
    "text",
    [
        "45.2 USD", "45.20 EUR", "45.20", "45,20 USD", "145.20 USD", "45.20 USDT", "45.20 USD2",  # parts and joins
        "-45.20 USD", "− 45.20 USD", "minus 45.20 USD", "- 45.20 USD", "(45.20 USD)", "x45.20 USD", "$45.20 USD",  # signs
        "45.20 USD k", "12 k", "12 thousand", "12 million", "45.20 USD million", "12%", "12 percent", "12th", "12 th",  # suffixes
        "12 dollars", "12 USD", "12 usd", "12 hours", "12 GLD", "12 Hours", "Usd", "myUSD", "GLDs", "MyGLd",  # currencies
        "12.", "12", "12, 45.20 USD", "1 200.00 EUR", "1, 200.00 EUR", "1. 200.00 EUR", "12 45.20 USD", "2023 12 times",  # splices
        "12 times 45.20 USD", "less 45.20 USD", "12 point 12.5%", "45.20 USD 12.5%", "at ZUID 22", "7-Elevens", "Dr. Molar1",
        "one", "Twenty-one", "twentyone", "thirty-five", "two-thirds", "half", "twice", "a dozen", "tenfold", "TWO", "fíve", "ﬁve",
        "zweihundert", "xmillion", "Dollarx", "once", "Ⅳ", "iv", "五", "٣", "½", "on May", "in June", "on Friday", "yesterday", "the third", "a single",
        "2023-05-1", "2023-05-123", "2023-06", "2023-", "2023/05", "May 2023", "[2]", "[1", "[1][12]", "x[1]", "45.20 USD[1]", "[1]. [12]",
        "Expenses:Food", "cost.45", "e.g. 12.5", "45.20 USD.5", "(on 2023-05-12", "the-", "a word \u200bhere", "O", "l", "US",
    ],
)  # fmt: skip
def test_what_may_not(text: str) -> None:
    assert not judged(text)


def test_the_answer_cannot_end_inside_an_item() -> None:
    vocabulary = Made((b"You paid", b" 4", b"5", b".20", b" USD", b"."))
    mask = Mask(Pieces(vocabulary), ITEMS, CURRENCIES)
    ends = np.full(7, -1.0, dtype=np.float32)
    ends[6] = 5  # the model would end at once, each time
    for token in (0, 1, 2, 3):
        assert mask.take(token)
    assert mask.choose(ends) == 4
    assert mask.choose(ends) is None
    assert (mask.ended, mask.text) == (True, "You paid 45.20 USD")


def test_a_character_may_come_in_two_tokens() -> None:
    mask = Mask(Pieces(Made((b"Caf", b"\xc3", b"\xa9", b"\xd9", b"\xa3", b"."))), ITEMS)
    assert mask.take(0)
    assert not mask.take(3)  # the first byte of an Arabic digit
    assert mask.take(1)
    assert not mask.complete
    assert not mask.take(5)
    assert mask.take(2)
    assert mask.text == "Café"


def test_where_nothing_may_follow_there_is_no_token() -> None:
    mask = Mask(Pieces(Made((b"+", b"5", b"%"))), ITEMS)
    assert mask.choose(np.array([3, 2, 1, -5], dtype=np.float32)) is None
    assert mask.text == ""
