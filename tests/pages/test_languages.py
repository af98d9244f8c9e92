import pytest
from django.utils.translation import to_locale

from pingpong.pages.languages import LANGUAGES, direction_of, preferred, tag_of

OFFERED = ("en", "de", "pt", "zh-hans")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("*", "en"),
        ("de", "de"),
        ("de-CH, de;q=0.9, en;q=0.8", "de"),
        ("fr, en;q=0.5, de;q=0.9", "de"),
        ("fr, it", "en"),
        ("en, de", "en"),
        ("de;q=0, fr", "en"),
        ("de;q=rubbish", "en"),
        ("pt-BR", "pt"),
        ("zh-CN", "zh-hans"),
        ("zh", "zh-hans"),
        ("zh-TW, de;q=0.1", "de"),
        ("," * 5000 + "de", "en"),
    ],
)
def test_header_prefers_one_of_the_offered_languages(header: str, language: str) -> None:
    assert preferred(header, OFFERED) == language


def test_languages_are_at_least_twelve_and_one_runs_from_right_to_left() -> None:
    assert len(LANGUAGES) >= 12
    assert [one for one in LANGUAGES if direction_of(one) == "rtl"] == ["ar"]


def test_language_is_spelled_as_html_wants_it() -> None:
    assert (tag_of("de"), tag_of("zh-hans"), to_locale("zh-hans")) == ("de", "zh-Hans", "zh_Hans")
