"""Plans for what is held and owed: balances, loans, securities, persons."""
