"""The page and the API's pages in real Chromium, as people see them."""

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from .product import Product, eventually, is_answering

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
SIZES = {"phone": (360, 740), "desktop": (1280, 900)}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path is not None, "Chromium is installed by bin/ci"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def shown(demo: Product) -> Product:
    eventually(lambda: is_answering(demo, "/s/acme/"), within_s=20, what="the page is rendered")
    return demo


def _visit(page: Page, address: str) -> list[str]:
    """Open an address; return the hosts asked and what the console complained of."""
    told: list[str] = []
    page.on("request", lambda request: told.append(request.url.split("/")[2]))
    page.on("console", lambda line: told.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda problem: told.append(str(problem)))
    page.goto(address, wait_until="networkidle")
    return told


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_accessible_and_asks_nobody_else(
    chromium: Browser, shown: Product, size: str, scheme: str
) -> None:
    width, height = SIZES[size]
    page = chromium.new_page(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    told = _visit(page, f"{shown.address}/s/acme/")
    assert set(told) == {f"localhost:{shown.port}"}
    assert "Some systems have issues" in page.inner_text("h1")
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_page_says_the_same_without_scripts(chromium: Browser, shown: Product) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{shown.address}/s/acme/")
    assert "Some systems have issues" in page.inner_text("h1")
    assert "API" in page.inner_text("main")
    context.close()


def test_charts_and_bars_work_by_keyboard(chromium: Browser, shown: Product) -> None:
    page = chromium.new_page()
    told = _visit(page, f"{shown.address}/s/acme/")
    page.locator(".chart[open] canvas").first.wait_for()
    chart = page.locator(".chart[open]").first
    chart.locator("input[value='24h']").focus()
    with page.expect_response("**/7d.json") as answered:
        page.keyboard.press("ArrowRight")
    assert answered.value.ok
    bars = page.locator("[data-metric] .bars").first
    bars.focus()
    page.keyboard.press("Home")
    assert ": " in page.inner_text("#tip")
    assert set(told) == {f"localhost:{shown.port}"}
    page.close()


def test_page_draws_its_charts_without_scripts(chromium: Browser, shown: Product) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{shown.address}/s/acme/")
    assert page.locator(".chart[open] svg path.mid").first.is_visible()
    assert page.locator(".ranges").first.is_hidden()
    context.close()


def test_pages_of_the_api_work_and_ask_nobody_else(chromium: Browser, shown: Product) -> None:
    page = chromium.new_page()
    told = _visit(page, f"{shown.address}/rest/v1/docs/")
    page.get_by_text("Create an incident").first.wait_for()
    assert set(told) == {f"localhost:{shown.port}"}
    page.close()
