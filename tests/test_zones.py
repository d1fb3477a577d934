"""What belongs to the article, and what stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.documents import (
    CONTENT,
    FURNITURE,
    Document,
    document_from_text,
    find_sources,
    read_source,
)

PAGES = Path(__file__).parent / "pages"
SHARED = Path(__file__).resolve().parents[2] / "shared"

# page: words in it, and the zone in which they stand
PLACES = {
    "wire_with_bullets.txt": [
        ("worth 40 million", "body"),
        ("25 million", "body"),
        ("15 million", "body"),
        ("14 million", "teaser"),
        ("22 million", "teaser"),
    ],
    "ad_and_author.txt": [
        ("worth 500 million", "body"),
        ("700 million", "teaser"),
        ("90 million", "teaser"),
        ("about 500 million", "body"),
        ("package of 500 million", "body"),
        ("10 000", "navigation"),
    ],
    "dated_cards_below.txt": [
        ("350 million pounds", "body"),
        ("4.5 billion", "body"),
        ("6.5 billion", "feed"),
        ("20 million", "feed"),
        ("12 billion", "feed"),
    ],
    "institution_page.txt": [
        ("today paid 4.1", "body"),
        ("16.1 billion", "body"),
        ("50 billion", "body"),
        ("2 million", "teaser"),
    ],
    "spoken_list.txt": [
        ("1.7 billion", "body"),
        ("loan of 5 billion", "body"),
        ("2 billion dollars", "related"),
        ("900 dollar", "related"),
        ("3 trillion", "related"),
        ("50 billion", "body"),
        ("2.5 billion", "body"),
    ],
    "german_press.txt": [
        ("Datum", "byline"),
        ("weitere 500 Millionen", "body"),
        ("300 Millionen", "body"),
        ("520 Milliarden", "related"),
    ],
    "list_of_key_points.txt": [
        ("471.9 billion yen on", "body"),
        ("471.9 billion yen runs", "body"),
        ("12 billion", "body"),
        ("50 billion", "body"),
        ("5 billion Canadian", "related"),
        ("2.26 billion", "related"),
        ("1 billion yen", "related"),
    ],
    "mailing_list_digest.txt": [
        ("Subject", "headline"),
        ("6.7 billion kroner for", "body"),
        ("6.7 billion kroner on", "body"),
        ("counts 350 million", "body"),
        ("spend 350 million", "body"),
        ("Slovakia", "body"),
        ("because you", "subscription"),
        ("BE68", "donation"),
    ],
    "paywall.txt": [
        ("from €1", "subscription"),
        ("pay 20 million", "body"),
        ("for €1", "subscription"),
        ("€39", "subscription"),
    ],
    "photo_story.txt": [
        ("3 million euros of", "headline"),
        ("400 000", "caption"),
        ("3 million euros since", "body"),
        ("750 000", "body"),
    ],
    "promo_inside.txt": [
        ("10 million", "body"),
        ("70 million", "body"),
        ("5 euros", "subscription"),
        ("Izium", "related"),
        ("1.5 million", "body"),
        ("60 million", "teaser"),
        ("130 million", "teaser"),
        ("2 euros", "teaser"),
    ],
    "quote_box.txt": [
        ("aid worth 1 billion", "body"),
        ("in the end", "body"),
        ("190 billion", "body"),
        ("1.7 billion", "body"),
        ("in the 1 billion", "body"),
    ],
    "topic_page.txt": [
        ("90 million", "headline"),
        ("500 million", "body"),
        ("245 million", "body"),
        ("Load more", "navigation"),
    ],
    "ukrainian_agency.txt": [
        ("ще 100 млн", "body"),
        ("67 млн", "body"),
        ("7 млрд", "body"),
        ("30 гривень", "teaser"),
        ("5 млн", "teaser"),
        ("400 млрд", "teaser"),
    ],
    "aggregator.txt": [
        ("Home / News", "navigation"),
        ("pay 2 million euros", "body"),
        ("8 billion", "teaser"),
        ("12 billion", "teaser"),
    ],
    "baltic_english.txt": [
        ("Latest news", "feed"),
        ("J. Jonaitis", "caption"),
        ("drones worth 30 million", "body"),
        ("0.25 percent", "body"),
        ("80 million", "teaser"),
        ("26 million", "teaser"),
    ],
    "cards_same_topic.txt": [
        ("give 60 million", "body"),
        ("1 billion dollars", "teaser"),
        ("to add 150 million", "teaser"),
        ("will add 150 million", "teaser"),
        ("1 billion euros of military", "body"),
        ("transferred in May", "body"),
    ],
    "comments_below.txt": [
        ("worth 100 million", "body"),
        ("380 million", "body"),
        ("5 billion", "navigation"),
        ("3 million dollars", "navigation"),
    ],
    "economy_page_with_rates.txt": [
        ("1.0872", "ticker"),
        ("74.20", "ticker"),
        ("18.1 billion", "body"),
        ("50 billion dollars", "body"),
        ("41.36", "ticker"),
        ("45.12", "ticker"),
        ("100 000", "teaser"),
    ],
    "foundation_blog.md": [
        ("*Posted", "byline"),
        ("promised 50 million", "body"),
        ("18 million", "body"),
        ("12 million", "body"),
        ("32 million", "body"),
        ("90 million", "related"),
        ("7 million", "related"),
        ("500 million", "navigation"),
    ],
    "kiel_note.txt": [
        ("132 billion", "body"),
        ("82 billion", "body"),
        ("Results", "body"),
        ("2.4 billion", "body"),
        ("4.8 billion", "body"),
        ("50 billion", "related"),
    ],
    "live_blog.txt": [
        ("promises 200 million", "headline"),
        ("add 200 million", "body"),
        ("worth 150 million", "body"),
        ("Sweden gives 1.2 billion", "body"),
        ("with 1.2 billion", "body"),
        ("80 million", "teaser"),
        ("300 million", "teaser"),
    ],
    "ministry_with_menu.txt": [
        ("News item |", "byline"),
        ("providing 400 million", "body"),
        ("110 million", "body"),
        ("200 million", "body"),
        ("27 billion", "related"),
        ("RSS", "navigation"),
    ],
    "nordic_english.txt": [
        ("7 billion kroner to air", "body"),
        ("ADVERTISEMENT", "navigation"),
        ("asked for", "body"),
        ("85 billion", "body"),
        ("70 billion", "body"),
        ("275 billion", "body"),
        ("49 kroner", "subscription"),
        ("900 million", "teaser"),
        ("1.5 trillion", "feed"),
    ],
    "parliament_answer.txt": [
        ("250 million", "body"),
        ("75 million", "body"),
        ("About 40 million", "body"),
        ("70 million", "body"),
        ("2024: 90 million", "body"),
    ],
    "polish_english.txt": [
        ("value at 200 million", "body"),
        ("4.5 billion", "body"),
        ("10 billion", "related"),
        ("50 zlotys", "related"),
        ("Terms of use", "navigation"),
    ],
    "resumed_after_newsletter.txt": [
        ("moved 300 million", "body"),
        ("Your email", "subscription"),
        ("120 million", "body"),
        ("15 billion", "body"),
        ("40 billion", "teaser"),
    ],
    "short_brief.txt": [
        ("pays 52 million", "body"),
        ("1,500 euros", "related"),
    ],
    "statement_list.txt": [
        ("2.3 billion", "body"),
        ("200 million", "body"),
        ("80 million", "body"),
        ("30 million", "body"),
        ("20 million", "body"),
    ],
    "telegram_style.txt": [
        ("150 million", "headline"),
        ("90 million", "body"),
        ("4441", "donation"),
    ],
    "ukrainian_outlet_english.txt": [
        ("Photo:", "caption"),
        ("Latvia adds 4", "headline"),
        ("another 4 million", "body"),
        ("220 million", "related"),
        ("paid 20 million", "body"),
        ("500 million", "related"),
        ("6.6 billion", "related"),
        ("2.75 billion", "body"),
        ("96 million", "teaser"),
    ],
    "video_transcript.txt": [
        ("3.5 billion", "body"),
        ("1.5 billion", "body"),
        ("700 million", "body"),
    ],
    "wire_day_without_year.txt": [
        ("100 million", "body"),
        ("2 million dollars", "teaser"),
        ("800 million", "body"),
        ("Our Standards", "navigation"),
    ],
    "agency_with_rate_note.txt": [
        ("Home >", "navigation"),
        ("Item 1", "caption"),
        ("$218 million", "body"),
        ("900 million", "related"),
        ("2.5 billion", "body"),
        ("interest on frozen", "body"),
        ("0.9169", "ticker"),
        ("10 billion", "teaser"),
    ],
    "list_without_marks.txt": [
        ("9.2 billion", "body"),
        ("5 billion kronor goes", "body"),
        ("500 million", "body"),
        ("80 billion", "body"),
    ],
    "agency_with_ticker.txt": [
        ("41.22", "ticker"),
        ("4.2 billion kroner - Ministry", "headline"),
        ("25 August", "byline"),
        ("1.5 billion kroner", "body"),
        ("85 billion kroner", "body"),
    ],
    "blog_front_matter.md": [
        ('"Counting', "headline"),
        ("2025-03-31", "byline"),
        ("# Counting", "headline"),
        ("5 billion kronor for purchases", "body"),
        ("0.8 billion", "body"),
        ("Subscribe", "subscription"),
    ],
    "cards_in_the_middle.txt": [
        ("Menu", "navigation"),
        ("1.2 billion kroner to Ukraine", "body"),
        ("3 billion euros", "related"),
        ("800 million", "body"),
        ("60 million dollars", "related"),
        ("officials sai", "related"),
        ("Peru", "related"),
        ("60 billion kroner", "body"),
        ("newsletter", "subscription"),
        ("Poulsen said.", "body"),
        ("2 million euro gift", "teaser"),
        ("5 billion dollars", "teaser"),
    ],
    "donation_in_footer.txt": [
        ("1 million zlotys", "body"),
        ("More generators", "body"),
        ("20 000 euros", "donation"),
        ("LT12", "donation"),
        ("bc1q", "donation"),
        ("energy", "navigation"),
    ],
    "feed_below.txt": [
        ("April 2025", "caption"),
        ("Iceland will pay 3 million", "body"),
        ("10 million euros", "body"),
        ("4 billion dollars", "feed"),
        ("30 million euros", "feed"),
    ],
    "german_page.txt": [
        ("28 Milliarden", "body"),
        ("10 Milliarden", "related"),
        ("290 Millionen", "teaser"),
    ],
    "headline_only.txt": [("500 million", "headline")],
    "ministry_statement.txt": [
        ("Ministry of National", "byline"),
        ("transfers 5 million euros to the drone coalition\n", "headline"),
        ("What the money buys", "body"),
        ("first-person-view", "body"),
        ("2 million euros", "body"),
        ("press@", "navigation"),
    ],
    "plain_notes.txt": [("50 million", "body"), ("300 million", "body")],
    "plain_sentences.txt": [("10 million", "body"), ("Estonia", "body")],
    "press_release.txt": [
        ("Switzerland", "body"),
        ("410 million", "body"),
        ("paul.keller", "navigation"),
    ],
    "report_sections.txt": [
        ("How the Estonian", "body"),
        ("100 million", "body"),
        ("What has changed", "body"),
        ("In the first winter", "body"),
        ("Why it matters", "body"),
        ("need not end", "body"),
    ],
    "ukrainian_page.txt": [
        ("10 мільйонів", "body"),
        ("3 млрд", "related"),
        ("За словами", "body"),
        ("4444", "donation"),
        ("2 млрд", "teaser"),
    ],
    "wire_dispatch.txt": [("45 million euros to its", "body"), ("680 million", "body")],
    "wrapped_mail.txt": [("2.1 billion", "body"), ("85 billion", "body")],
}
BODY = (
    "Lithuania will pay for drones that are built in Ukraine, the ministry said on Monday.\n"
    "The drones are to reach the front this winter, the minister told reporters in Vilnius.\n"
    "Vilnius has paid for three earlier deliveries of drones, the defence ministry said.\n"
)
HEAD = "Lithuania pays for drones built in Ukraine\n"


def kind_of(document: Document, words: str) -> str:
    position = document.text.index(words)
    assert document.text.count(words) == 1, words
    return document.zone_at(position).kind


@pytest.mark.parametrize("name", sorted(PLACES))
def test_zones_of_page(name: str) -> None:
    document = read_source(find_sources(PAGES / name)[0])
    assert [(words, kind_of(document, words)) for words, _ in PLACES[name]] == PLACES[name]


def test_furniture_has_a_reason_and_content_has_none() -> None:
    for source in find_sources(PAGES):
        for zone in read_source(source).zones:
            assert zone.kind in CONTENT + FURNITURE
            assert (zone.reason is None) == (zone.kind in CONTENT)


@pytest.mark.parametrize(
    "card",
    [
        "Tokyo weighs patrol boats for Manila worth 60 million dollars\nOfficials spoke of…",
        "Tokyo weighs patrol boats for Manila\nThe boats cost 60 million dollars and come by sea."
        "\nMost popular",
        "Tokyo weighs patrol boats for Manila worth 60 million dollars\nRain stops the final",
        "[Tokyo weighs patrol boats for Manila worth 60 million dollars](https://x.example/a)",
    ],
)
def test_card_below_the_article_is_a_teaser(card: str) -> None:
    document = document_from_text(HEAD + BODY + card)
    assert kind_of(document, "60 million") == "teaser"
    assert kind_of(document, "three earlier deliveries") == "body"


@pytest.mark.parametrize(
    "section",
    [
        "Details\n",
        "Addition\n",
        "Background\n",
        "As a reminder\n",
        "What the money for the drones buys\n",
        "What comes next for the ministry and its drones\n",
    ],
)
def test_section_of_the_article_stays_body(section: str) -> None:
    more = "Vilnius gave Ukraine 60 million dollars for drones in March, the ministry said.\n"
    for after in (more, more + BODY.replace("Monday", "Friday")):
        document = document_from_text(HEAD + BODY + section + after)
        assert kind_of(document, "60 million") == "body"


def test_last_paragraph_without_a_full_stop_stays_body() -> None:
    text = HEAD + BODY + "The ministry will pay 60 million dollars for drones in spring"
    assert kind_of(document_from_text(text), "60 million") == "body"


def test_list_of_sums_stays_body() -> None:
    text = HEAD + BODY + "The ministry named three parts:\n"
    text += "Radars bought from a maker in Kaunas for 60 million dollars\n"
    text += "Clothing and boots sewn by factories in Utena for 20 million dollars\n"
    document = document_from_text(text)
    assert kind_of(document, "60 million") == "body"
    assert kind_of(document, "20 million") == "body"


def test_quotation_with_its_speaker_on_the_next_line_stays_body() -> None:
    text = HEAD + BODY + "We are going to send another 60 million dollars\n\n- Novak said.\n" + BODY
    assert kind_of(document_from_text(text), "60 million") == "body"


def test_article_goes_on_after_a_box() -> None:
    box = "Most popular\nTokyo weighs patrol boats for Manila\nRain delays final in Perth\n"
    more = (
        "The drones that Lithuania will pay for cost 60 million dollars, the ministry said.\n"
        "The ministry in Vilnius will pay for more drones built in Ukraine.\n"
    )
    document = document_from_text(HEAD + BODY + box + more)
    assert kind_of(document, "60 million") == "body"
    assert kind_of(document, "Manila") == "teaser"


def test_live_report_is_no_feed() -> None:
    entries = "".join(
        f"{10 + n}:15\nDonor number {n} will pay 6{n} million dollars.\n" for n in range(9)
    )
    document = document_from_text(HEAD + BODY + entries * 2)
    assert document.zone_at(document.text.index("68 million")).kind == "body"


@pytest.mark.parametrize("line", ["€683 million", "EUR 20,000,000", "Amount: 20.50 EUR", "$1.5bn"])
def test_a_sum_alone_on_its_line_is_no_ticker(line: str) -> None:
    assert kind_of(document_from_text(HEAD + BODY + line + "\n" + SENT), line) == "body"


SENT = "The ministry spoke of drones.\n"
pieces = st.one_of(
    st.sampled_from(
        [
            *(BODY + HEAD).splitlines(),
            "News Feed",
            "10:04 AM",
            "Related",
            "Subscribe",
            "UA043052990000026007015028783",
            "USD 41.22 EUR 44.95",
            "by Ona Petraite 2024-11-04",
            "---",
            "title: x",
            "",
            "…",
            "Rain delays final in Perth as crowds wait",
        ]
    ),
    st.text(max_size=30),
)


@given(st.lists(pieces, max_size=25), st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028"]))
def test_zones_cover_the_text_in_order(lines: list[str], end: str) -> None:
    text = end.join(lines)
    document = document_from_text(text)
    assert document.text == text
    assert "".join(text[z.start : z.end] for z in document.zones) == text
    assert all(z.start < z.end for z in document.zones)
    assert [z.start for z in document.zones[1:]] == [z.end for z in document.zones[:-1]]
    for position in {0, len(text) // 2, len(text)}:
        zone = document.zone_at(position)
        assert zone.start <= position <= zone.end


def test_zone_outside_the_text_is_an_error() -> None:
    with pytest.raises(IndexError, match="outside the text"):
        document_from_text("Short.").zone_at(7)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "12 " * 300_000,
        "A\n" * 100_000,
        "Related\nUK to lend Kyiv two billion dollars more\n" * 10_000,
        (HEAD + BODY) * 3_000,
        "10:04\n" * 100_000,
        "SUPPORT US\nIBAN\n" * 30_000,
        "0x" * 500_000,
        "(" * 500_000,
        "[" * 200_000 + "](",
        "Donor name line here\n" * 30_000,
    ],
    ids=lambda text: text[:10].strip(),
)
def test_long_pages_are_read(text: str) -> None:
    document = document_from_text(text)
    assert document.zones[-1].end == len(text)


# words of the shared examples (two at most) and whether they are the article's
SEED_PLACES = {
    "000": [("Power Within", False), ("10 million", True), ("$2 billion", False)],
    "001": [("683 million", True), ("$11 million", True), ("2.8 million", False)],
    "002": [("5169", False), ("0x6db6", False), ("It is worth", True), ("RFE", True)],
    "003": [("$41", False), ("0.25%", True), ("$1 billion", True), ("Additional funding", True)],
    "004": [("910 million", True), ("$2.8 billion", False), ("$350 billion", False)],
}


@pytest.mark.parametrize("number", sorted(SEED_PLACES))
def test_zones_of_shared_examples(number: str) -> None:
    found = sorted((SHARED / "seeds").glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("the shared example documents are not beside this repository")
    document = read_source(find_sources(found[0])[0])
    places = [(w, kind_of(document, w) in CONTENT) for w, _ in SEED_PLACES[number]]
    assert places == SEED_PLACES[number]


def test_a_page_of_entries_of_several_days_has_no_date_of_its_own() -> None:
    assert read_source(find_sources(PAGES / "topic_page.txt")[0]).published is None
