"""Whether a failure was the target's, or this machine's own network: pure."""

from dataclasses import dataclass
from enum import Enum

from .job import Seen

NEVER = float("-inf")
# What a network that is gone looks like.
OF_THE_NETWORK = frozenset({"dns_failed", "connect_timeout", "connect_failed", "read_timeout"})


class Belief(Enum):
    TARGET = "the network works, so it was the target"
    OURS = "the network does not work, so nobody knows"
    OPEN = "more has to be seen"


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure that may be ours. `is_public` is true for a name that led to no address."""

    host: str
    is_public: bool
    began_at: float
    ended_at: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of this machine's network. Instants are the monotonic clock's.

    `has_route` is what the kernel says of the target's address, true for a name without one. The
    last answer of another public host, the last look of our own (at canaries or the resolver) and
    the last instant at which the network was known to be gone.
    """

    has_route: bool = True
    answer_began_at: float = NEVER
    answer_ended_at: float = NEVER
    look_began_at: float = NEVER
    look_found: bool = False
    gone_at: float = NEVER


def may_be_ours(seen: Seen) -> bool:
    """Tell whether a failure has to be looked at with suspicion: nothing came back."""
    return seen.word in OF_THE_NETWORK and not seen.is_answered


def believe(failure: Failure, evidence: Evidence) -> Belief:
    """Decide. Only what was seen after the failure counts for the target's guilt.

    An answer from before it says nothing: the network may have gone in between, and a timeout
    takes long.
    """
    if not evidence.has_route:
        return Belief.OURS
    if not failure.is_public:
        return Belief.TARGET
    if evidence.gone_at >= failure.began_at:
        return Belief.OURS
    if (
        evidence.answer_began_at >= failure.began_at
        and evidence.answer_ended_at >= failure.ended_at
    ):
        return Belief.TARGET
    if evidence.look_began_at >= failure.ended_at:
        return Belief.TARGET if evidence.look_found else Belief.OURS
    return Belief.OPEN
