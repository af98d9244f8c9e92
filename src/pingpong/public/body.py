"""One path of a page and what it answers, before it is compressed."""

from dataclasses import dataclass

from .copies import digest_of


@dataclass(frozen=True, slots=True)
class Body:
    """One path and its text.

    `languages` are codes between spaces, its own first, where it leads to the same part in others.
    """

    path: str
    content_type: str
    policy: str
    slot: str
    notice: str
    text: bytes
    robots: str = ""
    languages: str = ""
    # What says when the text was made: it does not count, or nothing would ever stay as it is.
    stamp: bytes = b""

    @property
    def digest(self) -> str:
        """Stand for all that a reader would receive."""
        parts = [self.path, self.content_type, self.policy, self.slot, self.notice]
        parts += [self.robots] if self.robots else []
        parts += [f"languages {self.languages}"] if self.languages else []
        text = self.text.replace(self.stamp, b"", 1) if self.stamp else self.text
        return digest_of("\0".join(parts).encode() + b"\0" + text)


@dataclass(frozen=True, slots=True)
class Kept:
    """A path whose stored answer is still right."""

    path: str
