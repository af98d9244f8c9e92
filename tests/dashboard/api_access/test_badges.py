"""Badges, banner and widget on the page of the API: chosen, seen, and pasted as they are."""

import re
from html.parser import HTMLParser

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import escape

from factories.components import make_component
from factories.metrics import make_monitor
from fixtures.cast import Member
from fixtures.visitors import Visit
from pingpong.dashboard.badges import FIGURES, STYLES, Choice, choose_badge
from pingpong.kit.clock import utc_now
from pingpong.monitors.models import Showcase
from pingpong.overview.summary import summarise
from pingpong.pages.models import Page, Visibility
from pingpong.public import badge_svg
from pingpong.public.badge_bodies import badge_bodies
from pingpong.public.badge_files import file_at, names_of
from pingpong.public.badge_texts import Values

HOSTILE = '"]<b onload=x>(*_`'


def _chosen(page: Page, **asked: str) -> Choice:
    query = QueryDict(mutable=True)
    query.update(asked)
    return choose_badge(page, query)


def _values(page: Page) -> Values:
    (body,) = badge_bodies(summarise(page, now=utc_now()), f"/s/{page.slug}/")
    return Values(body.text)


def _attributes(line: str) -> list[tuple[str, dict[str, str | None]]]:
    found: list[tuple[str, dict[str, str | None]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, given: found.append((tag, dict(given)))  # type: ignore[method-assign]
    parser.feed(line)
    return found


def test_every_choice_is_a_badge_that_the_page_has(acme: Page) -> None:
    make_component(acme)
    make_component(acme, "Hidden", showcased=False)
    make_monitor(acme, url="https://acme.example/", showcased=Showcase.RESPONSE_TIME)
    make_monitor(acme, url="https://acme.example/", showcased=Showcase.UPTIME)
    values = _values(acme)
    chosen = {
        choice.preview.removeprefix("/s/acme/badge/")
        for subject in _chosen(acme).subjects
        for figure in FIGURES
        for style in STYLES
        for choice in [_chosen(acme, of=subject.value, figure=figure, style=style)]
    }
    named = {name for name in names_of(values) if re.fullmatch(r".*\.[a-z-]+\.svg", name)}
    assert chosen == named
    assert list(STYLES) == list(badge_svg.STYLES)


def test_unknown_choice_is_the_nearest_that_there_is(acme: Page) -> None:
    odd = _chosen(acme, of="nobody", figure="uptime-1y", style="<b>")
    assert (odd.preview, odd.title) == ("/s/acme/badge/status.flat.svg", "ACME: Status")
    dotted = _chosen(acme, figure="uptime-7d", style="dot")
    assert dotted.preview == "/s/acme/badge/uptime-7d.flat.svg"


def test_lines_to_paste_hold_hostile_names_as_text(acme: Page) -> None:
    component = make_component(acme, HOSTILE)
    choice = _chosen(acme, of=component.pk)
    image = f"{settings.BASE_URL}/s/acme/badge/{component.pk}/status.flat.svg"
    title = f"{HOSTILE}: Status"
    link, picture = _attributes(choice.html)
    assert link == ("a", {"href": f"{settings.BASE_URL}/s/acme/"})
    assert picture == ("img", {"src": image, "alt": title})
    text = r'"\]\<b onload=x\>\(\*\_\`: Status'
    assert choice.markdown == f"[![{text}]({image})]({settings.BASE_URL}/s/acme/)"
    file = file_at(choice.json.removeprefix(settings.BASE_URL), _values(acme))
    assert file is not None
    assert file.content_type == "application/json"


def test_page_shows_the_badge_from_our_own_host(acme: Page, owner: Member, visit: Visit) -> None:
    make_component(acme, HOSTILE)
    address = reverse("dashboard:api_access", kwargs={"slug": acme.slug})
    answer = visit(owner).get(address, {"figure": "uptime-30d", "style": "for-the-badge"})
    text = answer.content.decode()
    assert '<img src="/s/acme/badge/uptime-30d.for-the-badge.svg"' in text
    assert 'src="/s/acme/embed/widget"' in text
    assert escape(f'<script src="{settings.BASE_URL}/s/acme/embed/banner.js" async>') in text
    assert (HOSTILE in text, escape(HOSTILE) in text) == (False, True)
    assert "embed/banner.js" not in re.sub(r"&lt;.*?&gt;", "", text)
    assert "not for everybody" not in text
    Page.objects.filter(pk=acme.pk).update(visibility=Visibility.TEAM)
    assert "This page is not for everybody." in visit(owner).get(address).content.decode()


def test_page_is_for_the_team_alone(
    acme: Page, viewer: Member, stranger: Member, visit: Visit
) -> None:
    address = reverse("dashboard:api_access", kwargs={"slug": acme.slug})
    codes = [visit(one).get(address, {"of": "x"}).status_code for one in (viewer, stranger)]
    assert codes == [200, 404]
