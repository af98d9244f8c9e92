"""Custom metrics: numbers that the API feeds, one a minute."""

from django.db import models

from pingpong.components.models import Component
from pingpong.fields.short_id import ShortIdField
from pingpong.pages.models import Page

NAME_LENGTH = 50
DESCRIPTION_LENGTH = 255
SUFFIX_LENGTH = 50


class Rollup(models.TextChoices):
    MEAN = "Mean value"
    ROUNDED_MEAN = "Mean value (rounded)"
    SUM = "Sum of all values"
    MINIMUM = "Minimum value"
    MAXIMUM = "Maximum value"


class CustomMetric(models.Model):
    id = ShortIdField()
    page = models.ForeignKey(Page, models.CASCADE, related_name="custom_metrics")
    component = models.ForeignKey(
        Component, models.SET_NULL, null=True, related_name="custom_metrics"
    )
    name = models.CharField(max_length=NAME_LENGTH)
    description = models.CharField(max_length=DESCRIPTION_LENGTH, null=True)
    suffix = models.CharField(max_length=SUFFIX_LENGTH, blank=True)
    rollup = models.CharField(max_length=20, choices=Rollup.choices)
    showcased = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position", "created_at", "id"]
        indexes = [models.Index(fields=["page", "position"], name="custom_metrics_in_order")]

    def __str__(self) -> str:
        return self.name


class DataPoint(models.Model):
    """One value a minute. `minute` is seconds since 1970, a multiple of 60."""

    pk = models.CompositePrimaryKey("metric_id", "minute")
    metric = models.ForeignKey(CustomMetric, models.CASCADE, related_name="points", db_index=False)
    minute = models.BigIntegerField()
    value = models.FloatField()

    class Meta:
        indexes = [models.Index(fields=["minute"], name="data_points_by_age")]

    def __str__(self) -> str:
        return f"{self.metric_id} {self.minute}"


class HourOfPoints(models.Model):
    """All values of an hour, kept for 13 months. `hour` is seconds since 1970."""

    pk = models.CompositePrimaryKey("metric_id", "hour")
    metric = models.ForeignKey(CustomMetric, models.CASCADE, related_name="hours", db_index=False)
    hour = models.BigIntegerField()
    n = models.IntegerField()
    total = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()

    class Meta:
        indexes = [models.Index(fields=["hour"], name="hours_of_points_by_age")]

    def __str__(self) -> str:
        return f"{self.metric_id} {self.hour}"


class StaleHour(models.Model):
    """An hour with points that its `HourOfPoints` does not know yet; they are asked themselves."""

    pk = models.CompositePrimaryKey("metric_id", "hour")
    metric = models.ForeignKey(
        CustomMetric, models.CASCADE, related_name="stale_hours", db_index=False
    )
    hour = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.metric_id} {self.hour}"
