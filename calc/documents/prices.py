"""Small sums that a page asks of its readers or shows them: offers, prices, gifts.

Aid is counted in thousands at least. A line that sells something, with a sum of a few digits and
no "million" behind it, is no part of an article; neither is a line of a few words with a price.
"""

from __future__ import annotations

import re

LONGEST_PROMOTION = 30  # words of a line that sells
LONGEST_PRICE = 7  # words of a line that only names a thing and its price

_SCALE = r"(?!\s?(?i:k|m|mn|mln|bn|b|tn|thousand|million|billion|trillion|mio|mrd|млн|млрд|тис)\b)"
_CODES = r"EUR|USD|GBP|SEK|NOK|DKK|PLN|CHF|UAH|CAD"
_NAMES = r"euros?|dollars?|pounds?|zlotys?|hryvnias?|francs?|kron(?:er|or|a)|kr|грн|гривень"
_UNIT = rf"(?:{_CODES}|{_NAMES}|€|£|zł)(?!\w)"
# Cheap, and wide: most lines with a digit hold no money.
_SIGNS = ("$", "€", "£", "₴")
_MONEY_WORDS = r"[A-Z]{3}\b|euro|dollar|pound|zlot|hryvn|franc|kr|грн|гривень|zł"
_BEFORE = r"\b(?:[A-Z]{3}|KSh|Dhs?|Rs)"  # "USD 5", "KSh 500"
_WORDED = re.compile(rf"\d\s?(?:{_MONEY_WORDS})|{_BEFORE}\s?\d|\d\s?(?:Kč|lei|Ft)\b")
# "€9", "£49.99", "5000 EUR", "49 kroner": at most five digits, and no scale behind.
_SMALL = re.compile(
    rf"(?:[$€£₴]|{_BEFORE})\s?\d{{1,2}}(?:[.,\s]?\d{{3}}|\d)?(?:[.,]\d\d)?"
    rf"(?![\d]|[.,]\d){_SCALE}"
    rf"|(?<![\d.,])\d{{1,2}}(?:[.,\s]?\d{{3}}|\d)?(?:[.,]\d\d)?\s?{_UNIT}",
)
_PRICE = re.compile(
    rf"[$€£]\s?\d{{1,3}}(?:[.,]\d\d)?(?![\d]|[.,]\d){_SCALE}"
    rf"|(?<![\d.,])\d{{1,3}}(?:[.,]\d\d)?\s?{_UNIT}",
)
# "€9 a month", "49 kroner per måned"
_CENTS = r"(?:[.,]\d\d)?"
_NUMBER_FIRST = r"EUR|USD|GBP|PLN|euros?|dollars?|pounds?|zlotys?|kron[eo]r|грн|€|£|zł|Kč"
_EACH_TIME = (
    r"(?:an?|per|/|each|every)\s?(?:day|week|month|year)|par (?:mois|an)|le premier mois",
    r"(?:pro|im) (?:Monat|Jahr)|miesięcznie|на місяць|в месяц|per mån|i måneden",
)
_PER_TIME = re.compile(
    rf"(?:(?:[$€£]|{_BEFORE})\s?\d{{1,3}}(?:,\d{{3}})?{_CENTS}"
    rf"|\b\d{{1,3}}{_CENTS}\s?(?:{_NUMBER_FIRST}))"
    rf"\s?(?:{'|'.join(_EACH_TIME)})\b",
    re.IGNORECASE,
)
_MEMBERSHIP = (
    r"subscri|unlimited|full access|access to|trial|cancel|members?\b|membership|sign up",
    r"join us|read on|read more|continue reading|first month|newsletter|premium|ad-free",
    r"without (?:ads|tracking|advert)|fewer ads|register|insur|cover from|become a",
    r"corporate plans?",
    # in other languages
    r"abonne|abonnier|abonnement|sans engagement|jederzeit kündbar|prenumer",
    r"передплат|підписк|подписк",
)
_JOINING = re.compile(rf"\b(?:{'|'.join(_MEMBERSHIP)})", re.IGNORECASE)
# Words that speak to a buyer, whatever the form of the line.
_TO_BUYERS = (
    r"use code|promo(?:tion)? code|save up to|save [$€£]|apply (?:now|online|today)",
    r"tax-deductible|book (?:now|a visit|your|before)|order (?:now|yours|the print|online)",
    r"buy (?:now|here|yours|tickets)|shop now|free trial|forward (?:it|this) to|best deals?",
    r"tickets (?:from|at|cost)|special offer|our sponsors?|sponsored by|while stocks last",
    r"hide ads|free (?:bet|delivery|shipping)|when you (?:switch|join)|news tips",
    r"\d+ ?% off|off at|capital at risk|get an? [$€£]\s?\d+|get [A-Z$€£]{1,3} ?\d+ back",
    r"you(?:r gift| could win|r donation)|open an account and",
    r"(?:donate|chip in|contribute) (?:just |only |as little as )?[$€£]\s?\d",
    r"for as little as",
)
_SELLING = re.compile(rf"\b(?:{'|'.join(_TO_BUYERS)})\b", re.IGNORECASE)
# Words that sell in a line that is no sentence; in a sentence they may be the article's own.
_OFFERS = (
    r"vouchers?|discounts?|\d+ ?% off|order (?:the|it)|tickets?|entrance|entry|admission|merch",
    r"win (?:an?|up to)|this week only|stake|loans? (?:up to|from)|per (?:cabin|night|person)",
    r"raised (?:of|out of)|for (?:only|just)|only [$€£]|just [$€£]",
    r"as low as|from (?:only |just )?[$€£]\d",
)
_OFFERING = re.compile(rf"\b(?:{'|'.join(_OFFERS)})", re.IGNORECASE)
# "€25 buys a warm blanket": what a gift of the reader would do.
_GIFT = re.compile(r"[$€£]\s?\d{1,3}\s(?:buys|pays for|covers|provides|feeds|can buy|could)\b")
# "Care assistant, £23,400 a year": wages and rents.
_EACH_SPAN = r"(?:an?|per|/|each)\s?(?:hour|hr|day|week|month|mth|year|annum)\b"
_WAGE = re.compile(
    rf"(?:[$€£]|\b[A-Z]{{3}})\s?\d{{1,3}}(?:[.,\s]\d{{3}})?{_CENTS}\s?{_EACH_SPAN}", re.IGNORECASE
)
# "€128,430 raised of €200,000", "£3,200 of £5,000 goal": how far a collection has come.
_SUM = r"[$€£]\s?\d[\d., ]{0,12}\s?"
_PROGRESS = re.compile(
    rf"{_SUM}(?:raised|collected|donated|given)?\s?(?:of|out of|/)\s?"
    rf"(?:our |a |the )?{_SUM}(?:goal|target|raised|needed)?",
    re.IGNORECASE,
)


def is_promotion(text: str) -> bool:
    """Tell whether a line with a digit sells something to the reader, for a small sum.

    >>> is_promotion("Unlimited access for €9 a month"), is_promotion("Tickets from €180")
    (True, True)
    >>> is_promotion("Oslo gives 9 million kroner a month, with unlimited access to loans.")
    False
    """
    if not _has_money(text) or len(text.split()) > LONGEST_PROMOTION:
        return False
    if _PROGRESS.fullmatch(text):
        return True
    if not _SMALL.search(text):
        return False
    return bool(
        _SELLING.search(text)
        or (_JOINING.search(text) and _PER_TIME.search(text))
        or (
            text[-1] not in '.:;…”"'
            and (_GIFT.match(text) or _OFFERING.search(text) or _WAGE.search(text))
        )
    )


def _has_money(text: str) -> bool:
    return any(sign in text for sign in _SIGNS) or _WORDED.search(text) is not None


def is_price(text: str) -> bool:
    """Tell whether a line is a few words and a sum below a thousand, and no sentence.

    >>> is_price("Kittens, vaccinated, €350"), is_price("Sweden: €350 million")
    (True, False)
    """
    if text[-1:] in ".:;" or ": " in text or len(text.split()) > LONGEST_PRICE:
        return False
    return bool(_has_money(text) and _PRICE.search(text))
