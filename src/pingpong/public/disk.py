"""The copy of the store on local disk: what is served when there is no database to ask.

One file per path: a line of JSON that says what it is, then the bytes of the three encodings.
"""

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .copies import Copy, Encodings, digest_of

_SUFFIX = ".page"
_VOUCHED = "vouched.json"
_PLACES = "places.json"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of copies. Files are replaced whole: a reader sees the old one or the new one."""

    folder: Path

    def write(self, copy: Copy, *, vouched_at: float) -> None:
        """Keep a copy, and when it was last known to be right."""
        content = b"".join((copy.bodies.identity, copy.bodies.gzip, copy.bodies.brotli))
        header = {
            "path": copy.path,
            "page_id": copy.page_id,
            "version": copy.version,
            "content_type": copy.content_type,
            "policy": copy.policy,
            "digest": copy.digest,
            "slot": copy.slot,
            "notice": copy.notice,
            "robots": copy.robots,
            "languages": copy.languages,
            "vouched_at": vouched_at,
            "sizes": [len(copy.bodies.identity), len(copy.bodies.gzip), len(copy.bodies.brotli)],
            # Instead of waiting for the disk: what a power cut tore is known and made anew.
            "checksum": digest_of(content),
        }
        self._replace(self._file(copy.path), json.dumps(header).encode() + b"\n" + content)

    def read(self, path: str) -> Copy | None:
        """Return the copy of a path, None where there is no whole one."""
        found = _read(self._file(path))
        return None if found is None else found[0]

    def remove(self, path: str) -> None:
        self._file(path).unlink(missing_ok=True)

    def all(self) -> Iterator[tuple[Copy, float]]:
        """Return every whole copy and when it was last vouched for; damaged ones are left out."""
        vouched = self._vouched()
        for file in sorted(self.folder.glob(f"*{_SUFFIX}")):
            found = _read(file)
            if found is not None:
                copy, vouched_at = found
                yield copy, max(vouched_at, vouched.get(copy.page_id, 0.0))

    def tidy(self) -> None:
        """Remove what a writer that was killed has left half done."""
        if self.folder.is_dir():
            with self._only_writer():
                for draft in self.folder.glob("*.draft"):
                    draft.unlink(missing_ok=True)

    def write_vouched(self, vouched: dict[str, float]) -> None:
        """Keep when each page was last known to be right, in seconds since 1970."""
        self._replace(self.folder / _VOUCHED, json.dumps(vouched).encode())

    def write_places(self, facts: dict[str, Any]) -> None:
        """Keep which page is where, and which are not for everybody."""
        self._replace(self.folder / _PLACES, json.dumps(facts).encode())

    def read_places(self) -> Any:
        """Return what `write_places` kept; None where that is gone or torn."""
        try:
            return json.loads((self.folder / _PLACES).read_bytes())
        except (OSError, ValueError):
            return None

    def _vouched(self) -> dict[str, float]:
        try:
            told = json.loads((self.folder / _VOUCHED).read_bytes())
            return {str(page_id): float(at) for page_id, at in told.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}

    def _file(self, path: str) -> Path:
        name = hashlib.blake2b(path.encode(), digest_size=16).hexdigest()
        return self.folder / f"{name}{_SUFFIX}"

    def _replace(self, file: Path, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}.draft")
        with self._only_writer():
            try:
                draft.write_bytes(content)
                draft.replace(file)
            finally:
                draft.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _only_writer(self) -> Iterator[None]:
        with (self.folder / _LOCK).open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _read(file: Path) -> tuple[Copy, float] | None:
    try:
        line, _, content = file.read_bytes().partition(b"\n")
        facts: dict[str, Any] = json.loads(line)
        identity, gzip, _brotli = facts.pop("sizes")
        vouched_at = float(facts.pop("vouched_at"))
        if facts.pop("checksum") != digest_of(content):
            return None
        middle = identity + gzip
        bodies = Encodings(content[:identity], content[identity:middle], content[middle:])
        return Copy(**facts, bodies=bodies), vouched_at
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
