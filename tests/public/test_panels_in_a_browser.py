"""Charts of custom metrics in real Chromium: for the eye, the pointer, the keyboard, and bare."""

import shutil
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

from . import panel_stories
from .test_page_in_a_browser import QUIET

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path is not None, "Chromium is installed by bin/ci"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def _visit(page: Page) -> list[str]:
    """Open the page; return what the console says, which should be nothing."""
    html, policy = panel_stories.html_of(panel_stories.fed())

    def answer(route: Route) -> None:
        if route.request.url == panel_stories.URL:
            headers = {"Content-Security-Policy": policy}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
        else:
            path = route.request.url.removeprefix("http://status.test")
            route.fulfill(**panel_stories.answer_to(path))

    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda problem: said.append(str(problem)))
    page.route("http://status.test/**", answer)
    page.goto(panel_stories.URL, wait_until="networkidle")
    return said


def _judge(page: Page, width: int) -> None:
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_charts_are_read_chosen_and_survive_that_the_page_is_replaced(
    chromium: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    said = _visit(page)
    _judge(page, width)

    page.locator("#figure-c2 .plot-svg").focus()
    slider = page.get_by_role("slider", name="Metric 2", exact=True)
    slider.wait_for()
    told = page.locator("#figure-c2 .told")
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == told.inner_text()
    page.keyboard.press("ArrowLeft")
    assert told.inner_text() == "10 March at 14:50: sum 73"
    page.keyboard.press("Home")
    for _ in range(6):
        page.keyboard.press("PageUp")
    assert told.inner_text().endswith(": no data")
    assert page.locator("#figure-c2 .at-dot").get_attribute("visibility") == "hidden"
    page.keyboard.press("Escape")
    assert told.inner_text() == "Caption of 24h."

    page.locator("#panel-page-24h").focus()
    for name in ("7d", "30d"):
        page.keyboard.press("ArrowRight")
        page.locator("#figure-c5").get_by_text(f"Caption of {name}.").wait_for()
    page.locator("#figure-c4 .plot-svg").hover()
    page.locator("#figure-c4 .told", has_text="highest").wait_for()
    _judge(page, width)

    page.mouse.move(1, 1)
    page.evaluate(
        "document.querySelector('#metrics').replaceWith(document.querySelector('#metrics')"
        ".cloneNode(true)); document.dispatchEvent(new Event('page:new'))"
    )
    page.locator("#figure-c3").get_by_text("Caption of 30d.").wait_for()
    page.locator("#figure-c4").get_by_text("Caption of 30d.").wait_for()
    assert page.locator("#panel-page-30d").is_checked()
    assert page.locator("#panel-API-24h").is_checked()
    assert said == []
    context.close()


def test_charts_are_in_the_page_without_scripts(chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    assert _visit(page) == []
    assert page.locator("#figure-c5 .curve .line").bounding_box() is not None
    assert page.get_by_role("img", name="Metric 5").is_visible()
    assert page.locator("#metrics .ranges").is_hidden()
    ticks = page.locator("#figure-c5 text.y").all_text_contents()
    assert ticks == ["0%", "50%", "100%", "150%"]
    context.close()
