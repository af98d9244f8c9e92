import os
from pathlib import Path

from pingpong.runtime.sources import Sources


def test_written_new_and_removed_files_are_named_once(tmp_path: Path) -> None:
    for name in ("kept.py", "written.html", "removed.css"):
        (tmp_path / name).touch()
    sources = Sources(tmp_path)
    assert sources.changed() == []
    os.utime(tmp_path / "written.html", (1, 1))
    (tmp_path / "removed.css").unlink()
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "new.js").touch()
    assert sources.changed() == ["inner/new.js", "removed.css", "written.html"]
    assert sources.changed() == []


def test_files_of_other_kinds_do_not_count(tmp_path: Path) -> None:
    sources = Sources(tmp_path)
    (tmp_path / "module.pyc").touch()
    (tmp_path / "data.sqlite3").touch()
    assert sources.changed() == []
