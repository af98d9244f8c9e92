"""Noticing that the source changed, for development."""

from pathlib import Path

_KINDS = frozenset({".py", ".html", ".css", ".js", ".svg", ".txt"})


class Sources:
    """The files of a folder as they were at the last look."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen = self._look()

    def changed(self) -> list[str]:
        """Return the names of files that came, went or were written since the last call."""
        now = self._look()
        changed = {name for name, _ in now.items() ^ self._seen.items()}
        self._seen = now
        return sorted(changed)

    def _look(self) -> dict[str, int]:
        return {
            str(path.relative_to(self._root)): path.stat().st_mtime_ns
            for path in self._root.rglob("*")
            if path.suffix in _KINDS and path.is_file()
        }
