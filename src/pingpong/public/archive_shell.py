"""What all documents of a page's history have around them: when it changes, all are drawn anew."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from pingpong.overview.summary import Summary
from pingpong.pages.look import Look

from . import paper
from .body import Body
from .copies import digest_of
from .look_bodies import CSS
from .page_html import SCRIPT, STYLE

JAVASCRIPT = "text/javascript; charset=utf-8"
OWN_STYLE = "archive.css"
_ASSETS = Path(__file__).parent / "assets"


@dataclass(frozen=True, slots=True)
class Shell:
    """Nothing in it moves with the state of the page. `url` is the page's own address."""

    name: str
    path: str
    url: str
    time_zone: str
    look: Look
    language: str
    home: str
    sheet: str
    script: str


def shell_of(summary: Summary, *, path: str, url: str) -> Shell:
    """Return the shell for documents below `path`, in the active language."""
    return Shell(
        name=summary.name,
        path=path,
        url=url,
        time_zone=summary.time_zone,
        look=summary.look,
        language=get_language() or "en",
        home=f"{settings.BASE_URL}/" if summary.look.host else "/",
        sheet=_name(_sheet(), "css"),
        script=_name(_script(), "js"),
    )


def shell_bodies(shell: Shell) -> tuple[Body, Body]:
    """Return the style sheet and the script of all documents, which are loaded but once."""
    return (
        _body(f"{shell.path}{shell.sheet}", CSS, _sheet()),
        _body(f"{shell.path}{shell.script}", JAVASCRIPT, _script()),
    )


def is_of_a_shell(path: str, shell: Shell) -> bool:
    """Tell whether documents that were drawn earlier may need this path."""
    return path.startswith(f"{shell.path}{_STEM}.")


def policy() -> str:
    """Return the Content-Security-Policy of the documents."""
    return paper.policy(script=SCRIPT, own_host_too=True, look="'self'")


_STEM = "history"


def _name(content: bytes, suffix: str) -> str:
    return f"{_STEM}.{digest_of(content)[:16]}.{suffix}"


@cache
def _sheet() -> bytes:
    parts = [(_ASSETS / name).read_bytes().strip() for name in (STYLE, OWN_STYLE)]
    return b"\n".join(parts) + b"\n"


@cache
def _script() -> bytes:
    return (_ASSETS / SCRIPT).read_bytes()


def _body(path: str, content_type: str, text: bytes) -> Body:
    policy_ = "default-src 'none'; sandbox"
    return Body(path=path, content_type=content_type, policy=policy_, slot="", notice="", text=text)
