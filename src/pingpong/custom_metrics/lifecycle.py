"""Verbs for custom metrics."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from pingpong.components.models import Component
from pingpong.components.ordering import next_position
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.changes import change_row, delete_row
from pingpong.pages.models import Page
from pingpong.pages.versions import touch

from .models import CustomMetric, Rollup


@transaction.atomic
def create_custom_metric(
    page: Page,
    *,
    name: str,
    description: str | None = None,
    component: Component | None = None,
    suffix: str = "",
    rollup: str = Rollup.MEAN,
    showcased: bool = True,
    created_at: datetime | None = None,
    by: Actor,
    now: datetime,
) -> CustomMetric:
    """Add a custom metric; its numbers come by `intake.store_points`."""
    touch(page.pk)
    metric = CustomMetric.objects.create(
        page=page,
        name=name,
        description=description,
        component=component,
        suffix=suffix,
        rollup=rollup,
        showcased=showcased,
        created_at=created_at or now,
        position=next_position(CustomMetric.objects.filter(page=page)),
    )
    record(
        Kind.CUSTOM_METRIC_CREATED,
        page_id=page.pk,
        subject_id=metric.pk,
        by=by,
        now=now,
        data={"name": metric.name},
    )
    return metric


@transaction.atomic
def change_custom_metric(
    metric: CustomMetric, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> CustomMetric:
    """Change any of the fields that :func:`create_custom_metric` takes; the rest stays."""
    change_row(metric, changes, kind=Kind.CUSTOM_METRIC_CHANGED, by=by, now=now)
    return metric


@transaction.atomic
def delete_custom_metric(metric: CustomMetric, *, by: Actor, now: datetime) -> None:
    """Delete a custom metric with its points."""
    delete_row(metric, kind=Kind.CUSTOM_METRIC_DELETED, by=by, now=now)
