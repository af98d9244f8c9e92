"""The command itself, in a process of its own, as a person or a script runs it."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

DONALD = {
    "project": "ACME",
    "slug": "acme",
    "email": "donald@acme.example",
    "name": "Donald Duck",
}
# Nobody yet, with a slug that is free.
HUEY = {"slug": "huey", "email": "huey@acme.example"}


def pingpong(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    ours = ("PINGPONG_", "DATABASE_URL", "BROKER_URL")
    env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    command = [sys.executable, "-m", "pingpong.runtime.cli", *arguments]
    return subprocess.run(
        command, env={**env, **more}, capture_output=True, text=True, check=False, timeout=60
    )


def bootstrap(folder: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    wanted = {**DONALD, **changes}
    options = [word for name, value in wanted.items() for word in (f"--{name}", value)]
    return pingpong("bootstrap", *options, "--json", "--data", str(folder))


def made(result: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert (result.returncode, result.stderr) == (0, "")
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with Donald's project, which tests copy."""
    place = tmp_path_factory.mktemp("founded")
    made(bootstrap(place))
    return place


@pytest.fixture
def folder(founded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(founded, tmp_path / "data"))


def test_bootstrap_says_when_it_founds_an_installation(tmp_path: Path) -> None:
    told = bootstrap(tmp_path / "new")
    assert told.stderr == f"Making a new installation in {tmp_path / 'new'}.\n"


def test_bootstrap_prints_json_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    answer = made(bootstrap(tmp_path / "new"))
    assert list(answer) == [
        "project",
        "slug",
        "page_url",
        "dashboard_url",
        "email",
        "password",
        "token",
        "shields_key",
    ]
    assert answer["page_url"] == "http://localhost:8000/s/acme/"
    assert len(answer["token"]) >= 40
    assert answer["password"]
    assert (tmp_path / "new" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_bootstrap_again_gives_the_same_without_a_password(tmp_path: Path) -> None:
    first, second = (made(bootstrap(tmp_path)) for _ in range(2))
    assert second == {**first, "password": None}


def test_bootstraps_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: made(bootstrap(tmp_path)), range(2)))
    assert len({answer["token"] for answer in answers}) == 1
    assert sorted(answer["password"] is None for answer in answers) == [False, True]


def test_bootstrap_without_json_is_for_people_and_cuts_nothing(folder: Path) -> None:
    token = made(bootstrap(folder))["token"]
    options = [word for name, value in DONALD.items() for word in (f"--{name}", value)]
    result = pingpong("bootstrap", *options, "--data", str(folder), COLUMNS="40")
    assert result.returncode == 0
    assert token in result.stdout


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"slug": "Not A Slug"},
            "A slug has 1 to 63 lower-case letters, digits and hyphens, none at its ends.",
        ),
        ({"email": "nobody"}, "'nobody' is not an e-mail address."),
        ({**HUEY, "name": "n" * 151}, "A name has 1 to 150 characters."),
        ({**HUEY, "project": "p" * 51}, "A project's name has 1 to 50 characters."),
    ],
)
def test_what_cannot_be_taken_is_told_in_one_sentence(
    folder: Path, changes: dict[str, str], sentence: str
) -> None:
    result = bootstrap(folder, **changes)
    assert (result.returncode, result.stdout, result.stderr) == (1, "", f"{sentence}\n")


def test_the_project_of_others_is_not_given_away(folder: Path) -> None:
    result = bootstrap(folder, email="gladstone@lucky.example")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "The slug 'acme' belongs to a project of another team.\n"


def test_another_secret_key_is_noticed(folder: Path) -> None:
    (folder / "secret.key").write_text("0" * 64)
    result = bootstrap(folder)
    assert (result.returncode, result.stdout) == (1, "")
    assert "secret.key" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            {"DATABASE_URL": "postgres://u:pw-secret@127.0.0.1:1/x"},
            "The database cannot be reached: ",
        ),
        ({"PINGPONG_LOG_LEVEL": "LOUD"}, "The settings cannot be used: PINGPONG_LOG_LEVEL is "),
        ({"PINGPONG_RATE_LIMIT": "many"}, "The settings cannot be used: "),
    ],
)
def test_a_bad_setting_is_told_in_one_sentence(
    tmp_path: Path, more: dict[str, str], sentence: str
) -> None:
    result = pingpong("migrate", "--data", str(tmp_path), **more)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(sentence)
    assert result.stderr.count("\n") == 1
    assert "pw-secret" not in result.stderr


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for command in (["up"], ["migrate"]):
        result = pingpong(*command, "--data", str(tmp_path / "file" / "inner"))
        assert result.returncode == 1
        assert result.stderr == (
            f"The data folder {tmp_path / 'file' / 'inner'} cannot be written: Not a directory.\n"
        )


def test_migrating_twice_does_nothing_the_second_time(tmp_path: Path) -> None:
    first, second = (pingpong("migrate", "--data", str(tmp_path)) for _ in range(2))
    assert first.stdout.splitlines()[-1].endswith(" migrations applied.")
    assert second.stdout.splitlines()[-1] == "Nothing to migrate."


def test_a_database_of_a_newer_release_is_left_alone(folder: Path) -> None:
    import sqlite3

    database = sqlite3.connect(folder / "pingpong.sqlite3")
    with database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('pages', '9000_new', '')"
        )
    database.close()
    result = pingpong("migrate", "--data", str(folder))
    assert result.returncode == 1
    assert "belongs to a newer release (it knows pages.9000_new)" in result.stderr


def test_version_is_the_installed_one() -> None:
    assert pingpong("version").stdout == "0.1.0\n"


def test_the_supervisor_loads_neither_django_nor_celery() -> None:
    program = (
        "import sys, pingpong.runtime.cli, pingpong.runtime.up\n"
        "heavy = {'django', 'celery', 'granian', 'structlog', 'rich'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert result.stdout == "[]\n"
