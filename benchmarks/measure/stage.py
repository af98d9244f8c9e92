"""A project of so many components, made over the API; and copies of its database."""

import http.client
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pingpong.kit.data_dir import SECRET_FILE

from .servers import HOST, Server

DATABASE = "pingpong.sqlite3"


@dataclass
class Project:
    """What was made so far in the data folder of a running server."""

    server: Server
    data_dir: Path
    token: str
    components: list[str] = field(default_factory=list)
    _group: str = ""

    def grow(self, count: int) -> None:
        """Add components until there are so many."""
        if not self._group:
            self._group = self._post("component-groups", {"name": "System"})["id"]
        while len(self.components) < count:
            name = f"Component {len(self.components)}"
            made = self._post("components", {"name": name, "group": self._group})
            self.components.append(made["id"])

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Token {self.token}", "Content-Type": "application/json"}

    def _post(self, what: str, body: dict[str, Any]) -> Any:
        with closing(http.client.HTTPConnection(HOST, self.server.port, timeout=10)) as connection:
            connection.request("POST", f"/rest/v1/{what}", json.dumps(body), self.headers())
            answer = connection.getresponse()
            text = answer.read()
        if answer.status != http.HTTPStatus.CREATED:
            raise SystemExit(f"POST {what}: {answer.status} {text[:200]!r}")
        return json.loads(text)


def copy_folder(source: Path, target: Path) -> None:
    """Make a data folder with the same database and secret; the source may be in use."""
    target.mkdir()
    shutil.copy(source / SECRET_FILE, target)
    copy_database(source, target)


def copy_database(source: Path, target: Path) -> None:
    """Make one folder's database what the other's is; servers may be running on both."""
    with (
        closing(sqlite3.connect(source / DATABASE, timeout=30)) as old,
        closing(sqlite3.connect(target / DATABASE, timeout=30)) as new,
    ):
        old.backup(new)
