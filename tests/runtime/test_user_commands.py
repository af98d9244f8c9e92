"""What the operator does for people, in a process of its own."""

from pathlib import Path

import pytest

from .test_cli import bootstrap, pingpong

EMAIL = "donald@acme.example"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("people") / "data"
    assert bootstrap(place).returncode == 0
    return place


def test_people_are_listed_and_disabled_and_enabled(folder: Path) -> None:
    data = ("--data", str(folder))
    assert pingpong("user", "list", *data).stdout == f"{EMAIL}\tDonald Duck\n"
    assert pingpong("user", "disable", EMAIL.upper(), *data).returncode == 0
    assert pingpong("user", "list", *data).stdout == f"{EMAIL}\tDonald Duck\tdisabled\n"
    assert pingpong("user", "enable", EMAIL, *data).stdout == f"{EMAIL} can sign in.\n"
    assert pingpong("user", "list", *data).stdout == f"{EMAIL}\tDonald Duck\n"


def test_link_begins_with_the_announced_address(folder: Path) -> None:
    more = {"PINGPONG_BASE_URL": "https://status.acme.example"}
    told = pingpong("user", "reset-link", EMAIL, "--data", str(folder), **more)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("https://status.acme.example/dashboard/account/password/reset/")


@pytest.mark.parametrize("command", ["reset-link", "disable", "enable"])
def test_unknown_address_is_told_in_one_sentence(folder: Path, command: str) -> None:
    told = pingpong("user", command, "nobody@acme.example", "--data", str(folder))
    sentence = "There is no account with the address nobody@acme.example.\n"
    assert (told.returncode, told.stdout, told.stderr) == (1, "", sentence)


def test_setup_link_is_refused_where_somebody_has_an_account(folder: Path) -> None:
    told = pingpong("user", "setup-link", "--data", str(folder))
    sentence = "There is an account already: see `pingpong user list`.\n"
    assert (told.returncode, told.stdout, told.stderr) == (1, "", sentence)
