"""Data points: the whole request is taken, or refused with nothing written."""

import json
from datetime import timedelta

import pytest

from api.bodies import seconds
from api.fingerprint import fingerprint
from api.undoing import undone
from api.wrong_values import TYPED, UNREADABLE
from fixtures.cast import Belongings, Member
from pingpong.custom_metrics.models import DataPoint
from pingpong.kit.clock import utc_now

NUMBERS = {"an integer", "zero", "minus one", "a float"}
DAY_S = int(timedelta(days=1).total_seconds())
SPELLINGS = ("/custom-metrics/data", "/custom_metrics/data", "/metrics/data", "/data-points")


def told(owner: Member, data: str) -> tuple[int, object]:
    answer = owner.post("/custom-metrics/data", f'{{"data": {data}}}'.encode())
    return answer.status, answer.body


def of_metric(ours: Belongings, points: str) -> str:
    return f'{{"{ours.custom_metric.pk}": {points}}}'


@pytest.mark.parametrize(("name", "raw"), {**TYPED, **UNREADABLE}.items())
def test_a_timestamp_is_a_whole_number_of_today(
    owner: Member, ours: Belongings, name: str, raw: str
) -> None:
    before = fingerprint()
    status, body = told(owner, of_metric(ours, f'[{{"timestamp": {raw}, "value": 1}}]'))
    if name in {"an integer", "zero"}:  # long ago: discarded, not wrong
        assert (status, body) == (200, {ours.custom_metric.pk: []})
    else:
        assert (status, list(body)) in [(400, ["data"]), (400, ["detail"])]
    assert fingerprint() == before


@pytest.mark.parametrize(("name", "raw"), {**TYPED, **UNREADABLE}.items())
def test_a_value_is_a_number(owner: Member, ours: Belongings, name: str, raw: str) -> None:
    before = fingerprint()
    now = seconds(utc_now())
    points = f'[{{"timestamp": {now}, "value": 1}}, {{"timestamp": {now}, "value": {raw}}}]'
    with undone():
        status, body = told(owner, of_metric(ours, points))
    taken = {**dict.fromkeys(NUMBERS, 200), "2**63": 400}
    assert status == taken.get(name, 400)
    if status == 400:
        assert list(body) in (["data"], ["detail"])
    assert fingerprint() == before


@pytest.mark.parametrize(
    "raw", ["5", '"x"', "true", "null", "[]", "{}", "[[]]", '{"timestamp": 1}']
)
def test_a_point_is_an_object_with_both(owner: Member, ours: Belongings, raw: str) -> None:
    status, body = told(owner, of_metric(ours, f"[{raw}]"))
    assert (status, list(body), DataPoint.objects.count()) == (400, ["data"], 0)


@pytest.mark.parametrize("raw", ["5", '"x"', "true", "null", "{}", '{"timestamp": 1, "value": 1}'])
def test_points_are_a_list(owner: Member, ours: Belongings, raw: str) -> None:
    status, body = told(owner, of_metric(ours, raw))
    assert (status, list(body), DataPoint.objects.count()) == (400, ["data"], 0)


@pytest.mark.parametrize("raw", ["5", '"x"', "true", "null", "[]", "[[]]"])
def test_data_is_an_object(owner: Member, raw: str) -> None:
    status, body = told(owner, raw)
    assert (status, list(body)) == (400, ["data"])


@pytest.mark.parametrize(
    "key", ["", " ", "a-b", "z" * 22, "z" * 23, "\0", "\ud800", "__proto__", "data", "x" * 100_000]
)
def test_a_key_is_the_id_of_a_metric(owner: Member, ours: Belongings, key: str) -> None:
    before = fingerprint()
    point = [{"timestamp": seconds(utc_now()), "value": 1}]
    answer = owner.post(
        "/custom-metrics/data", {"data": {ours.custom_metric.pk: point, key: point}}
    )
    assert (answer.status, list(answer.body)) == (400, ["data"])
    assert len(json.dumps(answer.body)) < 500
    assert fingerprint() == before


@pytest.mark.parametrize(
    ("ahead_s", "status"), [(0, 200), (DAY_S - 5, 200), (DAY_S + 60, 400), (2**31, 400)]
)
def test_a_point_may_be_a_day_ahead(
    owner: Member, ours: Belongings, ahead_s: int, status: int
) -> None:
    at = seconds(utc_now()) + ahead_s
    found = told(owner, of_metric(ours, f'[{{"timestamp": {at}, "value": 1}}]'))
    assert found[0] == status


@pytest.mark.parametrize(
    ("raw", "stored"),
    [("1e18", 1e18), ("-1e18", -1e18), ("1e-400", 0.0), ("-0", 0), ("12", 12), ("11.6", 11.6)],
)
def test_a_number_is_answered_as_it_came(
    owner: Member, ours: Belongings, raw: str, stored: float
) -> None:
    minute = seconds(utc_now()) // 60 * 60
    _, body = told(owner, of_metric(ours, f'[{{"timestamp": {minute}, "value": {raw}}}]'))
    assert body == {ours.custom_metric.pk: [{"timestamp": minute, "value": stored}]}
    assert DataPoint.objects.get().value == float(stored)


@pytest.mark.parametrize("raw", ["1.1e18", "-1.1e18", "1e308", "1" + "0" * 400])
def test_a_number_beyond_all_measure_is_refused(owner: Member, ours: Belongings, raw: str) -> None:
    now = seconds(utc_now())
    status, body = told(owner, of_metric(ours, f'[{{"timestamp": {now}, "value": {raw}}}]'))
    assert (status, list(body), DataPoint.objects.count()) == (400, ["data"], 0)


def test_ten_thousand_points_are_taken_and_one_more_not(owner: Member, ours: Belongings) -> None:
    now = seconds(utc_now())
    point = f'{{"timestamp": {now}, "value": 1}}'
    assert told(owner, of_metric(ours, f"[{','.join([point] * 10_000)}]"))[0] == 200
    assert told(owner, of_metric(ours, f"[{','.join([point] * 10_001)}]"))[0] == 413


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_nothing_is_right_too(owner: Member, method: str, spelling: str) -> None:
    answer = owner.ask(method, spelling, {"data": {}})
    assert (answer.status, answer.body) == (200, {})


def test_a_problem_names_the_metric_and_the_place_of_the_point(
    owner: Member, ours: Belongings
) -> None:
    now = seconds(utc_now())
    right = f'{{"timestamp": {now}, "value": 1}}'
    for wrong, problem in (
        (f'{{"timestamp": {now}}}', {"value": ["This field is required."]}),
        ('{"timestamp": "x", "value": 1}', {"timestamp": ["A valid integer is required."]}),
        ("7", {"non_field_errors": ["Expected a data point, but got int."]}),
        (
            f'{{"timestamp": {now + 2 * DAY_S}, "value": 1}}',
            {"timestamp": ["Give seconds since 1970, at most 24 hours ahead."]},
        ),
    ):
        status, body = told(owner, of_metric(ours, f"[{right}, {right}, {wrong}]"))
        assert (status, body) == (400, {"data": {ours.custom_metric.pk: {"2": problem}}})
    assert DataPoint.objects.count() == 0
