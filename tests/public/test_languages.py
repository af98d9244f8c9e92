"""A page in the languages that it offers: by path, by the browser's wish, by its own setting."""

import json
import re
from collections.abc import Callable

import pytest

from factories.actors import DONALD
from factories.components import make_component
from factories.incidents import make_incident, make_update
from factories.metrics import make_monitor
from factories.moments import at
from fixtures.cast import Member
from fixtures.visitors import Visit
from pingpong.kit.clock import utc_now
from pingpong.pages.access import change_access
from pingpong.pages.changing import change_page
from pingpong.pages.languages import LANGUAGES
from pingpong.pages.models import Page, Subject, Visibility
from pingpong.pages.translations import Place, translate
from pingpong.public.copies import Copy
from pingpong.public.missing import place_in_language
from pingpong.public.models import StoredBody
from pingpong.public.render import Renderer

from .conftest import Reader, besides_history

PAGE = "/s/acme/"


def _render(page: Page, *, language: str = "en", languages: list[str]) -> dict[str, str]:
    wanted = {"language": language, "languages": languages}
    change_page(page, wanted, by=DONALD, now=at(1))
    Renderer().render_due(at(2))
    rows = StoredBody.objects.exclude(content_type="image/png").values_list("path", "identity")
    found = {path: " ".join(bytes(text).decode().split()) for path, text in rows}
    return {path: found[path] for path in besides_history(found)}


def _pages(told: dict[str, str]) -> set[str]:
    """Return where the page itself is."""
    return {path for path, text in told.items() if '<main id="page"' in text}


def test_page_that_offers_nothing_else_is_rendered_once(page: Page) -> None:
    told = _render(page, language="de", languages=[])
    assert _pages(told) == {PAGE}
    assert '<html lang="de" dir="ltr">' in told[PAGE]
    assert "Alle Systeme in Betrieb" in told[PAGE]
    assert 'id="languages"' not in told[PAGE]
    assert "hreflang" not in told[PAGE]
    assert json.loads(told[f"{PAGE}summary.json"])["status"] == "All systems operational"


def test_each_offered_language_has_its_path_and_the_way_to_the_others(page: Page) -> None:
    told = _render(page, languages=["ar", "de"])
    paths = {PAGE, *(f"{PAGE}{code}/" for code in ("ar", "de", "en"))}
    assert _pages(told) == paths
    headlines = {PAGE: "operational", f"{PAGE}ar/": "جميع الأنظمة", f"{PAGE}de/": "Alle Systeme"}
    assert [path for path, words in headlines.items() if words not in told[path]] == []
    arabic = told[f"{PAGE}ar/"]
    assert '<html lang="ar" dir="rtl">' in arabic
    assert 'href="../de/" hreflang="de" lang="de" dir="ltr"' in arabic
    assert 'href="../ar/" hreflang="ar" lang="ar" dir="rtl" aria-current="true"' in arabic
    assert 'href="../summary.json"' in arabic
    assert 'href="de/" hreflang="de" lang="de" dir="ltr"' in told[PAGE]
    alternates = set(re.findall(r'rel="alternate" hreflang="([^"]+)"', arabic))
    assert alternates == {"ar", "de", "en", "x-default"}


def test_language_that_is_taken_back_is_gone(page: Page) -> None:
    _render(page, languages=["de"])
    change_page(page, {"languages": []}, by=DONALD, now=at(3))
    Renderer().render_due(at(4))
    assert not StoredBody.objects.filter(path=f"{PAGE}de/").exists()


@pytest.mark.parametrize(
    ("header", "place"),
    [("de-AT, en;q=0.5", "de/"), ("en, de;q=0.9", None), ("ja", None), ("", None)],
)
def test_bare_path_leads_to_what_the_browser_prefers(
    reader: Reader, copy_of: Callable[..., Copy], header: str, place: str | None
) -> None:
    reader.front.library.put([copy_of(PAGE, languages="en de fr"), copy_of(f"{PAGE}de/")], {})
    response = reader.get(PAGE, accept_language=header)
    if place is None:
        assert response.code == 200
        assert response.headers["Vary"] == "Accept-Encoding, Accept-Language"
    else:
        assert (response.code, response.headers["Location"]) == (302, place)
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["Vary"] == "Accept-Language"


def test_chosen_path_stays_whatever_the_browser_prefers(
    reader: Reader, copy_of: Callable[..., Copy]
) -> None:
    reader.front.library.put([copy_of(f"{PAGE}de/")], {})
    response = reader.get(f"{PAGE}de/", accept_language="fr")
    assert (response.code, response.headers["Vary"]) == (200, "Accept-Encoding")


def test_deeper_part_leads_to_itself_in_the_other_language() -> None:
    assert place_in_language("de", f"{PAGE}incidents/x/") == "../../de/incidents/x/"


def test_languages_of_a_path_outlive_a_start_without_a_database(
    reader: Reader, copy_of: Callable[..., Copy]
) -> None:
    reader.front.library.put([copy_of(PAGE, languages="en de")], {})
    reader.front.library.load()
    assert reader.front.library.entries[PAGE].languages == ("en", "de")


def test_what_the_team_wrote_is_shown_translated_or_as_it_is(page: Page) -> None:
    website = make_component(page, "Website", description="For visitors", now=at(0))
    make_component(page, "Mail", now=at(0))
    make_monitor(page, "Start page", showcased="uptime")
    incident = make_incident(page, "Slow", affected=[(website, "Minor issues")], now=at(0))
    update = make_update(incident, now=at(1))
    change_page(page, {"languages": ["de"]}, by=DONALD, now=at(1))
    texts = {
        (Subject.PAGE, page.pk, "name"): "ACME Deutschland",
        (Subject.COMPONENT, website.pk, "name"): "Webseite",
        (Subject.COMPONENT, website.pk, "description"): "Für Besucher",
        (Subject.INCIDENT, incident.pk, "title"): "Langsam",
        (Subject.UPDATE, update.pk, "message"): "<div>Wir <b>sehen</b> nach.</div>",
    }
    translated = {Place(*place, language="de"): text for place, text in texts.items()}
    translate(page, translated, by=DONALD, now=at(1))
    told = _render(page, languages=["de"])
    german = told[f"{PAGE}de/"]
    said = ["ACME Deutschland", "Webseite", "Für Besucher", "Langsam", "Wir <b>sehen</b> nach."]
    assert [words for words in said if words not in german] == []
    assert [words for words in said if words in told[PAGE] + told[f"{PAGE}en/"]] == []
    assert [words for words in ("Website", "For visitors") if words in german] == []
    assert [words for words in ("Mail", "Start page") if words not in german] == []
    assert "Website" in told[f"{PAGE}summary.json"]
    assert "Webseite" not in told[f"{PAGE}summary.json"]


def test_private_page_speaks_the_languages_that_it_offers_to_its_team(
    acme: Page, owner: Member, visit: Visit
) -> None:
    change_page(acme, {"languages": ["de"]}, by=DONALD, now=utc_now())
    change_access(acme, visibility=Visibility.TEAM, by=DONALD, now=utc_now())
    known = visit(owner)
    sent = known.get(PAGE, headers={"accept-language": "de"})
    assert (sent.status_code, sent["Location"]) == (302, "de/")
    german = known.get(f"{PAGE}de/")
    assert "Alle Systeme in Betrieb" in german.content.decode()
    assert german["Cache-Control"] == "private, no-store"
    assert visit(None).get(f"{PAGE}de/").status_code != 200


def test_door_of_a_private_page_is_told_in_the_visitor_s_language(acme: Page, visit: Visit) -> None:
    said = {"visibility": Visibility.PASSWORD, "password": "open sesame"}
    change_access(acme, **said, by=DONALD, now=utc_now())
    answer = visit(None).get(PAGE, headers={"accept-language": "it"})
    assert "Questa pagina è protetta da password" in answer.content.decode()


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_dates_and_numbers_are_those_of_the_language(page: Page, language: str) -> None:
    text = _render(page, language=language, languages=[])[PAGE]
    dates = {
        "ar": "10 مارس، 2026", "de": "10. März 2026", "es": "10 de marzo de 2026",
        "fr": "10 mars 2026", "it": "10 marzo 2026", "ja": "2026年3月10日", "ko": "2026년 3월 10일",
        "nl": "10 maart 2026", "pl": "10 marca 2026", "pt": "10 de março de 2026",
        "sv": "10 mars 2026", "tr": "10 Mart 2026", "zh-hans": "2026年3月10日",
    }  # fmt: skip
    assert dates[language] in text
    assert ("100,00" in text) is (language not in ("ja", "ko", "zh-hans"))
