import re

import pytest

from pingpong.public.chart_lines import Lines
from pingpong.public.chart_svg import draw, scale_top
from pingpong.public.ranges import Window


def _paths(*middle: float | None) -> list[str]:
    lines = Lines(Window(0, 600 * len(middle), 600), middle, middle)
    return re.findall(r'<path class="mid" d="([^"]*)"', draw(lines, "a label").svg)


def test_line_is_written_in_relative_steps() -> None:
    assert _paths(0, 50, 100) == ["M2 120h0l4-60l4-60"]


def test_gap_lifts_the_pen_and_a_lone_value_is_a_dot() -> None:
    assert _paths(100, None, 100, 100, None) == ["M2 0h0M10 0h0l4 0"]


def test_nothing_is_drawn_of_nothing() -> None:
    assert _paths(None, None) == [""]


def test_many_steps_are_drawn_as_fewer_without_hiding_a_peak() -> None:
    (path,) = _paths(*[10 if place != 71 else 100 for place in range(144)])
    assert path.count("l4") == 71
    assert "l4-108l4 108" in path


@pytest.mark.parametrize(
    ("value", "top"), [(0.2, 0.2), (1, 1), (1.1, 1.5), (7, 8), (99, 100), (310, 400), (1001, 1500)]
)
def test_scale_ends_at_a_round_number(value: float, top: float) -> None:
    assert scale_top(value) == top


def test_label_is_escaped() -> None:
    drawing = draw(Lines(Window(0, 600, 600), [1], [1]), '"><script>')
    assert "<script>" not in drawing.svg
    assert drawing.top == "1.0 ms"
