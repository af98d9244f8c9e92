"""The one sentence at the top of a page (contract A23): a pure function."""

from collections.abc import Iterable
from dataclasses import dataclass

from pingpong.components.status import DEGRADED, DOWN, Color, Status

OPERATIONAL = "All systems operational"
ISSUES = "Some systems have issues"
DOWN_WORDS = "All systems down"
MAINTENANCE = "Under maintenance"


@dataclass(frozen=True, slots=True)
class PageStatus:
    status: str
    color: str


_COLORS = {
    OPERATIONAL: Color.GREEN.value,
    ISSUES: Color.ORANGE.value,
    DOWN_WORDS: Color.RED.value,
    MAINTENANCE: Color.GRAY.value,
}
# The four words of the badge services, one for each of ours.
_SHIELDS = {
    OPERATIONAL: Status.OPERATIONAL.value,
    ISSUES: Status.MAJOR.value,
    DOWN_WORDS: Status.CRITICAL.value,
    MAINTENANCE: Status.MAINTENANCE.value,
}
PHRASES = tuple(_COLORS)


def page_status(
    components: Iterable[tuple[str, bool]],
    *,
    incidents_touching_nothing: bool,
    maintenance_touching_nothing: bool,
) -> PageStatus:
    """Derive the page's status from (effective status, showcased) pairs and the loose events.

    `incidents_touching_nothing` and `maintenance_touching_nothing` say whether one is going on
    that affects no component.
    """
    pairs = list(components)
    showcased = [status for status, is_showcased in pairs if is_showcased]
    shown = showcased or [status for status, _ in pairs]
    known = [status for status in shown if status != Status.UNKNOWN]
    phrase = OPERATIONAL
    if known and all(status in DOWN for status in known):
        phrase = DOWN_WORDS
    elif incidents_touching_nothing or any(status in DOWN | DEGRADED for status in known):
        phrase = ISSUES
    elif maintenance_touching_nothing or Status.MAINTENANCE in known:
        phrase = MAINTENANCE
    return PageStatus(phrase, _COLORS[phrase])


def shields_word(phrase: str) -> str:
    """Return the badge services' word for a page status."""
    return _SHIELDS[phrase]
