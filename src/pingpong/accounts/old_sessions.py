"""Sessions that nobody can use any more."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session


def forget_old(now: datetime) -> int:
    """Delete sessions that have ended, and failures to sign in that count no more."""
    ended, _ = Session.objects.filter(expire_date__lt=now).delete()
    known = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=known).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME).delete()
    return ended
