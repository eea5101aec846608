"""What is trained: the planner's phrasings, their fills, the training itself, and how well it does.

Needs torch (extra `training`); imported lazily, by `terminal` alone.
"""
