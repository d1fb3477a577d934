"""Files that the fuzzer begins with: those of the repository, and small ones of every kind."""

from __future__ import annotations

import io
import json
import zipfile
from functools import lru_cache
from pathlib import Path

import pandas as pd
from iati_files import activities, activity, transaction

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "tests" / "tables" / "publishers"

HTML = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="2024-11-04T10:00:00Z">
<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"2024-11-04",
"publisher":{{"name":"Wire"}},"headline":"Aid"}}</script></head><body><h1>Aid</h1><article>
<p>{text}</p><table><tr><th>Donor</th><th>Amount (EUR million)</th></tr><tr><td>Norway</td>
<td>5.5</td></tr></table></article><aside><p>USD/EUR 1.09</p></aside></body></html>"""
MAIL = """From: Press <press@example.org>\nTo: news@example.org\nSubject: Aid\n{head}
Date: Mon, 4 Nov 2024 10:00:00 +0100\nMIME-Version: 1.0\nContent-Type: {kind}\n\n{text}\n"""
RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Wire</title>
<link>https://example.org/</link><description>News</description><item><title>Aid for Ukraine</title>
<pubDate>Mon, 04 Nov 2024 10:00:00 GMT</pubDate><description>Norway gave Ukraine 7 million euros.
</description></item><item><title>More</title><description><![CDATA[<p>Sweden pledged <b>$5
million</b>.</p>]]></description></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
<entry><title>Aid</title><updated>2024-11-04T10:00:00Z</updated><summary type="html">&lt;p&gt;Norway
gave Ukraine €7 million.&lt;/p&gt;</summary></entry></feed>"""


@lru_cache(maxsize=1)
def texts() -> tuple[str, ...]:
    """Passages, pages and documents of the repository."""
    found = []
    for name in ("claims", "figures", "no_figures", "passages"):
        lines = (ROOT / "tests" / "corpus" / f"{name}.jsonl").read_text("utf-8").splitlines()
        found += [str(json.loads(line)["text"]) for line in lines]
    for folder in ("tests/pages", "tests/stand_ins", "examples/lithuania"):
        found += [path.read_text("utf-8") for path in sorted((ROOT / folder).glob("*.txt"))]
    return tuple(found)


@lru_cache(maxsize=1)
def pages() -> tuple[str, ...]:
    """Web pages around the texts."""
    return tuple(HTML.format(title=one[:40], text=one[:1500]) for one in texts()[::9])


@lru_cache(maxsize=1)
def mails() -> tuple[str, ...]:
    """Mails with the texts in them, of one part and of several, and with a table attached."""
    parts = 'multipart/alternative; boundary="b"'
    found = []
    for one in texts()[::9]:
        plain = 'text/plain; charset="utf-8"'
        found.append(MAIL.format(head="X-A: b", kind=plain, text=one[:1500]))
        both = f"--b\nContent-Type: text/plain\n\n{one[:600]}\n--b\nContent-Type: text/html\n\n"
        found.append(MAIL.format(head="", kind=parts, text=f"{both}<p>{one[:600]}</p>\n--b--"))
    table = (
        "--b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: "
        "quoted-printable\n\nNorway gave =80 5 million.\n--b\nContent-Type: text/csv; "
        'name="a.csv"\nContent-Disposition: attachment; filename="a.csv"\nContent-Transfer-'
        "Encoding: base64\n\nZG9ub3IsYW1vdW50LGN1cnJlbmN5Ck5vcndheSw1LEVVUgo=\n--b--"
    )
    found.append(MAIL.format(head="", kind='multipart/mixed; boundary="b"', text=table))
    return tuple(found)


@lru_cache(maxsize=1)
def tables() -> tuple[str, ...]:
    """The heads of tables as their publishers make them, and of small ones."""
    found = [path.read_text("utf-8")[:3000] for path in sorted(TABLES.glob("*.csv"))]
    found.append((ROOT / "examples" / "aid.csv").read_text("utf-8")[:1500])
    found.append((ROOT / "examples" / "register.csv").read_text("utf-8")[:1500])
    return (*found, *small_tables())


def small_tables() -> tuple[str, ...]:
    """Tables of a line or two, each with a layout of its own."""
    return (
        "donor,recipient,amount,currency,published\nNorway,Ukraine,5,EUR,2024-11-04\n",
        "id;Geber;Betrag;Währung\n1;Norwegen;1.250,00;EUR\n2;Schweden;7.350.000;SEK\n",
        "donor\tamount_low\tamount_high\tcurrency\nNorway\t5m\t6m\tNOK\n",
        "source,published,donor,recipient,text\na,2024-11-04,Norway,Ukraine,€5 million\n",
        "donor,2022,2023\nNorway,5 million EUR,6 million EUR\n",
    )


@lru_cache(maxsize=1)
def shapes() -> tuple[object, ...]:
    """What JSON files hold: rows, the answers of services, collections of texts."""
    rows = [
        {
            "donor": "Norway",
            "recipient": "Ukraine",
            "amount": 5e6,
            "currency": "EUR",
            "day": "2024",
        },
        {"donor": "Sweden", "recipient": None, "amount": "7,5", "currency": "SEK", "tags": ["a"]},
    ]
    flow = {"amountUSD": 5, "sourceObjects": [{"type": "Organization", "name": "Norway"}],
            "destinationObjects": [{"type": "Location", "name": "Kenya"}], "status": "paid",
            "date": "2024-11-04", "boundary": "incoming"}  # fmt: skip
    grant = {"id": "1", "amountAwarded": 5, "currency": "GBP", "awardDate": "2024-11-04",
             "fundingOrganization": [{"name": "A"}],
             "recipientOrganization": [{"name": "B"}]}  # fmt: skip
    collected = [{"text": one[:400], "date": "2024-11-04"} for one in texts()[:40:10]]
    return (rows, {"data": {"flows": [flow, flow]}}, {"grants": [grant]}, {"rows": rows}, collected)


@lru_cache(maxsize=1)
def activity_files() -> tuple[str, ...]:
    """Activities as registers publish them."""
    places = '<recipient-country code="KE" percentage="60"/><recipient-region code="298"/>'
    one = activity(transaction(3, "1000.01", value_date="2023-01-10"), transaction(2, "-5"))
    two = activity(transaction("C", "7,5", currency="EUR"), name="XM-DAC-7", places=places)
    return activities(one), activities(one, two), activities(two, version="1.05")


@lru_cache(maxsize=1)
def docx() -> bytes:
    """A statement as a word processor saves it."""
    import docx as papers

    paper = papers.Document()
    paper.add_heading("Statement")
    paper.add_paragraph("Norway gave Ukraine 7 million euros on 4 November 2024.")
    table = paper.add_table(rows=2, cols=2)
    for place, word in enumerate(("Donor", "Amount (EUR million)", "Norway", "7.5")):
        table.cell(place // 2, place % 2).text = word
    packed = io.BytesIO()
    paper.save(packed)
    return packed.getvalue()


@lru_cache(maxsize=1)
def workbook() -> bytes:
    """A small workbook as a spreadsheet saves it."""
    packed = io.BytesIO()
    frame = pd.DataFrame(
        {"donor": ["Norway", "Sweden"], "amount": [5e6, 7.5], "currency": ["EUR", "SEK"]}
    )
    frame.to_excel(packed, index=False)
    return packed.getvalue()


def packed(members: dict[str, bytes | str]) -> bytes:
    """An archive of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            inside = content.encode("utf-8", "replace") if isinstance(content, str) else content
            archive.writestr(name, inside)
    return made.getvalue()
