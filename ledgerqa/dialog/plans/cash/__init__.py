"""Plans for money that moves: spending, income, transfers, pay, and what is set against what."""
