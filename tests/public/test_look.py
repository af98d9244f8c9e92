import re
from dataclasses import replace

import pytest

from factories.actors import DONALD
from factories.moments import at
from factories.pictures import png
from pingpong.kit.page_css import filter_css
from pingpong.overview.summary import summarise
from pingpong.pages.branding import change_branding, put_picture, remove_picture
from pingpong.pages.changing import change_page
from pingpong.pages.look import Link, Look
from pingpong.pages.models import Page, PictureKind
from pingpong.public.look_css import look_css
from pingpong.public.models import StoredBody
from pingpong.public.page_html import policy_of, render_html
from pingpong.public.preview import draw_preview
from pingpong.public.refresher import Refresher
from pingpong.public.render import Renderer

from . import stories
from .conftest import Reader

PAGE = "/s/acme/"
CSS = {"css_typed": ".card{color:#123456}"}


def _html(look: Look) -> str:
    summary = replace(stories.calm(), look=look)
    return render_html(summary, url="https://status.example/", changed_at=stories.NOW)


def test_page_without_a_look_fetches_nothing() -> None:
    summary = stories.calm()
    assert look_css(summary.look) == ""
    assert "stylesheet" not in _html(summary.look)
    assert "'self'" not in policy_of(summary).partition("script-src")[0]


def test_look_is_served_as_files_of_its_own_that_are_kept_for_good(
    page: Page, reader: Reader, refresher: Refresher
) -> None:
    change_branding(page, CSS, by=DONALD, now=at(0))
    put_picture(page, PictureKind.LOGO, png(200, 40), by=DONALD, now=at(0))
    put_picture(page, PictureKind.ICON, png(32, 32), by=DONALD, now=at(0))
    Renderer().render_due(at(1))
    refresher.sync()
    html = reader.get(PAGE)
    policy = html.headers["Content-Security-Policy"]
    assert re.search(r"style-src 'sha256-[^']+' 'self';", policy)
    assert "img-src data: 'self';" in policy
    assert "unsafe" not in policy
    found = {
        name: re.search(rf'(?:href|src)="({name}\.[0-9a-f]{{16}}\.\w+)"', html.text)
        for name in ("look", "logo", "icon")
    }
    served = {name: reader.get(PAGE + match[1]) for name, match in found.items() if match}
    assert {name: one.headers["Content-Type"] for name, one in served.items()} == {
        "look": "text/css; charset=utf-8",
        "logo": "image/png",
        "icon": "image/png",
    }
    assert served["logo"].body == png(200, 40)
    assert "#page .card{color:#123456}" in served["look"].text
    for one in served.values():
        assert one.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert one.headers["X-Content-Type-Options"] == "nosniff"
        assert one.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "Access-Control-Allow-Origin" not in one.headers


def test_picture_that_is_removed_is_served_no_more(
    page: Page, reader: Reader, refresher: Refresher
) -> None:
    put_picture(page, PictureKind.LOGO, png(200, 40), by=DONALD, now=at(0))
    renderer = Renderer()
    renderer.render_due(at(1))
    refresher.sync()
    path = StoredBody.objects.get(path__startswith=f"{PAGE}logo.").path
    remove_picture(page, PictureKind.LOGO, by=DONALD, now=at(2))
    renderer.render_due(at(3))
    refresher.sync()
    assert reader.get(path).code == 404


def test_picture_that_is_stored_is_not_read_again(page: Page, query_count: object) -> None:
    put_picture(page, PictureKind.LOGO, png(200, 40), by=DONALD, now=at(0))
    renderer = Renderer()
    renderer.render_due(at(1))
    change_branding(page, CSS, by=DONALD, now=at(2))
    with query_count() as counted:  # type: ignore[operator] # a fixture that makes counters
        renderer.render_due(at(3))
    read = [one["sql"] for one in counted.captured_queries]
    assert not [sql for sql in read if '"pages_pagepicture"."content"' in sql]


def test_page_that_is_not_to_be_listed_says_so_twice(
    page: Page, reader: Reader, refresher: Refresher
) -> None:
    change_page(page, {"is_indexed": False}, by=DONALD, now=at(0))
    Renderer().render_due(at(1))
    refresher.sync()
    for path in (PAGE, f"{PAGE}summary.json"):
        assert reader.get(path).headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in reader.get(PAGE).text


def test_language_of_the_page_is_that_of_its_document() -> None:
    assert '<html lang="de" dir="ltr">' in _html(Look(language="de"))


def test_hostile_link_texts_are_text() -> None:
    label = "<img src=x onerror=alert(1)>"
    html = _html(Look(header_links=(Link(label, "https://shop.example/?a=1&b='"),)))
    assert label not in html
    assert 'href="https://shop.example/?a=1&amp;b=&#x27;" rel="noopener nofollow"' in html


def test_own_rules_come_after_those_of_the_team() -> None:
    css = look_css(Look(css=filter_css(".state{background:#000}").css))
    assert css.index("#page .state{background:#000}") < css.index("background:none!important")


def test_colour_that_cannot_be_read_is_used_for_no_text() -> None:
    css = look_css(Look(color="#ffe600"))
    assert "--brand:#ffe600;" in css
    assert "--brand-text:#ffe600}\n" not in css


def test_preview_has_its_look_inside(page: Page) -> None:
    change_branding(page, CSS, by=DONALD, now=at(0))
    put_picture(page, PictureKind.LOGO, png(200, 40), by=DONALD, now=at(0))
    html, policy = draw_preview(summarise(page, now=at(1)), now=at(1))
    assert 'href="data:text/css;base64,' in html
    assert 'src="data:image/png;base64,' in html
    assert "img-src data:;" in policy
    assert "'self'" not in policy.partition("script-src")[0]


@pytest.mark.parametrize("host", ["", "status.acme.example"])
def test_canonical_address_is_the_pages_own_host(page: Page, host: str) -> None:
    summary = replace(summarise(page, now=at(1)), look=Look(host=host))
    html, _ = draw_preview(summary, now=at(1))
    expected = f"https://{host}/" if host else "http://testserver/s/acme/"
    assert f'<link rel="canonical" href="{expected}">' in html
