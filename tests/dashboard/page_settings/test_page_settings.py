import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from factories.actors import DONALD
from factories.pictures import png
from fixtures.cast import Member
from fixtures.queries import QueryCount
from fixtures.visitors import Visit, Visitor
from pingpong.kit.clock import utc_now
from pingpong.kit.pictures import MAX_BYTES
from pingpong.pages.branding import change_branding, put_picture
from pingpong.pages.domains import check_due, claim_domain
from pingpong.pages.look import Link, look_of
from pingpong.pages.models import Branding, Page, PageAccess, PageDomain, PictureKind

Reach = Callable[..., str]
SCREENS = ("page_settings", "page_look", "page_sheet", "page_domain", "page_access")
GENERAL = {"name": "ACME", "slug": "acme", "time_zone": "UTC", "language": "en"}
CANARY = "canary in the mine"


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.mark.parametrize("screen", SCREENS)
def test_viewer_reads_and_has_nothing_to_send(
    visit: Visit, viewer: Member, reach: Reach, screen: str
) -> None:
    text = text_of(visit(viewer).get(reach(screen))).partition("<main")[2].partition("</main>")[0]
    assert "Owners and administrators" in text
    assert "<button" not in text
    loose = [one for one in re.findall(r"<(?:input|select|textarea)[^>]*>", text)
             if "disabled" not in one and "hidden" not in one]  # fmt: skip
    assert loose == []


@pytest.mark.parametrize("screen", SCREENS)
def test_screens_cost_few_queries_however_much_there_is(
    desk: Visitor, reach: Reach, acme: Page, screen: str, query_count: QueryCount
) -> None:
    with query_count() as few:
        assert desk.get(reach(screen)).status_code == 200
    links = [Link(f"Link {number}", "https://shop.example/") for number in range(8)]
    change_branding(
        acme,
        {"header_links": links, "footer_links": links, "css_typed": "p{position:fixed}" * 300},
        by=DONALD,
        now=utc_now(),
    )
    for kind in PictureKind:
        put_picture(acme, kind, png(90, 90), by=DONALD, now=utc_now())
    with query_count() as many:
        assert desk.get(reach(screen)).status_code == 200
    assert len(few) == len(many) < 20


def test_general_settings_are_saved_and_the_screen_moves_with_the_address(
    desk: Visitor, reach: Reach, acme: Page
) -> None:
    sent = {"name": "Acme Inc", "slug": "acme-inc", "time_zone": "Asia/Tokyo", "language": "ja"}
    response = desk.post(reach("page_settings"), {**sent, "languages": ["ja", "de"]})
    assert response["Location"] == "/dashboard/p/acme-inc/settings/"
    acme.refresh_from_db()
    assert (acme.name, acme.time_zone, acme.language) == ("Acme Inc", "Asia/Tokyo", "ja")
    assert (acme.languages, acme.is_indexed) == (["de"], False)
    assert "leads there for 90 days" in text_of(desk.get(response["Location"]))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"slug": "Acme Inc"}, "Small letters"),
        ({"slug": "lucky-charms"}, "Another page has this address"),
        ({"name": ""}, "This field is required"),
        ({"time_zone": "Mars"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_told_beside_what_was_typed(
    desk: Visitor, reach: Reach, stranger: Member, change: dict[str, str], word: str
) -> None:
    response = desk.post(reach("page_settings"), {**GENERAL, "name": "Typed", **change})
    assert response.status_code == 422
    assert word in text_of(response)
    assert "name" in change or 'value="Typed"' in text_of(response)


def test_look_is_saved_in_the_order_of_its_lines(desk: Visitor, reach: Reach, acme: Page) -> None:
    sent = {
        "color": "#1F5F46",
        "header_links_label": ["B", "", "A"],
        "header_links_url": ["https://b.example", "", "mailto:a@a.example"],
    }
    assert desk.post(reach("page_look"), sent).status_code == 302
    look = look_of(acme)
    assert look.color == "#1f5f46"
    assert look.header_links == (Link("B", "https://b.example"), Link("A", "mailto:a@a.example"))


def test_wrong_look_is_told_and_kept(desk: Visitor, reach: Reach) -> None:
    sent = {
        "color": "reddish",
        "footer_links_label": ["Shop"],
        "footer_links_url": ["javascript:alert(1)"],
    }
    response = desk.post(reach("page_look"), sent)
    assert response.status_code == 422
    text = text_of(response)
    assert "Write a colour as #1f5f46." in text
    assert "begins with https:// or mailto:" in text
    assert 'value="reddish"' in text
    assert 'value="javascript:alert(1)"' in text
    assert not Branding.objects.exists()


def test_contrast_is_named(desk: Visitor, reach: Reach) -> None:
    told = text_of(desk.post(reach("page_contrast"), {"color": "#ffe600"}))
    assert re.search(r"contrast 1\.\d to 1, and text needs 4\.5", told)
    assert "It can be read." in told


@pytest.mark.parametrize("screen", ["preview_look", "preview_sheet"])
def test_preview_shows_what_is_not_saved(
    desk: Visitor, reach: Reach, acme: Page, screen: str
) -> None:
    version = Page.objects.get(pk=acme.pk).version
    sent = {
        "color": "#123456",
        "css_typed": "p{color:red}",
        "header_links_label": ["Shop"],
        "header_links_url": ["https://shop.example/"],
    }
    response = desk.post(reach(screen), sent)
    assert 'href="data:text/css;base64,' in text_of(response)
    policy = response["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self'")
    assert "unsafe" not in policy
    assert (Branding.objects.count(), Page.objects.get(pk=acme.pk).version) == (0, version)


def test_preview_of_what_is_wrong_is_an_empty_frame(desk: Visitor, reach: Reach) -> None:
    response = desk.post(reach("preview_look"), {"color": "reddish"})
    assert (response.status_code, response["X-Frame-Options"]) == (422, "SAMEORIGIN")


def test_picture_is_put_shown_and_removed(desk: Visitor, reach: Reach, acme: Page) -> None:
    place = reach("page_picture", picture="logo")
    sent = SimpleUploadedFile("logo.svg", png(200, 40), content_type="image/svg+xml")
    assert desk.post(place, {"picture": sent}).status_code == 302
    shown = desk.get(place)
    assert (shown.content, shown["Content-Type"]) == (png(200, 40), "image/png")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    desk.post(reach("remove_page_picture", picture="logo"))
    assert desk.get(place).status_code == 404


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "PNG, JPEG or WebP"),
        (png(9000, 9000), "2000 by 2000"),
        (png(9, 9) + bytes(MAX_BYTES), "at most 512 KiB"),
        (b"", "empty"),
    ],
)
def test_picture_that_cannot_be_taken_is_told_beside_it(
    desk: Visitor, reach: Reach, acme: Page, content: bytes, word: str
) -> None:
    sent = SimpleUploadedFile("logo.png", content, content_type="image/png")
    response = desk.post(reach("page_picture", picture="icon"), {"picture": sent})
    assert response.status_code == 422
    assert word in text_of(response).partition('id="id_icon_picture_error"')[2][:200]
    assert look_of(acme).pictures == {}


def test_picture_of_an_unknown_kind_is_not_found(desk: Visitor, reach: Reach) -> None:
    assert desk.get(reach("page_picture", picture="banner")).status_code == 404


def test_sheet_is_saved_as_typed_and_what_was_left_out_is_told(
    desk: Visitor, reach: Reach, acme: Page
) -> None:
    typed = "p{color:red}\n@import 'https://evil.example';\n</textarea><script>alert(1)</script>"
    assert desk.post(reach("page_sheet"), {"css_typed": typed}).status_code == 302
    assert look_of(acme).css == "#page p{color:red}"
    text = text_of(desk.get(reach("page_sheet")))
    assert "<code>@import</code>" in text
    assert "</textarea><script>" not in text


def test_password_of_the_page_is_never_shown_again(desk: Visitor, reach: Reach, acme: Page) -> None:
    sent = {"visibility": "password", "password": CANARY}
    response = desk.post(reach("page_access"), sent)
    seen = [text_of(response), text_of(desk.get(reach("page_access")))]
    wrong = desk.post(reach("page_access"), {**sent, "visibility": "networks"})
    assert wrong.status_code == 422
    seen += [text_of(wrong), str(dict(wrong.headers)), str(PageAccess.objects.values())]
    assert [text for text in seen if CANARY in text] == []
    acme.refresh_from_db()
    assert acme.visibility == "password"


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        ({"visibility": "password"}, "Choose a password."),
        ({"visibility": "password", "password": "short"}, "8 to 128 characters"),
        ({"visibility": "networks", "networks": "home"}, "no address and no network"),
        ({"visibility": "networks"}, "Name 1 to 100 networks."),
        ({"visibility": "nobody"}, "Select a valid choice"),
    ],
)
def test_access_that_makes_no_sense_is_told(
    desk: Visitor, reach: Reach, acme: Page, sent: dict[str, str], word: str
) -> None:
    response = desk.post(reach("page_access"), sent)
    assert (response.status_code, word in text_of(response)) == (422, True)
    assert Page.objects.get(pk=acme.pk).visibility == "public"


def test_host_is_claimed_checked_and_given_up(desk: Visitor, reach: Reach, acme: Page) -> None:
    here = reach("page_domain")
    wrong = desk.post(here, {"host": "localhost"})
    assert (wrong.status_code, 'value="localhost"' in text_of(wrong)) == (422, True)
    assert desk.post(here, {"host": "Status.Acme.example:443"}).status_code == 302
    domain = PageDomain.objects.get()
    for word in ("_statuspage.status.acme.example", domain.token, "Waiting for the proof"):
        assert word in text_of(desk.get(here))
    check_due(utc_now(), lambda _name: frozenset())
    PageDomain.objects.update(checked_at=utc_now() - timedelta(minutes=1))
    assert "another text" in text_of(desk.get(reach("page_domain_state")))
    asked = desk.post(reach("check_page_domain"), headers={"HX-Request": "true"})
    assert "Asking the DNS" in text_of(asked)
    check_due(utc_now(), lambda _name: frozenset([domain.token]))
    assert "Proven" in text_of(desk.get(reach("page_domain_state")))
    assert "Give this host up?" in text_of(desk.post(reach("release_page_domain")))
    assert PageDomain.objects.exists()
    desk.post(reach("release_page_domain"), {"confirm": "yes"})
    assert not PageDomain.objects.exists()


def test_host_of_another_project_is_refused_without_a_word_of_whose_it_is(
    desk: Visitor, reach: Reach, stranger: Member
) -> None:
    domain = claim_domain(stranger.page, "status.lucky.example", by=DONALD, now=utc_now())
    check_due(utc_now(), lambda _name: frozenset([domain.token]))
    response = desk.post(reach("page_domain"), {"host": "status.lucky.example"})
    assert response.status_code == 422
    assert "belongs to another project" in text_of(response)
    assert "Lucky Charms" not in text_of(response)
