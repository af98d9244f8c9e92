"""Pages made by hand, without a database: a browser's loop and Django's do not share a thread."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from pingpong.components.day_bars import DayBar, worst_of
from pingpong.components.status import color_of
from pingpong.components.uptime import Tally
from pingpong.overview.chronicle import (
    AffectedSummary,
    IncidentSummary,
    MaintenanceSummary,
    PastDay,
    UpdateSummary,
)
from pingpong.overview.currency import Currency
from pingpong.overview.monitors import MonitorSummary, Present
from pingpong.overview.page_status import page_status
from pingpong.overview.summary import ComponentSummary, GroupSummary, Summary
from pingpong.pages.look import Look
from pingpong.public.chart_lines import Lines, caption_of
from pingpong.public.chart_svg import draw
from pingpong.public.charts import Picture
from pingpong.public.ranges import LAST_DAY

NOW = datetime(2026, 3, 10, 14, 3, tzinfo=UTC)
TODAY = NOW.date()
LONG = "W" * 50
STATUSES = (
    "Operational",
    "Minor issues",
    "Major issues",
    "Critical state",
    "Unavailable",
    "Maintenance mode",
    "Unknown",
)
_DAYS = (
    Tally(up_s=86_400),
    Tally(),
    Tally(up_s=80_000, degraded_s=6_400),
    Tally(up_s=80_000, down_s=6_400),
    Tally(up_s=80_000, maintenance_s=6_400),
)


def empty() -> Summary:
    return _page([])


def calm() -> Summary:
    return _page([component("API"), component("Website")])


def busy() -> Summary:
    parts = [component(f"Part {number}", status) for number, status in enumerate(STATUSES)]
    told = replace(incident(), next_update_by=NOW + timedelta(minutes=15))
    return _page(parts, ongoing=[told], planned=[maintenance()], past=[incident(ended=True)])


def broken() -> Summary:
    parts = [component("API", "Critical state"), component("Website", "Unavailable")]
    return _page(parts, ongoing=[incident()])


def long() -> Summary:
    parts = [
        component(LONG, "Major issues", description="D" * 255),
        replace(component("API"), is_doubted=True),
    ]
    told = incident(title="T" * 100, message=f"<div><pre>{'x' * 300}</pre></div>", name=LONG)
    late = replace(told, next_update_by=NOW - timedelta(hours=1), is_late=True)
    page = _page(parts, ongoing=[late], name=LONG)
    return replace(page, currency=Currency(watched=9, overdue=2, checked_at=NOW))


def rtl() -> Summary:
    name = "\u0627\u0644\u0628\u0631\u064a\u062f"
    look = Look(language="ar", languages=("de", "en", "ja"))
    some = [component(name, "Minor issues"), component("API")]
    told = [incident(title=name)]
    return replace(_page(some, ongoing=told, planned=[maintenance()], name=name), look=look)


def measured() -> Summary:
    """Every state and every showcase, below components and by themselves."""
    parts = [component("API"), component("Website", "Minor issues"), component("Mail")]
    return _page(
        parts,
        monitors=[
            monitor("Start page", component_id="API"),
            monitor("Sign-in", Present.DOWN, component_id="API", shows=(True, False)),
            monitor("Search", component_id="Website", shows=(False, True)),
            monitor("Backups", Present.PAUSED, shows=(True, True)),
            monitor("Guides", Present.IDLE, shows=(True, False)),
            monitor(LONG, Present.UNKNOWN, shows=(False, True)),
        ],
    )


def only_metrics() -> Summary:
    page = _page([], monitors=[monitor("Start page"), monitor("Search", shows=(True, False))])
    checked_at = NOW - timedelta(hours=1)
    return replace(page, currency=Currency(watched=2, overdue=2, checked_at=checked_at))


def one_is_down() -> Summary:
    search = monitor("Search", Present.DOWN, shows=(True, False))
    return _page([], monitors=[monitor("Start page"), search])


def many() -> Summary:
    """A page with thirty monitors, some of them down."""
    parts = [component(f"Part {number}") for number in range(15)]
    monitors = [
        monitor(
            f"Monitor {number}",
            Present.DOWN if number in (3, 17, 24, 28) else Present.UP,
            component_id=f"Part {number}" if number < 15 else None,
            shows=((True, True), (True, False), (False, True))[number % 3],
        )
        for number in range(30)
    ]
    return _page(parts, monitors=monitors)


def monitor(
    name: str,
    state: Present = Present.UP,
    *,
    component_id: str | None = None,
    shows: tuple[bool, bool] = (True, True),
) -> MonitorSummary:
    is_known = state in {Present.UP, Present.DOWN, Present.PAUSED}
    return MonitorSummary(
        id=f"m-{name.replace(' ', '-')}",
        name=name,
        description="As visitors see it" if component_id else None,
        component_id=component_id,
        is_heartbeat=False,
        interval_s=60,
        state=state,
        since=NOW - timedelta(minutes=12) if is_known else None,
        shows_uptime=shows[0],
        shows_response_time=shows[1],
        uptime=Decimal("99.98") if shows[0] and is_known else None,
        days=component(name).days if shows[0] else (),
        response_time_ms=142 if shows[1] and state is Present.UP else None,
        checked_at=NOW - timedelta(seconds=40) if is_known else None,
        places=("US West", "Japan") if is_known else (),
        due_at=None,
    )


def pictures_of(summary: Summary) -> dict[str, Picture]:
    """Draw a day with a gap and a peak for each monitor that is looked at."""
    middle = [None if 60 <= place < 66 else 120 + place % 12 * 4 for place in range(144)]
    high = [
        None if one is None else one * (6 if at == 100 else 1.3) for at, one in enumerate(middle)
    ]
    lines = Lines(LAST_DAY.window("p", NOW), middle, high)
    picture = Picture(draw(lines, "Response time"), caption_of(lines, LAST_DAY))
    return {
        one.id: picture
        for one in summary.monitors
        if one.shows_response_time and one.state in {Present.UP, Present.DOWN}
    }


def component(
    name: str, status: str = "Operational", *, description: str | None = None
) -> ComponentSummary:
    days = [
        DayBar(TODAY - timedelta(days=89 - index), sums, worst_of(sums))
        for index, sums in enumerate(
            _DAYS[0 if index % 9 else index // 9 % 5] for index in range(90)
        )
    ]
    return ComponentSummary(name, name, description, status, color_of(status), None, days)


def incident(
    *,
    title: str = "Payments are declined",
    message: str = "<div>We <b>look</b> into it.</div>",
    name: str = "API",
    ended: bool = False,
) -> IncidentSummary:
    return IncidentSummary(
        id="past" if ended else "now",
        title=title,
        status="Resolved" if ended else "Investigating",
        message=message,
        occurred_at=NOW - timedelta(hours=2),
        resolved_at=NOW - timedelta(hours=1) if ended else None,
        updates=[UpdateSummary("u", "Investigating", message, NOW - timedelta(minutes=90))],
        affected=[AffectedSummary("c", name, "Major issues", "orange")],
    )


def maintenance() -> MaintenanceSummary:
    start = NOW + timedelta(days=1)
    return MaintenanceSummary(
        id="planned",
        title="Rewiring",
        status="Upcoming",
        message="<div>Back <a href='https://acme.example/'>soon</a>.</div>",
        scheduled_for=start,
        ends_at=start + timedelta(hours=1),
        affected=[AffectedSummary("c", "API", "Maintenance mode", "gray")],
    )


def _page(
    parts: Sequence[ComponentSummary],
    *,
    ongoing: Sequence[IncidentSummary] = (),
    planned: Sequence[MaintenanceSummary] = (),
    past: Sequence[IncidentSummary] = (),
    monitors: Sequence[MonitorSummary] = (),
    name: str = "ACME",
) -> Summary:
    status = page_status(
        [(one.status, True) for one in parts],
        incidents_touching_nothing=False,
        maintenance_touching_nothing=False,
    )
    return Summary(
        page_id="p",
        name=name,
        slug="acme",
        time_zone="Europe/Berlin",
        status=status.status,
        color=status.color,
        ungrouped=parts[:1],
        groups=[GroupSummary("g", name, "Which are many", parts[1:])] if parts[1:] else [],
        ongoing=ongoing,
        in_progress=(),
        upcoming=planned,
        past_days=_past(ongoing, past),
        omitted_incidents=0,
        monitors=monitors,
        today=TODAY,
        next_edge_at=NOW + timedelta(hours=1),
        read_at=NOW,
    )


def _past(ongoing: Sequence[IncidentSummary], past: Sequence[IncidentSummary]) -> list[PastDay]:
    days: list[date] = [TODAY - timedelta(days=back) for back in range(15)]
    quiet = [PastDay(day, (), (), ()) for day in days[1:]]
    return [PastDay(TODAY, ongoing, past, ()), *quiet]
