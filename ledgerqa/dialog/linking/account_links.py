"""Accounts, roots, tags and currencies that a run of words may name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from ledgerqa.dialog.language.called_otherwise import is_generic, tags_meant
from ledgerqa.dialog.language.dictionary import ENGLISH, concepts_named, concepts_of, tongues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import BEGINNING, fold, inflected, is_unspaced, name_stems, root, squash, stem
from ledgerqa.dialog.linking.composed import composed_links, composed_tags
from ledgerqa.dialog.linking.kinds import TOP_DEPTH, called_as_top
from ledgerqa.dialog.linking.links import (
    ACCOUNT_PART,
    ACCOUNT_ROOT,
    COVERED,
    EXACT_ACCOUNT,
    EXACT_CURRENCY,
    EXACT_TAG,
    NARRATION_PART,
    PAYEE_PART,
    PAYEE_START,
    SYNONYM,
    SYNONYM_PART,
    TAG_MEANT,
    TWO_WORDS,
    Link,
    everyday,
    is_content,
    is_faint,
)
from ledgerqa.dialog.linking.of_a_pet import not_of_a_pet
from ledgerqa.dialog.linking.one_holder import holder
from ledgerqa.records import Root

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledgerqa.dialog.language.vocabulary import Account, Vocabulary
    from ledgerqa.dialog.language.words import Token

SHORTEST_FUZZY = 5
_ACCOUNT_WORDS = frozenset({"account", "acct"})
_POTS = frozenset({"fund", "pot", "jar"})
_TAXES = "taxes"
_FLOWS = frozenset({Root.INCOME, Root.EXPENSES})
TERMS: Final = frozenset({frozenset({"gift", "aid"})})  # each is a thing of its own, and no kind of what its words say
_EARNED: Final = frozenset({"sales"})  # groups of words for what is earned, none of which a cost is called by
_TAKINGS: Final = frozenset({"box", "office", "gate", "door", "money", "taking"})  # "box office", "door takings"
SHORTEST_INSIDE = 7  # letters of a run of words that may stand inside a longer component


def account_links(vocabulary: Vocabulary, words: tuple[str, ...], written: str) -> list[Link]:
    """Accounts that the words may name, best first: by words, run together, by family, through synonyms."""
    if words == ("us",) and written != "US":
        return []
    found: dict[str, float] = {}
    _by_words(vocabulary, words, found)
    _just_so(vocabulary, written, found)
    _by_squash(vocabulary, written, found)
    if len(words) > 1 and (words[-1] in _ACCOUNT_WORDS or (words[-1] in _POTS and not found)):
        _by_kind_word(vocabulary, words[:-1], found)
    _top_category(vocabulary, found)
    how: Literal["exact", "words"] = "exact" if max(found.values(), default=0) >= EXACT_ACCOUNT else "words"
    options = _tiers(vocabulary, found, how)
    options += _by_family(vocabulary, words)
    options += by_synonym(vocabulary, words)
    options += composed_links(vocabulary, words)
    options = _not_of_costs(vocabulary, (*words, *name_stems(written)), options)
    options = _less_terms(options, (*words, *name_stems(written)))
    return not_of_a_pet(vocabulary, words, options)


def _not_of_costs(vocabulary: Vocabulary, words: tuple[str, ...], options: list[Link]) -> list[Link]:
    """As in "sales", "parts sales", "box office": no CostOfSales, SalesTax nor TicketFees, which say what it costs.

    A cost is called by such a word where all of that part of its name is said: "cost of sales", "sales tax".
    """
    takings = set(words) if len(set(words)) > 1 and set(words) <= _TAKINGS else set[str]()
    earned = takings or {word for word in words if _EARNED & lexicon().groups_of((word,))}
    if not earned:
        return options
    kept = [
        tuple(name for name in each.values if _says_all(vocabulary.by_name.get(name), words, earned))
        for each in options
    ]
    told = [replace(each, values=values) for each, values in zip(options, kept, strict=True) if values]
    return told or (options if takings else [])  # "what did I spend at the box office"


def _less_terms(options: list[Link], words: tuple[str, ...]) -> list[Link]:
    """As in "gifts", which are no GiftAid: a term of several words is not named by one of them."""
    kept = []
    for each in options:
        terms = {name: set(name_stems(name.rpartition(":")[2])) for name in each.values}
        values = tuple(name for name in each.values if terms[name] <= set(words) or frozenset(terms[name]) not in TERMS)
        kept += [replace(each, values=values)] if values else []
    return kept


def _says_all(account: Account | None, words: tuple[str, ...], earned: set[str]) -> bool:
    """Whether the words say each part of an account of costs that one of them for what is earned stands in."""
    if account is None or account.root is not Root.EXPENSES:
        return True
    parts = [set(name_stems(part)) for part in account.name.split(":")]
    telling = [part for part in parts if part & earned]
    return bool(telling) and all(part - {"of"} <= set(words) for part in telling)


def whole_account_links(vocabulary: Vocabulary, written: str) -> list[Link]:
    """Accounts that are called just what is written, for words too common to name part of one."""
    joined = squash(written)
    forms = (joined, f"{joined}s", stem(joined))  # "e-bike" for EBikes
    names = [account.name for form in forms for account in vocabulary.by_squashed.get(form, ())]
    return [Link("account", _topmost(vocabulary, names), EXACT_ACCOUNT, "exact")] if names else []


def with_small_parts(vocabulary: Vocabulary, words: tuple[str, ...], written: str, small: set[str]) -> list[Link]:
    """As in "the lower flat" for Flats:Lower: the `small` words are whole components of the account's name."""
    found: list[Link] = []
    for each in account_links(vocabulary, words, written) if small <= _whole_parts(vocabulary) else ():
        names = tuple(name for name in each.values if _says_small(vocabulary.by_name[name], words, small))
        found += [replace(each, values=names)] if names else []
    return found


def _whole_parts(vocabulary: Vocabulary) -> frozenset[str]:
    """The words that are components of accounts by themselves, and those of the last components."""

    def words() -> frozenset[str]:
        parts = (name_stems(part) for each in vocabulary.accounts for part in each.name.split(":")[1:])
        alone = {part[0] for part in parts if len(part) == 1}
        return frozenset(alone.union(*(each.leaf for each in vocabulary.accounts)))

    return vocabulary.once("whole parts", words)


def _says_small(account: Account, words: tuple[str, ...], small: set[str]) -> bool:
    """Whether the small words are whole components of the name, or the last is called by all of the words."""
    parts = (name_stems(part) for part in account.name.split(":")[1:])
    return account.leaf == words or small <= {part[0] for part in parts if len(part) == 1}


def _by_kind_word(vocabulary: Vocabulary, words: tuple[str, ...], found: dict[str, float]) -> None:
    """As in "current account" for Bank:Current, "rainy day fund" for RainyDay: the last word says where to look."""
    named: dict[str, float] = {}
    _by_words(vocabulary, words, named)
    standing = {Root.ASSETS, Root.LIABILITIES}
    found |= {
        name: score
        for name, score in named.items()
        if score >= EXACT_ACCOUNT and vocabulary.by_name[name].root in standing
    }


def _by_words(vocabulary: Vocabulary, words: tuple[str, ...], found: dict[str, float]) -> None:
    """Accounts whose path holds every word, one of them at least in the last component."""
    wanted = set(words)
    rarest = min(wanted, key=lambda word: len(vocabulary.by_stem.get(word, ())))
    for account in vocabulary.by_stem.get(rarest, ()):
        hit = wanted.intersection(account.leaf)
        if hit and wanted <= account.path:
            found[account.name] = EXACT_ACCOUNT if len(hit) == len(set(account.leaf)) else ACCOUNT_PART
    _just_these(vocabulary, wanted, found)
    if len(words) == 1 and is_unspaced(words[0]):
        for account in vocabulary.accounts:
            if account.name not in found and words[0] in "".join(account.leaf):
                found[account.name] = ACCOUNT_PART


def _just_these(vocabulary: Vocabulary, wanted: set[str], found: dict[str, float]) -> None:
    """As in "health insurance" for Health:Insurance, not for Health:Dental:Insurance as well, which is another."""
    exact = [vocabulary.by_name[name] for name, score in found.items() if score >= EXACT_ACCOUNT]
    just = {each.root for each in exact if _between(each, wanted) == wanted}
    for each in exact:
        if len(wanted) > 1 and each.root in just and _between(each, wanted) != wanted:
            found[each.name] = ACCOUNT_PART


def _just_so(vocabulary: Vocabulary, written: str, found: dict[str, float]) -> None:
    """As in "comida" for Food:Comida, not for Travel:Comidas as well, where both are spent on."""
    exact = [vocabulary.by_name[name] for name, score in found.items() if score >= EXACT_ACCOUNT]
    said = squash(written)
    just = {each.root for each in exact if squash(each.component) == said}
    for each in exact:
        own = squash(each.component)
        if each.root in just and own != said and own.rstrip("s") == said.rstrip("s"):
            found[each.name] = ACCOUNT_PART


def _between(account: Account, wanted: set[str]) -> set[str]:
    """The stems of the last components of an account, of as many as hold all the words."""
    held: set[str] = set()
    for part in reversed(account.name.split(":")[1:]):
        held |= set(name_stems(part))
        if wanted <= held:
            break
    return held


def _top_category(vocabulary: Vocabulary, found: dict[str, float]) -> None:
    """As in "Food" is the category Food with all in it, not Pets:Food as well, which that is only a part of."""
    exact = [vocabulary.by_name[name] for name, score in found.items() if score >= EXACT_ACCOUNT]
    for top in exact:
        if top.depth != TOP_DEPTH or not any(each.name.startswith(f"{top.name}:") for each in vocabulary.accounts):
            continue
        for each in exact:
            if each.root is top.root and each.depth > TOP_DEPTH and not each.within(top):
                found[each.name] = ACCOUNT_PART


def _by_squash(vocabulary: Vocabulary, written: str, found: dict[str, float]) -> None:
    """As in "pay pal" for PayPal, "homedepot" for Home-Depot."""
    joined = squash(written)
    for form in {joined, stem(joined)}:
        for account in vocabulary.by_squashed.get(form, ()):
            found[account.name] = EXACT_ACCOUNT
    if len(joined) >= SHORTEST_INSIDE:
        for component, accounts in vocabulary.by_squashed.items():
            if joined in component:
                for account in accounts:
                    found.setdefault(account.name, ACCOUNT_PART)


def _tiers(vocabulary: Vocabulary, found: dict[str, float], how: Literal["exact", "words", "synonym"]) -> list[Link]:
    """The accounts found as one option for each score, subtrees for the accounts inside them."""
    options: list[Link] = []
    for score in sorted(set(found.values()), reverse=True):
        names = [name for name, each in found.items() if each >= score]
        options.append(Link("account", _topmost(vocabulary, names), score, how))
    return options


def _topmost(vocabulary: Vocabulary, names: Iterable[str]) -> tuple[str, ...]:
    accounts = [vocabulary.by_name[name] for name in dict.fromkeys(names)]
    return tuple(
        sorted(
            each.name
            for each in accounts
            if not any(each.within(other) and each.name != other.name for other in accounts)
        )
    )


def _by_family(vocabulary: Vocabulary, words: tuple[str, ...]) -> list[Link]:
    """Accounts whose last component shares the roots of all words ("photographer": Photography)."""
    if len(words) == 1 and (numbered := _inflected(words[0], vocabulary)):
        return [Link("account", _topmost(vocabulary, numbered), ACCOUNT_ROOT, "stem")]
    roots = {root(word) for word in words}
    if not any(len(each) >= SHORTEST_FUZZY for each in roots):
        return []
    names = [
        account.name
        for account in vocabulary.accounts
        if roots == {root(part) for part in account.leaf} and set(words) != set(account.leaf)
    ]
    return [Link("account", _topmost(vocabulary, names), ACCOUNT_ROOT, "stem")] if names else []


def _inflected(word: str, vocabulary: Vocabulary) -> list[str]:
    """The accounts whose last component is the word in another number or gender; both begin alike."""

    def by_beginnings() -> dict[str, list[Account]]:
        found: dict[str, list[Account]] = {}
        for account in vocabulary.accounts:
            if len(account.leaf) == 1:
                found.setdefault(account.leaf[0][:BEGINNING], []).append(account)
        return found

    alike = vocabulary.once("leaves by beginnings", by_beginnings).get(word[:BEGINNING], ())
    return [each.name for each in alike if inflected(word, each.leaf[0])]


def by_synonym(vocabulary: Vocabulary, words: tuple[str, ...]) -> list[Link]:
    """Accounts that share a synonym group with the words, or are covered by theirs."""
    known = lexicon()
    groups = known.groups_of(words)
    whole = called_as_top(_without_broader(vocabulary, groups, _of_narrowest(vocabulary, groups)), vocabulary)
    partly = {account.name for group in groups for account in vocabulary.by_group.get(group, ((), ()))[1]}
    if exact := _translated(vocabulary, words, whole):
        whole, partly = exact, partly | whole - exact
    if not whole and (both := _by_two_words(vocabulary, words)):
        return [Link("account", _topmost(vocabulary, both), TWO_WORDS, "synonym")]
    if whole:
        roots = {vocabulary.by_name[name].root for name in whole}
        rest = [name for name in partly if vocabulary.by_name[name].root in _FLOWS - roots]  # interest paid, not earned
        other = [Link("account", _topmost(vocabulary, rest), SYNONYM_PART, "synonym")] if rest else []
        taken = _all_of_the_house(vocabulary, words, _topmost(vocabulary, _untaxed(whole, groups)))
        return [Link("account", taken, SYNONYM, "synonym"), *other]
    if partly:
        return [Link("account", _topmost(vocabulary, partly), SYNONYM_PART, "synonym")]
    narrower = {inner for group in groups for inner in known.covers.get(group, ())}
    covered = {account.name for group in narrower for account in vocabulary.by_group.get(group, ((), ()))[0]}
    if covered:
        whole_of_it = holder(covered, groups, vocabulary)
        return [Link("account", (whole_of_it,) if whole_of_it else _topmost(vocabulary, covered), COVERED, "covers")]
    no_english = {each for tongue in vocabulary.tongues for each in known.false_friends.get(tongue, ())}
    booked = {name for group in sorted(groups & known.broad) for name in vocabulary.booked.booked_as(group, no_english)}
    return [Link("account", _topmost(vocabulary, booked), SYNONYM, "synonym")] if len(booked) == 1 else []


def _translated(vocabulary: Vocabulary, words: tuple[str, ...], alike: set[str]) -> set[str]:
    """As in "diesel" for Gasóleo: the accounts that are called so in a language of the ledger.

    Those that mean `alike` stay beside them, but for what is called another thing: Gás.
    """
    tongues_here = (ENGLISH, *vocabulary.tongues)
    for concept in concepts_of(words) or concepts_named(words, tongues()):
        called = concept.called(tongues_here)
        names = {name for name, of in vocabulary.translated.items() if concept in of and concepts_of(words)}
        names |= {name for name in alike if vocabulary.by_name[name].leaf in called}
        if names:
            return names | {name for name in alike if not _called_otherwise(name, vocabulary)}
    return set()


def _called_otherwise(name: str, vocabulary: Vocabulary) -> bool:
    """Whether an account, or what lies inside it, is called another thing: Gás, the bank Caixa with its Poupança."""
    tongues_here = (ENGLISH, *vocabulary.tongues)
    inside = (each for each in vocabulary.accounts if each.within(vocabulary.by_name[name]))
    return any(concepts_named(each.leaf, tongues_here) for each in inside)


_HOUSES: Final = frozenset({"broker", "brokerage", "stockbroker"})  # stems of words for who keeps accounts


def _all_of_the_house(vocabulary: Vocabulary, words: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """As in "at the broker" for Firm:Shares beside Firm:Cash: all that lies with the firm, its cash with the rest."""
    above = {name.rpartition(":")[0] for name in names}
    firm = next(iter(above), "")
    if len(above) != 1 or ":" not in firm or not _HOUSES.intersection(words):
        return names
    cash = any(each.name.startswith(f"{firm}:Cash") for each in vocabulary.accounts)
    return (firm,) if len(names) > 1 or cash else names


def _untaxed(names: set[str], groups: Iterable[str]) -> set[str]:
    """As in "rent" for Piso:Alquiler, not Impuestos:Renta: what lies below taxes is a tax, if there is any other."""
    known = lexicon()
    taxed = {name for name in names if any(_TAXES in known.groups_of_name(part)[0] for part in name.split(":")[1:-1])}
    return names - taxed if _TAXES not in groups and names - taxed else names


def _of_narrowest(vocabulary: Vocabulary, groups: Iterable[str]) -> set[str]:
    """The accounts that bear a word of the groups; those of one group alone where all of them lie inside others.

    As in "checking account": of a bank with all its accounts the one for payments, not the bank.
    """
    named = [{account.name for account in vocabulary.by_group.get(group, ((), ()))[0]} for group in groups]
    everything = {name for names in named for name in names}
    for names in named:
        rest = everything - names
        if names and rest and all(any(name.startswith(f"{outer}:") for outer in rest) for name in names):
            return names
    return everything


def _without_broader(vocabulary: Vocabulary, groups: frozenset[str], found: set[str]) -> set[str]:
    """As in "groceries": not the account of all food, where one of the groceries lies inside it."""
    known = lexicon()
    broader = {outer for outer, inner in known.covers.items() if outer not in groups and groups.intersection(inner)}
    broad = {account.name for group in broader for account in vocabulary.by_group.get(group, ((), ()))[0]}
    return {name for name in found if name not in broad or not any(each.startswith(f"{name}:") for each in found)}


def _by_two_words(vocabulary: Vocabulary, words: tuple[str, ...]) -> set[str]:
    """As in "dental cover" for Teeth:Insurance: one word means the last component, the other one above it."""
    known = lexicon()
    found: set[str] = set()
    said = {words, *(each for concept in concepts_of(words) for each in concept.called((ENGLISH,)))}  # "road tax"
    pairs = sorted(each for each in said if len(each) == 2)
    for leaf, above in ((pair[at], pair[1 - at]) for pair in pairs for at in (1, 0)):
        groups, over = known.groups_of((leaf,)), known.groups_of((above,))
        leaves = {each.name for group in groups for each in vocabulary.by_group.get(group, ((), ()))[0]}
        leaves |= {each.name for each in vocabulary.by_stem.get(leaf, ()) if each.leaf == (leaf,)}
        tops = {each.name for group in over for each in vocabulary.by_group.get(group, ((), ()))[0]}
        tops |= {each.name for each in vocabulary.by_stem.get(above, ()) if above in each.leaf}
        beside = {each.name.rpartition(":")[0] for each in vocabulary.by_stem.get(above, ()) if each.leaf == (above,)}
        inside = {name for name in leaves if any(name.startswith(f"{top}:") for top in tops)}
        found |= {name for name in inside if name.rpartition(":")[0] not in beside}  # "tuition lunches": two of School
    return found


def root_links(vocabulary: Vocabulary, tokens: Sequence[Token]) -> list[Link]:
    """The ledger's own name of a root, where it is not an English word anyway."""
    if len(tokens) != 1 or tokens[0].fold in lexicon().weak:
        return []
    of = vocabulary.root_words.get(tokens[0].fold)
    return [Link("root", (of.value,), EXACT_ACCOUNT, "exact")] if of else []


def tag_links(vocabulary: Vocabulary, tokens: Sequence[Token]) -> list[Link]:
    """Tags that hold all the words, or whose initials the word is."""
    words = [token.stem for token in tokens if is_content(token)]
    joined = squash("".join(token.text for token in tokens))
    exact = tuple(tag for tag in vocabulary.tags if squash(tag) == joined)
    exact = exact or tuple(tag for tag in vocabulary.tags if len(words) > 1 and _runs_together(tag, joined, words))
    if exact:
        return [Link("tag", exact, EXACT_TAG, "exact")]
    if translated := _translated_tags(vocabulary, words) or composed_tags(
        vocabulary, tuple(token.stem for token in tokens)
    ):
        return [Link("tag", translated, TAG_MEANT, "words")]
    if all(is_faint(token) for token in tokens) and not {"trip"} & set(words):
        dated = tuple(tag for tag in vocabulary.tags if words and _undated(tag) == tuple(words))
        # "new", "2025" are too common to name a tag that holds more words; "the move" is #move-2023
        if not dated and len(words) > 1 and (meant := tags_meant(tuple(words), vocabulary.tags)):
            return [Link("tag", meant, TAG_MEANT, "words")]  # "book fair" for #buchmesse
        return [Link("tag", dated, PAYEE_PART, "words")] if dated else []
    partial = tuple(tag for tag in vocabulary.tags if _tag_holds(name_stems(tag), words, tokens))
    category = lexicon().groups_of(tuple(token.stem for token in tokens))
    if category and not any(map(is_generic, words)):  # "tax" is no part of #tax-return
        partial = tuple(tag for tag in partial if all(map(is_generic, set(name_stems(tag)) - set(words))))
    score = PAYEE_START if partial and len(words) > 1 else PAYEE_PART
    if not partial and (meant := tags_meant(tuple(words), vocabulary.tags)):
        return [Link("tag", meant, TAG_MEANT, "words")]  # "lisbon" for #lisboa
    return [Link("tag", partial, score, "words")] if partial else []


def _translated_tags(vocabulary: Vocabulary, words: Sequence[str]) -> tuple[str, ...]:
    """As in "the kitchen works" for #obra-cozinha: tags of which each word says a part, and all parts are said."""
    if len(words) < 2 or not vocabulary.tags or not vocabulary.tongues:
        return ()
    said = [
        {part for each in concepts_of((word,)) for phrase in each.called(vocabulary.tongues) for part in phrase}
        for word in words
    ]
    tags = {tag: {part for part in name_stems(tag) if not is_generic(part)} for tag in vocabulary.tags}
    return tuple(
        tag
        for tag, parts in tags.items()
        if parts and parts <= set().union(*said) and all(parts & each for each in said)
    )


def _runs_together(tag: str, joined: str, words: Sequence[str]) -> bool:
    """As in "black hills", or "the black hills trip", for #blackhills-2025."""
    parts = [part for part in name_stems(tag) if not part.isdigit()]
    telling = "".join(word for word in words if not is_generic(word))
    dated = all(
        word in name_stems(tag) for word in words if word.isdigit()
    )  # "christmas 2024" is not all of #christmas
    return (
        bool(telling)
        and dated
        and ("".join(parts) in {joined, telling} or "".join(part for part in parts if not is_generic(part)) == telling)
    )


def _undated(tag: str) -> tuple[str, ...]:
    """The words of a tag without its year; none where it has no year."""
    parts = name_stems(tag)
    kept = tuple(part for part in parts if not part.isdigit())
    return kept if len(kept) < len(parts) else ()


def _tag_holds(parts: tuple[str, ...], words: Sequence[str], tokens: Sequence[Token]) -> bool:
    if set(words) <= set(parts):
        return True
    initials = "".join(part[0] for part in parts if part.isalpha())
    return len(tokens) == 1 and tokens[0].text.isupper() and len(tokens[0].text) > 1 and tokens[0].fold in initials


def currency_links(vocabulary: Vocabulary, words: tuple[str, ...], written: str) -> list[Link]:
    """Commodities by code, by the ledger's own name for them, or by what people call money."""
    known = vocabulary.commodities
    if written in known or (written.upper() in known and len(written) > 2 and fold(written) not in everyday()):
        return [Link("currency", (written if written in known else written.upper(),), EXACT_CURRENCY, "exact")]
    begun = tuple(
        code
        for code in known
        if len(code) > 3 and len(words) == 1 and words[0].startswith(fold(code)) and words[0].isalpha()
    )
    if begun:
        return [Link("currency", begun[:1], EXACT_TAG - 0.16, "stem")]
    named = tuple(code for code, each in known.items() if each.name and squash(each.name) == squash(written))
    if named:
        return [Link("currency", named, EXACT_CURRENCY, "exact")]
    codes = tuple(code for code in lexicon().currencies.get(words, ()) if code in known)
    if codes:
        return [Link("currency", _operating_first(vocabulary, codes), SYNONYM + 0.03, "synonym")]
    wanted = set(words)
    partial = tuple(
        code
        for code, each in known.items()
        if each.name and not each.operating and wanted <= set(name_stems(each.name))
    )
    common = any(word in everyday() for word in words)
    if partial and len(wanted) > 1:
        return [Link("currency", partial, PAYEE_PART, "words")]
    return [Link("currency", partial, NARRATION_PART, "words")] if partial and not common else []


def _operating_first(vocabulary: Vocabulary, codes: Sequence[str]) -> tuple[str, ...]:
    """Of several "dollars" those that the ledger runs on; else all of them."""
    main = tuple(code for code in codes if code in vocabulary.operating)
    return main or tuple(codes)
