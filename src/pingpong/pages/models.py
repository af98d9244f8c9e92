"""A page is what the API calls a project."""

from django.db import models

from pingpong.fields.short_id import ShortIdField
from pingpong.kit.secrets import new_shields_key

NAME_LENGTH = 50


class Page(models.Model):
    """A status page: its name is the `project` of every API answer."""

    id = ShortIdField()
    name = models.CharField(max_length=NAME_LENGTH)
    slug = models.SlugField(max_length=63, unique=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    shields_key = models.CharField(max_length=35, unique=True, default=new_shields_key)
    created_at = models.DateTimeField()
    # Grows with each change that the public page shows; never goes back.
    version = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return self.name
