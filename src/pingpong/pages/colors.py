"""The colours of a page, and whether text in them can be read on it."""

from dataclasses import dataclass

from pingpong.kit import contrast

# The grounds of page.css on which the colour is read: --paper, --raise, and the head in the
# tint of each status (--ok-bar and so on).
_PAPER, _DARK_PAPER = "#fbfaf7", "#14161a"
_BARS = ("#4f9f78", "#c98a1b", "#cf4238", "#7086bd", "#8d9199")
_DARK_BARS = ("#4c9b74", "#d59b37", "#e2655b", "#7b91cc", "#747a84")
GROUNDS = (_PAPER, "#ffffff", *(contrast.mix(bar, _PAPER, 0.10) for bar in _BARS))
DARK_GROUNDS = (
    _DARK_PAPER,
    "#1b1e24",
    *(contrast.mix(bar, _DARK_PAPER, 0.12) for bar in _DARK_BARS),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A colour on one of the two pages: `ratio` is its worst contrast, `used` what text gets."""

    is_dark: bool
    color: str
    ratio: float
    used: str
    used_ratio: float

    @property
    def is_enough(self) -> bool:
        return self.color == self.used


def readings_of(color: str, dark_color: str) -> tuple[Reading, ...]:
    """Judge a colour on the light and on the dark page; one that is empty is the other."""
    if not color and not dark_color:
        return ()
    used = readable_colors(color, dark_color)
    return (
        _reading(color or dark_color, used[0], GROUNDS, is_dark=False),
        _reading(dark_color or color, used[1], DARK_GROUNDS, is_dark=True),
    )


def readable_colors(color: str, dark_color: str) -> tuple[str, str]:
    """Return in which colours text is set on a light and on a dark page: ones that can be read."""
    light, dark = color or dark_color, dark_color or color
    return contrast.readable(light, *GROUNDS), contrast.readable(dark, *DARK_GROUNDS)


def _reading(color: str, used: str, grounds: tuple[str, ...], *, is_dark: bool) -> Reading:
    worst, used_worst = (
        min(contrast.ratio(one, ground) for ground in grounds) for one in (color, used)
    )
    return Reading(is_dark, color, worst, used, used_worst)
