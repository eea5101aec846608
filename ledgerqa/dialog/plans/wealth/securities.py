"""Which securities a question names: by code, by words of their directives, by who sells them; and who holds them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.suppositions import POSITION
from ledgerqa.dialog.language.words import fold, name_stems, stems, tokenize
from ledgerqa.dialog.linking.links import everyday
from ledgerqa.dialog.lists import read_list
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Root

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

_WHERE_FROM = compiled(r"\b(?:at|from|to|by|with|via|through)(?: the| a| an| my| our)?\s*[\"'“]?$")
_YIELDS = compiled(r"\b(?:dividends?|distributions?|coupons?|payouts?|gains?|profits?|income) from(?: \w+)?\s*[\"'“]?$")
_NO_NAME = frozenset(
    "share shares stock stocks fund funds etf index inc ltd llc plc corp ag sa se nv gmbh co company group holding "
    "holdings class accumulating distributing acc dist world global total market equity bond ordinary common trust the "
    "and of currency commodity security crypto cash dividend income growth usd eur gbp chf".split()
)
_CODE_LETTERS = 3
_NAME_LETTERS = 4
_BEGUN_LETTERS = 5  # letters of a kind's word that may begin a longer one: "Worldline"
_BESIDE_KIND = compiled(rf"{POSITION}|fondos?|fonds?|trackers?|units?|participaciones|participacion|anteile?|parts?")
_SEVERAL_KINDS = compiled(rf"\b{POSITION} (?:and|or|&|plus) (?:my |our |the |all )*{POSITION}\b")
_EMPLOYERS = compiled(
    r"\b(?:my |our )?(?:employer|company|firm)(?:'?s)? (?:stocks?|shares?|equity)\b"
    r"|\b(?:stocks?|shares?|equity) (?:of|in|from) (?:my|our) (?:own )?(?:employer|company|firm)\b"
)


def commodities_named(asked: Asked) -> tuple[str, ...]:
    """The commodities held at cost that the question names: by code, by their own directive, by who stands for them."""
    at_cost = {code: each for code, each in asked.names.commodities.items() if each.held_at_cost and not each.operating}
    if not at_cost or any(_is_written_out(phrase, asked) for phrase in asked.said.phrases):
        return ()
    written = tokenize(asked.said.text)
    codes = [
        code
        for token in written
        for code in (token.text, token.text.upper())
        if code in at_cost and (code == token.text or (len(code) >= _CODE_LETTERS and token.fold not in everyday()))
    ]
    options = (phrase.of_kind("currency") for phrase in asked.said.phrases)
    codes = codes or [each.values[0] for each in options if each and each.how == "exact" and each.values[0] in at_cost]
    found = codes or _by_employer(asked) or _by_directive(asked) or _by_kind(asked) or _by_payee(asked)
    return tuple(dict.fromkeys(found or counted_like(asked)))


def _is_written_out(phrase: Phrase, asked: Asked) -> bool:
    """As in "Expenses:Shop:Bikes": an account that the ledger's own spelling names, and that holds nothing."""
    roots = {asked.names.by_name[name].root for name in phrase.best.values} if phrase.best.kind == "account" else set()
    return ":" in phrase.words and bool(roots) and Root.ASSETS not in roots


def counted_like(asked: Asked) -> list[str]:
    """As in "how many hens did we buy": what is counted under its own everyday word, on an account of nothing else."""
    said = set(stems(asked.said.text))
    names = asked.names
    rows = names.once(
        "of one commodity",
        lambda: names.index.query(
            "SELECT account, any_value(currency) FROM postings WHERE root = 'assets' GROUP BY 1"
            " HAVING count(DISTINCT currency) = 1 ORDER BY 1"
        ),
    )
    known = names.commodities
    at_cost = [(account, code) for account, code in rows if code in known and known[code].held_at_cost]
    return [code for account, code in at_cost if {fold(code)} == set(name_stems(account.rpartition(":")[2])) & said]


def _by_directive(asked: Asked) -> list[str]:
    """Commodities of whose names (or other words of their directive) a telling word was said."""
    known = lexicon()
    placed = {
        word
        for phrase in asked.said.phrases
        if _is_whose(phrase) or _is_account(asked, phrase) or _is_spent_on(asked, phrase)
        for word in stems(phrase.words)
    }
    money = {word for words in known.currencies for word in words}
    dated = {word for each in asked.said.periods for word in stems(each.text)}  # no "certificate 2025"
    idle = everyday() | _NO_NAME | money | placed | dated
    said = {
        token.stem
        for token in tokenize(asked.said.text)
        if len(token.stem) >= _NAME_LETTERS and token.stem not in idle and token.fold not in idle
    }
    named = {code: said.intersection(names) for code, names in _own_words(asked).items()}
    # "The 2024 trip" is no note due in 2024.
    return _most_said({code: 0 if all(map(str.isdigit, words)) else len(words) for code, words in named.items()})


def _own_words(asked: Asked) -> dict[str, tuple[str, ...]]:
    """The stems of all that a commodity's own directive says of it, for those that are held at cost."""
    known = asked.names.commodities
    return {
        code: tuple(word for value in values for word in name_stems(value))
        for code, values in asked.names.commodity_texts.items()
        if code in known and known[code].held_at_cost
    }


def _most_said(hits: dict[str, int]) -> list[str]:
    most = max(hits.values(), default=0)
    return [code for code, count in hits.items() if most and count == most]


def _by_kind(asked: Asked) -> list[str]:
    """As in "the bond fund", "fondo mundo": those whose directive says of what kind they are, in any language."""
    said = stems(asked.said.text)
    kinds = [kind for kind, phrases in security_kinds().items() if any(_of_kind(said, each) for each in phrases)]
    if not _SEVERAL_KINDS.search(asked.said.folded):  # "the fund" tells nothing that "the bond fund" does not
        kinds = [kind for kind in kinds if kind != "fund"]
    if not kinds:
        return []
    hits = {
        code: sum(any(_in_a_row(own, phrase) for phrase in security_kinds()[kind]) for kind in kinds)
        for code, own in _own_words(asked).items()
    }
    beside = set(said) - everyday() - _NO_NAME  # "the swiss equity fund"
    return _most_said(
        {code: count and 2 * count + len(beside.intersection(_own_words(asked)[code])) for code, count in hits.items()}
    )


def only_in_general(asked: Asked) -> bool:
    """As in "selling shares and fund units": words for securities of whatever kind, and none that tells one of them."""
    said = asked.said.folded
    if not re.search(rf"\b(?:{POSITION}|units|stock ?market)\b", said):
        return False
    told = _by_employer(asked) or _by_directive(asked) or _by_payee(asked)
    written = {token.text for token in tokenize(asked.said.text)} & set(all_at_cost(asked))
    kinds = {word for phrases in security_kinds().values() for phrase in phrases if len(phrase) == 1 for word in phrase}
    telling = kinds.intersection(stems(re.sub(rf"\b{POSITION}\b", " ", said)))
    return not (told or written or telling)


def _of_kind(said: Sequence[str], phrase: tuple[str, ...]) -> bool:
    """Whether the words stand just beside a word for a security ("bond fund", "fondo de renta fija")."""
    for at in _places(said, phrase):
        beside = (*said[max(0, at - 2) : at], *said[at + len(phrase) : at + len(phrase) + 2])
        if any(_BESIDE_KIND.fullmatch(word) for word in beside):
            return True
    return False


def _in_a_row(own: Sequence[str], phrase: tuple[str, ...]) -> bool:
    """Whether a directive's words hold the phrase; a long enough one may begin a compound ("Worldline")."""
    if _places(own, phrase):
        return True
    (first, *rest) = phrase
    return not rest and len(first) >= _BEGUN_LETTERS and any(word.startswith(first) for word in own)


def _places(words: Sequence[str], phrase: tuple[str, ...]) -> list[int]:
    first = phrase[0]
    return [at for at, word in enumerate(words) if word == first and tuple(words[at : at + len(phrase)]) == phrase]


@lru_cache(maxsize=1)
def security_kinds() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The kinds of securities, each with the phrases (tuples of stems) that it is called by."""
    read = read_list("securities")
    return {
        kind: tuple(found for phrase in text.split(",") if (found := stems(phrase)))
        for kind, text in read["kinds"].items()
    }


def words_of(asked: Asked, codes: tuple[str, ...]) -> tuple[int, int] | None:
    """Where the words stand by which the folded question names these commodities; None where they are not in a row."""
    own = {stem for code in codes for stem in _own_words(asked).get(code, ())}
    own |= {word for phrases in security_kinds().values() for phrase in phrases for word in phrase}
    own |= {fold(code) for code in codes}
    tokens = tokenize(asked.said.folded)
    telling = [at for at, token in enumerate(tokens) if token.stem in own or token.fold in own]
    if not telling:
        return None
    first = last = telling[0]

    def goes_on(at: int) -> bool:
        return 0 <= at < len(tokens) and (at in telling or bool(_BESIDE_KIND.fullmatch(tokens[at].fold)))

    while goes_on(last + 1) or (goes_on(last + 2) and tokens[last + 1].fold in _OF):
        last += 1
    while goes_on(first - 1) or (goes_on(first - 2) and tokens[first - 1].fold in _OF):
        first -= 1
    return tokens[first].start, tokens[last].end


_OF = frozenset({"of", "de", "del", "des", "du"})


def _by_employer(asked: Asked) -> list[str]:
    """As in "my employer's shares": those whose directive bears the name of whoever pays the salary."""
    if not _EMPLOYERS.search(asked.said.folded):
        return []
    known, words = lexicon(), _own_words(asked)
    paid = [
        each.name
        for each in asked.names.accounts
        if each.root is Root.INCOME and any("salary" in both for both in known.groups_of_name(each.component))
    ]
    rows = asked.names.index.query(
        "SELECT DISTINCT payee FROM postings WHERE account IN (SELECT unnest(?)) AND payee <> ''", [paid]
    )
    called = {stem for name in paid for part in name.split(":")[1:] for stem in name_stems(part)}
    called |= {stem for (payee,) in rows for stem in name_stems(payee)}
    called = {stem for stem in called if len(stem) >= _NAME_LETTERS and not {stem} & (_NO_NAME | everyday())}
    return _most_said({code: len(called.intersection(own)) for code, own in words.items()})


def _by_payee(asked: Asked) -> list[str]:
    """The commodity that is bought by the entries of a payee named here, where most of them book one and none another.

    "Walk-in" customers, who take bicycles from stock, stand for none.
    """
    for phrase in asked.said.phrases:
        option = phrase.of_kind("payee")
        if option is None or _is_whose(phrase) or _is_account(asked, phrase):
            continue
        if phrase.best is not option and _NO_NAME.issuperset(stems(phrase.words)):
            continue  # "dividends per year", beside a payee called "Pacific Dividend Fund"
        rows = asked.names.index.query(
            "SELECT currency, count(DISTINCT entry_id),"
            " (SELECT count(*) FROM entries WHERE payee IN (SELECT unnest(?)))"
            " FROM postings WHERE cost_currency IS NOT NULL AND payee IN (SELECT unnest(?))"
            " GROUP BY 1 HAVING max(number) > 0",
            [list(option.values)] * 2,
        )
        if len(rows) == 1 and 2 * rows[0][1] >= rows[0][2]:
            return [rows[0][0]]
    return []


def _is_whose(phrase: Phrase) -> bool:
    """As in "bought from X": who sold it; but "dividends from X" are those of the security."""
    return bool(_WHERE_FROM.search(phrase.lead)) and not _YIELDS.search(phrase.lead)


def _is_account(asked: Asked, phrase: Phrase) -> bool:
    """Whether the name is that of an account too, as a broker's is: then what stands there is meant."""
    option = phrase.of_kind("account")
    return option is not None and any(
        asked.names.by_name[name].root in {Root.ASSETS, Root.LIABILITIES} and not _holds_one(asked, name)
        for name in option.values
    )


def _is_spent_on(asked: Asked, phrase: Phrase) -> bool:
    """As in "spent on band gear", of an account called so, though a T-shirt of the band's is counted as a commodity."""
    best, by_name = phrase.best, asked.names.by_name
    exact = best.kind == "account" and best.how == "exact"
    return (
        exact
        and all(by_name[name].root in {Root.EXPENSES, Root.INCOME} for name in best.values)
        and any(by_name[name].root is Root.EXPENSES for name in best.values)
    )


def _holds_one(asked: Asked, account: str) -> bool:
    """Whether one commodity alone stands on an account and below it."""
    standing = "SELECT DISTINCT currency FROM postings WHERE account = ? OR starts_with(account, ?)"
    rows = asked.names.once(
        ("commodities on", account), lambda: asked.names.index.query(standing, [account, f"{account}:"])
    )
    return len(rows) == 1


def all_at_cost(asked: Asked) -> tuple[str, ...]:
    """All commodities that are held at cost."""
    return tuple(code for code, each in asked.names.commodities.items() if each.held_at_cost and not each.operating)


def accounts_holding(asked: Asked, codes: tuple[str, ...], phrase: Phrase | None = None) -> tuple[str, ...]:
    """Of the asset accounts named (or that a phrase may name), those on which these commodities stand."""
    rows = asked.names.index.query(
        "SELECT DISTINCT account FROM postings WHERE root = 'assets' AND currency IN (SELECT unnest(?))", [list(codes)]
    )
    options = phrase.options if phrase else ()
    named = [name for each in options if each.kind == "account" for name in each.values]
    return tuple(
        name
        for name in (named if phrase else asked.scope.filters.accounts)
        if asked.names.by_name[name].root is Root.ASSETS
        and any(row[0] == name or row[0].startswith(f"{name}:") for row in rows)
    )


def of_them(asked: Asked, codes: tuple[str, ...], sign: Literal[-1, 0, 1] = 0) -> Filters:
    """Their postings on assets; with a sign those that buy (1) or sell (-1)."""
    accounts = accounts_holding(asked, codes)
    roots = () if accounts else (Root.ASSETS,)
    traded = sign != 0 and are_moved(asked, codes)
    moving = sign > 0 and _brought_forward(asked, codes)
    return Filters(accounts=accounts, roots=roots, currencies=codes, sign=sign, traded=traded, moving=moving)


def _brought_forward(asked: Asked, codes: tuple[str, ...]) -> bool:
    """Whether some of them stood in older books, and others were bought since."""
    rows = asked.names.index.query(
        "SELECT count(DISTINCT p.entry_id IN (SELECT entry_id FROM postings WHERE root = 'equity')) FROM postings p"
        " WHERE p.root = 'assets' AND p.number > 0 AND p.currency IN (SELECT unnest(?))",
        [list(codes)],
    )
    return bool(rows[0][0] > 1)


def are_moved(asked: Asked, codes: tuple[str, ...]) -> bool:
    """Whether an entry takes one of them out of assets and puts it in again: a split, or a move, which is no trade."""
    rows = asked.names.index.query(
        "SELECT 1 FROM postings WHERE root = 'assets' AND currency IN (SELECT unnest(?)) GROUP BY entry_id, currency"
        " HAVING min(number) < 0 AND max(number) > 0 LIMIT 1",
        [list(codes)],
    )
    return bool(rows)


_ALTOGETHER: Final = r"\bin (?:total|all)\b|\b(?:al)?together\b|\ball told\b|\bper (?:stock|commodity|ticker)\b"


def by_account_or_all(asked: Asked) -> tuple[Grouping, ...]:
    """What rows of holdings are: a commodity on an account; with "altogether" all of it, wherever it is."""
    whole = Grouping.CURRENCY in asked.intent.group_by or asked.has(_ALTOGETHER)
    return (Grouping.CURRENCY,) if whole else (Grouping.ACCOUNT,)


def noting(asked: Asked, codes: tuple[str, ...]) -> tuple[str, ...]:
    """What the names were read as, where the code itself was not said."""
    said = asked.said.text.casefold()
    return (
        ()
        if all(code.casefold() in said for code in codes) or codes == all_at_cost(asked)
        else (f"read as {', '.join(codes)}",)
    )


def of_a_security(asked: Asked, key: str | None) -> str | None:
    """As in "the ISIN of the bond fund": the one commodity named in any way that bears the key."""
    codes = [code for code in commodities_named(asked) if bears_key(asked, key, code)]
    return codes[0] if len(codes) == 1 else None


def bears_key(asked: Asked, key: str | None, code: str) -> bool:
    """Whether the key stands on this commodity's own directive."""
    rows = asked.names.index.query(
        "SELECT 1 FROM metadata m JOIN commodities c USING (entry_id) WHERE c.currency = ? AND m.key = ? LIMIT 1",
        [code, key],
    )
    return bool(rows)
