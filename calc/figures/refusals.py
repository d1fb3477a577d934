"""What looks like an amount of money and is none: rates, years, weights, code, accounts.

Each rule is general and cheap; a refusal costs one missed figure, a wrong value costs trust.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rates.amounts import SPACES

from . import qualifiers
from .lexicon import SCALE, SPACE, Cue
from .numerals import Number

# the euro as a system: "In 2025 euro area growth", "20 euro countries"
_EURO_UNION = r"area|zone|bloc|group|countr|nation|member|econom|state|currenc|adopt"
_EURO_THINGS = r"notes?\b|coins?\b|NCAP\b|accession|entry|summit|championship|cup\b|tournament"
_EURO_SYSTEM = re.compile(rf"[ \u00a0-](?i:{_EURO_UNION}|{_EURO_THINGS}|20\d\d)")
# "500 pound bombs", "50 pounds of food"
_ARMS = r"bombs?|warheads?|shells?|weights?|explosives?|payloads?|munitions?"
_WEIGHED = r"explosives|tnt|food|rice|aid|cargo|equipment|supplies|ammunition"
_WEIGHT = re.compile(rf"[ \u00a0-](?i:{_ARMS}|of (?:{_WEIGHED}))\b")
_MONTH = re.compile(
    r"(?i:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?[ \u00a0]\Z"
)
_DIGITS_BEFORE = re.compile(rf"(\d+)[{SPACES}]\Z")
_CODE_CHARACTERS = frozenset("\\{}|_=<>`@^~")
_MARKS = frozenset("<>~=|_")  # that stand before an amount of two digits as well
# "Set $1 to the first argument": what programs call such numbers
_PROGRAM_WORDS = (  # each looks back at its first letter, so that a word is looked for only there
    r"(?<=[aA])rguments?\b|(?<=[vV])ariables?\b",
    r"(?<=[pP])(?:arameter|laceholder|ositional)",
    r"(?<=a)wk\b|(?<=r)egex|(?<=c)apture group|(?<=s)(?:hell\b|ubstitut)|(?<=b)ackreference",
)
_PROGRAM = re.compile(  # one class of characters first: a fast scan
    rf"[aAvVpPrcbs](?:{'|'.join(_PROGRAM_WORDS)})"
)
# what is counted beside three capitals that are no currency there
_COUNTED = re.compile(r"[ \u00a0](?:patients?|cases|beds|subjects|exams?|players|members|teams)\b")
_RANGE_GOES_ON = re.compile(r"~ ?\$?\d")  # "$5~$10" in shops of Asia
_VARIABLE = re.compile(r"\$\d[ .]\$\d(?!\d)")
# "Article 5 EUR", "Figure 3", "Room 101": a number that is a name
_NUMBERED = frozenset(
    "article art section sec chapter figure fig table note annex appendix page pages rule route "
    "highway room flight channel item step phase task lot version window windows grade level "
    "season episode vol volume no nr act title part clause paragraph para point recital "
    "amendment exhibit schedule line bus tram gate platform euro chapter artikel §".split()
)
# words of paying beside bare pounds, which are a weight otherwise
_PAYING = (
    # won, lost, stolen
    r"st(?:ole|eal|olen)\b|award|valued?\b|auction|raffle|lotter|sums? of\b|bonus|bail\b",
    r"bribe|ransom|scholarship|cheques?\b|insur|mortgage|discount|expens|afford|treasury|subsid",
    r"pension|allowance|tuition|fundrais|refund",
    # paid, bought, earned
    r"pa(?:y|id|ys|ying|yments?)\b|cost|pric|worth\b|spen[dt]|fees?\b|fine[ds]?\b|earn",
    r"salar|wage|buy|bought|sold\b|sell|donat|budget|loan|lend|lent\b|bank|fund|tax|charg|debt",
    r"money|cash\b|invest|rais|grant|pledg|bills?\b|rent|deal\b|profit|revenue|income|sterling",
    r"pence|bets?\b|prize|reward|compensat|sav(?:e|ed|es|ings)\b|owe|withdr",
    # "£5 per person", "handed over 300 pounds"
    r"(?:per|a|an|every) (?:person|head|hour|night|ticket|pint)\b|hand(?:ed|s|ing)? over\b|charit",
)
_MONEY = re.compile(rf"£|(?i:\b(?:{'|'.join(_PAYING)}))")
_BLOCK = 256  # windows begin at multiples of this, so that neighbours share one
_EDGE = 16  # longer than a word of paying, so that none is cut
_OF_GOODS = re.compile(r"[ \u00a0]of[ \u00a0][a-z]")
# after an amount whose word is also a verb or a name: the end of the sentence or of the price
_ENDS = re.compile(
    r"\Z|\s*[.,;:)\]!?/|\"”’»]|\s+(?:per|each|a month|a year|a week|a day|an hour|\()"
)
# what may follow a noun, and seldom a verb ("won") or a name
_AFTER_NOUN = re.compile(r"\s(?:and|or|was|were|is|are|will|to (?=[A-Z]))")
_BASE_YEAR = re.compile(
    r"(?i:\b(?:in|constant|real|current|fixed|chained|at|the|since|after|before|until|during)"
    r"[ \u00a0])\Z"
)
# "euro-denominated bonds", "dollar-backed": the word begins another word
_COMPOUND = re.compile(
    r"-(?:denominated|backed|pegged|linked|based|like|style|led|only|rich|hungry|[A-ZÀ-Þ])"
)
_TOLD_OF_IT = re.compile(r"[ \u00a0](?:was|were|is|are|had|has|have|will|would)\b")
_CAPITAL_NEXT = re.compile(r"[ \u00a0][A-ZÀ-Þ][a-z]")
_NOTE = re.compile(r"[ \u00a0-](?:notes?|coins?|bills?|fines?|prizes?|tickets?)\b")
_GOES_ON = re.compile(rf"{SPACE}\d{{1,3}}{SPACE}?{SCALE}")
_CAME_BEFORE = re.compile(rf"\d{SPACE}?{SCALE}{SPACE}\Z")
_ARTICLES = (" a ", " an ", " the ", " this ", " each ", " every ")
_OWN = ("my ", "his ", "her ", "your ", "their ", "our ", "its ")
_LONGER_ROW = re.compile(rf"[{SPACES}]\d(?!\d?p\b)")  # "£4 50p" is one amount


def compound(text: str, found: Number) -> bool:
    """Whether a smaller scale goes on or came before: "1 mln 200 thousand euros"."""
    if found.scale == 1:
        return False
    return (
        _GOES_ON.match(text, found.end) is not None
        or _CAME_BEFORE.search(text, max(0, found.start - 16), found.start) is not None
    )


# "€ 1. 5 million", "€1, 500, 000": a space within the number, as texts cut into tokens have it
_BROKEN_AFTER = re.compile(
    rf"(?:\.[{SPACES}]\d{{1,2}}{SPACE}?{SCALE}|,[{SPACES}]\d{{3}}(?:,[{SPACES}]?\d{{3}})*(?!\w))"
)
_BROKEN_BEFORE = re.compile(rf"\S[{SPACES}]\d{{1,3}}[.,][{SPACES}]\Z")


def broken(text: str, found: Number, *, ahead: bool) -> bool:
    """Whether a space cuts the number in two, so that half of it would be read.

    >>> from decimal import Decimal
    >>> broken("€1, 500, 000 for it", Number(1, 2, "1", Decimal(1), Decimal(1)), ahead=True)
    True
    """
    if ahead:
        return found.scale == 1 and _BROKEN_AFTER.match(text, found.end) is not None
    before = _BROKEN_BEFORE.search(text, max(0, found.start - 8), found.start)
    if before is None:
        return False
    point = before.group().rstrip()[-1] == "."
    return point and found.scale != 1 and len(found.digits) <= 2


def fraction(text: str, found: Number) -> bool:
    """Whether the number is the upper half of a fraction: "$1/2 million" is no dollar."""
    after = text[found.end : found.end + 2]
    return after[:1] == "/" and after[1:].isdigit()


def number(text: str, found: Number) -> bool:
    """Whether digits before ``found`` make it part of a card, phone, date or account number.

    >>> from decimal import Decimal
    >>> number("5169 3351 USD", Number(5, 9, "3351", Decimal(3351), Decimal(1)))
    True
    """
    if found.scale == 1 and found.low is None:
        name = text[max(0, found.start - 12) : found.start].rstrip(" .\u00a0")
        if name[name.rfind(" ") + 1 :].lower() in _NUMBERED:
            return True
    before = text[found.start - 1 : found.start] if found.start else ""
    if before and before in SPACES:
        match = _DIGITS_BEFORE.search(text, max(0, found.start - 8), found.start)
        if match is not None:
            year = match.group(1)
            if len(year) != 4 or year[:2] not in ("19", "20"):
                return True
    if " " in found.digits and found.digits[0].isdigit() and found.digits.index(" ") < 3:
        # "Nov. 4 500 million": the day of a date is no group of thousands
        return _MONTH.search(text, max(0, found.start - 12), found.start) is not None
    return False


def minus(text: str, start: int) -> bool:
    """Whether a minus stands before: a change or a deficit, no amount that someone gives."""
    before = text[start - 1] if start else ""
    if before == "−":
        return True
    return before == "-" and (start == 1 or text[start - 2] in " (\u00a0")


def placeholder(text: str, start: int, found: Number) -> bool:
    """Whether a bare "$1" is a variable of a program: code characters stand beside it."""
    if found.scale != 1 or len(found.digits) > 2:
        return False
    before, after = text[max(0, start - 1) : start], text[found.end : found.end + 1]
    if after == "~" and _RANGE_GOES_ON.match(text, found.end):
        return False
    if before in _CODE_CHARACTERS or after in _CODE_CHARACTERS or before == ",":
        return len(found.digits) == 1 or before not in _MARKS or after in _CODE_CHARACTERS
    if len(found.digits) == 1 and _VARIABLE.search(text, max(0, start - 4), found.end + 4):
        return True
    if before == after and before in ("'", '"'):
        return True
    if (
        text[start] == "$"
        and len(found.digits) == 1
        and _PROGRAM.search(text, max(0, start - 60), found.end + 60)
    ):
        return True
    return text[found.end : found.end + 2] in (",$", ".$")


def row_of_digits(text: str, found: Number) -> bool:
    """Whether more digits follow after a space: an account, card or phone number."""
    return found.scale == 1 and _LONGER_ROW.match(text, found.end) is not None


def slashed(text: str, start: int, end: int) -> bool:
    """Whether a code is half of a pair such as EUR/USD, where the number is a rate."""
    before = text[max(0, start - 4) : start]
    after = text[end : end + 4]
    return (before[-1:] == "/" and before[:3].isupper()) or (
        after[:1] in ("/", "-")
        and len(after) == 4
        and after[1:].isalpha()
        and (after.isupper() or (after[0] == "-" and after[1].isupper()))
    )


def unit(
    text: str, cue: Cue, start: int, end: int, found: Number, *, adjective: bool, joined: bool
) -> bool:
    """Whether the word after a number is no currency there: a weight, a verb, the euro area."""
    scaled = found.scale != 1 or found.low is not None
    if not scaled and _bare_unit(text, cue, start, end, found, adjective=adjective, joined=joined):
        return True
    if cue.needs == "adjective" and not adjective:
        return True
    if cue.needs == "minor" and _cents_of_a_name(text, start, end, found):
        return True
    if cue.kind == "noun" and (_year_of(text, end, found) or _street(text, cue.word, start, end)):
        return True
    if cue.needs == "plural-or-hyphen" and not (scaled or joined or found.digits == "one"):
        return not _singular(text, start, end, found)
    if cue.word in ("pound", "pounds"):
        return _WEIGHT.match(text, end) is not None
    if cue.word == "euro" and not joined:
        return found.yearlike or (not scaled and _EURO_SYSTEM.match(text, end) is not None)
    return False


def _bare_unit(
    text: str, cue: Cue, start: int, end: int, found: Number, *, adjective: bool, joined: bool
) -> bool:
    """Whether a word after a number without a scale is no currency: "5 PET exams", "2 euro-led"."""
    if not adjective and _lacks(text, cue, start, end, found, joined=joined):
        return True
    if cue.kind == "code" and _COUNTED.match(text, end):
        return True
    if cue.kind == "noun" and _COMPOUND.match(text, end):
        return True
    return cue.needs == "scale"


def _year_of(text: str, end: int, found: Number) -> bool:
    """Whether the number is a year: "in 2020 euros", "From 2015 francs were no longer pegged"."""
    if not found.yearlike:
        return False
    if _BASE_YEAR.search(text, max(0, found.start - 12), found.start):
        return True
    since = text[max(0, found.start - 5) : found.start].lower() == "from "
    return since and _TOLD_OF_IT.match(text, end) is not None


def _street(text: str, word: str, start: int, end: int) -> bool:
    """Whether the word is a name behind a house number: "221B Sterling Avenue"."""
    capital = word == "sterling" and text[start].isupper()
    return capital and _CAPITAL_NEXT.match(text, end) is not None


def _cents_of_a_name(text: str, start: int, end: int, found: Number) -> bool:
    """Whether cents are no money: "my two cents", a singer, a politician."""
    if text[max(0, found.start - 6) : found.start].lower().endswith(_OWN):
        return True
    capital = text[start].isupper()
    return capital and (text[start:end] == "Cent" or text[end + 1 : end + 2].isupper())


def _lacks(text: str, cue: Cue, start: int, end: int, found: Number, *, joined: bool) -> bool:
    """Whether a bare number before the word lacks what the word needs to be a currency."""
    if cue.needs == "scale-or-adjective":
        return text[end : end + 9].lower() != " sterling"
    if cue.needs == "sum":
        enough = found.priced or (found.value >= 100 and not found.yearlike)
        if text[start].isupper() or not enough:
            return True
        if found.value >= 100 and _money_near(text, found.start - 40, end + 24):
            return False
        if _AFTER_NOUN.match(text, end) and found.value >= 100:
            return False
        return found.digits[-3:-2] != "," and _ENDS.match(text, end) is None
    if cue.needs == "pence":  # "50p": neither "1080p" nor "p. 50"
        return found.end != start or found.value > 999 or not _paid(text, end, found, joined=False)
    if cue.needs == "money":
        return not _paid(text, end, found, joined=joined)
    return False


def _money_near(text: str, low: int, high: int) -> bool:
    """Whether a word of paying begins and ends in ``text[low:high]``."""
    offset = max(0, low // _BLOCK * _BLOCK - _EDGE)
    spans = _money_words(text[offset : (high // _BLOCK + 1) * _BLOCK + _EDGE])
    return any(low <= start + offset and end + offset <= high for start, end in spans)


@lru_cache(maxsize=32)
def _money_words(window: str) -> tuple[tuple[int, int], ...]:
    """Places of words of paying in a window; neighbours share one."""
    return tuple(match.span() for match in _MONEY.finditer(window))


def _singular(text: str, start: int, end: int, found: Number) -> bool:
    """Whether a bare singular is money: "a 900 dollar ticket", "20 Dollar im Jahr"."""
    before = " " + text[max(0, found.start - 6) : found.start].lower()
    # "the 20 dollar fee", but "the 5 Dollar General stores"
    article = before.endswith(_ARTICLES if text[start].islower() else _ARTICLES[:2])
    german = text[start].isupper() and not text[start + 1].isupper()
    return (
        article
        or _ENDS.match(text, end) is not None
        or (german and text[end : end + 1] == " " and text[end + 1 : end + 2].islower())
    )


def _paid(text: str, end: int, found: Number, *, joined: bool) -> bool:
    """Whether words nearby say that bare pounds are money."""
    if _WEIGHT.match(text, end) or _OF_GOODS.match(text, end):
        return False
    if _NOTE.match(text, end) or _money_near(text, found.start - 60, end + 40):
        return True
    if joined or text[end : end + 60].strip(" .!?\n"):
        return False
    beside = qualifiers.before(text, found.start)
    start = found.start if beside is None else beside.start
    return not text[max(0, start - 60) : start].strip()


def big(text: str, cue: Cue, found: Number) -> bool:
    """Whether a cue that needs an amount of money beside it has one: a scale or thousands."""
    if cue.needs == "tens":
        return found.scale != 1 or found.value >= 10 or found.priced
    if cue.needs == "mils":
        return found.scale >= 1000 or found.digits[-4:-3] in (".", ",")
    if cue.needs == "glued":
        grouped = found.value >= 1000 and "," in found.digits
        return text[found.start - 1] == cue.word and (found.scale >= 1000 or grouped)
    if cue.needs != "big":
        return True
    return found.scale >= 1000 or found.value >= 1000 or found.priced
