from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from pingpong.dashboard.moments import written

AT = datetime(2026, 4, 5, 21, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "5 Apr 2026, 23:07"),
        ("de", "05.04.2026 23:07"),
        ("ja", "2026/04/05 23:07"),
        ("sv", "2026-04-05 23:07"),
    ],
)
def test_an_instant_is_written_in_the_zone_and_the_way_of_the_reader(
    language: str, words: str
) -> None:
    with translation.override(language), timezone.override(ZoneInfo("Europe/Berlin")):
        assert written(AT) == words
