"""A note in the data folder: for which release and database everything was made ready.

With it a later start needs not load Django to find that there is nothing to migrate.
"""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import pingpong

STAMP_FILE = "start.json"
SQLITE_FILE = "pingpong.sqlite3"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the last complete start found: the schema, and whom to name on the screen.

    The last four are empty while no project has an owner.
    """

    schema: str
    has_demo: bool
    project: str
    slug: str
    email: str
    name: str

    @property
    def has_owner(self) -> bool:
        return bool(self.email)


def write_stamp(data_dir: Path, stamp: Stamp) -> None:
    """Write the note in one step."""
    draft = data_dir / f"{STAMP_FILE}.{os.getpid()}"
    draft.write_text(json.dumps(asdict(stamp)))
    draft.replace(data_dir / STAMP_FILE)


def read_stamp(data_dir: Path) -> Stamp | None:
    """Return the note if it is there and fits this release and database."""
    with suppress(OSError, ValueError, TypeError):
        stamp = Stamp(**json.loads((data_dir / STAMP_FILE).read_text()))
        if stamp.schema == schema_mark(data_dir):
            return stamp
    return None


def schema_mark(data_dir: Path) -> str:
    """Return a digest of the migrations of this release and of which database they are for."""
    root = Path(pingpong.__file__).parent
    migrations = sorted(str(path.relative_to(root)) for path in root.glob("*/migrations/0*.py"))
    parts = [version("django"), *migrations, _database_mark(data_dir)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def is_on_sqlite() -> bool:
    return not os.environ.get("DATABASE_URL") or os.environ["DATABASE_URL"].startswith("sqlite")


def _database_mark(data_dir: Path) -> str:
    """Tell one database from another; a file that was replaced is another."""
    address = os.environ.get("DATABASE_URL", "")
    if not is_on_sqlite():
        return address
    path = Path(address.removeprefix("sqlite:///")) if address else data_dir / SQLITE_FILE
    return f"{path} {path.stat().st_ino if path.exists() else 'missing'}"
