"""Delimited files by any ending, standard input, archives, and what a folder holds besides."""

from __future__ import annotations

import bz2
import gzip
import io
import sys
import tarfile
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import cli
from calc.claims import read
from calc.documents import archives, find_sources
from calc.documents.kinds import kind_of
from rates.errors import UnreadableInputError

CSV = "donor,recipient,amount,currency,published\nNorway,Ukraine,5,NOK,2024-11-04\n"
CSV += "Sweden,Moldova,6,SEK,2024-11-05\n"
PROSE = "Norway gave Ukraine 7 million euros on Monday, the minister said.\n"
Output = pytest.CaptureFixture[str]


def test_every_delimited_ending(tmp_path: Path) -> None:
    for suffix, mark in [
        ("csv", ","),
        ("csv", ";"),
        ("tsv", "\t"),
        ("tab", "\t"),
        ("ssv", ";"),
        ("ssv", " "),
        ("dat", "\t"),
        ("dat", "|"),
        ("txt", "\t"),
        ("txt", ";"),
        ("txt", ","),
    ]:
        path = tmp_path / f"a.{suffix}"
        path.write_text(CSV.replace(",", mark), encoding="utf-8")
        claims = read(path)
        assert claims["amount"].tolist() == [5, 6], (suffix, mark)
        assert str(claims["published"].tolist()[1].date()) == "2024-11-05", (suffix, mark)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_table_in_a_text_file_with_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_text(CSV.replace(",", "\t"), encoding=encoding)
    assert read(tmp_path / "a.txt")["amount"].tolist() == [5, 6]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Donor;Sum\nNorway;5\nSweden;6,5\n", "table"),
        ("Land\tHilfe 2023\nNorwegen\t1.234.567\n", "table"),
        ("name,day,aid\nA,2024-01-02,€5\nB,2024-02-03,€6\n", "table"),
        ("Land,Hilfe\nNorwegen,5 Mio. €\nSchweden,6 Mio. €\n", "table"),
        ("Country,2022,2023\nNorway,5,6\n", "table"),
        ('[{"a": 1}]', "table"),
        ('{"grants": []}', "table"),
        ('<?xml version="1.0"?><iati-activities/>', "table"),
        ("<html><body>It pays.</body></html>", "page"),
        ("In Kyiv, the minister said, 5 million came.\nIn Oslo, they said, 6 went.\n", "text"),
        ("Norway, 5 million\nSweden, 6 million\n", "text"),
        ("| Donor | Aid |\n|---|---|\n| Norway | 5 |\n", "text"),
        ("- Norway: 5\n- Sweden: 6\n", "text"),
        ("Dear all,\nthe sum is 5 million euros.\nYours,\nA.\n", "text"),
        ("OSLO, 4 November\n", "text"),
        ('"We pay, he said.\nWe pay 5 million, she said.\n', "text"),
        ("", "text"),
    ],
)
def test_rows_and_prose_are_told_apart(text: str, kind: str) -> None:
    assert kind_of("a.txt", text.encode("utf-8")) == kind
    assert kind_of("stdin", text.encode("utf-8")) == kind


def test_a_csv_on_standard_input_is_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    text = "Geber,Summe\nNorwegen,5\n"
    for options, code in (
        (["--columns", "amount=Summe,donor=Geber"], 0),
        ([], 0),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        given = text if options else CSV
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        assert cli.main(["read", "-", "--json", *options]) == code
        assert '"amount": "5"' in capsys.readouterr().out


def pack(path: Path, files: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_an_archive_is_read_as_a_folder_is(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep.txt", PROSE)
    path = pack(
        tmp_path / "a.zip",
        {
            "data/b.csv": CSV,
            "a.txt": PROSE,
            "c.csv.gz": gzip.compress(CSV.encode()),
            "more.zip": inner.getvalue(),
            "../../escape.txt": PROSE,
            "__MACOSX/._b.csv": "x",
            "logo.png": b"\x89PNG",
            "old.doc": b"\xd0\xcf\x11\xe0",
        },
    )
    with pytest.warns(UserWarning, match=r"a\.zip/old\.doc: an old word processor file"):
        claims = read(path, published="2024-11-04")
    assert claims["source"].drop_duplicates().tolist() == [
        "a.zip/../../escape.txt",
        "a.zip/a.txt",
        "a.zip/c.csv.gz",
        "a.zip/data/b.csv",
        "a.zip/more.zip/deep.txt",
    ]
    assert any("logo.png" in note for note in claims.attrs["notes"])
    assert not (tmp_path.parent / "escape.txt").exists()


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tgz"])
def test_a_tar_archive(tmp_path: Path, name: str) -> None:
    with tarfile.open(tmp_path / name, "w" if name == "a.tar" else "w:gz") as tar:
        entry = tarfile.TarInfo("pages/a.csv")
        entry.size = len(CSV)
        tar.addfile(entry, io.BytesIO(CSV.encode()))
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    assert set(read(tmp_path / name)["source"]) == {f"{name}/pages/a.csv"}


def test_one_packed_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(CSV.encode()))
    (tmp_path / "b.csv.bz2").write_bytes(bz2.compress(CSV.encode()))
    frame = pd.DataFrame({"donor": ["Norway"], "amount": [5.0], "currency": ["NOK"]})
    packed = io.BytesIO()
    frame.to_parquet(packed)
    (tmp_path / "c.parquet.gz").write_bytes(gzip.compress(packed.getvalue()))
    assert read(tmp_path)["amount"].tolist() == [5, 6, 5, 6, 5]
    stream = io.BytesIO(gzip.compress(CSV.encode()))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    assert read("-")["amount"].tolist() == [5, 6]


def test_feather_files(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame({"donor": ["Norway"], "amount": [5.0], "currency": ["NOK"]})
    frame.to_feather(tmp_path / "a.feather")
    assert read(tmp_path / "a.feather")["amount"].tolist() == [5]
    (tmp_path / "b.feather").write_bytes(b"ARROW1 damaged")
    with pytest.raises(UnreadableInputError, match="not a readable Feather file"):
        read(tmp_path / "b.feather")


def test_a_bomb_is_refused_before_it_goes_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "FEWEST_SUSPECT", 1_000_000)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(CSV.encode() + b"0" * 5_000_000))
    pack(tmp_path / "b.zip", {"b.csv": CSV + "0" * 5_000_000})
    for name in ("a.csv.gz", "b.zip"):
        with pytest.raises(UnreadableInputError, match="times its size"):
            read(tmp_path / name)


def test_archives_in_archives_end(tmp_path: Path) -> None:
    content = b"x"
    for name in ("a.txt", "1.zip", "2.zip"):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(name, content)
        content = packed.getvalue()
    (tmp_path / "3.zip").write_bytes(content)
    with pytest.raises(UnreadableInputError, match="an archive within an archive within"):
        read(tmp_path / "3.zip")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.zip", b"PK\x03\x04 damaged", "damaged archive"),
        ("a.csv.gz", b"\x1f\x8b damaged", "damaged archive"),
        ("a.csv.gz", gzip.compress(CSV.encode(), mtime=0)[:40], "damaged archive"),
        ("a.tar", b"no tar", "damaged archive"),
    ],
)
def test_damaged_archives_are_named(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableInputError, match=told):
        read(tmp_path / name)


def test_nothing_in_a_folder_is_passed_over_in_silence(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    for name in ("slides.pptx", "data.xyz", "nameless", "map.png", "style.css", "feed.xml"):
        (tmp_path / name).write_text("<rss><item/></rss>" if name == "feed.xml" else "x")
    assert cli.main(["read", str(tmp_path), "--published", "2024-11-04"]) == 2
    said = capsys.readouterr()
    assert "7 million euros" in said.out
    for told in (
        "slides.pptx: a slide show (.pptx) is not read; save its text as .txt",
        "data.xyz: the ending .xyz is not known",
        "nameless: its name has no ending",
        "feed.xml: a news feed",
        "2 files not read, as pictures, code and settings are: map.png, style.css",
    ):
        assert told in said.err


def test_pictures_alone_do_not_make_an_error(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    (tmp_path / "map.png").write_bytes(b"\x89PNG")
    assert cli.main(["read", str(tmp_path), "--published", "2024-11-04"]) == 0
    assert "map.png" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["<data><row/></data>", '{"a": 1}', "\x00\x01", "a\x00b"])
@pytest.mark.parametrize("name", ["a.txt", "a.dat", "a.xml", "a"])
def test_unknown_content_is_an_error_and_no_sum_of_nothing(
    tmp_path: Path, capsys: Output, name: str, content: str
) -> None:
    declared = '<?xml version="1.0"?>' if content.startswith("<") else ""
    (tmp_path / name).write_text(declared + content)
    assert cli.main(["total", str(tmp_path / name)]) == 2
    assert capsys.readouterr().out == ""


def test_an_unnamed_file_and_a_closed_standard_input_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert [one.problem for one in find_sources("")] == ["the name of a file is empty"]
    monkeypatch.setattr(sys, "stdin", None)
    assert [one.problem for one in find_sources("-")] == ["there is no standard input"]


def test_a_header_without_rows_is_noted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("donor,amount\n")
    claims = read(tmp_path / "a.csv")
    assert claims.empty
    assert "no rows below the header" in claims.attrs["documents"][0]["notes"]


def test_letters_that_are_no_country_before_a_name_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "donor,amount\nKON: A foundation,5\nDEU: Germany,6\n", encoding="utf-8"
    )
    assert read(tmp_path / "a.csv")["donor"].tolist() == ["KON: A foundation", "Germany"]
