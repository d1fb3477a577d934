"""What is tried with odd inputs: each target makes one from chance, and gives it to the program.

A target raises ``PledgecalcError`` for what it refuses; anything else that it raises is a find.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import random
import shlex
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from iati_files import activities, activity, transaction

import cli
from calc.claims import read, read_text
from calc.decisions import read_decisions
from calc.figures import figures
from calc.reconcile import reconcile
from calc.values.intervals import READINGS, printed_number, reading
from calc.values.windows import when
from rates import published
from rates.amounts import parse_amount, read_number
from rates.conversion import convert
from rates.errors import PledgecalcError, UsageError
from rates.policies import parse_date, parse_policy
from rates.user import read_rates

from .mutations import Make, changed, damaged, encoded, texts

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "tests" / "tables" / "publishers"
FOLDER = Path(tempfile.mkdtemp(prefix="pledgecalc-fuzz-"))
FAULTS = ("fault of pledgecalc", "bug in pledgecalc")  # the words for what nobody foresaw


class FindError(AssertionError):
    """A promise that an input broke."""


class Target(NamedTuple):
    """One way in: how an input is made, what is done with it, and a share of all inputs."""

    make: Make
    run: Callable[[bytes], None]
    share: float
    ending: str = "txt"


@lru_cache(maxsize=1)
def known_texts() -> tuple[str, ...]:
    """Passages, pages and documents of the repository."""
    found = []
    for name in ("claims", "figures", "no_figures", "passages"):
        lines = (ROOT / "tests" / "corpus" / f"{name}.jsonl").read_text("utf-8").splitlines()
        found += [str(json.loads(line)["text"]) for line in lines]
    for folder in ("tests/pages", "tests/stand_ins", "examples/lithuania"):
        found += [path.read_text("utf-8") for path in sorted((ROOT / folder).glob("*.txt"))]
    return tuple(found)


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass" if _whole(content) else "replace")


def _whole(content: bytes) -> bool:
    with contextlib.suppress(UnicodeDecodeError):
        content.decode("utf-8", "surrogatepass")
        return True
    return False


def _of_text(make: Callable[[random.Random], str]) -> Make:
    return lambda chance: make(chance).encode("utf-8", "surrogatepass")


def _of_words(words: Sequence[str], most: int = 60) -> Make:
    return _of_text(texts(tuple(words), most))


AMOUNTS = (
    "683m", "10 million", "€683m", "1.250,00", "1,234,567.89", "half a billion", "twenty thousand",
    "-5", "(12)", "5e6", "US$ 3.5 bn", "2 lakh", "1/2", "683 million euros", "1'000'000",
)  # fmt: skip


def try_amount(content: bytes) -> None:
    """An amount as typed: parsed, with its digits as intervals that nest around it."""
    text = _text(content)
    with contextlib.suppress(UsageError):
        read_number(text)
    parse_amount(text)
    number = printed_number(text)
    core, usual, extreme = (reading(number, name) for name in READINGS)
    size = abs(number.amount)
    if not core.contains(size) or usual.hull(core) != usual or extreme.hull(usual) != extreme:
        raise FindError(f"the readings of {text!r} do not nest")


DATES = (
    "2024-11-04",
    "2024-11",
    "2024",
    "20241104",
    "4 Nov 2024",
    "2024-11-04T10:00:00Z",
    "04/11/2024",
)
POLICIES = (
    "spot", "month-avg", "year-avg", "window-avg:2022-01-10..2022-02-08", "month-end", "inforeuro",
    "fixed:2024-09-20", "fixed:2023-05", "fixed:USD=1.0868,SEK=11.37", "closing",
)  # fmt: skip
CODES = ("EUR", "USD", "SEK", "UAH", "HRK", "TRL", "XOF", "AED", "ISK", "RUB", "kr", "$", "dollars")


def try_date(content: bytes) -> None:
    """A day as typed."""
    parse_date(_text(content))


def try_policy(content: bytes) -> None:
    """A policy as typed: what is understood reads the same when it is written out."""
    policy = parse_policy(_text(content))
    if parse_policy(str(policy)) != policy:
        raise FindError(f"{policy} is read as another policy")


def make_conversion(chance: random.Random) -> bytes:
    """Amount, two currencies, day and policy, of which one or two are odd."""
    words = [chance.choice(one) for one in (AMOUNTS, CODES, CODES, DATES, POLICIES)]
    if chance.random() < 0.5:
        words[3] = str(dt.date.fromordinal(chance.randrange(1, dt.date.max.toordinal())))
    for _ in range(chance.randrange(3)):
        place = chance.randrange(5)
        words[place] = changed(words[place], AMOUNTS + DATES + POLICIES, chance, 60)
    return "\x1f".join(words).encode("utf-8", "surrogatepass")


def try_conversion(content: bytes) -> None:
    """A conversion with every word of it odd."""
    words = [*_text(content).split("\x1f"), "", "", "", "", ""][:5]
    amount, base, quote, day, policy = words
    result = convert(amount, base, quote, day or None, policy or "spot")
    if result.policy == "spot" and result.rate_date and result.requested_date and result.legs:
        late = result.rate_date > result.requested_date
        if late and result.quality not in ("irrevocable", "fixed-official"):
            raise FindError(f"{words} looked ahead to {result.rate_date}")
    str(result)
    result.details()
    result.to_dict()


def try_when(content: bytes) -> None:
    """Two printed amounts and the day before which their rate is looked for."""
    words = [*_text(content).split("\x1f"), "", "", "", "", ""][:5]
    when(words[0], words[1], words[0], words[2], words[3] or None)


def try_figures(content: bytes) -> None:
    """The figures of a text: each stands where it says, and none in another."""
    text, last = _text(content), 0
    for one in figures(text):
        if text[one.start : one.end] != one.text or one.start < last or one.end <= one.start:
            raise FindError(f"{one.text!r} is not at {one.start}..{one.end} of {text!r}")
        if one.low is not None and one.high is not None and one.low > one.high:
            raise FindError(f"{one.text!r} is from {one.low} to {one.high}")
        last = one.end


def try_text(content: bytes) -> None:
    """The claims of a text: each stands where it says, in ids of its own."""
    text = _text(content)
    claims = read_text(text, published="2024-11-04")
    for start, end, told in zip(claims["start"], claims["end"], claims["text"], strict=True):
        if text[int(start) : int(end)] != told:
            raise FindError(f"{told!r} is not at {start}..{end}")
    if claims["claim_id"].duplicated().any():
        raise FindError("two claims have one id")


def _read_file(content: bytes, ending: str) -> pd.DataFrame:
    path = FOLDER / f"odd.{ending}"
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        claims = read(path)
    for problem in claims.attrs["problems"]:
        _foreseen(str(problem["message"]))
    return claims


def _foreseen(message: str) -> None:
    for words in FAULTS:
        if words in message:
            raise FindError(message)


def _file(ending: str) -> Callable[[bytes], None]:
    def run(content: bytes) -> None:
        try:
            _read_file(content, ending)
        except PledgecalcError as error:
            _foreseen(str(error))
            raise

    return run


HTML = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="2024-11-04T10:00:00Z">
<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"2024-11-04",
"publisher":{{"name":"Wire"}},"headline":"Aid"}}</script></head><body><h1>Aid</h1><article>
<p>{text}</p><table><tr><th>Donor</th><th>Amount (EUR million)</th></tr><tr><td>Norway</td>
<td>5.5</td></tr></table></article><aside><p>USD/EUR 1.09</p></aside></body></html>"""
MAIL = """From: Press <press@example.org>\nTo: news@example.org\nSubject: Aid\n{head}
Date: Mon, 4 Nov 2024 10:00:00 +0100\nMIME-Version: 1.0\nContent-Type: {kind}\n\n{text}\n"""


@lru_cache(maxsize=1)
def known_pages() -> tuple[str, ...]:
    """Web pages around the texts."""
    return tuple(HTML.format(title=one[:40], text=one[:1500]) for one in known_texts()[::9])


@lru_cache(maxsize=1)
def known_mails() -> tuple[str, ...]:
    """Mails with the texts in them, of one part and of several."""
    parts = 'multipart/alternative; boundary="b"'
    found = []
    for one in known_texts()[::9]:
        plain = 'text/plain; charset="utf-8"'
        found.append(MAIL.format(head="X-A: b", kind=plain, text=one[:1500]))
        both = f"--b\nContent-Type: text/plain\n\n{one[:600]}\n--b\nContent-Type: text/html\n\n"
        found.append(MAIL.format(head="", kind=parts, text=f"{both}<p>{one[:600]}</p>\n--b--"))
    return tuple(found)


@lru_cache(maxsize=1)
def known_tables() -> tuple[str, ...]:
    """The heads of tables as their publishers make them, and of small ones."""
    found = [path.read_text("utf-8")[:3000] for path in sorted(TABLES.glob("*.csv"))]
    found.append((ROOT / "examples" / "aid.csv").read_text("utf-8")[:1500])
    found.append((ROOT / "examples" / "register.csv").read_text("utf-8")[:1500])
    found += [
        "donor,recipient,amount,currency,published\nNorway,Ukraine,5,EUR,2024-11-04\n",
        "id;Geber;Betrag;Währung\n1;Norwegen;1.250,00;EUR\n2;Schweden;7.350.000;SEK\n",
        "donor\tamount_low\tamount_high\tcurrency\nNorway\t5m\t6m\tNOK\n",
        "source,published,donor,recipient,text\na,2024-11-04,Norway,Ukraine,€5 million\n",
        "donor,2022,2023\nNorway,5 million EUR,6 million EUR\n",
    ]
    return tuple(found)


@lru_cache(maxsize=1)
def known_json() -> tuple[str, ...]:
    """Rows as JSON, and the shapes of services."""
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
    grant = {
        "id": "1",
        "amountAwarded": 5,
        "currency": "GBP",
        "awardDate": "2024-11-04",
        "fundingOrganization": [{"name": "A"}],
        "recipientOrganization": [{"name": "B"}],
    }
    shapes = [rows, {"data": {"flows": [flow, flow]}}, {"grants": [grant]}, {"rows": rows}]
    texts_of = [{"text": one[:400], "date": "2024-11-04"} for one in known_texts()[:40:10]]
    return (*(json.dumps(one) for one in shapes), json.dumps(texts_of, indent=1))


@lru_cache(maxsize=1)
def known_lines() -> tuple[str, ...]:
    """The same rows, one a line."""
    found = [json.loads(one) for one in known_json()]
    return tuple("\n".join(map(json.dumps, one)) for one in found if isinstance(one, list))


@lru_cache(maxsize=1)
def known_xml() -> tuple[str, ...]:
    """Activities as registers publish them, and other XML."""
    shares = '<recipient-country code="KE" percentage="60"/><recipient-region code="298"/>'
    one = activity(transaction(3, "1000.01", value_date="2023-01-10"), transaction(2, "-5"))
    two = activity(transaction("C", "7,5", currency="EUR"), name="XM-DAC-7", places=shares)
    old = activities(two, version="1.05")
    return activities(one), activities(one, two), old, "<a><b x='1'>5 million euros</b></a>"


DECISIONS = (
    '[[decision]]\nkind = "same"\nclaims = ["a1b2", "c3d4"]\nwho = "x"\nwhen = 2024-11-04\n'
    'why = "the same press release"\n',
    '[[decision]]\nkind = "amount"\nclaims = ["a1b2"]\nvalue = "5 million EUR"\nwhy = "typo"\n',
    '[[decision]]\nkind = "role"\nclaims = "a1b2"\nvalue = "noise"\nwhen = "2024-11-04"\n',
    '# note\n[[decision]]\nkind = "as_of"\nclaims = ["a"]\nvalue = 2024-11-04\nwhy = """a\nb"""\n',
)


def try_decisions(content: bytes) -> None:
    """A file of decisions."""
    path = FOLDER / "decisions.toml"
    path.write_bytes(content)
    read_decisions(path)


RATES = (
    "date,currency,rate,base\n2024-11-04,USD,1.0904,EUR\n2024-11-05,USD,1.0890,EUR\n",
    "date;currency;rate;base\n2024-11-04;UAH;41.2;USD\n2024-11-04;XOF;655.957;EUR\n",
    "base\trate\tcurrency\tdate\tnote\nEUR\t11.6\tSEK\t2024-11-04\tx\n",
)


def try_rates(content: bytes) -> None:
    """A user's own table of rates."""
    path = FOLDER / "rates.csv"
    path.write_bytes(content)
    table = read_rates(path)
    for code in table.currencies()[:3]:
        convert(1, "EUR", code, str(table.last), rates=table)


@lru_cache(maxsize=1)
def _history() -> bytes:
    """Three days of the ECB's file in its zip."""
    rows = (
        b"Date,USD,JPY,\n2024-11-05,1.0890,165.9,\n"
        b"2024-11-04,1.0904,165.6,\n2024-11-01,1.0885,N/A,\n"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("eurofxref-hist.csv", rows)
    return packed.getvalue()


def make_history(chance: random.Random) -> bytes:
    """The zip damaged, or its rows changed and packed again."""
    if chance.random() < 0.5:
        return damaged(_history(), chance)
    with zipfile.ZipFile(io.BytesIO(_history())) as archive:
        rows = archive.read("eurofxref-hist.csv").decode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("eurofxref-hist.csv", encoded(changed(rows, (rows,), chance), chance))
    return packed.getvalue()


def try_history(content: bytes) -> None:
    """A zip that says it is the ECB's history."""
    text = published.csv_inside(content)
    published.check_shape(text)
    published.table(text)


@lru_cache(maxsize=1)
def known_workbook() -> bytes:
    """A small workbook as a spreadsheet saves it."""
    packed = io.BytesIO()
    frame = pd.DataFrame(
        {"donor": ["Norway", "Sweden"], "amount": [5e6, 7.5], "currency": ["EUR", "SEK"]}
    )
    frame.to_excel(packed, index=False)
    return packed.getvalue()


def _members_changed(content: bytes, chance: random.Random) -> bytes:
    """An archive with one of its XML files changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        odd = chance.choice([name for name in names if name.endswith(".xml")])
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
            for name in names:
                inside = archive.read(name)
                if name == odd:
                    text = inside.decode("utf-8")
                    inside = changed(text, (text,), chance, 60_000).encode("utf-8", "replace")
                made.writestr(name, inside)
    return packed.getvalue()


def _archive(known: Callable[[], bytes]) -> Make:
    def make(chance: random.Random) -> bytes:
        content = known()
        return (
            damaged(content, chance) if chance.random() < 0.4 else _members_changed(content, chance)
        )

    return make


@lru_cache(maxsize=1)
def known_parquet() -> bytes:
    """A small Parquet file."""
    packed = io.BytesIO()
    pd.DataFrame(
        {"donor": ["Norway", None], "amount": [5e6, 7.5], "currency": ["EUR", "SEK"], "n": [1, 2]}
    ).to_parquet(packed)
    return packed.getvalue()


@lru_cache(maxsize=1)
def known_pdf() -> bytes:
    """A statement of one page."""
    lines = ["Statement on support", "4 November 2024", "Norway gave Ukraine 7 million euros."]
    drawn = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 11 Tf 14 TL 60 780 Td {drawn} ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    data, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(f"{len(data):010d} 00000 n \n")
        data += f"{number} 0 obj\n{one}\nendobj\n"
    table = f"xref\n0 6\n0000000000 65535 f \n{''.join(places)}trailer\n<< /Size 6 /Root 1 0 R >>\n"
    return f"{data}{table}startxref\n{len(data)}\n%%EOF\n".encode("latin-1")


@lru_cache(maxsize=1)
def known_docx() -> bytes:
    """A statement as a word processor saves it."""
    import docx

    paper = docx.Document()
    paper.add_heading("Statement")
    paper.add_paragraph("Norway gave Ukraine 7 million euros on 4 November 2024.")
    table = paper.add_table(rows=2, cols=2)
    for place, word in enumerate(("Donor", "Amount (EUR million)", "Norway", "7.5")):
        table.cell(place // 2, place % 2).text = word
    packed = io.BytesIO()
    paper.save(packed)
    return packed.getvalue()


@lru_cache(maxsize=1)
def known_zip() -> bytes:
    """A folder packed: a text, a table, activities."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/one.xml", known_xml()[0])
        archive.writestr("b.csv", known_tables()[-1])
        archive.writestr("ö/c.txt", known_texts()[0])
    return packed.getvalue()


def _of_bytes(known: Callable[[], bytes]) -> Make:
    return lambda chance: damaged(known(), chance)


def _of_files(known: Callable[[], tuple[str, ...]], most: int = 4000) -> Make:
    return lambda chance: encoded(changed(chance.choice(known()), known(), chance, most), chance)


COMMANDS = (
    "convert 683m EUR USD --on 2024-11-04", "convert €683m USD SEK --on 2024-11 --json",
    "convert 20m SEK EUR --policy fixed:2024-09-20", "rate EUR USD --on 2024-11-04",
    "rate SEK/USD --from 2024-11-01 --to 2024-11-15 --format csv", "rates info", "rates list",
    "when 683m EUR 763m USD --before 2024-11-04", "when €910m $940m --all", "--help", "--version",
    "convert TABLE --to USD", "read TEXT --json", "read TEXT --format csv", "check TEXT --in USD",
    "reconcile TEXT TABLE --in SEK --fail-on never", "total TEXT --donor Norway --in USD",
    "explain TEXT 3f2a", "review TEXT", "audit TABLE --to USD --amount amount", "read - --quiet",
    "read TABLE --columns amount=amount,donor=donor --set unit=million --decimal ,",
    "read TABLE --sheet x --encoding cp1252",
    "reconcile TEXT --policy window-avg:2022-01-10..2022-02-08",
    "decide same 3f2a 4b TEXT --why because", "completion bash", "read TEXT --published 2024-11-04",
)  # fmt: skip
OPTIONS = (
    "--json", "--quiet", "--format", "markdown", "--in", "USD", "--policy", "closing", "--online",
    "--rates", "TABLE", "-o", "--published", "--set", "--columns", "--jobs", "0", "-1", "--top",
    "--only", "problems", "--ledger", "--report", "--donor", "--fail-on", "warning", "--strict", "",
)  # fmt: skip


def make_command(chance: random.Random) -> bytes:
    """A command line with words of it gone, changed, moved or added."""
    words = shlex.split(chance.choice(COMMANDS))
    for _ in range(chance.choice((1, 1, 2, 3))):
        place = chance.randrange(len(words) + 1)
        match chance.randrange(4):
            case 0:
                words[place : place + 1] = []
            case 1:
                words[place:place] = [chance.choice(OPTIONS)]
            case 2:
                words[place : place + 1] = [
                    changed(chance.choice((*words, "x")), AMOUNTS, chance, 80)
                ]
            case 3:
                words[place:place] = [chance.choice(shlex.split(chance.choice(COMMANDS)))]
    return "\x1f".join(words).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=1)
def _inputs() -> dict[str, str]:
    text, table = FOLDER / "text.txt", FOLDER / "table.csv"
    text.write_text("Norway gave Ukraine €5 million ($5.5 million) on 4 November 2024.\n", "utf-8")
    table.write_text(known_tables()[-5], "utf-8")
    return {"TEXT": str(text), "TABLE": str(table)}


def try_command(content: bytes) -> None:
    """A command line: it ends with an exit code that means something, and without a traceback."""
    words = [_inputs().get(word, word) for word in _text(content).split("\x1f")]
    if any(
        word.startswith(("--onl", "--html", "--rep", "-o", "--out", "--dec")) for word in words
    ) or ("decide" in words or "update" in words):
        words = [word for word in words if not word.startswith("--onl") and word != "update"]
        words += ["--help"]  # nothing is fetched, and no file is written where chance says
    told, said = io.StringIO(), io.StringIO()
    stdin = os.sys.stdin  # type: ignore[attr-defined]
    os.sys.stdin = io.StringIO("")  # type: ignore[attr-defined]
    try:
        with (
            contextlib.redirect_stdout(told),
            contextlib.redirect_stderr(said),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")
            code = cli.main(words)
    finally:
        os.sys.stdin = stdin  # type: ignore[attr-defined]
    _foreseen(said.getvalue())
    if code not in (0, 1, 2, 3, 4) or "Traceback" in said.getvalue():
        raise FindError(f"{words} ends with {code}: {said.getvalue()[-300:]}")
    if code in (2, 3) and not said.getvalue().strip():
        raise FindError(f"{words} ends with {code} without a word")


def try_reconciled(content: bytes) -> None:
    """A table read, reconciled and summed."""
    try:
        claims = _read_file(content, "csv")
    except PledgecalcError as error:
        _foreseen(str(error))
        raise
    reconcile(claims, "EUR").total().low  # noqa: B018 (the sum is made when it is asked for)


TARGETS: dict[str, Target] = {
    "amounts": Target(_of_words(AMOUNTS), try_amount, 24),
    "dates": Target(_of_words(DATES), try_date, 16),
    "policies": Target(_of_words(POLICIES), try_policy, 12),
    "conversions": Target(make_conversion, try_conversion, 6),
    "when": Target(make_conversion, try_when, 0.5),
    "figures": Target(_of_text(lambda chance: texts(known_texts(), 400)(chance)), try_figures, 36),
    "texts": Target(_of_text(lambda chance: texts(known_texts(), 3000)(chance)), try_text, 0.6),
    "decisions": Target(_of_files(lambda: DECISIONS), try_decisions, 1, "toml"),
    "rate tables": Target(_of_files(lambda: RATES), try_rates, 0.8, "csv"),
    "histories": Target(make_history, try_history, 2, "zip"),
    "csv": Target(_of_files(known_tables), _file("csv"), 0.1, "csv"),
    "json": Target(_of_files(known_json), _file("json"), 0.2, "json"),
    "json lines": Target(_of_files(known_lines), _file("jsonl"), 0.1, "jsonl"),
    "xml": Target(_of_files(known_xml, 8000), _file("xml"), 0.15, "xml"),
    "pages": Target(_of_files(known_pages), _file("html"), 0.08, "html"),
    "mails": Target(_of_files(known_mails), _file("eml"), 0.1, "eml"),
    "text files": Target(_of_files(known_texts), _file("txt"), 0.1, "txt"),
    "workbooks": Target(_archive(known_workbook), _file("xlsx"), 0.06, "xlsx"),
    "parquet": Target(_of_bytes(known_parquet), _file("parquet"), 0.1, "parquet"),
    "pdf": Target(_of_bytes(known_pdf), _file("pdf"), 0.12, "pdf"),
    "docx": Target(_archive(known_docx), _file("docx"), 0.03, "docx"),
    "zip": Target(_archive(known_zip), _file("zip"), 0.03, "zip"),
    "commands": Target(make_command, try_command, 0.15),
    "reconciled": Target(_of_files(known_tables, 1200), try_reconciled, 0.02, "csv"),
}
