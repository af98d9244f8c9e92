import pytest

from factories.actors import DONALD
from factories.moments import at
from factories.pages import make_page
from pingpong.events.kinds import Kind
from pingpong.events.models import Event
from pingpong.pages.models import Page, Subject, Translation
from pingpong.pages.translations import Place, TranslationInvalidError, texts_of, translate

pytestmark = pytest.mark.django_db

NAME = Place(Subject.COMPONENT, "c1", "name", "de")
MESSAGE = Place(Subject.INCIDENT, "i1", "message", "de")


@pytest.fixture
def page() -> Page:
    page = make_page(now=at(0))
    Page.objects.filter(pk=page.pk).update(languages=["de", "fr"])
    page.refresh_from_db()
    return page


def _say(page: Page, place: Place, text: str) -> None:
    translate(page, {place: text}, by=DONALD, now=at(1))


def test_translation_is_kept_changed_and_taken_away(page: Page) -> None:
    version = page.version
    seen = []
    for text in ("  Webseite ", "Netzauftritt", ""):
        _say(page, NAME, text)
        seen.append(texts_of(page))
    place = ("component", "c1", "name")
    assert seen == [{"de": {place: "Webseite"}}, {"de": {place: "Netzauftritt"}}, {}]
    page.refresh_from_db()
    assert page.version == version + 3
    said = Event.objects.filter(kind=Kind.PAGE_TEXT_TRANSLATED)
    assert (said.count(), said[0].subject_id) == (3, "c1")
    assert said[0].data == {"kind": "component", "languages": {"de": ["name"]}}


def test_same_text_again_is_no_event(page: Page) -> None:
    _say(page, NAME, "Webseite")
    _say(page, NAME, "Webseite")
    assert Event.objects.filter(kind=Kind.PAGE_TEXT_TRANSLATED).count() == 1


def test_message_is_sanitised(page: Page) -> None:
    _say(page, MESSAGE, "<div>Gut<script>alert(1)</script></div>")
    assert Translation.objects.get().text == "<div>Gut</div>"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (NAME._replace(language="ja"), "x"),
        (NAME._replace(language="en"), "x"),
        (NAME._replace(field="status"), "x"),
        (NAME, "x" * 51),
        (MESSAGE, "x" * 20_001),
    ],
)
def test_what_cannot_be_a_translation_is_refused(page: Page, place: Place, text: str) -> None:
    with pytest.raises(TranslationInvalidError) as refused:
        _say(page, place, text)
    assert (refused.value.place, Translation.objects.count()) == (place, 0)


def test_language_that_is_offered_no_more_is_not_read(page: Page) -> None:
    _say(page, NAME, "Webseite")
    page.languages = ["fr"]
    assert texts_of(page) == {}
