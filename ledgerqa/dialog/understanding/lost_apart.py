"""Words that stand nowhere in the ledger, several joined by "and", "or", "without", "vs": each is looked for alone.

"Gym and hairdresser" in one search is near to one of the two, whose sum would be told for both.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.exclusions import leaves_out
from ledgerqa.dialog.language.called_otherwise import is_known
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, stems, tokenize
from ledgerqa.dialog.linking.false_friends import NEAR
from ledgerqa.dialog.linking.links import Phrase, everyday, narrowed
from ledgerqa.dialog.linking.meaning import asking_whom, going, is_listed, is_somebody, meant, offered
from ledgerqa.dialog.linking.meeting import OCCASIONS
from ledgerqa.dialog.linking.other_words import in_other_words
from ledgerqa.dialog.linking.pastimes import lost_pastimes
from ledgerqa.dialog.linking.trades import is_of_somebody, of_a_trade
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.patterns import compiled
from ledgerqa.records import Clarify, Filters, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.linking.links import Linked
    from ledgerqa.dialog.linking.meaning import Meaning
    from ledgerqa.dialog.linking.said import Said

_LISTS: Final = r"(?:and|or|nor|vs\.?|versus|plus|than|against|compared (?:to|with))"
_JOINED: Final = compiled(
    rf"[,;/&+]|\b(?:{_LISTS}|but|minus|without|excluding|except|excl|apart from|other than|not|no|less)\b",
    re.IGNORECASE,
)
_ARTICLES: Final = r"(?: ?(?:on|for|at|in|to|the|my|our|some|any|a|an|both|either))*"
_LISTED: Final = compiled(rf"\s*(?:,\s*)?(?:{_LISTS}|[/&+]){_ARTICLES}\s*", re.IGNORECASE)
_AND_WHAT: Final = compiled(
    r"^\W*(?:and|or|(?:and )?(?:what|how) about)(?: (?:just|only|at|on|for|the|my|our|a|an))* (?P<what>[\w'’-]+)\W*$",
    re.IGNORECASE,
)
_OF_SOMEBODY: Final = compiled(r"['’]s?$")
_FOLLOWS: Final = compiled(rf"\s*,{_ARTICLES}\s*", re.IGNORECASE)
_ANY: Final = frozenset({"other", "others", "else"})
_AND_SO_ON: Final = frozenset("apart separately together whatnot wotnot whatsit suchlike sundries forth".split())
_LEAD: Final = compiled(r"(?:\S+\s+){0,3}\S*$")


@dataclass(frozen=True)
class Lost:
    """Words that found no name, where they stand, and whether they may not be passed over."""

    words: str
    start: int
    end: int
    needed: bool


def lost_apart(said: Said) -> tuple[Lost, ...]:
    """The words that found no name, those together that nothing parts; none where nothing parts any.

    Nor where they are the only ones, and not listed beside what is called so.
    """
    places = sorted({_span(each, said.text) for each in (*said.unknown, *said.unread)})
    runs: list[list[tuple[int, int]]] = []
    for place in (each for each in places if each[0] >= 0):
        apart = not runs or _JOINED.search(said.text[runs[-1][-1][1] : place[0]])
        if apart:
            runs.append([place])
        else:
            runs[-1].append(place)
    if len(runs) < 2 and not (runs and is_listed(_written(said.text, runs[0]), said)):
        return ()
    unknown = {_span(each, said.text) for each in said.unknown}
    between = [said.text[one[-1][1] : other[0][0]] for one, other in itertools.pairwise(runs)]
    listed = [bool(_LISTED.fullmatch(each)) for each in between]
    beside = [a or b for a, b in zip([False, *listed], [*listed, False], strict=True)]
    return tuple(
        Lost(
            _written(said.text, run),
            run[0][0],
            run[-1][1],
            bool(unknown & {*run}) or (near and not _is_tail(run[0][0], said)),
        )
        for run, near in zip(runs, beside, strict=True)
    )


def _is_tail(start: int, said: Said) -> bool:
    """As in "eye doctor" where an account is called Eyes: a word behind what is called so, and no other thing."""
    return any(said.text[:start].endswith(f"{each.words} ") for each in said.phrases)


def each_meant(
    said: Said, names: Vocabulary, meaning: Meaning | None
) -> tuple[Said, tuple[str, ...]] | Refusal | Clarify | None:
    """The question with each of such words read as what it may mean, and notes of that; or what is not to be found.

    None where nothing parts the words: then they are one name.
    """
    lost = lost_apart(said)
    kept, excluded, notes, passed = list(said.phrases), list(said.excluded), [], []
    lone = not kept and not any(each.needed and not leaves_out(said.text, each.words) for each in lost)
    for each in lost:
        found = _one_meant(each, said, names, meaning if each.needed or lone else None)
        if isinstance(found, tuple):
            if _is_within(found[0], said.phrases, names) and found[0].best.score >= NEAR:
                passed.append(each.words)  # "the pub and eating out": what is near is a part of that
                continue
            if _is_within(found[0], said.phrases, names):
                return Refusal(f'Nothing in this ledger is called "{each.words}".', (), each.words)
            (excluded if leaves_out(said.text, each.words) else kept).append(found[0])
            notes.append(found[1])
        elif each.needed:
            return found
        else:
            passed.append(each.words)
    if not notes and not (passed and said.phrases):
        return None
    if lone and not kept and passed:  # "ferries without the cafes": not all that is spent without them
        return Refusal(f'Nothing in this ledger is called "{passed[0]}".', (), passed[0])
    phrases = tuple(sorted(kept, key=lambda each: each.start))
    return replace(said, phrases=phrases, excluded=tuple(excluded), unknown=(), unread=tuple(passed)), tuple(notes)


def of_this_alone(said: Said, found: Sequence[Phrase], before: Said | None, names: Vocabulary) -> Said:
    """As in "how much at Aldi?" "And the vet?": another name in the place of the one that was asked about before.

    What narrows that one is kept with it: "how much on clothes?" "And at the tailor?"
    """
    if before is None or not said.phrases or any(fold(each.words) in said.folded for each in said.phrases):
        return said
    named = [(each, each.best) for each in (*found, *said.phrases)]
    texts = {"payee", "narration"}
    alike = texts >= {link.kind for _, link in named}
    both = Filters(
        accounts=tuple(name for _, link in named if link.kind == "account" for name in link.values),
        mentions=tuple(mention_of(each, link) for each, link in named if link.kind in texts),
    )
    return replace(said, phrases=()) if alike or not names.booked.meets(both) else said


def _one_meant(
    lost: Lost, said: Said, names: Vocabulary, meaning: Meaning | None
) -> tuple[Phrase, str] | Refusal | Clarify:
    billed, worded = of_a_trade(lost.words, names), in_other_words(lost.words, names)
    other = (worded[0][0], worded[1]) if worded and len(worded[0]) == 1 else None
    taken = [other, billed] if names.tongues_told and not is_of_somebody(lost.words) else [billed, other]
    if known := next((each for each in taken if each), None):
        return _in_place(lost, known[0], said.text), known[1]
    candidates = going(meaning(lost.words), said, names) if meaning is not None else ()
    if which := asking_whom(said.text, lost.words, candidates):
        return which
    near = meant(lost.words, candidates, names)
    if near and not (near[0].best.kind == "account" and is_somebody(lost.words, said.text)):
        return _in_place(lost, near[0], said.text), near[1]
    about = "; nearest by meaning is:" if candidates else "."
    return Refusal(f'Nothing in this ledger is called "{lost.words}"{about}', offered(candidates), lost.words)


def _is_within(one: Phrase, others: Sequence[Phrase], names: Vocabulary) -> bool:
    """Whether it is an account within one that another phrase names, or that account itself."""
    if one.best.kind != "account":
        return False
    named = [name for each in others if each.best.kind == "account" for name in each.best.values]
    return set(narrowed(names, one.best.values, named)) == {*one.best.values}


def also_missed(
    words: tuple[Sequence[str], Sequence[str]],
    phrases: Sequence[Phrase],
    linked: Linked,
    tokens: Sequence[Token],
    free: Sequence[bool],
    text: str,
) -> tuple[str, ...]:
    """What is a name where it stands, though its words are no names by themselves; `words` are unknown and unread."""
    unknown, unread = words
    plain = (tokens[each] for each in linked.unknown if free[each] and tokens[each].fold not in everyday() | _ANY)
    unread = (*unread, *(each.text for each in plain if _is_thing(each.fold) and each.text not in unknown))
    pastimes = lost_pastimes(linked.phrases, tokens, free, text)
    known = [(tokens[each.start].start, tokens[each.end - 1].end) for each in phrases]
    known += [_span(each, text) for each in (*unknown, *pastimes)]
    next_thing = _AND_WHAT.search(text) if not phrases else None
    asked_next = next_thing["what"] if next_thing and next_thing["what"] in unread else ""
    if asked_next and _is_thing(asked_next):
        return (*pastimes, asked_next)  # "and the vet?"
    return (*pastimes, *_owned_beside(unread, phrases, tokens, text), *_listed_beside(unread, known, text))


def _is_thing(word: str) -> bool:
    """Whether it is a word for a trade, for a kind of spending or for something that is bought."""
    own = stems(word)
    return is_of_somebody(word) or is_known(own) or bool(lexicon().groups_of(own))


def _owned_beside(
    unread: Sequence[str], phrases: Sequence[Phrase], tokens: Sequence[Token], text: str
) -> tuple[str, ...]:
    """As in "Ana's music lessons" where entries say "Ana": a kind of thing, without which all of hers would be told."""
    found: list[str] = []
    begun = {each.start for each in phrases}
    for at in (each.end for each in phrases if _OF_SOMEBODY.search(each.words) and each.end < len(tokens)):
        word = tokens[at]
        pair = tokens[at : at + 2]
        trade = len(pair) > 1 and is_of_somebody(f"{word.fold} {pair[1].fold}")
        # "Ada's school fees", "Ada's birthday", "Ada's mother" are no things of hers.
        passing = at + 1 in begun or word.fold in OCCASIONS or cues("cues").found("kin", word.fold)
        if word.text in unread and (trade or _is_thing(word.fold)) and not passing:
            found.append(text[word.start : pair[-1].end] if trade else word.text)
    return tuple(found)


def _listed_beside(unread: Sequence[str], known: Sequence[tuple[int, int]], text: str) -> tuple[str, ...]:
    """As in "the plumber and the vet" where only the one is called so: words that are as much a name as that."""
    words = {span: each for each in unread if (span := _span(each, text)) not in known}
    tails = {span for span in words for _, end in known if text[end : span[0]].isspace()}  # "cello lessons and the vet"
    words = {span: each for span, each in words.items() if span not in tails}
    known = (*known, *tails)
    places = sorted({*known, *words})
    found: list[str] = []
    run: list[tuple[int, int]] = []
    for place, after in itertools.zip_longest(places, places[1:]):
        run.append(place)
        between = text[place[1] : after[0]] if after else ". "
        two_words = between.isspace() and place in words and after in words  # "and live gigs"
        if _LISTED.fullmatch(between) or _FOLLOWS.fullmatch(between) or two_words or after in tails:
            continue
        joined = (_LISTED.fullmatch(text[one[1] : other[0]]) for one, other in itertools.pairwise(run))
        parts = [words[each] for each in run if each in words]
        things = len(parts) > 1 and all(map(_is_thing, parts))  # "all of it: petrol, insurance, garage"
        if things or (any(joined) and any(each in known for each in run)):
            found += [words[each] for each in run if each in words and not _is_idle(words[each])]
        run = []
    return tuple(found)


def _is_idle(word: str) -> bool:
    """As in "and whatnot", "and itemised"."""
    return fold(word) in _AND_SO_ON or fold(word).endswith("ed")


def _in_place(lost: Lost, meant_so: Phrase, text: str) -> Phrase:
    """What the words mean, as a phrase at their place in the question."""
    inside = [at for at, each in enumerate(tokenize(text)) if lost.start <= each.start < lost.end]
    lead = _LEAD.search(text[: lost.start])
    led = fold(lead.group()) if lead else ""
    return Phrase(inside[0], inside[-1] + 1, lost.words, meant_so.options, lead=led)


def _span(words: str, text: str) -> tuple[int, int]:
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    return found.span() if found else (-1, -1)


def _written(text: str, run: Sequence[tuple[int, int]]) -> str:
    return " ".join(text[start:end] for start, end in run)


def is_only_a_verb(phrase: Phrase, about: Sequence[Phrase], names: Vocabulary) -> bool:
    """As in "when were the extinguishers serviced", where another service is booked: a stem, and no entry has both."""
    loose = phrase.best.kind == "narration" and phrase.best.how == "stem"
    texts = [each for each in (phrase, *about) if each.best.kind in {"payee", "narration"}]
    mentions = tuple(mention_of(each, each.best) for each in texts)
    accounts = tuple(name for each in about if each.best.kind == "account" for name in each.best.values)
    return loose and not names.booked.meets(Filters(accounts=accounts, mentions=mentions))
