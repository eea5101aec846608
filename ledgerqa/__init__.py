"""ledgerqa answers questions about a Beancount ledger, offline, and bears out every number it shows."""

from __future__ import annotations

__version__ = "0.1.0"
