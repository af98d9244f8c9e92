"""Requests that come at once share a commit, and each is told its own end."""

import threading
from collections.abc import Sequence

import pytest
from django.db import connection

from factories.metrics import make_custom_metric
from factories.moments import at
from factories.pages import make_page
from pingpong.custom_metrics.group_commit import GroupCommit
from pingpong.custom_metrics.intake import UnknownMetricError, store_points
from pingpong.custom_metrics.models import DataPoint

NOW_S = int(at(0).timestamp())
PATIENCE_S = 10


class Desk:
    """A writer that is busy with its first job until it is let go."""

    def __init__(self, *, most: int = 100, refuses: str = "") -> None:
        self.batches: list[list[str]] = []
        self.told: dict[str, str] = {}
        self.is_busy, self.may_go_on = threading.Event(), threading.Event()
        self.refuses = refuses
        self.group: GroupCommit[str] = GroupCommit(self.write, most=most)
        self.threads: list[threading.Thread] = []

    def write(self, jobs: Sequence[str]) -> None:
        self.batches.append(list(jobs))
        self.is_busy.set()
        assert self.may_go_on.wait(PATIENCE_S)
        if self.refuses in jobs and self.refuses:
            raise RuntimeError(self.refuses)

    def hand_in(self, job: str, *, size: int = 1) -> None:
        def perform() -> None:
            try:
                self.group.perform(job, size=size)
                self.told[job] = "done"
            except RuntimeError as problem:
                self.told[job] = str(problem)

        thread = threading.Thread(target=perform)
        waiting = len(self.group._waiting)
        thread.start()
        self.threads.append(thread)
        if len(self.threads) == 1:
            assert self.is_busy.wait(PATIENCE_S)
            return
        while len(self.group._waiting) == waiting:
            threading.Event().wait(0.001)

    def finish(self) -> None:
        self.may_go_on.set()
        for thread in self.threads:
            thread.join(PATIENCE_S)


def test_those_who_wait_are_written_together() -> None:
    desk = Desk()
    for job in "abcd":
        desk.hand_in(job)
    desk.finish()
    assert desk.batches == [["a"], ["b", "c", "d"]]
    assert desk.told == dict.fromkeys("abcd", "done")


def test_a_batch_ends_at_its_size() -> None:
    desk = Desk(most=10)
    for job, size in (("a", 1), ("b", 6), ("c", 4), ("d", 1), ("e", 50)):
        desk.hand_in(job, size=size)
    desk.finish()
    assert desk.batches == [["a"], ["b", "c"], ["d"], ["e"]]


def test_nobody_is_told_that_it_is_stored_when_the_commit_failed() -> None:
    desk = Desk(refuses="b")
    for job in "abc":
        desk.hand_in(job)
    desk.finish()
    assert desk.told == {"a": "done", "b": "b", "c": "b"}


@pytest.mark.django_db(transaction=True)
def test_one_foreign_id_does_not_refuse_the_points_of_others() -> None:
    page = make_page(now=at(0))
    metric = make_custom_metric(page, now=at(0))
    foreign = make_custom_metric(make_page(slug="other"), now=at(0))
    together = threading.Barrier(4)
    refused: list[Sequence[str]] = []

    def write(metric_id: str, minute: int) -> None:
        together.wait(PATIENCE_S)
        try:
            store_points(page.pk, {metric_id: [(minute, 1.0)]}, now=at(0))
        except UnknownMetricError as problem:
            refused.append(problem.metric_ids)
        finally:
            connection.close()

    jobs = [(metric.pk, NOW_S + 60 * n) for n in range(3)] + [(foreign.pk, NOW_S)]
    writers = [threading.Thread(target=write, args=job) for job in jobs]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert refused == [[foreign.pk]]
    minutes = DataPoint.objects.order_by("minute").values_list("metric_id", "minute")
    assert list(minutes) == jobs[:3]
