"""The committed OpenAPI document against what the code says."""

import difflib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

COMMITTED = Path("docs/api/openapi.json")
SHOWN_LINES = 80


def refresh() -> int:
    """Write the document as the code says it."""
    COMMITTED.parent.mkdir(parents=True, exist_ok=True)
    COMMITTED.write_text(_generate())
    sys.stdout.write(f"Wrote {COMMITTED}.\n")
    return 0


def compare() -> int:
    """Return 0 when the committed document is what the code says, else show the difference."""
    fresh = _generate()
    known = COMMITTED.read_text() if COMMITTED.exists() else ""
    if fresh == known:
        return 0
    lines = list(
        difflib.unified_diff(
            known.splitlines(), fresh.splitlines(), str(COMMITTED), "the code", lineterm=""
        )
    )
    for line in lines[:SHOWN_LINES]:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(
        f"{COMMITTED} is not what the code says ({len(lines)} lines of difference); "
        "bin/ci --refresh-openapi writes it anew.\n"
    )
    return 1


def _generate() -> str:
    """Return the document as it is committed: indented, in the order of the code."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "openapi.json")
        words = ["spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json"]
        subprocess.run(
            [sys.executable, "-m", "django", *words, "--file", str(file)],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "pingpong.config.settings"},
            check=True,
        )
        document = json.loads(file.read_text())
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(compare())
