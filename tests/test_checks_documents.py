"""Stated conversions as they come out of whole documents."""

from pathlib import Path

import pytest
from five_documents import FIVES

from calc.checks import check
from calc.claims import read

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "lithuania"

# text of the stated figure: verdict, gap in percent, power
FOUR = {
    "$763 million": ("other-date", 2.45, 0.95),
    "$11 million": ("consistent", -0.95, 0.05),
    "$21 million": ("consistent", 0.85, 0.1),
    "$940 million": ("consistent-if-rounded", -0.78, 0.9),
}


PAGES = {"example": [EXAMPLE], **{str(five): [page.path for page in five.pages] for five in FIVES}}


@pytest.mark.parametrize("paths", PAGES.values(), ids=PAGES)
def test_the_four_stated_conversions(paths: list[Path]) -> None:
    found = check(read(*paths))
    assert sorted(found["text"]) == sorted(FOUR)
    for row in found.to_dict("records"):
        verdict, gap, power = FOUR[row["text"]]
        assert row["verdict"] == verdict
        assert row["gap_pct"] == pytest.approx(gap, abs=0.01)
        assert row["power"] == pytest.approx(power, abs=0.03)


def test_the_words_beside_the_number_are_named_but_do_not_count() -> None:
    found = check(read(str(EXAMPLE))).set_index("text")["explanation"]
    assert "without “over”" in found["$763 million"]
    assert "without “" not in found["$11 million"]
