from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from factories.actors import DONALD
from factories.moments import at
from factories.pages import make_page
from pingpong.events.models import Event
from pingpong.kit.egress import HostUnknownError, ResolverUnavailableError
from pingpong.pages.domains import (
    CHECKED_EVERY,
    HELD_FOR,
    HostInvalidError,
    VerifiedHost,
    ask_check,
    check_due,
    claim_domain,
    forget_old,
    release_domain,
    verified_hosts,
)
from pingpong.pages.hosts import page_host
from pingpong.pages.models import DomainState, HostHold, Page, PageDomain

HOST = "status.acme.example"
DAY = CHECKED_EVERY


class Dns:
    """Records by name, as the tests write them down."""

    def __init__(self) -> None:
        self.records: dict[str, set[str]] = {}
        self.is_away = False

    def __call__(self, name: str) -> frozenset[str]:
        if self.is_away:
            raise ResolverUnavailableError
        if name not in self.records:
            raise HostUnknownError
        return frozenset(self.records[name])

    def prove(self, domain: PageDomain) -> None:
        self.records.setdefault(f"_statuspage.{domain.host}", set()).add(domain.token)


@pytest.fixture
def dns() -> Dns:
    return Dns()


@pytest.fixture
def page(db: None) -> Page:
    return make_page(now=at(0))


@pytest.fixture
def other(db: None) -> Page:
    return make_page(name="Other", slug="other", now=at(0))


def claim(page: Page, host: str = HOST, *, now: datetime | None = None) -> PageDomain:
    return claim_domain(page, host, by=DONALD, now=now or at(0))


def state(page: Page) -> tuple[str, str, int]:
    domain = PageDomain.objects.get(page=page)
    return domain.state, domain.problem, domain.failures


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("Status.ACME.Example", HOST),
        ("status.acme.example.", HOST),
        ("status.acme.example:443", HOST),
        ("https://Status.acme.example/", HOST),
        (" status.acme.example.:8443 ", HOST),
        ("b\u00fccher.example", "xn--bcher-kva.example"),
        ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
    ],
)
def test_host_is_spelled_in_one_way(typed: str, host: str) -> None:
    assert page_host(typed) == host


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "localhost",
        "status",
        "a.localhost",
        "status.local",
        "status.internal",
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "[::1]",
        "::1",
        "testserver",
        "status.corp.example",
        "deep.status.corp.example",
        "allowed.example",
        "below.allowed.example",
        "any.wild.example",
        "a..b.example",
        "-a.example",
        "a_b.example",
        "_statuspage.acme.example",
        "status.acme.example/path",
        "user@status.acme.example",
        "status.acme.example\\@evil.example",
        "ftp://status.acme.example",
        "\uff53tatus.acme.example",
        "x" * 260 + ".example",
    ],
)
def test_host_that_no_page_may_have_is_refused(typed: str, settings: Any) -> None:
    settings.BASE_URL = "https://status.corp.example"
    settings.ALLOWED_HOSTS = ["*", "allowed.example", ".wild.example"]
    with pytest.raises(HostInvalidError):
        page_host(typed)


def test_claimed_host_leads_nowhere_before_its_proof(page: Page, dns: Dns) -> None:
    domain = claim(page)
    assert verified_hosts() == {}
    assert (check_due(at(0), dns), state(page)) == (1, ("pending", "absent", 0))
    dns.records[f"_statuspage.{HOST}"] = {"pingpong-verification=of-somebody-else"}
    ask_check(page, now=at(1))
    assert (check_due(at(1), dns), state(page)) == (1, ("pending", "other", 0))
    door = Page.objects.get(pk=page.pk).door_version
    dns.prove(domain)
    ask_check(page, now=at(2))
    assert (check_due(at(2), dns), state(page)) == (1, ("verified", "", 0))
    assert verified_hosts() == {HOST: VerifiedHost(page.pk, "acme")}
    assert Page.objects.get(pk=page.pk).door_version == door + 1
    assert Event.objects.filter(kind="page.domain_verified").count() == 1


def test_proof_is_looked_for_daily_and_its_third_loss_suspends(page: Page, dns: Dns) -> None:
    dns.prove(claim(page))
    check_due(at(0), dns)
    assert check_due(at(0) + DAY - timedelta(seconds=1), dns) == 0
    dns.is_away = True
    seen = []
    for day in (1, 2, 3):
        assert check_due(at(0) + day * DAY, dns) == 1
        seen.append((state(page), HOST in verified_hosts()))
    assert seen == [
        (("verified", "no_answer", 1), True),
        (("verified", "no_answer", 2), True),
        (("suspended", "no_answer", 3), False),
    ]
    dns.is_away = False
    check_due(at(0) + 4 * DAY, dns)
    assert (state(page), HOST in verified_hosts()) == (("verified", "", 0), True)


def test_two_losses_and_a_proof_begin_anew(page: Page, dns: Dns) -> None:
    dns.prove(claim(page))
    for day, is_away in enumerate((False, True, True, False, True, True)):
        dns.is_away = is_away
        check_due(at(0) + day * DAY, dns)
    assert state(page) == ("verified", "no_answer", 2)


def test_suspended_host_is_not_free(page: Page, other: Page, dns: Dns) -> None:
    dns.prove(claim(page))
    check_due(at(0), dns)
    dns.records.clear()
    for day in (1, 2, 3):
        check_due(at(0) + day * DAY, dns)
    assert state(page)[0] == DomainState.SUSPENDED
    with pytest.raises(HostInvalidError, match="another project"):
        claim(other, now=at(0) + 4 * DAY)


def test_of_two_that_prove_one_host_the_first_has_it(page: Page, other: Page, dns: Dns) -> None:
    for one in (page, other):
        dns.prove(claim(one))
    assert check_due(at(0), dns) == 2
    assert sorted([state(page)[:2], state(other)[:2]]) == [("pending", "taken"), ("verified", "")]
    assert len(verified_hosts()) == HostHold.objects.count() == 1


def test_check_is_made_by_one_engine(page: Page, dns: Dns) -> None:
    claim(page)
    counts = []

    def look_up(name: str) -> frozenset[str]:
        counts.append(check_due(at(0), dns))
        return dns(name)

    assert (check_due(at(0), look_up), counts) == (1, [0])


def test_host_that_was_given_up_is_kept_from_others_for_90_days(
    page: Page, other: Page, dns: Dns
) -> None:
    dns.prove(claim(page))
    check_due(at(0), dns)
    release_domain(page, by=DONALD, now=at(1))
    assert verified_hosts() == {}
    with pytest.raises(HostInvalidError, match="another project"):
        claim(other, now=at(1) + HELD_FOR - timedelta(seconds=1))
    claim(page, now=at(2))  # its own it may have back
    release_domain(page, by=DONALD, now=at(3))
    dns.prove(claim(other, now=at(3) + HELD_FOR))
    check_due(at(3) + HELD_FOR, dns)
    assert verified_hosts() == {HOST: VerifiedHost(other.pk, "other")}


def test_host_of_a_deleted_page_is_kept_from_others_too(page: Page, other: Page, dns: Dns) -> None:
    dns.prove(claim(page))
    check_due(at(0), dns)
    page.delete()
    with pytest.raises(HostInvalidError):
        claim(other, now=at(1))
    assert forget_old(at(1)) == 0
    with pytest.raises(HostInvalidError):
        claim(other, now=at(1) + HELD_FOR - timedelta(seconds=1))
    assert forget_old(at(1) + HELD_FOR) == 1
    claim(other, now=at(1) + HELD_FOR)


def test_claim_that_was_given_up_during_its_check_stays_so(page: Page, dns: Dns) -> None:
    dns.prove(claim(page))

    def look_up(name: str) -> frozenset[str]:
        release_domain(page, by=DONALD, now=at(0))
        return dns(name)

    assert check_due(at(0), look_up) == 1
    assert (verified_hosts(), PageDomain.objects.count()) == ({}, 0)


def test_second_host_of_a_page_is_refused(page: Page) -> None:
    claim(page)
    with pytest.raises(HostInvalidError, match="Give up"):
        claim(page, "www.acme.example")


def test_check_can_be_asked_for_every_few_seconds(page: Page, dns: Dns) -> None:
    claim(page)
    check_due(at(0), dns)
    asked: Callable[[float], bool] = lambda minute: ask_check(page, now=at(minute))  # noqa: E731
    assert [asked(0.01), asked(0.5), asked(0.51)] == [False, True, False]


def test_host_that_became_the_servers_own_shows_no_page(
    page: Page, dns: Dns, settings: Any
) -> None:
    dns.prove(claim(page))
    check_due(at(0), dns)
    settings.BASE_URL = f"https://{HOST}"
    assert verified_hosts() == {}
