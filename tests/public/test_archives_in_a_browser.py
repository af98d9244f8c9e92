"""The history of a page in real Chromium: readable by all, on a phone and on a desk."""

import shutil
from datetime import timedelta
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Route, sync_playwright

from factories.actors import DONALD
from factories.components import make_component
from factories.incidents import make_incident, make_update, resolve
from factories.maintenance import make_maintenance
from factories.moments import at
from fixtures.chromium import QUIET
from pingpong.incidents.postmortems import publish_postmortem, write_postmortem
from pingpong.overview.summary import summarise
from pingpong.pages.models import Page
from pingpong.public.archives import Archives
from pingpong.public.body import Body

pytestmark = [pytest.mark.django_db, pytest.mark.browser]

HOST = "http://status.test"
PATH = "/s/acme/"
LONG = "W" * 50


@pytest.fixture
def bodies(page: Page) -> dict[str, Body]:
    """Draw a page on which there is something of each kind."""
    api = make_component(page, "API", now=at(0))
    long = make_component(page, LONG, now=at(0))
    past = make_incident(page, f"T{LONG}", affected=[(long, "Unavailable")], now=at(10))
    make_update(past, message=f"<div><pre>{'x' * 300}</pre></div>", now=at(20))
    resolve(past, now=at(90))
    text = "<div><h1>Summary</h1>A full disk.<ul><li>More room</li></ul></div>"
    publish_postmortem(
        write_postmortem(past, text=text, by=DONALD, now=at(95)), by=DONALD, now=at(95)
    )
    make_incident(page, affected=[(api, "Minor issues")], now=at(100))
    earlier = at(0) - timedelta(days=100)
    make_incident(page, "Long ago", occurred_at=earlier, now=at(1))
    make_maintenance(page, affected=[api], scheduled_for=at(110), ends_at=at(300), now=at(5))
    summary = summarise(page, now=at(120))
    drawn = Archives().draw(summary, (), path=PATH, url=f"{HOST}{PATH}", now=at(120))
    assert drawn.is_whole
    return {one.path: one for one in drawn.bodies if isinstance(one, Body)}


def test_history_has_no_faults_of_accessibility_and_fits(bodies: dict[str, Body]) -> None:
    longest_last = sorted(bodies, key=lambda path: len(bodies[path].text))
    by_kind = {path.split("/")[3]: path for path in longest_last if path.endswith("/")}
    assert sorted(by_kind) == ["components", "history", "incidents", "maintenance"]
    documents = list(by_kind.values())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        faults = _visit(browser, bodies, documents, width=360, scheme="dark")
        wide = [by_kind["components"]]
        faults += _visit(browser, bodies, wide, width=1280, scheme="light")
        browser.close()
    assert faults == []


def _visit(
    browser: Browser,
    bodies: dict[str, Body],
    paths: list[str],
    *,
    width: int,
    scheme: Literal["dark", "light"],
) -> list[str]:
    """Open some documents; return what is wrong with them."""

    def answer(route: Route) -> None:
        body = bodies[route.request.url.removeprefix(HOST)]
        policy = {"Content-Security-Policy": body.policy}
        route.fulfill(body=body.text, content_type=body.content_type, headers=policy)

    faults: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.on("console", lambda line: faults.append(line.text))
    page.on("pageerror", lambda problem: faults.append(str(problem)))
    page.route(f"{HOST}/**", answer)
    for path in paths:
        page.goto(HOST + path)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found = Axe().run(page).response["violations"]
        faults += [f"{path} at {width}: {one['id']}" for one in found]
        faults += [f"{path} at {width} is {over} too wide"] if over > 0 else []
    page.close()
    return faults
