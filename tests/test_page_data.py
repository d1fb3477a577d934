"""What web pages of several makes say of their article: JSON-LD, microdata, RDFa, nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from calc.documents import Document, find_sources, read_source
from rates.errors import UnreadableInputError

pytest.importorskip("trafilatura", reason="web pages need the extra html")

TITLE = "Norway gives 500 million kroner for drones"
PROSE = (
    "<p>Norway will give Ukraine 500 million kroner (about $46 million) for drones, the defence "
    "minister said on Tuesday.</p>"
    "<p>The money comes on top of what Oslo has set aside for this year, the minister said.</p>"
    "<p>The first drones are to reach Ukraine before the summer, she told reporters in Oslo.</p>"
)
ARTICLE = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2025-03-04T08:00:00+01:00",
    "dateModified": "2025-03-09",
    "publisher": {"name": "Fjord Daily"},
}
SITE = {"@type": "WebPage", "datePublished": "2019-01-01"}
OTHER = {**ARTICLE, "headline": "A bridge", "datePublished": "2018-01-01", "publisher": "Other"}


def document_of(tmp_path: Path, head: str, body: str = PROSE) -> Document:
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><head><title>{TITLE}</title>{head}</head>"
        f"<body><article><h1>{TITLE}</h1>{body}</article></body></html>"
    )
    return read_source(find_sources(path)[0])


def script(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize(
    "head",
    [
        script(ARTICLE),
        script({"@graph": [SITE, ARTICLE]}),
        script([{"@type": "BreadcrumbList"}, {**ARTICLE, "@type": ["Report", "Article"]}]),
        script(SITE) + script(ARTICLE),
        script({**SITE, "mainEntity": ARTICLE}),
        script([OTHER, ARTICLE]),
        '<script type="application/ld+json">{"broken":,}</script>' + script(ARTICLE),
    ],
)
def test_the_data_of_the_article_speaks_not_that_of_its_site(tmp_path: Path, head: str) -> None:
    document = document_of(tmp_path, head)
    assert (str(document.published), document.published_basis) == ("2025-03-04", "page metadata")
    assert document.publisher == "Fjord Daily"


def test_articles_that_are_all_other_stories_give_no_date(tmp_path: Path) -> None:
    later = {**OTHER, "headline": "A tunnel", "datePublished": "2017-01-01"}
    document = document_of(tmp_path, script([OTHER, later]))
    assert document.published is None


def test_microdata(tmp_path: Path) -> None:
    markup = (
        '<meta itemprop="datePublished" content="2025-03-04">'
        '<span itemprop="publisher" itemscope><meta itemprop="name" content="Fjord Daily"></span>'
    )
    document = document_of(tmp_path, "", markup + PROSE)
    assert str(document.published) == "2025-03-04"
    assert document.publisher == "Fjord Daily"


def test_a_date_in_the_attribute_of_an_element(tmp_path: Path) -> None:
    element = '<span property="dc:date" content="2025-03-04T00:00:00+00:00">04/03/2025</span>'
    document = document_of(tmp_path, "", element + PROSE)
    assert (str(document.published), document.published_basis) == ("2025-03-04", "page markup")


def test_a_page_that_is_named_after_its_ministry_alone(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><title>Ministry of Defence</title></head><body><table><tr><td>"
        f"<b>Ministry of Defence</b><br>4 March 2025<br><br><font>{TITLE}</font><br><br>"
        "Norway will give Ukraine 500 million kroner for drones, the minister said on Tuesday in "
        "Oslo after a meeting with her colleagues from the north.<br><br>"
        "The money comes on top of what Oslo has set aside for this year.</td></tr></table></body>"
    )
    document = read_source(find_sources(path)[0])
    assert (document.title, document.publisher) == (TITLE, "Ministry of Defence")
    assert str(document.published) == "2025-03-04"


@pytest.mark.parametrize(
    "body",
    [
        "<div><h1>We value your privacy</h1><p>We and our 834 partners store and access "
        "information on a device; for 4.99 euros a month you read without tracking.</p></div>",
        "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>",
        "<form><h1>Log in</h1><label>User</label><input><input type=password></form>",
        "<h1>One moment</h1><p>Checking your browser before you go on.</p>",
    ],
    ids=["consent", "scripts", "login", "robots"],
)
def test_a_wall_before_the_article_is_refused(tmp_path: Path, body: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><head><title>x</title></head><body>{body}</body></html>")
    with pytest.raises(UnreadableInputError, match="no article was found"):
        read_source(find_sources(path)[0])


def test_a_banner_over_an_article_does_not_hide_it(tmp_path: Path) -> None:
    banner = "<div><p>We use cookies. Accept all or pay €3.99 a month.</p></div>"
    assert "500 million kroner (about" in document_of(tmp_path, "", banner + PROSE).text
