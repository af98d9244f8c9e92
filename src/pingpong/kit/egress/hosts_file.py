"""The names that the machine's own hosts file knows."""

from functools import lru_cache
from pathlib import Path

HOSTS = Path("/etc/hosts")


def is_in_hosts_file(host: str) -> bool:
    """Tell whether a name in ASCII is in /etc/hosts. One look at the file's time a call."""
    try:
        state = HOSTS.stat()
    except OSError:
        return False
    return host in _names(state.st_mtime_ns, state.st_ino)


@lru_cache(maxsize=1)
def _names(_modified: int, _file: int) -> frozenset[str]:
    try:
        lines = HOSTS.read_text(errors="replace").splitlines()
    except OSError:
        return frozenset()
    words = (line.partition("#")[0].split() for line in lines)
    return frozenset(name.lower() for line in words for name in line[1:])
