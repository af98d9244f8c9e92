"""How a page presents itself, read in one go for whoever draws it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from .languages import LANGUAGES
from .models import Branding, DomainState, Page, PageDomain, PagePicture


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture without its bytes; `name` changes with them."""

    name: str
    digest: str
    content_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Look:
    """The presentation of a page. `host` is its own one, if it has a proven one.

    `languages` are those that it offers besides its own. Colours are `#rrggbb` or empty, `css` is
    filtered, `pictures` are by kind.
    """

    language: str = "en"
    languages: tuple[str, ...] = ()
    is_indexed: bool = True
    host: str = ""
    color: str = ""
    dark_color: str = ""
    header_links: tuple[Link, ...] = ()
    footer_links: tuple[Link, ...] = ()
    css: str = ""
    pictures: Mapping[str, Picture] = field(default_factory=lambda: MappingProxyType({}))


PLAIN = Look()
_PICTURE_FIELDS = ("kind", "digest", "suffix", "content_type", "width", "height")


def look_of(page: Page) -> Look:
    """Read how a page presents itself. Three queries."""
    branding = Branding.objects.filter(page=page).first() or Branding(page=page)
    rows = PagePicture.objects.filter(page=page).values(*_PICTURE_FIELDS)
    proven = PageDomain.objects.filter(page=page, state=DomainState.VERIFIED)
    return Look(
        language=page.language,
        languages=languages_of(page),
        is_indexed=page.is_indexed,
        host=proven.values_list("host", flat=True).first() or "",
        color=branding.color,
        dark_color=branding.dark_color,
        header_links=links_from(branding.header_links),
        footer_links=links_from(branding.footer_links),
        css=branding.css,
        pictures={row["kind"]: _picture(**row) for row in rows},
    )


def languages_of(page: Page) -> tuple[str, ...]:
    """Return what a page offers besides its own language."""
    return tuple(one for one in page.languages if one in LANGUAGES and one != page.language)


def content_of(page_id: str, kind: str) -> bytes:
    """Return the bytes of a picture; empty where it was taken away meanwhile. One query."""
    found = PagePicture.objects.filter(page_id=page_id, kind=kind)
    return bytes(found.values_list("content", flat=True).first() or b"")


def links_from(rows: Iterable[Mapping[str, str]]) -> tuple[Link, ...]:
    """Read links as they are stored."""
    return tuple(Link(row["label"], row["url"]) for row in rows)


def _picture(kind: str, digest: str, suffix: str, **facts: Any) -> Picture:
    return Picture(name=f"{kind}.{digest[:16]}.{suffix}", digest=digest, **facts)
