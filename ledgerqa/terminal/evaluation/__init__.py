"""`ledgerqa eval`: how well a set of questions with known answers is understood, over any ledgers."""
