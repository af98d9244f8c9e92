"""Monitors: what the API calls metrics, URLs that are pinged."""

from django.db import models

from pingpong.components.models import Component
from pingpong.fields.short_id import ShortIdField
from pingpong.pages.models import Page

NAME_LENGTH = 50
DESCRIPTION_LENGTH = 255
URL_LENGTH = 2000


class Frequency(models.TextChoices):
    EVERY_MINUTE = "minute"
    EVERY_2_MINUTES = "2 minutes"
    EVERY_5_MINUTES = "5 minutes"
    EVERY_10_MINUTES = "10 minutes"
    EVERY_15_MINUTES = "15 minutes"
    EVERY_30_MINUTES = "30 minutes"
    EVERY_60_MINUTES = "60 minutes"


class Location(models.TextChoices):
    US_WEST = "US West"
    US_EAST = "US East"
    BRAZIL = "Brazil"
    UNITED_KINGDOM = "United Kingdom"
    ITALY = "Italy"
    SWEDEN = "Sweden"
    SOUTH_AFRICA = "South Africa"
    SINGAPORE = "Singapore"
    AUSTRALIA = "Australia"
    JAPAN = "Japan"


class Showcase(models.TextChoices):
    NOTHING = "Don't showcase"
    UPTIME_AND_RESPONSE_TIME = "Showcase uptime and response time"
    UPTIME = "Showcase uptime"
    RESPONSE_TIME = "Showcase response time"


class Monitor(models.Model):
    id = ShortIdField()
    page = models.ForeignKey(Page, models.CASCADE, related_name="monitors")
    component = models.ForeignKey(Component, models.SET_NULL, null=True, related_name="monitors")
    name = models.CharField(max_length=NAME_LENGTH)
    description = models.CharField(max_length=DESCRIPTION_LENGTH, null=True)
    url = models.CharField(max_length=URL_LENGTH, blank=True)
    frequency = models.CharField(max_length=10, choices=Frequency.choices)
    location = models.CharField(max_length=14, choices=Location.choices)
    showcased = models.CharField(max_length=33, choices=Showcase.choices)
    created_at = models.DateTimeField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position", "created_at", "id"]
        indexes = [models.Index(fields=["page", "position"], name="monitors_in_order")]

    def __str__(self) -> str:
        return self.name
