"""The words a reader's sentence may be made of, and what each of them claims.

The table is closed: a word that stands neither here nor in the row that bears the sentence is a claim that no row
makes, so the sentence is dropped.  That is why causes, advice, comparisons and hedges need no list to be caught;
they have one only so that the reason can say what was wrong.
"""

from __future__ import annotations

import enum

from ledgerqa.fusion.words import NUMERALS, folded
from ledgerqa.patterns import compiled


class Role(enum.Enum):
    """What a word says of a figure: in which direction it moved, or what kind of figure it is."""

    OUT = "spending"
    IN = "income"
    REFUND = "a refund"
    MOVE = "a transfer"
    BUY = "buying a holding"
    SELL = "selling a holding"
    OWE = "a debt"
    TOTAL = "a total"
    AVERAGE = "an average"
    BALANCE = "a balance"
    WORTH = "net worth"
    NET = "a net figure"
    INCOME = "income of a net figure"
    SURPLUS = "a surplus"
    DEFICIT = "a deficit"
    CHANGE = "a change"
    DIFFERENCE = "a difference"
    RISE = "a rise"
    FALL = "a fall"
    SHARE = "a share"
    COUNT = "a count"
    PER = "a rate by time"
    BUDGET = "a budget"
    LEFT = "what is left"
    USED = "what is used"
    PRICE = "a price"
    COST = "what it cost"
    VALUE = "a market value"
    GAIN = "a gain"
    LOSS = "a loss"
    ONE = "a single entry"
    MANY = "several entries"
    LARGEST = "the largest"
    SMALLEST = "the smallest"
    LATEST = "the latest"
    EARLIEST = "the earliest"
    CHECK = "a balance check"


NEUTRAL = frozenset(
    """
    a an the of for to from at on in into with by and as via using through under it its this that these those there
    which where your yours you we our ours us i my mine me was were is are be been being had has have here also
    recorded records record booked posted entered dated made listed shows show showing shown described labelled
    labeled noted narration payee account accounts memo description tagged tag ledger row date amount amounts amounting
    amounted figure took place happened occurred according says say states named called category
    categorised categorized filed against went goes go came come comes did result answer during s
    currency currencies
    """.split()
)
POINTING = frozenset("it this that these those which".split())  # at what another sentence said

WORDS: dict[str, frozenset[Role]] = {}


def _say(role: Role, words: str) -> None:
    for word in words.split():
        WORDS[word] = WORDS.get(word, frozenset()) | {role}


_say(Role.OUT, "spent spend spending spends paid pay pays paying payment payments bought buy purchase purchases")
_say(Role.OUT, "cost costs charge charged charges expense expenses expenditure outgoings debited debit bill billed")
_say(Role.OUT, "outflow purchased")
_say(Role.IN, "received receive receives receipt receipts earned earn earns earning earnings income revenue deposit")
_say(Role.IN, "deposited credited inflow payment paid got")
_say(Role.REFUND, "refund refunds refunded returned return reimbursed reimbursement credited got received")
_say(Role.MOVE, "transfer transfers transferred moved move withdrawal withdrew withdrawn deposit deposited paid")
_say(Role.MOVE, "payment")
_say(Role.BUY, "bought buy purchase purchased acquired")
_say(Role.SELL, "sold sale sell")
_say(Role.OWE, "owe owed owes owing debt debts outstanding overdrawn")
_say(Role.TOTAL, "total totals totalled totaled totalling totaling altogether overall sum sums combined together")
_say(Role.AVERAGE, "average averaged averages averaging mean")
_say(Role.BALANCE, "balance balances stood stands stand holds hold held holding holdings contains contained")
_say(Role.WORTH, "worth")
_say(Role.NET, "net")
_say(Role.INCOME, "income")
_say(Role.SURPLUS, "surplus saved savings exceeded")
_say(Role.DEFICIT, "deficit shortfall exceeded")
_say(Role.CHANGE, "change changed changes")
_say(Role.DIFFERENCE, "difference differs off")
_say(Role.RISE, "rose increase increased grew risen")
_say(Role.FALL, "fell decrease decreased dropped fallen shrank")
_say(Role.SHARE, "share part portion proportion makes make up")
_say(Role.COUNT, "entries entry transactions transaction postings posting bookings booking days day months month years")
_say(Role.COUNT, "year payees different counted count number over times")
_say(Role.PER, "per monthly daily weekly yearly annual annually quarterly every each")
_say(Role.BUDGET, "budget budgeted budgets allowance")
_say(Role.LEFT, "left remaining remains remain")
_say(Role.USED, "used")
_say(Role.PRICE, "price prices priced quoted closed")
_say(Role.COST, "cost basis")
_say(Role.VALUE, "worth value valued market")
_say(Role.GAIN, "gain gained unrealised unrealized profit")
_say(Role.LOSS, "loss lost unrealised unrealized")
_say(Role.ONE, "purchase payment transaction entry booking posting charge expense refund deposit transfer withdrawal")
_say(Role.ONE, "bill sale reimbursement receipt single")
_say(Role.MANY, "purchases payments transactions entries bookings postings charges refunds deposits transfers")
_say(Role.MANY, "withdrawals bills receipts reimbursements")
_say(Role.LARGEST, "largest biggest highest")
_say(Role.SMALLEST, "smallest lowest cheapest")
_say(Role.LATEST, "latest newest last recent")
_say(Role.EARLIEST, "earliest first oldest")
_say(Role.CHECK, "asserted assertion checked check")
# Words that are parts of names in many ledgers: a whole name with one of them is a name in any case.
WEAK = frozenset(
    """
    market savings budget bill bills deposit deposits transfer transfers purchase purchases payment payments sale stand
    holding holdings share part check price closed up daily weekly monthly quarterly yearly annual number times single
    charge charges
    """.split()
)

TIME_UNITS = {"day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month", "months": "month"}
TIME_UNITS |= {"quarter": "quarter", "quarters": "quarter", "year": "year", "years": "year"}
ADVERBS_OF_TIME = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}
ADVERBS_OF_TIME |= {"annual": "year", "annually": "year"}

# Words that no row bears, by why.
DENIED: dict[str, frozenset[str]] = {
    "denies something, and a row says only what is": frozenset(
        "no not never none nothing neither nor without cannot cant dont didnt wasnt werent isnt arent hasnt havent "
        "wont nobody nowhere t don didn wasn weren isn aren hasn haven won couldn wouldn shouldn hardly rarely".split()
    ),
    "compares, and one row compares nothing": frozenset(
        "more most less least than larger bigger higher lower smaller greater fewer fewest better best worse worst "
        "almost nearly exceeds exceed above below beyond twice double half top compared same equal similar unlike "
        "cheaper expensive high low big small large little enough".split()
    ),
    "gives a cause, and a row gives none": frozenset(
        "because therefore thus hence due caused causes cause reason why so consequently thanks led resulting".split()
    ),
    "gives advice, and a row gives none": frozenset(
        "should must ought need needs consider recommend try advise suggest please avoid reduce careful".split()
    ),
    "guesses, and a row does not": frozenset(
        "maybe perhaps probably likely seems seem appears appear about around roughly approximately approx circa some "
        "estimated estimate possibly would could might can will shall may if suppose assuming expected".split()
    ),
    "speaks of all, some or how often, which one row cannot bear": frozenset(
        "all every each any only both several many few various always often usually sometimes ever regularly "
        "frequently just even still already again everything entire whole another other others rest "
        "multiple once twice exclusively solely mainly mostly typically".split()
    ),
    "orders things in time, which one row cannot bear": frozenset(
        "then later next previous previously before after afterwards until till since ago earlier now today yesterday "
        "tomorrow currently soon while when between recently".split()
    ),
}

NUMBER_WORD = compiled(
    rf"(?:(?:{'|'.join(sorted((n for n in NUMERALS if n.isascii()), key=len, reverse=True))})(?:and)?)+(?:e?s|th|ths)?"
)
MORE_NUMBER_WORDS = frozenset(
    "k m bn mn mm mio mil million millions thousand thousands hundred hundreds billion billions dozen dozens half "
    "third quarter percent percents percentage pct permille bps point points couple pair single-digit ii iii iv "
    "vi vii viii ix xi xii "
    "grand lakh crore minus plus negative positive dot comma".split()
)

CURRENCY_WORDS = {
    "dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "pounds": "GBP", "pound": "GBP", "yen": "JPY",
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "us$": "USD",
}  # fmt: skip

MONTHS = (
    "january february march april may june july august september october november december".split(),
    "jan feb mar apr may jun jul aug sep oct nov dec".split(),
)
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def roles(word: str) -> frozenset[Role] | None:
    """What the word may claim: an empty set where it claims nothing, None where the table does not have it."""
    if word in WORDS:
        return WORDS[word]
    return frozenset() if word in NEUTRAL else None


def denied(word: str) -> str:
    """Why no row can bear the word; "" for words that one may."""
    if number_word(word):
        return "says a number in words or shortens one"
    return next((reason for reason, words in DENIED.items() if word in words), "")


def number_word(word: str) -> bool:
    """Whether the word itself is a number, an ordinal, or a suffix that multiplies one."""
    return word in MORE_NUMBER_WORDS or NUMBER_WORD.fullmatch(word) is not None


def closed(word: str) -> bool:
    """Whether the word has a meaning of its own, so that it is never merely part of somebody's name."""
    return roles(word) is not None or bool(denied(word)) or word in MONTHS[0] or word in MONTHS[1] or word in WEEKDAYS


WORD = compiled(r"[^\W\d_]+|\d+")
CAMEL = compiled(r"(?<=[^\W\d_])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")


def tokens(text: str) -> tuple[str, ...]:
    """A text as comparable words: case, accents and all that stands between words gone.

    >>> tokens("Expenses:Food:CornerBakery"), tokens("Mill & Sons, 7-Eleven")
    (('expenses', 'food', 'cornerbakery'), ('mill', 'sons', '7', 'eleven'))
    """
    return tuple(folded(word) for word in WORD.findall(text))


def forms(text: str) -> frozenset[tuple[str, ...]]:
    """The ways to write a text as words: as it is, and with "CornerBakery" as "Corner Bakery"."""
    return frozenset({tokens(text), tokens(CAMEL.sub(" ", text))}) - {()}
