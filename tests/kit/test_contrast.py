import pytest
from hypothesis import given
from hypothesis import strategies as some

from pingpong.kit.contrast import ENOUGH, ColorInvalidError, mix, parse, ratio, readable, write

COLORS = some.tuples(*[some.integers(0, 255)] * 3).map(write)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000", "#fff", 21.0),
        ("#fff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#FFFFFF", 4.54),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert round(ratio(one, other), 2) == expected


@pytest.mark.parametrize(
    "text", ["", "red", "#12", "#1234567", "#ggg", "#fff;", "url(#fff)", "#٣٣٣"]
)
def test_color_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ColorInvalidError):
        parse(text)


@given(COLORS, COLORS)
def test_readable_color_is_readable_on_any_ground(color: str, ground: str) -> None:
    assert ratio(readable(color, ground), ground) >= ENOUGH


def test_readable_color_stays_when_it_is_readable() -> None:
    assert readable("#1f5f46", "#ffffff") == "#1f5f46"


def test_mixture_holds_its_share() -> None:
    assert mix("#ffffff", "#000000", 0.2) == "#333333"
