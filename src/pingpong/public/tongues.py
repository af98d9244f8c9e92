"""The languages of one page: which path each has, and how they lead to one another.

A page that offers a choice has its own language twice: at its bare path, which sends a reader on
who prefers another one, and below its code, for those who chose it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pingpong.overview.summary import Summary
from pingpong.pages.address import page_path
from pingpong.pages.languages import LANGUAGES, direction_of, tag_of


@dataclass(frozen=True, slots=True)
class Tongue:
    """One rendering of everything that is HTML.

    `path` is what its parts are below, `up` leads from its first part to what is there only once,
    such as `summary.json`. `code` is a language, `below` its path within the page, if it has one.
    """

    code: str
    path: str
    below: str = ""

    @property
    def up(self) -> str:
        return "../" if self.below else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the menu: `href` is relative to the part that it stands in, `url` in full."""

    tag: str
    name: str
    direction: str
    href: str
    url: str
    is_current: bool


def tongues_of(summary: Summary) -> Sequence[Tongue]:
    """Return the bare rendering first, and each language of a page that offers a choice."""
    path, look = page_path(summary.slug), summary.look
    bare = Tongue(look.language, path)
    return [bare, *(Tongue(code, f"{path}{code}/", f"{code}/") for code in spoken(summary))]


def spoken(summary: Summary) -> Sequence[str]:
    """Return the languages that readers choose from, the page's own first; or none at all."""
    look = summary.look
    return (look.language, *look.languages) if look.languages else ()


def choices(summary: Summary, tongue: Tongue, *, url: str, rest: str = "") -> Sequence[Choice]:
    """Return the menu of the part that is `rest` (such as ``history/``) below a tongue's path.

    `url` is where the page is.
    """
    back = "../" * (rest.count("/") + bool(tongue.below))
    offered = set(spoken(summary))
    return [
        Choice(
            tag=tag_of(code),
            name=name,
            direction=direction_of(code),
            href=f"{back}{code}/{rest}",
            url=f"{url}{code}/{rest}",
            is_current=code == tongue.code,
        )
        for code, name in LANGUAGES.items()
        if code in offered
    ]
