"""Web pages: text, title, publisher, address, and a date with how it was found."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.claims import read
from calc.documents import Document, document_from_text, find_sources, pages, read_source
from rates.errors import UnreadableInputError

pytest.importorskip("trafilatura", reason="web pages need the extra html")

PROSE = (
    "<p>Norway will give Ukraine 500 million kroner (about $46 million) for drones, the defence "
    "minister said on Tuesday.</p>"
    "<p>The money comes on top of what Oslo has set aside for this year, the minister said.</p>"
    "<p>The first drones are to reach Ukraine before the summer, she told reporters in Oslo.</p>"
)
HEADING = "<h1>Norway gives 500 million kroner for drones</h1>"


def page(head: str = "", body: str = HEADING + PROSE) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body><main>{body}</main></body></html>"


def document_of(tmp_path: Path, text: str | bytes, name: str = "page.html") -> Document:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (source,) = find_sources(path)
    return read_source(source)


def refusal(tmp_path: Path, text: str | bytes) -> str:
    with pytest.raises(UnreadableInputError) as caught:
        document_of(tmp_path, text)
    assert caught.value.source == "page.html"
    return str(caught.value)


FULL = page(
    "<title>Norway gives 500 million kroner for drones | Fjord Daily</title>"
    '<meta property="og:title" content="Norway gives 500 million kroner for drones">'
    '<meta property="og:site_name" content="Fjord Daily">'
    '<meta property="article:published_time" content="2025-03-04T23:30:00+01:00">'
    '<meta property="article:modified_time" content="2025-03-09T10:00:00+01:00">'
    '<link rel="canonical" href="https://fjord.example/2025/03/06/norway-drones">',
    "<nav><a href='/'>Home</a></nav><article>"
    + HEADING
    + PROSE
    + "<ul><li>200 million kroner for training</li><li>300 million kroner for parts</li></ul>"
    "<table><tr><th>Year</th><th>Aid</th></tr><tr><td>2024</td><td>22 billion kroner</td></tr>"
    "</table></article><aside><h3>Most read</h3><a href='/b'>Lottery pays 90 million</a></aside>"
    "<footer>© 2019 Fjord Daily</footer>",
)


def test_head_of_a_page(tmp_path: Path) -> None:
    document = document_of(tmp_path, FULL)
    assert document.title == "Norway gives 500 million kroner for drones"
    assert document.publisher == "Fjord Daily"
    assert (str(document.published), document.published_basis) == ("2025-03-04", "page metadata")
    assert document.url == "https://fjord.example/2025/03/06/norway-drones"
    assert document.language == "en"


def test_article_is_taken_with_its_lists_and_tables_without_the_site(tmp_path: Path) -> None:
    text = document_of(tmp_path, FULL).text
    for words in ("500 million kroner (about", "200 million", "300 million", "22 billion"):
        assert words in text
    for words in ("90 million", "Home", "2019"):
        assert words not in text
    assert text.count("gives 500 million kroner") == 1
    assert document_of(tmp_path, FULL).zone_at(0).kind == "headline"


def test_positions_count_in_the_text_that_was_read(tmp_path: Path) -> None:
    text = document_of(tmp_path, FULL).text
    claims = read(tmp_path / "page.html")
    assert len(claims) >= 5
    for _, claim in claims.iterrows():
        assert text[int(claim["start"]) : int(claim["end"])] == claim["text"]
    body = claims[claims["zone"] == "body"]
    assert body["donor"].tolist()[0] == "Norway"
    assert set(claims["published"].dt.strftime("%Y-%m-%d")) == {"2025-03-04"}
    (entry,) = claims.attrs["documents"]
    assert entry["url"] == "https://fjord.example/2025/03/06/norway-drones"
    assert entry["published_basis"] == "page metadata"


@pytest.mark.parametrize(
    ("head", "body", "date", "basis"),
    [
        ('<meta name="date" content="2025-03-04">', "", "2025-03-04", "page metadata"),
        ('<meta name="DC.date.issued" content="2025-03-04">', "", "2025-03-04", "page metadata"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle",'
            '"dateModified":"2025-03-09","datePublished":"2025-03-04T08:00:00Z"}</script>',
            "",
            "2025-03-04",
            "page metadata",
        ),
        (
            "",
            '<time class="published" datetime="2025-03-04T10:00">x</time>',
            "2025-03-04",
            "page markup",
        ),
        ("", '<div><time datetime="2025-03-04">Tuesday</time></div>', "2025-03-04", "page markup"),
        ("", "<div><span>Published: 4 March 2025, 10:20</span></div>", "2025-03-04", "stated"),
        (
            '<link rel="canonical" href="https://x.example/2025/03/04/aid">',
            "",
            "2025-03-04",
            "page address",
        ),
        (
            '<link rel="canonical" href="https://x.example/2025/03/09/aid">',
            "<div>4 March 2025</div>",
            "2025-03-04",
            "stated",
        ),
        ('<meta property="article:modified_time" content="2025-03-09">', "", "None", None),
        ('<meta name="expires" content="2031-01-01">', "", "None", None),
        ("", "<div>Updated: 9 March 2025</div>", "None", None),
        ("", "<p>The fund was set up on 4 March 2019 by ministers in Oslo.</p>", "None", None),
        (
            "",
            '<p>It met on <time datetime="2019-03-04">4 March 2019</time> in Oslo, and the '
            "ministers agreed to meet again when the war is over, as the chair said, wherever that "
            "may be held, as soon as they could.</p>",
            "None",
            None,
        ),
        ('<meta name="date" content="soon">', "", "None", None),
    ],
)
def test_date_and_how_it_was_found(
    tmp_path: Path, head: str, body: str, date: str, basis: str | None
) -> None:
    document = document_of(tmp_path, page(head, HEADING + body + PROSE))
    assert (str(document.published), document.published_basis) == (date, basis)


def test_what_is_given_wins_over_the_page(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(FULL)
    (source,) = find_sources(tmp_path / "page.html")
    document = read_source(source, published="2025-01-01", publisher="Us")
    assert (str(document.published), document.published_basis) == ("2025-01-01", "given")
    assert document.publisher == "Us"


def test_file_name_gives_the_date_when_the_page_does_not(tmp_path: Path) -> None:
    assert document_of(tmp_path, page(), "2025-03-04.html").published_basis == "file name"


def test_furniture_that_stays_in_the_text_is_sorted_out(tmp_path: Path) -> None:
    box = "<h3>Read also</h3><p>Tokyo weighs patrol boats for Manila worth 60 million dollars</p>"
    document = document_of(tmp_path, page("", HEADING + PROSE + box + PROSE.replace("500", "501")))
    if "60 million" in document.text:
        zone = document.zone_at(document.text.index("60 million"))
        assert zone.kind in ("related", "teaser")
    assert document.zone_at(document.text.index("500 million kroner (")).kind == "body"
    assert document.zone_at(document.text.index("501 million")).kind == "body"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1251", "cp1251"),
        ("koi8-u", "koi8-u"),
        ("windows-1251", "utf-8"),
        ("utf-16", "utf-16"),
    ],
)
def test_encodings_of_pages(tmp_path: Path, declared: str, encoding: str) -> None:
    prose = "<p>Литва виділить 10 млн євро на дрони, повідомило міністерство оборони.</p>" * 5
    data = page(f'<meta charset="{declared}">', prose).encode(encoding)
    assert "Литва виділить" in document_of(tmp_path, data).text


@pytest.mark.parametrize("declared", ["utf-8", "utf-7", "made-up", "rot13", "zip"])
def test_an_encoding_that_is_not_what_the_page_says_is_refused(
    tmp_path: Path, declared: str
) -> None:
    data = page(f'<meta charset="{declared}">', "<p>Литва виділить</p>").encode("cp1251")
    assert f"declares the encoding '{declared}'" in refusal(tmp_path, data)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<html><body>" + "<div>" * 100_000 + PROSE, "nested deeper"),
        ("<html><body><script>draw()</script></body></html>", "no article was found"),
        ("<p>" + " " * 500_000, "no article was found"),
        ('<html><body><p title="' + "x " * 500_000 + PROSE, "no article was found"),
        (b"%PDF-1.7 ...", "a PDF file"),
        (b"\x1f\x8b\x08aaaa", "gzip"),
        ("", "empty"),
    ],
    ids=["deep", "scripts", "spaces", "open attribute", "pdf", "gzip", "empty"],
)
def test_pages_that_cannot_be_read(tmp_path: Path, text: str | bytes, told: str) -> None:
    assert told in refusal(tmp_path, text)


@pytest.mark.parametrize(
    "junk",
    [
        '<p title="' + "x" * 3_000_000 + '">',
        "<p " + " ".join(f"a{n}" for n in range(30_000)) + ">",
        '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>&b;&b;',
        "<" * 100_000,
        "<a" * 100_000 + ">",
        "&#0;&#1;&#xD800;&#99999999;\x01\x0b",
        "<!--" + "-" * 100_000 + "-->",
        "<table><tr><td>" * 60,
        '<script type="application/ld+json">{"datePublished":' + "[" * 100_000 + "</script>",
        "<time datetime='2025-03-04T00'>x</time>" * 2_000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_hostile_markup_before_the_article_does_not_lose_it(tmp_path: Path, junk: str) -> None:
    document = document_of(tmp_path, f"<html><body>{junk}{HEADING}{PROSE * 3}</body></html>")
    assert "500 million kroner (about $46 million)" in document.text


def test_too_large_a_page_states_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calc.documents.sources.MAX_PAGE_BYTES", 1_000_000)
    assert "larger than 1 MB" in refusal(tmp_path, "a" * 1_000_001)


def test_without_the_library_the_message_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.import_module

    def missing(name: str, package: str | None = None) -> Any:
        if name.startswith(("trafilatura", "lxml")):
            raise ImportError(name)
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", missing)
    assert 'pip install "pledgecalc[html]"' in refusal(tmp_path, FULL)


def test_a_stream_that_begins_as_a_page_is_one(tmp_path: Path) -> None:
    path = tmp_path / "dump"
    path.write_bytes(b"\n<!-- saved -->\n" + FULL.encode())
    with path.open("rb") as handle:
        (source,) = find_sources(handle)
    assert source.kind == "page"


pieces = st.sampled_from(
    [
        *"<p> </p> <div> </div> <b > <!-- --> <table> <td> &amp; &#3; <script> </script>".split(),
        *"<h1> </h1> <title> </title> é".split(),
        "Norway gives 5 million euros. ",
        '"',
        "<time datetime='2025-03-04'>",
        "<meta name=date content=2025-03-04>",
        "\n",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(pieces, max_size=40))
def test_any_markup_is_read_or_refused(parts: list[str]) -> None:
    try:
        article = pages.article_of_page("".join(parts).encode(), "a.html")
    except UnreadableInputError:
        return
    document = document_from_text(article.text)
    assert "".join(article.text[z.start : z.end] for z in document.zones) == article.text


def test_old_pages_that_are_laid_out_by_tables(tmp_path: Path) -> None:
    markup = (
        "<html><head><title>Ministry of Defence - Latvia gives 4 million euros</title></head><body>"
        "<table><tr><td><a href=1>Home</a><br><a href=2>News</a></td><td>"
        "<b>Latvia gives 4 million euros to the drone coalition</b><br>03.06.2025<br><br>"
        "Latvia will give <b>4 million euros</b> to the coalition, the minister said today.<br><br>"
        "The money is for a joint purchase, which begins in June and ends in the autumn.<br><br>"
        "Riga has paid 20 million euros so far.</td></tr></table></body></html>"
    )
    document = document_of(tmp_path, markup)
    assert document.title == "Latvia gives 4 million euros"
    assert document.publisher == "Ministry of Defence"
    assert (str(document.published), document.published_basis) == ("2025-06-03", "stated")
    assert "Latvia will give 4 million euros to the coalition" in document.text
    assert "\nRiga has paid 20 million euros so far.\n" in document.text


def test_a_page_that_is_a_table_keeps_its_rows(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{donor}</td><td>{sum_}</td></tr>"
        for donor, sum_ in (("Norway", "30 million dollars"), ("Italy", "300 million euros"))
    )
    head = "<h1>Pledges at the conference</h1><table><tr><th>Donor</th><th>Pledge</th></tr>"
    for markup in (page("", f"{head}{rows}</table>"), f"<html><body>{head}{rows}</table></body>"):
        lines = document_of(tmp_path, markup).text.splitlines()
        assert any(line.startswith("| Norway | 30 million dollars |") for line in lines)
        assert any(line.startswith("| Italy | 300 million euros |") for line in lines)


def test_cards_of_other_stories_inside_the_markup_are_left_out(tmp_path: Path) -> None:
    card = "<div class=box><a href=/x><h4>Canada pays 1 billion for a port</h4></a></div>"
    text = document_of(tmp_path, page("", HEADING + PROSE + card + PROSE)).text
    assert text.count("500 million kroner (about") >= 1
    document = document_from_text(text)
    if "1 billion" in text:
        assert document.zone_at(text.index("1 billion")).reason is not None


def test_an_article_that_is_only_in_the_data_of_the_page(tmp_path: Path) -> None:
    article = "Norway will give Ukraine 500 million kroner for drones, the minister said. " * 4
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Norway gives",'
        f'"datePublished":"2025-03-04","articleBody":"{article}"}}</script>'
    )
    document = document_of(tmp_path, page(head, "<div id=root></div>"))
    assert "500 million kroner for drones" in document.text
    assert str(document.published) == "2025-03-04"
