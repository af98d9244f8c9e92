"""One check on its way, from being taken to its outcome."""

from dataclasses import dataclass, field

from .contract import Check


@dataclass(slots=True, eq=False)
class Taken:
    """A batch of assignments; `left` counts those whose outcomes are not kept safely yet.

    `tag` is the transport's own: what it needs to acknowledge the batch.
    """

    id: str
    left: int
    tag: object = None


@dataclass(slots=True, eq=False)
class Job:
    """A check at a slot. Instants are the monotonic clock's; `slot_at` is the slot's."""

    watch: int
    slot: int
    location: str
    check: Check
    slot_at: float
    batches: list[Taken] = field(default_factory=list)
    began_at: float = 0.0
    is_running: bool = False


@dataclass(slots=True, eq=False)
class Seen:
    """What a check saw. `host` and `address` are what the witness needs to know of the target.

    `is_answered` says that something came back over the network. Durations are microseconds.
    """

    word: str
    detail: str = ""
    host: str = ""
    address: str = ""
    is_answered: bool = False
    total_us: int = 0
    dns_us: int = 0
    connect_us: int = 0
    tls_us: int = 0
    first_byte_us: int = 0
    status: int = 0
    certificate_until: int = 0
