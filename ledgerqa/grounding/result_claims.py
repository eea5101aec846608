"""What one row of a result, or one fact derived from it, bears: its figures in their role, its keys and its limits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ledgerqa.grounding.claim_frames import frame, preposition
from ledgerqa.grounding.claim_reading import Kind
from ledgerqa.grounding.claim_words import Role
from ledgerqa.grounding.entry_claims import BOUGHT_FROM, Verdict
from ledgerqa.grounding.figures import shortened
from ledgerqa.grounding.scopes import pointed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from ledgerqa.grounding.claim_frames import Frame
    from ledgerqa.grounding.claim_reading import Part, Reading
    from ledgerqa.grounding.scopes import Scope, Ways

WRONG_PLACES = {
    Role.OUT: ("from",),
    Role.IN: ("to", "into"),
    Role.REFUND: ("to",),
    Role.OWE: ("from",),
}
ON_A_DAY = frozenset({"on", "of", "at", "in", "as", ""})


class Figure(NamedTuple):
    """One figure in the sign that people mean.

    A sentence says one of `needs` (of each group of roles one word), and nothing but `allows` besides.  A negative
    figure is said by its sign or by one of `down`.  `decimals` is that of a quotient, which may be shortened to it.
    """

    number: Decimal
    currency: str
    needs: frozenset[Role] = frozenset()
    allows: frozenset[Role] = frozenset()
    down: frozenset[Role] = frozenset()
    decimals: int | None = None
    nouns: frozenset[str] = frozenset()  # for a bare figure: what it counts

    def says(self, part: Part) -> bool:
        """Whether a figure of a sentence is this one, but for its sign."""
        return part.currency == self.currency and self._is(part.number)

    def _is(self, number: Decimal) -> bool:
        if number == abs(self.number):
            return True
        if self.decimals is None:
            return False
        return number == Decimal(shortened(abs(self.number), self.decimals).replace(",", ""))


@dataclass(frozen=True)
class ResultWitness:
    """One row or fact.  `asides` are counts that may stand beside its figure ("over 3 entries")."""

    title: str
    figures: tuple[Figure, ...]
    scope: Scope
    names: tuple[Ways, ...] = ()  # further names of the row, which need not be said
    days: tuple[dt.date, ...] = ()
    asides: tuple[Figure, ...] = ()
    per: str = ""
    marks: frozenset[int] = frozenset()  # all the sources of the figure, where all of them are cited

    def bears(self, reading: Reading) -> Verdict:
        """Whether everything that the sentence says comes from this row, in its role."""
        told = frame(reading, self._is_payee)
        checks: tuple[Callable[[], str], ...] = (
            lambda: told.fault,
            lambda: self._figures(reading, told),
            lambda: self._marks(reading),
            lambda: self._names(reading, told),
            lambda: self._dates(reading),
            lambda: self._roles(reading, told),
            lambda: self._ways(reading, told),
            lambda: self.scope.missing(reading) if reading.of(Kind.FIGURE) else "",
        )
        for borne, check in enumerate(checks, start=1):
            if reason := check():
                return Verdict(reason, borne)
        return Verdict("", len(checks) + 1)

    def _is_payee(self, part: Part) -> bool:
        return not any(part.words in name.ways for name in self.scope.must if ":" in name.text)

    def _figures(self, reading: Reading, told: Frame) -> str:
        own = 0
        for part in reading.of(Kind.FIGURE):
            figure = self._figure(reading, part)
            if figure is None:
                return f"{part.text} is not {self.title}"
            if part.start in told.hedged and figure.decimals is None:
                return f"“about {part.text}”: {self.title} is exact"
            own += figure in self.figures
        return "" if own or not reading.of(Kind.FIGURE) else "it says only how many entries there are"

    def _figure(self, reading: Reading, part: Part) -> Figure | None:
        for figure in (*self.figures, *self.asides):
            if figure.says(part) and (not figure.nouns or _noun(reading, part) in figure.nouns):
                return figure
        return None

    def _marks(self, reading: Reading) -> str:
        if reading.marks and set(reading.marks) != self.marks:
            return f"its marks are not all the sources of {self.title}"
        return ""

    def _names(self, reading: Reading, told: Frame) -> str:
        for part in reading.of(Kind.NAME):
            if not (self.scope.names(part) or any(part.words in ways for ways in self.names)):
                return f"“{part.text}” is not what {self.title} is of"
        for run in told.strange:
            if not (self.scope.knows(run) or any(run in ways for ways in self.names)):
                return f"“{' '.join(run)}” is not what {self.title} is of"
        return ""

    def _dates(self, reading: Reading) -> str:
        for part in reading.of(Kind.DATE):
            said = part.said
            if said is None or self.scope.is_period(reading, said):
                continue
            if said.preposition in ON_A_DAY and any(said.claim.covers(day) for day in self.days):
                continue
            return f"“{f'{said.preposition} '.lstrip()}{part.text}” is not the period of {self.title}"
        return ""

    # ------------------------------------------------------------------------------------------------- roles

    def _roles(self, reading: Reading, told: Frame) -> str:
        if told.per and told.per != {self.per}:
            return f"{self.title} is no rate by {', '.join(sorted(told.per))}"
        said = [(part, self._figure(reading, part)) for part in reading.of(Kind.FIGURE)]
        own = [(part, figure) for part, figure in said if figure in self.figures and figure is not None]
        allowed: set[Role] = {Role.COUNT} if len(own) < len(said) else set()
        for _, figure in own:
            allowed |= figure.needs | figure.allows | figure.down
        if self.per:
            allowed.add(Role.PER)
        for word in told.said:
            if not word.fits(allowed):
                meant = " or ".join(sorted(role.value for role in word.roles))
                return f"“{word.word}” says {meant}, and {self.title} is none"
        for part, figure in own:
            if reason := self._one(
                told, part, figure, alone=len(own) == 1, asked=self.scope.asked and pointed(reading)
            ):
                return reason
        return "" if not self.per or told.per or not own else f"{self.title} is a rate by {self.per}"

    def _ways(self, reading: Reading, told: Frame) -> str:
        """No name stands behind a preposition that turns the money's way around."""
        ways = {role for figure in self.figures for role in figure.needs | figure.down}
        wrong = {where for role, places in WRONG_PLACES.items() if role in ways for where in places}
        if any(said.word.casefold() in BOUGHT_FROM for said in told.said):
            wrong.discard("from")
        for at, part in enumerate(reading.parts):
            where = preposition(reading.parts, at, reading.text) if part.kind is Kind.NAME else ""
            if where in wrong:
                return f"“{where} {part.text}” is not how the money went in {self.title}"
        return ""

    def _one(self, told: Frame, part: Part, figure: Figure, *, alone: bool, asked: bool) -> str:
        """The figure is said as what it is: by a word of its role, the nearest one where there are several."""
        if figure.needs and not asked and not told.has(*figure.needs, *figure.down):
            return f"{part.text} is {self.title}, and the sentence does not say so"
        if not alone and figure.needs and not self._nearest(told, part, figure):
            return f"{part.text} is said as another figure of the row"
        if figure.number < 0:
            if part.sign != -1 and not told.has(*figure.down):
                return f"{self.title} is negative, and the sentence does not say so"
            return f"{part.text} says its sign twice" if part.sign == -1 and told.has(*figure.down) else ""
        return f"{self.title} is not negative" if part.sign == -1 else ""

    def _nearest(self, told: Frame, part: Part, figure: Figure) -> bool:
        """Whether the word of a figure's role that stands nearest to it is one of its own."""
        every = frozenset().union(*(one.needs | one.down for one in self.figures))
        near = [word for word in told.said if word.roles & every]
        closest = min(near, key=lambda word: abs(word.at - part.start), default=None)
        return closest is not None and bool(closest.roles & (figure.needs | figure.down))


def _noun(reading: Reading, part: Part) -> str:
    """The word after a bare figure, "different" left out."""
    after = [one.word for one in reading.parts if one.start > part.start][:2]
    if after[:1] == ["different"]:
        after = after[1:]
    return after[0] if after else ""
