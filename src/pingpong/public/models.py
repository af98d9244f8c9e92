"""The store of finished pages, shared by all machines: what is served, byte by byte."""

from django.db import models

from pingpong.pages.models import Page


class StoredPage(models.Model):
    """How far a page has been rendered.

    `serial` grows with each render and makes storing a compare-and-swap. `substance` is a digest
    of the state that the page tells of, `changed_at` when that became what it is.
    """

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="stored")
    version = models.BigIntegerField()
    serial = models.BigIntegerField()
    recipe = models.CharField(max_length=32)
    substance = models.CharField(max_length=32)
    changed_at = models.DateTimeField()
    rendered_at = models.DateTimeField()
    vouched_at = models.DateTimeField()
    next_edge_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["next_edge_at"], name="stored_pages_next_edge")]

    def __str__(self) -> str:
        return f"{self.page_id} at {self.version}"


class StoredBody(models.Model):
    """What one public path answers, in three encodings.

    A stale copy is the same with `slot` replaced by `notice`; the time in it is known only to
    the one who serves it.
    """

    path = models.CharField(max_length=200, primary_key=True)
    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    version = models.BigIntegerField()
    content_type = models.CharField(max_length=100)
    policy = models.TextField(blank=True)
    # X-Robots-Tag, if any.
    robots = models.CharField(max_length=20, blank=True)
    # Of a part that is there in several languages: their codes, the one it is in first.
    languages = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=32)
    slot = models.CharField(max_length=100)
    notice = models.TextField()
    identity = models.BinaryField()
    gzip = models.BinaryField()
    brotli = models.BinaryField()

    def __str__(self) -> str:
        return self.path
