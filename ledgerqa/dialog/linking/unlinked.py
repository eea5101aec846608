"""Words of a question that found no name of the ledger: which of them look like one, and which may be passed over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.learned import SURE, spans_of, surely_plain
from ledgerqa.dialog.language.called_otherwise import is_known
from ledgerqa.dialog.language.dictionary import ENGLISH, concepts_of
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.spelling import corrected
from ledgerqa.dialog.language.tongues import language
from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.dialog.linking.links import Linked, is_content
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ledgerqa.backends.protocols import Labelled, Understanding
    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.linking.links import Phrase

CERTAIN: Final = 0.8  # of a span of common words, to be missed
LIKELY: Final = 0.6  # of a span, for its words to be missed where nothing is called so
PASSED_BESIDE: Final = 0.8  # how likely a word is an ordinary one, to be passed over beside names that were found
PASSED_ALONE: Final = 0.9  # and where none was found

_GERMAN: Final = "de"  # where every noun has a capital
# Ordinary words, but of a part of what is asked for: without them all of it would be told.
_TELLS_APART: Final = frozenset("abroad overseas online offline domestic domestically wholesale contactless".split())
_COUNTS: Final = frozenset("two three four five six seven eight nine ten".split())  # "in the three accounts"
_NAMING: Final = frozenset(
    {"at", "from", "to", "by", "with", "for", "on", "in", "of", "called", "named", "is", "did", "does"}
)
_ARTICLES: Final = frozenset(
    {"the", "a", "an", "my", "our", "that", "this", "some", "any", "all", "your", "every", "each", "those", "these"}
)
_ADJECTIVES: Final = frozenset({"new", "old", "used", "secondhand", "broken"})
# What says what kind of cost is meant, not what for: without the word before it, it names something else.
_KINDS: Final = frozenset(
    "fee fees cost costs charge charges bill bills expense expenses insurance tax taxes subscription subscriptions"
    " membership repair repairs supplies tickets ticket rent food interest gifts gift lesson lessons class classes"
    " wages hire rental".split()
)


def characters(phrase: Phrase, tokens: Sequence[Token]) -> tuple[int, int]:
    """From which character of the question to which the phrase stands."""
    return tokens[phrase.start].start, tokens[phrase.end - 1].end


def within(phrase: Phrase, span: Labelled, tokens: Sequence[Token]) -> bool:
    """Whether the two have a character in common."""
    start, end = characters(phrase, tokens)
    return start < span.end and span.start < end


def half_found(
    linked: Linked, tokens: Sequence[Token], understood: Understanding | None
) -> tuple[Linked, frozenset[int]]:
    """What was linked but for names too little of which was found; and the tokens of those names.

    A common word alone, as in "language school fees" where there are fees; or half of it inside what an entry says, as
    in "washing machine" where there is "cash machine".
    """
    half: set[int] = set()
    for span in spans_of(understood, "NAME", "EXCLUDE", least=LIKELY):
        inside = [each for each in linked.phrases if within(each, span, tokens)]
        missed = {index for index in linked.unknown if span.start <= tokens[index].start < span.end}
        lost = {index for index in missed if tokens[index].fold not in _ADJECTIVES}  # "the new oven"
        found = {index for each in inside for index in range(each.start, each.end)}
        partly = all(each.best.kind == "narration" and each.best.how != "exact" for each in inside)
        common = all(each.weak for each in inside)
        if inside and ((common and len(lost) > len(found)) or (partly and len(lost) >= len(found))):
            half |= lost | found
    half |= _kinds_of(linked, tokens)
    phrases = tuple(each for each in linked.phrases if each.start not in half)
    return Linked(phrases, tuple(sorted({*linked.unknown, *half}))), frozenset(half)


def _kinds_of(linked: Linked, tokens: Sequence[Token]) -> set[int]:
    """As in "language school fees": a word for the kind of cost, and before it two that are known, and not found."""
    found: set[int] = set()
    for phrase in linked.phrases:
        at = phrase.start
        if phrase.end - at != 1 or fold(phrase.words) not in _KINDS or not {at - 1, at - 2} <= {*linked.unknown}:
            continue
        if is_known((tokens[at - 2].stem, tokens[at - 1].stem)):
            found |= {at - 2, at - 1, at}
    return found


_COST_OF: Final = compiled(
    r"\b(?:did|do|does|was|were) (?:the|my|our|that|those|these) (?P<what>(?:[\w'-]+ ){1,2}?)"
    r"(?:cost|come to|set|pay for itself|pay its (?:own )?way|break even"
    r"|(?:make|lose|turn) (?:\w+ )?(?:money|profit|loss))\b"
)


def _asked_for(token: Token, linked: Linked, text: str) -> bool:
    """As in "what did the keys cost": a common word, but the only one that says of what."""
    said = _COST_OF.search(text.lower())
    named = any(fold(each.words) not in {"money", "profit", "loss"} for each in linked.phrases)
    if said is None or named:
        return False
    return token.end == said.end("what") - 1


_HEAD: Final = compiled(
    r"^\W*(?:(?:and|so|ok|okay)\W+)*(?:(?:how much|what)(?:['’]?s| was| were| is| are| for| about)? )?"
    r"(?:(?:the|my|our|an?) )?(?P<what>[\w'-]+)(?= (?:in|on|at|during|for|to|from|with) \w)",
    re.IGNORECASE,
)


def _is_head(token: Token, text: str) -> bool:
    """As in "how much was the taxi in Lisbon", "taxi on the trip": what is asked for, where the rest says of what."""
    said = _HEAD.match(text)
    return said is not None and token.start == said.start("what") and token.end == said.end("what")


_THEIRS: Final = compiled(
    r"^\W*what(?:['’]?s| is| was) (?:the |my |our )?[\w-]+['’]s (?P<what>[\w-]+)(?=\W*$| (?:in|at|for|of)\b)",
    re.IGNORECASE,
)


def _is_theirs(token: Token, text: str) -> bool:
    """As in "what's Ana's grade in history": the one thing that is asked for, and nothing to do with her spending."""
    said = _THEIRS.search(text)
    known = lexicon().weak | lexicon().ordinary
    return said is not None and token.start == said.start("what") and token.fold not in known


_WHATEVER: Final = frozenset(
    "everything anything something nothing all average total whole whatever people everyone things stuff time".split()
)
# What the roots of a ledger are called, whoever keeps it: "everything over 1,000 in Expenses".
_ROOTS: Final = frozenset(
    "expense expenses income incomes asset assets liability liabilities equity spending spendings expenditure"
    " expenditures outgoings revenue revenues earnings".split()
)
_SPENT_ON: Final = compiled(
    r"\b(?:spen[dt]|spending|over-?spen[dt]|over(?: (?:the |my |our )?budget)?|budget"
    r"|pa(?:y|id|ying)|cost(?:s|ing)? (?:me|us)|go(?:es)?|went|how much)\b"
    r"(?: (?:\w+ )?(?:money|cash))?"
    r" (?:on|for|towards) (?:the |my |our |a |an )?(?P<what>[a-z'-]+(?: [a-z'-]+)?)"
    r"(?=$|\W*$| (?:in|last|this|since|during|over|from|between|so far|per|each|every|by)\b)"
)


def _spent_on_nothing_known(linked: Linked, tokens: Sequence[Token], text: str) -> set[int]:
    """As in "what do we spend on day care": common words, but the only ones that say what for; nothing is called so.

    Without them all spending would be told.
    """
    said = _SPENT_ON.search(text.lower())
    if said is None or linked.phrases:
        return set()
    inside = [at for at, token in enumerate(tokens) if said.start("what") <= token.start < said.end("what")]
    idle = lexicon().weak | lexicon().owners | _WHATEVER
    telling = [at for at in inside if is_content(tokens[at]) and tokens[at].fold not in idle]
    return set(inside) if telling and set(telling) <= {*linked.unknown} else set()


_HAS_COST: Final = compiled(
    r"\b(?:what|how much) (?:has|have|had|did|does|do) (?P<what>(?!(?:each|every)\b)(?:[\w'-]+ ){1,7}?)costs?\b"
    r"(?! (?:basis|price)\b)",
    re.IGNORECASE,
)


def cost_of_nothing(tokens: Sequence[Token], free: Sequence[bool], text: str) -> tuple[str, ...]:
    """As in "what has missing the deadline cost me", of a question where no name was found: the words that say what.

    Without them all spending would be told.  `free` are the tokens that no period, amount or the like takes.
    """
    said = _HAS_COST.search(text)
    if said is None:
        return ()
    inside = [
        token
        for token, open_to in zip(tokens, free, strict=True)
        if open_to and said.start("what") <= token.start < said.end("what") and is_content(token)
    ]
    idle = lexicon().owners | _WHATEVER
    named = any(each.fold not in idle for each in inside) or _NO_VERB.fullmatch(said["what"].lower())
    return (said["what"].strip(),) if named else ()


_NO_VERB: Final = compiled(r"(?:the|my|our) (?:show|report|search|print|look|display)s? ")  # a noun after its article


def unlinked(
    linked: Linked,
    half: Collection[int],
    tokens: Sequence[Token],
    text: str,
    understood: Understanding | None,
    *,
    subject: bool,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words that found no name: those that look like one, and those that may be passed over.

    `subject` says whether a name was found that is asked about.
    """
    unknown, unread = _by_their_looks(linked, half, tokens, text, understood)
    if understood is None:
        return _texts(unknown, tokens), _texts(unread, tokens)
    plain = (each for each in (*unknown, *unread) if _is_heard_as_plain(tokens[each], text, understood, subject))
    idle = lexicon().weak | _WHATEVER
    only = {each for each in unknown if tokens[each].fold not in idle and _asked_for(tokens[each], linked, text)}
    heard = {index for index in plain if index not in only and not _says_which(index, linked, tokens, understood)}
    passed = heard if subject else set()  # where nothing was found, they are no subject that is missed
    kept = sorted({*unread, *passed} - (heard - passed))
    return _texts([each for each in unknown if each not in heard], tokens), _texts(kept, tokens)


def _tells_apart(token: Token, text: str) -> bool:
    """As in "how much did we spend online", "income from abroad"; not so "when we lived abroad"."""
    return token.fold in _TELLS_APART and not _THERE.search(text[: token.start])


_THERE: Final = compiled(
    r"\b(?:liv(?:ed?|ing)|was|were|been|moved|work(?:ed|ing)|stud(?:y|ied|ying)|went|go) $", re.IGNORECASE
)


def _texts(places: Iterable[int], tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(tokens[each].text for each in places)


def _is_heard_as_plain(token: Token, text: str, understood: Understanding, subject: bool) -> bool:  # noqa: FBT001
    """As in "my gut says so, and so does Irene": likelier than not a word of the sentence.

    Of 9,984 authored lines asked of ledgers that hold their names, 493 were refused for a word that is none.  The
    model took 70% of those words for plain by 0.8 and more, and 4% of the names that a ledger lacks.
    """
    if _tells_apart(token, text):
        return False
    if subject:
        return surely_plain(token.start, token.end, understood, PASSED_BESIDE)
    capital = token.text[:1].isupper() and not _begins_sentence(token, text) and language(text) != _GERMAN
    return not capital and surely_plain(token.start, token.end, understood, PASSED_ALONE)


def _by_their_looks(
    linked: Linked, half: Collection[int], tokens: Sequence[Token], text: str, understood: Understanding | None
) -> tuple[list[int], list[int]]:
    """Places of tokens that found no name: of those that look like one, and of those that may be passed over."""
    words = lexicon()
    everyday = words.weak | words.ordinary
    unknown: list[int] = []
    unread: list[int] = []
    spent_on = _spent_on_nothing_known(linked, tokens, text)
    for index in sorted({*linked.unknown, *spent_on}):
        token = tokens[index]
        asked_for = index in half or _asked_for(token, linked, text) or _is_theirs(token, text)
        if index in spent_on or _tells_apart(token, text) or (is_content(token) and asked_for):
            unknown.append(index)
            continue
        telling = _says_which(index, linked, tokens, understood)
        if understood is not None and surely_plain(token.start, token.end, understood) and not telling:
            continue
        if (
            token.fold in everyday
            or token.stem in everyday
            or token.text.isdigit()
            or (token.fold in _COUNTS and any(each.fold == "accounts" for each in tokens[index + 1 : index + 3]))
            or len(token.text) == 1
            or corrected(token.fold) != token.fold
            or token.fold.startswith("refund")
        ):
            continue
        before = [each.fold for each in tokens[max(0, index - 3) : index] if each.fold not in _ADJECTIVES][-2:]
        led = bool(before) and (
            before[-1] in _NAMING or (before[-1] in _ARTICLES and len(before) > 1 and before[0] in _NAMING)
        )
        written = index > 0 and token.text[:1].isupper() and not _begins_sentence(token, text)
        if _is_share(index, tokens):
            unknown.append(index)
            continue
        led = led or (bool(before) and before[-1] in {"vs", "versus", "than"}) or _is_bought_for(index, tokens)
        led = led or _is_head(token, text)
        counted = len(before) > 1 and before[-2:] == ["how", "many"]
        if _of_owner(token, text):
            continue
        if _only_describes(index, linked, token) or _is_implied(token, linked):
            unread.append(index)
            continue
        if telling or _names_nothing(token, linked, tokens, understood):
            unknown.append(index)
            continue
        (unknown if (led or written) and not (counted and linked.phrases) else unread).append(index)
    return unknown, unread


def less_covered(unknown: tuple[str, ...], phrases: Sequence[Phrase]) -> tuple[str, ...]:
    """Without the words of what is called just so in the ledger, whatever a model hears of them one by one."""
    covered = {word for each in phrases if each.best.how == "exact" for word in fold(each.words).split()}
    return tuple(each for each in unknown if fold(each) not in covered)


def common_name(
    linked: Linked, tokens: Sequence[Token], text: str, understood: Understanding | None
) -> tuple[str, ...]:
    """As in "eating out in 2024": common words, but surely a name, and the only one that is not left out.

    Without them all spending would be told.
    """
    left_out = spans_of(understood, "EXCLUDE", least=LIKELY)
    if any(not any(within(each, span, tokens) for span in left_out) for each in linked.phrases):
        return ()
    idle = lexicon().owners | _WHATEVER | _ROOTS
    for span in spans_of(understood, "NAME", least=CERTAIN):
        inside = [each for each in tokens if span.start <= each.start < span.end and is_content(each)]
        if any(each.fold not in idle for each in inside):
            return (text[span.start : span.end],)
    return ()


def _of_owner(token: Token, text: str) -> bool:
    """As in "the co-op", said by it: a part of a word for whoever keeps the books."""
    around = re.search(r"[\w-]*$", text[: token.start]), re.match(r"[\w-]*", text[token.end :])
    word = "".join((around[0].group() if around[0] else "", token.text, around[1].group() if around[1] else ""))
    return "-" in word and fold(word) in lexicon().owners


def _is_share(index: int, tokens: Sequence[Token]) -> bool:
    """As in "how many ACME shares": the code of something held, and no word that describes it."""
    text = tokens[index].text
    beside = {each.fold for each in tokens[index + 1 : index + 2]}
    return text.isupper() and len(text) > 1 and bool(beside & {"share", "shares", "stock", "stocks", "units"})


def _is_bought_for(index: int, tokens: Sequence[Token]) -> bool:
    """As in "new rubber for the van": what was bought, whatever it is for."""
    led = index > 0 and tokens[index - 1].fold in _ADJECTIVES
    return led and index + 1 < len(tokens) and tokens[index + 1].fold == "for"


def _only_describes(index: int, linked: Linked, token: Token) -> bool:
    """As in "Ana's school fees" for Ana:Fees, "the station kiosk": a common word amid what names something as it is."""
    before = next((each for each in linked.phrases if each.end == index), None)
    after = next((each for each in linked.phrases if each.start == index + 1), None)
    if after is None or after.weak or not token.text.islower():
        return False
    if before is None:
        return after.best.kind == "payee"
    one, two = before.best, after.best
    return one.kind == two.kind == "account" and all(
        any(name.startswith(f"{whole}:") for whole in one.values) for name in two.values
    )


def _is_implied(token: Token, linked: Linked) -> bool:
    """As in "the kennel for the dog": what another name says already, as "dog boarding" does, that means the same."""
    meant = (each for phrase in linked.phrases for each in concepts_of(stems(phrase.words)))
    return any(len(said) > 1 and token.stem in said for each in meant for said in each.called((ENGLISH,)))


def _says_which(index: int, linked: Linked, tokens: Sequence[Token], understood: Understanding | None) -> bool:
    """As in "kindergarten fees": the model sees one name, of which only the word for the kind of thing was found.

    Or "guitar lessons": a thing, by its word, of which no account and no entry is.
    """
    token = tokens[index]
    after = next((each for each in linked.phrases if each.start == index + 1), None)
    if after is None or after.end - after.start > 1 or after.best.kind != "account" or fold(after.words) not in _KINDS:
        return False
    spans = spans_of(understood, "NAME", least=SURE)
    one_name = any(each.start == token.start and each.end == tokens[after.end - 1].end for each in spans)
    thing = is_known((token.stem,)) or bool(lexicon().groups_of((token.stem,)))
    return one_name or (thing and token.text.islower())


def _names_nothing(token: Token, linked: Linked, tokens: Sequence[Token], understood: Understanding | None) -> bool:
    """Whether the token is of what the model surely sees as a name, and neither that name nor another was found."""
    spans = spans_of(understood, "NAME", "EXCLUDE", least=LIKELY)
    span = next((each for each in spans if each.start <= token.start < each.end), None)
    if any(not each.weak or any(within(each, one, tokens) for one in spans) for each in linked.phrases):
        return False
    return span is not None


def _begins_sentence(token: Token, text: str) -> bool:
    return text[: token.start].rstrip().endswith((".", "!", "?", ":", "-", "–")) or not text[: token.start].strip()
