"""A host of a page's own: claimed, proven in the DNS, looked after, and given up.

Nothing leads to a host before a TXT record at `_statuspage.<host>` has proven it. Many may claim
one; the first that proves it holds it, also for a while after giving it up.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from pingpong.events.journal import record, wake
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.kit.egress import HostUnknownError, ResolverUnavailableError

from .hosts import HostInvalidError, is_reserved, page_host
from .models import DomainProblem, DomainState, HostHold, Page, PageDomain
from .versions import touch

__all__ = [
    "HostInvalidError",
    "VerifiedHost",
    "ask_check",
    "check_due",
    "claim_domain",
    "forget_old",
    "release_domain",
    "verified_hosts",
]

RECORD = "_statuspage"
# A host that was given up is kept this long for the page that had it.
HELD_FOR = timedelta(days=90)
CHECKED_EVERY = timedelta(days=1)
# Of a new claim the DNS is asked often, as long as somebody may be waiting for it.
NEW_CHECKED_EVERY = timedelta(minutes=10)
NEW_FOR = timedelta(days=2)
MOST_FAILURES = 3
ASKED_AGAIN_AFTER = timedelta(seconds=5)
_AT_ONCE = 20
# A check that was begun and not ended is begun again after this.
_CHECK_TAKES = timedelta(minutes=2)

LookUp = Callable[[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class VerifiedHost:
    page_id: str
    slug: str


def verified_hosts() -> dict[str, VerifiedHost]:
    """Return whose page each proven host shows, by canonical host. One query.

    Hosts that have become the installation's own since are left out.
    """
    rows = PageDomain.objects.filter(state=DomainState.VERIFIED).values_list(
        "host", "page_id", "page__slug"
    )
    return {host: VerifiedHost(*page) for host, *page in rows if not is_reserved(host)}


@transaction.atomic
def claim_domain(page: Page, typed: str, *, by: Actor, now: datetime) -> PageDomain:
    """Name the host that a page wants; raises HostInvalidError. The engine looks for the proof."""
    touch(page.pk)
    host = page_host(typed)
    if PageDomain.objects.filter(page=page).exists():
        raise HostInvalidError("Give up the host that the page has first.")
    if _is_held_by_another(host, page.pk, now=now):
        raise HostInvalidError("This host belongs to another project, or did until lately.")
    domain = PageDomain.objects.create(
        page=page,
        host=host,
        token=f"pingpong-verification={secrets.token_hex(20)}",
        claimed_at=now,
        next_check_at=now,
    )
    _record(Kind.PAGE_DOMAIN_CLAIMED, domain, by=by, now=now)
    return domain


def ask_check(page: Page, *, now: datetime) -> bool:
    """Have the engine look for the proof soon; False where it has just looked."""
    rested = Q(checked_at=None) | Q(checked_at__lte=now - ASKED_AGAIN_AFTER)
    domains = PageDomain.objects.filter(rested, page=page, next_check_at__gt=now)
    asked = bool(domains.update(next_check_at=now))
    wake()
    return asked


@transaction.atomic
def release_domain(page: Page, *, by: Actor, now: datetime) -> None:
    """Give up the host of a page; for `HELD_FOR` no other page may have it."""
    touch(page.pk)
    domain = PageDomain.objects.filter(page=page).first()
    if domain is None:
        return
    HostHold.objects.filter(host=domain.host, page_id=page.pk).update(released_at=now)
    _record(Kind.PAGE_DOMAIN_RELEASED, domain, by=by, now=now)
    domain.delete()
    _turn_door(page.pk)


def check_due(now: datetime, look_up: LookUp) -> int:
    """Look for the proofs that are due; return how many were looked for by this call.

    `look_up` returns the TXT records of a name and raises as `kit.egress.txt_records` does.
    """
    due = PageDomain.objects.filter(next_check_at__lte=now).order_by("next_check_at")
    taken = 0
    for domain in list(due[:_AT_ONCE]):
        rows = PageDomain.objects.filter(
            pk=domain.pk, token=domain.token, next_check_at=domain.next_check_at
        )
        if rows.update(next_check_at=now + _CHECK_TAKES):
            _note(domain, _problem(domain, look_up), now=now)
            taken += 1
    return taken


def forget_old(now: datetime) -> int:
    """Let go of hosts that were given up long ago, also by deleting their pages."""
    used = PageDomain.objects.values_list("host", "page_id")
    holds = HostHold.objects.filter(released_at=None).values_list("host", "page_id")
    left = set(holds) - set(used)
    HostHold.objects.filter(host__in=[host for host, _ in left], released_at=None).update(
        released_at=now
    )
    gone, _ = HostHold.objects.filter(released_at__lte=now - HELD_FOR).delete()
    return gone


def _problem(domain: PageDomain, look_up: LookUp) -> DomainProblem:
    try:
        records = look_up(f"{RECORD}.{domain.host}")
    except HostUnknownError:
        return DomainProblem.ABSENT
    except ResolverUnavailableError:
        return DomainProblem.NO_ANSWER
    return DomainProblem.NONE if domain.token in records else DomainProblem.OTHER


@transaction.atomic
def _note(seen: PageDomain, problem: DomainProblem, *, now: datetime) -> None:
    """Write down what a check has found; a claim that was given up meanwhile stays so."""
    touch(seen.page_id)
    domain = PageDomain.objects.filter(pk=seen.pk, token=seen.token).first()
    if domain is None:
        return
    if problem == DomainProblem.NONE and not _hold(domain, now=now):
        problem = DomainProblem.TAKEN
    before = domain.state
    domain.checked_at, domain.problem = now, problem
    if problem == DomainProblem.NONE:
        domain.state, domain.failures = DomainState.VERIFIED, 0
        domain.verified_at = domain.verified_at or now
    elif domain.state == DomainState.VERIFIED:
        domain.failures += 1
        if domain.failures >= MOST_FAILURES:
            domain.state = DomainState.SUSPENDED
    is_new = domain.state == DomainState.PENDING and now - domain.claimed_at < NEW_FOR
    domain.next_check_at = now + (NEW_CHECKED_EVERY if is_new else CHECKED_EVERY)
    domain.save()
    if domain.state != before:
        _turn_door(domain.page_id)
        is_proven = domain.state == DomainState.VERIFIED
        kind = Kind.PAGE_DOMAIN_VERIFIED if is_proven else Kind.PAGE_DOMAIN_SUSPENDED
        _record(kind, domain, by=Actor(domain.page.name), now=now)


def _hold(domain: PageDomain, *, now: datetime) -> bool:
    """Take the host for the page; False where another one was faster, or holds it still."""
    held, _ = HostHold.objects.get_or_create(host=domain.host, defaults={"page_id": domain.page_id})
    if held.page_id != domain.page_id and not _has_lapsed(held, now=now):
        return False
    # Of two that find the same lapsed hold, one changes it.
    own = HostHold.objects.filter(
        host=domain.host, page_id=held.page_id, released_at=held.released_at
    )
    return bool(own.update(page_id=domain.page_id, released_at=None))


def _is_held_by_another(host: str, page_id: str, *, now: datetime) -> bool:
    held = HostHold.objects.filter(host=host).exclude(page_id=page_id).first()
    return held is not None and not _has_lapsed(held, now=now)


def _has_lapsed(held: HostHold, *, now: datetime) -> bool:
    return held.released_at is not None and held.released_at <= now - HELD_FOR


def _turn_door(page_id: str) -> None:
    Page.objects.filter(pk=page_id).update(door_version=F("door_version") + 1)


def _record(kind: Kind, domain: PageDomain, *, by: Actor, now: datetime) -> None:
    data = {"host": domain.host}
    if kind == Kind.PAGE_DOMAIN_SUSPENDED:
        data["problem"] = domain.problem
    record(kind, page_id=domain.page_id, subject_id=domain.page_id, by=by, now=now, data=data)
