import pytest

from pingpong.overview.plot_scale import scale_of
from pingpong.overview.plot_words import number_words, rounded, stretch_words, tick_words


@pytest.mark.parametrize(
    ("values", "suffix", "words"),
    [
        ([0, 140], "ms", ["0 ms", "50 ms", "100 ms", "150 ms"]),
        ([0, 14_000], "", ["0", "5,000", "10,000", "15,000"]),
        ([99.2, 99.9], "%", ["99.2%", "99.4%", "99.6%", "99.8%", "100.0%"]),
        ([0.001, 0.004], "", ["0.000", "0.001", "0.002", "0.003", "0.004"]),
        ([0, 25e6], "", ["0", "10M", "20M", "30M"]),
        ([0, 1e18], "", ["0", "500P", "1,000P"]),
        ([0, 2e-9], "", ["0", "5.0e-10", "1.0e-09", "1.5e-09", "2.0e-09"]),
    ],
)
def test_tick_has_the_decimals_and_the_unit_that_it_needs(
    values: list[float], suffix: str, words: list[str]
) -> None:
    assert tick_words(scale_of(values), suffix) == (words, "")


def test_long_unit_stands_once_above_the_ticks() -> None:
    assert tick_words(scale_of([0, 2]), " per minute ") == (["0", "1", "2"], "per minute")


@pytest.mark.parametrize(
    ("value", "told"), [(12.34567, 12.35), (123.456, 123.5), (5346.9, 5347), (3.0, 3), (0.5, 0.5)]
)
def test_value_keeps_as_many_digits_as_are_told(value: float, told: float) -> None:
    assert rounded(value) == told


def test_percent_sign_stands_at_both_numbers_and_a_word_at_the_last() -> None:
    assert number_words(0.25, "%") == "0.25%"
    assert stretch_words(1, 2, "%") == ("1%", "2%")
    assert stretch_words(1, 2, "ms") == ("1", "2 ms")
