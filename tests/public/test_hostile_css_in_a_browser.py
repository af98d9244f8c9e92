"""Whatever a team writes into its style sheet, the status can be read: in real Chromium."""

import shutil
from dataclasses import replace

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from pingpong.kit.page_css import filter_css
from pingpong.pages.look import Look
from pingpong.public.look_css import look_css
from pingpong.public.page_html import policy_of, render_html

from . import stories
from .test_page_in_a_browser import HOST, QUIET

pytestmark = pytest.mark.browser

# Each is let through by the filter, at least in part, and tries to hide the status.
SHEETS = [
    "h1,.lead,header,div{color:transparent;font-size:0;line-height:0}",
    "h1,.state,.top,.wrap,div{max-width:0;letter-spacing:400px;word-spacing:400px}",
    "header,.top{background:#1d2024;border-top:400px solid red;margin-top:400px;padding:400px}",
    ".state,.state div,h1{margin-top:400px;padding-top:400px;border-top:400px solid}",
    ".wrap,.top,.state{display:flex;gap:400px} .wrap{margin-left:400px}",
    "section,.card,h2{box-shadow:0 -400px 0 400px #000;background:#000;margin-top:0}",
    ".state *,h1{background:linear-gradient(#1d2024,#1d2024);color:#1d2024}",
    ".brand,.masthead{font-size:25rem;padding-bottom:400px;margin-bottom:400px}",
    "h1{position:fixed;display:none;opacity:0;visibility:hidden;text-indent:-9999px}",
    "h1{box-shadow:0 0 0 400px #1d2024;text-transform:uppercase;border:400px solid #1d2024}",
]
SEEN = """() => {
  const title = document.querySelector("h1");
  const box = title.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + 30, box.y + box.height / 2);
  const rgb = (text) => getComputedStyle(text);
  const words = document.createRange();
  words.selectNodeContents(title);
  const letters = words.getBoundingClientRect();
  return {
    isOnTop: title === top || title.contains(top),
    isWide: letters.width > 150, isHigh: letters.height > 20, isSeen: box.y < 900 && box.x >= 0,
    color: rgb(title).color, background: rgb(title).backgroundImage,
    size: parseFloat(rgb(title).fontSize) > 20,
  };
}"""


def test_status_can_be_read_whatever_the_team_writes() -> None:
    found, asked = {}, []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("request", lambda request: asked.append(request.url))
        for number, sheet in enumerate(SHEETS):
            found[number] = _look_at(page, sheet)
        browser.close()
    expected = {
        "isOnTop": True,
        "isWide": True,
        "isHigh": True,
        "isSeen": True,
        "color": "rgb(29, 32, 36)",
        "background": "none",
        "size": True,
    }
    assert found == dict.fromkeys(range(len(SHEETS)), expected)
    assert {url.removeprefix(HOST).partition(".")[0] for url in asked} == {
        "/s/acme/",
        "/s/acme/look",
    }


def _look_at(page: Page, sheet: str) -> object:
    look = Look(css=filter_css(sheet).css)
    summary = replace(stories.broken(), look=look)
    html = render_html(summary, url=f"{HOST}/s/acme/", changed_at=stories.NOW)

    def answer(route: Route) -> None:
        if route.request.url.endswith(".css"):
            route.fulfill(body=look_css(look), content_type="text/css; charset=utf-8")
        else:
            policy = {"Content-Security-Policy": policy_of(summary)}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=policy)

    page.unroute_all()
    page.route(f"{HOST}/**", answer)
    page.goto(f"{HOST}/s/acme/", wait_until="load")
    return page.evaluate(SEEN)
