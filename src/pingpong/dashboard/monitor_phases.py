"""Where the time of a check goes: its phases, drawn for the newest checks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy

from pingpong.monitors.models import RawOutcome
from pingpong.probe.contract import UP

from .monitor_words import time_words

SHOWN = 30
_HEIGHT = 100
_PITCH = 10
_INK = 7
_TOLD_FROM_US = 50
_PHASES = (
    ("dns", pgettext_lazy("phase", "Name look-up")),
    ("connect", pgettext_lazy("phase", "Connecting")),
    ("tls", pgettext_lazy("phase", "Encryption (TLS)")),
    ("first", pgettext_lazy("phase", "First byte")),
    ("rest", pgettext_lazy("phase", "Rest")),
)


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the newest check."""

    name: str
    label: object
    words: str


@dataclass(frozen=True, slots=True)
class Phases:
    """The phases of the newest check in words, and the drawing of the last ones."""

    newest: Sequence[Phase]
    total: str
    top: str
    svg: SafeString


def phases_of(outcomes: Iterable[RawOutcome]) -> Phases | None:
    """Return the phases of checks that were up, newest first; None where none was."""
    some = [one for one in outcomes if one.word == UP and one.total_us][:SHOWN]
    if not some:
        return None
    newest = _cut(some[0])
    told = [
        Phase(name, label, time_words(us / 1000))
        for (name, label), us in zip(_PHASES, newest, strict=True)
        if us >= _TOLD_FROM_US
    ]
    top_us = max(one.total_us for one in some)
    total = time_words(some[0].total_us / 1000)
    return Phases(told, total, time_words(top_us / 1000), _draw(some[::-1], top_us))


def _cut(one: RawOutcome) -> tuple[int, ...]:
    known = (one.dns_us, one.connect_us, one.tls_us, one.first_byte_us)
    return (*known, max(one.total_us - sum(known), 0))


def _draw(oldest_first: Sequence[RawOutcome], top_us: int) -> SafeString:
    bars = []
    for place, one in enumerate(oldest_first):
        below = 0.0
        for (name, _label), us in zip(_PHASES, _cut(one), strict=True):
            height = us * _HEIGHT / top_us
            if height:
                y = _HEIGHT - below - height
                bars.append((f"phase-{name}", place * _PITCH, f"{y:.1f}", f"{height:.1f}"))
            below += height
    rects = format_html_join(
        "", f'<rect class="{{}}" x="{{}}" y="{{}}" width="{_INK}" height="{{}}"/>', bars
    )
    label = gettext("The phases of the last %(count)d checks") % {"count": len(oldest_first)}
    return format_html(
        '<svg role="img" aria-label="{}" viewBox="0 0 {} {}" preserveAspectRatio="none">{}</svg>',
        label,
        SHOWN * _PITCH,
        _HEIGHT,
        rects,
    )
