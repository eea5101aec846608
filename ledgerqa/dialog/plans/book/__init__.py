"""Plans for what the ledger says of itself: directives, events, notes, metadata, invoices, oddities."""
