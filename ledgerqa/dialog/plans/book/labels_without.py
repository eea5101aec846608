"""Labels that are left out: "what did the vehicles cost without the trailer", of a key `vehicle`.

What is left out is what bears the label; what bears none under that key counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.exclusions import find_exclusions, find_former, find_kept_in
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, name_stems
from ledgerqa.dialog.linking.metadata_keys import REFERENCE
from ledgerqa.patterns import compiled
from ledgerqa.records import Refusal, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import MetadataFilter

# "Not paid by Ana", "not on the van": what is said of each thing, and not of the ways to pay.
_NOT_SO: Final = compiled(r"(?:\bnot|n['’]t) (?:\w+ )?(?:by|for|in|on|from|with) (?:the |our |my )?$")


_SAY_VERBS: Final = frozenset("i we you they he she to it that who".split())
_SHORT: Final = 3


def left_out_at(tokens: Sequence[Token], asked: Asked) -> frozenset[int]:
    """The tokens that stand where the question names what to leave out."""
    text = asked.said.text
    kept = [*find_kept_in(text), *find_former(text)]
    spans = [span for span in find_exclusions(text) if not any(a < span[1] and span[0] < b for a, b in kept)]
    folded = fold(text) if len(fold(text)) == len(text) else text.lower()
    return frozenset(
        at
        for at, token in enumerate(tokens)
        if any(start <= token.start and token.end <= end for start, end in spans)
        or _NOT_SO.search(folded[: token.start])
    )


def labels_without(tokens: Sequence[Token], asked: Asked) -> tuple[tuple[str, tuple[str, ...], frozenset[int]], ...]:
    """By key, the labels left out, with the tokens that say them; what is a name for something else is none."""
    left = left_out_at(tokens, asked)
    if not left:
        return ()
    names = [each for each in (*asked.said.phrases, *asked.said.excluded) if each.best.how == "exact"]
    found: list[tuple[str, tuple[str, ...], frozenset[int]]] = []
    taken: set[int] = set()
    for key, values in {**asked.names.labels, **asked.names.for_whom}.items():
        told: dict[str, None] = {}
        said: set[int] = set()
        for value in sorted(values, key=lambda each: -len(name_stems(each))):
            for run in _runs(value, tokens):
                free = left.issuperset(run) and taken.isdisjoint(run)
                other = any(set(run) <= set(range(each.start, each.end)) for each in names)
                verb = run[0] > 0 and tokens[run[0] - 1].fold in _SAY_VERBS  # "without what I need"
                if free and not verb and (not other or _of_key(run[0], key, tokens)):
                    told[value] = None
                    said.update(run)
                    taken.update(run)
        if told:
            found.append((key, tuple(told), frozenset(said)))
    return (*found, *_referred(tokens, left - taken, asked))


def _referred(
    tokens: Sequence[Token], left: frozenset[int], asked: Asked
) -> list[tuple[str, tuple[str, ...], frozenset[int]]]:
    """As in "without invoice 2024-07": what stands under a key of entries in so many letters and digits."""
    found: list[tuple[str, tuple[str, ...], frozenset[int]]] = []
    for match in REFERENCE.finditer(asked.said.text):
        run = {at for at, token in enumerate(tokens) if token.start < match.end() and match.start() < token.end}
        rows = asked.names.index.query(
            "SELECT m.key, m.value FROM metadata m JOIN entries e USING (entry_id)"
            " WHERE e.type = 'transaction' AND lower(m.value) = ? ORDER BY m.key LIMIT 1",
            [match.group().lower()],
        )
        if rows and run and min(run) in left:  # a dot inside it ends no clause
            found.append((rows[0][0], (rows[0][1],), frozenset(run)))
    return found


def paid_apart(labels: Sequence[MetadataFilter], accounts: Sequence[str], asked: Asked) -> Refusal | None:
    """Why "takeaways on card 3318" has no answer, where the card stands on the posting that paid alone."""
    flows = [name for name in accounts if asked.names.by_name[name].root in {Root.INCOME, Root.EXPENSES}]
    for each in labels if flows else ():
        if each.value and not each.absent and not _on_flows(each, asked):
            reason = f"“{each.key}” is noted on what paid: what “{each.value}” paid for is not worked out."
            return Refusal(reason, (f"spending by {each.key}",))
    return None


def only_of_what_paid(labels: Sequence[MetadataFilter], asked: Asked) -> Refusal | None:
    """Why "groceries not on card 3318" has no answer, where the card stands on the posting that paid alone."""
    for each in labels:
        if each.absent and each.value and not _on_flows(each, asked):
            reason = f"“{each.key}” is noted on what paid: what was spent without “{each.value}” is not worked out."
            return Refusal(reason, (f"spending by {each.key}",))
    return None


def _on_flows(label: MetadataFilter, asked: Asked) -> bool:
    """Whether what is earned or spent bears the label, and not only what paid."""
    sql = (
        "SELECT 1 FROM metadata m JOIN postings p ON p.entry_id = m.entry_id"
        " AND coalesce(m.posting_id, p.posting_id) = p.posting_id"
        " WHERE m.key = ? AND m.value = ? AND p.root IN ('income', 'expenses') LIMIT 1"
    )
    return bool(asked.names.index.query(sql, [label.key, label.value]))


def _runs(value: str, tokens: Sequence[Token]) -> list[range]:
    """Where the question says all words of the value, unless it is a mere number or a short word of grammar."""
    words = name_stems(value)
    small = len(value) < _SHORT and (value.isdigit() or fold(value) in lexicon().grammar)
    if not words or small:
        return []
    starts = range(len(tokens) - len(words) + 1)
    runs = (range(at, at + len(words)) for at in starts)
    return [run for run in runs if tuple(tokens[place].stem for place in run) == words]


def _of_key(at: int, key: str, tokens: Sequence[Token]) -> bool:
    """As in "not paid by Owen", of `paid_by`: whatever else he is called."""
    words = name_stems(key)
    return tuple(each.stem for each in tokens[max(at - len(words), 0) : at]) == words
