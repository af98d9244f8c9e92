"""One public path in memory, with its answers made up to the last header."""

from dataclasses import dataclass

from .copies import HTML, Copy, Encodings
from .feed_sieve import FILTERED
from .negotiate import NAMES

Headers = list[tuple[str, str]]

# Every use is checked with us, so that a change is visible at once; unchanged pages cost a 304.
_CACHE_CONTROL = "public, max-age=0, must-revalidate"
# For what has its digest in its name: style sheets and pictures of a page.
_FOR_GOOD = "public, max-age=31536000, immutable"
CORS: Headers = [
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "Link, X-Total-Count, Retry-After"),
]
SAFE: Headers = [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer")]
# A copy that nobody has vouched for in this time says that it may be out of date.
FRESH_S = 120.0
_SUFFIXES = ("", "-gzip", "-br")


@dataclass(frozen=True, slots=True)
class Answer:
    """One encoding. The lists are shared by all requests: nobody may change them."""

    etag: str
    headers: Headers
    not_modified: Headers
    body: list[bytes]


Answers = tuple[Answer, ...]
"""One answer for each of :data:`negotiate.NAMES`."""


class Entry:
    """What is known of a path. Without `copy` its bytes rest on disk, and there is no `fresh`."""

    __slots__ = (
        "copy", "digest", "fresh", "fresh_until", "is_feed", "is_on_disk", "is_open", "is_used",
        "languages",
        "page_id", "path", "stale", "version", "vouched_at",
    )  # fmt: skip

    copy: Copy | None
    fresh: Answers | None
    stale: Answers | None

    def __init__(self, copy: Copy, *, vouched_at: float) -> None:
        self.path = copy.path
        self.page_id = copy.page_id
        self.version = copy.version
        self.digest = copy.digest
        self.is_open = _is_open(copy)
        self.languages = tuple(copy.languages.split())
        self.is_feed = copy.content_type in FILTERED
        self.is_used = False
        self.is_on_disk = False
        self.vouch(vouched_at)
        self.fill(copy)

    def fill(self, copy: Copy) -> Answers:
        """Take the bytes into memory."""
        self.copy = copy
        made = answers(copy, copy.digest, copy.bodies)
        self.fresh = made
        return made

    def rest(self) -> None:
        """Let the bytes go; the copy on disk has them."""
        self.copy = self.fresh = self.stale = None

    def vouch(self, vouched_at: float) -> None:
        """Move the time until which the fresh answers are served."""
        self.stale = None
        self.vouched_at = vouched_at
        self.fresh_until = vouched_at + FRESH_S

    @property
    def weight(self) -> int:
        """Return how many bytes of bodies it holds in memory."""
        if self.copy is None:
            return 0
        return self.copy.size * (1 if self.stale is None else 2)


def answers(copy: Copy, digest: str, bodies: Encodings) -> Answers:
    """Make the answers of one variant of a copy."""
    every = (bodies.identity, bodies.gzip, bodies.brotli)
    return tuple(_answer(copy, digest, index, body) for index, body in enumerate(every))


def _answer(copy: Copy, digest: str, encoding: int, body: bytes) -> Answer:
    etag = f'"{digest}{_SUFFIXES[encoding]}"'
    caching = _FOR_GOOD if copy.is_for_good else _CACHE_CONTROL
    vary = "Accept-Encoding, Accept-Language" if copy.languages else "Accept-Encoding"
    shared = [("ETag", etag), ("Cache-Control", caching), ("Vary", vary)]
    if _is_open(copy):
        shared += CORS
    own = [("Content-Type", copy.content_type), ("Content-Length", str(len(body)))]
    if encoding:
        own.append(("Content-Encoding", NAMES[encoding]))
    if copy.policy:
        own.append(("Content-Security-Policy", copy.policy))
    if copy.robots:
        own.append(("X-Robots-Tag", copy.robots))
    return Answer(etag, [*own, *shared, *SAFE], shared, [body])


def _is_open(copy: Copy) -> bool:
    """Tell whether scripts of other sites may read it: data of a page, not the page or its look."""
    return copy.content_type != HTML and not copy.is_for_good
