"""Who is named: countries and organisations in text, and what the tables know of them."""

from .gazetteer import Party, canonical, country, currencies_of, party
from .mentions import Mention, Named, find_parties

__all__ = [
    "Mention",
    "Named",
    "Party",
    "canonical",
    "country",
    "currencies_of",
    "find_parties",
    "party",
]
