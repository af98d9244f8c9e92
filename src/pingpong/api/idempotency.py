"""`Idempotency-Key` on POST: the same request again gets the first answer again.

The record is written in the transaction of the effect: either both are there or none. Only
results are kept; a refused request (4xx) has changed nothing and may be mended under its key.
"""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from .errors import ConflictError, UnprocessableError
from .models import IdempotencyRecord
from .results import KEPT_FOR

HEADER = "Idempotency-Key"
MAX_KEY_LENGTH = 255

_lock = threading.Lock()
_running: set[tuple[str, str]] = set()


def once(request: Request, act: Callable[[], Response], *, page_id: str, now: datetime) -> Response:
    """Act, unless the key says that it was done: then answer what was answered.

    Another payload under the key: 422. The first request still running: 409.
    """
    given = request.headers.get(HEADER)
    if given is None:
        return act()
    key = given.strip(" ")
    if not key.isascii() or not key.isprintable() or not 0 < len(key) <= MAX_KEY_LENGTH:
        raise ValidationError(
            {"detail": f"{HEADER} takes 1 to {MAX_KEY_LENGTH} printable ASCII characters."}
        )
    digest = _digest(request)
    with _alone(page_id, key), transaction.atomic():
        _claim(page_id, key)
        known = IdempotencyRecord.objects.filter(page_id=page_id, key=key).first()
        if known is not None and known.created_at > now - KEPT_FOR:
            return _again(known, digest)
        if known is not None:
            known.delete()
        response = act()
        IdempotencyRecord.objects.create(
            page_id=page_id,
            key=key,
            digest=digest,
            status=response.status_code,
            answer=json.dumps(response.data),
            created_at=now,
        )
        return response


def _again(known: IdempotencyRecord, digest: str) -> Response:
    if known.digest != digest:
        raise UnprocessableError(f"This {HEADER} was used with another request.")
    return Response(json.loads(known.answer), status=known.status)


def _digest(request: Request) -> str:
    payload = json.dumps(request.data, sort_keys=True)
    path = request.path_info.rstrip("/")
    return hashlib.sha256(f"{path}\n{payload}".encode()).hexdigest()


@contextmanager
def _alone(page_id: str, key: str) -> Iterator[None]:
    """Refuse a key that a request of this process is just working on."""
    mine = (page_id, key)
    with _lock:
        if mine in _running:
            raise ConflictError("A request with this Idempotency-Key is still running.")
        _running.add(mine)
    try:
        yield
    finally:
        with _lock:
            _running.discard(mine)


def _claim(page_id: str, key: str) -> None:
    """Refuse a key that another process works on; SQLite's writers wait for each other instead."""
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(f"{page_id} {key}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        row = cursor.fetchone()
    if row is None or not row[0]:
        raise ConflictError("A request with this Idempotency-Key is still running.")
