"""Components are put in order and the palette leads on, without a mouse, in real Chromium."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from factories.components import make_component, make_group
from fixtures.chromium import HOST, Shown
from fixtures.visitors import Visitor
from pingpong.components.models import Component
from pingpong.pages.models import Page as StatusPage

from .conftest import Reach

pytestmark = pytest.mark.browser


def order(page: StatusPage) -> list[tuple[str, str]]:
    rows = Component.objects.filter(page=page).select_related("group")
    return [(row.name, row.group.name if row.group else "") for row in rows]


def press(screen: Page, *keys: str) -> None:
    for key in keys:
        screen.keyboard.press(key)


def drag(screen: Page, grip: str, goal: str) -> None:
    """Take something by its grip and let it go at the upper edge of another thing."""
    start, end = (screen.locator(one).bounding_box() for one in (grip, goal))
    assert start is not None
    assert end is not None
    x = start["x"] + 5
    screen.mouse.move(x, start["y"] + 5)
    screen.mouse.down()
    screen.mouse.move(x, end["y"] + 30, steps=4)
    screen.mouse.move(x, end["y"] + 5, steps=4)
    screen.mouse.up()


def test_components_are_ordered_and_set_by_keyboard_and_by_pointer(
    acme: StatusPage, shown: Shown, desk: Visitor, reach: Reach
) -> None:
    api = make_component(acme, "API")
    make_component(acme, "Web")
    system = make_group(acme, "System")
    mail = make_component(acme, "Mail", group=system)
    screen = shown(desk)
    screen.goto(HOST + reach("components"))

    # From the first place into the group below, and it is said.
    screen.locator(f"#c-{api.pk} [data-grip]").focus()
    press(screen, "Space", "ArrowDown", "ArrowDown", "ArrowDown")
    said = screen.locator("#move-said")
    expect(said).to_have_text("API: place 2 of 2 in System.")
    with screen.expect_response("**/move/") as sent:
        press(screen, "Space")
    assert sent.value.status == 204
    expect(said).to_have_text("API is dropped: place 2 of 2 in System.")
    assert order(acme) == [("Web", ""), ("Mail", "System"), ("API", "System")]
    assert screen.evaluate("document.activeElement.matches('[data-grip]')")

    # Escape puts back what was grabbed.
    press(screen, "Enter", "ArrowUp", "Escape")
    expect(said).to_have_text("API is back where it was.")
    names = screen.locator("#groups li.component").evaluate_all(
        "all => all.map(x => x.dataset.name)"
    )
    assert names == ["Web", "Mail", "API"]

    # By pointer from the group to the top.
    with screen.expect_response("**/move/"):
        drag(screen, f"#c-{mail.pk} [data-grip]", "li.component[data-name=Web]")
    assert order(acme) == [("Mail", ""), ("Web", ""), ("API", "System")]

    # A status is set in its row, and the keyboard stays there.
    screen.locator(f"#s-{api.pk}").press("Enter")
    screen.locator(f"#c-{api.pk} button[value='Major issues']").press("Enter")
    expect(screen.locator(f"#s-{api.pk}")).to_contain_text("Major issues")
    expect(screen.locator(".toast")).to_contain_text("“API”: Major issues.")
    assert screen.evaluate("document.activeElement.id") == f"s-{api.pk}"
    api.refresh_from_db()
    assert api.own_status == "Major issues"


def test_palette_and_single_keys_lead_on_and_can_be_switched_off(
    acme: StatusPage, shown: Shown, desk: Visitor, reach: Reach
) -> None:
    mail = make_component(acme, "Mail")
    screen = shown(desk)
    screen.goto(HOST + reach("components"))

    # Single keys are letters where somebody types, and shortcuts elsewhere.
    screen.locator("input[name=q]").press("n")
    assert screen.locator("input[name=q]").input_value() == "n"
    screen.locator("input[name=q]").blur()
    press(screen, "?")
    expect(screen.locator("#shortcuts")).to_be_visible()
    assert Axe().run(screen).response["violations"] == []
    press(screen, "Escape")
    expect(screen.locator("#shortcuts")).to_be_hidden()
    press(screen, "/")
    expect(screen.locator("#palette [role=option]").first).to_have_text("Report an incident")
    screen.keyboard.type("mail")
    expect(screen.locator("#palette [role=option]")).to_have_text(["Mail"])
    assert Axe().run(screen).response["violations"] == []
    press(screen, "Enter")
    screen.wait_for_url(f"**/components/#c-{mail.pk}")
    press(screen, "g", "i")
    screen.wait_for_url("**/incidents/")
    press(screen, "Control+k")
    screen.keyboard.type("overv")
    expect(screen.locator("#palette [role=option]")).to_have_text(["Overview"])
    press(screen, "Enter")
    screen.wait_for_url(f"**/p/{acme.slug}/")

    # Switched off, they are off; the palette stays.
    screen.locator("[data-dialog=shortcuts]").click()
    screen.locator("#single-keys").uncheck()
    press(screen, "Escape", "?", "n")
    expect(screen.locator("#shortcuts")).to_be_hidden()
    assert screen.url.endswith(f"/p/{acme.slug}/")
    press(screen, "Control+k")
    expect(screen.locator("#palette")).to_be_visible()
