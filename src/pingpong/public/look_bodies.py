"""The style sheet and the pictures of a page, as paths of their own."""

from collections.abc import Collection, Iterator

from pingpong.pages.look import Look, content_of

from .body import Body, Kept
from .look_css import look_css
from .look_parts import sheet_name

CSS = "text/css; charset=utf-8"
# Whatever these bytes are, opened by themselves they do nothing.
_POLICY = "default-src 'none'; sandbox"


def look_bodies(
    page_id: str, path: str, look: Look, *, stored: Collection[str]
) -> Iterator[Body | Kept]:
    """Yield what is not stored with its bytes. One query for each such picture."""
    css = look_css(look)
    if css:
        yield _body(f"{path}{sheet_name(css)}", CSS, css.encode())
    for kind, picture in look.pictures.items():
        place = f"{path}{picture.name}"
        if place in stored:
            yield Kept(place)
        elif content := content_of(page_id, kind):
            yield _body(place, picture.content_type, content)


def _body(path: str, content_type: str, content: bytes) -> Body:
    return Body(
        path=path, content_type=content_type, policy=_POLICY, slot="", notice="", text=content
    )
