"""Everything that one page answers in public, made from one reading of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings
from django.utils.translation import override

from pingpong import __version__
from pingpong.overview.content import in_language
from pingpong.overview.summary import Summary
from pingpong.pages.address import page_path

from . import page_html, summary_json
from .badge_bodies import badge_bodies
from .body import Body, Kept
from .charts import NOTHING, Drawn
from .copies import HTML, JSON, digest_of
from .embed_bodies import embed_bodies
from .look_bodies import look_bodies
from .recent_bodies import recent_bodies
from .tongues import Tongue, spoken, tongues_of

NO_ROBOTS = "noindex, nofollow"
# What programs read is in one language, whatever the page's own is.
PROGRAMS = "en"
NOTHING_STORED: Mapping[str, str] = MappingProxyType({})


def bodies_of(
    summary: Summary,
    *,
    changed_at: datetime,
    charts: Drawn = NOTHING,
    archive: Sequence[Body | Kept] = (),
    stored: Mapping[str, str] = NOTHING_STORED,
) -> Sequence[Body | Kept]:
    """Render every public path of a page; what is `stored` and still right stays.

    One query for each picture that is not, and those of `recent_bodies`.
    """
    path = page_path(summary.slug)
    bodies: list[Body | Kept] = []
    for tongue in tongues_of(summary):
        with override(tongue.code):
            said = in_language(summary, tongue.code)
            parts = html_bodies(said, tongue, changed_at=changed_at, charts=charts)
            bodies += _leading_on(parts, summary, tongue)
    with override(PROGRAMS):
        bodies += _once(summary, changed_at=changed_at)
    bodies += charts.bodies
    bodies += archive
    bodies += look_bodies(summary.page_id, path, summary.look, stored=stored)
    with override(summary.look.language):
        bodies += badge_bodies(summary, path, robots=_robots(summary))
        bodies += embed_bodies(summary, path, url=address_of(summary), robots=_robots(summary))
        bodies += recent_bodies(
            summary,
            path,
            url=address_of(summary),
            changed_at=changed_at,
            robots=_robots(summary),
            stored=stored,
        )
    return bodies


def html_bodies(
    summary: Summary, tongue: Tongue, *, changed_at: datetime, charts: Drawn
) -> Iterator[Body | Kept]:
    """Yield what people read, in the active language: each part is below `tongue.path`."""
    html = page_html.render_html(
        summary,
        url=address_of(summary),
        changed_at=changed_at,
        pictures=charts.pictures,
        custom_pictures=charts.custom,
        tongue=tongue,
    )
    yield Body(
        path=tongue.path,
        content_type=HTML,
        policy=page_html.policy_of(summary),
        slot=page_html.AGE_SLOT,
        notice=page_html.age_notice(),
        text=html.encode(),
        robots=_robots(summary),
        stamp=page_html.stamp_of(summary).encode(),
    )


def _once(summary: Summary, *, changed_at: datetime) -> Iterator[Body | Kept]:
    """Yield what programs read."""
    slot, notice = summary_json.slot_of(summary)
    document = summary_json.render_json(summary, url=address_of(summary), changed_at=changed_at)
    yield Body(
        path=f"{page_path(summary.slug)}summary.json",
        content_type=JSON,
        policy="",
        slot=slot,
        notice=notice,
        text=document.encode(),
        robots=_robots(summary),
        stamp=summary_json.stamp_of(summary).encode(),
    )


def _leading_on(
    parts: Iterator[Body | Kept], summary: Summary, tongue: Tongue
) -> Iterator[Body | Kept]:
    """Say of bare parts in which languages they are there too."""
    languages = "" if tongue.below else " ".join(spoken(summary))
    for part in parts:
        yield replace(part, languages=languages) if isinstance(part, Body) and languages else part


def _robots(summary: Summary) -> str:
    return "" if summary.look.is_indexed else NO_ROBOTS


def address_of(summary: Summary) -> str:
    """Return where the page says that it is: at its own host, if that is proven."""
    if summary.look.host:
        return f"https://{summary.look.host}/"
    return f"{settings.BASE_URL}{page_path(summary.slug)}"


def substance_of(summary: Summary) -> str:
    """Stand for the state that a page tells of; bars and percentages move by themselves."""
    state = summary_json.state_of(summary, url="")
    return digest_of(summary_json.write(state).encode())


@cache
def recipe() -> str:
    """Stand for the code and the templates: what another one made is made anew at the start."""
    folder = Path(__file__).parent
    kinds = (".py", ".html", ".css", ".js", ".mo")
    files = sorted(one for one in folder.rglob("*") if one.suffix in kinds)
    contents = b"\0".join(one.read_bytes() for one in files)
    return digest_of(f"{__version__} {settings.BASE_URL} ".encode() + contents)
