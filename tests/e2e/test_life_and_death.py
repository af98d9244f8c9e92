"""Starting again, dying, stopping: what the supervisor promises."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from .product import (
    ROOT,
    Product,
    children_of,
    clean_environment,
    eventually,
    free_port,
    is_answering,
    running,
)

pytestmark = pytest.mark.e2e


def _child(product: Product, name: str) -> int:
    found = [
        pid for pid, command in children_of(product.process.pid).items() if f" {name}" in command
    ]
    assert len(found) == 1, children_of(product.process.pid)
    return found[0]


def test_dead_children_are_started_again(folder: Path) -> None:
    with running(folder) as product:
        product.bootstrap()
        for name in ("web", "engine"):
            before = _child(product, name)
            os.kill(before, signal.SIGKILL)
            eventually(
                lambda before=before, name=name: any(
                    f" {name}" in command and pid != before
                    for pid, command in children_of(product.process.pid).items()
                ),
                within_s=15,
                what=f"{name} is back",
            )
        eventually(lambda: is_answering(product), within_s=30, what="all is ready again")
        assert product.api("POST", "/components", {"name": "After"}).status == 201
        eventually(
            lambda: "After" in product.ask("GET", "/s/status/").text,
            within_s=10,
            what="the engine renders again",
        )


def test_stop_is_quick_and_leaves_nobody_behind(folder: Path) -> None:
    with running(folder) as product:
        family = children_of(product.process.pid)
        grandchildren = [pid for child in family for pid in children_of(child)]
        assert product.stop() < 10
        assert product.process.returncode == 0
        left = [pid for pid in (*family, *grandchildren) if Path(f"/proc/{pid}").exists()]
        assert left == []


def test_second_start_keeps_all_and_prints_no_password(folder: Path) -> None:
    with running(folder) as product:
        product.bootstrap()
        token = product.token
        assert product.api("POST", "/components", {"name": "Kept"}).status == 201
    with running(folder) as product:
        assert token not in product.output()
        product.token = token
        assert [one["name"] for one in product.api("GET", "/components").body] == ["Kept"]
        assert f"{product.address}/s/status/" in product.output()


def test_page_survives_the_loss_of_the_database(folder: Path) -> None:
    with running(folder) as product:
        product.bootstrap()
        eventually(lambda: is_answering(product, "/s/status/"), within_s=10, what="it is rendered")
        port = product.port
    for part in folder.glob("pingpong.sqlite3*"):
        part.write_bytes(b"no database at all" * 100)
    with running(folder, port=port, path="/healthz") as product:
        eventually(lambda: is_answering(product, "/s/status/"), within_s=30, what="the stored page")


@pytest.mark.parametrize("second", ["port", "folder"])
def test_what_is_in_use_is_one_clear_sentence(folder: Path, tmp_path: Path, second: str) -> None:
    with running(folder) as product:
        other_folder = folder if second == "folder" else tmp_path / "other"
        other_port = product.port if second == "port" else free_port()
        refused = subprocess.run(
            [ROOT / "bin/up", "--port", str(other_port), "--data", str(other_folder)],
            env=clean_environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert refused.returncode == 1
        sentences = refused.stderr.strip().splitlines()
        assert len(sentences) == 1, refused
        assert "already" in sentences[0]
