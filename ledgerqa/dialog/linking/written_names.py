"""Names as the ledger writes them: accounts in full, tags, links, long numbers, and what stands in quotation marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, unaccented
from ledgerqa.dialog.linking.account_links import account_links, by_synonym
from ledgerqa.dialog.linking.links import EXACT_ACCOUNT, EXACT_PAYEE, Link, Phrase, text_link
from ledgerqa.dialog.linking.spelt_tags import spelt_tags, tags_said
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token

# "Assets:Bank", "#visit-ilse-2024", "visit-ilse-2024", and what stands in quotation marks.
_FULL_NAME = compiled(
    r"[^\s,;?!\"'()]+(?::[^\s,;?!\"'():]+)+|[#^][\w\-/.]+\w|(?<![\w-])\w+(?:-\w+)*-\d+(?![\w-])|\"[^\"]+\"|“[^”]+”"
)


def written_names(text: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Phrase]:
    """Accounts, tags and links in Beancount's own spelling, and names in quotation marks."""
    found: list[Phrase] = []
    found += _link_names(text, tokens, vocabulary)
    found += _tills(tokens, vocabulary)
    found += spelt_tags(tokens, vocabulary) or tags_said(tokens, vocabulary)
    tags = {tag.lower() for tag in vocabulary.tags}
    for match in _FULL_NAME.finditer(text):
        written = match.group().rstrip(".")
        option = _written_out(f"#{written}" if written.lower() in tags else written, vocabulary)
        inside = [
            index for index, token in enumerate(tokens) if match.start() <= token.start and token.end <= match.end()
        ]
        if option and inside:
            found = [each for each in found if each.end <= inside[0] or inside[-1] < each.start]
            found.append(Phrase(inside[0], inside[-1] + 1, match.group().strip('"“”'), (option,)))
    return found


def _tills(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Phrase]:
    """As in "the till", "the pots": for money to lie in where only a noun can stand, else no name.

    As in "market and supermarket", too, where there is a Mercado: no market price.
    """
    found = [
        Phrase(index, index + 1, token.text, tuple(account_links(vocabulary, (token.stem,), token.text)))
        for index, token in enumerate(tokens)
        if index
        and token.fold in {"till", "tills", "pot", "pots"}
        and (tokens[index - 1].fold in _BEFORE_NOUNS or (token.fold == "till" and index == len(tokens) - 1))
        and token.stem in vocabulary.by_stem
    ]
    if not vocabulary.tongues:
        return found
    for index, token in enumerate(tokens):
        around = {each.fold for each in (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])}
        if token.stem != "market" or around & _OF_PRICES or _is_called_so(tokens, index, vocabulary):
            continue
        options = by_synonym(vocabulary, (token.stem,))
        if options:
            found.append(Phrase(index, index + 1, token.text, tuple(options)))
    return found


_BEFORE_NOUNS: Final = frozenset("the our my a each of in from with by via into onto off".split())


def _is_called_so(tokens: Sequence[Token], index: int, vocabulary: Vocabulary) -> bool:
    """Whether payees have the word beside one that stands there in the question, too: "Consolat Market"."""
    pairs = [tokens[max(0, index - 1) : index + 1], tokens[index : index + 2]]
    said = [r"\b" + " ".join(re.escape(unaccented(each.fold)) for each in pair) + r"\b" for pair in pairs if pair[1:]]
    return any(each.kind == "payee" for each in vocabulary.texts(said))


_OF_PRICES: Final = frozenset("at to value values price prices worth rate rates data stock money bond".split())


def _link_names(text: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Phrase]:
    """Words that are spelt as a link of the ledger."""
    linked = re.search(r"\blinks?\b|\blinked\b", fold(text))
    written = {
        match.group().lower(): match
        for match in re.finditer(r"[\w./-]*\w", text)
        if len(match.group()) > 2
        and (linked or (re.search(r"[-./]", match.group()) and re.search(r"\w\D*\d|\d\D*\w", match.group())))
    }
    for match in re.finditer(r"(\w+)(?: (?:no\.?|nr\.?|number))?[ #]+([\w./-]*\d[\w./-]*)", text):  # "invoice 2023-003"
        if re.search(r"\b(?:after|before|pre|less|minus|of)[ -]$", text[: match.start()], re.IGNORECASE):
            continue  # "pay after tax 2023"
        if _is_year(match[2]) and not re.search(r"[#.]|n[or]\b|number", match.group(), re.IGNORECASE):
            continue  # "tax 2023": what was paid in that year
        called = match[1].lower()
        for word in (called, *(_BILLS if called in _BILLS else ())):
            written.setdefault(f"{word}-{match[2]}".lower().rstrip("."), match)
    found = []
    for name in vocabulary.links(list(written)):
        match = written[name.lower()]
        inside = [
            index for index, token in enumerate(tokens) if match.start() <= token.start and token.end <= match.end()
        ]
        if inside:
            found.append(
                Phrase(inside[0], inside[-1] + 1, match.group(), (Link("link", (name,), EXACT_ACCOUNT, "exact"),))
            )
    return found


_BILLS: Final = (
    "invoice",
    "inv",
    "bill",
    "rechnung",
    "re",
    "facture",
    "factura",
    "fra",
    "fattura",
    "fatura",
    "factuur",
)


_NUMBER: Final = compiled(r"(?<![\w.,/$€£¥-])#?(?P<number>\d{5,})(?![\w/-]|[.,]\d)(?!\s?(?:[$€£]|[A-Z]{3}\b))")


def numbers(text: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Phrase]:
    """As in "cheque 100418": a long number that payees or narrations bear as a word of its own."""
    found = []
    for match in _NUMBER.finditer(text):
        number = match["number"]
        texts = [each for each in vocabulary.texts([rf"\b{number}\b"]) if each.kind == "narration"]
        inside = [index for index, token in enumerate(tokens) if match.start() <= token.start < match.end()]
        if texts and inside:
            link = text_link(texts, EXACT_ACCOUNT, "exact")
            found.append(Phrase(inside[0], inside[-1] + 1, number, (link,)))
    return found


def payees_in_full(text: str, tokens: Sequence[Token], lost: Sequence[int], vocabulary: Vocabulary) -> list[Phrase]:
    """As in "me & em", "The Co-op", "Print.nl": whole payees whose words by themselves are too short to be looked for.

    Only those with a word in them that is nothing else (`lost`).
    """
    said = unaccented(fold(text))
    if len(said) != len(text):
        return []
    found: list[Phrase] = []
    texts = vocabulary.texts([rf"\b{re.escape(unaccented(tokens[index].fold))}\b" for index in lost])
    payees = {unaccented(fold(each.value)): each for each in texts if each.kind == "payee"}
    names = {name.removeprefix("the "): each for name, each in payees.items()} | payees
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", said):
            inside = [at for at, each in enumerate(tokens) if match.start() <= each.start and each.end <= match.end()]
            if len(inside) > 1 and not any(each.start <= inside[-1] and inside[0] < each.end for each in found):
                payee = text_link([names[name]], EXACT_PAYEE, "exact")
                found.append(Phrase(inside[0], inside[-1] + 1, text[slice(*match.span())], (payee,)))
    return found


def _is_year(number: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d[.]?", number))


def _written_out(written: str, vocabulary: Vocabulary) -> Link | None:
    if written.startswith("#"):
        tags = tuple(tag for tag in vocabulary.tags if fold(tag) == fold(written[1:]))
        return Link("tag", tags, EXACT_ACCOUNT, "exact") if tags else None
    if written.startswith("^"):
        links = tuple(vocabulary.links([written[1:].lower()]))
        return Link("link", links, EXACT_ACCOUNT, "exact") if links else None
    if written[0] in '"“':
        inner = written[1:-1]
        texts = [
            each for each in vocabulary.texts([re.escape(unaccented(fold(inner)))]) if fold(each.value) == fold(inner)
        ]
        kinds = {each.kind for each in texts}
        for kind in ("payee", "narration"):
            if kind in kinds:
                return text_link([each for each in texts if each.kind == kind], EXACT_ACCOUNT, "exact")
        return None
    accounts = tuple(name for name in vocabulary.by_name if fold(name) == fold(written))
    return Link("account", accounts, EXACT_ACCOUNT, "exact") if accounts else None
