"""How well texts are understood: each field, the intent as a whole, and all slots exactly."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledgerqa.training.phrasings import FIELDS, NO, SEVERAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledgerqa.training.fills import Example

    Fields = Mapping[str, tuple[str, ...]]
    Spans = Sequence[tuple[str, int, int]]


@dataclass
class Score:
    """Shares of texts, in percent, and what was taken for what."""

    texts: int = 0
    intent: int = 0
    slots: int = 0
    both: int = 0
    measure: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    mistaken: dict[str, Counter[tuple[str, str]]] = field(default_factory=lambda: defaultdict(Counter))
    labels: Counter[str] = field(default_factory=Counter)

    def add(self, example: Example, fields: Fields, spans: Spans) -> tuple[list[str], bool]:
        """One text: which fields are wrong, and whether its slots are right."""
        wrong = []
        for name in FIELDS:
            true, said = _classes(example.fields, name), _classes(fields, name)
            if true != said:
                wrong.append(name)
                self.fields[name] += 1
                self.mistaken[name][",".join(true), ",".join(said)] += 1
        true_spans = {(each.label, each.start, each.end) for each in example.spans}
        exact = true_spans == set(spans)
        for label in {each[0] for each in true_spans.symmetric_difference(spans)}:
            self.labels[label] += 1
        self.texts += 1
        self.intent += not wrong
        self.slots += exact
        self.both += exact and not wrong
        self.measure += "measure" not in wrong
        return wrong, exact

    def lines(self) -> list[str]:
        """The figures, and the commonest mistakes of each field."""

        def share(count: int) -> str:
            return f"{100 * count / max(1, self.texts):.1f}%"

        parts = {"intent": self.intent, "all slots": self.slots, "both": self.both, "measure": self.measure}
        out = [f"{self.texts} texts: " + ", ".join(f"{name} {share(count)}" for name, count in parts.items())]
        for name, count in self.fields.most_common():
            worst = ", ".join(f"{a or '-'}>{b or '-'} {n}" for (a, b), n in self.mistaken[name].most_common(6))
            out.append(f"  {name}: {count} wrong ({worst})")
        out.append(f"  slots wrong: {dict(self.labels.most_common())}")
        return out


def _classes(fields: Fields, name: str) -> tuple[str, ...]:
    said = fields.get(name, ())
    return tuple(sorted(said)) if name == SEVERAL else tuple(each for each in said if each != NO)
