"""Everything that one page answers in public, made from one reading of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from pingpong import __version__
from pingpong.overview.summary import Summary
from pingpong.pages.address import page_path

from . import page_html, paper, summary_json
from .copies import HTML, JSON, digest_of


@dataclass(frozen=True, slots=True)
class Body:
    """One path and its text, before it is compressed."""

    path: str
    content_type: str
    policy: str
    slot: str
    notice: str
    text: bytes

    @property
    def digest(self) -> str:
        """Stand for all that a reader would receive."""
        parts = (self.path, self.content_type, self.policy, self.slot, self.notice)
        return digest_of("\0".join(parts).encode() + b"\0" + self.text)


def bodies_of(summary: Summary, *, changed_at: datetime) -> Sequence[Body]:
    """Render every public path of a page."""
    path = page_path(summary.slug)
    url = f"{settings.BASE_URL}{path}"
    html = page_html.render_html(summary, url=url, changed_at=changed_at)
    document = summary_json.render_json(summary, url=url, changed_at=changed_at)
    return (
        Body(
            path=path,
            content_type=HTML,
            policy=paper.policy(page_html.STYLE, page_html.SCRIPT),
            slot=page_html.AGE_SLOT,
            notice=page_html.age_notice(),
            text=html.encode(),
        ),
        Body(
            path=f"{path}summary.json",
            content_type=JSON,
            policy="",
            slot=summary_json.AGE_SLOT,
            notice=summary_json.AGE_NOTICE,
            text=document.encode(),
        ),
    )


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
