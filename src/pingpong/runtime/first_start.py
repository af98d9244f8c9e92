"""The short-lived process that makes a data folder ready, so that the supervisor stays small."""

import sys

from .django_side import database_troubles_told, set_up_django
from .problem import DatabaseUnusableError, StartError

DATABASE_UNUSABLE = 3
INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Make ready; return 0, or one of the codes above, or 1 after a problem that was told."""
    try:
        set_up_django()
        from .provision import make_ready

        with database_troubles_told():
            make_ready(demo="--demo" in arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except StartError as problem:
        sys.stderr.write(f"{problem}\n")
        return DATABASE_UNUSABLE if isinstance(problem, DatabaseUnusableError) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
