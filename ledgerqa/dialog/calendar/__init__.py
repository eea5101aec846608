"""Times in questions: from tokens through named and relative periods to the days that a question means."""
