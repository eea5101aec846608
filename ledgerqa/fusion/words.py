"""Words that say a number, a currency or a date: the reader may not write them by itself.

`forbidden` is asked for each word of free text, without its case and diacritics ("Fıve", "FÎVE" are "five").  The
tables are wider than needed on purpose: what they cost is a choice of words, what they hold back is a figure
that no one checked.  Words are English, with the numerals of the languages whose ledgers are most common.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

NUMERALS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety hundred thousand million billion
trillion quadrillion quintillion zillion gazillion dozen half third fourth fifth sixth seventh eighth ninth tenth
eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth
fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth thousandth millionth billionth
eins zwei drei vier funf sechs sieben acht neun zehn zwolf zwanzig dreissig vierzig funfzig sechzig siebzig achtzig
neunzig hundert tausend milliarde deux trois quatre cinq huit neuf onze douze treize quatorze quinze vingt trente
quarante cinquante soixante mille milliard dos tres cuatro cinco seis siete ocho nueve diez doce trece catorce quince
veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil millon tre quattro cinque sette
otto nove dieci dodici venti trenta quaranta cinquanta cento milione een twee vijf zes zeven negen tien twaalf twintig
honderd duizend miljoen dois quatro oito dez vinte trinta cem
""".split()

_NUMERALS = "|".join(sorted(NUMERALS, key=len, reverse=True))
_NUMERAL = re.compile(rf"(?:(?:{_NUMERALS})(?:and|und)?)+(?:e?s|th|ths|fold|ish|some|er|ers|en|aire)?")

# Stands in no other word of note, so that nothing may be stuck to it either ("xmillion").
_INSIDE = re.compile(r"[mbtr]illi(?:on|ard)|thousand|hundred|hundert|percent|dollar|twenty|thirty|eleven|twelve")

COUNTING = """
once twice thrice double doubles doubled doubling triple triples tripled tripling treble quadruple quadrupled quintuple
single singly twin twins couple couples pair pairs trio quartet both halve halves halved halving quarter quarters
second seconds nought naught nil zilch percent percents percentage percentages percentile pct permille promille bps
lakh lakhs crore crores thou mn bn tn mio mrd mln bln point points decimal decimals dot minus plus negative positive
decade decades century centuries fortnight
ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx xxx xl xc
""".split()

CURRENCIES = """
dollar dollars euro euros cent cents pound pounds penny pence pennies yen yens yuan renminbi franc francs rupee rupees
peso pesos reais krona kronor krone kroner kronur zloty zlotys rouble roubles ruble rubles lira liras lire shekel
shekels baht dong rands bitcoin bitcoins satoshi sterling buck bucks quid fiver fivers tenner tenners dime dimes forint
forints koruna hryvnia dirham dirhams dinar dinars riyal ringgit rupiah escudo guilder guilders mark marks pfennig
kr rs rp rmb zl kc lei leu
usd eur gbp jpy chf aud nzd cny cnh hkd sgd sek nok dkk isk pln czk huf bgn rub uah ils inr pkr lkr bdt idr myr php thb
vnd krw twd zar egp ngn kes ghs aed qar kwd bhd omr jod brl mxn ars clp cop uyu pyg btc eth xbt xau xag usdt usdc
dem frf itl esp nlg ats bef fim grd pte iep
""".split()

DATES = """
january february march april june july august september october november december jan feb mar apr jun jul aug sep sept
oct nov dec monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
saturdays sundays mon tue tues thu thur thurs fri today yesterday tomorrow tonight
""".split()

DATES_WHEN_CAPITAL = frozenset({"May", "Wed", "Sat", "Sun"})  # otherwise words like any
AFTER_FIGURE = frozenset("won real rand grand large basis st nd rd th pc mm mil mill gross score lots".split())
BEFORE_FIGURE = frozenset({"times", "less", "I"})
AFTER_APOSTROPHE = frozenset({"s", "t", "d", "m", "ll", "re", "ve"})
SINGLE_LETTERS = frozenset({"a", "A", "I"})

_CURRENCIES = frozenset(CURRENCIES)
_TABLE = frozenset((*COUNTING, *CURRENCIES, *DATES))
_PLAIN = str.maketrans("ıøłđðħŧŋĸþ", "iolddhtnkp") | {ord("æ"): "ae", ord("œ"): "oe"}


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """The word without case and diacritics."""
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=50_000)
def forbidden(word: str) -> bool:
    """Whether the word itself says a number, a sign, a currency or a date."""
    plain = folded(word)
    if plain in _TABLE or word in DATES_WHEN_CAPITAL:
        return True
    return _NUMERAL.fullmatch(plain) is not None or _INSIDE.search(plain) is not None


def is_currency(word: str) -> bool:
    """Whether the word names a currency, by its code or in words."""
    return folded(word) in _CURRENCIES
