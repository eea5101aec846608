"""Years, months, quarters, ranges and open ends: which words name them, and the days that they mean (2024-08-20)."""

from __future__ import annotations

import pytest

from tests.dialog.period_tables import said, table, wanted

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

CASES = [row for text in (YEARS, MONTHS, RANGES, OPEN, STATES, PARTS) for row in table(text)]


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
