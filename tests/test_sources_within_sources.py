"""Files within files, mails and pages that say little of themselves: what is read, what is said."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from calc.claims import read
from calc.documents import mails
from rates.errors import UnreadableInputError, UsageError

SAID = "Norway gave Ukraine 5 million euros on 4 November 2024.\n"


def packed(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def problems(path: Path) -> tuple[list[str], list[str]]:
    claims = read(path)
    return sorted(claims["source"]), [one["message"] for one in claims.attrs["problems"]]


@pytest.mark.filterwarnings("ignore:a.zip/:UserWarning")
def test_an_archive_within_an_archive_is_read_but_no_deeper(tmp_path: Path) -> None:
    said = SAID.encode()
    deepest = packed({"c.txt": said})
    path = tmp_path / "a.zip"
    members = {
        "a.txt": said,
        "b.zip": packed({"b.txt": said, "c.zip": deepest}),
        ".hidden/x.txt": said,
        "picture.png": b"\x89PNG",
        "letter.docx": b"PK\x03\x04",
        "tool.exe": b"MZ",
    }
    path.write_bytes(packed(members))
    sources, told = problems(path)
    assert [one.rsplit("/", 1)[1] for one in sources] == ["a.txt", "b.txt"]
    assert any("an archive within an archive within an archive" in one for one in told)
    assert not any("hidden" in one for one in told)


def test_an_encoding_that_is_none_is_refused_with_some_that_are(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SAID, encoding="utf-16")
    assert read(path, encoding="utf-16")["amount"].tolist() == [5e6]
    for wrong in ("utf-17", "base64"):
        with pytest.raises(UsageError, match=f"'{wrong}' is no encoding; there are utf-8"):
            read(path, encoding=wrong)


def test_a_page_in_a_stated_encoding_is_read_in_it(tmp_path: Path) -> None:
    text = "<html><body><h1>Aid</h1><p>Zoë Müller gave Ukraine 5 million euros.</p></body></html>"
    path = tmp_path / "a.html"
    path.write_bytes(text.encode("cp437"))
    claims = read(path, encoding="cp437")
    assert claims["sentence"].tolist() == ["Zoë Müller gave Ukraine 5 million euros."]


def test_a_mail_of_too_many_parts_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mails, "MOST_PARTS", 1)
    path = tmp_path / "a.eml"
    lines = "\n--x" * 101
    path.write_text(f"From: a@b.org\nSubject: Aid\n\n{SAID}{lines}\n", encoding="utf-8")
    with pytest.raises(UnreadableInputError, match="the mail has too many parts; save its text"):
        read(path)


def test_a_mail_without_words_in_its_own_encoding_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    head = 'From: a@b.org\nSubject: Aid\nContent-Type: text/plain; charset="x-none"\n\n'
    path.write_text(f"{head}{SAID}", encoding="utf-8")
    assert read(path)["amount"].tolist() == [5e6]
    path.write_text(f"{head} \n", encoding="utf-8")
    with pytest.raises(UnreadableInputError):
        read(path)


def page(tmp_path: Path, head: str, body: str = "") -> Path:
    path = tmp_path / "a.html"
    path.write_text(
        f"<html><head><title>Aid for Ukraine</title>{head}</head><body><article>"
        f"<h1>Aid for Ukraine</h1>{body}<p>{SAID}</p></article></body></html>",
        encoding="utf-8",
    )
    return path


def test_linked_data_of_a_page_names_its_publisher(tmp_path: Path) -> None:
    def told(publisher: str) -> list[str]:
        kind = '"@type": "NewsArticle", "headline": "Aid for Ukraine"'
        data = f'{{{kind}, "publisher": {publisher}}}'
        claims = read(page(tmp_path, f'<script type="application/ld+json">{data}</script>'))
        return list(claims["publisher"].fillna("none"))

    assert told('[{"name": "Oslo Courier"}]') == ["Oslo Courier"]
    assert told('"Oslo Courier"') == ["Oslo Courier"]
    assert told("[]") == ["none"]
    assert told('{"name": 5}') == ["none"]


def test_linked_data_that_is_nested_without_end_is_left_alone(tmp_path: Path) -> None:
    data = '{"hasPart": ' * 40 + '{"@type": "NewsArticle", "publisher": "Deep"}' + "}" * 40
    claims = read(page(tmp_path, f'<script type="application/ld+json">{data}</script>'))
    assert claims["amount"].tolist() == [5e6]
    assert claims["publisher"].isna().all()


def test_a_publisher_in_microdata_is_named(tmp_path: Path) -> None:
    inner = '<div itemprop="publisher"><span itemprop="name">Oslo Courier</span></div>'
    assert read(page(tmp_path, "", inner))["publisher"].tolist() == ["Oslo Courier"]
    empty = '<div itemprop="publisher"><span itemprop="name"> </span></div>'
    assert read(page(tmp_path, "", empty))["publisher"].isna().all()


def test_a_canonical_address_that_is_none_is_passed_over(tmp_path: Path) -> None:
    links = '<link rel="canonical" href="/aid"><link rel="canonical" href="">'
    assert read(page(tmp_path, links))["amount"].tolist() == [5e6]


def test_a_table_of_a_page_keeps_cells_that_reach_down(tmp_path: Path) -> None:
    rows = (
        "<tr><th>Donor</th><th>Year</th><th>Amount, million EUR</th></tr>"
        "<tr><td rowspan=3>Norway</td><td>2022</td><td>5</td></tr>"
        "<tr><td>2023</td><td>6</td></tr><tr><td>2024</td><td>7</td></tr><tr></tr>"
    )
    path = tmp_path / "a.html"
    path.write_text(
        f"<html><body><table></table><table>{rows}</table></body></html>", encoding="utf-8"
    )
    claims = read(path)
    assert claims["amount"].tolist() == [5e6, 6e6, 7e6]
    assert set(claims["donor"]) == {"Norway"}
