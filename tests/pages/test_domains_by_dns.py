"""Proofs in a real name server on loopback, and two engines that find them at one moment."""

import threading
from functools import partial

import pytest
from django.db import connection

from factories.actors import DONALD
from factories.pages import make_page
from pingpong.kit.clock import utc_now
from pingpong.kit.egress import txt_records
from pingpong.pages.domains import ask_check, check_due, claim_domain, verified_hosts
from pingpong.pages.models import DomainProblem, Page, PageDomain
from probe.name_server import NameServer

HOST = "status.acme.example"


@pytest.mark.allow_hosts(["127.0.0.0/8", "::1"])
def test_proof_is_found_in_the_dns(db: None) -> None:
    page = make_page()
    records: dict[tuple[str, str], list[str]] = {}
    domain = claim_domain(page, HOST, by=DONALD, now=utc_now())
    with NameServer(records) as server:
        look_up = partial(txt_records, servers=["127.0.0.1"], port=server.port)
        check_due(utc_now(), look_up)
        assert PageDomain.objects.get().problem == DomainProblem.ABSENT
        records[f"_statuspage.{HOST}", "TXT"] = ['"other"', f'"{domain.token}"']
        PageDomain.objects.update(checked_at=None)
        ask_check(page, now=utc_now())
        check_due(utc_now(), look_up)
        assert server.asked == [f"_statuspage.{HOST}"] * 2
    assert list(verified_hosts()) == [HOST]


def test_of_two_that_prove_one_host_at_one_moment_one_has_it(transactional_db: None) -> None:
    pages = [make_page(slug=slug) for slug in ("one", "other")]
    tokens = {claim_domain(page, HOST, by=DONALD, now=utc_now()).token for page in pages}
    both = threading.Barrier(2)

    def look_up(_name: str) -> frozenset[str]:
        both.wait(timeout=5)
        return frozenset(tokens)

    def work() -> None:
        try:
            check_due(utc_now(), look_up)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = sorted(PageDomain.objects.values_list("state", "problem"))
    assert states == [("pending", "taken"), ("verified", "")]
    assert {known.page_id for known in verified_hosts().values()} < set(
        Page.objects.values_list("pk", flat=True)
    )
