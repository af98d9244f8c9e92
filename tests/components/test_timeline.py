from factories.moments import at
from pingpong.components.status import Influence, Source, Status
from pingpong.components.timeline import Segment, Setting, derive, splice

OPERATIONAL = Setting(Status.OPERATIONAL, at(0))


def incident(status: str, start: float, end: float | None = None, name: str = "i") -> Influence:
    return Influence(Source.INCIDENT, name, status, at(start), None if end is None else at(end))


def window(start: float, end: float, name: str = "m") -> Influence:
    return Influence(Source.MAINTENANCE, name, Status.MAINTENANCE, at(start), at(end))


def own(status: str, start: float, end: float | None = None) -> Segment:
    return Segment(status, Source.OWN, "", at(start), None if end is None else at(end))


def told(influence: Influence, start: float, end: float | None = None) -> Segment:
    until = None if end is None else at(end)
    return Segment(influence.status, influence.source, influence.event_id, at(start), until)


def test_derive_without_events_follows_the_settings() -> None:
    settings = [OPERATIONAL, Setting(Status.MINOR, at(10)), Setting(Status.OPERATIONAL, at(20))]
    assert derive(settings, [], start=at(0), until=at(60)) == [
        own(Status.OPERATIONAL, 0, 10),
        own(Status.MINOR, 10, 20),
        own(Status.OPERATIONAL, 20),
    ]


def test_derive_with_an_incident_covers_the_own_status_until_it_ends() -> None:
    broken = incident(Status.MAJOR, 10, 20)
    assert derive([OPERATIONAL], [broken], start=at(0), until=at(60)) == [
        own(Status.OPERATIONAL, 0, 10),
        told(broken, 10, 20),
        own(Status.OPERATIONAL, 20),
    ]


def test_derive_with_an_incident_inside_maintenance_returns_to_maintenance() -> None:
    planned, broken = window(10, 40), incident(Status.MINOR, 20, 30)
    assert derive([OPERATIONAL], [planned, broken], start=at(0), until=at(60)) == [
        own(Status.OPERATIONAL, 0, 10),
        told(planned, 10, 20),
        told(broken, 20, 30),
        told(planned, 30, 40),
        own(Status.OPERATIONAL, 40),
    ]


def test_derive_with_two_incidents_shows_the_worse_and_then_the_other() -> None:
    bad, worse = incident(Status.MINOR, 10, 40, "bad"), incident(Status.CRITICAL, 20, 30, "worse")
    assert derive([OPERATIONAL], [bad, worse], start=at(0), until=at(60)) == [
        own(Status.OPERATIONAL, 0, 10),
        told(bad, 10, 20),
        told(worse, 20, 30),
        told(bad, 30, 40),
        own(Status.OPERATIONAL, 40),
    ]


def test_derive_does_not_know_edges_of_the_future() -> None:
    planned = window(10, 20)
    assert derive([OPERATIONAL], [planned], start=at(0), until=at(9)) == [own("Operational", 0)]
    assert derive([OPERATIONAL], [planned], start=at(0), until=at(10)) == [
        own(Status.OPERATIONAL, 0, 10),
        told(planned, 10),
    ]


def test_derive_from_the_middle_of_an_event_starts_with_it() -> None:
    broken = incident(Status.MAJOR, 10)
    assert derive([OPERATIONAL], [broken], start=at(30), until=at(60)) == [told(broken, 30)]


def test_derive_with_a_setting_under_an_incident_shows_it_only_afterwards() -> None:
    broken = incident(Status.MAJOR, 10, 30)
    settings = [OPERATIONAL, Setting(Status.UNKNOWN, at(20))]
    assert derive(settings, [broken], start=at(0), until=at(60)) == [
        own(Status.OPERATIONAL, 0, 10),
        told(broken, 10, 30),
        own(Status.UNKNOWN, 30),
    ]


def test_splice_ends_what_stands_where_something_else_begins() -> None:
    assert splice([own(Status.OPERATIONAL, 0)], [own(Status.MINOR, 10)]) == [
        own(Status.OPERATIONAL, 0, 10),
        own(Status.MINOR, 10),
    ]


def test_splice_continues_what_goes_on() -> None:
    assert splice([own(Status.MINOR, 0)], [own(Status.MINOR, 10)]) == [own(Status.MINOR, 0)]


def test_splice_replaces_all_that_stands_from_the_first_derived_instant_on() -> None:
    known = [own(Status.OPERATIONAL, 0, 20), own(Status.MINOR, 20)]
    assert splice(known, [own(Status.MAJOR, 10)]) == [
        own(Status.OPERATIONAL, 0, 10),
        own(Status.MAJOR, 10),
    ]


def test_splice_with_nothing_known_or_nothing_derived_is_the_other() -> None:
    segments = [own(Status.OPERATIONAL, 0)]
    assert splice([], segments) == segments
    assert splice(segments, []) == segments
