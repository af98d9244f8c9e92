"""A feed with the entries of some components only, made out of the stored one."""

import json
import re
from collections.abc import Callable, Collection
from urllib.parse import parse_qsl

from .feed_ics import COMPONENTS, ICS
from .feed_json import FEED_JSON, OURS
from .feed_xml import ATOM, COMPONENT_SCHEME, RSS
from .ics_lines import fold
from .summary_json import write

PARAMETER = "components"
MOST_COMPONENTS = 50
_LONGEST_QUERY = 2_000
_MOST_PARAMETERS = 60
_ID = re.compile(r"[0-9A-Za-z]{1,40}")
_ENTRY = re.compile(r"(<(?:entry|item)>\n.*?\n</(?:entry|item)>\n)", re.DOTALL)
_CATEGORY = re.compile(
    rf'<category (?:scheme="{COMPONENT_SCHEME}" term="|domain="{COMPONENT_SCHEME}">)([0-9A-Za-z]+)'
)
_UPDATED = re.compile(r"<updated>([^<]*)</updated>")
_SELF = re.compile(r'(<(?:atom:)?link rel="self"[^>]* href="[^"]*)"')
_FEED_ID = re.compile(r"<id>([^<]*)</id>")
_EVENT = re.compile(r"(BEGIN:VEVENT\r\n.*?END:VEVENT\r\n)", re.DOTALL)
_EVENT_COMPONENTS = re.compile(rf"^{COMPONENTS}:(.*)\r$", re.MULTILINE)
_CLOSING = "END:VCALENDAR\r\n"
_SOURCE = re.compile(r"^SOURCE;VALUE=URI:[^\r]*(?:\r\n [^\r]*)*\r\n", re.MULTILINE)

Ids = tuple[str, ...]


class FilterTooLongError(ValueError):
    """The request names more components than a feed is filtered by."""

    def __init__(self) -> None:
        super().__init__(f"Name at most {MOST_COMPONENTS} components in `{PARAMETER}`.")


def components_in(query: str) -> Ids | None:
    """Return the ids in ``components=<id>,<id>``, in order; None where nothing is filtered.

    What cannot be an id is left out: it matches nothing. Raises FilterTooLongError.
    """
    if len(query) > _LONGEST_QUERY:
        raise FilterTooLongError
    try:
        pairs = parse_qsl(query, max_num_fields=_MOST_PARAMETERS)
    except ValueError as problem:
        raise FilterTooLongError from problem
    values = [value for name, value in pairs if name == PARAMETER]
    if not values:
        return None
    named = {one.strip() for value in values for one in value.split(",")}
    ids = tuple(sorted(one for one in named if _ID.fullmatch(one)))
    if len(ids) > MOST_COMPONENTS:
        raise FilterTooLongError
    return ids


def sift(content_type: str, text: bytes, ids: Ids) -> bytes:
    """Return a feed of ours with only those entries that are about one of the components."""
    return _SIEVES[content_type](text.decode(), ids).encode()


def _sift_xml(text: str, ids: Ids) -> str:
    parts = _ENTRY.split(text)
    kept = [one for one in parts[1::2] if _is_about(_CATEGORY.findall(one), ids)]
    told = _addressed(_SELF, parts[0], ids)
    told = _FEED_ID.sub(lambda found: f"<id>{found[1]}:{','.join(ids)}</id>", told, count=1)
    newest = max((match[1] for one in kept if (match := _UPDATED.search(one))), default=None)
    if newest is not None:
        told = _UPDATED.sub(f"<updated>{newest}</updated>", told, count=1)
    return "".join([told, *kept, *parts[1:][-1:]])


def _sift_json(text: str, ids: Ids) -> str:
    feed = json.loads(text)
    feed["feed_url"] += f"?{PARAMETER}={','.join(ids)}"
    feed["items"] = [one for one in feed["items"] if _is_about(one[OURS]["components"], ids)]
    return write(feed)


def _sift_calendar(text: str, ids: Ids) -> str:
    parts = _EVENT.split(text)
    kept = [one for one in parts[1::2] if _is_about(_components_of(one), ids)]
    opening = parts[0].removesuffix(_CLOSING)
    told = _SOURCE.sub(lambda found: _source(found[0], ids), opening, count=1)
    return "".join([told, *kept, _CLOSING])


def _components_of(event: str) -> list[str]:
    found = _EVENT_COMPONENTS.search(event.replace("\r\n ", ""))
    return found[1].split(",") if found else []


def _source(line: str, ids: Ids) -> str:
    whole = line.replace("\r\n ", "").rstrip("\r\n")
    return fold(f"{whole}?{PARAMETER}={','.join(ids)}")


def _addressed(link: re.Pattern[str], text: str, ids: Ids) -> str:
    return link.sub(lambda found: f'{found[1]}?{PARAMETER}={",".join(ids)}"', text, count=1)


def _is_about(named: Collection[str], ids: Ids) -> bool:
    return not set(named).isdisjoint(ids)


_SIEVES: dict[str, Callable[[str, Ids], str]] = {
    RSS: _sift_xml,
    ATOM: _sift_xml,
    FEED_JSON: _sift_json,
    ICS: _sift_calendar,
}
FILTERED = frozenset(_SIEVES)
