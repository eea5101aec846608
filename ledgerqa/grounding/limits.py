"""What is left of a limit, or by how much it was passed, beside the figure that is set against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledgerqa.grounding.scene import Scene


def against_its_limit(scene: Scene) -> str:
    """As in "That is 210.15 GBP over the limit of 5,000.00 GBP."; nothing where no limit was asked about."""
    limits, left = scene.facts("limit"), scene.facts("left")
    if len(limits) != 1 or len(left) != 1:
        return ""
    bound, rest = limits[0], left[0]
    limit, said = scene.money(bound.number, bound.currency), scene.money(abs(rest.number), rest.currency)
    if not rest.number:
        return f"That is the limit of {limit} to the full."
    return f"That is {said} over the limit of {limit}." if rest.number < 0 else f"That leaves {said} of {limit}."
