"""A first day without a terminal: from the printed link to a resolved incident, in a browser."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from .product import Product, eventually, running
from .test_in_a_browser import QUIET

pytestmark = pytest.mark.e2e

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
LINK = re.compile(r"http://\S+/dashboard/setup/\S*#code=\S+")
SHOWN_WITHIN_S = 5


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path is not None, "Chromium is installed by bin/ci"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def judge(page: Page) -> None:
    """See that a screen is accessible and fits."""
    found = [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]
    assert found == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def send(page: Page, form: str = "main form[method=post]") -> None:
    page.locator(form).last.locator("button[type=submit]").first.click()


def set_up(page: Page, link: str) -> None:
    """Make the account by the printed link; its code fills itself in."""
    page.goto(link)
    judge(page)
    page.fill("[name=name]", "Ada Lovelace")
    page.fill("[name=email]", "ada@acme.example")
    page.fill("[name=password]", "a long way to Tipperary")
    send(page)
    page.wait_for_url("**/dashboard/start/")


def start(page: Page) -> None:
    """Name the page and give it two components."""
    page.fill("[name=name]", "Acme")
    send(page)
    page.wait_for_url("**/dashboard/start/acme/**")
    judge(page)
    page.fill("[name=own]", "Checkout\nWarehouse")
    send(page)
    page.wait_for_url("**/dashboard/start/acme/done/")
    judge(page)


def report(page: Page, product: Product, title: str) -> None:
    page.goto(f"{product.address}/dashboard/p/acme/incidents/new/")
    page.fill("[name=title]", title)
    page.locator("trix-editor").click()
    page.keyboard.type("We are looking into it.")
    page.locator("select[id^=affected-]").first.select_option("Unavailable")
    judge(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#tell")
    judge(page)


def go_on(page: Page, words: str, *, button: str) -> None:
    page.locator("#tell trix-editor").click()
    page.keyboard.type(words)
    page.locator(f"#tell {button}").click()
    page.wait_for_selector(f".told .msg >> text={words}")


@pytest.mark.parametrize(("language", "size"), [("en", "desktop"), ("ja", "phone")])
def test_a_person_sets_up_reports_and_resolves(
    chromium: Browser, tmp_path: Path, language: str, size: str
) -> None:
    width, height = SIZES[size]
    page = chromium.new_page(
        viewport={"width": width, "height": height},
        locale=language,
        # What is still fading in has no contrast yet.
        reduced_motion="reduce",
    )
    with running(tmp_path / "data") as product:
        printed = LINK.search(product.output())
        assert printed is not None, product.output()

        def public() -> str:
            return product.ask("GET", "/s/acme/").text

        page.goto(product.address)
        expect(page).to_have_url(re.compile(r"/dashboard/setup/"))
        set_up(page, printed.group())
        assert page.locator("html").get_attribute("lang") == language
        assert bool(re.search("[ぁ-ん]", page.locator("h1").inner_text())) == (language == "ja")
        start(page)
        eventually(lambda: "Warehouse" in public(), within_s=SHOWN_WITHIN_S, what="the page")

        report(page, product, "Cards are declined")
        eventually(
            lambda: "Cards are declined" in public() and "Unavailable" in public(),
            within_s=SHOWN_WITHIN_S,
            what="the incident is on the page",
        )
        go_on(page, "A certificate had expired.", button="button[data-main]")
        eventually(
            lambda: "A certificate had expired." in public(),
            within_s=SHOWN_WITHIN_S,
            what="the update is on the page",
        )
        go_on(page, "All is well again.", button="button[value=resolve]")
        eventually(
            lambda: "All systems operational" in public(),
            within_s=SHOWN_WITHIN_S,
            what="the page is green again",
        )
        again = product.ask("GET", "/dashboard/setup/")
        assert again.status == 404
    page.close()
