"""Taking letters out of the outbox: claimed by a compare-and-swap, tried for a day."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import F, Q

from .models import Letter

BATCH = 20
# Longer than a mail server may take; a claim of an engine that died ends by itself.
CLAIMED_FOR = timedelta(minutes=5)
GIVES_UP_AFTER = timedelta(days=1)
KEPT_FOR = timedelta(days=7)
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=1)
_PROBLEM_LENGTH = 300


def claim_letters(*, now: datetime) -> Iterator[Letter]:
    """Yield letters that are due, each to one engine, until none is left of this batch."""
    is_free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    due = Letter.objects.filter(is_free, next_try_at__lte=now)
    for letter in list(due.order_by("next_try_at", "pk")[:BATCH]):
        claimed = due.filter(pk=letter.pk, tries=letter.tries).update(
            claimed_until=now + CLAIMED_FOR, tries=F("tries") + 1
        )
        if claimed:
            letter.tries += 1
            yield letter


def note_sent(letter: Letter, *, now: datetime) -> None:
    """Put a letter away. What it said is forgotten: links in it open accounts."""
    Letter.objects.filter(pk=letter.pk, tries=letter.tries).update(
        sent_at=now, next_try_at=None, claimed_until=None, problem="", text="", html=""
    )


def note_problem(letter: Letter, problem: str, *, is_final: bool, now: datetime) -> None:
    """Keep a letter for a later try, ever less often; after a day, or at once, give up on it."""
    pause = min(_FIRST_PAUSE * 2 ** min(letter.tries - 1, 10), _LONGEST_PAUSE)
    gives_up = is_final or now + pause - letter.created_at > GIVES_UP_AFTER
    done = {"given_up_at": now, "text": "", "html": ""} if gives_up else {}
    mine = Letter.objects.filter(pk=letter.pk, tries=letter.tries, sent_at=None, given_up_at=None)
    mine.update(
        next_try_at=None if gives_up else now + pause,
        claimed_until=None,
        problem=problem[:_PROBLEM_LENGTH],
        **done,
    )


def forget_old(now: datetime) -> int:
    """Delete letters that are done with for a week; return how many."""
    done = Letter.objects.filter(next_try_at__isnull=True, created_at__lt=now - KEPT_FOR)
    return done.delete()[0]
