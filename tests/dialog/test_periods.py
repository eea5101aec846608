"""Which words name a period, and the days that they mean: a table of cases, then what must hold for any text.

Expected periods are written short: `2023`, `2023-Q2`, `2023-04`, `2023-04-05`, `2023-04-05/2023-05-06` (both days
inclusive), `2023-04-05/` (since), `/2023-04-05` (until), `*` (all that there is); several are joined by `, `, and
an empty string means that nothing may be found.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledgerqa.dialog.calendar_units import add_months
from ledgerqa.dialog.dates import easter
from ledgerqa.dialog.periods import Unit, find_periods, find_weekdays, relative_to, shift, shift_by_own_length
from ledgerqa.records import Period

TODAY = dt.date(2024, 8, 20)  # a Tuesday


def written(period: Period) -> str:
    """The period as the tables write it, in its longest form."""
    if not period:
        return "*"
    start = period.start.isoformat() if period.start else ""
    end = (period.end - dt.timedelta(days=1)).isoformat() if period.end else ""
    return f"{start}/{end}"


def expanded(short: str) -> str:
    """The longest form of what a table says."""
    if short == "*" or "/" in short:
        return short
    if match := re.fullmatch(r"(\d{4})-Q(\d)", short):
        year, last = int(match[1]), int(match[2]) * 3
        return f"{year}-{last - 2:02d}-01/{year}-{last:02d}-{calendar.monthrange(year, last)[1]}"
    parts = [int(part) for part in short.split("-")]
    if len(parts) == 1:
        return f"{short}-01-01/{short}-12-31"
    if len(parts) == 2:
        return f"{short}-01/{short}-{calendar.monthrange(*parts)[1]}"
    return f"{short}/{short}"


def said(text: str, today: dt.date = TODAY, **known: object) -> list[str]:
    return [written(found.period) for found in find_periods(text, today, **known)]  # type: ignore[arg-type]


def wanted(short: str) -> list[str]:
    return [expanded(one) for one in short.split(", ")] if short else []


def table(text: str) -> list[tuple[str, str]]:
    """Lines of `question => periods`."""
    rows = [line.strip().split("=>") for line in text.strip().splitlines() if line.strip()]
    return [(question.strip(), periods.strip()) for question, periods in rows]


YEARS = """
    what went on fuel in 2022 => 2022
    fuel 01/2023-06/2023 => 2023-01-01/2023-06-30
    bakery in the second to last month => 2024-06
    bakery in the last month but one => 2024-06
    the penultimate quarter => 2024-Q1
    what have we bought lately => 2024-07-22/2024-08-20
    when did we most recently pay rent =>
    spending in the last 24 hours => 2024-08-19/2024-08-20
    bakery Christmas week 2023 (25-31 Dec) => 2023-12-25/2023-12-31
    christmas week 2022 => 2022-12-19/2022-12-25
    bakery in 2023 (and 2022) => 2023, 2022
    spend at branch 1950 in 2023 => 2023
    bakery bills, 2019 => 2019
    2021 heating? => 2021
    vet costs '23 => 2023
    vet costs ’19 => 2019
    the year 2020 in presents => 2020
    in the year 2018, childcare => 2018
    calendar 2021 wages => 2021
    calendar year 2021 wages => 2021
    CY2021 wages => 2021
    cy22 wages => 2022
    throughout 2017, what did parking cost => 2017
    the whole of 2016 on tools => 2016
    all of 2016 on tools => 2016
    2023's total for gas => 2023
    fuel in 2019 or 2022? => 2019, 2022
    fuel in 2019, 2020 and 2022 => 2019, 2020, 2022
    2020 vs 2021 vs 2022 for wine => 2020, 2021, 2022
    2018 versus 2023: postage => 2018, 2023
    how does 2022 compare with 2021 for insurance => 2022, 2021
    the 2014 kitchen rebuild => 2014
    wages/tips 2023 => 2023
    fees from 2022 => 2022
    was it cheaper than 2020? => 2020
    how did rent develop over 2023 => 2023
    childcare (2021) => 2021
    1998 phone bills => 1998
    split 2022 by store => 2022
"""

MONTHS = """
    fuel in march => 2024-03
    fuel in march 2023 => 2023-03
    fuel, March of 2023 => 2023-03
    FUEL MARCH 2022 => 2022-03
    fuel, march? => 2024-03
    november takings => 2023-11
    what came in during August => 2024-08
    rent in Sept => 2023-09
    rent in sep 2021 => 2021-09
    rent in Sep. 2021 => 2021-09
    Feb '23 water => 2023-02
    jan'22 water => 2022-01
    water, Dec-21 => 2021-12
    water 2021-12 => 2021-12
    water 12/2021 => 2021-12
    water 2021/12 => 2021-12
    the month of may 2020 => 2020-05
    in the month of October, eggs => 2023-10
    may 2023 petrol => 2023-05
    petrol in may => 2024-05
    what was the may phone bill => 2024-05
    petrol may? => 2024-05
    May => 2024-05
    may and june petrol => 2024-05, 2024-06
    in June and July, cinema => 2024-06, 2024-07
    march or april 2022? => 2022-03, 2022-04
    cinema in Jan, Feb and March 2021 => 2021-01, 2021-02, 2021-03
    cinema in Jan 2021 and Feb => 2021-01, 2021-02
    Dec 2022 and Jan on ski passes => 2022-12, 2023-01
    Dec and Jan 2022 on ski passes => 2021-12, 2022-01
    June vs July 2023 => 2023-06, 2023-07
    last march => 2024-03
    last August => 2023-08
    last december => 2023-12
    this march => 2024-03
    next october => 2024-10
    march last year => 2023-03
    march of last year => 2023-03
    in last year's march => 2023-03
    april this year => 2024-04
    2023, in april => 2023-04
    last year in april => 2023-04
    2022 november => 2022-11
    toys in novmber => 2023-11
    febuary insurance => 2024-02
    septmber 2021 insurance => 2021-09
    decemebr => 2023-12
    janaury, how much => 2024-01
    in agust => 2024-08
    in arpil 2020 => 2020-04
    compare June with May => 2024-06, 2024-05
    did i spend more in May than in April => 2024-05, 2024-04
    pay in January's first week => 2024-01
"""

RANGES = """
    Oct to April, heating oil => 2023-10-01/2024-04-30
    heating oil from October to April => 2023-10-01/2024-04-30
    jan-mar 2022 => 2022-01-01/2022-03-31
    Jan–Mar 2022 => 2022-01-01/2022-03-31
    january through march 2022 => 2022-01-01/2022-03-31
    nov 2021 to feb 2022 => 2021-11-01/2022-02-28
    Nov to Feb 2022 => 2021-11-01/2022-02-28
    Nov 2021 to Feb => 2021-11-01/2022-02-28
    between March and June => 2024-03-01/2024-06-30
    between march and june 2020, petrol => 2020-03-01/2020-06-30
    from 2022-03 until now => 2022-03-01/2024-08-20
    from 2022-03 to 2022-05 => 2022-03-01/2022-05-31
    2015 through 2018 => 2015-01-01/2018-12-31
    2015-2018 => 2015-01-01/2018-12-31
    2015–2018 => 2015-01-01/2018-12-31
    2015 - 2018 => 2015-01-01/2018-12-31
    2015 to 2018 by store => 2015-01-01/2018-12-31
    from 2015 until 2018 => 2015-01-01/2018-12-31
    between 2015 and 2018 inclusive => 2015-01-01/2018-12-31
    between 2018 and 2015 => 2015-01-01/2018-12-31
    2015-18 => 2015-01-01/2018-12-31
    since 2021 until June 2022 => 2021-01-01/2022-06-30
    2021 to date, books => 2021-01-01/2024-08-20
    2021 to present => 2021-01-01/2024-08-20
    June to now => 2024-06-01/2024-08-20
    from June 2023 up to today => 2023-06-01/2024-08-20
    q1 to q3 2022 => 2022-01-01/2022-09-30
    Q4 2021 through Q2 2022 => 2021-10-01/2022-06-30
    2022-01-05 to 2022-02-11 => 2022-01-05/2022-02-11
    from 5/1/2022 to 11/2/2022 => 2022-01-05/2022-02-11
    from 5 Jan to 11 Feb 2022 => 2022-01-05/2022-02-11
    2022-01-05..2022-02-11 => 2022-01-05/2022-02-11
    from January 5 to February 11, 2022 => 2022-01-05/2022-02-11
    5-12 June 2023 => 2023-06-05/2023-06-12
    5 to 12 June => 2024-06-05/2024-06-12
    June 5-12, 2023 => 2023-06-05/2023-06-12
    June 5 to 12 => 2024-06-05/2024-06-12
    from the 5th to the 12th of June => 2024-06-05/2024-06-12
    between 3 March and 3 May 2021 => 2021-03-03/2021-05-03
    from last March to this May => 2024-03-01/2024-05-31
    from the start of 2022 to the end of June 2023 => 2022-01-01/2023-06-30
    from the end of March 2023 to the end of June 2023 => 2023-04-01/2023-06-30
    the difference between June and July => 2024-06, 2024-07
    compare 2021 to 2022 => 2021, 2022
    how much has it grown from 2021 to 2022 => 2021, 2022
    how has rent changed from 2016 to 2022 => 2016-01-01/2022-12-31
    between last May and this May => 2024-05-01/2024-05-31
    Q1-Q2 2023 => 2023-01-01/2023-06-30
    since march 2021 until may 2021 => 2021-03-01/2021-05-31
    over 2019-2021 => 2019-01-01/2021-12-31
    2019, 2020-2021 => 2019, 2020-01-01/2021-12-31
    between christmas and new year's eve => 2023-12-24/2023-12-31
    on March 4 and 5, 2022 => 2022-03-04/2022-03-05
    Sept.-Oct. 2022 => 2022-09-01/2022-10-31
    from the 1st to the 10th => 2024-08-01/2024-08-10
    jan thru june '23 => 2023-01-01/2023-06-30
    '21-'22 => 2021-01-01/2022-12-31
    compare Oct-Dec 2021 with Oct-Dec 2022 => 2021-10-01/2021-12-31, 2022-10-01/2022-12-31
    2022-01-01 to 2022-06-30 against the 6 months before => 2022-01-01/2022-06-30, 2021-07-01/2021-12-31
"""

OPEN = """
    since 2021, how many eggs => 2021-01-01/
    since March => 2024-03-01/
    since September => 2023-09-01/
    since last year => 2023-01-01/
    since last month => 2024-07-01/
    since 1 June 2015 => 2015-06-01/
    since yesterday => 2024-08-19/
    since the 5th => 2024-08-05/
    since Q2 2023 => 2023-04-01/
    ever since March 2020 => 2020-03-01/
    since the beginning of 2022 => 2022-01-01/
    since the start of the year => 2024-01-01/
    since the end of 2022 => 2023-01-01/
    since Christmas => 2023-12-24/
    from 2021 onwards => 2021-01-01/
    2021 onward => 2021-01-01/
    from March on => 2024-03-01/
    from 3 May 2022 => 2022-05-03/
    starting in 2020 => 2020-01-01/
    until 31/12/2022 => /2022-12-31
    till March 2023 => /2023-03-31
    up to 2020 => /2020-12-31
    up to and after =>
    by 30 June 2022 => /2022-06-30
    by the end of 2022 => /2022-12-31
    through June 2022 => /2022-06-30
    before 2020 => /2019-12-31
    before June 2020 => /2020-05-31
    pre-2020 => /2019-12-31
    prior to 5 May 2020 => /2020-05-04
    before Christmas => /2023-12-23
    after June 2021 => 2021-07-01/
    after 2021 => 2022-01-01/
    post-2021 => 2022-01-01/
    after 5 May 2020 => 2020-05-06/
    after december => 2024-01-01/
    since 2020 until now => 2020-01-01/2024-08-20
    what came in after the June 2021 audit => 2021-06
    until now => /2024-08-20
    until yesterday => /2024-08-19
    since the new year => 2024-01-01/
"""

STATES = """
    as of 30 November 2022 => /2022-11-30
    as at 1 Feb 2023 => /2023-02-01
    as of June 2022 => /2022-06-30
    as of last Friday => /2024-08-16
    as of yesterday => /2024-08-19
    as of 2021 => /2021-12-31
    as of this month => /2024-08-20
    savings at 30.6.2023 => /2023-06-30
    savings at the end of June 2022 => /2022-06-30
    savings at the end of last month => /2024-07-31
    savings at the end of last year => /2023-12-31
    savings, end June => /2024-06-30
    savings at the end of December => /2023-12-31
    savings at the end of Q1 2023 => /2023-03-31
    savings at year end => /2023-12-31
    savings at year-end 2021 => /2021-12-31
    savings at year end 2021 => /2021-12-31
    savings at the end of the year => /2023-12-31
    savings at the end of the month => /2024-07-31
    savings at the close of 2022 => /2022-12-31
    EOY 2021 savings => /2021-12-31
    month end June 2023 => /2023-06-30
    year ends 2019 => 2019
    at year end for 2019, 2020 and 2021 => /2019-12-31, /2020-12-31, /2021-12-31
    at the end of 2019, 2020 and 2021 => /2019-12-31, /2020-12-31, /2021-12-31
    at the end of June and July 2023 => /2023-06-30, /2023-07-31
    at the start of 2023 => /2022-12-31
    at the beginning of June 2022 => /2022-05-31
    savings now => /2024-08-20
    savings right now => /2024-08-20
    what do i currently hold => /2024-08-20
    what do I pay these days => /2024-08-20
    savings at the moment => /2024-08-20
    savings as of today => /2024-08-20
    savings as of now => /2024-08-20
    at the end of each month in 2022 => 2022
    end-June 2022 => /2022-06-30
    end-of-year savings => /2023-12-31
    as of close of business 30 June 2022 => /2022-06-30
"""

PARTS = """
    Q2 => 2024-Q2
    Q4 => 2023-Q4
    q1 2020 or q1 2021 => 2020-Q1, 2021-Q1
    q1 or q2 2021 => 2021-Q1, 2021-Q2
    Q1 and Q2 of 2021 => 2021-Q1, 2021-Q2
    2nd quarter of 2021 => 2021-Q2
    the third quarter of last year => 2023-Q3
    first quarter, 2020 => 2020-Q1
    2020 Q3 => 2020-Q3
    2020-Q3 => 2020-Q3
    Q3'20 => 2020-Q3
    3Q20 => 2020-Q3
    Q3/2020 => 2020-Q3
    quarter 3 of 2020 => 2020-Q3
    quarter three 2020 => 2020-Q3
    the fourth quarter => 2023-Q4
    last quarter => 2024-Q2
    this quarter => 2024-Q3
    the quarter before last => 2024-Q1
    last quarter of 2022 => 2022-Q4
    final quarter of 2022 => 2022-Q4
    Q2 last year => 2023-Q2
    first half of 2022 => 2022-01-01/2022-06-30
    the second half of 2022 => 2022-07-01/2022-12-31
    2nd half 2022 => 2022-07-01/2022-12-31
    H2 2022 => 2022-07-01/2022-12-31
    2022H1 => 2022-01-01/2022-06-30
    h1 and h2 2022 => 2022-01-01/2022-06-30, 2022-07-01/2022-12-31
    the first half of last year => 2023-01-01/2023-06-30
    first half of the year => 2024-01-01/2024-06-30
    first half of June 2022 => 2022-06-01/2022-06-15
    early 2022 => 2022-01-01/2022-04-30
    mid 2022 => 2022-05-01/2022-08-31
    mid-2022 => 2022-05-01/2022-08-31
    late 2022 => 2022-10-01/2022-12-31
    in late last year => 2023-10-01/2023-12-31
    early June 2022 => 2022-06-01/2022-06-10
    mid-June => 2024-06-11/2024-06-20
    late February 2024 => 2024-02-21/2024-02-29
    the middle of June 2022 => 2022-06-11/2022-06-20
    the middle of June 2022 (the 16th) => 2022-06-16
    June 2022, the 16th => 2022-06-16
    first three months of 2022 => 2022-01-01/2022-03-31
    the last two months of 2022 => 2022-11-01/2022-12-31
    the first week of March 2022 => 2022-03-01/2022-03-07
    second week of March 2022 => 2022-03-08/2022-03-14
    last week of June 2022 => 2022-06-24/2022-06-30
    last day of February 2024 => 2024-02-29
    the first ten days of May 2022 => 2022-05-01/2022-05-10
    last weekend of June 2022 => 2022-06-25/2022-06-26
    last month of 2022 => 2022-12
    summer 2022 => 2022-06-01/2022-08-31
    the summer of 2022 => 2022-06-01/2022-08-31
    last winter => 2023-12-01/2024-02-29
    winter 2021/22 => 2021-12-01/2022-02-28
    winter 2021 => 2021-12-01/2022-02-28
    last spring => 2024-03-01/2024-05-31
    in the autumn => 2023-09-01/2023-11-30
    fall 2021 => 2021-09-01/2021-11-30
    this summer => 2024-06-01/2024-08-31
    last summer => 2023-06-01/2023-08-31
    the 2010s => 2010-01-01/2019-12-31
    the nineties => 1990-01-01/1999-12-31
    2024-W05 => 2024-01-29/2024-02-04
    week 5 of 2024 => 2024-01-29/2024-02-04
    the week of 5 June 2024 => 2024-06-03/2024-06-09
    week ending 9 June 2024 => 2024-06-03/2024-06-09
    week commencing 3 June 2024 => 2024-06-03/2024-06-09
    the year ended 31 March 2024 => 2023-04-01/2024-03-31
    12 months to June 2023 => 2022-07-01/2023-06-30
    six months ending 30 September 2023 => 2023-04-01/2023-09-30
    quarter ended 31 March 2023 => 2023-Q1
    the weekend of 4 May 2024 => 2024-05-04/2024-05-05
    in the early 2010s => 2010-01-01/2012-12-31
    summer months of 2022 => 2022-06-01/2022-08-31
    in the month before Christmas 2022 => 2022-11
    the first and second quarter of 2022 => 2022-Q1, 2022-Q2
    financial year ending 31 March 2023 => 2022-04-01/2023-03-31
"""

FROM_TODAY = """
    last year => 2023
    last years rent => 2023
    last year's rent => 2023
    this year => 2024
    next year => 2025
    previous year => 2023
    the current year => 2024
    the year before last => 2022
    last month => 2024-07
    this month => 2024-08
    previous month => 2024-07
    the prior month => 2024-07
    month before last => 2024-06
    lst month => 2024-07
    last monht => 2024-07
    last yaer => 2023
    thsi month => 2024-08
    past month => 2024-07-21/2024-08-20
    past year => 2023-08-21/2024-08-20
    this past year => 2023-08-21/2024-08-20
    over the last year => 2023-08-21/2024-08-20
    in the last month => 2024-07-21/2024-08-20
    last week => 2024-08-12/2024-08-18
    this week => 2024-08-19/2024-08-25
    the past week => 2024-08-14/2024-08-20
    last fortnight => 2024-08-07/2024-08-20
    last decade => 2014-08-21/2024-08-20
    this decade => 2020-01-01/2029-12-31
    last weekend => 2024-08-17/2024-08-18
    the last 90 days => 2024-05-23/2024-08-20
    last 7 days => 2024-08-14/2024-08-20
    past 3 months => 2024-05-21/2024-08-20
    last six months => 2024-02-21/2024-08-20
    the last 12 months => 2023-08-21/2024-08-20
    last twelve months => 2023-08-21/2024-08-20
    last 3 full months => 2024-05-01/2024-07-31
    last two complete years => 2022-01-01/2023-12-31
    the past two years => 2022-08-21/2024-08-20
    last couple of weeks => 2024-08-07/2024-08-20
    the last few months => 2024-05-21/2024-08-20
    last 4 quarters => 2023-07-01/2024-06-30
    next two weeks => 2024-08-21/2024-09-03
    previous 30 days => 2024-07-22/2024-08-20
    year to date => 2024-01-01/2024-08-20
    year-to-date => 2024-01-01/2024-08-20
    YTD => 2024-01-01/2024-08-20
    ytd 2023 => 2023-01-01/2023-08-20
    MTD => 2024-08-01/2024-08-20
    month to date => 2024-08-01/2024-08-20
    qtd => 2024-07-01/2024-08-20
    so far this year => 2024-01-01/2024-08-20
    this year so far => 2024-01-01/2024-08-20
    so far in this month => 2024-08-01/2024-08-20
    this quarter so far => 2024-07-01/2024-08-20
    2024 so far => 2024-01-01/2024-08-20
    the year to date => 2024-01-01/2024-08-20
    yesterday => 2024-08-19
    yesteday => 2024-08-19
    yesterday's lunch => 2024-08-19
    today => 2024-08-20
    tomorrow => 2024-08-21
    the day before yesterday => 2024-08-18
    last night => 2024-08-19
    3 days ago => 2024-08-17
    two weeks ago => 2024-08-05/2024-08-11
    three months ago => 2024-05
    two years ago => 2022
    a year ago => 2023
    a year ago today => 2023-08-20
    last Friday => 2024-08-16
    last Tuesday => 2024-08-13
    on Tuesday => 2024-08-20
    on Monday => 2024-08-19
    on friday => 2024-08-16
    this friday => 2024-08-23
    next Friday => 2024-08-23
    last sat => 2024-08-17
    Friday last week => 2024-08-16
    ever => *
    of all time => *
    over the years => *
    to date => *
    so far => *
    since the start => *
    since the very beginning => *
    all years => *
    trailing 12 months => 2023-08-21/2024-08-20
    TTM => 2023-08-21/2024-08-20
    half a year ago => 2024-02
    YTD vs last YTD => 2024-01-01/2024-08-20, 2023-01-01/2023-08-20
    so far in 2024 => 2024-01-01/2024-08-20
    2022 so far => 2022
    over the weekend => 2024-08-17/2024-08-18
    what was the dearest thing of the year? => 2024
    budget for the month => 2024-08
    the last complete month => 2024-07
    the most recent quarter => 2024-Q2
    this past weekend => 2024-08-17/2024-08-18
"""

DAYS = """
    5 Sept 2021 => 2021-09-05
    5th Sept 2021 => 2021-09-05
    the 5th of September, 2021 => 2021-09-05
    Sept 5 2021 => 2021-09-05
    September 5th, 2021 => 2021-09-05
    Sep. 5, 2021 => 2021-09-05
    June 9th => 2024-06-09
    9 june => 2024-06-09
    on the 3rd of March => 2024-03-03
    the first of October => 2023-10-01
    31/12/2022 => 2022-12-31
    12/31/2022 => 2022-12-31
    03/04/2022 => 2022-04-03
    3.4.2022 => 2022-04-03
    31/12/22 => 2022-12-31
    2022/08/01 => 2022-08-01
    2022-08-01 => 2022-08-01
    2022.08.01 => 2022-08-01
    5-Mar-2022 => 2022-03-05
    05-mar-22 => 2022-03-05
    on 31/12 => 2023-12-31
    Tuesday 5 March 2024 => 2024-03-05
    Monday, June 3rd => 2024-06-03
    on the 15th => 2024-08-15
    on the 25th => 2024-07-25
    the 15th of last month => 2024-07-15
    29 February => 2024-02-29
    may 5 => 2024-05-05
    5 may 2022 => 2022-05-05
    march 3 => 2024-03-03
    Christmas 2022 => 2022-12-24/2022-12-26
    at Christmas => 2023-12-24/2023-12-26
    last christmas => 2023-12-24/2023-12-26
    xmas 2021 => 2021-12-24/2021-12-26
    Christmas Eve 2022 => 2022-12-24
    New Year's Eve 2022 => 2022-12-31
    on new year's day => 2024-01-01
    Easter 2024 => 2024-03-31
    Thanksgiving 2023 => 2023-11-23
    Black Friday 2023 => 2023-11-24
    on 5 March and 6 April 2022 => 2022-03-05, 2022-04-06
    this time last year => 2023-08-20
    on 2nd June 22 => 2022-06-02
    2022-08-05T10:00 => 2022-08-05
    in top 5 March bills => 2024-03
    the last Friday of May 2024 => 2024-05-31
    the last Tuesday of July => 2024-07-30
    first Monday of June 2024 => 2024-06-03
    third Thursday in May 2023 => 2023-05-18
"""

NEIGHBOURS = """
    2021 and the year before => 2021, 2020
    2021 against the previous one => 2021, 2020
    last year against the one before => 2023, 2022
    last year vs the year before that => 2023, 2022
    this month compared to last => 2024-08, 2024-07
    this quarter vs last quarter => 2024-Q3, 2024-Q2
    this year vs last => 2024, 2023
    June 2022 versus the month before => 2022-06, 2022-05
    June 2022 and the month after => 2022-06, 2022-07
    June 2022 against the same month the year before => 2022-06, 2021-06
    Q2 2022 vs same quarter last year => 2022-Q2, 2021-Q2
    June 2022 vs the same month in 2019 => 2022-06, 2019-06
    this month vs the same month last year => 2024-08, 2023-08
    2022 and the two years before => 2022, 2020-01-01/2021-12-31
    the week before Christmas => 2023-12-17/2023-12-23
    the month after June 2021 => 2021-07
    the year before 2020 => 2019
    2021 and the following year => 2021, 2022
    Q1 2022 and the next quarter => 2022-Q1, 2022-Q2
    the year before that =>
    the one before =>
    that same month =>
    the same period last year =>
    that year =>
    since then =>
"""

NOTHING = """
    how much did mark pay =>
    may I see my balance =>
    may we have the totals =>
    how much may it cost =>
    may => 2024-05
    donations to March for Science =>
    the protest march on town =>
    what did I pay August =>
    paid to April =>
    lent june some cash =>
    money sat in savings =>
    the sun shone =>
    wed my wife =>
    list every shop over 125 =>
    shops over 2000 dollars =>
    shops over $2000 =>
    more than 2000 =>
    a $2023 laptop =>
    the laptop for 2023 USD =>
    2023€ laptop =>
    EUR 2023 laptop =>
    1,000,000 =>
    2,023 =>
    2023.50 =>
    check 2023 =>
    invoice no 2021 =>
    top 5 shops =>
    5 coffees =>
    my 401k =>
    1password =>
    2 years' worth of rent =>
    12 months of rent =>
    90 days =>
    per month =>
    monthly =>
    each year =>
    by quarter =>
    by year =>
    every week =>
    month by month =>
    year over year =>
    year-on-year =>
    average per day =>
    by calendar year =>
    #trip-oslo-2019 =>
    trip-oslo-2019 =>
    ^invoice-2023-04 =>
    Expenses:Kids:2023 =>
    member-2011 =>
    COVID-19 tests =>
    24/7 support =>
    1/2 of the rent =>
    second =>
    on Fridays =>
    every Friday =>
    weekends =>
    Monday to Friday =>
    Ruby Tuesday =>
    winter tyres =>
    summer camp =>
    spring water =>
    christmas presents =>
    what APR do I pay =>
    SEP IRA contributions =>
    the last transaction =>
    my last 5 purchases =>
    latest visit =>
    first purchase =>
    past due bills =>
    this account =>
    next of kin =>
    the quartet =>
    sundry costs =>
    last list =>
    fall protection gear =>
    at Second Cup =>
    half of the rent =>
    daylight lamps =>
    what is the date =>
    99999999 =>
    0000-00-00 =>
    32/13/2022 =>
    2023-13-45 =>
    30 February 2023 => 2023-02
    the last 99999999 days =>
    augusta national =>
    century eggs =>
    yearly totals =>
    remember the milk =>
    7-eleven =>
    shops between 1500 and 2000 =>
    shops between 1990 and 2010 dollars =>
    2020 or more =>
    which was the month with the highest bill =>
    which year was worst =>
    a typical week =>
    30-day notice =>
    at the weekend =>
"""

CASES = [
    row
    for text in (YEARS, MONTHS, RANGES, OPEN, STATES, PARTS, FROM_TODAY, DAYS, NEIGHBOURS, NOTHING)
    for row in table(text)
]


@pytest.mark.parametrize(("question", "periods"), CASES, ids=[question for question, _ in CASES])
def test_words_name_these_days(question: str, periods: str) -> None:
    assert said(question) == wanted(periods)


@pytest.mark.parametrize(
    "frame", ["what did we pay for oil {}?", "{} - oil, please", "Tell me, {}, how much oil was it", "oil {}"]
)
@pytest.mark.parametrize(
    "words", ["in 2021", "last quarter", "from Oct 2021 to May 2022", "on 5 June 2022", "since May 2020"]
)
def test_the_rest_of_the_sentence_does_not_matter(frame: str, words: str) -> None:
    assert said(frame.format(words)) == said(words)
    assert said(frame.format(words).upper()) == said(words)


def test_there_are_plenty_of_cases() -> None:
    assert len(CASES) >= 250


# ---------------------------------------------------------------------------------------- labels, kinds and spans

LABELS = """
    in 2023 => in 2023
    march 2024 => in March 2024
    on 5/3/2024 => on 2024-03-05
    Oct 2023 to April 2024 => from 2023-10-01 to 2024-04-30
    Q2 2024 => in Q2 2024
    since June 2015 => since 2015-06-01
    until the end of 2023 => until 2023-12-31
    before 2020 => until 2019-12-31
    as of 30 Nov 2023 => as of 2023-11-30
    last quarter => in Q2 2024
    second half of 2022 => in the second half of 2022
    last week => in the week from 2024-08-12 to 2024-08-18
    the 2010s => in the 2010s
    late 2022 => in late 2022 (2022-10-01 to 2022-12-31)
    summer 2022 => in summer 2022 (2022-06-01 to 2022-08-31)
    at Christmas 2022 => at Christmas 2022 (2022-12-24 to 2022-12-26)
    the last 7 days => from 2024-08-14 to 2024-08-20
"""


@pytest.mark.parametrize(("question", "label"), table(LABELS))
def test_labels_are_ready_for_a_sentence(question: str, label: str) -> None:
    (found,) = find_periods(question, TODAY)
    assert found.period.label == label


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("in 2023", "range"),
        ("on 3 May 2023", "day"),
        ("since 2020", "since"),
        ("until 2020", "until"),
        ("end of 2020", "as_of"),
        ("right now", "now"),
        ("ever", "all"),
    ],
)
def test_kinds(question: str, kind: str) -> None:
    assert [found.kind for found in find_periods(question, TODAY)] == [kind]


def test_spans_cover_the_words_of_time_and_nothing_else() -> None:
    text = "What did we spend on oil in March or April 2022, not since last Friday"
    assert [found.text for found in find_periods(text, TODAY)] == ["in March", "April 2022", "since last Friday"]


def test_the_day_meant_for_a_balance() -> None:
    assert find_periods("two months ago", TODAY)[0].at == dt.date(2024, 6, 20)
    assert find_periods("mid June 2022", TODAY)[0].at == dt.date(2022, 6, 15)
    assert find_periods("end of June 2022", TODAY)[0].at == dt.date(2022, 6, 30)


def test_a_question_about_the_future_looks_ahead() -> None:
    assert said("what will it be worth at Christmas") == wanted("2024-12-24/2024-12-26")
    assert said("what are we going to pay in November") == wanted("2024-11")


@pytest.mark.parametrize(
    ("today", "question", "periods"),
    [
        ("2024-12-31", "last 12 months", "2024"),
        ("2024-06-30", "last 3 months", "2024-04-01/2024-06-30"),
        ("2024-01-01", "last month", "2023-12"),
        ("2024-01-01", "yesterday", "2023-12-31"),
        ("2024-12-31", "savings at year end", "/2024-12-31"),
        ("2024-03-31", "a month ago", "2024-02"),
        ("2023-03-01", "29 February", "2020-02-29"),
        ("2026-01-31", "January", "2026-01"),
        ("2026-01-31", "February", "2025-02"),
        ("2024-02-29", "last year", "2023"),
        ("2024-02-10", "Oct to April", "2022-10-01/2023-04-30"),
        ("2024-04-10", "Oct to April", "2023-10-01/2024-04-30"),
    ],
)
def test_it_depends_on_today(today: str, question: str, periods: str) -> None:
    assert said(question, dt.date.fromisoformat(today)) == wanted(periods)


# -------------------------------------------------------------------------------------------------- fiscal years


@pytest.mark.parametrize(
    ("question", "start", "periods"),
    [
        ("FY 2023-24", 7, "2023-07-01/2024-06-30"),
        ("FY2023-24", 7, "2023-07-01/2024-06-30"),
        ("FY 2023/24", 7, "2023-07-01/2024-06-30"),
        ("fiscal year 2023-2024", 7, "2023-07-01/2024-06-30"),
        ("FY24", 7, "2023-07-01/2024-06-30"),
        ("FY 24", 7, "2023-07-01/2024-06-30"),
        ("fy2024", 7, "2023-07-01/2024-06-30"),
        ("fiscal 2024", 7, "2023-07-01/2024-06-30"),
        ("financial year 2024", 7, "2023-07-01/2024-06-30"),
        ("FY24", 1, "2024"),
        ("FY24", None, "2024"),
        ("2023/24", 7, "2023-07-01/2024-06-30"),
        ("2023-24", 7, "2023-07-01/2024-06-30"),
        ("tax year 2023/24", 4, "2023-04-01/2024-03-31"),
        ("UK tax year 2023/24", None, "2023-04-06/2024-04-05"),
        ("FY 2011-12", 4, "2011-04-01/2012-03-31"),
        ("last fiscal year", 7, "2023-07-01/2024-06-30"),
        ("this financial year", 7, "2024-07-01/2025-06-30"),
        ("fiscal year to date", 7, "2024-07-01/2024-08-20"),
        ("last two fiscal years", 7, "2022-07-01/2024-06-30"),
        ("Q1 FY24", 7, "2023-07-01/2023-09-30"),
        ("FY24 Q3", 7, "2024-01-01/2024-03-31"),
        ("Q2 of fiscal year 2023-24", 7, "2023-10-01/2023-12-31"),
        ("last fiscal quarter", 8, "2024-05-01/2024-07-31"),
        ("end of FY 2022-23", 7, "/2023-06-30"),
        ("Our fiscal year starts in April. FY 2022-23 costs?", 7, "2022-04-01/2023-03-31"),
        ("Our financial year ends on 30 June; what about FY2023?", None, "2022-07-01/2023-06-30"),
        ("the tax year runs from 6 April to 5 April: tax year 2021/22", 1, "2021-04-06/2022-04-05"),
        ("costs FY 2021-22 (1 Oct to 30 Sep)", None, "2021-10-01/2022-09-30"),
        ("FY 2021-22 (October to September) by shop", 1, "2021-10-01/2022-09-30"),
        ("FY 2021-22 vs FY 2022-23", 7, "2021-07-01/2022-06-30, 2022-07-01/2023-06-30"),
    ],
)
def test_fiscal_years(question: str, start: int | None, periods: str) -> None:
    assert said(question, fiscal_start=start) == wanted(periods)


def test_a_fiscal_year_says_its_days_and_what_it_assumes() -> None:
    (known,) = find_periods("FY 2023-24", TODAY, fiscal_start=8)
    assert known.period.label == "in fiscal year 2023-24 (2023-08-01 to 2024-07-31)"
    assert not known.note
    (unknown,) = find_periods("FY24", TODAY)
    assert "no start of the fiscal year is known" in unknown.note


# -------------------------------------------------------------------------------------------------------- events


@pytest.mark.parametrize(
    ("question", "periods"),
    [
        ("what did we spend since we moved", "2021-05-03/"),
        ("since moving to the coast", "2021-05-03/"),
        ("before the wedding", "/2019-09-06"),
        ("after the wedding, on flowers", "2019-09-08/"),
        ("until the wedding", "/2019-09-07"),
        ("since we bought a dog", ""),
    ],
)
def test_events_of_the_ledger_are_dates(question: str, periods: str) -> None:
    events = {"moved to the coast": dt.date(2021, 5, 3), "wedding": dt.date(2019, 9, 7)}
    assert said(question, events=events) == wanted(periods)


# ---------------------------------------------------------------------------------------------------- follow-ups


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("and the year before that?", "in 2022", "2021"),
        ("the year before?", "in 2022", "2021"),
        ("and the year after", "in 2022", "2023"),
        ("what about the previous year", "in 2022", "2021"),
        ("and the following year?", "in 2022", "2023"),
        ("a year earlier?", "in March 2022", "2021-03"),
        ("two years earlier?", "in March 2022", "2020-03"),
        ("the month before", "in March 2022", "2022-02"),
        ("and the month after that", "in March 2022", "2022-04"),
        ("and the previous month?", "in March 2022", "2022-02"),
        ("the year before that", "in March 2022", "2021-03"),
        ("the quarter before", "in Q1 2022", "2021-Q4"),
        ("the month before", "in 2022", "2021-12"),
        ("the month after", "in 2022", "2023-01"),
        ("the one before?", "in March 2022", "2022-02"),
        ("compare it with the previous one", "in Q3 2022", "2022-Q2"),
        ("and the one after?", "in 2022", "2023"),
        ("same period last year?", "in March 2022", "2021-03"),
        ("same month in 2019", "in March 2022", "2019-03"),
        ("the same quarter a year earlier", "in Q2 2022", "2021-Q2"),
        ("same time the year before", "from 2022-01-01 to 2022-08-20", "2021-01-01/2021-08-20"),
        ("that same year", "in March 2022", "2022"),
        ("what about oil that year", "in 2022", "2022"),
        ("and for that month?", "on 5 March 2022", "2022-03"),
        ("the day before", "on 1 March 2022", "2022-02-28"),
        ("the week before", "the week of 8 March 2022", "2022-02-28/2022-03-06"),
        ("the year before", "from 2019-01-01 to 2022-12-31", "2018"),
        ("the three years before", "in 2022", "2019-01-01/2021-12-31"),
        ("the period before", "from 2022-01-01 to 2022-01-10", ""),
        ("the previous period", "from 2022-01-01 to 2022-01-10", "2021-12-22/2021-12-31"),
        ("a year earlier", "as of 2022-12-31", "/2021-12-31"),
        ("since then?", "in March 2022", "2022-03-01/"),
        ("and before that", "in March 2022", "/2022-02-28"),
        ("and after that?", "in March 2022", "2022-04-01/"),
        ("and in april?", "in March 2022", "2022-04"),
        ("april?", "in March 2022", "2022-04"),
        ("and q3?", "in Q2 2021", "2021-Q3"),
        ("and in march?", "in 2021", "2021-03"),
        ("what about the second half", "in 2021", "2021-07-01/2021-12-31"),
        ("and 2019?", "in 2021", ""),
        ("and last year?", "in 2021", ""),
        ("the one before last", "in 2021", ""),
        ("how about oil", "in 2021", ""),
        ("the year before last", "in 2010", ""),
        ("split it by month", "in 2010", ""),
        ("year by year", "in 2010", ""),
    ],
)
def test_follow_ups_lean_on_the_period_before(text: str, before: str, after: str) -> None:
    (previous,) = find_periods(before, TODAY)
    found = relative_to(text, previous.period, TODAY)
    assert ([written(found)] if found else []) == wanted(after)


def test_a_shifted_period_keeps_its_manner_of_naming() -> None:
    fiscal = find_periods("FY 2022-23", TODAY, fiscal_start=8)[0].period
    assert shift(fiscal, Unit.YEAR, -1).label == "in fiscal year 2021-22 (2021-08-01 to 2022-07-31)"
    state = find_periods("end of 2022", TODAY)[0].period
    assert shift(state, Unit.YEAR, -1).label == "as of 2021-12-31"
    assert (
        shift_by_own_length(Period(dt.date(2022, 3, 1), dt.date(2022, 4, 1), "in March 2022"), 1).label
        == "in April 2022"
    )


def test_nothing_leans_on_no_period() -> None:
    assert relative_to("the year before that", Period(), TODAY) is None


# ------------------------------------------------------------------------------------------------------ weekdays


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("coffee on Fridays", (4,)),
        ("coffee on fridays and mondays", (0, 4)),
        ("every Tuesday", (1,)),
        ("each wednesday", (2,)),
        ("on a Sunday", (6,)),
        ("on weekends", (5, 6)),
        ("weekend shopping", (5, 6)),
        ("on weekdays only", (0, 1, 2, 3, 4)),
        ("Monday to Friday", (0, 1, 2, 3, 4)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("Friday through Sunday", (4, 5, 6)),
        ("working days", (0, 1, 2, 3, 4)),
        ("Saturdays vs Sundays", (5, 6)),
        ("last Friday", ()),
        ("last weekend", ()),
        ("on Friday", ()),
        ("by weekday", ()),
        ("which weekday is dearest", ()),
        ("dinner at TGI Fridays", ()),
        ("the money sat there", ()),
        ("Black Friday", ()),
    ],
)
def test_weekdays_as_a_filter(text: str, days: tuple[int, ...]) -> None:
    assert find_weekdays(text) == days


# ---------------------------------------------------------------------------------------------------- properties

DATES = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))
FRAGMENTS = st.sampled_from(
    "last next this the of in on since until before after between and to from by 2023 '21 may march Q2 h1 5 15th 31/12/2022 "
    "year month week quarter half end start early late fiscal FY24 2022-23 ago two Friday christmas summer ( ) , - . vs same "
    "that previous one ended 12 now date ever so far $ 3000 first".split()
)
TEXTS = st.one_of(st.text(), st.lists(FRAGMENTS, max_size=14).map(" ".join))


@given(TEXTS, DATES, st.sampled_from([None, 1, 4, 7]))
def test_any_text_gives_sound_periods(text: str, today: dt.date, fiscal_start: int | None) -> None:
    end = 0
    for found in find_periods(text, today, fiscal_start=fiscal_start, events={"move": dt.date(2021, 5, 3)}):
        assert 0 <= end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        end = found.end
        assert bool(found.period) == (found.kind != "all")
        assert found.period.label or not found.period
        if found.period.start and found.period.end:
            assert found.period.start < found.period.end
    find_weekdays(text)


@given(TEXTS, TEXTS, DATES)
def test_any_follow_up_is_sound(text: str, before: str, today: dt.date) -> None:
    for found in find_periods(before, today):
        period = relative_to(text, found.period, today)
        assert period is None or period.label
        assert period is None or not (period.start and period.end) or period.start < period.end


@given(DATES, DATES)
def test_iso_dates_round_trip(day: dt.date, today: dt.date) -> None:
    (found,) = find_periods(f"what happened on {day.isoformat()}?", today)
    assert found.period == Period(day, day + dt.timedelta(days=1), f"on {day.isoformat()}")


@given(DATES, DATES, DATES)
def test_labels_of_ranges_read_back_as_themselves(one: dt.date, two: dt.date, today: dt.date) -> None:
    start, end = min(one, two), max(one, two)
    if start == end:
        return
    label = f"from {start.isoformat()} to {end.isoformat()}"
    (found,) = find_periods(label, today)
    assert found.period == Period(start, end + dt.timedelta(days=1), label)


@given(DATES, DATES)
def test_named_units_read_back_as_themselves(day: dt.date, today: dt.date) -> None:
    for unit in (
        f"in {day.year}",
        f"in {calendar.month_name[day.month]} {day.year}",
        f"in Q{(day.month + 2) // 3} {day.year}",
    ):
        (found,) = find_periods(f"oil {unit}", today)
        assert found.period.label == unit
        assert found.period.start is not None
        assert found.period.start <= day
        assert found.period.end is not None
        assert day < found.period.end


@given(DATES, st.integers(-600, 600))
def test_adding_months_keeps_the_day_or_ends_the_month(day: dt.date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, calendar.monthrange(moved.year, moved.month)[1])


def test_easter_sundays() -> None:
    """Against the table of the Astronomical Applications Department of the U.S. Naval Observatory."""
    assert [easter(year).isoformat()[5:] for year in range(2018, 2026)] == [
        "04-01", "04-21", "04-12", "04-04", "04-17", "04-09", "03-31", "04-20",
    ]  # fmt: skip
