"""The stages of `bin/ci`, in order. A new check is a new entry here."""

from dataclasses import dataclass

PYTHON = "python"
PYTEST = (PYTHON, "-m", "pytest", "-p", "no:cacheprovider")
DJANGO = (PYTHON, "-m", "django")
QUICK = "not (e2e or browser or broker or netns or probe or faults or scaled)"
NOT_ODD = ("--ignore=tests/schemathesis",)
# What never asks a database, or asks any of them alike: once is enough. Commands of their own
# process found an installation on SQLite.
NOT_OF_A_DATABASE = tuple(
    f"--ignore=tests/{place}"
    for place in (
        *("architecture", "config", "docs", "kit", "probe", "tools"),
        *(f"api/test_{name}.py" for name in ("bad_bodies", "bad_depth", "bad_paths", "cors")),
        *(f"api/test_{name}.py" for name in ("check_fields", "errors", "html", "tenants")),
        *("runtime/test_cli.py", "runtime/test_user_commands.py", "runtime/demo/test_fill.py"),
        *(f"dashboard/test_{name}.py" for name in ("roles", "untranslated")),
    )
)

# Of the screens those whose questions a database may take amiss: lists, teams, the audit log.
NOT_A_SCREEN = ("-k", "not dashboard or query or team or list")


@dataclass(frozen=True)
class Stage:
    """Commands that all must succeed, and how long they may take together.

    `needs` are tools that Debian has (see `packages`), `server` is one that runs meanwhile (see
    `servers`). The closing line of a stage that `counts_tests` is printed.
    """

    name: str
    about: str
    budget_s: int
    commands: tuple[tuple[str, ...], ...]
    needs: tuple[str, ...] = ()
    server: str = ""
    counts_tests: bool = False


STAGES = (
    Stage("format", "ruff format", 10, (("ruff", "format", "--check", "."),)),
    Stage("lint", "ruff check", 10, (("ruff", "check", "."),)),
    Stage("types", "mypy --strict", 45, (("mypy",),)),
    Stage("imports", "the dependency law", 10, (("lint-imports",),)),
    Stage(
        "templates",
        "djlint",
        15,
        (("djlint", "--check", "src/pingpong/public"), ("djlint", "--lint", "src")),
    ),
    Stage(
        "migrations",
        "none is missing",
        10,
        ((*DJANGO, "makemigrations", "--check", "--dry-run"),),
    ),
    Stage("openapi", "the committed document", 15, ((PYTHON, "tools/ci/openapi.py"),)),
    Stage(
        "sqlite",
        "tests on SQLite",
        390,
        ((*PYTEST, "-n", "2", "-m", QUICK, *NOT_ODD),),
        counts_tests=True,
    ),
    Stage(
        "postgresql",
        "tests on PostgreSQL",
        270,
        ((*PYTEST, "-n", "2", "-m", QUICK, *NOT_A_SCREEN, *NOT_ODD, *NOT_OF_A_DATABASE),),
        needs=("postgresql",),
        server="postgresql",
        counts_tests=True,
    ),
    Stage(
        "schemathesis",
        "thousands of odd requests",
        80,
        ((*PYTEST, "-n", "2", "tests/schemathesis"),),
        counts_tests=True,
    ),
    Stage(
        "broker",
        "tests on Redis",
        25,
        ((*PYTEST, "-m", "broker", "tests/broker"),),
        needs=("redis",),
        server="redis",
        counts_tests=True,
    ),
    Stage(
        "network",
        "tests in network namespaces",
        60,
        ((*PYTEST, "-n", "2", "-m", "netns", "tests/faults", "tests/kit", "tests/lab"),),
        needs=("iproute2",),
        counts_tests=True,
    ),
    Stage(
        "probe",
        "the prober against servers of all manners",
        90,
        ((*PYTEST, "-n", "2", "-m", "probe", "tests/probe"),),
        needs=("redis",),
        server="redis",
        counts_tests=True,
    ),
    Stage(
        "faults",
        "locks, kills and clocks; two of everything",
        250,
        # What takes longest begins first.
        ((*PYTEST, "-n", "3", "-m", "faults or scaled", "tests/scaled", "tests/faults"),),
        needs=("gcc", "postgresql", "redis"),
        server="postgresql+redis",
        counts_tests=True,
    ),
    Stage(
        "browser",
        "pages in a real browser",
        90,
        ((*PYTEST, "-n", "2", "-m", "browser", "tests/public", "tests/dashboard"),),
        needs=("chromium", "fonts"),
        counts_tests=True,
    ),
    Stage(
        "e2e",
        "the whole product",
        130,
        ((*PYTEST, "-m", "e2e or browser", "tests/e2e", "tests/docs"),),
        needs=("chromium", "curl", "fonts"),
        counts_tests=True,
    ),
)
TOTAL_BUDGET_S = 25 * 60
