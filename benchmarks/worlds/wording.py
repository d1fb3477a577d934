"""How the articles of a made world are worded: sentences, purposes, programmes, amounts."""

from __future__ import annotations

MONTHS = (
    "January February March April May June July August September October November December".split()
)
# Broad kind, the words that say only that, and lines: (words of an article ...) for one thing.
KINDS: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]], ...] = (
    (
        "military",
        ("military aid", "defence assistance", "military support"),
        (
            ("drones", "unmanned aircraft", "FPV drones"),
            ("artillery shells", "155 mm ammunition", "large-calibre ammunition"),
            ("air defence systems", "air defence", "interceptor missiles"),
            ("armoured vehicles", "armoured personnel carriers"),
            ("the training of soldiers", "troop training"),
            ("body armour and helmets", "protective gear for soldiers"),
            ("tank spare parts", "spare parts for tanks"),
            ("night-vision devices for the army", "night-vision equipment for troops"),
        ),
    ),
    (
        "humanitarian",
        ("humanitarian aid", "emergency relief", "humanitarian assistance"),
        (
            ("food parcels", "food for displaced families"),
            ("hospital equipment", "medical equipment for hospitals", "equipment for clinics"),
            ("ambulances", "rescue vehicles and ambulances"),
            ("winter clothing", "warm clothing for the winter"),
            ("clean water", "water supply and sanitation", "drinking water"),
            ("shelters for refugees", "housing for refugees"),
            ("psychological care for children", "counselling for children"),
        ),
    ),
    (
        "energy",
        ("energy support", "help for the energy sector"),
        (
            ("power grid repairs", "repairs to the electricity grid"),
            ("mobile generators", "generators"),
            ("natural gas purchases", "gas purchases"),
            ("transformers", "high-voltage transformers"),
        ),
    ),
    (
        "reconstruction",
        ("reconstruction", "rebuilding work"),
        (
            ("bridges", "the repair of bridges"),
            ("schools", "the rebuilding of schools"),
            ("railway repairs", "locomotives and railway repairs"),
            ("housing", "the rebuilding of homes"),
        ),
    ),
    (
        "financial",
        ("budget support", "financial support"),
        (
            ("pensions and salaries", "salaries of civil servants and pensions"),
            ("small business loans", "loans for small firms"),
            ("farm credit", "seeds and credit for farmers"),
        ),
    ),
    (
        "demining",
        ("demining", "mine clearance"),
        (
            ("demining machines", "mine-clearing machines"),
            ("demining of farmland", "mine clearance on farmland"),
        ),
    ),
)
FIRST = (
    "Winter Safe Bright Open Northern Blue Steady Green Iron Amber Silver Common Rapid Solid Warm "
    "Clear Firm Lasting Harbour River Eagle Falcon Linden Birch Granite Meadow Beacon Compass"
).split()
SECOND = (
    "Shield Skies Horizon Bridge Anchor Hearth Lantern Path Wall Harvest Dawn Current Field Gate "
    "Signal Roof Spring Tower"
).split()

ANNOUNCED = (
    "{donor} will provide {recipient} with {amount} {purpose}{programme}.",
    "{donor} pledged {amount} to {recipient} {purpose}{programme}, the government said.",
    "The government of {donor} announced {amount} for {recipient} {purpose}{programme}.",
    "{recipient} is to receive {amount} from {donor} {purpose}{programme}.",
    "At a meeting in the capital, {donor} promised {recipient} {amount} {purpose}{programme}.",
    "{donor} has announced a new package of {amount} for {recipient} {purpose}{programme}.",
    "New support worth {amount} {purpose} will go from {donor} to {recipient}{programme}.",
    "{donor} is giving {recipient} {amount} {purpose}{programme}, the foreign minister said.",
    "In a statement, {donor} said that it would send {amount} to {recipient} {purpose}{programme}.",
    "A package of {amount} {purpose} for {recipient} was unveiled by {donor}{programme}.",
)
COMMITTED = (
    "The cabinet of {donor} approved {amount} for {recipient} {purpose}{programme}.",
    "{donor} has committed {amount} to {recipient} {purpose}{programme}, officials confirmed.",
    "Lawmakers in {donor} voted to allocate {amount} to {recipient} {purpose}{programme}.",
    "{donor} signed an agreement on {amount} for {recipient} {purpose}{programme}.",
)
DISBURSED = (
    "{donor} has transferred {amount} to {recipient} {purpose}{programme}.",
    "{recipient} received {amount} from {donor} {purpose}{programme}.",
    "The {amount} from {donor} {purpose}{programme} reached {recipient}, the ministry reported.",
    "{donor} disbursed {amount} to {recipient} {purpose}{programme}.",
)
RECAPS = (
    "{donor} recalled the {amount} {purpose} for {recipient}{when}{programme}.",
    "The {amount} {purpose} that {donor} pledged to {recipient}{when}{programme} was praised.",
    "{donor}, which{when} pledged {amount} to {recipient} {purpose}{programme}, hosted the talks.",
    "Among the help for {recipient} is the {amount} from {donor} {purpose}{when}{programme}.",
    "Visiting the region, officials from {donor} spoke of the {amount} for {recipient} "
    "{purpose}{when}{programme}.",
)
# Ways to say when; {month}, {year}, {day}. The empty ones say only that it is old.
WHEN_MONTH = (" first announced in {month}", " announced in {month} {year}", " unveiled in {month}")
WHEN_DAY = (" announced on {day} {month} {year}", " first announced on {day} {month}")
WHEN_YEAR = (" announced last year", " pledged last year")
WHEN_LAST_MONTH = (" announced last month", " presented last month")
WHEN_OPEN = (" announced earlier", " previously announced", " already announced", "")
TRANCHES = (
    "{donor} paid {recipient} a first tranche of {amount} {purpose}{programme}.",
    "A tranche of {amount} {purpose} arrived in {recipient} from {donor}{programme}.",
    "{donor} released {amount}, part of the {whole} {purpose} for {recipient}{programme}.",
    "An initial {amount} of the {whole} {purpose} was sent by {donor} to {recipient}{programme}.",
)
REVISED = (
    "{donor} raised its support for {recipient} {purpose}{programme} to {amount}.",
    "{donor} increased the package for {recipient} {purpose}{programme} to {amount}.",
    "Instead of the sum first planned, {donor} gives {recipient} {amount} {purpose}{programme}.",
)
LISTED = (
    "It will also give {recipient} {amount} {purpose}{programme}.",
    "Separately, {donor} set aside {amount} for {recipient} {purpose}{programme}.",
)
TOTALS = (
    "{donor} has so far provided {recipient} with {amount} in {scope}.",
    "To date, {scope} from {donor} to {recipient} comes to {amount}.",
    "In total, {donor} has given {recipient} {amount} in {scope} since the start of the war.",
    "The {scope} of {donor} for {recipient} has reached {amount}.",
)
TARGETS = (
    "{recipient} needs {amount} this year, the United Nations said.",
    "The appeal for {recipient} seeks {amount}.",
)
SCOPES = {"military": "military aid", "all": "aid of all kinds"}
NAMES = {
    "USD": ("dollars", "dollar"),
    "EUR": ("euros", "euro"),
    "GBP": ("pounds", "pound"),
    "SEK": ("Swedish kronor", ""),
    "NOK": ("Norwegian kroner", ""),
    "DKK": ("Danish kroner", ""),
    "CZK": ("Czech crowns", ""),
    "PLN": ("zlotys", ""),
    "CHF": ("Swiss francs", ""),
    "JPY": ("yen", ""),
    "CAD": ("Canadian dollars", ""),
    "AUD": ("Australian dollars", ""),
    "NZD": ("New Zealand dollars", ""),
    "SGD": ("Singapore dollars", ""),
    "KRW": ("won", ""),
    "HUF": ("forints", ""),
    "ISK": ("Icelandic kronur", ""),
}
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "C$", "AUD": "A$", "NZD": "NZ$", "SGD": "S$"}
DOLLARS = ("USD", "CAD", "AUD", "SGD", "NZD", "HKD")
CROWNS = ("SEK", "NOK", "DKK")


def number(amount: float, digits: int) -> tuple[str, str]:
    """The number and the word of scale for an amount rounded to ``digits`` already.

    >>> number(135e6, 3), number(1.5e9, 2), number(20e6, 1)
    (('135', 'million'), ('1.5', 'billion'), ('20', 'million'))
    """
    word, scale = ("billion", 1e9) if amount >= 999.5e6 else ("million", 1e6)
    if amount < 999.5e3:
        return f"{amount:,.0f}", ""
    value = amount / scale
    return f"{float(f'{value:.{max(digits, 1)}g}'):,.10g}", word


def money(amount: float, digits: int, currency: str, style: int, bare: bool) -> str:
    """An amount as an outlet of that style prints it.

    >>> money(20e6, 1, "EUR", 0, False), money(20e6, 1, "EUR", 1, False)
    ('€20 million', '20 million euros')
    >>> money(50e6, 1, "CAD", 0, True), money(50e6, 1, "SEK", 2, False)
    ('$50 million', 'SEK 50 million')
    """
    figures, word = number(amount, digits)
    shown = f"{figures} {word}".strip()
    if bare and currency in DOLLARS:
        return f"${shown}"
    if style == 0 and currency in SIGNS:
        return f"{SIGNS[currency]}{shown}"
    if style == 1 and currency in NAMES:
        return f"{shown} {NAMES[currency][0]}"
    return f"{currency} {shown}"
