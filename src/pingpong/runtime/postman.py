"""Hands letters of the outbox to the operator's mail server."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr

import structlog
from django.conf import settings

from pingpong.accounts.mail import can_send
from pingpong.accounts.models import Letter
from pingpong.accounts.outbox import claim_letters, note_problem, note_sent
from pingpong.kit.clock import utc_now
from pingpong.kit.smtp_address import SmtpAddress, parse_smtp_url

log = structlog.get_logger(__name__)

TIMEOUT_S = 20
_NOT_ACCEPTED = 500


def send_letters(now: datetime) -> int:
    """Send what is due over one connection; return how many letters were taken by the server.

    Each letter goes once from our side; when the server's last word is lost, it goes once more.
    """
    if not can_send():
        return 0
    letters = list(claim_letters(now=now))
    if not letters:
        return 0
    try:
        with _connection(parse_smtp_url(settings.SMTP_URL)) as server:
            return sum(_send(server, letter) for letter in letters)
    except (OSError, smtplib.SMTPException) as problem:
        log.warning("mail_server_away", problem=type(problem).__name__)
        for letter in letters:
            note_problem(letter, _words(problem), is_final=False, now=utc_now())
        return 0


def _send(server: smtplib.SMTP, letter: Letter) -> bool:
    try:
        server.send_message(_message(letter))
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPException, ValueError) as problem:
        log.warning("letter_not_taken", letter=letter.pk, problem=type(problem).__name__)
        note_problem(letter, _words(problem), is_final=_is_final(problem), now=utc_now())
        with suppress(smtplib.SMTPException):
            server.rset()
        return False
    note_sent(letter, now=utc_now())
    return True


def _message(letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.MAIL_FROM
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = formatdate(letter.created_at.timestamp())
    domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2] or "localhost"
    message["Message-ID"] = make_msgid(f"letter-{letter.pk}", domain=domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    return message


@contextmanager
def _connection(address: SmtpAddress) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if address.tls == "on":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            address.host, address.port, timeout=TIMEOUT_S, context=context
        )
    else:
        server = smtplib.SMTP(address.host, address.port, timeout=TIMEOUT_S)
    with server:
        if address.tls == "starttls":
            server.starttls(context=context)
        if address.user:
            server.login(address.user, address.password)
        yield server


def _is_final(problem: Exception) -> bool:
    """Tell whether the server said that it will never take this letter."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= _NOT_ACCEPTED for code, _ in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPResponseException):
        return problem.smtp_code >= _NOT_ACCEPTED
    return isinstance(problem, ValueError)


def _words(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"
