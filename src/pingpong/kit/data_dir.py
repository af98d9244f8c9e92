"""The data folder: database, secret key, stored pages. One folder is the whole installation."""

import os
import secrets
from pathlib import Path

SECRET_FILE = "secret.key"  # noqa: S105 -- a file's name
ADDRESS_FILE = "base_url"
LOCATIONS_FILE = "locations"
LEAST_SECRET = 32


class DataDirError(Exception):
    """The folder cannot be used; the text is one sentence for a person."""


def default_data_dir() -> Path:
    """Return PINGPONG_DATA_DIR, or `data` in the current folder."""
    return Path(os.environ.get("PINGPONG_DATA_DIR", "data")).resolve()


def prepare(data_dir: Path) -> None:
    """Make the folder and its secret key (mode 0600) where they are missing.

    Raises DataDirError when the folder cannot be made or written, or the key is too short.
    """
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = data_dir / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
        if not os.environ.get("PINGPONG_SECRET_KEY"):
            _make_secret(data_dir / SECRET_FILE)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise DataDirError(f"The data folder {data_dir} cannot be written: {reason}.") from problem
    if len(read_secret(data_dir)) < LEAST_SECRET:
        raise DataDirError(
            f"The secret key (PINGPONG_SECRET_KEY, or the file {SECRET_FILE} in {data_dir}) "
            f"is shorter than {LEAST_SECRET} characters."
        )


def read_secret(data_dir: Path) -> str:
    """Return the master secret, or an empty text where none was made yet."""
    from_environment = os.environ.get("PINGPONG_SECRET_KEY", "")
    if from_environment:
        return from_environment
    path = data_dir / SECRET_FILE
    return path.read_text().strip() if path.exists() else ""


def read_address(data_dir: Path) -> str:
    """Return the address that the last start announced, or the default one."""
    path = data_dir / ADDRESS_FILE
    return path.read_text().strip() if path.exists() else "http://localhost:8000"


def read_locations(data_dir: Path) -> str:
    """Return the locations that the last start looked from by itself; none without one."""
    path = data_dir / LOCATIONS_FILE
    return path.read_text().strip() if path.exists() else "none"


def _make_secret(path: Path) -> None:
    """Write the key under another name first: a reader sees a whole key or none."""
    if path.exists():
        return
    draft = path.with_name(f"{SECRET_FILE}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails where another start was faster: its key stands
    except FileExistsError:
        pass
    finally:
        draft.unlink()
