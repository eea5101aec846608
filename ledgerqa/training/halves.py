"""One step of training in two threads, each with every other text of a batch, so that two cores halve the time.

Threads within torch's own operations do not: the matrices are small, and on a busy machine a second one made a step
ten times longer.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, Self

import torch

from ledgerqa.training.batches import batch_of
from ledgerqa.training.heads import loss

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledgerqa.training.batches import Item
    from ledgerqa.training.planner import Planner

THREADS: Final = 2


class Halves:
    """Planners over the same weights, each with gradients of its own; a context that ends their threads.

    What comes out does not depend on how many cores there are: each has its own random numbers, and gradients are added
    up in one order.
    """

    def __init__(self, make: Callable[[], Planner], seed: int) -> None:
        self.planners = [make() for _ in range(THREADS)]
        self._pool = ThreadPoolExecutor(THREADS, initializer=torch.set_num_threads, initargs=(1,))
        for at, planner in enumerate(self.planners):
            planner.heads.random.manual_seed(seed + at)
            for shared, own in zip(self.planners[0].parameters(), planner.parameters(), strict=True):
                own.data = shared.data

    @property
    def planner(self) -> Planner:
        """The one whose parameters are trained."""
        return self.planners[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def step(self, items: Sequence[Item], smoothing: float) -> float:
        """Put the gradients of the mean loss over `items` into the first planner's parameters; that loss."""
        shares = [(planner, items[at::THREADS]) for at, planner in enumerate(self.planners)]
        running = [
            self._pool.submit(_gradients, planner, half, len(half) / len(items), smoothing)
            for planner, half in shares
            if half
        ]
        value = sum(each.result() for each in running)
        for planner in self.planners[1:]:
            for first, other in zip(self.planner.parameters(), planner.parameters(), strict=True):
                if first.grad is not None and other.grad is not None:
                    first.grad += other.grad
        return value


def _gradients(planner: Planner, items: Sequence[Item], share: float, smoothing: float) -> float:
    planner.zero_grad()
    batch = batch_of(items)
    fields, tags = planner(batch.tokens, batch.mask)
    value = loss(fields, tags, batch, smoothing) * share
    value.backward()  # type: ignore[no-untyped-call]
    return value.item()
