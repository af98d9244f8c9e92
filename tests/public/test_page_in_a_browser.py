"""The page in real Chromium: readable by all, on every screen, in both schemes, and by itself."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Route, sync_playwright

from pingpong.overview.summary import Summary
from pingpong.public import paper
from pingpong.public.page_html import SCRIPT, STYLE, render_html

from . import stories

pytestmark = pytest.mark.browser

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STORIES: dict[str, Callable[[], Summary]] = {
    "empty": stories.empty,
    "calm": stories.calm,
    "busy": stories.busy,
    "broken": stories.broken,
    "long": stories.long,
    "rtl": stories.rtl,
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path is not None, "Chromium is installed by bin/ci"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def _file(folder: Path, story: str) -> str:
    """Write a page with its policy, as a reader receives it; a file has no headers."""
    html = render_html(STORIES[story](), url="http://x/s/acme/", changed_at=stories.NOW)
    policy = paper.policy(STYLE, SCRIPT).replace("; frame-ancestors 'none'", "")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    file = folder / f"{story}.html"
    file.write_text(html.replace("<head>", f"<head>{meta}"), encoding="utf-8")
    return file.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("story", STORIES)
def test_page_is_accessible_and_fits(
    chromium: Browser, tmp_path: Path, story: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda line: told.append(line.text))
    page.on("pageerror", lambda problem: told.append(str(problem)))
    page.goto(_file(tmp_path, story))
    violations = Axe().run(page).response["violations"]
    found = [(one["id"], one["nodes"][0]["html"]) for one in violations]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (found, told) == ([], [])
    context.close()


def test_start_and_missing_pages_are_accessible(chromium: Browser, tmp_path: Path) -> None:
    page = chromium.new_page()
    for name in ("missing.html", "landing.html"):
        (tmp_path / name).write_bytes(paper.document(name).body)
        page.goto((tmp_path / name).as_uri())
        assert Axe().run(page).response["violations"] == []
    page.close()


def test_times_are_also_told_in_the_reader_s_own_zone(chromium: Browser, tmp_path: Path) -> None:
    context = chromium.new_context(timezone_id="Asia/Tokyo", locale="en-GB")
    page = context.new_page()
    page.goto(_file(tmp_path, "busy"))
    assert page.locator(".asof time").inner_text() == "10 March 2026, 15:03 CET"
    assert page.locator(".asof time").get_attribute("title") == "10/03/2026, 23:03:00"
    context.close()


def test_open_page_follows_what_changes(chromium: Browser, tmp_path: Path) -> None:
    """Answers the page's own questions first with a calm story, then a broken one, then not."""
    answers = iter([_file(tmp_path, story) for story in ("calm", "calm", "broken")])
    context = chromium.new_context()
    page = context.new_page()
    page.clock.install()

    def answer(route: Route) -> None:
        uri = next(answers, None)
        if uri is None:
            route.abort()
        else:
            route.fulfill(path=uri.removeprefix("file://"), content_type="text/html")

    page.route("http://status.test/**", answer)
    page.goto("http://status.test/s/acme/")
    page.clock.run_for(5_500)
    page.locator("#seen").wait_for(state="visible")
    assert page.inner_text("h1") == "All systems operational"
    page.clock.run_for(5_500)
    page.get_by_role("heading", name="All systems down").wait_for()
    assert page.title() == "✖ All systems down \N{EN DASH} ACME"
    assert page.inner_text("#live") == "All systems down"
    page.clock.run_for(5_500)
    page.locator("#lost").wait_for(state="visible")
    context.close()
