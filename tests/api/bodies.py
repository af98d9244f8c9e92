"""Right bodies for every operation, made of its fields."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from api.surface import WITHOUT_BODY, Operation, form_of
from fixtures.cast import Belongings
from pingpong.api import fields, headers, references, strict
from pingpong.api.check import CheckIn
from pingpong.api.metric_forms import NotInFuture
from pingpong.api.promises import Promised
from pingpong.api.resources.data_points import DataPointsView
from pingpong.api.resources.incidents import Draft
from pingpong.kit.clock import iso_z, utc_now

_HOURS_AHEAD = {
    "scheduled_for": 24,
    "ends_at": 26,
    "occurred_at": -1,
    "created_at": -48,
    "next_update_by": 1,
}


def instant(name: str) -> str:
    return iso_z(utc_now() + timedelta(hours=_HOURS_AHEAD[name]))


_VALUES: dict[type, Callable[[Belongings, str], Any]] = {
    fields.Line: lambda _, name: f"Some {name}",
    fields.Message: lambda *_: "Our <b>devs</b> are looking into it.",
    fields.Flag: lambda *_: True,
    fields.Instant: lambda _, name: instant(name),
    Promised: lambda _, name: instant(name),
    NotInFuture: lambda _, name: instant(name),
    fields.Target: lambda *_: "https://example.com/health",
    Draft: lambda *_: False,
    headers.Headers: lambda *_: [{"name": "X-Probe", "value": "yes"}],
    CheckIn: lambda of, _: {
        name: value_for(field, name, of) for name, field in CheckIn().fields.items()
    },
    references.GroupReference: lambda of, _: of.group.pk,
    references.ComponentReference: lambda of, _: of.component.pk,
    references.AffectedWithStatus: lambda of, _: [
        {"id": of.component.pk, "status": "Critical state"}
    ],
    references.AffectedByMaintenance: lambda of, _: [of.component.pk],
}


TEXTS = {"expected_status": "200-299", "json_path": "$.status", "json_value": "ok"}


def value_for(field: Any, name: str, of: Belongings) -> Any:
    if isinstance(field, fields.Word | strict.OneOf):
        return next(iter(field.choices))
    if isinstance(field, strict.Words):
        return [next(iter(field.child.choices))]
    if isinstance(field, strict.Whole):
        return field.max_value
    if isinstance(field, strict.Exact):
        return TEXTS.get(name, "some-text")
    return _VALUES[type(field)](of, name)


def body_for(operation: Operation, of: Belongings) -> dict[str, Any]:
    """Return a body with every field of the operation, naming what is given."""
    if operation.route.view in WITHOUT_BODY:
        return {}
    if operation.route.view is DataPointsView:
        return {"data": {of.custom_metric.pk: [{"timestamp": seconds(utc_now()), "value": 1.5}]}}
    form = form_of(operation)
    assert form is not None
    return {name: value_for(field, name, of) for name, field in form.fields.items()}


def plain_body_for(operation: Operation) -> dict[str, Any]:
    """Return a body that names nothing of anybody."""
    if operation.route.view in WITHOUT_BODY:
        return {}
    if operation.route.view is DataPointsView:
        return {"data": {}}
    form = form_of(operation)
    assert form is not None
    return {
        name: value_for(field, name, None)
        for name, field in form.fields.items()
        if not isinstance(field, references._Reference | references._List)
    }


def seconds(at: datetime) -> int:
    return int(at.timestamp())


__all__ = ["body_for", "instant", "plain_body_for", "seconds", "value_for"]
