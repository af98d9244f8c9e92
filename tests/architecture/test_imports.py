"""What import-linter cannot say of the dependency law."""

from .tree import SOURCE, imports, shown, under

DOMAIN = (
    *("overview", "monitors", "incidents", "maintenance", "custom_metrics", "components"),
    *("teams", "pages", "accounts", "events", "fields", "kit"),
)
HTTP = ("django.http", "django.shortcuts", "django.views", "django.urls", "rest_framework")
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals")


def importing(names: tuple[str, ...], *folders: str) -> list[str]:
    """Return the files of some packages that import one of the names."""
    files = under(*(f"src/pingpong/{folder}" for folder in folders))
    return [
        shown(file)
        for file in files
        if any(name == one or name.startswith(f"{one}.") for name in imports(file) for one in names)
    ]


def test_domain_packages_know_no_http() -> None:
    assert importing(HTTP, *DOMAIN) == []


def test_packages_do_not_talk_by_signals() -> None:
    packages = [folder.name for folder in SOURCE.iterdir() if folder.is_dir()]
    assert importing(SIGNALS, *packages) == []


def test_wall_clock_has_one_door() -> None:
    readers = ("datetime.now(", "datetime.utcnow(", "timezone.now(", "date.today(")
    found = {
        shown(file)
        for file in under("src")
        if any(reader in file.read_text() for reader in readers)
    }
    assert found == {"src/pingpong/kit/clock.py"}
