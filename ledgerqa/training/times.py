"""Periods, days, amounts and counts as people write them, drawn at random for the slots of phrasings.

Only for variety: nothing here is resolved to days (`dialog.periods` does that).  The prepositions that a period
needs come with it, since "in" goes with "March" and "on" with "5 March".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

MONTHS: Final = tuple("January February March April May June July August September October November December".split())
SHORT: Final = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Sept".split())
SEASONS: Final = ("spring", "summer", "autumn", "winter", "fall")
UNITS: Final = ("day", "week", "month", "quarter", "year")
WEEKDAYS: Final = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
SMALL: Final = tuple("two three four five six seven eight nine ten twelve eighteen".split())
FEASTS: Final = (
    "Christmas", "Easter", "Thanksgiving", "New Year", "Black Friday", "the holidays", "Ramadan", "Diwali", "lockdown",
    "the summer holidays", "half term", "Carnival",
)  # fmt: skip
EVENTS: Final = (
    "we moved", "i moved to {town}", "we moved to {town}", "I changed jobs", "the baby was born", "i joined",
    "we opened the books", "we opened the shop", "the wedding", "the merger", "i started freelancing", "we got the dog",
    "I left {town}", "the new lease", "he retired", "the renovation", "we took over", "she started school",
    "the price went up", "the pandemic", "my birthday", "the AGM", "we bought the flat",
)  # fmt: skip
TOWNS: Final = ("Leeds", "Porto", "Utrecht", "Bergen", "Graz", "Denver", "Lyon", "Kyoto", "Gdansk", "Cork", "Turin")
FOREIGN: Final = (
    ("im", "März"), ("im", "Januar 2024"), ("", "letztes Jahr"), ("", "diesen Monat"), ("seit", "2022"),
    ("en", "mars"), ("en", "2023"), ("", "l'année dernière"), ("", "le mois dernier"), ("en", "enero"),
    ("", "el año pasado"), ("", "este mes"), ("in", "maart"), ("", "vorig jaar"), ("", "deze maand"),
    ("w", "marcu"), ("w", "zeszłym roku"), ("a", "marzo"), ("", "l'anno scorso"), ("", "先月"), ("", "去年"),
    ("", "2024年"), ("i", "fjor"), ("em", "março"), ("no", "ano passado"),
)  # fmt: skip
Said = tuple[str, str]  # the preposition ("" where none is needed) and the bare words


def when(random: Random) -> str:
    """A period with its preposition: "in march", "last year", "since we moved"."""
    preposition, words = _period(random, bare=False)
    return f"{preposition} {words}".strip()


def period(random: Random) -> str:
    """A period as a bare noun: "march", "2023", "the last 90 days"."""
    return _period(random, bare=True)[1]


def day(random: Random) -> str:
    """One day, bare: "31 december 2023", "yesterday"."""
    number, month, year = random.randint(1, 31), random.choice(MONTHS), _year(random)
    short = random.choice(SHORT)
    place = MONTHS.index(month) + 1
    forms = (
        f"{number} {month} {year}",
        f"{month} {number}, {year}",
        f"{month} {number}{_ordinal(number)}",
        f"the {number}{_ordinal(number)} of {month}",
        f"{number}{_ordinal(number)} {month} {year}",
        f"{short} {number} {year}",
        f"{number} {short}",
        f"{number}-{short}-{year}",
        f"{year}-{place:02}-{number:02}",
        f"{year}-{place:02}-{number:02}",
        f"{number:02}/{place:02}/{year}",
        f"{place}/{number}/{year[2:]}",
        f"{number}.{place}.{year}",
        f"{number:02}.{place:02}.{year}",
        f"{month} {number} last year",
        f"{month} {year}",
        f"the end of {month}",
        f"the end of {year}",
        f"end of {month} {year}",
        f"year end {year}",
        f"new year's eve {year}",
        f"christmas {year}",
        f"last {random.choice(WEEKDAYS)}",
        f"the start of {year}",
        f"{number}. {month}",
        random.choice(("today", "yesterday", "the day before yesterday", "this morning", "month end", "last month")),
        random.choice(("year end", "the end of last month", "the end of last year", "close of business yesterday")),
        random.choice(MONTHS),
        year,
    )
    return random.choice(forms)


def amount(random: Random) -> str:
    """A bound on amounts: "100", "$50", "1,000 eur"."""
    number = random.choice(
        (
            str(random.choice((5, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 80, 99))),
            str(random.choice((100, 120, 150, 200, 250, 300, 400, 500, 750, 800, 900, 999))),
            str(random.choice((1000, 1200, 1500, 2000, 2500, 5000, 10000, 20000, 50000))),
            f"{random.choice((1, 2, 5, 10, 12, 20)):,},{random.choice(('000', '500', '250'))}",
            f"{random.randint(2, 999)}.{random.randint(0, 99):02}",
            random.choice(
                ("1k", "2k", "5k", "10k", "1.5k", "a hundred", "a thousand", "fifty", "one hundred", "half a million")
            ),
        )
    )
    if random.random() < 0.45:
        return number
    sign, code = random.choice("$€£¥₹"), random.choice(("EUR", "USD", "GBP", "CHF", "SEK", "PLN", "JPY", "NZD", "CAD"))
    word = random.choice(
        ("euros", "euro", "dollars", "bucks", "pounds", "quid", "francs", "kroner", "zloty", "yen", "rupees")
    )
    code = code if random.random() < 0.5 else code.lower()
    return random.choice(
        (f"{sign}{number}", f"{number} {code}", f"{number} {word}", f"{number}{sign}", f"{code} {number}")
    )


def count(random: Random) -> str:
    """How many rows: "5", "three"."""
    return random.choice(
        (str(random.randint(2, 12)), random.choice(SMALL), str(random.choice((15, 20, 25, 30, 50, 100))))
    )


def key(random: Random) -> str:
    """A metadata key that no vocabulary holds."""
    return random.choice(("serial", "invoice", "mileage", "contract", "warranty", "colour", "client-ref", "po number"))


def invented(random: Random) -> str:
    """A name that nobody bears, so that names are told by where they stand: "Brelona", "vask tumori", "Ortek 4471"."""
    words = [
        "".join(random.choice(_SYLLABLES) for _ in range(random.randint(2, 3))) for _ in range(random.choice((1, 1, 2)))
    ]
    if random.random() < 0.5:
        words = [word.capitalize() for word in words]
    if random.random() < 0.15:
        words.append(random.choice(("GmbH", "Ltd", "& Co", "#4471", "0236", "Inc", "24", "s.r.o.", "shop", "club")))
    return " ".join(words)


# ------------------------------------------------------------------------------------------------------ the forms

_SYLLABLES: Final = tuple(
    "ba be bo bra bri da del do dri el en fa fer fi gan go gri ha hel in ja jo ka ken ko kra la lin lo ma mar mi mon na"
    " nel no or os pa per pi po ra ren ri ro sa sel shi so sta ta tek ti tor tu u va vel vi wa wen za zo".split()
)


def _period(random: Random, *, bare: bool) -> Said:
    if random.random() < 0.02:
        return random.choice(FOREIGN)
    forms: tuple[tuple[int, Callable[[Random], Said]], ...] = (
        (16, _month),
        (13, _plain_year),
        (20, _relative),
        (7, _quarter),
        (9, _last_few),
        (5, _half_or_part),
        (3, _season),
        (3, _fiscal),
        (3, _to_date),
        (2, _week),
        (2, _feast),
        (3, _all_time),
        (7, _range),
        (0 if bare else 8, _since),
        (0 if bare else 3, _until),
        (0 if bare else 4, _on_day),
    )
    chosen = random.choices([form for _, form in forms], [weight for weight, _ in forms])[0]
    preposition, words = chosen(random)
    if bare and words.startswith("the ") and random.random() < 0.5:
        words = words.removeprefix("the ")
    return preposition, words


def _year(random: Random) -> str:
    return str(random.choice((*range(2012, 2027), *range(2019, 2026))))


def _ordinal(number: int) -> str:
    return "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _month(random: Random) -> Said:
    month, year = random.choice(MONTHS), _year(random)
    short = random.choice(SHORT)
    words = random.choice(
        (
            month, month, month, f"{month} {year}", f"{month} {year}", f"{short} {year}", short, f"{month} last year",
            f"last {month}", f"this {month}", f"{month} of {year}", f"{month} '{year[2:]}", f"{short}-{year[2:]}",
            f"{year}-{MONTHS.index(month) + 1:02}", f"{MONTHS.index(month) + 1}/{year}", f"{short} {year[2:]}",
            f"the month of {month}", f"early {month}", f"{month} {year} only",
        )
    )  # fmt: skip
    no_preposition = words.startswith(("last", "this"))
    return ("" if no_preposition else random.choice(("in", "in", "in", "for", "during", "of"))), words.removesuffix(
        " only"
    )


def _plain_year(random: Random) -> Said:
    year = _year(random)
    words = random.choice(
        (
            year,
            year,
            year,
            year,
            f"calendar {year}",
            f"all of {year}",
            f"the year {year}",
            f"'{year[2:]}",
            f"calendar year {year}",
            f"the whole of {year}",
        )
    )
    return random.choice(("in", "in", "in", "for", "during", "throughout", "over", "within")), words


def _relative(random: Random) -> Said:
    unit = random.choice((*UNITS[1:], "month", "year", "month", "year", "weekend", "summer", "winter"))
    words = random.choice(
        (
            f"last {unit}", f"last {unit}", f"last {unit}", f"this {unit}", f"this {unit}", f"the previous {unit}",
            f"the past {unit}", f"the current {unit}", f"so far this {unit}", f"{unit} before last", f"a {unit} ago",
            f"the {unit} before last", "yesterday", "today", "this year so far", f"the same {unit} last year",
            f"earlier this {unit}", f"later last {unit}", f"this {unit} to date", f"last {random.choice(WEEKDAYS)}",
            f"{random.choice(('two', 'three', 'five', '2', '3', '4'))} {unit}s ago", "recently", "lately", "nowadays",
        )
    )  # fmt: skip
    return ("in" if words.startswith(("the past", "the previous", "the current")) else ""), words


def _last_few(random: Random) -> Said:
    unit = random.choice(("days", "days", "weeks", "months", "months", "years", "quarters"))
    number = random.choice((*SMALL[:8], "30", "60", "90", "2", "3", "6", "12", "24", "few", "couple of", "14", "180"))
    lead = random.choice(("the last", "the last", "the past", "the previous", "last", "past", "these last"))
    return random.choice(("over", "in", "during", "for", "within", "across")), f"{lead} {number} {unit}"


def _quarter(random: Random) -> Said:
    number, year = random.randint(1, 4), _year(random)
    nth = ("first", "second", "third", "fourth")[number - 1]
    words = random.choice(
        (
            f"Q{number}",
            f"q{number} {year}",
            f"Q{number} {year}",
            f"Q{number} of {year}",
            f"{year} Q{number}",
            f"{year}Q{number}",
            f"the {nth} quarter",
            f"the {nth} quarter of {year}",
            f"the last quarter of {year}",
            f"Q{number} last year",
            f"quarter {number}",
        )
    )
    return random.choice(("in", "for", "in", "during")), words


def _half_or_part(random: Random) -> Said:
    year, month = _year(random), random.choice(MONTHS)
    words = random.choice(
        (
            f"the first half of {year}",
            f"the second half of {year}",
            f"H1 {year}",
            f"h2 {year}",
            "the first half of last year",
            f"first half of {month}",
            f"the first three months of {year}",
            f"the first week of {month}",
            f"the last week of {month}",
            f"the end of {month}",
            f"early {year}",
            f"late {year}",
            f"mid {year}",
            f"the beginning of {year}",
            f"the last month of {year}",
            "the 2010s",
            f"the rest of {year}",
        )
    )
    return random.choice(("in", "for", "over", "during")), words


def _season(random: Random) -> Said:
    season, year = random.choice(SEASONS), _year(random)
    return "in", random.choice(
        (
            f"{season} {year}",
            f"the {season} of {year}",
            f"the {season}",
            f"{season}",
            f"winter {year}/{int(year[2:]) + 1}",
        )
    )


def _fiscal(random: Random) -> Said:
    year = _year(random)
    following = f"{int(year[2:]) + 1:02}"
    words = random.choice(
        (
            f"FY{year[2:]}",
            f"FY{year}",
            f"FY {year}",
            f"fiscal year {year}",
            f"fiscal {year}",
            f"the fiscal year {year}/{following}",
            f"tax year {year}",
            f"the {year}-{following} tax year",
            "this fiscal year",
            "last financial year",
            f"the {year}/{following} season",
            f"{year}/{following}",
            f"financial year {year}-{following}",
        )
    )
    return random.choice(("in", "for")), words


def _to_date(random: Random) -> Said:
    return "", random.choice(
        (
            "ytd",
            "year to date",
            "so far",
            "to date",
            "this year to date",
            "mtd",
            "month to date",
            "YTD",
            "until now",
            "up to now",
            "so far this year",
            "up to today",
            "thus far",
        )
    )


def _week(random: Random) -> Said:
    year, number = _year(random), random.randint(1, 52)
    words = random.choice(
        (
            f"week {number}",
            f"week {number} of {year}",
            f"{year}-W{number:02}",
            f"the week of {day(random)}",
            f"KW {number}",
            f"calendar week {number}",
        )
    )
    return random.choice(("in", "for")), words


def _feast(random: Random) -> Said:
    feast = random.choice(FEASTS)
    return random.choice(("over", "around", "at", "during")), random.choice(
        (feast, f"{feast} {_year(random)}", f"{feast} last year")
    )


def _all_time(random: Random) -> Said:
    return "", random.choice(
        (
            "ever",
            "in total so far",
            "over the years",
            "all time",
            "since the beginning",
            "since the start",
            "of all time",
            "over all years",
            "throughout",
            "since day one",
            "in all these years",
            "over the whole period",
            "all years",
            "across all years",
        )
    )


def _range(random: Random) -> Said:
    one, two = random.sample(range(12), 2)
    year, later = sorted((_year(random), _year(random)))
    names = random.choice((MONTHS, SHORT))
    start, end = names[one], names[two]
    return random.choice(
        (
            ("", f"between {start} and {end}"), ("", f"from {start} to {end}"), ("", f"{start} to {end}"),
            ("", f"{start}-{end} {year}"), ("", f"{start} through {end} {year}"), ("", f"from {year} to {later}"),
            ("", f"between {day(random)} and {day(random)}"), ("", f"from {day(random)} to {day(random)}"),
            ("in", f"{start} and {end}"), ("", f"{year}-{later}"), ("", f"from {start} until {end} {year}"),
            ("in", f"{start} and {end} {year}"), ("", f"from {start} {year} to {end} {later}"),
            ("", f"{start} {year} to {end} {later}"),
            ("in", f"{year} and {later}"),
            ("", f"between {year} and {later}"),
            ("in", f"{start} or {end}"), ("", f"{start} till {end}"), ("", f"{year} through {later}"),
        )
    )  # fmt: skip


def _since(random: Random) -> Said:
    event = random.choice(EVENTS).format(town=random.choice(TOWNS))
    words = random.choice(
        (
            random.choice(MONTHS),
            _year(random),
            day(random),
            f"{random.choice(MONTHS)} {_year(random)}",
            event,
            event,
            f"the beginning of {_year(random)}",
            f"last {random.choice(MONTHS)}",
            "the start of the year",
            "last summer",
            "then",
        )
    )
    return "", f"{random.choice(('since', 'since', 'since', 'after', 'from'))} {words}"


def _until(random: Random) -> Said:
    event = random.choice(EVENTS).format(town=random.choice(TOWNS))
    words = random.choice(
        (_year(random), day(random), f"{random.choice(MONTHS)} {_year(random)}", event, f"the end of {_year(random)}")
    )
    return "", f"{random.choice(('until', 'before', 'up to', 'till', 'by', 'through'))} {words}"


def _on_day(random: Random) -> Said:
    return random.choice(("on", "on", "as of", "at", "by")), day(random)
