"""Mails as files: subject, sender, date and text."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from calc.claims import read
from calc.documents import Document, find_sources, read_source
from rates.errors import UnreadableInputError

BODY = (
    "Lithuania will give Ukraine 10 million euros for drones, the ministry in Vilnius said today.\n"
    "\n"
    "The money is part of this year's budget – nothing was added to it.\n"
)


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    wanted = {
        "Subject": "Lithuania gives 10 million euros for drones",
        "From": "Press office of the ministry <press@ministry.example>",
        "Date": "Mon, 04 Nov 2024 23:30:00 -0500",
    }
    for name, value in (wanted | headers).items():
        if value:
            message[name] = value
    message.set_content(BODY)
    return message


def document_of(tmp_path: Path, data: bytes) -> Document:
    (tmp_path / "note.eml").write_bytes(data)
    (source,) = find_sources(tmp_path / "note.eml")
    assert source.kind == "mail"
    return read_source(source)


def refusal(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(UnreadableInputError) as caught:
        document_of(tmp_path, data)
    assert caught.value.source == "note.eml"
    return str(caught.value)


@pytest.mark.parametrize("cte", ["8bit", "quoted-printable", "base64"])
def test_headers_become_title_publisher_and_date(tmp_path: Path, cte: str) -> None:
    message = mail()
    message.set_content(BODY, cte=cte)
    document = document_of(tmp_path, message.as_bytes(policy=SMTP))
    assert document.title == "Lithuania gives 10 million euros for drones"
    assert document.publisher == "Press office of the ministry"
    assert (str(document.published), document.published_basis) == ("2024-11-04", "mail header")
    assert document.text == f"{document.title}\n\n{BODY}"
    assert document.zone_at(3).kind == "headline"
    assert document.notes == ()


def test_claims_of_a_mail(tmp_path: Path) -> None:
    document_of(tmp_path, mail().as_bytes())
    claims = read(tmp_path)
    assert claims["zone"].tolist() == ["headline", "body"]
    assert claims["donor"].tolist() == ["Lithuania", "Lithuania"]
    (entry,) = claims.attrs["documents"]
    assert (entry["publisher"], entry["published"]) == (
        "Press office of the ministry",
        "2024-11-04",
    )


def test_attachments_are_named_and_left_out(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(b"%PDF 5 million euros", "application", "pdf", filename="a table.pdf")
    message.add_attachment("7 million euros", filename="notes.txt")
    document = document_of(tmp_path, message.as_bytes())
    assert document.notes[0].startswith("attachments are not read: ")
    assert "table.pdf" in document.notes[0]
    assert "notes.txt" in document.notes[0]
    assert "7 million" not in document.text
    assert read(tmp_path).attrs["documents"][0]["notes"] == list(document.notes)


def test_html_is_read_when_there_is_no_plain_text(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="web pages need the extra html")
    message = mail()
    message.set_content(f"<html><body><p>{BODY}</p></body></html>", subtype="html")
    document = document_of(tmp_path, message.as_bytes())
    assert "10 million euros for drones, the ministry" in document.text
    assert any("HTML" in note for note in document.notes)


def test_plain_text_goes_before_html(tmp_path: Path) -> None:
    message = mail()
    message.add_alternative("<p>99 million euros</p>", subtype="html")
    document = document_of(tmp_path, message.as_bytes())
    assert "99 million" not in document.text
    assert document.notes == ()


def test_sender_without_a_name_is_the_address(tmp_path: Path) -> None:
    document = document_of(tmp_path, mail(From="press@ministry.example").as_bytes())
    assert document.publisher == "press@ministry.example"


def test_a_date_that_cannot_be_read_stays_open(tmp_path: Path) -> None:
    data = mail(Date="").as_bytes().replace(b"Subject:", b"Date: some day\nSubject:")
    assert document_of(tmp_path, data).published is None


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"Subject: x\nX-Long: " + b"a" * 200_000 + b"\n\ntext", "headers of the mail are longer"),
        (b"no headers here, only text\n\nmore text\n", "no mail"),
        (b"Subject: empty\n\n\n", "no text"),
        (b"Subject: x\nContent-Type: image/png\n\nabc", "no text"),
        (
            b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
            + b"--b\nContent-Type: text/x\n\n\n" * 5_000,
            "parts",
        ),
        (b"Subject: x\nContent-Type: text/plain; charset=made-up\n\n\xff\xfe\xfd", "UTF-16"),
        (b"", "empty"),
    ],
    ids=["long header", "no header", "no body", "picture", "parts", "charset", "empty"],
)
def test_mails_that_cannot_be_read(tmp_path: Path, data: bytes, told: str) -> None:
    assert told in refusal(tmp_path, data)


def test_deep_nesting_is_read_or_refused(tmp_path: Path) -> None:
    data = b"Subject: x\nFrom: a@b.example\n"
    for depth in range(3_000):
        data += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth)
    assert "note.eml" in refusal(tmp_path, data + b"\ntext")
