"""Names are text everywhere, whatever they look like; messages are what the sanitiser left."""

import json
import re
from collections.abc import Sequence
from html.parser import HTMLParser

import pytest

from factories.components import make_component, make_group
from factories.incidents import make_incident, make_update, resolve
from factories.maintenance import make_maintenance
from factories.metrics import make_monitor
from factories.moments import at
from pingpong.components.models import Component, ComponentGroup
from pingpong.incidents.models import Incident
from pingpong.kit.html import as_message
from pingpong.maintenance.models import Maintenance
from pingpong.monitors.models import Monitor
from pingpong.overview.summary import summarise
from pingpong.pages.models import Page
from pingpong.public.bodies import bodies_of
from pingpong.public.statics import chart_script_path

pytestmark = pytest.mark.django_db

URL = "http://testserver/s/acme/"
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "</style><svg onload=alert(1)>",
    "]]><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "<!--age-->",
    '"><b onmouseover=alert(1)>x',
    "' onfocus=alert(1) autofocus='",
    "{{ page.id }}{% load static %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "javascript:alert(1)",
    '"stale":false',
    "\u202e<a href=//evil.test>\u2028\u2029",
    "%(total)d %s {minute} {0}",
    "</details></ul></main>",
)
# What the page itself is made of, and nothing that runs besides.
OURS = frozenset(
    {
        "html", "head", "meta", "title", "link", "style", "body", "svg", "symbol", "circle", "path",
        "rect", "a", "main", "header", "div", "p", "h1", "h2", "h3", "h4", "span", "section",
        "article", "ul", "ol", "li", "time", "strong", "bdi", "details", "summary", "footer",
        "script", "use", "figure", "figcaption", "fieldset", "legend", "label", "input",
    }
)  # fmt: skip


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.comments: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def _fill(page: Page, text: str) -> None:
    """Put a text into every field that a page shows; the verbs check nothing, the rules do."""
    Page.objects.update(name=text[:50])
    page.refresh_from_db()
    group = make_group(page, now=at(0))
    ComponentGroup.objects.update(name=text[:50], description=text)
    loose = make_component(page, status="Minor issues", now=at(0))
    member = make_component(page, group=group, now=at(0))
    Component.objects.update(name=text[:50], description=text)
    affected = [(loose, "Minor issues"), (member, "Unavailable")]
    message = as_message(text)
    for minute in (1, 2):
        incident = make_incident(page, message=message, affected=affected, now=at(minute))
        make_update(incident, message=message, now=at(3))
    resolve(incident, now=at(4))
    Incident.objects.update(title=text[:100])
    for start, end in ((1, 2), (5, 60), (100, 200)):
        make_maintenance(
            page,
            scheduled_for=at(start),
            ends_at=at(end),
            message=message,
            affected=[member],
            now=at(0),
        )
    Maintenance.objects.update(title=text[:100])
    for component in (member, None):
        make_monitor(page, component=component, url="http://x.example/", now=at(0))
    Monitor.objects.update(name=text[:50], description=text)


def _bodies(page: Page) -> tuple[str, str]:
    html, document, *_others = bodies_of(summarise(page, now=at(30)), changed_at=at(30))
    return html.text.decode(), document.text.decode()


@pytest.fixture
def plain(page: Page) -> _Reader:
    """Return the page as it is with harmless texts."""
    _fill(page, "harmless")
    return _read(_bodies(page)[0])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_markup(page: Page, plain: _Reader, text: str) -> None:
    for model in (Incident, Maintenance, Monitor, Component, ComponentGroup):
        model.objects.all().delete()  # type: ignore[attr-defined]
    _fill(page, text)
    html, _ = _bodies(page)
    found = _read(html)
    in_messages = {"a", "b"} if "<a " in text or "<b " in text else set()
    assert set(found.tags) <= OURS | in_messages
    assert [tag for tag in found.tags if tag not in in_messages] == [
        tag for tag in plain.tags if tag not in in_messages
    ]
    # The page's own, and what its charts need.
    assert (found.tags.count("script"), found.tags.count("style")) == (2, 3)
    assert {name for name, _ in found.attributes} <= {name for name, _ in plain.attributes} | {
        "rel"
    }
    assert found.comments == ["age"]
    addresses = {value for name, value in found.attributes if name in ("href", "src")}
    assert [one for one in addresses if one.startswith(("javascript", "http", "//"))] == [URL]
    assert {value for name, value in found.attributes if name == "src"} == {chart_script_path()}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_name_is_read_as_it_was_written(page: Page, text: str) -> None:
    _fill(page, text)
    html, document = _bodies(page)
    said = "".join(_read(html).texts)
    shown = re.sub(r"\s+", " ", text[:50]).strip()
    assert shown in re.sub(r"\s+", " ", said)
    told = json.loads(document)
    assert told["page"]["name"] == text[:50]
    assert {one["name"] for one in told["components"]} == {text[:50]}
    assert {one["name"] for one in told["metrics"]} == {text[:50]}
    assert told["stale"] is False
    assert document.count('"stale":false') == 1
    assert [mark for mark in ("<", ">", "&") if mark in document] == []
