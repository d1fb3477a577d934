"""Who gives and who receives in a world of bulletins: countries and well-known organisations."""

from __future__ import annotations

from random import Random
from typing import NamedTuple


class Giver(NamedTuple):
    """A donor, the word for what is of it, and the currency it counts in."""

    name: str
    adjective: str
    home: str


class Receiver(NamedTuple):
    """A recipient, its kind and the other ways to name it."""

    name: str
    kind: str  # country, fund, agency
    names: tuple[str, ...]


# Only currencies of the fixings: the true sums need a rate on every day.
_GIVERS = """
Norway|Norwegian|NOK  Sweden|Swedish|SEK  Denmark|Danish|DKK  Finland|Finnish|EUR
Germany|German|EUR  France|French|EUR  Italy|Italian|EUR  Spain|Spanish|EUR  Austria|Austrian|EUR
Ireland|Irish|EUR  Belgium|Belgian|EUR  Netherlands|Dutch|EUR  Luxembourg|Luxembourg|EUR
Portugal|Portuguese|EUR  Estonia|Estonian|EUR  Lithuania|Lithuanian|EUR  Slovenia|Slovenian|EUR
Greece|Greek|EUR  European Union|EU|EUR  United States|US|USD  United Kingdom|British|GBP
Canada|Canadian|CAD  Australia|Australian|AUD  New Zealand|New Zealand|NZD  Japan|Japanese|JPY
South Korea|South Korean|KRW  Switzerland|Swiss|CHF  Poland|Polish|PLN  Czechia|Czech|CZK
Hungary|Hungarian|HUF  Romania|Romanian|RON  China|Chinese|CNY  India|Indian|INR
Singapore|Singaporean|SGD  Thailand|Thai|THB  Mexico|Mexican|MXN  Brazil|Brazilian|BRL
South Africa|South African|ZAR  Iceland|Icelandic|USD  Saudi Arabia|Saudi|USD  Qatar|Qatari|USD
Kuwait|Kuwaiti|USD  United Arab Emirates|Emirati|USD  World Bank|World Bank|USD
Asian Development Bank|ADB|USD  African Development Bank|AfDB|USD
"""
GIVERS = [
    Giver(*entry.split("|"))
    for line in _GIVERS.strip().splitlines()
    for entry in line.strip().split("  ")
]
_WITH_THE = {"Netherlands", "European Union", "United States", "United Kingdom", "Philippines",
             "United Arab Emirates", "Central African Republic", "Dominican Republic", "Maldives",
             "Solomon Islands", "Marshall Islands", "Gambia", "Comoros"}  # fmt: skip
_COUNTRIES = """Ukraine; Moldova; Sudan; South Sudan; Ethiopia; Somalia; Kenya; Uganda; Tanzania;
Mozambique; Malawi; Zambia; Zimbabwe; Madagascar; Chad; Niger; Mali; Burkina Faso; Nigeria; Ghana;
Liberia; Sierra Leone; Central African Republic; Cameroon; Rwanda; Burundi; Lebanon; Jordan; Iraq;
Yemen; Afghanistan; Pakistan; Bangladesh; Nepal; Sri Lanka; Cambodia; Laos; Vietnam; Philippines;
Indonesia; Papua New Guinea; Fiji; Vanuatu; Tonga; Samoa; Tuvalu; Kiribati; Solomon Islands;
Marshall Islands; Mongolia; Kyrgyzstan; Tajikistan; Uzbekistan; Armenia; Albania; Kosovo; Haiti;
Honduras; Guatemala; Nicaragua; Bolivia; Peru; Ecuador; Colombia; Venezuela; Libya; Tunisia;
Egypt; Mauritania; Senegal; Gambia; Comoros; Maldives; Dominican Republic"""
_FUNDS = """Green Climate Fund|GCF; Adaptation Fund; Loss and Damage Fund; Gavi; Global Fund;
Global Environment Facility|GEF; Central Emergency Response Fund|CERF; Global Partnership for
 Education|GPE; Least Developed Countries Fund"""
_AGENCIES = """UNICEF; World Food Programme|WFP; UNHCR; UNRWA; World Health Organization|WHO;
International Organization for Migration|IOM; UNDP; UNFPA; UN Women"""


def _receivers(listed: str, kind: str) -> list[Receiver]:
    names = [entry.split("|") for entry in listed.replace("\n", " ").replace("  ", " ").split(";")]
    return [Receiver(name[0].strip(), kind, tuple(one.strip() for one in name)) for name in names]


COUNTRIES = _receivers(_COUNTRIES, "country")
FUNDS = _receivers(_FUNDS, "fund")
AGENCIES = _receivers(_AGENCIES, "agency")
_RECEIVERS = {"country": COUNTRIES, "fund": FUNDS, "agency": AGENCIES}
ADJECTIVES = {one.name: one.adjective for one in GIVERS}


def the(name: str) -> str:
    """A name as it stands in a sentence.

    >>> the("Netherlands"), the("Chad"), the("Adaptation Fund")
    ('the Netherlands', 'Chad', 'the Adaptation Fund')
    """
    last = name.split()[-1]
    bodies = ("Fund", "Facility", "Organization", "Programme", "Bank", "Partnership", "Migration")
    return f"the {name}" if name in _WITH_THE or last in (*bodies, "Education") else name


def crowd(rng: Random, pairs: int, donors_each: float) -> list[tuple[Giver, Receiver]]:
    """Givers and receivers, several givers for each receiver; never more than there are."""
    left = {kind: rng.sample(known, len(known)) for kind, known in _RECEIVERS.items()}
    order: list[Receiver] = []
    while any(left.values()):
        kind = rng.choice(("country", "country", "country", "fund", "agency"))
        order += [left[kind].pop()] if left[kind] else []
    found: list[tuple[Giver, Receiver]] = []
    needed = max(donors_each, 1.3 * pairs / len(order))
    for receiver in order:
        count = min(len(GIVERS), max(1, round(rng.uniform(0.5, 1.5) * needed)))
        others = [one for one in GIVERS if one.name != receiver.name]
        found += [(giver, receiver) for giver in rng.sample(others, min(count, len(others)))]
        if len(found) >= pairs:
            break
    return found[:pairs]


# label of a code book | words of the text | broad word
_SECTORS = {
    "country": """
Mine action|demining,mine clearance,clearing mines|security
Energy|power lines,repairs of the grid,electricity,energy|infrastructure
Health|clinics,hospitals,health care,medicines|basic services
Education|schools,textbooks,schooling,teachers' pay|basic services
Food security|food,food parcels,grain,food aid|humanitarian aid
Shelter|tents,shelter,winter homes,emergency shelter|humanitarian aid
Water and sanitation|clean water,wells,latrines,water and sanitation|basic services
Agriculture|seeds,fertiliser,smallholders,irrigation|recovery
Transport|roads,bridges,railway repairs,ports|infrastructure
Military|ammunition,air defence,armoured vehicles,drones|security
Budget support|budget support,the state budget,pensions,public wages|macro-financial aid
Refugees|refugees,displaced families,host communities|humanitarian aid
Climate adaptation|sea walls,flood protection,drought plans,early warning|climate
Governance|courts,elections,audit offices,local councils|governance
Protection|protection of women,child protection,legal aid|humanitarian aid
Nutrition|nutrition,school meals,feeding centres|humanitarian aid""",
    "fund": """
Replenishment|the replenishment,the new funding round,the refill|core funding
Core|core funding,unearmarked funds|core funding
Adaptation|adaptation projects,coastal protection,resilient farms|climate
Mitigation|solar plants,clean cooking,forests|climate
Vaccines|vaccines,measles shots,malaria vaccines|health
Response|rapid response,forgotten crises,sudden disasters|humanitarian aid
Readiness|readiness grants,training,technical help|climate""",
    "agency": """
Core|core funding,its regular budget,unearmarked funds|core funding
Food security|food rations,cash for food,grain purchases|humanitarian aid
Health|vaccination drives,mobile clinics,cholera kits|health
Education|learning centres,school kits,classes in camps|basic services
Shelter|tents and blankets,camp upgrades,winter kits|humanitarian aid
Logistics|air bridges,warehouses,trucks|humanitarian aid
Migration|return flights,reception centres,registration|migration
Protection|safe spaces,family tracing,counselling|humanitarian aid""",
}


class Sector(NamedTuple):
    """What money is for: a code book's label, the text's words, and the broad word."""

    label: str
    phrases: tuple[str, ...]
    broad: str


def _sector(line: str) -> Sector:
    label, phrases, broad = line.split("|")
    return Sector(label, tuple(phrases.split(",")), broad)


SECTORS = {
    kind: [_sector(line) for line in listed.strip().splitlines()]
    for kind, listed in _SECTORS.items()
}
GENERIC = ("recovery", "resilience", "development", "general support", "the people in need",
           "cooperation", "immediate needs", "long-term projects")  # fmt: skip
ONE_WORD = """Lantern Cedar Kestrel Threshold Compass Mosaic Keystone Ember Lattice Wellspring
Juniper Tideline Harvest Sunrise Foothold Cornerstone Canopy Beacon Weir Trellis Swallow Millstone
Headwater Rampart Linden Quarry Saffron Heron Almanac Tamarind""".split()
_FIRST = "Open Safe Clear Warm Steady Bright Common Shared New Green Quiet Broad Strong".split()
_SECOND = "Fields Roofs Water Winter Light Ground Roads Classrooms Harvests Rivers Start".split()


def programme(rng: Random, one_word: float) -> str:
    """A programme's name, of one word or two."""
    if rng.random() < one_word:
        return rng.choice(ONE_WORD)
    return f"{rng.choice(_FIRST)} {rng.choice(_SECOND)}"
