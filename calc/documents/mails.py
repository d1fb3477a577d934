"""E-mails as files (.eml): subject, date, sender and text; attachments are left out and named."""

from __future__ import annotations

import datetime
from email import errors, policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr

from rates.errors import UnreadableInputError

from .decoding import decode
from .pages import Article, article_of_page

MOST_HEADERS = 100_000  # bytes; the header parser needs the square of a header's length
MOST_PARTS = 1_000
SHOWN_ATTACHMENTS = 5


def article_of_mail(data: bytes, name: str) -> Article:
    r"""Read a mail: its subject becomes the title, its sender the publisher.

    A mail without plain text gives the text of its HTML. Raises UnreadableInputError when there
    is neither, or when the file is no mail.

    >>> head = b"Subject: Aid\nDate: Mon, 4 Nov 2024 10:00 +0200\n\n"
    >>> mail = article_of_mail(head + b"It pays.", "a.eml")
    >>> mail.title, str(mail.published), mail.text
    ('Aid', '2024-11-04', 'Aid\n\nIt pays.\n')
    """
    head = data[: MOST_HEADERS + 1].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if len(head) > MOST_HEADERS - 1:
        raise UnreadableInputError(
            f"{name}: the headers of the mail are longer than {MOST_HEADERS // 1000} kB; "
            "save its text as .txt (UTF-8)",
            name,
        )
    if data.count(b"\n--") > MOST_PARTS * 100:
        raise UnreadableInputError(
            f"{name}: the mail has too many parts; save its text as .txt (UTF-8)", name
        )
    try:
        mail = BytesParser(policy=policy.default).parsebytes(data)
        subject = " ".join(str(mail.get("subject", "")).split()) or None
        published = _day(mail)
        body, notes = _body(mail, name)
        sender, address = parseaddr(str(mail.get("from", "")))
    except UnreadableInputError:
        raise
    except (errors.MessageError, LookupError, ValueError, RecursionError) as error:
        raise UnreadableInputError(
            f"{name}: not a readable mail ({type(error).__name__}); save its text as .txt (UTF-8)",
            name,
        ) from error
    except (AttributeError, IndexError, TypeError) as error:
        # the header parser stumbles over some damaged headers
        raise UnreadableInputError(
            f"{name}: the mail is damaged ({error}); save its text as .txt (UTF-8)", name
        ) from error
    if not (subject or published or address):
        raise UnreadableInputError(
            f"{name}: no mail (it has neither subject, date nor sender)", name
        )
    return Article(
        text=f"{subject}\n\n{body}\n" if subject else f"{body}\n",
        title=subject,
        publisher=sender or address or None,
        published=published,
        basis="mail header" if published else None,
        notes=tuple(notes),
    )


def _day(mail: EmailMessage) -> datetime.date | None:
    """The day in the sender's own time zone."""
    try:
        moment = getattr(mail.get("date"), "datetime", None)
    except (ArithmeticError, ValueError):  # a zone or a year that no calendar has
        return None
    return moment.date() if isinstance(moment, datetime.datetime) else None


def _body(mail: EmailMessage, name: str) -> tuple[str, list[str]]:
    notes: list[str] = []
    attached: list[str] = []
    for count, part in enumerate(mail.walk(), start=1):
        if count > MOST_PARTS:
            raise UnreadableInputError(
                f"{name}: the mail has more than {MOST_PARTS} parts; save its text as .txt", name
            )
        if part.is_attachment() or part.get_content_maintype() not in ("text", "multipart"):
            attached.append(" ".join((part.get_filename() or part.get_content_type()).split()))
    if attached:
        shown = ", ".join(attached[:SHOWN_ATTACHMENTS])
        more = f" and {len(attached) - SHOWN_ATTACHMENTS} more" if attached[5:] else ""
        notes.append(f"attachments are not read: {shown}{more}")
    plain = mail.get_body(preferencelist=("plain",))
    text = _content(plain, name) if plain is not None else ""
    if text:
        return text, notes
    marked = mail.get_body(preferencelist=("html",))
    if marked is not None and (content := _content(marked, name)):
        article = article_of_page(content.encode("utf-8"), name)
        notes.append("read from the HTML of the mail, for it has no plain text")
        return article.text.strip("\n"), notes
    raise UnreadableInputError(
        f"{name}: the mail holds no text" + (f" ({notes[0]})" if notes else ""), name
    )


def _content(part: MIMEPart, name: str) -> str:
    """The text of a part; one whose bytes are not what it declares must be UTF-8."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset("utf-8")
    try:
        text = data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        if not data.strip():
            return ""
        return decode(data, name).strip("\n")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip("\n")
