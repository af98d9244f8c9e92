"""The page in real Chromium: readable by all, on every screen, in both schemes, and by itself."""

import shutil
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils.translation import override
from playwright.sync_api import Browser, Page, Route, sync_playwright

from pingpong.overview.summary import Summary
from pingpong.public import paper
from pingpong.public.page_html import policy_of, render_html

from . import chart_stories, stories

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
    "measured": stories.measured,
    "only-metrics": stories.only_metrics,
    "many": stories.many,
    "one-is-down": stories.one_is_down,
}
HOST = "http://status.test"
# No answer.
GONE = ""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path is not None, "Chromium is installed by bin/ci"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def _answer_with(page: Page, *told: str) -> None:
    """Answer for the host: the page as these stories, one after the other; the last one stays."""
    answers = chain(told, repeat(told[-1]))

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path != "/s/acme/":
            route.fulfill(**chart_stories.answer_to(path))
        elif (story := next(answers)) == GONE:
            route.abort()
        else:
            summary = STORIES[story]()
            pictures = stories.pictures_of(summary)
            with override(summary.look.language):
                html = render_html(
                    summary, url=f"{HOST}/s/acme/", changed_at=stories.NOW, pictures=pictures
                )
            route.fulfill(
                body=html,
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": policy_of(summary)},
            )

    page.route(f"{HOST}/**", answer)


def _visit(page: Page, *told: str) -> list[str]:
    """Open the page of a story; return what the console says, which should be nothing."""
    _answer_with(page, *told)
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda problem: said.append(str(problem)))
    page.goto(f"{HOST}/s/acme/", wait_until="networkidle")
    return said


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("story", [name for name in STORIES if name != "one-is-down"])
def test_page_is_accessible_and_fits(
    chromium: Browser, story: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    told = _visit(page, story)
    violations = Axe().run(page).response["violations"]
    found = [(one["id"], one["nodes"][0]["html"]) for one in violations]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (found, told) == ([], [])
    context.close()


def test_promise_is_counted_down_and_called_late_when_it_has_passed(chromium: Browser) -> None:
    page = chromium.new_page()
    page.clock.install(time=stories.NOW)
    _visit(page, "busy")
    assert page.inner_text(".promise") == "Next update by 14:18 UTC (in 15 min)"
    page.clock.run_for(60_000)
    assert page.inner_text(".promise .left") == "(in 14 min)"
    page.clock.run_for(14 * 60_000)
    assert page.inner_text(".promise .left") == "(this time has passed)"
    page.close()


def test_start_and_missing_pages_are_accessible(chromium: Browser, tmp_path: Path) -> None:
    page = chromium.new_page()
    for name in ("missing.html", "landing.html"):
        (tmp_path / name).write_bytes(paper.document(name).body)
        page.goto((tmp_path / name).as_uri())
        assert Axe().run(page).response["violations"] == []
    page.close()


def test_times_are_the_reader_s_and_at_a_tap_the_page_s(chromium: Browser) -> None:
    context = chromium.new_context(timezone_id="Asia/Tokyo", locale="en-GB")
    page = context.new_page()
    assert _visit(page, "busy") == []
    times = page.locator(".asof time[datetime], #maintenance-planned .meta time")
    assert times.all_inner_texts() == [
        "10 March 2026 at 23:03 GMT+9",
        "Wed, 11 March 2026 at 23:03 GMT+9 \N{EN DASH} Thu, 12 March 2026 at 00:03 GMT+9",
    ]
    assert page.inner_text("#times") == (
        "Times are in your time zone; days are those of Europe/Berlin (CET)."
    )
    page.get_by_role("button", name="Show CET").focus()
    page.keyboard.press("Enter")
    assert times.all_inner_texts() == [
        "10 March 2026, 15:03 CET",
        "Wed 11 March 2026, 15:03 \N{EN DASH} 16:03 CET",
    ]
    assert page.inner_text("#times") == "All times are in Europe/Berlin (CET)."
    page.keyboard.press("Enter")
    assert times.first.inner_text() == "10 March 2026 at 23:03 GMT+9"
    assert context.cookies() == []
    context.close()


def test_language_is_chosen_by_keyboard_on_a_page_from_right_to_left(chromium: Browser) -> None:
    page = chromium.new_page(timezone_id="Europe/Berlin")
    _visit(page, "rtl")
    assert page.locator("#zones").is_hidden()
    page.locator("#languages summary").focus()
    page.keyboard.press("Enter")
    offered = page.locator("#languages a")
    assert offered.all_inner_texts() == ["العربية", "Deutsch", "English", "日本語"]
    assert offered.nth(1).get_attribute("href") == "de/"
    page.keyboard.press("Escape")
    assert offered.first.is_hidden()
    # Days run from right to left: the pointer at the right edge asks for the oldest.
    bars = page.locator("#bars-API")
    bars.scroll_into_view_if_needed()
    box = bars.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 5)
    assert "ديسمبر 2025" in page.inner_text("#tip").replace("،", "")
    page.close()


def test_open_page_follows_what_changes(chromium: Browser) -> None:
    """The page's own questions are answered with a calm story, then a broken one, then not."""
    context = chromium.new_context()
    page = context.new_page()
    page.clock.install()
    _visit(page, "calm", "calm", "broken", GONE)
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


def test_bars_tell_of_each_day_to_the_keyboard(chromium: Browser) -> None:
    page = chromium.new_page()
    _visit(page, "measured")
    bars = page.locator("#metric-m-Start-page .bars")
    tip = page.locator("#tip")
    bars.focus()
    page.keyboard.press("Home")  # the first look asks for the counts, and they come a little later
    tip.get_by_text("1,440 checks").wait_for()
    told = []
    for key in ("Home", "ArrowRight", "End", *["ArrowLeft"] * 8):
        page.keyboard.press(key)
        told.append(bars.get_attribute("aria-valuetext"))
        assert tip.inner_text() == told[-1]
    utc = "1,440 checks (day in UTC)"
    assert told[1:4] == [
        f"12 December 2025: 100.00% uptime, {utc}",
        f"10 March 2026: 100.00% uptime, {utc}, 3 failed",
        f"9 March 2026: 100.00% uptime, {utc}",
    ]
    assert told[-1] == f"2 March 2026: 100.00% uptime, maintenance 1 h 46 min, {utc}"
    page.keyboard.press("PageUp")
    page.keyboard.press("Escape")
    assert tip.is_hidden()
    page.close()


def test_bars_tell_of_each_day_to_the_pointer(chromium: Browser) -> None:
    page = chromium.new_page()
    _visit(page, "calm")
    bars = page.locator("#bars-API")
    box = bars.bounding_box()
    assert box is not None
    for day, told in ((54, "3 February 2026: no data"), (89, "10 March 2026: 100.00% uptime")):
        page.mouse.move(box["x"] + box["width"] * (day + 0.5) / 90, box["y"] + 5)
        assert page.inner_text("#tip") == told
    page.mouse.move(5, 5)
    assert page.locator("#tip").is_hidden()
    page.close()


def test_range_of_a_chart_is_chosen_by_keyboard(chromium: Browser) -> None:
    page = chromium.new_page()
    assert _visit(page, "only-metrics") == []
    page.locator("canvas").wait_for()
    page.locator("#range-m-Start-page-24h").focus()
    captions = []
    for name in ("7d", "30d", "90d"):
        with page.expect_response(f"**/metrics/m-Start-page/{name}.json"):
            page.keyboard.press("ArrowRight")
        page.get_by_text(f"Caption of {name}.").wait_for()
        captions.append(page.inner_text("figcaption"))
    assert captions == ["Caption of 7d.", "Caption of 30d.", "Caption of 90d."]
    assert page.locator(".key").inner_text().split("\n") == ["median", "95 of 100 below"]
    page.close()


def test_chart_is_read_step_by_step_by_keyboard(chromium: Browser) -> None:
    page = chromium.new_page(timezone_id="Europe/Berlin")
    _visit(page, "only-metrics")
    page.locator("canvas").wait_for()
    plot = page.get_by_role("slider", name="Response time of Start page")
    plot.focus()
    page.keyboard.press("End")
    assert plot.get_attribute("aria-valuetext") == (
        "10 March 2026 at 15:00 CET: mean 143 ms, highest 286 ms"
    )
    page.keyboard.press("Home")
    for _ in range(chart_stories.GAP[0]):
        page.keyboard.press("ArrowRight")
    assert page.inner_text("figcaption").endswith(": no data")
    page.close()


def test_chart_survives_that_the_page_is_replaced(chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.clock.install()
    _visit(page, *["only-metrics"] * 2, "one-is-down")
    page.locator("canvas").wait_for()
    page.locator("#range-m-Start-page-24h").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("Caption of 7d.").wait_for()
    page.evaluate("window.kept = document.querySelector('canvas')")
    for _ in range(2):
        page.clock.run_for(5_500)
        page.locator("#seen").wait_for(state="visible")
    page.get_by_text("1 metric is down").wait_for()
    assert page.evaluate("window.kept === document.querySelector('canvas')")
    assert page.evaluate("document.activeElement.id") == "range-m-Start-page-7d"
    assert page.locator("#range-m-Start-page-7d").is_checked()
    assert page.inner_text("figcaption") == "Caption of 7d."
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_chart_moves_nothing_when_it_is_drawn(chromium: Browser, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 1600})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => {"
        "window.moved += one.value; })).observe({ type: 'layout-shift', buffered: true })"
    )
    _visit(page, "only-metrics")
    page.locator("canvas").wait_for()
    page.wait_for_timeout(200)
    assert page.evaluate("window.moved") < 0.01
    page.close()


def test_chart_is_in_the_page_without_scripts(chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    assert _visit(page, "only-metrics") == []
    assert page.locator(".plot svg path.mid").is_visible()
    assert page.locator(".ranges").is_hidden()
    assert "highest 816 ms" in page.inner_text("figcaption")
    page.locator("summary", has_text="Response time").click()
    assert page.locator(".plot svg").is_hidden()
    context.close()
