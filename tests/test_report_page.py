"""The page of a reconciliation as a file: its order, its links, its frames, what it stands on."""

import base64
import hashlib
import html
import importlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import pledgecalc as pc
from calc.decisions import Decision
from calc.report.page import written
from calc.report.page.anchors import anchor
from calc.report.page.written import page
from rates.errors import PledgecalcError

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
HOSTILE = (
    '</blockquote></style><script>alert(1)</script>\x1b[2J\u202eevil `*_ & "quoted" <b id="sum">'
)
VOID = {"meta", "br", "input", "rect", "line", "circle", "polyline"}


class Tree(HTMLParser):
    """The elements of a page in their order, with what encloses them; ill nesting is an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs, _ in self.elements if "id" in attrs]


@pytest.fixture(scope="module")
def text() -> str:
    return page(pc.reconcile(pc.read(EXAMPLES / "lithuania"), "USD"))


@pytest.fixture(scope="module")
def tree(text: str) -> Tree:
    return Tree(text)


def plain(text: str) -> str:
    """The words of a page on one line."""
    text = re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())


def hostile(**columns: object) -> pc.Reconciliation:
    rows = {
        "source": [HOSTILE, "b.csv"],
        "title": [HOSTILE, None],
        "publisher": [HOSTILE, None],
        "published": ["2024-11-04", "2024-11-05"],
        "donor": [HOSTILE, "Norway"],
        "recipient": ["Ukraine", "Ukraine"],
        "purpose": [HOSTILE, None],
        "amount": [2e6, 3e6],
        "currency": ["EUR", "USD"],
        "text": [f"{HOSTILE} 2 million", "3 million dollars"],
        "sentence": [f"He said {HOSTILE} 2 million, twice.", "It is 3 million dollars."],
    }
    return pc.reconcile(pd.DataFrame({**rows, **columns}), "USD")


def test_the_parts_stand_in_the_order_of_reading(tree: Tree) -> None:
    order = ["sum", "person", "pledges", "totals", "conversions", "sources", "method"]
    assert [name for name in tree.ids() if name in order] == order


def test_the_first_sentence_has_the_safe_sum_of_every_donor_and_receiver(text: str) -> None:
    lead = plain(text[text.index('class="lead"') - 3 :].split("</p>")[0])
    assert lead == (
        "723.3 million to 1 billion USD from Canada to Ukraine; 20.82 to 31.93 million USD "
        "from Lithuania to Ukraine (likely about 21.93 million)."
    )


def test_what_needs_a_person_comes_by_severity_with_its_arithmetic_folded(text: str) -> None:
    person = text[text.index('id="person"') : text.index('id="pledges"')]
    assert "3 things need a person." in plain(person)
    severities = re.findall(r'class="finding (\w+) item"', person)
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    stale = person[person.index('id="f-4223251dc7"') :]
    fold = stale[stale.index("<details>") : stale.index("</details>")]
    assert "implied rate, core: 1.11558–1.11868 USD per EUR" in plain(fold)
    assert "market slack" in fold


def test_a_pledge_has_its_day_status_sources_and_its_rate_in_a_fold(text: str) -> None:
    row = text[text.index('id="p-49eb89a00260"') :].split("</tr>")[0]
    assert "September 2024" in row
    assert "committed" in row
    assert '<a class="to" href="#c-49eb89a00260">courier-memorandum.txt</a>' in row
    fold = row[row.index("<details") :]
    assert "1 EUR = 1.1106 USD (ECB 2024-09-30, month-avg)." in fold


def test_every_link_leads_to_one_place_on_the_page(text: str, tree: Tree) -> None:
    ids = tree.ids()
    assert len(ids) == len(set(ids))
    links = re.findall(r'href="#([^"]+)"', text)
    assert len(links) > 40
    assert set(links) - set(ids) == set()


def test_figures_and_what_they_count_for_are_linked_both_ways(text: str) -> None:
    mark = re.search(
        r'<mark class="m-total" id="c-5c8875e7578e"><a class="to" href="#([^"]+)"', text
    )
    assert mark
    total = text[text.index(f'id="{mark[1]}"') :].split("</tr>")[0]
    assert 'href="#c-5c8875e7578e"' in total
    said = text[text.index("</blockquote>", mark.start()) :].split("</ul>")[0]
    assert "<code>5c8875e7578e</code>" in said
    assert 'href="#f-4223251dc7"' in said


def test_every_figure_is_marked_by_its_role_in_the_frame_of_its_source(tree: Tree) -> None:
    claims = pc.read(EXAMPLES / "lithuania")
    marked = {
        attrs["id"]: (attrs["class"], around)
        for tag, attrs, around in tree.elements
        if tag == "mark"
    }
    roles = zip(claims["claim_id"], claims["role"], strict=True)
    assert {f"c-{name}": f"m-{role}" for name, role in roles} == {
        name: css for name, (css, _) in marked.items()
    }
    assert all("blockquote" in around and "article" in around for _, around in marked.values())


def test_a_conversion_has_the_history_of_its_rate_and_its_windows(text: str) -> None:
    one = text[text.index('id="k-fb18037e04fa"') :].split("</article>")[0]
    assert '<svg role="img"' in one
    assert "The two figures imply 1.116 to 1.119" in one
    assert "Days whose rate fits: 27 September 2024; 19 to 20 September 2024" in one
    assert 'class="fits"' in one


def test_a_picture_has_a_title_and_a_description(tree: Tree) -> None:
    ids = set(tree.ids())
    pictures = [attrs for tag, attrs, _ in tree.elements if tag == "svg" and "role" in attrs]
    assert len(pictures) == 6
    for attrs in pictures:
        assert {*str(attrs["aria-labelledby"]).split()} <= ids


def test_the_foot_says_rates_with_day_and_digest_policy_versions_and_decisions(text: str) -> None:
    foot = plain(text[text.index('<footer id="method"') :])
    assert re.search(r"ECB, last day \d{4}-\d\d-\d\d, sha256 [0-9a-f]{12}; used \d+ times", foot)
    assert "spot: the last rate published on or before the day" in foot
    assert f"pledgecalc {pc.__version__}, tables of rules sha256" in foot
    assert "None: nobody has settled anything by hand." in foot


def test_a_decision_that_was_used_is_named_and_linked() -> None:
    claims = pc.read(EXAMPLES / "lithuania")
    decided = pc.Decisions(
        [Decision("currency", ("4591373584d4",), "CAD", why="a <b>Canadian</b> letter")]
    )
    text = page(pc.reconcile(claims, "USD", decisions=decided))
    foot = text[text.index('<footer id="method"') :]
    assert "currency of 4591373584d4 is CAD" in foot
    assert "a &lt;b&gt;Canadian&lt;/b&gt; letter" in foot
    assert 'href="#c-4591373584d4"' in foot


def test_one_style_and_one_script_are_named_by_digest_and_nothing_else_may_run(text: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    for name in ("style", "script"):
        found = re.findall(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        assert len(found) == text.count(f"<{name}") == 1
        digest = base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy[1]
    assert text.index("Content-Security-Policy") < text.index("<style>")
    assert " on" + "click=" not in text
    assert " style=" not in text


def test_what_a_source_wrote_stays_text_in_its_place() -> None:
    text = page(hostile())
    tree = Tree(text)
    assert text.count("<script") == 1
    assert "&lt;script&gt;alert(1)" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert tree.ids().count("sum") == 1
    assert not [tag for tag, _, _ in tree.elements if tag in ("img", "iframe", "object", "form")]


def test_an_id_of_a_table_cannot_take_the_place_of_ours() -> None:
    text = page(hostile(claim_id=["sum", '"><script>x']))
    ids = Tree(text).ids()
    assert "c-sum" in ids
    assert ids.count("sum") == 1
    assert anchor("c", '"><script>x') in ids
    assert re.fullmatch(r"[A-Za-z0-9_-]+", anchor("c", '"><script>x'))


@pytest.mark.parametrize(
    ("url", "linked"),
    [("https://example.org/a?b=1&c", True), ("javascript:alert(1)", False), ("data:x", False)],
)
def test_only_an_address_of_the_web_is_a_link(url: str, linked: bool) -> None:
    claims = pc.read_text("Norway pledged 5 million euros to Ukraine.", published="2024-11-04")
    claims.attrs["documents"] = [{"source": "text", "url": url, "figures": 1}]
    text = page(pc.reconcile(claims, "USD"))
    assert (f'<a href="{html.escape(url)}"' in text) is linked


def test_two_equal_figures_of_a_sentence_are_both_marked_in_their_places() -> None:
    claims = pc.read_text(
        "Norway gave $1 million and Sweden gave $1 million.", published="2024-11-04"
    )
    text = page(pc.reconcile(claims, "USD"))
    said = text[text.index("<blockquote") :].split("</blockquote>")[0]
    assert said.count("<mark") == 2
    assert plain(said) == "Norway gave $1 millionpledge and Sweden gave $1 millionpledge."


def test_an_endless_sentence_is_cut_between_its_figures_and_keeps_them() -> None:
    filler = "and so on " * 2_000
    claims = pc.read_text(
        f"Norway gave Ukraine 5 million euros {filler} as said.", published="2024-11-04"
    )
    text = page(pc.reconcile(claims, "USD"))
    said = text[text.index("<blockquote") :].split("</blockquote>")[0]
    assert "5 million euros</a>" in said
    assert len(said) < 2_000


def test_the_same_documents_give_the_same_bytes(text: str) -> None:
    assert page(pc.reconcile(pc.read(EXAMPLES / "lithuania"), "USD")) == text


def test_documents_without_a_pledge_make_a_page_that_says_so() -> None:
    claims = pc.read_text("Nothing was said of money.", published="2024-11-04", source="a.txt")
    text = page(pc.reconcile(claims, "USD"))
    Tree(text)
    assert "No pledge was found in 1 document." in plain(text)
    assert "Nothing was found that needs a person." in plain(text)
    assert "No money claim." in text


def test_a_register_has_its_sums_its_picture_and_its_largest_entries() -> None:
    text = page(pc.reconcile(pc.read(EXAMPLES / "register.csv"), "USD"))
    words = plain(text)
    tree = Tree(text)
    assert "Ledger register.csv: 8 of 10 rows count of 2022 to 2024" in words
    assert "By donor, status and year, in USD, rounded" in words
    assert "Entries by year and status, in USD" in words
    assert "The entries with most money" in words
    assert "10 entries of a register: counted above, not repeated here." in words
    assert len(tree.ids()) == len(set(tree.ids()))


def test_a_finding_about_entries_of_a_register_leads_to_them(tmp_path: Path) -> None:
    rows = [
        "activity-id,transaction-type,provider-org,recipient-country,value,currency,value-date",
        *(f"X-1,{3 if n else 2},Norway,Kenya,{100 + n},USD,2024-0{n + 1}-10" for n in range(3)),
        *(f"X-{n},2,Norway,Kenya,900000,USD,2024-02-10" for n in range(2, 30)),
    ]
    path = tmp_path / "register.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    text = page(pc.reconcile(pc.read(path), "USD"))
    finding = text[text.index('<li class="finding') :].split("</li>")[0]
    links = re.findall(r'href="#(c-[^"]+)"', finding)
    assert links
    assert all(f'id="{one}"' in text for one in links)


def test_without_the_engine_of_templates_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = importlib.import_module

    def without(name: str, package: str | None = None) -> object:
        if name == "jinja2":
            raise ImportError(name)
        return real(name, package)

    written._template.cache_clear()
    monkeypatch.setattr(importlib, "import_module", without)
    with pytest.raises(PledgecalcError, match="pip install jinja2"):
        page(hostile())
