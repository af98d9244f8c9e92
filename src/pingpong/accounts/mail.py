"""The outbox: letters are rows of the transaction that they belong to; the engine sends them."""

from datetime import datetime

from django.conf import settings

from .models import Letter

SUBJECT_LENGTH = 300


def can_send() -> bool:
    """Tell whether this installation has a mail server; without one no letter is kept."""
    return bool(settings.SMTP_URL)


def write_letter(*, to: str, subject: str, text: str, now: datetime, html: str = "") -> None:
    """Put a letter into the outbox, where the transaction of the caller decides on it.

    Links in `text` and `html` are made of settings.BASE_URL alone. Without a mail server nothing
    happens: ask :func:`can_send` before saying that something is on its way. One query.
    """
    if not can_send():
        return
    Letter.objects.create(
        to=to,
        subject=" ".join(subject.split())[:SUBJECT_LENGTH],
        text=text,
        html=html,
        created_at=now,
        next_try_at=now,
    )
