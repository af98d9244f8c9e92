import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from factories.metrics import make_monitor
from factories.moments import at
from factories.pages import make_page
from pingpong.kit.secrets import SecretUnreadableError
from pingpong.monitors.checks import Secrets
from pingpong.monitors.models import Monitor
from pingpong.monitors.sealing import open_secrets, readable_secrets, seal

KNOWN = Secrets(headers=(("X-Key", "s3cret-1"),), password="s3cret-2", bearer="s3cret-3")


@pytest.fixture
def monitor(db: None) -> Monitor:
    return make_monitor(make_page(now=at(0)), now=at(0))


def test_what_was_sealed_opens_again_from_the_row(monitor: Monitor) -> None:
    monitor.sealed_secrets = seal(monitor.pk, KNOWN)
    monitor.save()
    assert open_secrets(Monitor.objects.get()) == KNOWN


def test_no_secrets_leave_nothing_in_the_row(monitor: Monitor) -> None:
    assert (seal(monitor.pk, Secrets()), bytes(monitor.sealed_secrets)) == (b"", b"")
    assert open_secrets(monitor) == Secrets()


def test_what_was_sealed_shows_nothing_and_looks_different_each_time(monitor: Monitor) -> None:
    one, other = seal(monitor.pk, KNOWN), seal(monitor.pk, KNOWN)
    assert one != other
    assert b"s3cret" not in one


def test_what_was_sealed_does_not_open_in_the_row_of_another_monitor(monitor: Monitor) -> None:
    other = make_monitor(monitor.page, "Other", now=at(1))
    other.sealed_secrets = seal(monitor.pk, KNOWN)
    with pytest.raises(SecretUnreadableError):
        open_secrets(other)
    assert readable_secrets(other) == Secrets()


def test_what_was_sealed_does_not_open_under_another_key(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monitor.sealed_secrets = seal(monitor.pk, KNOWN)
    monkeypatch.setattr(settings, "SECRET_KEY", "another secret, long enough to be one")
    with pytest.raises(SecretUnreadableError):
        open_secrets(monitor)


def test_nothing_is_sealed_without_a_key(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECRET_KEY", settings.NO_SECRET_KEY)
    with pytest.raises(ImproperlyConfigured):
        seal(monitor.pk, KNOWN)
