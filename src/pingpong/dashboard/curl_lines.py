"""Lines to paste into a shell: the API of one project, with its own address and ids."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from pingpong.components.models import Component
from pingpong.pages.models import Page

PLACEHOLDER = "YOUR_TOKEN"
JSON = "-H 'Content-Type: application/json'"


@dataclass(frozen=True, slots=True)
class CurlLine:
    name: str
    title: str
    line: str


def curl_lines(page: Page, token: str = PLACEHOLDER) -> Sequence[CurlLine]:
    """Return the lines; those that change something name a component, if there is one. One query.

    What stands in them is an address of the settings, ids and the token: nothing that somebody
    typed, so that nothing has to be escaped for the shell.
    """
    base = f"{settings.BASE_URL}/rest/v1"
    curl = f"curl -H 'Authorization: Token {token}'"
    lines = [
        CurlLine("status", _("How the page stands"), f"{curl} {base}/status"),
        CurlLine("live", _("What goes on now"), f"{curl} {base}/live"),
        CurlLine("components", _("All components"), f"{curl} {base}/components"),
    ]
    first = Component.objects.filter(page=page).values_list("pk", flat=True).first()
    if first is not None:
        path = f"{base}/components/{first}/status"
        body = """-d '{"status": "Operational"}'"""
        title = _("Set the status of the first component")
        lines.append(CurlLine("set", title, f"{curl} -X PUT {JSON} {body} {path}"))
    body = """-d '{"title": "Slow answers", "message": "We are looking into it."}'"""
    lines.append(
        CurlLine("incident", _("Report an incident"), f"{curl} {JSON} {body} {base}/incidents")
    )
    return lines
