"""What a start prints and notes, while there is an account and while there is none."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from fixtures.cast import Member
from pingpong.accounts.first_run import SetupOverError, complete_setup
from pingpong.accounts.models import Person
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page
from pingpong.runtime import provision
from pingpong.runtime.stamp import read_stamp

pytestmark = pytest.mark.django_db

LINK = re.compile(r"^setup +http://testserver/dashboard/setup/#code=(\S+)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(provision, "migrate_with_progress", lambda _console: 0)


def start(capsys: pytest.CaptureFixture[str]) -> str:
    provision.make_ready(demo=False)
    return capsys.readouterr().out


def make(code: str) -> Person:
    return complete_setup(
        code, email="daisy@acme.example", name="Daisy", password="quack-quack-9", now=utc_now()
    )


def test_start_makes_nobody_and_prints_a_new_code_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = [start(capsys), start(capsys)]
    codes = [LINK.findall(text) for text in printed]
    assert [len(found) for found in codes] == [1, 1]
    for found, text in zip(codes, printed, strict=True):
        assert f"code          {found[0]}\n" in text
    assert (Person.objects.count(), Page.objects.count()) == (0, 0)
    stamp = read_stamp(tmp_path)
    assert stamp is not None
    assert (stamp.has_owner, stamp.slug) == (False, "")
    with pytest.raises(SetupOverError):
        make(codes[0][0])
    assert make(codes[1][0]).email == "daisy@acme.example"


def test_start_with_an_account_prints_no_code(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = LINK.findall(start(capsys))
    make(code)
    assert start(capsys) == ""


def test_printed_address_of_the_dashboard_is_the_one_of_the_screen() -> None:
    path = reverse("dashboard:overview", kwargs={"slug": "acme"})
    assert provision.dashboard_url("acme") == f"http://testserver{path}"


def test_start_notes_the_owner_that_is_there(
    tmp_path: Path, owner: Member, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(capsys) == ""
    stamp = read_stamp(tmp_path)
    assert stamp is not None
    assert (stamp.has_owner, stamp.slug, stamp.email) == (True, "acme", owner.person.email)
