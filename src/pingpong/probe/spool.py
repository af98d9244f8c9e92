"""Messages on disk until somebody else has them: append-only files, the oldest first."""

import fcntl
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import structlog

MOST_BYTES = 256 * 1024 * 1024
FILE_BYTES = 4 * 1024 * 1024
_HEAD = struct.Struct(">II")  # length, CRC-32
_LONGEST_RECORD = 16 * 1024 * 1024
_SUFFIX = ".outcomes"

log = structlog.get_logger(__name__)


class SpoolBusyError(Exception):
    """Another process uses the folder; the text is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is: a file's number, and where its payload begins there."""

    file: int
    offset: int
    length: int


@dataclass(slots=True)
class _File:
    descriptor: int
    size: int = 0
    live: int = 0
    is_synced: bool = True


class Spool:
    """Used by one thread of one process.

    What was added outlives the process, what was synced outlives a power cut. A record is live
    from `add` to `remove`; a file without live ones is deleted. When all files together are larger
    than `most_bytes`, the oldest one goes, whatever is in it.
    """

    def __init__(
        self, folder: Path, *, most_bytes: int = MOST_BYTES, file_bytes: int = FILE_BYTES
    ) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._most_bytes = most_bytes
        self._file_bytes = file_bytes
        self._lock_fd = _lock(folder)
        self._files: dict[int, _File] = {}  # the newest is last
        self._newest = max(self._numbers(), default=0)
        self._bytes = 0

    def recover(self) -> Iterator[tuple[Place, bytes]]:
        """Return what an earlier process left, oldest first; call it before `add`.

        A record that was not written wholly ends its file: what is behind it cannot be found.
        """
        for number in sorted(self._numbers()):
            file = self._open(number)
            raw = os.pread(file.descriptor, os.fstat(file.descriptor).st_size, 0)
            file.size = len(raw)
            self._bytes += file.size
            for offset, payload in _records(raw):
                file.live += 1
                yield Place(number, offset, len(payload)), payload
            if not file.live:
                self._drop(number)
        self._make_room()

    def add(self, payload: bytes) -> Place:
        """Append a record; raises OSError when the disk is full."""
        file = self._files.get(self._newest)
        if file is None or file.size >= self._file_bytes:
            self._newest += 1
            file = self._open(self._newest)
        place = Place(self._newest, file.size + _HEAD.size, len(payload))
        record = _HEAD.pack(len(payload), zlib.crc32(payload)) + payload
        written = os.pwrite(file.descriptor, record, file.size)
        if written < len(record):
            raise OSError("The disk took a part of a record.")
        file.size += len(record)
        file.live += 1
        file.is_synced = False
        self._bytes += len(record)
        if self._bytes > self._most_bytes:
            self._make_room()
        return place

    def read(self, place: Place) -> bytes | None:
        """Return a record's payload, or None when it was dropped to make room."""
        file = self._files.get(place.file)
        return None if file is None else os.pread(file.descriptor, place.length, place.offset)

    def remove(self, place: Place) -> None:
        """Say that a record has arrived elsewhere."""
        file = self._files.get(place.file)
        if file is None:
            return
        file.live -= 1
        if file.live:
            return
        if place.file == self._newest:
            os.ftruncate(file.descriptor, 0)
            self._bytes -= file.size
            file.size = 0
        else:
            self._drop(place.file)

    def sync(self) -> None:
        """Have everything on the disk itself. It may take long."""
        for file in self._files.values():
            if not file.is_synced:
                os.fsync(file.descriptor)
                file.is_synced = True

    def close(self) -> None:
        self.sync()
        for file in self._files.values():
            os.close(file.descriptor)
        self._files.clear()
        os.close(self._lock_fd)

    def _numbers(self) -> list[int]:
        stems = [path.stem for path in self._folder.glob(f"*{_SUFFIX}")]
        return [int(stem) for stem in stems if stem.isdecimal()]

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:012d}{_SUFFIX}"

    def _open(self, number: int) -> _File:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        file = _File(os.open(self._path(number), flags, 0o600))
        self._files[number] = file
        return file

    def _drop(self, number: int) -> None:
        file = self._files.pop(number)
        os.close(file.descriptor)
        self._path(number).unlink(missing_ok=True)
        self._bytes -= file.size

    def _make_room(self) -> None:
        while self._bytes > self._most_bytes and len(self._files) > 1:
            oldest = next(iter(self._files))
            log.warning("outcomes_dropped", messages=self._files[oldest].live, reason="spool full")
            self._drop(oldest)


def _records(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Return each whole record's place and payload."""
    offset = 0
    while offset + _HEAD.size <= len(raw):
        length, checksum = _HEAD.unpack_from(raw, offset)
        offset += _HEAD.size
        payload = raw[offset : offset + length]
        if length > _LONGEST_RECORD or len(payload) < length or zlib.crc32(payload) != checksum:
            break
        yield offset, payload
        offset += length
    else:
        if offset == len(raw):
            return
    log.warning("spool_damaged", bytes_lost=len(raw) - offset)


def _lock(folder: Path) -> int:
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise SpoolBusyError(f"Another process keeps its outcomes in {folder}.") from None
    return descriptor
