"""What the commands of a stage find around them: nothing that leaks in, nothing left behind."""

import os
import secrets
import sys
from pathlib import Path

# A developer's own settings must not decide what the checks say.
_LEAKS = (
    *("PINGPONG_", "DATABASE_URL", "BROKER_URL", "DJANGO_", "CELERY", "GRANIAN_", "PG"),
    *("PYTEST_", "PYTHON", "MYPY", "RUFF_", "HYPOTHESIS_", "VIRTUAL_ENV", "COLUMNS"),
)


def clean(folder: Path) -> dict[str, str]:
    """Return the variables for every stage; files go to a folder that is removed at the end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_LEAKS)}
    tools = str(Path(sys.executable).parent)
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    return kept | {
        "PATH": f"{tools}{os.pathsep}{kept.get('PATH', os.defpath)}",
        "TMPDIR": str(temporary),
        "DJANGO_SETTINGS_MODULE": "pingpong.config.settings",
        "PINGPONG_DATA_DIR": str(folder / "data"),
        "PINGPONG_SECRET_KEY": secrets.token_hex(32),
        "LC_ALL": "C.UTF-8",
        "CI": "true",  # by which Hypothesis takes the same examples everywhere, without a clock
    }
