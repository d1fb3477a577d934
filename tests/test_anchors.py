"""Where names of money stand in a text, against a slow reader that tries every place."""

from hypothesis import given
from hypothesis import strategies as st

from calc.figures.anchors import anchors
from calc.figures.lexicon import ANCHOR, CUES, SIGNS

WORDS = sorted(CUES)
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(["US", "Swiss ", "francs", "kr", " ", "5", ".", "\n", "'", "ſ", "½", "é", "x"]),
    st.sampled_from(SIGNS),
)


def at_every_place(text: str) -> list[tuple[int, int]]:
    """The spans that the pattern of one name finds, place by place."""
    found, at = [], 0
    while at < len(text):
        match = ANCHOR.match(text, at)
        if match is not None:
            found.append(match.span())
        at = match.end() if match is not None else at + 1
    return found


@given(
    st.lists(PIECES, max_size=12).map("".join).filter(lambda text: not set(text) & set("元円원"))
)
def test_all_names_of_money_are_found(text: str) -> None:
    assert list(anchors(text)) == at_every_place(text)


def test_a_word_may_follow_a_sign_that_is_a_letter() -> None:
    assert list(anchors("元dollar")) == [(0, 1), (1, 7)]


def test_a_long_text_and_one_of_many_currencies_are_read_alike() -> None:
    few = "It gave 5 Swiss francs, US$ 3 and €2. "
    many = " ".join(WORDS[:400]) + ". " + few
    assert [text[a:b] for text in [few] for a, b in anchors(text)] == ["Swiss francs", "$", "€"]
    for text in (many, few * 6000):
        assert list(anchors(text)) == at_every_place(text)
