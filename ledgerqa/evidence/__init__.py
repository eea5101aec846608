"""From a typed plan to exact rows: parameterised SQL over the index, and Decimal steps."""

from __future__ import annotations

from ledgerqa.evidence.bql import bql
from ledgerqa.evidence.gather import gather

__all__ = ["bql", "gather"]
