"""Bounded handshakes: what waits for its turn is done when another leaves."""

from pathlib import Path

import pytest

from pingpong.probe.contract import Check
from pingpong.probe.lanes import MOST_TLS
from probe.authority import Authority
from probe.bench import bench
from probe.farm import Farm, tls_context

pytestmark = pytest.mark.probe


def test_handshakes_beyond_the_bound_begin_when_others_are_through(tmp_path: Path) -> None:
    certificate = Authority(tmp_path).issue("shop.test")
    count = 4 * MOST_TLS
    with bench() as lab, Farm(tls=tls_context(certificate)) as farm:
        outcomes = lab.ask(*[Check(url=farm.url(), verify_tls=False)] * count)
    assert [one.word for one in outcomes] == ["up"] * count
