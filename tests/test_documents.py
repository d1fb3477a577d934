"""Titles, publishers, publication dates, names of sources, encodings."""

from __future__ import annotations

import datetime
import io
import pickle
from pathlib import Path

import pytest
from five_documents import Five, each_five
from hypothesis import given
from hypothesis import strategies as st

from calc.documents import decode, document_from_text, find_sources, read_source
from rates.errors import UnreadableInputError, UsageError

PAGES = Path(__file__).parent / "pages"

# page: title, publisher, publication date
HEADS = {
    "agency_with_rate_note.txt": (
        "Finland to raise its aid to Ukraine by 200 million euros, minister says",
        "Reuters",
        "2025-03-11",
    ),
    "list_without_marks.txt": (
        "Sweden announces 16 billion kronor in military aid",
        None,
        "2025-03-31",
    ),
    "agency_with_ticker.txt": (
        "Norway and Ukraine agree on drone production worth 4.2 billion kroner - Ministry",
        "NPA",
        "2025-08-25",
    ),
    "blog_front_matter.md": ("Counting Sweden's 16 billion kronor", "Pledge Notes", "2025-03-31"),
    "cards_in_the_middle.txt": (
        "Denmark to send Ukraine artillery worth 1.2 billion kroner",
        None,
        "2025-02-14",
    ),
    "feed_below.txt": (
        "Iceland joins the demining fund with 3 million euros",
        "Reykjavik Monitor",
        "2025-05-09",
    ),
    "german_page.txt": (
        "Deutschland liefert Flugabwehr für 1,2 Milliarden Euro",
        None,
        "2024-11-04",
    ),
    "headline_only.txt": ("Canada pledges 500 million dollars for Ukrainian drones", None, None),
    "ministry_statement.txt": (
        "Lithuania transfers 5 million euros to the drone coalition",
        "Ministry of National Defence",
        "2024-11-12",
    ),
    "plain_sentences.txt": (None, None, None),
    "press_release.txt": (
        "Fund secures 120 million dollars for clinics damaged by the war",
        None,
        "2024-12-03",
    ),
    "report_sections.txt": ("Where the Baltic aid to Ukraine goes", None, "2025-06-03"),
    "ukrainian_page.txt": ("Литва виділить Україні 10 млн євро на дрони", None, "2024-11-05"),
    "wire_dispatch.txt": (
        "Lithuania raises its aid to Ukraine by 45 million euros",
        "Baltic Wire",
        "2024-11-05",
    ),
    "wrapped_mail.txt": (None, None, None),
}
SENTENCE = "Lithuania will pay for drones that are built in Ukraine, the ministry said."


def page(line: str) -> str:
    return f"Lithuania pays for drones built in Ukraine\n{line}\n{SENTENCE}\n"


@pytest.mark.parametrize("name", sorted(HEADS))
def test_head_of_page(name: str) -> None:
    title, publisher, published = HEADS[name]
    document = read_source(find_sources(PAGES / name)[0])
    assert document.title == title
    assert document.publisher == publisher
    assert document.published == (published and datetime.date.fromisoformat(published))
    assert document.published_basis == ("stated" if published else None)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("November 4, 2024 9:50 PM 1 min read", "2024-11-04"),
        ("by Ona Petraite March 2, 2025 9:29 AM", "2025-03-02"),
        ("date 2025-08-25", "2025-08-25"),
        ("4 November 2024", "2024-11-04"),
        ("Published: 2024-11-04T10:00", "2024-11-04"),
        ("Mon, 4 Nov 2024 18:30 GMT", "2024-11-04"),
        ("25.08.2025, 14:30", "2025-08-25"),
        ("13/04/2025", "2025-04-13"),
        ("04/13/2025", "2025-04-13"),
        ("4 de noviembre de 2024", "2024-11-04"),
        ("Vilnius, November 4, 2024", "2024-11-04"),
    ],
)
def test_date_line_gives_the_publication_date(line: str, date: str) -> None:
    document = document_from_text(page(line))
    assert str(document.published) == date
    assert document.published_basis == "stated"


@pytest.mark.parametrize(
    "line",
    [
        "03/04/2025",
        "Updated: November 6, 2024",
        "Last updated on 6 November 2024",
        "31 February 2025",
        "4-6 November",
        "The ministers met in Vilnius on 4 November 2024 and signed the plan.",
        "Soldiers near Kharkiv on 4 November 2024. (Photo: General Staff)",
    ],
)
def test_other_dates_are_no_publication_date(line: str) -> None:
    assert document_from_text(page(line)).published is None


def test_a_date_in_furniture_is_no_publication_date() -> None:
    text = page("") + (SENTENCE + "\n") * 5 + "Latest news\n2025-01-01\nOther story begins today\n"
    assert document_from_text(text).published is None


def test_file_name_is_the_last_resort_for_a_date() -> None:
    assert document_from_text(SENTENCE, source="a/2024-11-04_x.txt").published_basis == "file name"
    stated = document_from_text(page("2024-11-03"), source="2024-11-04.txt")
    assert str(stated.published) == "2024-11-03"
    assert document_from_text(SENTENCE, source="20241399.txt").published is None


def test_what_is_given_wins() -> None:
    document = document_from_text(
        page("2024-11-03"), published="2024-12-01", publisher="Us", title="Ours"
    )
    assert (str(document.published), document.published_basis) == ("2024-12-01", "given")
    assert (document.publisher, document.title) == ("Us", "Ours")
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        document_from_text(SENTENCE, published="last week")


def test_publisher_behind_the_title() -> None:
    repeated = (
        "Vilnius pays for drones built in Kyiv - Militarka\nVilnius pays for drones built in Kyiv\n"
    )
    document = document_from_text(repeated + SENTENCE)
    assert (document.title, document.publisher) == (
        "Vilnius pays for drones built in Kyiv",
        "Militarka",
    )
    alone = document_from_text("Vilnius pays for drones built in Kyiv - minister\n" + SENTENCE)
    assert (alone.title, alone.publisher) == (
        "Vilnius pays for drones built in Kyiv - minister",
        None,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark_are_read(encoding: str) -> None:
    assert decode("Šakalienė: 10 млн €\r\nok".encode(encoding), "a") == "Šakalienė: 10 млн €\nok"


@given(st.binary(max_size=200))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        text = decode(data, "a.txt")
    except UnreadableInputError:
        return
    assert text.strip()
    assert "\x00" not in text


def test_folder_is_read_sorted_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/.hidden.txt", ".git/c.txt", "picture.png", "C.TXT"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SENTENCE)
    *read, beside = find_sources(tmp_path)
    assert [s.name for s in read] == ["C.TXT", "a/z.md", "b.txt"]
    assert beside.kind == "unread"
    assert "picture.png" in str(beside.problem)
    assert [s.name for s in find_sources(tmp_path / "a" / "z.md")] == ["z.md"]


def test_files_of_one_name_stay_apart_and_one_file_is_read_once(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "note.txt").write_text(SENTENCE)
    found = find_sources(tmp_path / "one" / "note.txt", tmp_path / "two" / "note.txt")
    assert [s.name for s in found] == ["one/note.txt", "two/note.txt"]
    folders = find_sources(tmp_path / "one", tmp_path / "two")
    assert [s.name for s in folders] == ["one/note.txt", "two/note.txt"]
    again = find_sources(tmp_path / "one", tmp_path / "one" / "note.txt")
    assert [s.name for s in again] == ["note.txt"]


def test_open_files_are_named_and_sorted_into_text_and_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("donor,amount\nNorway,5\n")
    with path.open() as handle:
        (source,) = find_sources(handle)
    assert (source.name, source.kind) == ("a.csv", "table")
    streams = find_sources(io.StringIO(SENTENCE), io.BytesIO(b"donor,amount\nNorway,5\n"))
    assert [(s.name, s.kind) for s in streams] == [("stream", "text"), ("stream (2)", "table")]


def test_positions_count_in_the_text_as_python_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Vilnius pays for drones in Kyiv\r\n\r\nIt pays 5 million euros.\r\n")
    assert read_source(find_sources(path)[0]).text == path.read_text(encoding="utf-8")


def test_documents_travel_between_processes() -> None:
    document = document_from_text(page("2024-11-03"))
    assert pickle.loads(pickle.dumps(document)) == document


@each_five
def test_heads_of_the_five_documents(five: Five) -> None:
    found = [read_source(find_sources(page.path)[0]) for page in five.pages]
    days = [None if one.published is None else str(one.published) for one in found]
    assert days == [page.published for page in five.pages]
    assert [one.publisher for one in found] == [page.publisher for page in five.pages]
    assert all(one.title for one in found)
