"""Lines that people paste into their own pages: names in them stay text.

They are texts, not markup of ours: a template that shows one escapes it once more.
"""

import re

from django.utils.html import escape

_MARKS = re.compile(r"([\\`*_{}\[\]()<>#!|&])")


def markdown_of(image: str, address: str, title: str) -> str:
    """Return a picture that leads to an address, for a README file."""
    text = _MARKS.sub(r"\\\1", title)
    return f"[![{text}]({image})]({address})"


def html_of(image: str, address: str, title: str) -> str:
    """Return a picture that leads to an address, for a web page."""
    picture = f'<img src="{escape(image)}" alt="{escape(title)}">'
    return f'<a href="{escape(address)}">{picture}</a>'


def banner_of(script: str) -> str:
    """Return the line that loads a script."""
    return f'<script src="{escape(script)}" async></script>'


def frame_of(document: str, title: str) -> str:
    """Return a small frame with a document."""
    return (
        f'<iframe src="{escape(document)}" title="{escape(title)}" width="360" height="130" '
        f'loading="lazy" style="border:0;border-radius:10px"></iframe>'
    )
