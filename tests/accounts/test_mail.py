from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.db import transaction

from pingpong.accounts.mail import can_send, write_letter
from pingpong.accounts.models import Letter
from pingpong.kit.clock import utc_now

NOW = utc_now()


@pytest.fixture
def _server(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(django_settings, "SMTP_URL", "smtp://mail.example")
    return


@pytest.mark.usefixtures("_server")
def test_letter_waits_from_the_moment_it_is_written() -> None:
    write_letter(to="a@acme.example", subject="Come\r\nBcc: x", text="Here.", now=NOW)
    letter = Letter.objects.get()
    assert (letter.to, letter.subject, letter.text) == ("a@acme.example", "Come Bcc: x", "Here.")
    assert (letter.next_try_at, letter.sent_at, letter.tries) == (NOW, None, 0)


@pytest.mark.usefixtures("_server")
def test_letter_of_a_change_that_failed_was_never_written() -> None:
    with transaction.atomic():
        write_letter(to="a@acme.example", subject="Come", text="Here.", now=NOW)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_letter_without_a_mail_server_is_not_kept(db: None) -> None:
    assert not can_send()
    write_letter(to="a@acme.example", subject="Come", text="Here.", now=NOW)
    assert not Letter.objects.exists()
