"""Who gives and who receives in a made world, and in whose money."""

from __future__ import annotations

from random import Random

# Money that a giver announces in; those whose own has no series announce in dollars.
_HOMES = {
    "EUR": "Germany|France|Italy|Spain|Netherlands|Belgium|Austria|Finland|Ireland|Portugal|Greece"
    "|Slovakia|Slovenia|Estonia|Latvia|Lithuania|Luxembourg|Croatia|Cyprus|Malta|European Union"
    "|Montenegro|Kosovo|Andorra|Monaco",
    "USD": "United States|Qatar|Saudi Arabia|United Arab Emirates|Kuwait|Taiwan|Argentina|Chile"
    "|Colombia|Peru|Uruguay|Kazakhstan|Azerbaijan|Oman|Bahrain|Vietnam|Egypt|Morocco|Algeria"
    "|Nigeria|Kenya|Ghana|Panama|Ecuador|Costa Rica|World Bank|UNICEF",
    "GBP": "United Kingdom",
    "SEK": "Sweden",
    "NOK": "Norway",
    "DKK": "Denmark",
    "CZK": "Czechia",
    "PLN": "Poland",
    "CHF": "Switzerland",
    "JPY": "Japan",
    "CAD": "Canada",
    "AUD": "Australia",
    "NZD": "New Zealand",
    "SGD": "Singapore",
    "KRW": "South Korea",
    "HUF": "Hungary",
    "ISK": "Iceland",
    "RON": "Romania",
    "TRY": "Türkiye",
    "CNY": "China",
    "INR": "India",
    "MXN": "Mexico",
    "ZAR": "South Africa",
    "THB": "Thailand",
    "MYR": "Malaysia",
    "PHP": "Philippines",
    "IDR": "Indonesia",
    "BRL": "Brazil",
    "ILS": "Israel",
}
DONORS = tuple((name, code) for code, names in _HOMES.items() for name in names.split("|"))
RECIPIENTS = (
    "Ukraine|Moldova|Sudan|Syria|Lebanon|Yemen|Ethiopia|Somalia|Afghanistan|Haiti|Bangladesh"
    "|South Sudan|Mozambique|Georgia|Armenia|Jordan|Pakistan|Myanmar|Chad|Niger|Mali|Burkina Faso"
    "|Cameroon|Nepal|Laos|Cambodia|Honduras|Guatemala|Malawi|Zambia|Uganda|Rwanda|Burundi"
    "|Tajikistan|Kyrgyzstan|Albania|Fiji|Tonga|Samoa|Vanuatu"
).split("|")
# What a unit of home money is worth beside the euro, to make round amounts of one size.
UNITS = {
    "SEK": 10, "NOK": 10, "DKK": 10, "CZK": 20, "PLN": 5, "JPY": 150, "KRW": 1000, "HUF": 400,
    "ISK": 150, "TRY": 20, "CNY": 10, "INR": 100, "MXN": 20, "ZAR": 20, "THB": 40, "PHP": 50,
    "IDR": 15000, "BRL": 5, "RON": 5, "MYR": 5, "ILS": 4,
}  # fmt: skip


def pairs_of(count: int, rng: Random) -> list[tuple[str, str, str]]:
    """``count`` pairs of (donor, home currency, recipient), donors spread over recipients.

    When countries do not suffice, their districts receive.
    """
    donors = list(DONORS)
    rng.shuffle(donors)
    donors = donors[: max(30, min(len(donors), count // 3))]
    found = [
        (donor, code, recipient)
        for place, recipient in enumerate(RECIPIENTS)
        for donor, code in donors
        if place == 0 or rng.random() < 0.75
    ]
    district = 1
    while len(found) < count:
        district += 1
        found += [
            (donor, code, f"{recipient} District {district}")
            for recipient in RECIPIENTS
            for donor, code in donors
        ]
    return found[: max(count, 1)]
