"""`?limit=&offset=` on lists whose body stays a bare array (contract A36)."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

MAX_LIMIT = 1000
MAX_OFFSET = 2**31 - 1


def page_of(
    request: Request, rows: QuerySet[Any], *, usual: int | None = None
) -> tuple[Iterable[Any], dict[str, str]]:
    """Return the rows asked for and the headers that tell of the rest.

    Without `limit` and `offset` the `usual` number of rows; when there is none, the whole list
    and no headers. Raises ValidationError.
    """
    query = request.query_params
    if usual is None and "limit" not in query and "offset" not in query:
        return rows, {}
    limit = _number(query.get("limit", str(usual or MAX_LIMIT)), "limit", least=1, most=MAX_LIMIT)
    offset = _number(query.get("offset", "0"), "offset", least=0, most=MAX_OFFSET)
    total = rows.count()
    headers = {"X-Total-Count": str(total)}
    links = _links(request, limit=limit, offset=offset, total=total)
    if links:
        headers["Link"] = links
    return rows[offset : offset + limit], headers


def _number(text: str, name: str, *, least: int, most: int) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(MAX_OFFSET))
    if not is_number or not least <= int(text) <= most:
        raise ValidationError({name: [f"Give a whole number from {least} to {most}."]})
    return int(text)


def _links(request: Request, *, limit: int, offset: int, total: int) -> str:
    """Write RFC 8288 links on the configured address: the Host header is the client's word."""
    query = request.query_params
    kept = [(key, query[key]) for key in query if key not in ("limit", "offset")]

    def link(to: int, relation: str) -> str:
        asked = urlencode([*kept, ("limit", limit), ("offset", to)])
        return f'<{settings.BASE_URL}{request.path}?{asked}>; rel="{relation}"'

    links = []
    if offset + limit < total:
        links.append(link(offset + limit, "next"))
    if offset > 0:
        links.append(link(max(0, offset - limit), "prev"))
    return ", ".join(links)
