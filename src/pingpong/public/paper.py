"""Self-contained documents: style and script stand in them, and the policy lets in just these."""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_ASSETS = Path(__file__).parent / "assets"


@dataclass(frozen=True, slots=True)
class Document:
    body: bytes
    policy: str


@cache
def inline(name: str) -> SafeString:
    """Return one of our style sheets or scripts, to be put into a document as it is."""
    text = (_ASSETS / name).read_text(encoding="utf-8").strip()
    return mark_safe(text)  # noqa: S308 -- our own file, without a closing tag


@cache
def policy(
    *styles: str,
    script: str | None = None,
    own_host_too: bool = False,
    look: str = "",
    takes_forms: bool = False,
    framed_by: str = "'none'",
) -> str:
    """Return the Content-Security-Policy of a document with these very styles and script.

    `own_host_too` lets in the script files of the host that serves the document, `look` is from
    where its further style sheets and pictures may come, such as ``'self'``.
    """
    hosts = " 'self'" if own_host_too else ""
    forms = "'self'" if takes_forms else "'none'"
    more = [look] if look else []
    scripts = f"script-src {_hash(script)}{hosts}; connect-src 'self'; " if script else ""
    return (
        f"default-src 'none'; style-src {' '.join([*map(_hash, styles), *more])}; {scripts}"
        f"img-src {' '.join(dict.fromkeys(['data:', *more]))}; "
        f"base-uri 'none'; form-action {forms}; frame-ancestors {framed_by}"
    )


def document(template: str) -> Document:
    """Render a page that is the same for everybody."""
    context = {"css": inline("paper.css"), "language": get_language() or "en"}
    text = get_template(f"public/{template}").render(context).strip()
    return Document(text.encode(), policy("paper.css"))


def _hash(name: str) -> str:
    digest = hashlib.sha256(inline(name).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
