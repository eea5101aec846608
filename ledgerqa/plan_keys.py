"""What `Plan.key` may be beside the name of a metadata key: forms in which a measure is told."""

from __future__ import annotations

RATIO = "ratio"  # the key of a SUM whose first side is told as a part of the second
LOTS = "lots"  # the key of a LIST of what was bought and sold: each posting with its cost and price a unit
OPEN_LOTS = "open lots"  # the key of HOLDINGS told lot by lot: when each was bought, and at what cost a unit
IN_ALL = "in all"  # the key of HOLDINGS told with what sales gained, and both gains together
BY_GAIN = "gain"  # the key of HOLDINGS in order of their unrealised gain, those without a cost left out
BY_RETURN = "return"  # the same, of the gain as a part of the cost
CHANGE = "change"  # the key of a series in time, or of sides by group, that is told by what changed
RISE, FALL = "rise", "fall"  # the same of sides by group, of which those are told that rose, or fell, the most
CUMULATIVE = "cumulative"  # the key of a SUM in time whose rows are added up as they go
WHY = "why"  # the key of a SUM by account that is set against the usual months (weeks, ...) before it
USUAL_DAY = "usual day"  # the key of a LIST that is told by the day on which most of it was booked
ENDS = "ends"  # the key of rows by group of which the first and the last in their order are told, and no others
OWED = "owed"  # the key of a BALANCE that tells whether somebody has paid what was owed
AGAINST = "against "  # begins the key of a SUM or BALANCE told with what is left of a limit: "against 5000"
BOTH_WAYS = "both ways"  # the key of a SUM whose sides are what came in and what went out
STATED = "stated"  # the key of a BUDGET for each that was ever stated, with its day
UNUSED = "unused"  # the key of ACCOUNTS that are open and to which nothing was booked in the period
NIGHTS = "nights"  # the key of an AVERAGE divided by the nights that narrations say: "three nights, breakfast"
AT_START = "start"  # the key of a PRICE that is told on the first day of each span, not on the last
PASSED = "passed"  # the key of what stands by day, told on the days on which it came to lie within the plan's bounds
