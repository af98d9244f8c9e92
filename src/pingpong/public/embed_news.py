"""What other sites tell of a page: one line, and up to three more. Short, whatever it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from pingpong.components.status import Color
from pingpong.kit.text import clean_line
from pingpong.overview.summary import Summary

from . import words

_MOST_LINES = 3
_LONGEST_LINE = 72
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class News:
    """`is_bad` says that something is wrong or being worked on; `sign` is never ``none``."""

    name: str
    sign: str
    head: str
    lines: tuple[str, ...]
    is_bad: bool


def news_of(summary: Summary) -> News:
    """Put a page into a few lines."""
    head, sign = gettext(summary.status), words.page_sign(summary.color)
    down = words.metrics_lead(summary)
    events = [one.title for one in summary.ongoing] + [one.title for one in summary.in_progress]
    if down and summary.color == Color.GREEN:
        head, sign = _joined(down), "major"
    lines = list(_lines(events, summary))
    is_bad = summary.color != Color.GREEN or bool(events) or down is not None
    return News(_short(summary.name, _LONGEST_NAME), sign, _short(head), tuple(lines), is_bad)


def _lines(events: list[str], summary: Summary) -> Iterator[str]:
    """Yield what is going on, or what the page says under its headline."""
    shown = events if len(events) <= _MOST_LINES else events[: _MOST_LINES - 1]
    yield from map(_short, shown)
    if rest := len(events) - len(shown):
        yield ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest}
    if not events:
        yield _short(_joined(words.lead_of(summary)))


def _joined(lead: words.Lead) -> str:
    return f"{lead.text}: {', '.join(lead.names)}" if lead.names else lead.text


def _short(text: str, longest: int = _LONGEST_LINE) -> str:
    line = clean_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
