"""`python -m ledgerqa` is the same as the command `ledgerqa`."""

from __future__ import annotations

from ledgerqa.terminal.cli import main

if __name__ == "__main__":
    main()
