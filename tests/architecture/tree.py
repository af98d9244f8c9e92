"""The files of the product, as the rules about them look at them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "pingpong"


@cache
def committed() -> tuple[Path, ...]:
    """Return every file that is, or is about to be, committed."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    files = (ROOT / name for name in listing.stdout.split("\0") if name)
    return tuple(sorted(file for file in files if file.is_file()))


def under(*folders: str, suffix: str = ".py") -> list[Path]:
    """Return the files of some folders with one suffix, without what Django generates."""
    return [
        file
        for file in committed()
        if file.suffix == suffix
        and shown(file).startswith(tuple(f"{folder}/" for folder in folders))
        and "migrations" not in file.parts
    ]


def shown(file: Path) -> str:
    return str(file.relative_to(ROOT))


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), filename=str(file))


def imports(file: Path) -> Iterator[str]:
    """Yield the dotted name of everything that a file imports."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{name.name}" for name in node.names)
