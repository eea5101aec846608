"""Questions with talk around them, put together at random: what the talk head learns from.

People say why they ask, what they are doing meanwhile and what they expect to hear; none of it changes what is asked.
Other clauses look like that and do: they narrow the question, or name what it is about before it says "it".  A text
here is a filled phrasing with some of each around it, and the places of the talk in it are known.  The pieces stand in
`talk/*.toml`; see `talk/FORMAT.md`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ledgerqa.errors import PhrasingError
from ledgerqa.training.agreement import with_periods
from ledgerqa.training.fills import Slips, example
from ledgerqa.training.phrasings import Phrasing, Slot, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from ledgerqa.training.fills import Example, Vocabulary

TALK: Final = Path(__file__).with_name("talk")
KEYS: Final = ("before", "within", "after", "kept_before", "kept_after", "topics", "leads")
NAMED: Final = {"topics", "leads"}  # have one name, put in as it stands in the question
PLAIN: Final = 0.35  # of all texts have no talk
NOISY: Final = 0.5  # of all texts are carelessly written
# How often each piece stands in a text, where talk may.
BEFORE, WITHIN, AFTER = 0.65, 0.15, 0.5
AGAIN = 0.2  # and once more, before or after
KEPT_BEFORE, KEPT_AFTER, BROUGHT_UP, BY_TALK = 0.12, 0.25, 0.3, 0.6
# How a question points to what was brought up before it.
POINTING: Final = {"payee": ("them", "them", "they", "it"), "person": ("him", "her", "she", "he", "them")}
POINTING_TO_THINGS: Final = ("it", "it", "that", "those", "them")
_OPENER: Final = re.compile(
    r"(?:How|What|When|Which|Who|Where|Why|Show|List|Give|Tell|Did|Do|Does|Is|Are|Was|Were|Can|Could|Have|Has|Had|The"
    r"|My|Our|All|Any|Total|Spending|Average)\b"
)

Piece = tuple[str, bool]  # words, and whether they are talk


@dataclass(frozen=True)
class Pieces:
    """Fragments by their places; all may have slots, as phrasings have.

    But a topic has "{}" for a name, a lead the kind of name that it brings up amid talk ("{payee} again, dear me,").
    """

    before: tuple[Phrasing, ...] = ()
    within: tuple[Phrasing, ...] = ()
    after: tuple[Phrasing, ...] = ()
    kept_before: tuple[Phrasing, ...] = ()
    kept_after: tuple[Phrasing, ...] = ()
    topics: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spoken:
    """A text, and the characters of it that are talk."""

    text: str
    talk: tuple[tuple[int, int], ...]


def read_pieces(*folders: Path) -> Pieces:
    """All fragments of the TOML files in some folders; PhrasingError at the first file that cannot be read."""
    found: dict[str, list[str]] = {key: [] for key in KEYS}
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        try:
            for key, lines in tomllib.loads(path.read_text(encoding="utf-8")).items():
                found[key] += lines
                _ = () if key in NAMED else _with_slots(lines)
        except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
            raise PhrasingError(path, 1, f"{type(error).__name__}: {error}") from error
    return Pieces(
        **{key: tuple(lines) if key in NAMED else _with_slots(lines) for key, lines in found.items()}  # type: ignore[arg-type]
    )


def _with_slots(lines: Sequence[str]) -> tuple[Phrasing, ...]:
    return tuple(Phrasing(parts_of(line)) for line in lines)


def spoken(phrasing: Phrasing, vocabulary: Vocabulary, pieces: Pieces, random: Random, plain: float = PLAIN) -> Spoken:
    """One fill of a phrasing with talk around it, or (`plain` of all) without."""
    slips = Slips.drawn(random) if random.random() < NOISY else Slips()
    filled = example(with_periods(phrasing), vocabulary, random, slips)
    talks = random.random() >= plain

    def put(lines: Sequence[Phrasing], chance: float, *, is_talk: bool) -> list[Piece]:
        if not lines or random.random() >= chance:
            return []
        return [(example(random.choice(lines), vocabulary, random, slips).text, is_talk)]

    def said(lines: Sequence[Phrasing], chance: float) -> list[Piece]:
        return put(lines, chance, is_talk=True) if talks else []

    def kept(lines: Sequence[Phrasing], chance: float) -> list[Piece]:
        return put(lines, chance, is_talk=False)

    asked = _brought_up(phrasing, filled, pieces, random, said(pieces.within, WITHIN * 2), by_talk=talks)
    asked = _broken(asked, said(pieces.within, WITHIN), filled, random)
    return joined(
        [
            *said(pieces.before, BEFORE),
            *said(pieces.before, AGAIN),
            *kept(pieces.kept_before, KEPT_BEFORE),
            *asked,
            *kept(pieces.kept_after, KEPT_AFTER),
            *said(pieces.after, AFTER),
            *said(pieces.after, AGAIN),
        ]
    )


def _brought_up(
    phrasing: Phrasing, filled: Example, pieces: Pieces, random: Random, talk: list[Piece], *, by_talk: bool
) -> list[Piece]:
    """The name that is asked about first, amid talk or with some after it, then the question, which points to it.

    Now and then, and where the question has one name alone; else just the question.
    """
    names = [each for each in filled.spans if each.label == "NAME"]
    kinds = [part.name for part in phrasing.parts if isinstance(part, Slot) and part.label == "NAME"]
    if not pieces.topics or len(names) != 1 or len(kinds) != 1 or random.random() >= BROUGHT_UP:
        return [(filled.text, False)]
    (name,), (kind,) = names, kinds
    words = filled.text[name.start : name.end]
    pointing = random.choice(POINTING.get(kind, POINTING_TO_THINGS))
    rest = (filled.text[: name.start] + pointing + filled.text[name.end :], False)
    leads = [each for each in pieces.leads if f"{{{kind}}}" in each]
    if leads and by_talk and random.random() < BY_TALK:
        before, _, after = random.choice(leads).partition(f"{{{kind}}}")
        parted = [(before, True), (words, False), (after, True), *talk, rest]
        return [each for each in parted if each[0].strip()]
    return [(random.choice(pieces.topics).replace("{}", words), False), *talk, rest]


def _broken(asked: list[Piece], talk: list[Piece], filled: Example, random: Random) -> list[Piece]:
    """The question with talk put between two of its words, outside its spans."""
    if not talk or len(asked) > 1:
        return asked
    text = filled.text
    gaps = [
        at
        for at, letter in enumerate(text)
        if letter == " " and not any(each.start <= at < each.end for each in filled.spans)
    ]
    if not gaps:
        return asked
    at = random.choice(gaps)
    return [(text[:at], False), *talk, (text[at + 1 :], False)]


def joined(pieces: Sequence[Piece]) -> Spoken:
    """The pieces in one text: marks stand close, what runs on loses the capital of its first word."""
    text = ""
    talk: list[tuple[int, int]] = []
    for words, is_talk in pieces:
        put = words.strip()
        if put[:1] in tuple(".,?!;:"):
            text = text.rstrip("?.! ")
        elif text and put[:1] not in tuple("'’"):
            put = put if text[-1] in ".!?" else _OPENER.sub(lambda found: found[0].lower(), put)
            text += " "
        talk = [(start, min(end, len(text))) for start, end in talk if start < len(text.rstrip())]
        if is_talk:
            talk.append((len(text), len(text) + len(put)))
        text += put
    return Spoken(text, tuple(talk))
