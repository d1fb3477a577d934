"""Pages of many layouts: which figures are the article's, and what the head says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.documents import CONTENT, Document, document_from_text, find_sources, read_source
from calc.documents.prices import is_promotion

PAGES = Path(__file__).parent / "pages"

# page: words around figures of the article, and words around figures that stand outside it
PLACES: dict[str, tuple[list[str], list[str]]] = {
    "tabloid_with_promotions.txt": (
        ["Ukraine £150 million for", "another £150 million", "£350 million"],
        ["stake £10", "£4 billion", "£1.2bn", "£2m", "£49.99", "£24.50", "£500"],
    ),
    "market_strip_above.txt": (
        [
            "up €2.1 billion fund to build weapons inside Ukraine\nComp",
            "of €2.1 billion",
            "€500 million",
        ],
        ["$3,345.20", "$66.12", "€3.4 billion", "€200 million", "$5 billion"],
    ),
    "charity_with_gift_bar.txt": (
        ["1.5 million euros", "700,000 euros"],
        [
            "€128,430",
            "€200,000",
            "Give €10\n",
            "Give €25",
            "Give €100",
            "€25 buys",
            "€60",
            "€300",
            "€50",
            "€120",
            "€15",
            "€3.1 million",
        ],
    ),
    "relief_library.txt": (
        ["220 million", "$2.6 billion", "CAD 35 million"],
        ["$118 million", "$205 million"],
    ),
    "podcast_notes.txt": (
        ["about 100 million euros", "where the 100 million", "10 million euros buys"],
        ["€50", "from €399", "€4", "€14", "€25", "300 billion", "471 billion", "9 million dollars"],
    ),
    "forum_thread.txt": (
        ["give 1 billion", "500 million euros"],
        ["$12,000", "£900", "$2,900", "$3 per"],
    ),
    "broadcaster_page.txt": (
        ["'another $1bn'", "lend Ukraine $1bn", "$400m"],
        ["£90m", "Actor left £17m to cat shelter\n2 hours", "€4m", "£30,000", "£9m", "£11,000"],
    ),
    "newsletter_with_sponsors.txt": (
        [
            "finds 2 billion",
            "adds 2 billion euros",
            "further 2 billion euros",
            "3 billion euros for",
            "4 billion euros",
            "15 million euros",
        ],
        ["€9 a month", "€40", "€1,200", "€20"],
    ),
    "institute_commentary.txt": (
        ["200 million euros", "20 million euros goes", "183 million", "100 million euros a year"],
        ["€180", "€5\n", "300,000 euros", "1.4 million", "40 billion", "€24"],
    ),
    "consent_and_classifieds.txt": (
        ["aid to 3.1 billion euros\nHel", "200 million euros", "aid to 3.1 billion euros since"],
        ["€2.99", "€389,000", "€21,500", "€350", "1.0881 USD", "€29"],
    ),
    "release_with_facts.txt": (
        ["65 million Swedish", "410 million", "1.2 billion", "6.4 billion", "1.1 billion euros"],
        ["900 million", "3 billion kronor"],
    ),
    "portal_with_adverts.txt": (
        ["ambulances for 1.3 million", "Ukraine for 1.3 million", "150,000 euros", "400,000 euros"],
        ["0.99 EUR", "5000 EUR", "40 million euros", "2.2 million dollars", "80 euros"],
    ),
    "regional_post.txt": (
        [
            "2 million euros to",
            "pay 2 million euros",
            "gets 150 euros",
            "receives 300 euros",
            "about 90 euros",
            "50 euros can",
        ],
        ["4 million euros", "25,000 USD", "2,200 UAH"],
    ),
    "fund_results.txt": (
        [
            "€1.9 billion",
            "€1.1 billion",
            "€240 million",
            "€90 million",
            "€620 million",
            "€410 million",
            "€230 million",
            "€300 million",
            "€75 million",
            "€40 million",
            "€3 billion",
        ],
        ["€35 million", "€120 million"],
    ),
    "village_gazette.txt": (
        ["£14,000", "£6,500", "gave £500", "£212.40", "£1,000", "£750"],
        ["£38m", "£5 coffee", "£199", "£14.20", "£23,400", "£80,000"],
    ),
    "wire_terminal.txt": (
        [
            "EUR 20 MLN",
            "EUR 1.8 BLN",
            "give 20 million",
            "1.8 billion euros",
            "45 million pounds",
            "$58 million",
            "600 million kroner",
        ],
        ["0.9262", "PLN 2.1 BLN", "USD 300 MLN"],
    ),
    "magazine_story.txt": (
        [
            "40 million dollars of donated",
            "3,000 dollars",
            "9 million euros",
            "make 40 million",
            "250,000 francs",
            "12,000 euros",
        ],
        ["€48", "€19", "€15", "6 billion dollar"],
    ),
    "questions_and_answers.txt": (
        ["$50 billion", "takes $20 billion", "States $20 billion", "7 billion euros"],
        ["£12", "£200", "£1,000", "£9"],
    ),
    "press_digest.txt": (
        ["16 billion kronor", "9 billion of", "85 billion kroner", "90 million euros"],
        ["€350", "€1,100"],
    ),
    "mobile_page.txt": (
        ["€500m on", "pay €500 million", "$500 million under", "about $500m, of", "$275 million"],
        ["€1.99", "$29bn", "£39m"],
    ),
    "agency_in_brackets.txt": (
        ["EUR 80 mln", "EUR 80 million", "EUR 69.5 million", "EUR 5 million"],
        ["EUR 12 mln", "USD 15 mln", "USD 1.9 bln", "USD 820 mln", "USD 1,350"],
    ),
    "company_release.txt": (
        [
            "donates 10 million kroner",
            "donate 10 million Danish",
            "5 million kroner",
            "240 million kroner",
        ],
        ["$5,000"],
    ),
    "business_daily.txt": (
        ["Japan's $3bn loan", "471.9bn yen", "¥471.9bn", "($3bn)", "$50bn", "$12bn"],
        ["$1.0421", "$76.80", "$98,400", "$1.2bn", "$2bn after", "$2.6bn"],
    ),
    "parliament_record.txt": (
        ["£4.5 billion", "£2.26 billion", "£150 million", "£92 million"],
        ["£2,280"],
    ),
    "channel_posts.txt": (
        ["another €400 million", "aside €400 million", "€4 billion"],
        ["$300", "$50", "$900"],
    ),
    "english_edition.txt": (
        ["adds 200 million", "add 200 million", "with 200 million"],
        ["1 €", "9.99 €", "250 million", "15.8 million", "189,000 €"],
    ),
    "printed_report.txt": (
        ["85 billion", "7.5 billion", "5.4 billion"],
        [],
    ),
    "town_page.txt": (
        [
            "worth 2 million kroner to",
            "worth 2 million kroner, the",
            "400 kroner",
            "150,000 kroner",
        ],
        ["3,050 kr", "500 kr", "88 million"],
    ),
}
HEADS: list[tuple[str, str, str | None, str | None]] = [
    (
        "tabloid_with_promotions.txt",
        "UK hands Ukraine £150 million for air defence ahead of winter",
        None,
        "2025-10-14",
    ),
    (
        "market_strip_above.txt",
        "Denmark sets up €2.1 billion fund to build weapons inside Ukraine",
        "The Harbour Ledger",
        "2025-09-03",
    ),
    (
        "charity_with_gift_bar.txt",
        "Iceland pays for 40 generators in Kharkiv",
        "Winter Light Foundation",
        "2025-12-12",
    ),
    (
        "relief_library.txt",
        "Ukraine: Cash support in the east, update no. 14",
        "Northern Relief Council",
        "2025-02-19",
    ),
    ("podcast_notes.txt", "How Estonia pays for drones", None, "2025-06-05"),
    ("broadcaster_page.txt", "Poland lends Kyiv 'another $1bn' for gas", "BNW", None),
    (
        "institute_commentary.txt",
        "Lithuania's quarter of a percent: what it buys",
        "Institute for Eastern Studies",
        "2025-05-07",
    ),
    (
        "consent_and_classifieds.txt",
        "Finland's new package takes military aid to 3.1 billion euros",
        None,
        "2025-03-20",
    ),
    (
        "release_with_facts.txt",
        "Northland contributes 65 million crowns to the energy fund",
        "Ministry of Foreign Affairs",
        "2025-11-11",
    ),
    (
        "portal_with_adverts.txt",
        "Latvia buys Ukraine 12 ambulances for 1.3 million euros",
        None,
        "2025-11-04",
    ),
    (
        "regional_post.txt",
        "Slovakia gives 300 heaters and 2 million euros to border towns",
        "Carpathian Post",
        "2025-10-10",
    ),
    (
        "village_gazette.txt",
        "Village hall sends third van to Kherson",
        "The Fenland Gazette",
        "2025-03-08",
    ),
    ("magazine_story.txt", "The accountant of Lviv", None, None),
    ("mobile_page.txt", "Netherlands to spend €500m on American arms for Kyiv", None, "2025-08-04"),
    (
        "business_daily.txt",
        "Japan's $3bn loan to Kyiv to come from frozen assets",
        "The Meridian",
        "2025-01-17",
    ),
    ("channel_posts.txt", "Netherlands: another €400 million", "Aid Monitor Channel", "2025-05-16"),
    (
        "english_edition.txt",
        "France adds 200 million euros to its fund for Ukrainian repairs",
        "L'Observateur de l'Est",
        "2025-10-02",
    ),
    ("printed_report.txt", "Aid to Ukraine: Third Annual Review", None, None),
    (
        "town_page.txt",
        "Town gives generators worth 2 million kroner to Mykolaiv",
        "Kommune Fjordby",
        "2025-01-14",
    ),
]


def is_content(document: Document, words: str) -> bool:
    assert document.text.count(words) == 1, words
    return document.zone_at(document.text.index(words)).kind in CONTENT


@pytest.mark.parametrize("name", sorted(PLACES))
def test_article_and_furniture_are_told_apart(name: str) -> None:
    document = read_source(find_sources(PAGES / name)[0])
    article, furniture = PLACES[name]
    assert [words for words in article if not is_content(document, words)] == []
    assert [words for words in furniture if is_content(document, words)] == []


@pytest.mark.parametrize(("name", "title", "publisher", "published"), HEADS)
def test_head_of_page(name: str, title: str, publisher: str | None, published: str | None) -> None:
    document = read_source(find_sources(PAGES / name)[0])
    day = None if document.published is None else str(document.published)
    assert (document.title, document.publisher, day) == (title, publisher, published)


@pytest.mark.parametrize("mark", ["> ", ""])
def test_an_earlier_mail_below_a_reply_is_not_the_reply(mark: str) -> None:
    text = (
        "From: Ann Lind\nSubject: Norway\nDate: Tue, 4 Mar 2025 10:00:00 +0100\n\n"
        "Norway will give Ukraine 5 million kroner, and the money leaves Oslo this week.\n\n"
        "On 3 March 2025, Bob Berg <bob@x.example> wrote:\n\n"
        f"{mark}Sweden gave 7 million kronor, and the money has left Stockholm.\n"
    )
    document = document_from_text(text)
    assert is_content(document, "5 million")
    assert not is_content(document, "7 million")


def test_an_answer_below_the_quoted_mail_is_read() -> None:
    text = (
        "From: Ann Lind\nSubject: Norway\nDate: Tue, 4 Mar 2025 10:00:00 +0100\n\n"
        "On 3 March 2025, Bob Berg <bob@x.example> wrote:\n"
        "> Sweden gave 7 million kronor, and the money has left Stockholm.\n\n"
        "And Norway will give Ukraine 5 million kroner. The money leaves Oslo this week.\n"
    )
    document = document_from_text(text)
    assert is_content(document, "5 million")
    assert not is_content(document, "7 million")


lines = st.sampled_from(
    [
        "Norway will give Ukraine 5 million kroner, the minister said in Oslo on Monday.",
        "The money leaves Oslo this week and reaches Kyiv on Friday, she told reporters.",
        "Norway gives Ukraine 5 million kroner",
        "Sponsored by Northbank",
        "A MESSAGE FROM OUR SPONSOR",
        "Open an account and get a €50 bonus.",
        "Kittens, vaccinated, €350",
        "Most read",
        "Related content",
        "LABEL",
        "Bridge reopens after repair for 4 million euros",
        "Source: Mine Desk",
        "Anna K.  5 July 2023 at 12:40",
        "On 3 March 2025, Bob Berg <bob@x.example> wrote:",
        "> quoted",
        "Home | News | Contact",
        "The Fenland Gazette",
        "4 March 2025",
    ]
)


@settings(deadline=None)
@given(st.lists(lines, max_size=14))
def test_any_page_is_sorted_whole(page: list[str]) -> None:
    text = "\n".join(page)
    document = document_from_text(text)
    assert "".join(text[z.start : z.end] for z in document.zones) == text


@pytest.mark.parametrize(
    "unit",
    [
        "a |" * 60 + "\n",
        "On x, y wrote:\n",
        "$5 of $6 / \n",
        "Anna K.  5 July 2023 at 12:40\n",
        "Sponsored by X\nSome words here that are a headline\n",
        "12 EUR \n",
        "Partner content\nBuy €5 now\n",
    ],
    ids=lambda unit: unit[:10].strip(),
)
def test_long_pages_of_one_kind_are_read(unit: str) -> None:
    assert document_from_text(unit * 5_000).zones[-1].end == len(unit) * 5_000


@pytest.mark.parametrize(
    "line",
    [
        "Unlimited access for KSh 99 a week.",
        "Abonnez-vous : 1 € le premier mois, puis 9,99 € par mois, sans engagement.",
        "Jetzt abonnieren: 4,90 € pro Monat, jederzeit kündbar.",
    ],
)
def test_offers_in_other_words(line: str) -> None:
    assert is_promotion(line)


@pytest.mark.parametrize(
    "line",
    [
        "Each family gets a voucher of 50 euros a month for food.",
        "Subscribers of the fund pay 5 million euros a year.",
        "The programme gives 300 members of the group 20 million kroner a year.",
        "Cancelling the debt costs 9 million dollars a year.",
    ],
)
def test_sums_of_an_article_are_no_offers(line: str) -> None:
    assert not is_promotion(line)
