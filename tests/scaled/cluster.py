"""Every part of the scaled layout as a process of its own, on one real PostgreSQL and Redis."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import environ
import psycopg
import redis

from e2e.product import (
    ROOT,
    Answer,
    Product,
    clean_environment,
    eventually,
    free_port,
    is_answering,
)

PINGPONG = str(ROOT / ".venv/bin/pingpong")
SECRET = "a secret of the tests, the same for every process of theirs"
READY_WITHIN_S = 60


@dataclass
class Part:
    """A running command of `pingpong`."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """End it as a power cut does, with all that it started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


@dataclass
class Cluster:
    folder: Path
    database_url: str
    broker_url: str
    parts: list[Part] = field(default_factory=list)
    webs: list[Product] = field(default_factory=list)
    token: str = ""

    def settings(self) -> dict[str, str]:
        return clean_environment(
            DATABASE_URL=self.database_url,
            BROKER_URL=self.broker_url,
            PINGPONG_SECRET_KEY=SECRET,
            PINGPONG_LOG_FORMAT="json",
        )

    def run(self, *words: str) -> str:
        """Run a command to its end; return what it printed."""
        done = subprocess.run(
            [PINGPONG, *words, "--data", str(self.folder / "admin")],
            env=self.settings(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, name: str, *words: str, env: dict[str, str] | None = None) -> Part:
        """Start a command in a session of its own."""
        log = self.folder / f"{name}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(
                [PINGPONG, *words],
                env=self.settings() if env is None else env,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        part = Part(name, process, log)
        self.parts.append(part)
        return part

    def start_core(self, name: str, command: str) -> Part:
        return self.start(name, command, "--data", str(self.folder / name))

    def start_web(self, name: str) -> Product:
        """Start a web process and wait until it answers."""
        port = free_port()
        data = self.folder / name
        part = self.start(name, "web", "--port", str(port), "--data", str(data))
        web = Product(part.process, port, data, part.log)  # type: ignore[arg-type] # its text is not read
        web.token = self.token
        eventually(lambda: is_answering(web, "/healthz"), within_s=READY_WITHIN_S, what=name)
        self.webs.append(web)
        return web

    def start_agent(self, name: str, location: str) -> Part:
        """Start an agent with nothing of the core's: the broker's address and its own options."""
        env = clean_environment(
            BROKER_URL=self.broker_url,
            PINGPONG_LOG_FORMAT="json",
            PINGPONG_ALLOW_PRIVATE_TARGETS="127.0.0.0/8",
        )
        words = ("--location", location, "--name", name, "--vantage", name)
        spool = str(self.folder / f"{name}-spool")
        return self.start(name, "agent", *words, "--spool", spool, env=env)

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the database itself."""
        with closing(connected(self.database_url)) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def api(self, method: str, path: str, body: object = None) -> Answer:
        return self.webs[0].api(method, path, body)


def own_broker(broker_url: str, number: int) -> str:
    """Return the address of one of the broker's sixteen parts: tests may run side by side."""
    return f"{broker_url.rpartition('/')[0]}/{number}"


@contextmanager
def cluster(folder: Path, database_url: str, broker_url: str) -> Iterator[Cluster]:
    """Give a migrated database with a project, and end every process at the end."""
    redis.Redis.from_url(broker_url).flushdb()  # what an earlier run has left
    made = Cluster(folder, database_url, broker_url)
    made.run("migrate")
    who = ("--project", "ACME", "--slug", "acme", "--email", "donald@acme.example")
    told = made.run("bootstrap", *who, "--name", "Donald Duck", "--json")
    made.token = json.loads(told)["token"]
    with ExitStack() as stack:
        stack.callback(lambda: [part.stop() for part in made.parts])
        yield made


def connected(url: str) -> psycopg.Connection:
    """Connect as the product does: it reads a folder of a socket out of such an address."""
    parts = environ.Env.db_url_config(url)
    return psycopg.connect(
        host=parts["HOST"] or None,
        port=parts["PORT"] or None,
        user=parts["USER"] or None,
        password=parts["PASSWORD"] or None,
        dbname=parts["NAME"],
        autocommit=True,
    )


@contextmanager
def new_database(server_url: str, name: str) -> Iterator[str]:
    """Make a database on a running PostgreSQL, and drop it in the end."""
    with closing(connected(server_url)) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    try:
        yield f"{server_url.rpartition('/')[0]}/{name}"
    finally:
        with closing(connected(server_url)) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]
