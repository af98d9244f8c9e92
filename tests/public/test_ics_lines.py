from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Event

from pingpong.public.ics_lines import fold, text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_one_property_of_short_lines(value: str) -> None:
    value = value.encode("utf-8", "ignore").decode()
    line = text("SUMMARY", value)
    parts = line.encode().split(b"\r\n")
    assert parts.pop() == b""
    assert all(len(part) <= 75 for part in parts)
    assert all(part.startswith(b" ") for part in parts[1:])
    event = Event.from_ical(f"BEGIN:VEVENT\r\n{line}END:VEVENT\r\n")
    assert list(event) == ["SUMMARY"]


def test_marks_of_the_format_are_escaped_and_read_back() -> None:
    value = "a;b,c\\d\ne\\n"
    event = Event.from_ical(f"BEGIN:VEVENT\r\n{text('SUMMARY', value)}END:VEVENT\r\n")
    assert event["SUMMARY"] == value


def test_long_line_is_broken_between_characters() -> None:
    folded = fold("X:" + "é" * 60)
    assert folded.replace("\r\n ", "") == "X:" + "é" * 60 + "\r\n"
    assert [len(one.encode()) for one in folded.split("\r\n")] == [74, 49, 0]
