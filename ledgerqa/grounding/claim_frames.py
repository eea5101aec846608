"""Who moved money to whom in a sentence: what its words claim once subject, voice and prepositions are read.

"Paid" alone says nothing of a direction: you paid the shop, the shop paid you, you were paid, it was paid by you.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledgerqa.grounding.claim_reading import Kind
from ledgerqa.grounding.claim_words import ADVERBS_OF_TIME, POINTING, TIME_UNITS, Role, denied

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from ledgerqa.grounding.claim_reading import Part, Reading

YOU = frozenset({"you", "i", "we"})
YOU_OBJECT = frozenset({"you", "me", "us"})
BE = frozenset({"was", "were", "been", "be", "is", "are", "got"})
HAVE = frozenset({"has", "had", "have", "also", "been"})
ACTIVE = frozenset(
    """
    paid pay pays spent spend spends bought buy received receive receives earned earn earns got sold sell moved move
    transferred withdrew deposited refunded returned reimbursed charged credited debited purchased acquired owe owes
    owed saved gained lost
    """.split()
)
GIVING_BACK = frozenset({"refunded", "returned", "reimbursed", "credited", "return"})
PAYING = frozenset({"paid", "pay", "pays"})
TAKING = frozenset({"received", "receive", "receives", "got", "earned", "earn", "earns"})
EACH = frozenset({"a", "an", "per", "each", "every"})
HOW_MANY = frozenset({Role.ONE, Role.MANY, Role.COUNT})
EARNED = frozenset({"earned", "earn", "earns", "charged", "credited", "debited"})
NOBODY = frozenset({"payee", "account", "ledger", "narration"})
WRONG_WAY = "“{}” turns the money's way around"


@dataclass(frozen=True)
class Said:
    """A word of the sentence that claims something, and what it may claim there."""

    word: str
    roles: frozenset[Role]
    at: int

    def fits(self, allowed: Collection[Role]) -> bool:
        """Whether it may claim one of these: a direction or kind where it has one, and how many entries there are."""
        if Role.COUNT in self.roles and Role.COUNT in allowed:
            return True
        how_many = self.roles & {Role.ONE, Role.MANY}
        kinds = self.roles - HOW_MANY
        return bool((kinds or self.roles).intersection(allowed)) and how_many <= set(allowed)


@dataclass(frozen=True)
class Frame:
    """What a sentence claims by its words.

    `strange` are runs of words that the table does not have; `per` the units of rates ("a month"); `hedged` the
    places of figures that are said to be about so much; `fault` why no row can bear it.
    """

    said: tuple[Said, ...] = ()
    strange: tuple[tuple[str, ...], ...] = ()
    per: frozenset[str] = frozenset()
    hedged: frozenset[int] = frozenset()
    fault: str = ""

    def has(self, *wanted: Role) -> bool:
        """Whether some word may claim one of these."""
        return any(role in said.roles for said in self.said for role in wanted)


def frame(reading: Reading, is_payee: Callable[[Part], bool]) -> Frame:
    """The claims of a sentence's words; `is_payee` tells a payee or a narration from an account."""
    return _Frame(reading, is_payee).made()


class _Frame:
    """The parts of one sentence, looked at one by one with their neighbours."""

    def __init__(self, reading: Reading, is_payee: Callable[[Part], bool]) -> None:
        self.reading = reading
        self.parts = [part for part in reading.parts if part.kind is not Kind.MARK]
        self.is_payee = is_payee
        self.said: list[Said] = []
        self.per: set[str] = set()
        self.hedged: set[int] = set()
        self.fault = ""

    def made(self) -> Frame:
        if self.parts and self.parts[0].word in POINTING:
            self.blame(f"“{self.parts[0].text}” points at what another sentence said")
        for at, part in enumerate(self.parts):
            if part.kind is Kind.NAME and part.roles:
                self.say(part.text, part.roles, part.start)
            if part.kind is Kind.WORD:
                self._word(at, part)
        return Frame(tuple(self.said), self._strange(), frozenset(self.per), frozenset(self.hedged), self.fault)

    def say(self, word: str, roles: frozenset[Role], at: int) -> None:
        self.said.append(Said(word, roles, at))

    def blame(self, fault: str) -> None:
        self.fault = self.fault or fault

    # ------------------------------------------------------------------------------------------ neighbours

    def word(self, at: int) -> str:
        """The word at a place; "" for another part, or beyond the ends."""
        return self.parts[at].word if 0 <= at < len(self.parts) else ""

    def joined(self, at: int) -> bool:
        """Whether nothing stands between this part and the next but a space."""
        if not 0 <= at < len(self.parts) - 1:
            return False
        between = self.reading.text[self.parts[at].end : _begin(self.parts[at + 1])]
        return not re.search(r"[,;:.()–—]", between)

    def payee_at(self, at: int) -> bool:
        return 0 <= at < len(self.parts) and self.parts[at].kind is Kind.NAME and self.is_payee(self.parts[at])

    def subject(self, at: int) -> int:
        """The place of what stands before a verb, auxiliaries and dates left out; -1 where nothing does."""
        place = at - 1
        while place >= 0 and self.joined(place):
            part = self.parts[place]
            if part.kind is not Kind.DATE and part.word not in HAVE:
                return place
            place -= 1
        return -1

    # ----------------------------------------------------------------------------------------------- words

    def _word(self, at: int, part: Part) -> None:
        word = part.word
        if word in TIME_UNITS and self.word(at - 1) in EACH:
            self.per.add(TIME_UNITS[word])
            self.say(part.text, frozenset({Role.PER}), part.start)
            return
        if self._states_a_holding(at):
            self.say(part.text, frozenset({Role.BALANCE}), part.start)
        if word in ADVERBS_OF_TIME:
            self.per.add(ADVERBS_OF_TIME[word])
        if word in ("each", "every") and self.word(at + 1) not in TIME_UNITS:
            self.blame(f"“{part.text}” speaks of all, which one row cannot bear")
        if word == "about" and at + 1 < len(self.parts) and self.parts[at + 1].kind is Kind.FIGURE:
            self.hedged.add(self.parts[at + 1].start)
            return
        if word == "over" and not (at + 1 < len(self.parts) and _bare(self.parts[at + 1])):
            self.blame("“over” compares, and one row compares nothing")
        if part.roles is None:
            if reason := denied(word):
                self.blame(f"“{part.text}” {reason}")
            return
        if word in YOU_OBJECT and self.word(at - 1) in ("to", "from") and self.joined(at - 1):
            way = {Role.IN, Role.REFUND} if self.word(at - 1) == "to" else {Role.OUT, Role.MOVE}
            if not any(one.word in ("charged", "billed") for one in self.parts):
                self.say(f"{self.word(at - 1)} {part.text}", frozenset(way), part.start)
        if part.roles:
            found = self._directed(at, part)
            net = self.word(at - 1) == "net"  # "a net refund" is the sum of many
            self.say(part.text, found - {Role.ONE} if net else found, part.start)

    def _states_a_holding(self, at: int) -> bool:
        """Whether "have", "there were" or "the account was" stand right before an amount: that is a balance."""
        following = self.parts[at + 1 : at + 2]
        if not following or following[0].kind is not Kind.FIGURE or not following[0].currency:
            return False
        word = self.word(at)
        return word in {"have", "has", "had"} or (word in BE and self.word(at - 1) == "there")

    def _directed(self, at: int, part: Part) -> frozenset[Role]:
        """What a word claims beside its subject and its object."""
        word, found = part.word, part.roles or frozenset()
        if word in PAYING:
            found = frozenset({Role.OUT, Role.MOVE})
        if word not in ACTIVE:
            return found
        subject = self.subject(at)
        before = self.word(subject)
        if self.word(at + 1) in YOU_OBJECT and self.joined(at):
            found = self._to_you(part, found)
        elif before in BE:
            found = self._passive(part, found, self.subject(subject), by=at + 1)
        elif before in YOU:
            found = self._by_you(part, found)
        elif subject >= 0 and self.payee_at(subject) and self._is_subject(subject):
            found = self._by_payee(part, found)
        elif subject >= 0 and self._somebody(subject) and word not in EARNED:
            self.blame(f"“{self.parts[subject].text} {part.text}” makes somebody of what is none")
        elif before in POINTING:
            self.blame(f"“{before} {part.text}” points at what another sentence said")
        elif self.word(at + 1) == "by" and self.payee_at(at + 2):
            found = self._by_payee(part, found)
        return found

    def _somebody(self, at: int) -> bool:
        """Whether a word of the row that is not its payee stands as the one who acts ("Ines paid")."""
        part = self.parts[at]
        acts = part.kind is Kind.NAME or (part.kind is Kind.WORD and (part.roles is None or part.word in NOBODY))
        return acts and self._is_subject(at)

    def _is_subject(self, at: int) -> bool:
        """Whether a name opens its clause: not behind a preposition ("the purchase at the shop paid by card")."""
        return self.word(at - 1) not in {"at", "to", "from", "with", "in", "of", "for", "on"} or not self.joined(at - 1)

    def _to_you(self, part: Part, found: frozenset[Role]) -> frozenset[Role]:
        if part.word in PAYING:
            return frozenset({Role.IN})
        if part.word in {"owe", "owes", "owed", "sold", "sell", "returned"}:
            self.blame(WRONG_WAY.format(part.text))
        return found

    def _by_you(self, part: Part, found: frozenset[Role]) -> frozenset[Role]:
        if part.word in GIVING_BACK:
            self.blame(WRONG_WAY.format(f"you {part.text}"))
        return frozenset({Role.IN}) if part.word in ("charged", "debited") else found

    def _by_payee(self, part: Part, found: frozenset[Role]) -> frozenset[Role]:
        if part.word in PAYING:
            return frozenset({Role.IN})
        if part.word in TAKING:
            return frozenset({Role.OUT})
        if part.word not in GIVING_BACK and part.word not in {"charged", "debited"}:
            self.blame(WRONG_WAY.format(part.text))
        return found

    def _passive(self, part: Part, found: frozenset[Role], of: int, by: int) -> frozenset[Role]:
        if self.word(of) in YOU:
            if part.word == "owed":
                self.blame(WRONG_WAY.format(f"you are {part.text}"))
            return frozenset({Role.IN}) if part.word in PAYING else found
        if self.payee_at(of) and self._is_subject(of) and part.word in GIVING_BACK | TAKING:
            self.blame(WRONG_WAY.format(part.text))
        if self.word(by) == "by" and self.payee_at(by + 1):
            return self._by_payee(part, found)
        return found

    def _strange(self) -> tuple[tuple[str, ...], ...]:
        """Runs of words that the table does not have and that are not denied."""
        runs: list[list[str]] = []
        last = -2
        for at, part in enumerate(self.parts):
            if part.kind is Kind.WORD and part.roles is None:
                if part.word == "about" and at + 1 < len(self.parts) and self.parts[at + 1].start in self.hedged:
                    continue
                if last == at - 1:
                    runs[-1].append(part.word)
                else:
                    runs.append([part.word])
                last = at
        return tuple(tuple(run) for run in runs)


def _begin(part: Part) -> int:
    return part.said.begin if part.said is not None else part.start


def _bare(part: Part) -> bool:
    return part.kind is Kind.FIGURE and not part.currency


def preposition(parts: Sequence[Part], at: int, text: str) -> str:
    """The word right before a name, where nothing stands between them; an article and "your" are left out."""
    place = at - 1
    while place >= 0 and parts[place].word in {"the", "your", "my", "our", "account", "a", "an"}:
        place -= 1
    if place < 0 or re.search(r"[,;:.()–—]", text[parts[place].end : parts[at].start]):
        return ""
    return parts[place].word
