import pytest

from factories.actors import DONALD
from factories.moments import at
from factories.pages import make_page
from factories.pictures import png
from pingpong.events.models import Event
from pingpong.pages.branding import (
    LookInvalidError,
    change_branding,
    put_picture,
    remove_picture,
)
from pingpong.pages.colors import readings_of
from pingpong.pages.look import Link, content_of, look_of
from pingpong.pages.models import Page, PagePicture, PictureKind


@pytest.fixture
def page(db: None) -> Page:
    return make_page(now=at(0))


def test_change_is_seen_and_told_and_moves_the_version(page: Page) -> None:
    before = Page.objects.get().version
    links = [Link("Shop", "https://shop.example/a?b=c#d"), Link("Mail", "mailto:us@shop.example")]
    filtered = change_branding(
        page,
        {"color": " #1F5 ", "header_links": links, "css_typed": "p{color:red;position:fixed}"},
        by=DONALD,
        now=at(1),
    )
    look = look_of(page)
    assert (look.color, look.dark_color, look.header_links) == ("#11ff55", "", tuple(links))
    assert look.css == "#page p{color:red}"
    assert [one.what for one in filtered.dropped] == ["position"] if filtered else False
    assert Page.objects.get().version == before + 1
    assert Event.objects.filter(kind="page.look_changed").get().data == {
        "changed": ["color", "css_typed", "header_links"],
        "differences": {
            "color": ["", "#11ff55"],
            "header_links": [
                [],
                ["Shop: https://shop.example/a?b=c#d", "Mail: mailto:us@shop.example"],
            ],
            "css_typed": ["", "p{color:red;position:fixed}"],
        },
    }


def test_long_sheet_is_told_as_changed_and_a_picture_by_its_measures(page: Page) -> None:
    change_branding(page, {"css_typed": "p{color:red}" * 50, "color": ""}, by=DONALD, now=at(1))
    put_picture(page, PictureKind.LOGO, png(8, 4), by=DONALD, now=at(2))
    remove_picture(page, PictureKind.LOGO, by=DONALD, now=at(3))
    told = Event.objects.filter(kind="page.look_changed").order_by("pk")
    sheet, put, removed = (one.data["differences"] for one in told)
    assert sheet == {"css_typed": "hidden"}
    assert put["logo"] == removed["logo"][::-1]
    assert put["logo"][0] == ""
    assert put["logo"][1].startswith("8 x 4, image/png, ")


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example/",
        "//shop.example/",
        "/\\shop.example",
        "https:\\\\shop.example",
        "https:///shop.example",
        "https://",
        "https://user:word@shop.example/",
        "https://shop.example:0/",
        "https://shop.example:99999/",
        "https://shop.example/\u202ea",
        "https://shop.example/ x",
        "https://shop.example/\tx",
        'https://shop.example/"onclick="x',
        "https://<script>/",
        "https://[::1",
        "https://" + "a" * 600 + ".example/",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://shop.example",
        "data:text/html,<script>",
        "mailto:",
        "mailto:us@shop.example?bcc=x@evil.example",
        "mailto:a@b.example,c@d.example",
        "",
    ],
)
def test_link_that_leads_elsewhere_is_refused(page: Page, url: str) -> None:
    with pytest.raises(LookInvalidError):
        change_branding(page, {"footer_links": [Link("Shop", url)]}, by=DONALD, now=at(1))
    assert look_of(page).footer_links == ()


@pytest.mark.parametrize("label", ["", " ", "\u200b", "x" * 41])
def test_link_without_a_text_is_refused(page: Page, label: str) -> None:
    links = [Link(label, "https://shop.example")]
    with pytest.raises(LookInvalidError, match="1 to 40 characters"):
        change_branding(page, {"header_links": links}, by=DONALD, now=at(1))


def test_ninth_link_is_refused(page: Page) -> None:
    links = [Link("Shop", "https://shop.example")] * 9
    with pytest.raises(LookInvalidError, match="room for 8"):
        change_branding(page, {"header_links": links}, by=DONALD, now=at(1))


@pytest.mark.parametrize("change", [{"color": "red"}, {"css_typed": "p{}" * 12_000}])
def test_what_is_no_colour_and_too_long_a_sheet_are_refused(
    page: Page, change: dict[str, str]
) -> None:
    with pytest.raises(LookInvalidError) as refused:
        change_branding(page, change, by=DONALD, now=at(1))
    assert [refused.value.field] == list(change)


def test_picture_is_kept_byte_by_byte_and_replaced(page: Page) -> None:
    put_picture(page, PictureKind.LOGO, png(200, 40), by=DONALD, now=at(1))
    first = look_of(page).pictures["logo"]
    assert (first.content_type, first.width, first.height) == ("image/png", 200, 40)
    assert content_of(page.pk, "logo") == png(200, 40)
    put_picture(page, PictureKind.LOGO, png(100, 40), by=DONALD, now=at(2))
    assert PagePicture.objects.count() == 1
    assert look_of(page).pictures["logo"].name != first.name
    remove_picture(page, PictureKind.LOGO, by=DONALD, now=at(3))
    assert (look_of(page).pictures, content_of(page.pk, "logo")) == ({}, b"")


def test_svg_is_no_picture(page: Page) -> None:
    with pytest.raises(LookInvalidError, match="PNG, a JPEG or a WebP"):
        put_picture(page, PictureKind.LOGO, b"<svg onload='x()'/>", by=DONALD, now=at(1))


def test_faint_colour_is_told_and_another_one_used_for_text() -> None:
    light, dark = readings_of("#ffe600", "")
    assert (light.is_enough, dark.is_enough, dark.used) == (False, True, "#ffe600")
    assert light.ratio < 1.5
    assert 4.5 <= light.used_ratio < 5
    assert readings_of("", "") == ()


def test_look_costs_three_queries(page: Page, query_count: object) -> None:
    put_picture(page, PictureKind.LOGO, png(200, 40), by=DONALD, now=at(1))
    with query_count() as counted:  # type: ignore[operator] # a fixture that makes counters
        look_of(page)
    assert len(counted) == 3
