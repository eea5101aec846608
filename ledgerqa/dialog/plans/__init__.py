"""Plans: from what was said and the names that it was linked to, to what shall be worked out.

`measures` tells which maker of a plan is asked first; `asked` is what all of them take.
"""
