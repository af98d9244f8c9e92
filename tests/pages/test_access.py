from datetime import timedelta

import pytest

from factories.actors import DONALD
from factories.moments import at
from factories.pages import make_page
from pingpong.events.models import Event
from pingpong.pages.access import (
    LONGEST_PASSWORD,
    MOST_TRIES,
    MOST_TRIES_IN_ALL,
    TRIES_WITHIN,
    PageAccessInvalidError,
    Verdict,
    access_of,
    change_access,
    forget_old,
    try_password,
)
from pingpong.pages.models import Page, PageAccess, PasswordTry, Visibility

CANARY = "canary in the mine"
HERE = "198.51.100.7"


@pytest.fixture
def page(db: None) -> Page:
    page = make_page(now=at(0))
    change_access(page, visibility=Visibility.PASSWORD, password=CANARY, by=DONALD, now=at(0))
    return page


def test_password_is_kept_as_a_hash_and_told_nowhere(page: Page) -> None:
    rows = [*PageAccess.objects.values(), *Event.objects.values(), *Page.objects.values()]
    assert CANARY not in str(rows)
    assert try_password(page, CANARY, address=HERE, now=at(0)) == Verdict.RIGHT
    assert try_password(page, CANARY.upper(), address=HERE, now=at(0)) == Verdict.WRONG


def test_change_of_access_moves_door_and_version_and_is_told(page: Page) -> None:
    before = Page.objects.values("door_version", "version").get()
    change_access(page, visibility=Visibility.TEAM, by=DONALD, now=at(1))
    after = Page.objects.values("door_version", "version").get()
    assert after == {name: value + 1 for name, value in before.items()}
    assert Event.objects.filter(kind="page.access_changed").latest("pk").data == {
        "differences": {"visibility": ["password", "team"]}
    }


def test_empty_password_leaves_the_one_that_is_there(page: Page) -> None:
    change_access(page, visibility=Visibility.PUBLIC, by=DONALD, now=at(1))
    assert access_of(page).password_version == 0
    change_access(page, visibility=Visibility.PASSWORD, by=DONALD, now=at(2))
    assert access_of(page).password_version == 1
    change_access(
        page, visibility=Visibility.PASSWORD, password="another one", by=DONALD, now=at(3)
    )
    assert access_of(page).password_version == 2
    assert try_password(page, CANARY, address=HERE, now=at(3)) == Verdict.WRONG


@pytest.mark.parametrize(
    ("visibility", "said", "field"),
    [
        (Visibility.PASSWORD, {}, "password"),
        (Visibility.PASSWORD, {"password": "short"}, "password"),
        (Visibility.PASSWORD, {"password": "x" * (LONGEST_PASSWORD + 1)}, "password"),
        (Visibility.NETWORKS, {}, "networks"),
        (Visibility.NETWORKS, {"network_list": "10.0.0.0/99"}, "networks"),
        (Visibility.NETWORKS, {"network_list": "example.com"}, "networks"),
        (Visibility.NETWORKS, {"network_list": "10.0.0.1 " * 101}, "networks"),
    ],
)
def test_access_that_makes_no_sense_is_refused(
    db: None, visibility: Visibility, said: dict[str, str], field: str
) -> None:
    page = make_page(now=at(0))
    with pytest.raises(PageAccessInvalidError) as refused:
        change_access(page, visibility=visibility, by=DONALD, now=at(0), **said)
    assert refused.value.field == field
    assert Page.objects.get().visibility == Visibility.PUBLIC


def test_networks_admit_addresses_within_them_and_no_text(db: None) -> None:
    page = make_page(now=at(0))
    listed = "10.1.0.0/16, 2001:db8::/32\n192.0.2.7"
    change_access(page, visibility=Visibility.NETWORKS, network_list=listed, by=DONALD, now=at(0))
    access = access_of(page)
    seen = {
        address: access.admits_address(address)
        for address in ("10.1.2.3", "10.2.0.1", "2001:db8::9", "192.0.2.7", "192.0.2.8", "", "x")
    }
    assert [address for address, admitted in seen.items() if admitted] == [
        "10.1.2.3",
        "2001:db8::9",
        "192.0.2.7",
    ]


def test_address_that_guesses_is_stopped_and_others_are_not(page: Page) -> None:
    for _ in range(MOST_TRIES):
        assert try_password(page, "guess", address=HERE, now=at(0)) == Verdict.WRONG
    assert try_password(page, CANARY, address=HERE, now=at(1)) == Verdict.TOO_MANY
    assert try_password(page, CANARY, address="198.51.100.8", now=at(1)) == Verdict.RIGHT
    later = at(0) + TRIES_WITHIN + timedelta(seconds=1)
    assert try_password(page, CANARY, address=HERE, now=later) == Verdict.RIGHT
    forget_old(later)
    assert not PasswordTry.objects.exists()


def test_many_addresses_together_are_stopped_too(page: Page) -> None:
    PasswordTry.objects.bulk_create(
        PasswordTry(page=page, address=f"10.0.{number}.1", at=at(0))
        for number in range(MOST_TRIES_IN_ALL)
    )
    assert try_password(page, CANARY, address=HERE, now=at(1)) == Verdict.TOO_MANY
