"""What one cited entry bears: its date, its payee and narration, and each posting's account with its own amount."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ledgerqa.grounding.claim_frames import BE, PAYING, frame, preposition
from ledgerqa.grounding.claim_reading import Kind
from ledgerqa.grounding.claim_words import Role, forms
from ledgerqa.records import Root

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal

    from ledgerqa.grounding.claim_frames import Frame
    from ledgerqa.grounding.claim_reading import Part, Reading
    from ledgerqa.grounding.scopes import Scope

ON_A_DAY = frozenset({"on", "in", "of", "at", "during", "dated", ""})
HOLDING = frozenset({Root.ASSETS, Root.LIABILITIES})
INTO, OUT_OF = frozenset({"to", "into"}), frozenset({"from", "with", "using", "via", "through"})
TOWARDS_PAYEE = {
    Role.OUT: frozenset({"at", "to", "with", "for", "of", "from", "", "by"}),
    Role.IN: frozenset({"from", "by", "with", "of", ""}),
    Role.REFUND: frozenset({"from", "by", "with", "at", "of", ""}),
}
TO_A_PARTY = frozenset({"to", "from", "by", "at", "paid", "pay", "pays"})
OBJECT_BOUGHT = frozenset({"bought", "buy", "purchased", "acquired", "sold", "received", "spent", "earned", "got"})
BOUGHT_FROM = frozenset({"bought", "purchased", "purchase", "buy", "bill", "charge", "charged", "acquired", "cost"})
CHARGED = frozenset({"charged", "debited", "billed", "charge"})


class Leg(NamedTuple):
    """A posting as Beancount booked it, with the ledger's sign; `root` is None where the index does not know it."""

    account: str
    root: Root | None
    number: Decimal
    currency: str
    traded: bool = False  # units at a cost or a price


class Verdict(NamedTuple):
    """Why a row does not bear a sentence ("" where it does), and how much of it it bears, to find the best reason."""

    reason: str
    borne: int = 0


@dataclass(frozen=True)
class EntryWitness:
    """One cited entry.  `ranks` are the superlatives that the plan's order gives it, over `scope`."""

    mark: int
    date: dt.date
    payee: str
    texts: tuple[str, ...]  # payee, narration, tags and links
    legs: tuple[Leg, ...]
    listed: bool = False  # whether the answer is a list of entries, so that one of them cannot pass for a total
    ranks: frozenset[Role] = frozenset()
    scope: Scope | None = None
    _spoken: dict[str, frozenset[tuple[str, ...]]] = field(default_factory=dict, repr=False, compare=False)

    def bears(self, reading: Reading) -> Verdict:
        """Whether everything that the sentence says comes from this entry, in its role."""
        if reading.marks and set(reading.marks) != {self.mark}:
            return Verdict(f"its mark is not that of the entry of {self.date}, [{self.mark}]", 0)
        if missing := self._missing(reading):
            return Verdict(missing, 1)  # most entries: told before anything is read closely
        told = frame(reading, self._is_payee)
        checks: tuple[Callable[[], str], ...] = (
            lambda: told.fault,
            lambda: self._about(reading, told),
            lambda: self._names(reading),
            lambda: self._dates(reading),
            lambda: self._strange(told),
            lambda: self._parties(reading),
            lambda: self._ranked(reading, told),
            lambda: self._roles(reading, told),
            lambda: self._single(reading, told),
        )
        for borne, check in enumerate(checks, start=2):
            if reason := check():
                return Verdict(reason, borne)
        return Verdict("", len(checks) + 2)

    # ------------------------------------------------------------------------------------------ what it says

    def _forms(self, text: str) -> frozenset[tuple[str, ...]]:
        if text not in self._spoken:
            self._spoken[text] = forms(text)
        return self._spoken[text]

    def _is_text(self, words: tuple[str, ...]) -> bool:
        return any(_within(words, form) for text in self.texts for form in self._forms(text))

    def _is_account(self, words: tuple[str, ...], account: str) -> bool:
        return any(_within(words, form) for form in self._forms(account))

    def _about(self, reading: Reading, told: Frame) -> str:
        hedged = [part.text for part in reading.of(Kind.FIGURE) if part.start in told.hedged]
        return f"“about {hedged[0]}”: an entry's amount is exact" if hedged else ""

    def _missing(self, reading: Reading) -> str:
        """Which figure is none of the entry's."""
        for part in reading.of(Kind.FIGURE):
            same = [leg for leg in self.legs if abs(leg.number) == part.number]
            if not same:
                return f"{part.text} is no amount of the entry of {self.date}"
            if not any(leg.currency == part.currency for leg in same):
                return f"{part.text} is in {same[0].currency} in the entry of {self.date}"
        return ""

    def _names(self, reading: Reading) -> str:
        for part in reading.of(Kind.NAME):
            known = self._is_text(part.words) or any(self._is_account(part.words, leg.account) for leg in self.legs)
            commodity = any(self._forms(leg.currency) >= {part.words} for leg in self.legs)
            if not (known or commodity or self._scoped(part)):
                return f"“{part.text}” is not in the entry of {self.date}"
        return ""

    def _scoped(self, part: Part) -> bool:
        return bool(self.ranks) and self.scope is not None and self.scope.names(part)

    def _dates(self, reading: Reading) -> str:
        for part in reading.of(Kind.DATE):
            said = part.said
            if said is None or (self.ranks and self.scope is not None and self.scope.is_period(reading, said)):
                continue
            if not said.claim.covers(self.date):
                return f"{part.text} is not the date of the entry of {self.date}"
            if said.preposition not in ON_A_DAY:
                return f"“{said.preposition} {part.text}” is a period, and the entry has a day"
        return ""

    def _strange(self, told: Frame) -> str:
        for run in told.strange:
            if self._is_text(run) or any(self._is_account(run, leg.account) for leg in self.legs):
                continue
            return f"“{' '.join(run)}” is not in the entry of {self.date}"
        return ""

    def _parties(self, reading: Reading) -> str:
        """Whom money is paid to or had from is the payee or an account, not any word of the narration."""
        for at, part in enumerate(reading.parts):
            strange = part.kind is Kind.WORD and part.roles is None
            if part.quoted or not (part.kind is Kind.NAME or strange):
                continue
            where = preposition(reading.parts, at, reading.text)
            if where in OBJECT_BOUGHT and self._is_payee(part):
                return f"“{where} {part.text}” says that the payee was bought"
            if where not in TO_A_PARTY or self._is_payee(part):
                continue
            if not any(self._is_account(part.words, leg.account) for leg in self.legs):
                return f"“{where} {part.text}” names another payee than the entry of {self.date}"
        return ""

    def _ranked(self, reading: Reading, told: Frame) -> str:
        ranks = {Role.LARGEST, Role.SMALLEST, Role.LATEST, Role.EARLIEST}
        if not told.has(*ranks):
            return ""
        if not (self.ranks and self.scope is not None and told.has(*self.ranks)):
            return "it ranks the entry, which the result does not"
        return self.scope.missing(reading)

    # ------------------------------------------------------------------------------------------------- roles

    def _roles(self, reading: Reading, told: Frame) -> str:
        pairs = self._paired(reading)
        if isinstance(pairs, str):
            return pairs
        for legs in pairs:
            ways = {role for leg in legs for role in self.ways(leg)}
            fitting = ways | {Role.ONE} | self.ranks
            for said in told.said:
                if not said.fits(fitting):
                    return f"“{said.word}” says {_listed(said.roles)}, and the entry of {self.date} is none"
            if reason := self._way_shown(reading, told, legs, ways) or self._payee_ways(reading, told, ways):
                return reason
        return ""

    def _paired(self, reading: Reading) -> list[list[Leg]] | str:
        """For each figure the postings that it may be; without a figure all of the entry's."""
        figures = reading.of(Kind.FIGURE)
        accounts = [(at, part) for at, part in enumerate(reading.parts) if self._names_account(part)]
        if not figures:
            named = [leg for leg in self.legs if any(self._is_account(part.words, leg.account) for _, part in accounts)]
            return [named or list(self.legs)]
        if len(figures) == 1:
            return self._of_one(reading, figures[0], accounts)
        if accounts and len(accounts) != len(figures):
            return "several figures and accounts, and no telling which belongs to which"
        paired = []
        order = [part for part in reading.parts if part in figures or part in [name for _, name in accounts]]
        for place, figure in enumerate(figures):
            legs = self._legs_of(figure)
            if accounts:
                beside = order[2 * place : 2 * place + 2]
                if figure not in beside or {part.kind for part in beside} != {Kind.FIGURE, Kind.NAME}:
                    return "several figures and accounts, and no telling which belongs to which"
                name = next(part for part in beside if part.kind is Kind.NAME)
                legs = [leg for leg in legs if self._is_account(name.words, leg.account)]
                if not legs:
                    return f"{figure.text} is not the amount of {name.text} in the entry of {self.date}"
            paired.append(legs)
        return paired

    def _of_one(self, reading: Reading, figure: Part, accounts: Sequence[tuple[int, Part]]) -> list[list[Leg]] | str:
        """The postings that one figure may be: of each account named with it there must be one of this amount."""
        legs = self._legs_of(figure)
        if not accounts and all(map(self.is_part, legs)):
            return f"{figure.text} is a part of the entry of {self.date}, and the sentence names no account"
        main: list[Leg] = []
        for at, name in accounts:
            fitting = [leg for leg in legs if self._is_account(name.words, leg.account)]
            where = preposition(reading.parts, at, reading.text)
            charged = where == "to" and any(part.word in CHARGED for part in reading.parts)
            if (where in INTO or where in PAYING) and not charged:
                fitting = [leg for leg in fitting if leg.number > 0 or leg.root in (Root.EXPENSES, Root.INCOME)]
            if where in OUT_OF or charged:
                fitting = [leg for leg in fitting if leg.number < 0]
            if self._equated(reading, at) and fitting and fitting[0].root in HOLDING:
                return f"it says what {name.text} held, and the entry says what moved"
            if not fitting:
                return f"{figure.text} did not go {where or 'to'} {name.text} in the entry of {self.date}"
            if where not in OUT_OF and not charged:
                main += fitting
        return [main or legs]

    def _equated(self, reading: Reading, at: int) -> bool:
        """Whether an account "was" an amount."""
        after = [part for part in reading.parts[at + 1 :] if part.kind is not Kind.MARK][:2]
        return len(after) > 1 and after[0].word in BE and after[1].kind is Kind.FIGURE

    def is_part(self, leg: Leg) -> bool:
        """Whether the posting is one of several that the entry was split into."""
        others = [other for other in self.legs if other is not leg]
        return leg.root is Root.EXPENSES and any(other.root in (Root.EXPENSES, Root.INCOME) for other in others)

    def _names_account(self, part: Part) -> bool:
        """Whether a name can only be an account here; as the payee's or the narration's word it binds no amount."""
        if part.kind is not Kind.NAME or part.quoted:
            return False
        if self._is_text(part.words):  # "Savings" as the account is written, where the narration has "savings"
            as_written = any(part.text in leg.account.split(":") for leg in self.legs)
            return as_written and not any(part.text in text for text in self.texts)
        return any(self._is_account(part.words, leg.account) for leg in self.legs)

    def _legs_of(self, figure: Part) -> list[Leg]:
        return [leg for leg in self.legs if abs(leg.number) == figure.number and leg.currency == figure.currency]

    def ways(self, leg: Leg) -> set[Role]:
        """In which directions the posting moved money, for the person whose books these are."""
        others = [other for other in self.legs if other is not leg]
        spent = any(one.root is Root.EXPENSES and one.number > 0 for one in others)
        back = any(one.root is Root.EXPENSES and one.number < 0 for one in others)
        earned = any(one.root is Root.INCOME and one.number < 0 for one in others)
        ways: set[Role] = set()
        if leg.root is Root.EXPENSES:
            ways.add(Role.OUT if leg.number > 0 else Role.REFUND)
        if leg.root is Root.INCOME and leg.number < 0:
            ways.add(Role.IN)
        if leg.root not in HOLDING:
            return ways
        if leg.number < 0 and spent and not back:
            ways.add(Role.OUT)
        if leg.number > 0 and back and not spent:
            ways.add(Role.REFUND)
        if leg.number > 0 and earned:
            ways.add(Role.IN)
        held = [one for one in others if one.root in HOLDING]
        if held and len(held) == len(others):
            ways |= self._among_holdings(leg, held)
        return ways

    def _among_holdings(self, leg: Leg, others: Sequence[Leg]) -> set[Role]:
        """Between accounts of one's own: units bought or sold, or a transfer (a debt paid is one too)."""
        traded = [one for one in (leg, *others) if one.traded]
        if not traded:
            return {Role.MOVE}
        return {Role.BUY if traded[0].number > 0 else Role.SELL}

    def _way_shown(self, reading: Reading, told: Frame, legs: Sequence[Leg], ways: set[Role]) -> str:
        """A figure that went the other way than a reader would think says so, in words or by its sign."""
        signs = {part.sign for part in reading.of(Kind.FIGURE)}
        if -1 in signs and not all(leg.number < 0 for leg in legs):
            return "a figure has a sign that the posting has not"
        if 1 in signs and not all(leg.number > 0 for leg in legs):
            return "a figure has a sign that the posting has not"
        backwards = Role.REFUND in ways or not ways
        if backwards and not told.has(Role.REFUND) and -1 not in signs and reading.of(Kind.FIGURE):
            return f"the entry of {self.date} is no purchase, and the sentence does not say what it is"
        return ""

    def _payee_ways(self, reading: Reading, told: Frame, ways: set[Role]) -> str:
        """The preposition before the payee goes with the direction."""
        for at, part in enumerate(reading.parts):
            if part.kind is not Kind.NAME or not self._is_payee(part):
                continue
            where = preposition(reading.parts, at, reading.text)
            if where not in {"at", "to", "with", "for", "of", "from", "by"}:
                continue
            if not any(where in TOWARDS_PAYEE.get(role, {where}) for role in ways or {Role.MOVE}):
                return f"“{where} {part.text}” is not how the money went in the entry of {self.date}"
            out = ways == {Role.OUT}
            if out and where == "from" and not any(said.word.casefold() in BOUGHT_FROM for said in told.said):
                return f"“from {part.text}” is not how the money went in the entry of {self.date}"
        return ""

    def _is_payee(self, part: Part) -> bool:
        return any(_within(part.words, form) for form in self._forms(self.payee))

    def _single(self, reading: Reading, told: Frame) -> str:
        """The sentence speaks of one entry, so that its amount cannot be taken for a total."""
        if self.listed or not reading.of(Kind.FIGURE) or told.has(Role.ONE):
            return ""
        if any(said.claim.is_day for said in reading.dates):
            return ""
        if any(part.quoted for part in reading.of(Kind.NAME)):
            return ""
        return f"it gives the amount of the one entry of {self.date} as if it were a total"


def _within(words: tuple[str, ...], form: tuple[str, ...]) -> bool:
    return any(form[at : at + len(words)] == words for at in range(len(form) - len(words) + 1))


def _listed(roles: Iterable[Role]) -> str:
    return " or ".join(sorted(role.value for role in roles))
