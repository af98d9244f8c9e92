import json

import pytest

from factories.incidents import make_incident, make_update
from factories.moments import BEGINNING, at
from factories.pages import make_page
from pingpong.pages.models import Page
from pingpong.public.models import StoredBody
from pingpong.public.render import Renderer

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Page:
    return make_page(now=BEGINNING)


def _promise() -> str:
    html = bytes(StoredBody.objects.get(path="/s/acme/").identity).decode()
    return html.partition('<p class="promise')[2].partition("</p>")[0]


def test_promise_is_told_and_says_by_itself_when_it_has_passed(page: Page) -> None:
    incident = make_incident(page, next_update_by=at(30), now=at(1))
    renderer = Renderer()
    renderer.render_due(at(2))
    time = '<time datetime="2026-03-10T09:30:00Z" data-short>09:30 UTC</time>'
    assert _promise().startswith(f'">Next update by {time} <span class="left"')
    told = json.loads(bytes(StoredBody.objects.get(path="/s/acme/summary.json").identity))
    assert told["incidents"][0]["next_update_by"] == "2026-03-10T09:30:00Z"
    assert renderer.render_due(at(29)) == 0
    assert renderer.render_due(at(30)) == 1
    assert _promise() == f' late">An update was promised for {time}.'
    make_update(incident, now=at(31))
    renderer.render_due(at(31))
    assert _promise() == ""
