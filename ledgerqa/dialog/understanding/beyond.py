"""Questions that name what the ledger knows, and ask of it what no entry says: how old, how nice, what others earn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, stem, stems
from ledgerqa.dialog.linking.purses import holds_units
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.dialog.understanding.earners import earners
from ledgerqa.dialog.understanding.refusals import EXAMPLES
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_MOST_NOTES: Final = 5000
# Words with which an event or a note tells of a person's own affairs.
_PRIVATE: Final = frozenset(
    stem(word)
    for word in """live life moved move home address flat house street road birthday born birth age location residence
    wohnort adresse town city""".split()
)
_OWED: Final = compiled(r"Ow(?:ed|ing)|Lent|Due(?:From)?\b|Friends|(?:House|Flat)mates")
_NO_FIGURE: Final = compiled(r"^(?:is|are|was|were|am|does|why|how (?:old|tall|far|big|long|heavy|good|happy))\b")
_EARNS: Final = (
    r"\b(?:does|did|do|has|have|is|was|can|could) (?:the |my |our |an? )?{}(?: still| now| usually| actually)?"
    r" (?:earn(?:ed|s|ing)?|make|made|making|(?:get|gets|got|being) paid)\b"
)
_EARNING: Final = compiled(r"\b(?:earn|mak|made|paid)")
_PAY: Final = compiled(r"\b(?:pay|wage|salary)")
# "Dana's monthly pay": of somebody with whom something is open, and whom no account of ours pays.
_WAGE: Final = (
    r"\b{}(?:'s?|s)?(?<=[s']) (?:(?:monthly|yearly|annual|weekly|gross|net|current|basic|take-?home) )*"
    r"(?:pay(?! (?:me|us|back|for|out|off|in|up|to|the|my)\b)|wages?|salary|pay(?:check|cheque))\b"
)


def beyond(said: Said, names: Vocabulary) -> Refusal | None:
    """Why the names in the question do not help: nothing that is booked is asked of them; None where something is."""
    named = said.phrases and (_asks_no_figure(said) or _is_no_booking(said) or _is_of_a_part_played(said))
    if named or _is_of_a_person(said, names):
        return Refusal("The ledger does not say: it holds what was booked, and no entry answers that.", EXAMPLES)
    if brand := next((each for each in said.phrases if _is_another_brand(each, names)), None):
        offered = tuple(f"How much did I spend on {name}?" for name in brand.best.values[:3])
        return Refusal(f'Nothing in this ledger is called "{brand.words}".', offered)
    for phrase in said.phrases if _PAY.search(said.folded) else ():
        if re.search(_WAGE.format(re.escape(fold(phrase.words))), said.folded) and _is_only_owed(phrase, names):
            return _of_others(phrase)
    figure = re.match(r"(?:and |so )?(?:how much|what)\b(?!.*\b(?:interest|dividends?)\b)", said.folded)
    for phrase in said.phrases if figure and _EARNING.search(said.folded) else ():
        known = fold(phrase.words) in earners(names)  # "how much does Bo earn", whose wages are paid out of these books
        of_others = not known and re.search(_EARNS.format(re.escape(fold(phrase.words))), said.folded)
        if of_others and not _pays_us(phrase, names):
            return _of_others(phrase)
    return None


_TO_COME: Final = compiled(
    r"^(?:and |so )*(?:when|(?:on )?(?:what|which) (?:day|date)) (?:do|does) (?!(?:i|we) )[\w' -]+? "
    r"(?:start|begin|commence|take place|arrive|leave|depart|fly|kick off|reopen|happen)s?(?: (?:exactly|again))?"
    r"\W*(?:$|[,;.?])"
)
_SUPPOSED: Final = compiled(
    r"\b(?:what|how much)(?: money)? (?=(?:\w+ ){0,4}?(?:could|would|might|can|should)\b)"
    r"(?:(?:could|would|might|can|should) )?"
    r"(?:(?:i|we|you|one|somebody|anyone) (?:\w+ ){0,2}?(?:sell|flog|let|rent out|get|ask|charge|want) .*\bfor\b"
    r"|(?:the |my |our )?[\w' -]+? (?:fetch|go for|sell for|make (?:at|on|if)|be worth if))"
)


def to_come(said: Said, names: Vocabulary) -> Refusal | None:
    """Why a ledger cannot tell what is still to happen, or would; None where it is not asked for that."""
    if not said.phrases or not (_is_to_come(said) or _is_supposed(said, names) or _is_worth_unheld(said, names)):
        return None
    offered = (f'How much did I spend on "{said.phrases[0].words}"?', f'What was booked for "{said.phrases[0].words}"?')
    return Refusal("A ledger says what was booked: not what is to come, nor what something might fetch.", offered)


def _is_to_come(said: Said) -> bool:
    """As in "what day does Nina's camp start": of what is paid for, when it is held."""
    return bool(_TO_COME.search(said.folded))


def _is_supposed(said: Said, names: Vocabulary) -> bool:
    """As in "what could we sell the van for", "what would the boat fetch"; shares have a price, and are worth that."""
    if not _SUPPOSED.search(said.folded):
        return False
    if any(each.of_kind("currency") for each in said.phrases):
        return False
    held = tuple(name for each in said.phrases if each.best.kind == "account" for name in each.best.values)
    return not holds_units(names, held)


_ITS_WORTH: Final = compiled(
    r"^(?:and |so )*(?:what(?:['’]?s| is| was| are)|how much(?:['’]?s| is| was| are)?) "
    r"(?:the |our |my )(?!.*\b(?:shares?|stocks?|funds?|units|bonds|coins)\b)[\w' -]+? worth\b"
)


def _is_worth_unheld(said: Said, names: Vocabulary) -> bool:
    """As in "what's the boat worth if we sold her": of what stands on entries, and on nothing that is held."""
    if not _ITS_WORTH.search(said.folded):
        return False
    options = [option for each in said.phrases for option in each.options]
    held = {Root.ASSETS, Root.LIABILITIES, Root.EQUITY}
    if any(each.held_at_cost for each in names.commodities.values()) and {each.kind for each in options} != {"account"}:
        return False  # "what is my Tidevann worth": its shares may be called otherwise than who sold them
    return not any(
        option.kind not in {"account", "payee", "narration"}
        or (option.kind == "account" and any(names.by_name[name].root in held for name in option.values))
        for option in options
    )


def _is_another_brand(phrase: Phrase, names: Vocabulary) -> bool:
    """As in "Netflix", which is like television: where that is paid to others by name, nobody is called so."""
    if phrase.best.how != "synonym" or phrase.best.kind != "account" or fold(phrase.words) not in lexicon().brands:
        return False
    rows = names.index.query(
        "SELECT 1 FROM postings JOIN (SELECT unnest(?::VARCHAR[]) AS top)"
        " ON account = top OR starts_with(account, top || ':') WHERE payee <> '' LIMIT 1",
        [list(phrase.best.values)],
    )
    return bool(rows)


def _asks_no_figure(said: Said) -> bool:
    """As in "is my landlord nice", "how old is the dog": a name of the ledger, but nothing that is booked."""
    intent = said.intent
    asks = intent.flow or intent.group_by or intent.order or intent.compare or intent.sign or said.bounds.spans
    sized = said.folded.startswith("how big") and all(each.best.kind == "account" for each in said.phrases)
    return intent.measure is None and not asks and not sized and bool(_NO_FIGURE.search(said.folded))


_LIVES: Final = compiled(
    r"^(?:and |so )?(?:where(?:abouts)?|(?:in )?(?:which|what) (?:town|city|street|village|country)) "
    r"(?:does|do|did|is|was|are|were|has|have) (?!(?:i|we|you|it|they|the|this|that)\b)(?P<who>[\w' -]+?) "
    r"(?:(?:now|still|currently|actually) )*"
    r"(?:(?:been )?liv(?:e|ed|ing)|resid(?:e|ed|ing)|born|come from|grow up|grew up|based)\b(?! (?:on|off)\b)"
    r"|^(?:and |so )?when (?:was|were) (?P<born>(?!(?:i|we|it|they|the|this|that)\b)[\w' -]+?) born\b"
    r"|^(?:and |so )?(?:wh(?:at|en)(?:'?s| is| was| are)|give me|tell me) "
    r"(?P<whose>(?:[\w-]+ ){0,2}[\w-]+)['’]s? "
    r"(?:(?:home|postal|street|private|current|full|email|e-mail) )*"
    r"(?P<thing>address(?:es)?|birthday|birth ?date|date of birth|age|nationality|surname|(?:maiden|last) name)\W*$"
)


def _is_of_a_person(said: Said, names: Vocabulary) -> bool:
    """As in "where does Ines live": of anybody but those who keep the books, what no event and no note says."""
    found = _LIVES.search(said.folded)
    if found is None:
        return False
    who = set(stems(found["who"] or found["born"] or found["whose"])) - lexicon().grammar
    named = {part for phrase in said.phrases for part in stems(phrase.words)}
    thing = set(stems(found["thing"] or ""))
    if thing and any(who | thing <= set(stems(phrase.words)) for phrase in said.phrases):
        return False  # "when was mum's birthday", where entries say just that
    if who <= lexicon().owners or not (named & who or said.intent.measure is Measure.EVENTS):
        return False
    told = [*(f"{kind} {text}" for kind, text, _ in names.events), *_noted(names)]
    return not any(who <= (words := set(stems(text))) and words & _PRIVATE for text in told)


def _noted(names: Vocabulary) -> tuple[str, ...]:
    """What the notes say."""
    if not names.counts.get("notes"):
        return ()
    return tuple(text for (text,) in names.index.query(f"SELECT comment FROM notes LIMIT {_MOST_NOTES}"))


_HAS_HOW_MANY: Final = compiled(
    r"^(?:and |so )?how many (?P<what>[\w ]{3,40}?) (?:do|does|did|has|have) (?P<who>[\w' ]+?)"
    r" (?:have|had|got|weigh|measure|contain|seat|sleep|hold|fit|take up|run)\W*$"
)


def _is_no_booking(said: Said) -> bool:
    """As in "how many square metres does the flat have": of a name, how many there are of what stands nowhere."""
    found = _HAS_HOW_MANY.search(said.folded)
    if found is None or said.intent.measure is not Measure.COUNT or re.fullmatch(r"(?:i|we|you|they)", found["who"]):
        return False
    likened = (each.words for each in said.phrases if each.best.how == "spelling")
    lost = {fold(each) for each in (*said.unread, *said.unknown, *likened)}
    return bool(lost.intersection(found["what"].split()))


_PART_PLAYED: Final = compiled(
    r"^(?:and |so )*who(?: all| else)?(?:['’]s| was| were| has| had)? (?:\w+ly )?"
    r"(?P<verb>play|sing|sang|sung|act|starr|direct|perform|conduct|dance|choreograph|audition|understud|rehears"
    r"|captain|coach|referee|umpire|compet|won|win|scor|finish|host|compere|preach|lectur)(?:e?[sd]|ied|ing|ning)?\b"
    r"(?!.*\b(?:paid|pays?|fees?|costs?|owe[sd]?|money|charge[sd]?|bill(?:ed)?|most|least|more|less)\b)"
)


def _is_of_a_part_played(said: Said) -> bool:
    """As in "who sang in the requiem", of what the requiem cost; unless an entry says just that."""
    found = _PART_PLAYED.match(said.folded)
    return found is not None and not any(
        found["verb"] in fold(each.words) and each.best.how == "exact" for each in said.phrases
    )


def _is_only_owed(phrase: Phrase, names: Vocabulary) -> bool:
    """Whether the name is that of accounts on which something stands, and of none of what is earned or spent."""
    accounts = [names.by_name[name] for each in phrase.options if each.kind == "account" for name in each.values]
    return bool(accounts) and all(each.root in {Root.ASSETS, Root.LIABILITIES} for each in accounts)


def _pays_us(phrase: Phrase, names: Vocabulary) -> bool:
    """Whether any reading of the name has income in this ledger: then what that came to is asked.

    Not where the income is what somebody puts in who has money open as well, as one of several who share the costs.
    """
    accounts = [names.by_name[name] for each in phrase.options if each.kind == "account" for name in each.values]
    owing = any(
        each.root is Root.ASSETS and (_OWED.search(each.name) or _of_group(each.name, "receivable"))
        for each in accounts
    )
    paying = [each.name for each in accounts if each.root is Root.INCOME]
    if owing and paying and not any(_of_group(name, "salary") for name in paying):
        return False
    for option in phrase.options:
        if option.kind == "account" and any(names.by_name[name].root is Root.INCOME for name in option.values):
            return True
        if option.kind not in {"payee", "narration"}:
            if option.kind != "account":
                return True
            continue
        if Root.INCOME in names.booked.roots_touched(Filters(mentions=(mention_of(phrase, option),))):
            return True
    return False


def _of_group(account: str, group: str) -> bool:
    """Whether a part of the account's name is a word of the group: Assets:Owed:Hedda of what is receivable."""
    return any(group in side for part in account.split(":") for side in lexicon().groups_of_name(part))


def _of_others(phrase: Phrase) -> Refusal:
    name, who = phrase.best.values[0], re.sub(r"['’]s?$", "", phrase.words)
    return Refusal(
        f"The ledger does not say what {who} earns: it holds your own income, and what you paid or received.",
        (f'How much did I pay "{name}"?', f'How much did I receive from "{name}"?', "How much did I earn this year?"),
    )
