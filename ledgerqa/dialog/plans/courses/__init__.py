"""Plans for how things go over time: developments, what comes round, weekdays, budgets."""
