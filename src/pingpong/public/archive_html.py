"""One document of a page's history as HTML."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import get_template

from pingpong.components.days import zone_named

from . import page_html
from .archive_docs import Doc
from .archive_shell import Shell, policy
from .body import Body
from .card import links_of
from .copies import HTML, digest_of
from .look_parts import look_parts

# Filled in when all else is written: by it the script sees that there is something new.
_MARK = 'data-changed=""'


def draw_doc(doc: Doc, shell: Shell, context: Mapping[str, Any]) -> Body:
    """Return a document; `context` is what its own template needs.

    Of that `title`, `about` (one sentence, for links to it) and `sign` are of every document.
    """
    every = {
        "shell": shell,
        "look": shell.look,
        "root": doc.root,
        "url": f"{shell.url}{doc.place}",
        "zone": zone_named(shell.time_zone),
        "zone_words": shell.time_zone.replace("_", " "),
        "parts": look_parts(shell.look, up=doc.root),
        "favicon": page_html.favicon(context["sign"]),
        "card": links_of(shell.url),
        "home": shell.home,
    }
    template = get_template(f"public/archive/{doc.kind.name.lower()}.html")
    html = template.render({**every, **context}).strip()
    marked = html.replace(_MARK, f'data-changed="{digest_of(html.encode())[:16]}"', 1)
    return Body(
        path=f"{shell.path}{doc.place}",
        content_type=HTML,
        policy=policy(),
        slot=page_html.AGE_SLOT,
        notice=page_html.age_notice(),
        text=marked.encode(),
        robots="" if shell.look.is_indexed else "noindex, nofollow",
    )
