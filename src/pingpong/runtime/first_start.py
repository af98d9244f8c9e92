"""The short-lived process that makes a data folder ready, so that the supervisor stays small."""

import sys

from .django_side import database_troubles_told, set_up_django
from .problem import DatabaseUnusableError, StartError

DATABASE_UNUSABLE = 3


def main(arguments: list[str]) -> int:
    """Make ready; exit codes: 0 done, 1 a problem that was told, 3 no usable database."""
    try:
        set_up_django()
        from .provision import make_ready

        with database_troubles_told():
            make_ready(demo="--demo" in arguments)
    except StartError as problem:
        sys.stderr.write(f"{problem}\n")
        return DATABASE_UNUSABLE if isinstance(problem, DatabaseUnusableError) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
