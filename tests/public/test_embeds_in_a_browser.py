"""Banner, widget and badges in the page of somebody else, whose own policy is strict."""

import shutil
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, sync_playwright

from pingpong.overview.summary import Summary
from pingpong.public.badge_bodies import badge_bodies
from pingpong.public.badge_files import File, file_at
from pingpong.public.badge_texts import Values, index_path
from pingpong.public.body import Body
from pingpong.public.embed_bodies import embed_bodies

from . import stories
from .test_page_in_a_browser import QUIET

pytestmark = pytest.mark.browser

OURS = "http://status.test"
THEIRS = "http://shop.test/"
FOLDER = "/s/acme/"
HOSTILE = "<img src=x onerror=alert(1)>"
POLICY = (
    f"default-src 'none'; script-src {OURS}; connect-src {OURS}; frame-src {OURS}; "
    f"img-src {OURS}; require-trusted-types-for 'script'"
)
HOST_PAGE = f"""<!doctype html><html lang="en"><title>A shop</title>
<main><h1>A shop</h1>
<img src="{OURS}{FOLDER}badge/API/status.svg" alt="Status of the API">
<iframe src="{OURS}{FOLDER}embed/widget" width="360" height="140" title="Status"></iframe></main>
<script src="{OURS}{FOLDER}embed/banner.js" async></script>"""


class _Host:
    """Answers for both origins; `summary` is what our page says, `lost` begins what is away."""

    def __init__(self, context: BrowserContext, summary: Summary) -> None:
        self.summary = summary
        self.is_stale = False
        self.lost = "nothing"
        self.weights: dict[str, int] = {}
        context.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(OURS)
        if route.request.url == THEIRS:
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=HOST_PAGE, content_type="text/html", headers=headers)
        elif (found := self._found(path)) is None:
            route.abort()
        else:
            text, headers = found.text, {"Access-Control-Allow-Origin": "*", "ETag": '"1"'}
            if self.is_stale and isinstance(found, Body):
                notice = found.notice.replace("{instant}", "2026-03-10T14:03:00Z")
                text = text.replace(found.slot.encode(), notice.encode())
            if found.policy:
                headers["Content-Security-Policy"] = found.policy
            self.weights[path.removeprefix(FOLDER)] = len(text)
            assert "cookie" not in route.request.headers
            route.fulfill(body=text, content_type=found.content_type, headers=headers)

    def _found(self, path: str) -> Body | File | None:
        if path.removeprefix(FOLDER).startswith(self.lost):
            return None
        bodies = {
            body.path: body
            for body in (
                *badge_bodies(self.summary, FOLDER),
                *embed_bodies(self.summary, FOLDER, url=f"{OURS}{FOLDER}"),
            )
        }
        values = bodies.get(index_path(path))
        return bodies.get(path) or (values and file_at(path, Values(values.text)))


def _visit(page: Page) -> list[str]:
    """Open their page; return what the console says and what it gained, which is nothing."""
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda problem: said.append(str(problem)))
    page.goto(THEIRS, wait_until="networkidle")
    return said


def _hostile() -> Summary:
    part = stories.component("API", "Critical state")
    event = stories.incident(title=HOSTILE)
    other = replace(stories.component("Shop"), name=HOSTILE)
    return replace(
        stories.broken(), name=HOSTILE, ungrouped=[part, other], groups=[], ongoing=[event]
    )


def _is_accessible(page: Page) -> bool:
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    return True


def test_embeds_are_guests_who_behave() -> None:
    path = shutil.which("chromium")
    assert path is not None, "Chromium is installed by bin/ci"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        context = browser.new_context(viewport={"width": 800, "height": 600})
        context.add_init_script("window.before = Object.keys(window)")
        host = _Host(context, _hostile())
        page = context.new_page()
        _bad_news_is_told(page, host)
        _banner_stays_away_once_dismissed(page, host)
        _good_news_and_outages_of_ours_show_nothing(page, host)
        assert context.cookies() == []
        browser.close()


def _bad_news_is_told(page: Page, host: _Host) -> None:
    said = _visit(page)
    banner, widget = page.get_by_role("region", name=HOSTILE), page.frame_locator("iframe")
    banner.get_by_text("All systems down").wait_for()
    told = banner.get_by_role("status").inner_text().split("\n")
    assert list(filter(None, told)) == ["✖ All systems down", HOSTILE, "Status page"]
    link = banner.get_by_role("link")
    assert [link.get_attribute(name) for name in ("href", "target", "rel")] == [
        f"{OURS}{FOLDER}",
        "_blank",
        "noopener",
    ]
    assert widget.get_by_role("heading").inner_text() == "All systems down"
    assert widget.get_by_role("link").get_attribute("target") == "_blank"
    assert said == []
    assert page.locator("main img").evaluate("one => one.naturalWidth") > 80
    gained = "Object.keys(window).filter((one) => one !== 'before' && !before.includes(one))"
    assert page.evaluate(gained) == ["0"]  # the frame
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert _is_accessible(page)
    weights = host.weights
    assert weights["embed/banner.js"] + weights["embed/status.json"] < 5_000
    assert weights["embed/widget"] < 5_000
    assert weights["badge/API/status.svg"] < 800


def _banner_stays_away_once_dismissed(page: Page, host: _Host) -> None:
    page.get_by_role("button", name="Dismiss").click()
    assert _visit(page) == []
    assert page.locator("status-banner").count() == 0
    host.summary, host.is_stale = stories.broken(), True
    page.goto(THEIRS)
    status = page.get_by_role("status")
    status.get_by_text("Payments are declined").wait_for()
    assert "This may be out of date: last checked" in status.inner_text()
    assert "may be out of date" in page.frame_locator("iframe").locator(".stale").inner_text()


def _good_news_and_outages_of_ours_show_nothing(page: Page, host: _Host) -> None:
    host.summary, host.is_stale = stories.calm(), False
    assert _visit(page) == []
    assert page.locator("status-banner").count() == 0
    host.summary = stories.broken()
    for lost in ("embed/status.json", ""):
        problems: list[str] = []
        page.on("pageerror", lambda problem, found=problems: found.append(str(problem)))
        host.lost = lost
        page.goto(THEIRS, wait_until="networkidle")
        assert (problems, page.locator("status-banner").count()) == ([], 0)
