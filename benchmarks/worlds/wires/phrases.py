"""Wordings of the wires. What may be missing begins with its own space: {aim}, {prog}, {when}.

{donor}, {source}, {to} (the receiver), {amount}, {whole}, {before} are always filled; {has}, {it}
agree with the donor, {noun} is " in military aid" or nothing, {kind} "military aid" or "support".
"""

LEADS = {
    "pledged": (
        "{donor} will give {to} {amount}{noun}{aim}{prog}, {source} said{when}.",
        "{donor} pledged {amount}{noun} to {to}{when}{prog}{aim}.",
        "{source} promised {to} {amount}{noun}{aim}{when}{prog}.",
        "{donor} plans to send {to} {amount}{noun}{aim}{prog}, {source} told reporters{when}.",
        "{to} is to receive {amount}{noun} from {donor}{aim}{prog}, according to {source}.",
        "{donor} {has} offered {to} {amount}{noun}{prog}{aim}.",
        "{source}{when} unveiled a package of {amount} for {to}{aim}{prog}.",
        "{donor} said{when} {it} would provide {to} with {amount}{noun}{aim}{prog}.",
        "There will be {amount}{noun} for {to} from {donor}{aim}{prog}, {source} announced{when}.",
        "Fresh help is coming to {to}: {donor} will put up {amount}{aim}{prog}.",
        "{donor} announced {kind} worth {amount} for {to}{aim}{prog}{when}.",
        "{amount}{noun} will go to {to}{aim}{prog}, {office} of {donor} said{when}.",
    ),
    "committed": (
        "Lawmakers{when} approved {amount}{noun} from {donor} to {to}{aim}{prog}.",
        "{donor} and {to} signed an agreement on {amount}{noun}{aim}{prog}{when}.",
        "{donor} {has} formally committed {amount}{noun} to {to}{prog}{aim}, {source} said{when}.",
        "{source} signed off on {amount} for {to}{aim}{prog}{when}.",
        "The promise is now law: {donor} committed {amount}{noun} to {to}{aim}{prog}{when}.",
        "{donor} agreed{when} to the transfer of {amount} to {to}{aim}{prog}.",
        "A contract over {amount}{noun} for {to}{aim}{prog} was concluded{when}, {source} said.",
        "{source} confirmed{when} that the cabinet had cleared {amount} for {to}{aim}{prog}.",
    ),
    "allocated": (
        "{donor} {has} set aside {amount}{noun} for {to}{aim}{prog}, {source} said{when}.",
        "{donor} allocated {amount} to {to}{aim}{prog}{when}.",
        "{source} earmarked {amount} for {to}{aim}{prog}{when}.",
        "The budget of {donor} now has a line of {amount} for {to}{aim}{prog}.",
        "Of this year's budget, {donor} reserved {amount}{noun} for {to}{aim}{prog}{when}.",
        "{amount} from {donor} {aimed} was allocated to {to}{when}{prog}, {source} said.",
    ),
    "disbursed": (
        "{donor} transferred {amount}{noun} to {to}{aim}{prog}{when}.",
        "{to} {got} {amount}{noun} from {donor}{aim}{prog}, {source} said{when}.",
        "{donor} delivered {kind} worth {amount} to {to}{aim}{prog}{when}.",
        "The {amount} from {donor} {aimed} arrived in full{when}, {to} confirmed{prog_end}.",
        "{source} said{when} that {amount}{noun} had been paid out to {to}{aim}{prog}.",
        "{donor} {has} completed the delivery of {amount}{noun} to {to}{aim}{prog}.",
        "{donor} released {amount}{noun} to {to}{when}{prog}{aim}.",
        "{donor} {has} now handed over {amount}{noun} to {to}{prog}{aim}.",
    ),
    "tranche": (
        "{donor} paid {to} the {nth} tranche of {amount}{when}{prog}.",
        "{to} received the {nth} instalment, {amount}, from {donor}{when}{prog}.",
        "{donor} sent {to} {amount}{when}, the {nth} part of {its} {whole} package{prog}.",
        "{amount} out of {whole} that {donor} promised {to}{prog} was paid{when}, {source} said.",
        "{source} said{when} the {nth} tranche of {its} {whole} for {to}, {amount}, was on its "
        "way{prog}.",
        "As the {nth} of {count} payments, {donor} transferred {amount} to {to}{when}{prog}.",
        "{donor} {has} disbursed {amount} to {to} as the {nth} slice of {whole}{aim}{prog}.",
        "With another {amount}{when}, {donor} continues to pay out {its} {whole} for {to}{prog}.",
    ),
    "part": (
        "Of the {whole} from {donor} to {to}, {amount} will go on {plain}{prog}.",
        "{donor}'s {whole} for {to}{prog} includes {amount} for {plain}.",
        "{amount} of the {whole} that {donor} gives {to} is meant for {plain}, {source} said.",
        "From a package of {whole} for {to}, {donor} will spend {amount} on {plain}{prog}.",
    ),
    "changed": (
        "{donor} {raised} {its} {kind} for {to} from {before} to {amount}{aim}{prog}{when}.",
        "{source} said{when} {donor} would give {to} {amount} instead of {before}{aim}{prog}.",
        "Instead of the {before} first planned, {to} will get {amount} from {donor}{aim}{prog}.",
        "{donor} {has} {raised} a promise of {before} to {to}; it now stands at {amount}{prog}.",
        "The package for {to}{prog}, {before} when {donor} announced it, was {raised} to "
        "{amount}{when}.",
    ),
    "recap": (
        "{donor} had{when} promised {to} {amount}{noun}{aim}{prog}.",
        "The {amount}{noun} that {donor} pledged to {to}{when}{aim} is still awaited{prog_end}.",
        "{when_start} {donor} announced {amount}{noun} for {to}{aim}{prog}.",
        "{donor} pledged {amount} to {to}{aim}{prog}{when}.",
        "{to} was promised {amount}{noun} by {donor}{when}{prog}{aim}.",
        "It follows the {amount}{noun} from {donor} for {to}{aim}, first announced{when}{prog}.",
        "{donor} {has} faced questions over the {amount} it offered {to}{when}{aim}{prog}.",
    ),
    "yearly": (
        "{donor} will pay {its} yearly contribution of {amount} to {to} for {year}{prog}{aim}.",
        "For {year}, {donor} gives {to} {amount}{noun}{aim}{prog}, {source} said{when}.",
        "{donor} renewed {its} annual support of {to} with {amount}{aim}{prog}{when}.",
        "As each year, {donor} contributes {amount} to {to}{aim}{prog}, {source} said{when}.",
        "{donor} {has} signed {its} {year} grant to {to}, {amount}{aim}{prog}.",
    ),
    "a-year": (
        "{donor} will give {to} {amount} a year for {count} years{aim}{prog}, {source} said{when}.",
        "{source} promised {to} {amount} each year over {count} years{aim}{prog}{when}.",
        "Over {count} years {to} will receive {amount} annually from {donor}{aim}{prog}.",
    ),
    "both": (
        "{donor} will give {to} {amount} for {plain} and {second} for {plain2}, {source} said.",
        "{donor} pledged {amount} to {to} for {plain}, and as much again, {second}, for {plain2}.",
        "{source}{when} promised {to} two grants: {amount} for {plain}, {second} for {plain2}.",
        "{to} is to get {amount} for {plain} and another {second} for {plain2} from {donor}.",
        "There is {amount} for {plain} and {second} for {plain2} in what {donor} gives {to}{when}.",
    ),
    "each": (
        "{donor} will each give {to} {amount}{noun}{aim}{prog}, {source} said{when}.",
        "{donor} pledged {amount} each to {to}{aim}{prog}{when}.",
        "{to} will get {amount} each from {donor}{aim}{prog}.",
    ),
}  # fmt: skip
ELSEWHERE = (
    "{donor} said{when} {it} would give {to} {amount}{aim}{prog}.",
    "Separately, {donor} promised {to} {amount}{noun}{when}{aim}{prog}.",
    "Other capitals have moved too: {donor} pledged {amount} to {to}{when}{prog}{aim}.",
    "{donor}{when} offered {to} {amount}{noun}{prog}.",
)
TITLES = {
    "pledged": (
        "{donor} to give {to} {amount}{aim}", "{donor} pledges {amount} to {to}",
        "{to} to get {amount} from {donor}", "{donor} offers {to} {amount}{aim}",
        "{amount} for {to} from {donor}", "{donor} announces {amount} for {to}{prog}",
    ),
    "committed": (
        "{donor} approves {amount} for {to}", "{donor} signs {amount} deal with {to}",
        "{donor} commits {amount} to {to}{prog}", "Green light for {amount} from {donor} to {to}",
    ),
    "allocated": (
        "{donor} sets aside {amount} for {to}", "{donor} earmarks {amount} for {to}{aim}",
    ),
    "disbursed": (
        "{donor} sends {to} {amount}", "{to} receives {amount} from {donor}",
        "{amount} from {donor} reaches {to}", "{donor} delivers {amount} to {to}{prog}",
    ),
    "tranche": (
        "{donor} pays {to} {amount} tranche", "{to} gets {nth} instalment of {amount} from {donor}",
        "{nth} tranche for {to}: {donor} transfers {amount}",
    ),
    "changed": (
        "{donor} {lifts} {to} package to {amount}", "{donor} now to give {to} {amount}",
    ),
    "recap": (
        "What became of the {amount} {donor} promised {to}?", "{to} still waits for {donor}'s "
        "{amount}", "{donor} defends {amount} for {to}",
    ),
    "yearly": (
        "{donor} renews {amount} grant to {to}", "{amount} from {donor} to {to} for {year}",
    ),
    "a-year": ("{donor} to give {to} {amount} a year", "{amount} a year for {to} from {donor}"),
    "each": ("{donor} give {to} {amount} each", "{amount} each for {to} from {donor}"),
}  # fmt: skip
BARE_TITLES = (
    "{donor} steps up help for {to}", "{donor} to support {to}", "{to} can count on {donor}",
    "{donor} and {to}: more aid on the way", "{donor} keeps backing {to}", "{donor} helps {to}",
)  # fmt: skip
TOTALS = (
    "{donor} {has} given {to} {amount}{scope} so far{asof}.",
    "Since the crisis began, {donor} {has} provided {to} with {amount}{scope}{asof}.",
    "This brings {scope_name} from {donor} to {to} to {amount}.",
    "In all, {donor} {has} supported {to} with {amount}{scope}{asof}.",
    "The sum of {scope_name} that {donor} {has} sent to {to} now stands at {amount}{asof}.",
    "{donor}'s {scope_name} to {to} {has_total} reached {amount}{asof}.",
    "Counting the latest step, {to} has had {amount}{scope} from {donor}.",
    "{amount}{scope} {has_total} gone from {donor} to {to} to date{asof}.",
    "{donor} {has} spent {amount}{scope} on {to} altogether{asof}.",
    "The {scope_name} of {donor} for {to} adds up to {amount}{asof}.",
    "{source} puts {scope_name} to {to} at {amount} in total{asof}.",
    "All told, {scope_name} from {donor} to {to} comes to {amount}{asof}.",
    "Up to now {to} received {amount}{scope} from {donor}{asof}.",
    "The running tally of {scope_name} for {to} from {donor}: {amount}{asof}.",
)
ALL_DONORS = (
    "Donors have together given {to} {amount}{scope}{asof}.",
    "{to} has received {amount}{scope} from all partners so far{asof}.",
    "Worldwide, {scope_name} to {to} totals {amount}{asof}.",
    "Taken together, {to}'s backers have provided {amount}{scope}{asof}.",
)
TARGETS = (
    "The United Nations says {to} needs {amount} this year.",
    "Aid agencies have appealed for {amount} for {to}.",
    "{to} is seeking {amount} from partners, officials say.",
    "The response plan for {to} calls for {amount}.",
    "Damage in {to} is put at {amount}, according to an estimate.",
)
APPEALS = (
    "{to} needs {amount} this year, it says.",
    "{to} has appealed for {amount}.",
    "{to} is seeking {amount} from donors, officials say.",
)
QUOTES = (
    '"We will not look away," {speaker} said.',
    '"This help must arrive before it is too late," {speaker} told reporters.',
    '"Our commitment does not end here," said {speaker}.',
    '"It is the right thing to do, and it is in our interest," {speaker} said.',
    '"People there have waited long enough," {speaker} told parliament.',
    '"We know what the needs are and we act," according to {speaker}.',
    '"No one should read this as a one-off," {speaker} said in a statement.',
    '"The details will be settled in the coming weeks," {speaker} said.',
)
QUOTED_SUMS = (
    '"The {amount} will make a difference{aim}," {speaker} said.',
    '"These {amount} are not charity," said {speaker}.',
    '"With {amount} we show that we mean it," {speaker} told reporters.',
    '"We are putting {amount} on the table{aim}," {speaker} said.',
    '"I am proud that we can give {amount}," said {speaker}.',
    '"Every cent of the {amount} will be accounted for," according to {speaker}.',
    '"There will be {amount}{aim}, not a promise but money," {speaker} told parliament.',
)
BACKGROUND = (
    "The two sides have held regular talks since last year.",
    "Critics in the opposition say that the money arrives too slowly.",
    "Deliveries to the region have been hampered by damaged roads.",
    "A donor conference is planned, but no date has been set.",
    "Observers expect more announcements in the weeks ahead.",
    "The government faces a tight budget and a vote on spending cuts.",
    "Aid workers on the ground describe the situation as difficult.",
    "It was not clear over what period the help would be given.",
)
SOURCES = (
    "the foreign ministry", "the foreign minister", "the prime minister's office", "a spokesperson",
    "the government", "the development minister", "the finance ministry", "officials",
)  # fmt: skip
ARMED = ("the defence ministry", "the defence minister")
OFFICES = ("the foreign ministry", "the government", "the foreign minister", "a spokesperson")
OFFICIALS = ("a spokesperson", "the president's office", "its president", "officials")
JOINT = ("officials", "ministers", "the two governments", "a joint statement")
SPEAKERS = (
    "the foreign minister", "the prime minister", "the development minister", "a spokesperson",
    "an official who asked not to be named", "the finance minister",
)  # fmt: skip
SCOPES = {
    "all": (("", "aid"), (" in aid", "total aid"), (" in assistance", "assistance"),
            (" in support", "support"), (" of help of all kinds", "help of all kinds"),
            (" in military, humanitarian and financial aid", "overall aid"),
            (" in relief and other aid", "bilateral aid")),
    "military": ((" in military aid", "military aid"), (" in arms", "military support"),
                 (" in weapons and equipment", "military assistance"),
                 (" in defence support", "defence aid")),
    "humanitarian": ((" in humanitarian aid", "humanitarian aid"),
                     (" in relief", "humanitarian relief"),
                     (" in humanitarian assistance", "humanitarian assistance"),
                     (" in emergency aid", "emergency relief")),
}  # fmt: skip
# The broad words for a kind of aid; those of the first line fit anything.
GENERIC = ("aid", "support", "assistance", "help", "funding")
KINDS = {
    "military": ("military aid", "military support", "defence assistance", "security assistance"),
    "humanitarian": ("humanitarian aid", "relief", "emergency aid", "humanitarian assistance"),
    "civil": ("financial aid", "development aid", "civilian support", "economic assistance"),
}
NAMED = (
    " under {n}", " under the {n} programme", " as part of {n}", " as part of the {n} initiative",
    " within {n}", " within the {n} package", " through the {n} scheme", " under its {n} plan",
    ", dubbed {n}", " in the {n} package", " from the {n} fund", ", part of {n}",
)  # fmt: skip
MARKS = (("", ""), ("", ""), ('"', '"'), ("“", "”"), ("'", "'"))
EXTRAS = ("another ", "an additional ", "a further ", "an extra ", "a fresh ")
NTH = "first second third fourth fifth sixth".split()
DATELINES = (
    "{seat}, {date} ({paper}) — ", "{seat}, {date} ({paper}) - ", "{seat} ({paper}) — ",
    "{SEAT}, {date} ({paper}) - ", "{SEAT} — ", "{SEAT} ({paper}) — ", "",
)  # fmt: skip
EDITS = (  # fit one donor and two
    ("said", "told media"), ("will give", "would give"), ("pledged", "promised"),
    ("according to", "as stated by"), ("approved", "gave the nod to"), ("announced", "disclosed"),
    ("transferred", "wired"), ("delivered", "handed over"), ("earmarked", "reserved"),
    ("for", "to the benefit of"), ("from", "coming from"), ("plans to send", "wants to send"),
)  # fmt: skip
TAILS = (", local media reported.", ", according to a statement.", ", agencies reported.",
         ", it emerged.")  # fmt: skip
PAPERS = "Wire|Courier|Morning Post|Dispatch|Evening Paper|Gazette|News Agency|Daily|Chronicle"
