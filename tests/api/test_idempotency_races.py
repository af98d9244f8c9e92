"""Many threads, one key: one of them does it."""

import threading
from collections import Counter

import pytest
from django.db import connection, connections

from fixtures.api_client import Answer, ApiClient
from fixtures.cast import Member
from pingpong.components.models import ComponentGroup
from pingpong.incidents.models import Incident

THREADS = 20
BODY = {"title": "Database down", "message": "We are looking."}
ENDS = {201, 409, 503}

pytestmark = pytest.mark.django_db(transaction=True)


def race(token: str | None, paths: list[tuple[str, dict[str, str]]]) -> list[Answer]:
    """Post all at once, each from a thread with a connection of its own."""
    together = threading.Barrier(len(paths))
    answers: list[Answer] = []

    def run(path: str, body: dict[str, str]) -> None:
        together.wait()
        try:
            answers.append(ApiClient(token).post(path, body, idempotency_key="one key"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_one_of_twenty_opens_the_incident(owner: Member) -> None:
    answers = race(owner.token, [("/incidents", BODY)] * THREADS)
    statuses = Counter(answer.status for answer in answers)
    assert set(statuses) <= ENDS, statuses
    assert statuses[201] >= 1
    assert {answer.body["id"] for answer in answers if answer.status == 201} == {
        Incident.objects.get().pk
    }
    again = owner.post("/incidents", BODY, idempotency_key="one key")
    assert again.body["id"] == Incident.objects.get().pk


def test_of_two_requests_under_one_key_one_is_done(owner: Member) -> None:
    paths = [("/incidents", BODY), ("/component-groups", {"name": "System"})] * 5
    answers = race(owner.token, paths)
    assert {answer.status for answer in answers} <= ENDS | {422}
    assert Incident.objects.count() + ComponentGroup.objects.count() == 1


def test_a_key_held_by_another_process_is_409_or_waited_for(owner: Member) -> None:
    held, done = threading.Event(), threading.Event()
    if connection.vendor != "postgresql":
        assert owner.post("/incidents", BODY, idempotency_key="one key").status == 201
        return  # SQLite lets one process write at a time

    def other_process() -> None:
        from django.db import transaction

        from pingpong.api.idempotency import _claim

        with transaction.atomic():
            _claim(owner.page.pk, "one key")
            held.set()
            done.wait(10)
        connections.close_all()

    thread = threading.Thread(target=other_process)
    thread.start()
    held.wait(10)
    told = owner.post("/incidents", BODY, idempotency_key="one key").status
    done.set()
    thread.join()
    assert (told, Incident.objects.count()) == (409, 0)
