"""The page itself: the parts in their order, put into the template, everything escaped.

jinja2 is loaded when a page is written, never before: a conversion needs no template.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import re
from functools import cache
from typing import Any

from rates.errors import PledgecalcError

from ...text.data_tables import DATA
from ..results import overview_of
from ..sections import documents
from .anchors import plural, spoken
from .footing import footing
from .history import stated
from .pledged import pledged
from .problems import problems, told_count
from .ranges import range_chart
from .register import register
from .running import total_charts, totals
from .shown import MOST_CLAIMS, ForPage, claims_of
from .sums import sums, told
from .told import homes, told_sources

_ID = re.compile(r'id="([^"]+)"')


def page(result: ForPage) -> str:
    """Write a whole HTML page about a reconciliation.

    One file that loads nothing: its style and its one script are inside, named by their digests
    in a policy that lets nothing else run. Without the script everything can be read.
    """
    read = documents(result.claims)
    claims, printed = claims_of(result), result.printed_ranges
    found = problems(result, claims)
    many = overview_of(result) is not None and len(result.claims) > MOST_CLAIMS
    summed = None if many else sums(result)  # of a long register its table by donor is enough
    parts = {
        "title": _title(read),
        "dates": _dates(read),
        "count": len(read),
        "currency": result.currency,
        "summed": summed,
        "lead": told(summed, len(read)) if summed else "",
        "claims": len(claims),
        "register": register(result),
        "problems": found,
        "person": told_count(found),
        "pledged": pledged(result, claims, printed),
        "totals": totals(result, claims),
        "charts": total_charts(result),
        "scale": range_chart(result, printed),
        "stated": stated(result, claims),
        "sources": told_sources(result, claims, homes(result, claims)),
        "footing": footing(result),
    }
    style, script = _file("report_page.css"), _file("report_page.js")
    written: str = _template().render(
        **parts,
        plural=plural,
        style=style,
        script=script,
        style_digest=_digest(style),
        script_digest=_digest(script),
    )
    return _linked(written)


def _linked(written: str) -> str:
    """The page without links to what it does not show: of very many rows some are left out."""
    known = set(_ID.findall(written))
    return re.sub(
        r'<a class="to" href="#([^"]+)">(.*?)</a>',
        lambda found: found[0] if found[1] in known else found[2],
        written,
        flags=re.DOTALL,
    )


@cache
def _template() -> Any:
    try:
        library = importlib.import_module("jinja2")
    except ImportError as error:
        raise PledgecalcError("a page needs jinja2: pip install jinja2") from error
    made = library.Environment(
        loader=library.FileSystemLoader(DATA),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=library.StrictUndefined,
    )
    return made.get_template("report_page.html.jinja")


@cache
def _file(name: str) -> Any:
    """A file of ours that goes into the page as it is, such as its script."""
    text = (DATA / name).read_text(encoding="utf-8")
    if "</s" in text.lower():
        raise ValueError(f"{name} would end the element that it stands in")
    return importlib.import_module("markupsafe").Markup(text)


def _digest(text: str) -> str:
    """What a content security policy calls an inline text by."""
    made = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{made}'"


def _title(read: list[dict[str, Any]]) -> str:
    return f"Aid pledges in {plural(len(read), 'document')}"


def _dates(read: list[dict[str, Any]]) -> str:
    days = sorted(str(one["published"])[:10] for one in read if one.get("published"))
    if not days:
        return ""
    undated = sum("published" in one and not one["published"] for one in read)
    rest = f"; {undated} without a date" if undated else ""
    if days[0] == days[-1]:
        return f"Published {spoken(days[0])}{rest}."
    return f"Published {spoken(days[0])} to {spoken(days[-1])}{rest}."
