"""The page of a reconciliation in a real browser: policy, sorting, filters, folds, keyboard, axe.

A Chromium of the system does it; where there is none these tests are skipped.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pledgecalc as pc

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
)

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
CHROMIUM = os.environ.get("CHROMIUM") or next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    None,
)
SCRIPT = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
DONORS = ("Denmark", "Germany", "Norway", "Sweden", "Canada", "Japan")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is on this machine")


def many() -> pd.DataFrame:
    """Six donors with two pledges each, in an order that no column sorts them in."""
    rows = [
        {
            "source": f"paper-{number}.txt",
            "published": f"2024-{1 + number * 5 % 12:02d}-15",
            "donor": DONORS[number * 5 % 6],
            "recipient": "Ukraine",
            "amount": float(1 + number * 7 % 12) * 1e6,
            "currency": "EUR",
            "purpose": "generators" if number % 2 else "ambulances",
            "sentence": f"It gave {1 + number * 7 % 12} million euros {SCRIPT}.",
            "text": f"{1 + number * 7 % 12} million euros",
        }
        for number in range(12)
    ]
    return pd.DataFrame(rows)


def endless() -> pd.DataFrame:
    """Names, words and titles that no line can hold, with marks piled on a letter."""
    word = "W" * 400
    piled = "e" + "\u0301" * 300
    return many().assign(
        source=[f"{word}{number}" for number in range(12)],
        title=piled,
        publisher=word,
        donor=[word, *["Norway"] * 11],
        recipient=word,
        purpose=word,
        sentence=f"{word} 5 million {piled}",
        text=f"{word} 5 million",
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of pages: an article or five, hostile texts, a register."""
    folder = tmp_path_factory.mktemp("pages")
    made = {
        "folder": pc.reconcile(pc.read(EXAMPLES / "lithuania"), "USD"),
        "many": pc.reconcile(many(), "USD"),
        "endless": pc.reconcile(endless(), "USD"),
        "register": pc.reconcile(pc.read(EXAMPLES / "register.csv"), "USD"),
    }
    for name, result in made.items():
        result.to_html(folder / f"{name}.html")
    return {name: (folder / f"{name}.html").as_uri() for name in made}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


class Opened:
    """A page in the browser, with what it asked the network for and complained of."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(60_000)  # of a busy machine
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda one: self.asked.append(one.url))
        self.page.on("console", lambda one: self.complaints.append(one.text))
        self.page.on("pageerror", lambda one: self.complaints.append(str(one)))
        self.page.goto(address)

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def texts(self, selector: str) -> list[str]:
        found: list[str] = self.page.locator(selector).all_inner_texts()
        return found


@pytest.mark.parametrize("name", ["folder", "many", "register"])
def test_a_page_loads_nothing_and_its_policy_has_nothing_to_refuse(
    browser: Any, pages: dict[str, str], name: str
) -> None:
    with Opened(browser, pages[name]) as opened:
        assert opened.asked == [pages[name]]
        assert opened.complaints == []
        assert opened.page.title().startswith("Aid pledges in")


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        *(("folder", width, scheme) for width in (1200, 400) for scheme in ("light", "dark")),
        ("many", 400, "light"),
        ("many", 1200, "dark"),
        ("endless", 400, "light"),
        ("register", 1200, "light"),
        ("register", 400, "dark"),
    ],
)
def test_axe_finds_nothing(
    browser: Any, pages: dict[str, str], name: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900}
    with Opened(browser, pages[name], viewport=size, color_scheme=scheme) as opened:
        opened.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = axe.Axe().run(opened.page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"], len(one["nodes"])) for one in found] == []
        wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert opened.page.evaluate(wide)


def test_the_themes_differ_and_follow_the_system(browser: Any, pages: dict[str, str]) -> None:
    papers = set()
    for scheme in ("light", "dark"):
        with Opened(browser, pages["folder"], color_scheme=scheme) as opened:
            papers.add(opened.page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert papers == {"rgb(255, 255, 255)", "rgb(18, 22, 27)"}


def test_without_a_script_everything_is_there_and_folds_open(
    browser: Any, pages: dict[str, str]
) -> None:
    with Opened(browser, pages["folder"], java_script_enabled=False) as opened:
        assert opened.page.locator("th button, input").count() == 0
        fold = opened.page.locator("#p-49eb89a00260 details")
        fold.locator("summary").click()
        assert "1 EUR = 1.1106 USD" in fold.inner_text()
        opened.page.locator("#f-4223251dc7 a.to").first.click()
        assert opened.page.url.endswith("#c-5c8875e7578e")
        assert opened.page.locator("mark:target").inner_text().startswith("683 million euros")


def test_a_column_sorts_within_donors_and_the_donors_by_their_first(
    browser: Any, pages: dict[str, str]
) -> None:
    with Opened(browser, pages["many"]) as opened:
        table = opened.page.locator("#pledges table")
        for order in ("descending", "ascending"):
            table.locator("th button", has_text="amount").click()
            assert table.locator(f"th[aria-sort={order}]").inner_text().startswith("amount")
            first = [
                float(body.locator("tr.item").first.locator("td").first.get_attribute("data-sort"))
                for body in table.locator("tbody").all()
            ]
            assert first == sorted(first, reverse=order == "descending")
        table.locator("th button", has_text="day").click()
        days = [
            [row.get_attribute("data-sort") for row in body.locator("td[data-label=day]").all()]
            for body in table.locator("tbody").all()
        ]
        assert all(own == sorted(own, reverse=True) for own in days)
        assert [own[0] for own in days] == sorted((own[0] for own in days), reverse=True)


def test_amounts_sort_by_their_size_whatever_their_unit(
    browser: Any, pages: dict[str, str]
) -> None:
    with Opened(browser, pages["register"]) as opened:
        table = opened.page.locator("table.plain").first
        for order in ("descending", "ascending"):
            table.locator("th button", has_text="all").click()
            found = opened.texts("#pledges table.plain >> nth=0 >> tbody td:last-child")
            expected = ["15.04 M", "7.779 M", "816,800", "565,400"]
            assert found == (expected if order == "descending" else expected[::-1])


def test_a_filter_hides_rows_and_their_donors_and_says_how_many_are_left(
    browser: Any, pages: dict[str, str]
) -> None:
    with Opened(browser, pages["many"]) as opened:
        field = opened.page.get_by_label("Find in pledges")
        rows = opened.page.locator("#pledges tr.item:visible")
        assert rows.count() == 12
        field.fill("ambulances")
        opened.page.get_by_text("6 of 12").wait_for()
        assert rows.count() == 6
        field.fill("Norway")
        opened.page.get_by_text("2 of 12").wait_for()
        assert opened.texts("#pledges tr.giver:visible") == ["Norway"]
        field.fill("")
        opened.page.locator("#pledges tr.giver:visible").nth(5).wait_for()
        assert rows.count() == 12


def test_the_keyboard_reaches_sorting_folds_and_links(browser: Any, pages: dict[str, str]) -> None:
    with Opened(browser, pages["many"]) as opened:
        button = opened.page.locator("#pledges th button").first
        button.focus()
        opened.page.keyboard.press("Enter")
        assert opened.page.locator("#pledges th[aria-sort=descending]").count() == 1
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        opened.page.keyboard.press("Tab")
        assert opened.page.evaluate(outline) == "solid"
        fold = opened.page.locator("#pledges details").first
        fold.locator("summary").focus()
        opened.page.keyboard.press("Enter")
        assert fold.get_attribute("open") is not None


def test_a_link_into_a_fold_opens_it(browser: Any, pages: dict[str, str]) -> None:
    with Opened(browser, pages["folder"]) as opened:
        inner = opened.page.locator("details.notes .finding").first
        assert not inner.is_visible()
        opened.page.goto(f"{pages['folder']}#{inner.get_attribute('id')}")
        inner.wait_for(state="visible")


def test_no_text_of_a_source_runs_or_makes_an_element(browser: Any, pages: dict[str, str]) -> None:
    with Opened(browser, pages["many"]) as opened:
        assert opened.page.title() == "Aid pledges in 12 documents"
        assert opened.page.locator("img").count() == 0
        assert opened.page.locator("script").count() == 1
        assert SCRIPT in opened.texts("#sources blockquote")[0]


def test_marks_and_folded_numbers_are_on_paper(browser: Any, pages: dict[str, str]) -> None:
    with Opened(browser, pages["folder"]) as opened:
        opened.page.emulate_media(media="print")
        style = opened.page.locator("#c-5c8875e7578e").evaluate(
            "one => { const own = getComputedStyle(one);"
            " return [own.borderBottomStyle, own.printColorAdjust, own.backgroundColor]; }"
        )
        assert style == ["double", "exact", "rgb(217, 236, 213)"]
        assert opened.page.locator("#c-5c8875e7578e .tag").inner_text() == "total"
        opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert opened.page.locator("details.paper:not([open])").count() == 0
        assert "1 EUR = 1.1106 USD" in opened.texts("#p-49eb89a00260")[0]
        opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert opened.page.locator("details[open]").count() == 0
