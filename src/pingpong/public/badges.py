"""Badges as the front answers them: drawn from stored values, and kept while those stand."""

from typing import TypeVar

from .badge_files import file_at
from .badge_texts import Values
from .copies import Copy, digest_of, encode
from .entry import Answers, answers

# About 3 kB each, and some 0.3 MB for the largest pages.
_KEPT_BADGES = 2_000
_KEPT_PAGES = 32

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Badges:
    """What was drawn last. Any number of threads ask: what two draw at once is the same."""

    def __init__(self) -> None:
        self._values: dict[str, Values] = {}
        self._drawn: dict[tuple[str, str], Answers] = {}

    def answers(self, path: str, values: Answers) -> Answers | None:
        """Return what a badge answers, from one variant of its page's values; None without it."""
        plain = values[0]
        key = (path, plain.etag)
        known = self._drawn.get(key)
        if known is None:
            known = self._draw(path, plain.etag, b"".join(plain.body), dict(plain.headers))
            if known is not None:
                _keep(self._drawn, key, known, most=_KEPT_BADGES)
        return known

    def _draw(
        self, path: str, etag: str, document: bytes, headers: dict[str, str]
    ) -> Answers | None:
        values = self._values.get(etag)
        if values is None:
            values = Values(document)
            _keep(self._values, etag, values, most=_KEPT_PAGES)
        file = file_at(path, values)
        if file is None:
            return None
        copy = Copy(
            path=path,
            page_id="",
            version=0,
            content_type=file.content_type,
            policy=file.policy,
            digest=digest_of(file.text),
            slot="",
            notice="",
            bodies=encode(file.text),
            robots=headers.get("X-Robots-Tag", ""),
        )
        return answers(copy, copy.digest, copy.bodies)


def _keep(kept: dict[_Key, _Value], key: _Key, value: _Value, *, most: int) -> None:
    """Keep a value; when there are too many, begin anew: most that is kept is out of date."""
    if len(kept) >= most:
        kept.clear()
    kept[key] = value
