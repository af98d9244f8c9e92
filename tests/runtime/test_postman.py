"""Letters, handed to a real mail server on this machine."""

import itertools
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as django_settings

from pingpong.accounts import outbox
from pingpong.accounts.mail import write_letter
from pingpong.accounts.models import Letter
from pingpong.kit.clock import utc_now
from pingpong.runtime.postman import send_letters

pytestmark = [pytest.mark.django_db, pytest.mark.allow_hosts(["127.0.0.1", "::1", "localhost"])]

NOW = utc_now()


class Sink:
    """Keeps what it is given; refuses what is for somebody of `refused`, with its answer."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.refused: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 OK"


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    sink = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setattr(django_settings, "SMTP_URL", f"smtp://127.0.0.1:{port}?tls=off")
    monkeypatch.setattr(django_settings, "MAIL_FROM", "Status <status@acme.example>")
    yield sink
    server.stop()


def write(to: str = "daisy@acme.example", *, now: datetime = NOW, **more: str) -> Letter:
    write_letter(
        to=to, subject="Schöne Grüße", text="Hier: https://acme.example/x", now=now, **more
    )
    return Letter.objects.latest("pk")


def test_letter_is_taken_by_the_server_once(sink: Sink) -> None:
    write()
    assert (send_letters(NOW), send_letters(NOW)) == (1, 0)
    (mail,) = sink.taken
    assert (mail["From"], mail["To"]) == ("Status <status@acme.example>", "daisy@acme.example")
    assert (mail["Subject"], mail["Auto-Submitted"]) == ("Schöne Grüße", "auto-generated")
    assert mail.get_content().strip() == "Hier: https://acme.example/x"


def test_letter_with_html_brings_both(sink: Sink) -> None:
    write(html="<p>Here</p>")
    send_letters(NOW)
    kinds = [part.get_content_type() for part in sink.taken[0].walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]


def test_letter_that_was_sent_keeps_no_link(sink: Sink) -> None:
    letter = write()
    send_letters(NOW)
    letter.refresh_from_db()
    assert (letter.text, letter.next_try_at, letter.problem) == ("", None, "")
    assert letter.sent_at is not None


def test_letter_that_nobody_takes_is_given_up_and_holds_up_no_other(sink: Sink) -> None:
    sink.refused = {"gone@acme.example": "550 No such user"}
    gone, other = write("gone@acme.example"), write()
    assert send_letters(NOW) == 1
    gone.refresh_from_db()
    other.refresh_from_db()
    assert gone.given_up_at is not None
    assert "550" in gone.problem
    assert other.sent_at is not None


def test_letter_that_is_put_off_is_tried_again(sink: Sink) -> None:
    sink.refused = {"busy@acme.example": "451 Later"}
    letter = write("busy@acme.example")
    assert send_letters(NOW) == 0
    sink.refused = {}
    letter.refresh_from_db()
    assert letter.next_try_at is not None
    assert (send_letters(letter.next_try_at), len(sink.taken)) == (1, 1)


def test_letters_wait_for_a_server_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django_settings, "SMTP_URL", "smtp://127.0.0.1:9?tls=off")
    letter = write()
    assert send_letters(NOW) == 0
    letter.refresh_from_db()
    assert (letter.tries, letter.claimed_until, letter.given_up_at) == (1, None, None)
    assert "ConnectionRefusedError" in letter.problem


def test_password_is_not_sent_over_an_open_line(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = django_settings.SMTP_URL.replace("//", "//me:secret@").replace("off", "starttls")
    monkeypatch.setattr(django_settings, "SMTP_URL", address)
    letter = write()
    assert (send_letters(NOW), sink.taken) == (0, [])
    letter.refresh_from_db()
    assert "secret" not in letter.problem


def test_two_engines_send_a_letter_once(sink: Sink) -> None:
    write()
    first = list(outbox.claim_letters(now=NOW))
    assert (len(first), list(outbox.claim_letters(now=NOW))) == (1, [])


def test_letter_of_an_engine_that_died_is_claimed_again(sink: Sink) -> None:
    write()
    list(outbox.claim_letters(now=NOW))
    later = NOW + outbox.CLAIMED_FOR + timedelta(seconds=1)
    assert send_letters(later) == 1


def test_tries_grow_rarer_and_end_after_a_day(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django_settings, "SMTP_URL", "smtp://mail.example")
    letter = write()
    tried_at = []
    now: datetime | None = NOW
    while now is not None:
        (claimed,) = outbox.claim_letters(now=now)
        tried_at.append(now)
        outbox.note_problem(claimed, "away", is_final=False, now=now)
        letter.refresh_from_db()
        now = letter.next_try_at
    pauses = [after - before for before, after in itertools.pairwise(tried_at)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=30), timedelta(hours=1))
    assert timedelta(hours=22) < tried_at[-1] - NOW < timedelta(days=1)
    assert (letter.text, letter.given_up_at) == ("", tried_at[-1])


def test_old_letters_are_forgotten(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django_settings, "SMTP_URL", "smtp://mail.example")
    done, waiting = write(), write()
    outbox.note_sent(done, now=NOW)
    assert outbox.forget_old(NOW + timedelta(days=8)) == 1
    assert list(Letter.objects.all()) == [waiting]
