"""Everything that one page answers in public, made from one reading of it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from pingpong import __version__
from pingpong.overview.summary import Summary
from pingpong.pages.address import page_path

from . import page_html, summary_json
from .body import Body, Kept
from .charts import NOTHING, Drawn
from .copies import HTML, JSON, digest_of
from .look_bodies import look_bodies

NO_ROBOTS = "noindex, nofollow"


def bodies_of(
    summary: Summary,
    *,
    changed_at: datetime,
    charts: Drawn = NOTHING,
    stored: Collection[str] = (),
) -> Sequence[Body | Kept]:
    """Render every public path of a page; of pictures, which never change, what is `stored` stays.

    One query for each picture that is not.
    """
    path = page_path(summary.slug)
    url = address_of(summary)
    robots = "" if summary.look.is_indexed else NO_ROBOTS
    html = page_html.render_html(summary, url=url, changed_at=changed_at, pictures=charts.pictures)
    slot, notice = summary_json.slot_of(summary)
    document = summary_json.render_json(summary, url=url, changed_at=changed_at)
    return (
        Body(
            path=path,
            content_type=HTML,
            policy=page_html.policy_of(summary),
            slot=page_html.AGE_SLOT,
            notice=page_html.age_notice(),
            text=html.encode(),
            robots=robots,
            stamp=page_html.stamp_of(summary).encode(),
        ),
        Body(
            path=f"{path}summary.json",
            content_type=JSON,
            policy="",
            slot=slot,
            notice=notice,
            text=document.encode(),
            robots=robots,
            stamp=summary_json.stamp_of(summary).encode(),
        ),
        *charts.bodies,
        *look_bodies(summary.page_id, path, summary.look, stored=stored),
    )


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
    files = sorted(
        one for one in folder.rglob("*") if one.suffix in (".py", ".html", ".css", ".js")
    )
    contents = b"\0".join(one.read_bytes() for one in files)
    return digest_of(f"{__version__} {settings.BASE_URL} ".encode() + contents)
