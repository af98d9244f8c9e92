"""Whose fault a silence was, as a table."""

import pytest

from pingpong.probe.evidence import Belief, Evidence, Failure, believe, may_be_ours
from pingpong.probe.job import Seen

# A check that began at 100 and timed out at 110.
PUBLIC = Failure("shop.example", is_public=True, began_at=100, ended_at=110)
PRIVATE = Failure("10.0.0.7", is_public=False, began_at=100, ended_at=110)


def answer(began_at: float, ended_at: float) -> Evidence:
    return Evidence(answer_began_at=began_at, answer_ended_at=ended_at)


@pytest.mark.parametrize(
    ("failure", "evidence", "belief"),
    [
        (PUBLIC, Evidence(), Belief.OPEN),
        (PUBLIC, Evidence(has_route=False), Belief.OURS),
        (PRIVATE, Evidence(), Belief.TARGET),
        (PRIVATE, Evidence(has_route=False), Belief.OURS),
        (PRIVATE, Evidence(gone_at=105), Belief.TARGET),
        # Another host answered after it, or too early, or to a question that is too old.
        (PUBLIC, answer(109, 111), Belief.TARGET),
        (PUBLIC, answer(100, 110), Belief.TARGET),
        (PUBLIC, answer(101, 109), Belief.OPEN),
        (PUBLIC, answer(99, 111), Belief.OPEN),
        # A look of our own began after it, or before.
        (PUBLIC, Evidence(look_began_at=110, look_found=True), Belief.TARGET),
        (PUBLIC, Evidence(look_began_at=110, look_found=False), Belief.OURS),
        (PUBLIC, Evidence(look_began_at=109, look_found=True), Belief.OPEN),
        (PUBLIC, Evidence(look_began_at=109, look_found=False), Belief.OPEN),
        # The network was gone while it waited, or only before.
        (PUBLIC, Evidence(gone_at=104), Belief.OURS),
        (PUBLIC, Evidence(gone_at=104, answer_began_at=111, answer_ended_at=112), Belief.OURS),
        (PUBLIC, Evidence(gone_at=99, look_began_at=111, look_found=True), Belief.TARGET),
    ],
)
def test_failure_is_believed_by_what_was_seen_after_it(
    failure: Failure, evidence: Evidence, belief: Belief
) -> None:
    assert believe(failure, evidence) is belief


@pytest.mark.parametrize(
    ("seen", "is_doubted"),
    [
        (Seen("dns_failed"), True),
        (Seen("connect_timeout"), True),
        (Seen("connect_failed"), True),
        (Seen("read_timeout"), True),
        (Seen("read_timeout", is_answered=True), False),
        (Seen("dns_failed", is_answered=True), False),
        (Seen("connect_refused"), False),
        (Seen("tls_invalid"), False),
        (Seen("status_unexpected", is_answered=True), False),
        (Seen("blocked_by_policy"), False),
        (Seen("probe_fault"), False),
        (Seen("up", is_answered=True), False),
    ],
)
def test_only_silence_is_doubted(seen: Seen, is_doubted: bool) -> None:
    assert may_be_ours(seen) is is_doubted
