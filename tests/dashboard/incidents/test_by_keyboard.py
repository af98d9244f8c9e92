"""A bad night without a mouse, in real Chromium: the browser's requests are answered in here."""

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from fixtures.chromium import HOST, Shown
from fixtures.visitors import Visitor
from pingpong.components.effects import active_by_component
from pingpong.components.models import Component
from pingpong.incidents.models import Incident
from pingpong.kit.clock import utc_now

from .conftest import Reach

pytestmark = pytest.mark.browser

MOST_TABS = 40
SECONDS = 10


@pytest.fixture
def screen(shown: Shown, desk: Visitor) -> Page:
    """Huey's screen."""
    return shown(desk)


def tab_to(page: Page, selector: str) -> None:
    """Press the tabulator until something is reached."""
    for _ in range(MOST_TABS):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} is not within {MOST_TABS} tabs")


def test_an_incident_is_opened_updated_and_resolved_by_keyboard_in_seconds(
    screen: Page, reach: Reach, website: Component
) -> None:
    began = time.monotonic()
    screen.goto(HOST + reach("new_incident"))
    screen.keyboard.type("Website is down")
    tab_to(screen, "trix-editor")
    screen.keyboard.type("We are looking into it.")
    tab_to(screen, f"#affected-{website.pk}")
    screen.keyboard.type("Unav")
    screen.keyboard.press("Control+Enter")
    screen.wait_for_selector("#tell")
    incident = Incident.objects.get()
    assert (incident.title, incident.message) == (
        "Website is down",
        "<div>We are looking into it.</div>",
    )
    active = active_by_component(incident.page_id, utc_now())
    assert active[website.pk].status == "Unavailable"

    tab_to(screen, "trix-editor")
    screen.keyboard.type("A disk is full.")
    screen.keyboard.press("Control+Enter")
    screen.wait_for_selector(".told .msg >> text=A disk is full.")
    tab_to(screen, "button[value=resolve]")
    screen.keyboard.press("Enter")
    screen.wait_for_selector(".told .done")
    assert time.monotonic() - began < SECONDS
    updates = incident.updates.values_list("status", "message")
    assert list(updates) == [
        ("Investigating", "<div>A disk is full.</div>"),
        ("Resolved", "<div>This incident is resolved.</div>"),
    ]
    assert active_by_component(incident.page_id, utc_now()) == {}


def test_the_preview_is_seen_and_closed_and_nothing_is_lost(screen: Page, reach: Reach) -> None:
    screen.goto(HOST + reach("new_incident"))
    screen.keyboard.type("Only a thought")
    tab_to(screen, "trix-editor")
    screen.keyboard.type("Perhaps.")
    tab_to(screen, "[data-preview]")
    screen.keyboard.press("Enter")
    frame = screen.frame_locator("#preview iframe")
    assert frame.locator("h3").first.inner_text() == "Only a thought"
    assert Axe().run(screen).response["violations"] == []
    screen.keyboard.press("Escape")
    assert Incident.objects.count() == 0
    screen.locator("trix-editor").focus()
    screen.keyboard.press("Control+Enter")
    screen.wait_for_selector("#tell")
    assert Incident.objects.get().message == "<div>Perhaps.</div>"


def test_files_do_not_get_into_a_message(screen: Page, reach: Reach) -> None:
    screen.goto(HOST + reach("new_incident"))
    screen.wait_for_selector("trix-editor[contenteditable]")
    screen.evaluate(
        "document.querySelector('trix-editor').editor.insertFile("
        "new File(['x'], 'x.png', {type: 'image/png'}))"
    )
    screen.wait_for_selector(".toast.warning")
    assert screen.locator("#id_message").input_value() == ""
    assert screen.locator("[data-trix-button-group=file-tools]").count() == 0


def test_formatting_is_reached_by_keyboard(screen: Page, reach: Reach) -> None:
    screen.goto(HOST + reach("new_incident"))
    screen.wait_for_selector("trix-editor[contenteditable]")
    tab_to(screen, "trix-toolbar button")
    screen.keyboard.press("ArrowRight")
    assert screen.evaluate("document.activeElement.dataset.trixAttribute") == "italic"
    screen.keyboard.press("Enter")
    screen.locator("trix-editor").focus()
    screen.keyboard.type("Lean")
    expect(screen.locator("#id_message")).to_have_value("<div><em>Lean</em></div>")
