"""What people say around a question ("hang on", "the bank wants to know", "I'm filling in a form, so ..."), taken off.

Fillers and reasons are known by their words (`asides.toml`).  Any other clause before a question goes only where the
question stands by itself: it names what it is about, points to nothing said before it, and leaves out no period, tag or
restriction that was.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.refusals import orders
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_BETWEEN: Final = compiled(
    r"(\s*[,;]\s+|\s+[-–—]+\s+|\s*(?:\.\.+|…)\s+|(?<=\S)[.!?]\s+|\s+(?=(?:and|but) (?:i|we|he|she|they|it|you)\b)"
    r"|\s+(?=(?:because|cos|cause) (?:i|we|he|she|they|it|that|the|my|our)\b"
    r"|like (?:the|my|our|an?) \w+ (?:does|do|would)\b"
    r"|so (?:brace yourself|bear with me|go on|it's on my mind|i thought|i wondered"
    r"|i (?:need|want) (?:to|it|something))\b))",
    re.IGNORECASE,
)
_LEADING: Final = compiled(
    r"^\s*(?:(?:so|and|but|or|well|right|now|ok|okay|yeah|oh|look|anyway|anyhow|hang on|hey|listen)\b(?!,)\s+)+",
    re.IGNORECASE,
)
_JOINS: Final = compiled(r"\s*(?:so|anyway)\b", re.IGNORECASE)
_AND_THE_LIKE: Final = compiled(
    r",?\s+(?:and|or) (?:what(?:ever| ?not| have you| else)|whatnot|all (?:that|of that|the rest of it)"
    r"|(?:the )?such ?like|the like|so on|so forth|that sort of thing|stuff like that)(?=\s*[,;.?]|\s*$)",
    re.IGNORECASE,
)
_ENDING: Final = compiled(r"\s+(?:so|and|but)$", re.IGNORECASE)
# "So the school fees", "Right it's the pension", "Now the wife reckons": no word of the question.
_OPENER: Final = compiled(
    r"^\s*(?:(?:so|right|well|ok|okay|now|anyway|look|listen|you know(?= (?:that|the|those|my|our|when|at)\b))\b,?\s+)+"
    r"(?=(?:it's|this|these|those|the|my|our|i|i'm|i've|i'd|we|we've|we're|he|she|they|you|for|what|when|that|there|all|at)\b"
    r"[^?]*,)",
    re.IGNORECASE,
)
# "Dana says I spend too much at the florist, how much was it": who says so is no name to look for.
_SAYS: Final = compiled(
    r"^\s*(?:(?:so|well|and|but|ok|okay|now|anyway)\b,?\s+)*(?!(?:what|which|who|how|when|where|why|it|that|this|there)\b)"
    r"[a-z][\w'-]+ (?:says|said|thinks|thought|swears|swore|reckons|claims|claimed|insists|bets|believes|is convinced"
    r"|is sure|keeps saying|keeps telling (?:me|us)|told (?:me|us))(?: that)? "
    r"(?=(?:i|we|he|she|they|you|it|that|the|our|my|his|her)(?:'\w+)? [^?]*"
    r"\b(?:how (?:much|many|often)|what|which|when did|did)\b)",
    re.IGNORECASE,
)
_FRAME: Final = compiled(
    r"\bwhat (?:i(?:'d| would)? (?:really |just |actually )?(?:like|love|want|need|wish)"
    r"|i(?:'m| am) (?:really |just |actually )?(?:after|asking|trying to (?:get at|find out|work out|say)))"
    r"(?: (?:to (?:know|see|find out|ask)|here))?(?: is)?,\s+",
    re.IGNORECASE,
)
_VERB: Final = r"(?:did|do|does|have|has|had|am|is|are|was|were|can|could|would|will)"
# "It was the wind" asks nothing: the verb stands behind who or what did it.
_QUESTION: Final = compiled(
    rf"\b(?:what|how (?:much|many|often|long|far|dear|expensive|high|big)|which|when {_VERB}"
    rf"|who(?:'s|'ve| {_VERB})|whom|where {_VERB}"
    r"|(?:can|could|would|will) you|did (?:i|we|he|she|they|it|the|my|our)"
    r"|(?<!already )(?<!that )(?<!this )(?<!there )(?<!it )(?<!\bi )(?<!he )(?<!we )(?<!they )(?<!you )"
    r"(?:have|has|had|do|does|are|is|was|were) (?:i|we|he|she|they|it|there|the|my|our|any))\b"
    r"|(?:^|[,;.] |\b(?:and|so|please|just|now|then) )(?:show|list|give|tell|find|name|add up)\b"
)
_WISHES: Final = compiled(
    r"(?:^|[,;.] |\b(?:and|so|please|just|now|then) )(?:i|we)(?:'d| would| do)? (?:really |just |only )?"
    r"(?:like|love|want|need|wish|have)(?: to (?:know|see|find|have|get|hear)\b| (?:the|a|an|my|our|each|every|all)\b)"
    r"|\?\W*$|\bplease\b"
)
# "They want the number off the receipt, what is it": what they want is the question.
_OF_A_DEBT: Final = compiled(r"\b(?:ow(?:e[ds]?|ing)|due|pa(?:y|ys|id|ying)|square|claims?|share|coming)\b")
_WANTED: Final = compiled(r"\b(?:want|need)s?\b")
_WHAT_IS_IT: Final = compiled(r"\b(?:what|which|who|when) (?:is|was) (?:it|that)\W*$|\bwhat's (?:it|that)\W*$")
_POINTS: Final = compiled(
    r"\b(?:it|its(?! (?:own|end|close|start|beginning)\b)|it's|their(?! own)|those|these)\b"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?! (?:is|are|was|were|has|have)\b)"
    r"|\b(?:that|this)\b(?! (?:year|month|week|quarter|has|have|had|i|we|is|was|were|are|came|went|cost)\b)"
)
_THAT_ONE: Final = compiled(
    r"\b(?:what|which) are they\b|\b(?:that|this|those|these) $|\b(?:is|was) it (?=(?:the|my|our)\b)"
    r"|\b(?:did|does|do|has|have|had|would|will) it (?=(?:\w+ )?(?:cost|taken?)(?: (?:me|us))? to\b)"
)
_SOMEBODY: Final = compiled(r"\b(?:he|him|his|himself|she|her|hers|herself|they|them|their|theirs)\b")
_WHO: Final = compiled(
    r"^(?:i|we|he|she|they|it|you|there|somebody|someone|everybody|everyone|(?:the|my|our|this|that|his|her) [\w-]+)"
    r"(?:'\w+)? "
)
# "My sister does books for a living and wants to see our income statement": what somebody is, and then what they want.
_ON_BEHALF: Final = compiled(
    r"^(?P<lead>\W*(?:(?:so|and|well|right|now|ok|hi|hey) )?(?:(?:one|some|a friend) of )?(?:my|our|his|her|the|a|an)"
    r" (?!accounts?\b)[^.?!;]*?)(?:,|,? (?:and|who|so|but))(?: (?:he|she|they|(?:my|our|his|her|the) \w+))?"
    r"(?: (?:now|also|just|really|has|have|had|is|are|was|were|would|keeps?))*"
    r" (?:wants?|wanted|needs?|needed|like|ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?)(?: me| us)?"
    r"(?: to (?:see|know|have|get|look at|check|find out|be shown|hear)| for| about"
    r"|(?= (?:what|how|which|when|whether|our|my|the)\b))"
    r" (?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_OF_THAT_TIME: Final = compiled(r"\bthat (?:year|month|week|quarter|day|time|trip|holiday|weekend)\b")
WHOLE: Final = frozenset(
    {Measure.RECURRING, Measure.NET_WORTH, Measure.INCOME_STATEMENT, Measure.NET_INCOME, Measure.BALANCE_SHEET}
)


def to_the_point(text: str, read: Callable[[str], Said]) -> str:
    """The question without what was said around it; `read` tells the parts of what is left."""
    kept = _without_told(_SAYS.sub("", _AND_THE_LIKE.sub("", text)), read)
    kept = _FRAME.sub("", _OPENER.sub("", kept, count=1))
    for lead, rest, joined in _onsets(kept):
        if _may_go(lead, rest, read, joined=joined):
            return rest
    return kept


def _without_told(text: str, read: Callable[[str], Said]) -> str:
    """The text less the clauses that only fill a pause or tell why it is asked; all of it where no question is left."""
    pieces = _BETWEEN.split(text)
    if len(pieces) == 1:
        return text
    filled = _joined(pieces, [not _fills(clause) for clause in pieces[::2]])
    pieces = _BETWEEN.split(filled)
    asked = _WHAT_IS_IT.search(fold(text))
    told = [_is_told(clause, "told") and not (asked and _WANTED.search(clause)) for clause in pieces[::2]]
    less = _joined(pieces, [not each for each in told])
    named = any(named_in(read(clause)) for clause, out in zip(pieces[::2], told, strict=True) if out)
    filled = filled if named and points_back(less, read(less)) else less
    pieces = _BETWEEN.split(filled)
    less = _joined(pieces, [not _is_told(clause, "doing") for clause in pieces[::2]])
    filled = less if less == filled or _stands_alone(less, read) else filled
    return _without_comment(filled, read)


def _without_comment(text: str, read: Callable[[str], Said]) -> str:
    """The text less what is told of somebody after a question that is whole: "what is in the till, Ada wants it".

    Unless it is of a debt: whose it is may be told so ("how much do we owe, Ada wants her money").
    """
    pieces = _BETWEEN.split(text)
    said = [bool(at) and _is_comment(clause, read) for at, clause in enumerate(pieces[::2])]
    less = _joined(pieces, [not each for each in said]) if any(said) else text
    if less == text or _OF_A_DEBT.search(fold(less)):
        return text
    exact = any(each.best.kind == "account" and each.best.how == "exact" for each in read(less).phrases)
    return less if _stands_alone(less, read) or (exact and not points_back(less, read(less))) else text


def _is_comment(clause: str, read: Callable[[str], Said]) -> bool:
    """Whether it tells of somebody, and neither dates, bounds nor restricts what is asked."""
    if not _is_told(clause, "comment") or cues("asides").found("restricts", fold(clause)):
        return False
    told = read(clause)
    tagged = any(each.best.kind in {"tag", "link"} for each in told.phrases)
    return not (told.periods or told.bounds.spans or told.excluded or tagged)


def _joined(pieces: Sequence[str], kept: Sequence[bool]) -> str:
    """The clauses that are kept, with the marks between them; all of them where no question would be left."""
    if all(kept):
        return "".join(pieces)
    left = mark = so = ""
    for at, clause in enumerate(pieces[::2]):
        between = pieces[2 * at - 1] if at else ""
        mark = mark if mark.strip(" ,") else between
        if kept[at]:
            left += (mark + so if left else "") + clause.strip()
            mark, so = "", ""
        elif _JOINS.match(clause):
            so = "so "
    left = _LEADING.sub("", left) if not kept[0] else left
    return left if _QUESTION.search(fold(left)) else "".join(pieces)


def _fills(clause: str) -> bool:
    return not orders(fold(clause)) and any(cues("asides").single["filler"].covers(each) for each in _bare(clause))


def _is_told(clause: str, how: str) -> bool:
    bare = _bare(clause)
    asks = any(_QUESTION.search(each) or orders(each) for each in bare)
    return not asks and any(cues("asides").single[how].covers(each) for each in bare)


def _bare(clause: str) -> set[str]:
    """The clause without the mark at its end, and without the words that join it to others."""
    bare = _ENDING.sub("", fold(clause).replace("’", "'").strip(" .,!?"))
    return {bare, _LEADING.sub("", bare)}


def _onsets(text: str) -> Iterator[tuple[str, str, bool]]:
    """Where a question begins after something else: what stands before, the question, and whether a word joins them."""
    if behalf := _ON_BEHALF.match(text):
        yield behalf["lead"], behalf["rest"], True
    marks = [*_BETWEEN.finditer(text), *re.finditer(r"\s+(?=so (?:what|how|which|when|who|did|can|could)\b)", text)]
    for mark in sorted(marks, key=re.Match.start, reverse=True):
        lead, rest = text[: mark.start()], text[mark.end() :]
        if begun := cues("asides").single["onset"].begins(fold(rest)):
            yield lead, rest[begun:], True
        elif _QUESTION.match(fold(rest)) and mark.group().strip():
            yield lead, rest, False


def _may_go(lead: str, rest: str, read: Callable[[str], Said], *, joined: bool) -> bool:
    """Whether the question stands by itself, and nothing narrows it that was said before."""
    before, folded = fold(lead).replace("’", "'"), fold(rest)
    if asks(before) or cues("asides").found("restricts", before) or orders(before) or _OF_THAT_TIME.search(folded):
        return False
    if not (joined or _WHO.match(_LEADING.sub("", before))) or not _stands_alone(rest, read):
        return False
    told, asked = read(lead), read(rest)
    named = named_in(told)
    if (named and not joined) or (told.phrases and _SOMEBODY.search(folded)):
        return False
    narrower = any(each.best.kind in {"tag", "link"} for each in told.phrases) or any(
        each.best.kind == "payee" and each.best.how == "exact" for each in named
    )
    bounded = told.bounds.spans or told.intent.convert or told.intent.valuation
    dated = told.periods and not asked.periods and not _is_told(lead, "told")
    return not (narrower or bounded or dated)


def _stands_alone(text: str, read: Callable[[str], Said]) -> bool:
    """Whether the question names what it is about, or needs no name, and points to nothing before that."""
    asked = read(text)
    names = named_in(asked)
    if asked.unknown or not (names or asked.intent.measure in WHOLE):
        return False
    return not points_back(text, asked)


def points_back(text: str, asked: Said) -> bool:
    """Whether "it", "them" or the like stands before anything is named."""
    first = min((text.find(each.words) for each in named_in(asked)), default=len(text))
    before = _THAT_ONE.sub("", fold(text[: max(first, 0)]).replace("’", "'"))
    return bool(_POINTS.search(before) or _SOMEBODY.search(before))


def asks(folded: str) -> bool:
    """Whether words of a question, or a wish to be told something, stand in it."""
    return bool(_QUESTION.search(folded) or _WISHES.search(folded))


def speaks_of_somebody(text: str) -> bool:
    """Whether "she", "him" or the like stands in it."""
    return bool(_SOMEBODY.search(fold(text)))


def named_in(said: Said) -> list[Phrase]:
    """What is named for certain, to be asked of or left out: "the au pair", though each word of it is faint."""
    return [each for each in (*said.phrases, *said.excluded) if not each.weak or _in_full(each)]


def _in_full(phrase: Phrase) -> bool:
    return phrase.best.kind == "account" and phrase.best.how == "exact" and phrase.end - phrase.start > 1
