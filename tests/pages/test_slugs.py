import pytest

from factories.pages import make_page
from pingpong.kit.actor import Actor
from pingpong.kit.clock import utc_now
from pingpong.pages.changing import change_page
from pingpong.pages.slugs import free_slug, slug_of

ACTOR = Actor("Donald Duck", "x" * 22)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Lucky Charms", "lucky-charms"),
        ("  \u00c5se & S\u00f6ner_AB  ", "ase-soner-ab"),
        ("\u72b6\u6cc1", "status"),
        ("-!-", "status"),
        ("a" * 62 + " b", "a" * 62),
    ],
)
def test_name_is_written_as_an_address(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.django_db
def test_address_that_is_or_was_another_pages_gets_a_number() -> None:
    assert free_slug("Acme") == "acme"
    page = make_page(name="Acme", slug="acme", now=utc_now())
    assert free_slug("Acme") == "acme-2"
    change_page(page, {"slug": "acme-2"}, by=ACTOR, now=utc_now())
    assert [free_slug("Acme"), free_slug("Acme 2")] == ["acme-3", "acme-2-2"]
    long = "x" * 63
    make_page(name="Long", slug=long, now=utc_now())
    assert free_slug(long) == f"{'x' * 55}-2"
