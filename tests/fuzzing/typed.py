"""What people type, made by its grammar: amounts, days, policies, conversions, decisions, rates.

Each maker gives what should be understood, mostly; ``mutations.nearly`` damages a share of it.
"""

from __future__ import annotations

import datetime as dt
import json
import random

from rates import ecb

DIVIDER = "\x1f"  # between the words of one input
ECB = ecb.fixings()
CODES = ("EUR", "USD", "SEK", "NOK", "GBP", "UAH", "HRK", "DEM", "TRL", "XOF", "AED", "ISK", "RUB")
NAMED = (
    "€",
    "$",
    "US$",
    "£",
    "kr",
    "dollars",
    "euros",
    "Swiss francs",
    "birr",
    "CFA francs",
    "SDR",
)
SCALES = ("", "", "", "m", "bn", "k", " million", " billion", " thousand", " lakh", " crore", " mn",
          " bn", "M", " trillion", "-million", " lakh crore", " Mio.", " mld")  # fmt: skip
HALVES = ("half a million", "a billion", "a quarter of a billion", "half a trillion euros")
AMOUNTS = (
    "683m", "10 million", "€683m", "1.250,00", "1,234,567.89", "half a billion", "twenty thousand",
    "-5", "(12)", "5e6", "US$ 3.5 bn", "2 lakh", "1/2", "683 million euros", "1'000'000",
)  # fmt: skip
DATES = ("2024-11-04", "2024-11", "2024", "20241104", "4 Nov 2024", "2024-11-04T10:00:00Z")
POLICIES = (
    "spot", "month-avg", "year-avg", "window-avg:2022-01-10..2022-02-08", "month-end", "inforeuro",
    "fixed:2024-09-20", "fixed:2023-05", "fixed:USD=1.0868,SEK=11.37", "closing", "hmrc-month",
    "hmrc-year", "hmrc-spot",
)  # fmt: skip
ALL = AMOUNTS + DATES + POLICIES + CODES + NAMED


def number(chance: random.Random) -> str:
    """A printed number: plain, with decimals, in groups of one kind."""
    whole = chance.randrange(1, 10 ** chance.choice((1, 2, 3, 3, 6, 9)))
    match chance.randrange(6):
        case 0 | 1:
            return str(whole)
        case 2:
            return f"{whole}.{chance.randrange(1000)}"
        case 3:
            return f"{whole},{chance.randrange(100):02d}"
        case 4:
            grouped = f"{whole:,}"
            mark = chance.choice((",", " ", "'", "\u202f", "."))
            return grouped.replace(",", mark)
        case _:
            return f"{whole:,}.{chance.randrange(100):02d}"


def amount(chance: random.Random) -> str:
    """An amount as people type it."""
    if chance.random() < 0.05:
        return chance.choice(HALVES)
    text = f"{number(chance)}{chance.choice(SCALES)}"
    if chance.random() < 0.15:
        text = f"-{text}"
    named = chance.choice((*CODES, *NAMED))
    match chance.randrange(5):
        case 0:
            text = f"{text} {named}"
        case 1:
            text = f"{named}{' ' * (named.isalnum() or chance.randrange(2))}{text}"
    return text


def plain_amount(chance: random.Random) -> str:
    """An amount whose currency stands beside it."""
    return f"{number(chance)}{chance.choice(SCALES)}"


def date(chance: random.Random) -> dt.date:
    """A day, mostly one of the euro's time."""
    if chance.random() < 0.8:
        return dt.date.fromordinal(chance.randint(ECB.first.toordinal(), ECB.last.toordinal()))
    return dt.date.fromordinal(chance.randint(1, dt.date.max.toordinal()))


def day(chance: random.Random) -> str:
    """A day, month or year as typed, some of them none."""
    text = date(chance).isoformat()
    match chance.randrange(10):
        case 0:
            return text[:7]
        case 1:
            return text[:4]
        case 2:
            hour = f"{chance.randrange(24):02d}:{chance.randrange(61):02d}:00"
            return f"{text}{chance.choice('T ')}{hour}{chance.choice(('', 'Z', '+01:00', '.5'))}"
        case 3:
            return f" {text}{chance.choice((' ', chr(10), ''))}"
        case 4:
            return f"{text[:5]}{chance.randrange(14):02d}-{chance.randrange(33):02d}"
    return text


def policy(chance: random.Random) -> str:
    """A policy as typed."""
    first, second = sorted((date(chance), date(chance)))
    length = chance.choice((10, 10, 7, 4))
    match chance.randrange(8):
        case 0 | 1 | 2:
            return chance.choice(POLICIES)
        case 3:
            return f"window-avg:{str(first)[:length]}..{str(second)[:length]}"
        case 4:
            end = first + dt.timedelta(days=min(40, (dt.date.max - first).days))
            return f"window-avg:{first}..{end}"
        case 5:
            return f"fixed:{str(first)[:length]}"
        case 6:
            codes = chance.sample(CODES[1:], chance.choice((1, 1, 2, 3)))
            return "fixed:" + ",".join(f"{one}={rate(chance)}" for one in codes)
        case _:
            return f" {chance.choice(POLICIES).upper()} "


def rate(chance: random.Random) -> str:
    """A rate as a table has it."""
    text = f"{chance.lognormvariate(1, 2):.{chance.choice((0, 2, 4, 6))}f}"
    return chance.choice((text, text, text, f"{chance.randrange(1, 99)}e{chance.randint(-9, 9)}"))


def conversion(chance: random.Random) -> str:
    """Amount, two currencies, day and policy."""
    base, quote = chance.choices(CODES, k=2)
    of_the_time = date(chance).isoformat() if chance.random() < 0.5 else day(chance)
    words = (plain_amount(chance), base, quote, of_the_time, policy(chance))
    return DIVIDER.join(words)


def pair(chance: random.Random) -> str:
    """Two printed amounts of which one is the other's equivalent, and the last day to look at."""
    base, quote = chance.sample(("EUR", "USD", "SEK", "NOK", "GBP", "CHF", "JPY", "PLN"), 2)
    on = date_of_euro(chance)
    below, above = (
        1.0 if one == "EUR" else float(ECB.as_of(one, on).value) for one in (base, quote)
    )
    first = chance.randrange(1, 999)
    second = first * above / below * chance.choice((1, 1, 1, 1.05, 7))
    scale = chance.choice(("m", " million", "bn", ""))
    before = chance.choice(("", "", day(chance)))
    told = f"{second:.{chance.choice((0, 0, 1, 2))}f}{scale}"
    return DIVIDER.join((f"{first}{scale}", base, told, quote, before))


def date_of_euro(chance: random.Random) -> dt.date:
    """A day that the ECB's file covers."""
    return dt.date.fromordinal(chance.randint(ECB.first.toordinal(), ECB.last.toordinal()))


DECIDED = {
    "same": ("",), "different": ("",), "reject": ("",),
    "currency": ('"CAD"', '"EUR"', '"kr"', '"euro"'),
    "amount": ("5000000", "0.5", '"5 million"', '"12m"', '"5 million EUR"', "-1", "1e30", "nan"),
    "as_of": ("2024-11-04", '"2024-11-04"', '"2024"', "10:00:00", "2024-11-04T10:00:00Z"),
    "role": ('"noise"', '"pledge"', '"total"', '"x"'),
    "donor": ('"Norway"', '"Norway|Sweden"', '"unknown"', '"|"', '""'),
    "recipient": ('"Ukraine"', '"the EU"', '"Kyiv"'),
    "status": ('"pledged"', '"disbursed"', '"done"'),
    "date": ('"2024-11-04"', '"2024-11"', '"1024"'),
    "part_of": ('"a1b2"', '"x"'),
    "accept": ("5000000", '"5m"', '"5 million EUR"', "true"),
}  # fmt: skip


def decisions(chance: random.Random) -> str:
    """A file of decisions: most of its blocks are understood."""
    return "\n".join(_block(chance) for _ in range(chance.choice((1, 1, 2, 4))))


def _block(chance: random.Random) -> str:
    kind = chance.choice(tuple(DECIDED))
    ids = [f"{chance.randrange(16**4):04x}" for _ in range(chance.choice((2, 2, 3)))]
    lines = ["[[decision]]", f'kind = "{kind.replace("_", chance.choice("_-"))}"']
    one = chance.random() < 0.3 and kind not in ("same", "different")
    lines.append(f'claim = "{ids[0]}"' if one else f"claims = {json.dumps(ids)}")
    value = chance.choice(DECIDED[kind][: 1 if chance.random() < 0.6 else None])
    if value:
        lines.append(f"{chance.choice(('is', 'value'))} = {value}")
    if kind == "accept" and chance.random() < 0.5:
        lines += ["low = 4000000", 'high = "6m"']
    if chance.random() < 0.3:
        lines.append(f"text = {json.dumps(['€5 million'] * (1 if one else len(ids)))}")
    lines += ['who = "A. B."'] * chance.randrange(2) + [f"when = {date(chance)}"]
    lines.append(chance.choice(('why = "typo"', "why = '''a\n[[decision]]\nb'''", "# why", "")))
    return "\n".join(lines) + "\n"


def rate_table(chance: random.Random) -> str:
    """A table of rates of a user's own, its columns in any order."""
    columns = ["date", "currency", "rate", "base", *chance.choice(((), (), ("note",)))]
    chance.shuffle(columns)
    mark = chance.choice((",", ",", ";", "\t"))
    lines = [mark.join(columns)]
    seen = set()
    for _ in range(chance.choice((1, 2, 5))):
        cells = {
            "date": date_of_euro(chance).isoformat(),
            "currency": chance.choice(("USD", "UAH", "KES", "XOF", "NOK", "usd", "SEK")),
            "rate": rate(chance) if chance.random() < 0.1 else f"{chance.uniform(0.1, 99):.4f}",
            "base": chance.choice(("EUR", "EUR", "EUR", "GBP", "eur")),
            "note": "x",
        }
        if (cells["date"], cells["currency"]) not in seen:
            seen.add((cells["date"], cells["currency"]))
            lines.append(mark.join(cells[name] for name in columns))
    return chance.choice(("\n", "\n", "\r\n")).join(lines) + "\n"


def history(chance: random.Random) -> str:
    """Rows as the ECB publishes them, newest first."""
    codes = chance.sample(("USD", "JPY", "BGN", "CZK", "ISK", "HRK"), chance.choice((1, 2, 4)))
    newest = date_of_euro(chance)
    lines = [",".join(("Date", *codes, ""))]
    for step in range(chance.choice((1, 3, 8))):
        cells = [
            "N/A" if chance.random() < 0.1 else f"{chance.uniform(0.5, 200):.4f}" for _ in codes
        ]
        lines.append(",".join((str(newest - dt.timedelta(days=step)), *cells, "")))
    return "\n".join(lines) + "\n"
