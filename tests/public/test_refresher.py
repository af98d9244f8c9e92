import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from factories.components import make_component
from factories.pages import make_page
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page
from pingpong.pages.versions import touch
from pingpong.public import watch
from pingpong.public.disk import Shelf
from pingpong.public.front import Front
from pingpong.public.models import StoredBody, StoredPage
from pingpong.public.refresher import Refresher
from pingpong.public.render import Renderer, vouch

from .conftest import Reader, django_stands_in

PAGE = "/s/acme/"


@pytest.fixture
def render(page: Page) -> Callable[[], int]:
    renderer = Renderer()
    return lambda: renderer.render_due(utc_now() + timedelta(seconds=1))


def _unreachable() -> object:
    raise OperationalError


def test_rendered_page_is_served_and_kept(
    render: Callable[[], int], refresher: Refresher, reader: Reader, folder: Path
) -> None:
    render()
    refresher.sync()
    assert "All systems operational" in reader.get(PAGE).text
    assert reader.get(PAGE + "summary.json").code == 200
    kept = {copy.path for copy, _ in Shelf(folder).all()}
    assert kept == set(reader.front.library.entries)
    assert {PAGE, PAGE + "summary.json"} <= kept


def test_change_replaces_what_differs_and_nothing_else(
    page: Page, render: Callable[[], int], refresher: Refresher, reader: Reader
) -> None:
    render()
    refresher.sync()
    entries = dict(reader.front.library.entries)
    touch(page.pk)
    StoredPage.objects.update(rendered_at=page.created_at)
    render()
    refresher.sync()
    assert {PAGE, PAGE + "summary.json"} <= set(entries)
    assert {path: id(one) for path, one in reader.front.library.entries.items()} == {
        path: id(one) for path, one in entries.items()
    }
    make_component(page, "Brand new", now=utc_now())
    StoredPage.objects.update(rendered_at=page.created_at)
    render()
    refresher.sync()
    assert "Brand new" in reader.get(PAGE).text


def test_deleted_page_vanishes_from_memory_and_disk(
    page: Page, render: Callable[[], int], refresher: Refresher, reader: Reader, folder: Path
) -> None:
    render()
    refresher.sync()
    page.delete()
    refresher.sync()
    assert reader.get(PAGE).code == 404
    assert list(Shelf(folder).all()) == []


def test_old_path_vanishes_with_a_new_slug(
    page: Page, render: Callable[[], int], refresher: Refresher, reader: Reader
) -> None:
    render()
    refresher.sync()
    Page.objects.update(slug="new")
    touch(page.pk)
    StoredPage.objects.update(rendered_at=page.created_at)
    render()
    refresher.sync()
    assert (reader.get(PAGE).code, reader.get("/s/new/").code) == (404, 200)


def test_version_never_goes_back_while_a_database_is_followed(
    render: Callable[[], int], refresher: Refresher, reader: Reader
) -> None:
    render()
    refresher.sync()
    before = reader.get(PAGE).body
    StoredBody.objects.update(version=0, digest="older", identity=b"older")
    StoredPage.objects.update(serial=77)
    refresher.sync()
    assert reader.get(PAGE).body == before


def test_first_look_believes_a_database_that_was_put_back(
    render: Callable[[], int], refresher: Refresher, reader: Reader, front: Front
) -> None:
    render()
    refresher.sync()
    StoredBody.objects.update(version=0, digest="older", identity=b"older")
    Refresher(front.library).sync()
    assert reader.get(PAGE).body == b"older"


def test_vouching_reaches_the_front_and_the_disk(
    render: Callable[[], int], refresher: Refresher, reader: Reader, folder: Path
) -> None:
    render()
    StoredPage.objects.update(vouched_at=utc_now() - timedelta(minutes=5))
    refresher.sync()
    assert "may be out of date" in reader.get(PAGE).text
    vouch(utc_now())
    refresher.sync()
    assert "may be out of date" not in reader.get(PAGE).text
    assert min(at for _, at in Shelf(folder).all()) > time.time() - 60


def test_database_that_fails_changes_nothing_and_is_told_of_once(
    render: Callable[[], int],
    refresher: Refresher,
    reader: Reader,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr("pingpong.public.refresher.log", _Log(told))
    monkeypatch.setattr(connection, "close", lambda: None)
    render()
    refresher.look()
    monkeypatch.setattr(watch, "pulse", _unreachable)
    for _ in range(5):
        refresher.look()
    assert reader.get(PAGE).code == 200
    assert told == ["public_store_unreachable"]
    monkeypatch.setattr(watch, "pulse", lambda: None)
    refresher.look()
    assert told == ["public_store_unreachable", "public_store_reachable"]


class _Log:
    def __init__(self, told: list[str]) -> None:
        self._told = told

    def warning(self, event: str, **_facts: object) -> None:
        self._told.append(event)

    info = warning


def test_start_without_a_database_serves_every_page_with_its_age(
    render: Callable[[], int], refresher: Refresher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_page(name="Other", slug="other", now=utc_now())
    render()
    StoredPage.objects.update(vouched_at=utc_now() - timedelta(hours=1))
    refresher.sync()
    monkeypatch.setattr(watch, "pulse", _unreachable)
    monkeypatch.setattr(connection, "close", lambda: None)
    front = Front(django_stands_in, folder=folder)
    Refresher(front.library).look()
    reader = Reader(front)
    for path in (PAGE, "/s/other/"):
        assert "may be out of date: last checked" in reader.get(path).text
        assert '"stale":true,"checked_at":"' in reader.get(path + "summary.json").text


@pytest.mark.django_db(transaction=True)
def test_thread_notices_what_another_connection_commits(front: Front) -> None:
    page = make_page(now=utc_now())
    renderer = Renderer()
    renderer.render_due(utc_now())
    reader = Reader(front)
    thread = front.start_refresher()
    try:
        _eventually(lambda: reader.get(PAGE).code == 200)
        make_component(page, "Brand new", now=utc_now())
        renderer.render_due(utc_now() + timedelta(seconds=1))
        began = time.monotonic()
        _eventually(lambda: "Brand new" in reader.get(PAGE).text)
        assert time.monotonic() - began < 0.5
        vouch(utc_now())
    finally:
        front.stop()
        thread.join(5)
    assert not thread.is_alive()


def _eventually(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_thread_survives_whatever_happens(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = []

    def look() -> object:
        looks.append(time.monotonic())
        raise MemoryError

    monkeypatch.setattr(watch, "database_identity", look)
    thread = front.start_refresher()
    _eventually(lambda: len(looks) > 2)
    assert thread.is_alive()
    assert thread.daemon
    front.stop()
    thread.join(5)


def test_missing_database_file_is_an_outage_not_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        assert watch.database_identity() is None
        return
    file = tmp_path / "gone.sqlite3"
    monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
    with pytest.raises(watch.DatabaseMissingError):
        watch.database_identity()
    assert not file.exists()
    file.touch()
    first = watch.database_identity()
    shutil.copy(file, tmp_path / "other")
    (tmp_path / "other").replace(file)
    assert watch.database_identity() != first
