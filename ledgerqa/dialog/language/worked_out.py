"""What is worked out of a ledger once, or while a question is read, and kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Made = TypeVar("Made")

MOST_KEPT: Final = 32  # some questions; what a word stands in may be thousands of texts


@dataclass
class WorkedOut:
    """Something that keeps what was worked out of it.  Threads may work out the same at once; each gets it right."""

    _once: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    _lately: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, worked out once for the ledger: `key` tells it from all else that is."""
        if key not in self._once:
            self._once[key] = make()
        found: Made = self._once[key]
        return found

    def lately(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The same for what hangs on the words of a question, which is read some times over: soon forgotten."""
        found: Made | None = self._lately.get(key)
        if found is None:
            if len(self._lately) >= MOST_KEPT:
                self._lately.clear()
            found = self._lately[key] = make()
        return found
