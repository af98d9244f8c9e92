"""A passkey in real Chromium, with an authenticator that Chromium plays itself."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page as Tab
from playwright.sync_api import sync_playwright

from factories.pages import make_page
from factories.teams import make_membership

from .test_in_a_browser import QUIET

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "duck-duck-duck"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    url: str = live_server.url
    monkeypatch.setattr(django_settings, "BASE_URL", url)
    monkeypatch.setattr(django_settings, "CSRF_TRUSTED_ORIGINS", [url])
    return url


@pytest.fixture
def email(address: str) -> str:
    return make_membership(make_page()).person.email


@pytest.fixture
def tab(email: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tab]:
    """Return a tab of a browser that has an authenticator and no passkey yet."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop in this thread
    path = shutil.which("chromium")
    assert path is not None, "Chromium is installed by bin/ci"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        context = browser.new_context()
        tab = context.new_page()
        tools = context.new_cdp_session(tab)
        tools.send("WebAuthn.enable")
        tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield tab
        browser.close()


def enter_password(tab: Tab) -> None:
    tab.get_by_label("password").fill(PASSWORD)
    tab.get_by_role("button", name="Go on").click()


def test_passkey_is_made_opens_the_account_and_is_asked_for_again(
    tab: Tab, address: str, email: str
) -> None:
    tab.goto(f"{address}/dashboard/account/login/?next=/dashboard/account/second-factor/")
    tab.get_by_label("E-mail address").fill(email)
    tab.get_by_label("Password", exact=True).fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    tab.get_by_role("link", name="Add a passkey").click()
    enter_password(tab)
    tab.get_by_label("Name").fill("Phone of a test")
    tab.get_by_role("button", name="Add the passkey").click()
    tab.wait_for_url("**/recovery-codes/")
    tab.goto(f"{address}/dashboard/account/second-factor/")
    assert tab.get_by_role("link", name="Rename Phone of a test").is_visible()

    tab.get_by_role("button", name="Sign out").click()
    tab.goto(f"{address}/dashboard/account/login/?next=/dashboard/account/")
    tab.get_by_role("button", name="Use a passkey").click()
    tab.wait_for_url(f"{address}/dashboard/account/")
    assert tab.get_by_role("heading", name="Your account").is_visible()

    tab.goto(f"{address}/dashboard/account/second-factor/app/")
    tab.get_by_role("link", name="Use a security key").click()
    tab.get_by_role("button", name="Use a passkey").click()
    tab.wait_for_selector("img.qr")


def test_passkey_that_is_nowhere_is_told(tab: Tab, address: str) -> None:
    tab.goto(f"{address}/dashboard/account/login/")
    tab.get_by_role("button", name="Use a passkey").click()
    tab.wait_for_selector("[data-passkey-problem]:not([hidden])", timeout=70_000)
    assert tab.url == f"{address}/dashboard/account/login/"
