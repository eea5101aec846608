"""From a typed plan to exact rows: parameterised SQL over the index, and Decimal steps."""

from __future__ import annotations

from ledgerqa.evidence.gather import gather

__all__ = ["gather"]
