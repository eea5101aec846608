"""Words before any ledger: folding and stems, word lists, spelling, numbers, other languages; and a ledger's names."""
