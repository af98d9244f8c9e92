"""The old and the new value of each field that a change touches, for the audit log."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from pingpong.kit.clock import iso_z

HIDDEN = "hidden"
# Long texts are cut: the log says what was changed, it is no second place to keep things.
MOST_CHARACTERS = 500
MOST_ITEMS = 100


def stored_values(row: Model, fields: Iterable[str]) -> dict[str, Any]:
    """Read what the database has for these fields now, whatever the object says. One query.

    Call it when the page is locked, before the change. Empty for a row that is gone.
    """
    names = list(fields)
    if not names:
        return {}
    links = [name for name in names if _is_link(row, name)]
    rows = type(row)._base_manager.filter(pk=row.pk)  # noqa: SLF001 -- Django documents it
    stored = (rows.select_related(*links) if links else rows).first()
    return {} if stored is None else values_of(stored, names)


def values_of(row: Any, fields: Iterable[str]) -> dict[str, Any]:
    """Return what the object has for these fields, plain enough for :func:`differences`."""
    return {name: plain(getattr(row, name)) for name in fields if hasattr(row, name)}


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], *, hidden: Iterable[str] = ()
) -> dict[str, Any]:
    """Return ``{"differences": {field: [before, after]}}`` of what differs, and {} of nothing.

    A field of `hidden` is said to have changed, and nothing of its values.
    """
    secret = dict.fromkeys(hidden, HIDDEN)
    told = {
        name: [plain(before.get(name)), plain(value)]
        for name, value in after.items()
        if name not in secret and plain(before.get(name)) != plain(value)
    }
    found = {**told, **secret}
    return {"differences": found} if found else {}


def plain(value: Any) -> Any:
    """Turn a value into what JSON has: rows become their names, instants text, long texts short."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in list(value.items())[:MOST_ITEMS]}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(one) for one in list(value)[:MOST_ITEMS]]
    text = _words(value)
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"


def _words(value: Any) -> str:
    if isinstance(value, Model):
        return str(getattr(value, "name", "") or getattr(value, "title", "") or value.pk)
    if isinstance(value, datetime):
        return iso_z(value)
    return str(value)


def _is_link(row: Model, name: str) -> bool:
    columns = row._meta.concrete_fields  # noqa: SLF001 -- Django documents it
    return any(one.name == name and one.is_relation for one in columns)
