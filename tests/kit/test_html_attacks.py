import pytest

from kit.html_attacks import ATTACKS
from kit.html_reader import assert_harmless, read
from pingpong.kit.html import (
    MAX_CLEAN,
    MessageTooLargeError,
    as_message,
    as_text,
    for_page,
    sanitise,
)

DEEP = (
    "<b>" * 6_600,
    "<a href=http://x><b>" * 900,
    "<p><b>" * 3_300,
    "<ul><li>" * 2_500,
    "<table>" * 2_800,
    "<table><td>" * 1_800,
    "</div>" * 3_300,
    "<font><p>" * 2_200,
    "<p><button>" * 1_800,
    "<" * 20_000,
    "&" * 20_000,
    "<!--" * 5_000,
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_but_formatting_is_left_of_an_attack(attack: str) -> None:
    message = as_message(attack)
    assert_harmless(message)
    assert_harmless(for_page(message))


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_clean_stays_as_it_is(attack: str) -> None:
    message = as_message(attack)
    assert as_message(message) == message
    assert sanitise(message) == message


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_of_a_message_is_what_a_reader_sees(attack: str) -> None:
    message = as_message(attack)
    assert "".join(as_text(message).split()) == "".join(read(message).text.split())


@pytest.mark.parametrize("flood", DEEP, ids=[flood[:12] for flood in DEEP])
def test_a_flood_of_tags_stays_small_and_harmless_or_is_refused(flood: str) -> None:
    try:
        message = as_message(flood)
    except MessageTooLargeError:
        return
    assert len(message) <= MAX_CLEAN + len("<div></div>")
    assert_harmless(message)


def test_formatting_with_attributes_does_not_multiply() -> None:
    opened = "".join(f"<b a={number}>" for number in range(47))
    assert len(as_message(f"<p>{opened}</p>" + "<p>x" * 700)) < 30_000


def test_what_grows_beyond_measure_is_refused() -> None:
    opened = "".join(f'<a href="https://a.example/{number}">' for number in range(400))
    with pytest.raises(MessageTooLargeError):
        as_message("<p><u><s><b><i><em><code>" * 3 + opened + "<p>x" * 4000)
