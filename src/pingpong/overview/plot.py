"""A custom metric over a stretch of time, for the public page and the dashboard alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from pingpong.custom_metrics.models import Rollup

from .plot_scale import Scale, scale_of
from .plot_svg import draw_plot, draw_spark
from .plot_words import number_words, rounded, stretch_words

# How wide a letter of a tick is, as a share of a narrow card and of a chart across a screen.
_LETTER = 0.026
_LETTER_WIDE = 0.01


@dataclass(frozen=True)
class Plot:
    """Rolled up values, one for each step from `start` on, None where nothing was fed.

    Of sums the last step, which is not over yet, is left out while there are others.
    `start` is in seconds since 1970 and `step` in seconds; `suffix` is the unit.
    """

    start: int
    step: int
    values: Sequence[float | None]
    suffix: str
    rollup: str

    @classmethod
    def laid(
        cls, found: Mapping[int, float], *, window: tuple[int, int, int], suffix: str, rollup: str
    ) -> "Plot":
        """Lay points, by their start, on the grid of a window: its start, end and step."""
        start, end, step = window
        values = [found.get(at) for at in range(start, end, step)]
        told = [None if one is None else rounded(one) for one in values]
        if rollup == Rollup.SUM and any(one is not None for one in told[:-1]):
            told[-1] = None
        return cls(start, step, told, suffix, rollup)

    @cached_property
    def known(self) -> Sequence[float]:
        return [value for value in self.values if value is not None]

    @property
    def is_empty(self) -> bool:
        return not self.known

    @property
    def end(self) -> int:
        return self.start + self.step * len(self.values)

    @cached_property
    def scale(self) -> Scale:
        return scale_of(self.known, has_zero=self.rollup == Rollup.SUM)

    @cached_property
    def caption(self) -> str:
        """Tell in a sentence or two what the line shows."""
        if self.is_empty:
            return gettext("No numbers in this time.")
        missing = self._missing_words()
        return f"{self._range_words()} {missing}".strip()

    @property
    def label(self) -> str:
        """Return what one point is of the minutes in it."""
        return {
            Rollup.MEAN: pgettext("point of a chart", "mean"),
            Rollup.ROUNDED_MEAN: pgettext("point of a chart", "mean"),
            Rollup.SUM: pgettext("point of a chart", "sum"),
            Rollup.MINIMUM: pgettext("point of a chart", "lowest"),
            Rollup.MAXIMUM: pgettext("point of a chart", "highest"),
        }[Rollup(self.rollup)]

    def svg(self, name: str, zone: tzinfo, *, is_wide: bool = False) -> SafeString:
        """Draw the whole chart, as a card or over the whole width; `name` is the metric's."""
        return draw_plot(
            self.values,
            self.scale,
            edges=(self.start, self.end),
            suffix=self.suffix,
            label=f"{name}: {self.caption}",
            zone=zone,
            letter=_LETTER_WIDE if is_wide else _LETTER,
        )

    def spark(self) -> SafeString:
        """Draw the line alone, for a list where the numbers stand beside it."""
        return draw_spark(self.values, self.scale)

    def facts(self) -> dict[str, Any]:
        """Return what a script or a program reads the values from."""
        return {
            "unit": self.suffix,
            "scale": [self.scale.low, self.scale.high],
            "start": self.start,
            "step": self.step,
            "label": self.label,
            "values": self.values,
        }

    def _range_words(self) -> str:
        if self.rollup == Rollup.SUM:
            total = number_words(rounded(sum(self.known)), self.suffix)
            return gettext("%(total)s in all.") % {"total": total}
        edges = min(self.known), max(self.known)
        low, top = stretch_words(*edges, self.suffix)
        if edges[0] == edges[1]:
            return gettext("Always %(top)s.") % {"top": top}
        return gettext("%(low)s to %(top)s.") % {"low": low, "top": top}

    def _missing_words(self) -> str:
        """Tell for how long nothing was fed, after the first that was; the last step goes on."""
        runs = [
            (gap, len(list(run))) for gap, run in groupby(one is None for one in self.values[:-1])
        ]
        missing_s = sum(length for is_gap, length in runs[1:] if is_gap) * self.step
        hours = missing_s // 3600
        if not missing_s:
            return ""
        if hours:
            return gettext("Nothing for %(n)d h.") % {"n": hours}
        return gettext("Nothing for %(n)d min.") % {"n": missing_s // 60}
