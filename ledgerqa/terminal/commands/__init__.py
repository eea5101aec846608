"""The commands, by what they are for; `terminal.cli` joins them.

Nothing heavy is imported in these modules: a command imports what it runs when it runs.
"""
