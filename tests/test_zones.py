"""What belongs to the article, and what stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest
from five_documents import Five, each_five
from hypothesis import given
from hypothesis import strategies as st
from zone_places import PLACES

from calc.documents import (
    CONTENT,
    FURNITURE,
    Document,
    document_from_text,
    find_sources,
    read_source,
)

PAGES = Path(__file__).parent / "pages"

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


@each_five
def test_zones_of_the_five_documents(five: Five) -> None:
    for page in five.pages:
        document = read_source(find_sources(page.path)[0])
        places = [(words, kind_of(document, words) in CONTENT) for words, _ in page.places]
        assert places == page.places


def test_a_page_of_entries_of_several_days_has_no_date_of_its_own() -> None:
    assert read_source(find_sources(PAGES / "topic_page.txt")[0]).published is None
