"""Who gives and receives in the wires, how sentences name them, and what programmes are called."""

from __future__ import annotations

from random import Random
from typing import NamedTuple


class Party(NamedTuple):
    """A giver or receiver: name of the column, name in a sentence, adjective, seat, money."""

    name: str
    said: str
    adjective: str  # none for bodies and pairs
    seat: str
    home: str
    kind: str  # state, body, joint

    @property
    def many(self) -> bool:
        """Whether verbs stand in the plural."""
        return self.kind == "joint"


_STATES = """
Denmark;Danish;Copenhagen;DKK
Norway;Norwegian;Oslo;NOK
Sweden;Swedish;Stockholm;SEK
Finland;Finnish;Helsinki;EUR
Germany;German;Berlin;EUR
France;French;Paris;EUR
Italy;Italian;Rome;EUR
Spain;Spanish;Madrid;EUR
Portugal;Portuguese;Lisbon;EUR
the Netherlands;Dutch;The Hague;EUR
Belgium;Belgian;Brussels;EUR
Luxembourg;Luxembourgish;Luxembourg City;EUR
Austria;Austrian;Vienna;EUR
Ireland;Irish;Dublin;EUR
Greece;Greek;Athens;EUR
Slovakia;Slovak;Bratislava;EUR
Slovenia;Slovenian;Ljubljana;EUR
Estonia;Estonian;Tallinn;EUR
Latvia;Latvian;Riga;EUR
Lithuania;Lithuanian;Vilnius;EUR
Malta;Maltese;Valletta;EUR
Poland;Polish;Warsaw;PLN
Czechia;Czech;Prague;CZK
Hungary;Hungarian;Budapest;HUF
Romania;Romanian;Bucharest;RON
Switzerland;Swiss;Bern;CHF
the United Kingdom;British;London;GBP
the United States;American;Washington;USD
Canada;Canadian;Ottawa;CAD
Australia;Australian;Canberra;AUD
New Zealand;New Zealand;Wellington;NZD
Japan;Japanese;Tokyo;JPY
South Korea;South Korean;Seoul;KRW
China;Chinese;Beijing;CNY
India;Indian;New Delhi;INR
Türkiye;Turkish;Ankara;USD
Qatar;Qatari;Doha;USD
Kuwait;Kuwaiti;Kuwait City;USD
Saudi Arabia;Saudi;Riyadh;USD
the United Arab Emirates;Emirati;Abu Dhabi;USD
Brazil;Brazilian;Brasilia;BRL
Mexico;Mexican;Mexico City;MXN
South Africa;South African;Pretoria;ZAR
Singapore;Singaporean;Singapore;SGD
"""
_BODIES = """
the European Union;Brussels;EUR
the World Bank;Washington;USD
the International Monetary Fund;Washington;USD
the European Investment Bank;Luxembourg City;EUR
the European Bank for Reconstruction and Development;London;EUR
the Asian Development Bank;Manila;USD
the African Development Bank;Abidjan;USD
"""
_RECEIVERS = """
Ukraine;Kyiv|Moldova;Chisinau|Georgia;Tbilisi|Armenia;Yerevan|Albania;Tirana|Jordan;Amman
Lebanon;Beirut|Syria;Damascus|Iraq;Baghdad|Yemen;Sanaa|Egypt;Cairo|Tunisia;Tunis|Libya;Tripoli
Sudan;Khartoum|South Sudan;Juba|Chad;N'Djamena|Niger;Niamey|Mali;Bamako|Burkina Faso;Ouagadougou
Mauritania;Nouakchott|Senegal;Dakar|Sierra Leone;Freetown|Liberia;Monrovia|Ghana;Accra|Togo;Lome
Benin;Porto-Novo|Nigeria;Abuja|Cameroon;Yaounde|Ethiopia;Addis Ababa|Eritrea;Asmara
Somalia;Mogadishu|Djibouti;Djibouti City|Kenya;Nairobi|Uganda;Kampala|Rwanda;Kigali
Burundi;Gitega|Tanzania;Dodoma|Malawi;Lilongwe|Zambia;Lusaka|Mozambique;Maputo|Zimbabwe;Harare
Angola;Luanda|Madagascar;Antananarivo|Afghanistan;Kabul|Pakistan;Islamabad|Nepal;Kathmandu
Bangladesh;Dhaka|Sri Lanka;Colombo|Laos;Vientiane|Cambodia;Phnom Penh|Mongolia;Ulaanbaatar
Tajikistan;Dushanbe|Kyrgyzstan;Bishkek|Uzbekistan;Tashkent|Haiti;Port-au-Prince|Honduras;Tegucigalpa
Guatemala;Guatemala City|Nicaragua;Managua|Bolivia;La Paz|Peru;Lima|Fiji;Suva|Tonga;Nuku'alofa
Vanuatu;Port Vila|Samoa;Apia|Papua New Guinea;Port Moresby|Vietnam;Hanoi|Indonesia;Jakarta
"""
_FUNDS = """
the Green Climate Fund|the Loss and Damage Fund|Gavi|the Adaptation Fund|the World Food Programme
UNICEF|UNHCR|the World Health Organization|the International Committee of the Red Cross
the Central Emergency Response Fund|the Global Environment Facility|the Global Fund|UNRWA
the International Organization for Migration|the United Nations Population Fund
the Global Partnership for Education
"""


def _bare(said: str) -> str:
    return said.removeprefix("the ")


def states() -> list[Party]:
    """The countries that give."""
    rows = (line.split(";") for line in _STATES.split("\n") if line)
    return [Party(_bare(n), n, adj, seat, home, "state") for n, adj, seat, home in rows]


def bodies() -> list[Party]:
    """The organisations that give."""
    rows = (line.split(";") for line in _BODIES.split("\n") if line)
    return [Party(_bare(name), name, "", seat, home, "body") for name, seat, home in rows]


def countries() -> list[Party]:
    """The countries that receive."""
    rows = (one.split(";") for one in _RECEIVERS.strip().replace("\n", "|").split("|"))
    return [Party(name, name, "", seat, "USD", "state") for name, seat in rows]


def funds() -> list[Party]:
    """The funds and agencies that receive."""
    names = _FUNDS.strip().replace("\n", "|").split("|")
    return [Party(_bare(name), name, "", "Geneva", "USD", "body") for name in names]


def together(one: Party, other: Party, home: str) -> Party:
    """Two givers that act as one."""
    first, second = sorted((one, other))
    return Party(
        f"{first.name}|{second.name}", f"{first.said} and {second.said}", "", first.seat, home,
        "joint",
    )  # fmt: skip


def pairs(rng: Random, wanted: int, funds_share: float, joint: float) -> list[tuple[Party, Party]]:
    """At least ``wanted`` different pairs of a giver and a receiver, if there are so many."""
    givers = states() + bodies()
    rng.shuffle(givers)
    receivers = countries()
    rng.shuffle(receivers)
    agencies = funds()
    rng.shuffle(agencies)
    few = max(6, min(len(givers), round((1.2 * wanted) ** 0.5)))
    found: list[tuple[Party, Party]] = []
    while receivers or agencies:
        first = agencies if rng.random() < funds_share else receivers
        receiver = (first or receivers or agencies).pop()
        mine = [giver for giver in givers[:few] if giver.name != receiver.name]
        found += [(giver, receiver) for giver in mine if wanted > 800 or rng.random() < 0.7]
        if rng.random() < joint * few:
            one, other = rng.sample([giver for giver in mine if giver.kind == "state"] or mine, 2)
            found.append((together(one, other, rng.choice(("EUR", "USD"))), receiver))
    rng.shuffle(found) if wanted > len(found) else None
    return found


_HEADS = "Bel Dora Fen Gal Hal Isk Jar Kal Lum Mar Nov Ost Pel Ral Sol Tav Ul Vel Zor Bri Kro Pal"
_MIDS = "a e i o u an en il or ev ani iva osh"
_TAILS = "ka na ra vik mel nitsa dor sha ya ta lin rik va do skov"
_PLAIN = (
    "Lighthouse Bridge Harvest Shield Anchor Horizon Lantern Hearth Compass Orchard Beacon Spring "
    "Canopy Umbrella Sunrise Rampart Cornerstone Lifeline Kestrel Juniper Aurora Delta Meridian"
)
_FIRSTS = "Safe Warm Green Open Strong Common Northern Clear Bright New Rural Steady Fair Swift"
_LASTS = "Skies Homes Harvest Roads Future Hands Waters Winter Shores Fields Start Horizons Grid"


def programme(rng: Random, weights: tuple[float, float, float]) -> str:
    """A name for a programme: a coined word, a plain word or two words, by their weights."""
    kind = rng.choices(("coined", "plain", "two"), weights)[0]
    if kind == "plain":
        return rng.choice(_PLAIN.split())
    if kind == "two":
        return f"{rng.choice(_FIRSTS.split())} {rng.choice(_LASTS.split())}"
    parts = (rng.choice(pool.split()) for pool in (_HEADS, _MIDS, _TAILS))
    return "".join(parts)


# What for: the scope, then wordings of one aim that need not share a word.
AIMS = tuple(
    (line.split(": ")[0], tuple(line.split(": ")[1].split("; ")))
    for line in """
military: air defence; interceptor missiles; the protection of its skies
military: artillery ammunition; shells for its guns; 155mm rounds
military: drones; unmanned aircraft; reconnaissance and strike drones
military: armoured vehicles; troop carriers; tracked vehicles for its brigades
military: mine clearance; demining teams; the removal of explosives
military: the training of soldiers; courses for recruits; instructors
military: coastal patrol; naval boats; maritime security
humanitarian: food; meals for displaced families; grain and flour; nutrition
humanitarian: shelter; tents and blankets; emergency housing
humanitarian: the winter; heating fuel and stoves; generators before the cold
humanitarian: hospitals; medical supplies; medicine and ambulances; health care
humanitarian: refugees; people who fled; host communities
humanitarian: clean water; wells and pumps; sanitation
humanitarian: earthquake victims; search and rescue; families who lost their homes
civil: the power grid; transformers; repairs to substations; electricity
civil: reconstruction; rebuilding towns; new bridges and roads
civil: the state budget; salaries and pensions; budget support
civil: schools; classrooms and teachers; education
civil: climate adaptation; flood defences; protection against drought
civil: farming; seeds and tractors; irrigation
civil: vaccines; immunisation; doses for children
civil: small businesses; loans to firms; jobs
civil: the fight against corruption; courts and judges; reforms
""".strip().split("\n")
)
