from datetime import timedelta

import pytest

from factories.actors import DONALD
from factories.moments import at
from factories.pages import make_page
from pingpong.events.models import Event
from pingpong.pages.changing import KEPT_FOR, change_page
from pingpong.pages.lifecycle import PageInvalidError, SlugOfAnotherError
from pingpong.pages.models import FormerSlug, Page


@pytest.fixture
def page(db: None) -> Page:
    return make_page(now=at(0))


def test_change_is_told_with_what_was_before(page: Page) -> None:
    change_page(
        page,
        {"name": " Acme\u200b Inc ", "time_zone": "Europe/Paris", "is_indexed": True},
        by=DONALD,
        now=at(1),
    )
    page.refresh_from_db()
    assert (page.name, page.time_zone) == ("Acme Inc", "Europe/Paris")
    assert Event.objects.get(kind="page.changed").data == {
        "differences": {
            "name": ["ACME", "Acme Inc"],
            "time_zone": ["UTC", "Europe/Paris"],
        }
    }


def test_change_to_the_same_leaves_no_event(page: Page) -> None:
    change_page(page, {"name": "ACME", "slug": "acme"}, by=DONALD, now=at(1))
    assert not Event.objects.filter(kind="page.changed").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "x" * 51},
        {"slug": "-acme"},
        {"slug": "Acme"},
        {"slug": "a/b"},
        {"time_zone": "Mars/Olympus"},
        {"language": "tlh"},
    ],
)
def test_what_makes_no_sense_is_refused(page: Page, changes: dict[str, str]) -> None:
    with pytest.raises(PageInvalidError) as refused:
        change_page(page, changes, by=DONALD, now=at(1))
    assert [refused.value.field] == list(changes)


def test_former_address_is_kept_from_others_for_a_while(page: Page) -> None:
    change_page(page, {"slug": "acme-status"}, by=DONALD, now=at(1))
    assert FormerSlug.objects.get().slug == "acme"
    with pytest.raises(SlugOfAnotherError):
        make_page(slug="acme", now=at(2))
    other = make_page(slug="other", now=at(2))
    with pytest.raises(SlugOfAnotherError):
        change_page(other, {"slug": "acme"}, by=DONALD, now=at(3))
    later = at(1) + KEPT_FOR + timedelta(seconds=1)
    change_page(other, {"slug": "acme"}, by=DONALD, now=later)
    assert Page.objects.get(slug="acme") == other


def test_page_may_go_back_to_its_former_address(page: Page) -> None:
    change_page(page, {"slug": "acme-status"}, by=DONALD, now=at(1))
    change_page(page, {"slug": "acme"}, by=DONALD, now=at(2))
    assert [one.slug for one in FormerSlug.objects.all()] == ["acme-status"]


def test_address_of_another_page_is_refused(page: Page) -> None:
    make_page(slug="other", now=at(0))
    with pytest.raises(SlugOfAnotherError):
        change_page(page, {"slug": "other"}, by=DONALD, now=at(1))
