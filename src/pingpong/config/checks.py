"""Mistakes of operators that can be told before they hurt; `pingpong check` runs these."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 -- its name

from pingpong.kit.data_dir import read_secret

MOUNTS = Path("/proc/mounts")
NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs", "fuse.sshfs", "fuse.s3fs"}
)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@register()
def check_secret_key(**_: Any) -> list[CheckMessage]:
    if read_secret(settings.DATA_DIR):
        return []
    return [
        Error(
            "There is no secret key yet.",
            hint="Run `pingpong up` once, or set PINGPONG_SECRET_KEY.",
            id="pingpong.E001",
        )
    ]


@register()
def check_data_dir(**_: Any) -> list[CheckMessage]:
    folder: Path = settings.DATA_DIR
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"The data folder {folder} does not exist or cannot be written.",
            hint="Set PINGPONG_DATA_DIR to a folder of the user that runs PingPong.",
            id="pingpong.E002",
        )
    ]


@register()
def check_sqlite_place(**_: Any) -> list[CheckMessage]:
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return []
    kind = file_system_of(Path(database["NAME"]).parent)
    if kind not in NETWORK_FILE_SYSTEMS:
        return []
    return [
        Error(
            f"The SQLite database lies on a network file system ({kind}), which breaks its locks.",
            hint="Move the data folder to a local disk, or set DATABASE_URL to PostgreSQL.",
            id="pingpong.E003",
        )
    ]


@register()
def check_debug(**_: Any) -> list[CheckMessage]:
    if not settings.DEBUG or urlsplit(settings.BASE_URL).hostname in LOOPBACK:
        return []
    return [
        Warning(
            f"PINGPONG_DEBUG is on while the server is announced as {settings.BASE_URL}.",
            hint="Unset PINGPONG_DEBUG: its error pages show settings and code to anybody.",
            id="pingpong.W001",
        )
    ]


def file_system_of(path: Path) -> str:
    """Return the type of the file system that holds a path, or an empty text if unknown."""
    place = str(path.resolve())
    holders = [
        (mount, kind)
        for mount, kind in _mounts()
        if place == mount or place.startswith(mount.rstrip("/") + "/")
    ]
    return max(holders, key=lambda holder: len(holder[0]), default=("", ""))[1]


def _mounts() -> Iterator[tuple[str, str]]:
    if not MOUNTS.exists():
        return
    for line in MOUNTS.read_text().splitlines():
        _, mount, kind, *_ = line.split(" ")
        yield mount.replace("\\040", " "), kind
