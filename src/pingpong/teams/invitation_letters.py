"""The letters of invitations, and how many of them there may be."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingpong.accounts.mail import write_letter
from pingpong.kit.text import clean_line

from .models import Invitation, InvitationLetter

PAUSE_OF_ADDRESS = timedelta(minutes=10)
MOST_OF_ADDRESS_A_DAY = 5
MOST_OF_PAGE_A_DAY = 50
_DAY = timedelta(days=1)


class LettersLimitError(Exception):
    """This address was written to a moment ago, or the project has written much today."""


def post_letter(invitation: Invitation, link: str, *, now: datetime) -> None:
    """Write the letter of an invitation into the outbox. Raises LettersLimitError."""
    _count(invitation, now=now)
    person, project = clean_line(invitation.invited_by.name), clean_line(invitation.page.name)
    named = {"person": person, "project": project}
    lines = [
        _("%(person)s invites you to help run the status page of %(project)s.") % named,
        _("Follow this link to accept; it counts once, until %(date)s:")
        % {"date": date_format(invitation.expires_at, "DATE_FORMAT")},
        link,
        _("If you do not know them, leave this letter unanswered: nothing happens then."),
    ]
    subject = _("%(person)s invites you to %(project)s") % named
    write_letter(to=invitation.email, subject=subject, text="\n\n".join(lines), now=now)


def _count(invitation: Invitation, *, now: datetime) -> None:
    InvitationLetter.objects.filter(sent_at__lt=now - _DAY).delete()
    recent = InvitationLetter.objects.filter(sent_at__gte=now - _DAY)
    to_address = recent.filter(address=invitation.email)
    if (
        to_address.filter(sent_at__gt=now - PAUSE_OF_ADDRESS).exists()
        or to_address.count() >= MOST_OF_ADDRESS_A_DAY
        or recent.filter(page_id=invitation.page_id).count() >= MOST_OF_PAGE_A_DAY
    ):
        raise LettersLimitError
    InvitationLetter.objects.create(
        page_id=invitation.page_id, address=invitation.email, sent_at=now
    )
