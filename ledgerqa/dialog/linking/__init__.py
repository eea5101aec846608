"""Entity linking: from the words of a question to the accounts, payees, tags and other names of a ledger."""
