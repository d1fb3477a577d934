"""``convert`` and ``rate`` for single amounts: the words of a person, and what is shown to them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, NamedTuple

from . import conversion, typed
from .conversion import Conversion
from .errors import UsageError
from .fixings import Fixings
from .wording import grouped, plain

LEAST_DIGITS = 3  # of an amount in words: fewer would hide what the rate does
_WORDS = ((12, "trillion"), (9, "billion"), (6, "million"))


class Told(NamedTuple):
    """What is shown: headlines, blocks of a word and a line, a line to quote each, notes."""

    titles: tuple[str, ...]
    blocks: tuple[tuple[tuple[str, str], ...], ...]
    quoted: tuple[str, ...]
    records: list[dict[str, Any]]
    notes: tuple[str, ...]


def convert(
    words: Sequence[str],
    into: Sequence[str],
    on: str | None,
    policy: str,
    rates: Fixings | None,
) -> Told:
    """Convert one amount into each currency that is asked for."""
    asked = typed.amount_and_targets(words, into)
    found = []
    for quote in asked.quotes:
        one = conversion.convert(asked.amount, asked.base, quote, on, policy, rates)
        if asked.warning:
            one = one._replace(warnings=(asked.warning, *one.warnings))
        found.append(one)
    return told(found)


def rate(
    words: Sequence[str],
    into: Sequence[str],
    on: str | None,
    policy: str,
    rates: Fixings | None,
) -> Told:
    """The rate of one currency in each of the others."""
    base, *quotes = [word for one in words for word in one.split("/") if word] + list(into)
    if not quotes:
        raise UsageError("rate takes two currencies, as in: pledgecalc rate EUR USD")
    return told([conversion.rate(base, quote, on, policy, rates) for quote in quotes])


def told(found: Sequence[Conversion]) -> Told:
    """The results as a person reads them."""
    notes = dict.fromkeys(warning for one in found for warning in one.warnings)
    return Told(
        tuple(one.headline() for one in found),
        tuple((*about(one), *one.details()) for one in found),
        tuple(map(str, found)),
        [one.to_dict() for one in found],
        tuple(notes),
    )


def about(one: Conversion) -> tuple[tuple[str, str], ...]:
    """The result with as many digits as the amount was given with, but at least three.

    >>> about(conversion.convert("683m", "EUR", "USD", "2024-11-04"))
    (('about', '745 million USD, with the 3 digits given'),)
    >>> about(conversion.convert("16bn", "SEK", "EUR", "2024-11-04"))
    (('about', '1.37 billion EUR, to 3 digits'),)
    """
    given = len(plain(one.base_amount).strip("-").replace(".", "").strip("0"))
    digits = max(given, LEAST_DIGITS)
    if not one.amount or one.base == one.currency:
        return ()
    exact = Context(prec=digits, rounding=ROUND_HALF_UP).plus(one.amount)
    shown = grouped(one.amount, one.currency)
    if Decimal(shown.replace(",", "")) == exact:
        return ()
    how = f"with the {given} digits given" if given == digits else f"to {digits} digits"
    return (("about", f"{in_words(exact, digits)} {one.currency}, {how}"),)


def cited(found: Told, version: str) -> Told:
    """The same with a line to cite each conversion by: its source, last day, digest, our version.

    >>> rate = convert(["683m", "EUR", "USD"], [], "2024-11-04", "spot", None)
    >>> cited(rate, "0.1.0").records[0]["citation"].rpartition("; ")[2]
    'pledgecalc 0.1.0.'
    """
    lines = [
        f"{line}; {one['source']} data {one['source_version']}; pledgecalc {version}."
        for line, one in zip(found.quoted, found.records, strict=True)
    ]
    records = [one | {"citation": line} for one, line in zip(found.records, lines, strict=True)]
    blocks = (*found.blocks, tuple(("cite as", line) for line in lines))
    return found._replace(records=records, blocks=blocks, quoted=tuple(lines))


def in_words(value: Decimal, digits: int) -> str:
    """A rounded amount with its scale as a word; its idle zeros are kept where they were measured.

    >>> in_words(Decimal("1370000000"), 3), in_words(Decimal("45900"), 3)
    ('1.37 billion', '45,900')
    """
    for power, word in _WORDS:
        if value.adjusted() >= power:
            scaled = value.scaleb(-power)
            places = max(0, digits - 1 - scaled.adjusted())
            return f"{scaled:,.{places}f} {word}"
    return f"{value:,f}" if value == value.to_integral_value() else plain(value)
