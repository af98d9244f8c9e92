"""The same product as separate commands, with a real broker between them."""

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from e2e.product import ROOT, Product, clean_environment, eventually, free_port, is_answering

pytestmark = pytest.mark.broker

PINGPONG = str(ROOT / ".venv" / "bin" / "pingpong")
SHOWN_WITHIN_S = 10


@contextmanager
def command(
    *words: str, data_dir: Path, broker_url: str
) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Run `pingpong ...` in the background; give the process and its log."""
    log = data_dir.parent / f"{words[0]}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [PINGPONG, *words, "--data", str(data_dir)],
            env=clean_environment(BROKER_URL=broker_url, PINGPONG_LOG_FORMAT="json"),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process, log
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, broker_url: str) -> Iterator[Product]:
    """Return a web process with a project, and nothing that renders yet."""
    data_dir = tmp_path_factory.mktemp("scaled") / "data"
    port = free_port()
    who = ("--project", "ACME", "--slug", "acme", "--email", "donald@acme.example")
    for words in (("migrate",), ("bootstrap", *who, "--name", "Donald Duck", "--json")):
        done = subprocess.run(
            [PINGPONG, *words, "--data", str(data_dir)],
            env=clean_environment(),
            capture_output=True,
            check=True,
        )
    with command("web", "--port", str(port), data_dir=data_dir, broker_url=broker_url) as started:
        process, log = started
        told = Product(process, port, data_dir, log)
        told.token = json.loads(done.stdout)["token"]
        eventually(lambda: is_answering(told, "/healthz"), within_s=30, what="web answers")
        yield told


def page(product: Product) -> str:
    return product.ask("GET", "/s/acme/").text


def test_change_reaches_the_page_through_the_broker(product: Product, broker_url: str) -> None:
    with command("engine", data_dir=product.data_dir, broker_url=broker_url) as (_, log):
        assert product.api("POST", "/components", {"name": "Payments"}).status == 201
        eventually(lambda: "Payments" in page(product), within_s=SHOWN_WITHIN_S, what="it is shown")
    assert "redis" in log.read_text()


def test_engine_that_was_killed_is_followed_by_one_that_does_its_work(
    product: Product, broker_url: str
) -> None:
    with command("engine", data_dir=product.data_dir, broker_url=broker_url) as (engine, _):
        assert product.api("POST", "/components", {"name": "Search"}).status == 201
        engine.kill()
        engine.wait(10)
    assert product.api("POST", "/components", {"name": "Checkout"}).status == 201
    with command("engine", data_dir=product.data_dir, broker_url=broker_url):
        for name in ("Search", "Checkout"):
            eventually(
                lambda name=name: name in page(product),
                within_s=SHOWN_WITHIN_S,
                what=f"{name} is shown",
            )


def test_two_engines_share_the_work(product: Product, broker_url: str) -> None:
    with (
        command("engine", data_dir=product.data_dir, broker_url=broker_url),
        command("engine", data_dir=product.data_dir, broker_url=broker_url),
    ):
        for number in range(5):
            body = {"name": f"Node {number}"}
            assert product.api("POST", "/components", body).status == 201
        eventually(
            lambda: all(f"Node {number}" in page(product) for number in range(5)),
            within_s=SHOWN_WITHIN_S,
            what="all are shown",
        )
