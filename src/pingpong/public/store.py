"""Writing finished pages down, so that an older one never replaces a newer one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from pingpong.pages.models import Page, Visibility

from .body import Body, Kept
from .copies import encode
from .models import StoredBody, StoredPage

_BODY_FIELDS = [
    "page", "version", "content_type", "policy", "robots", "languages", "digest", "slot", "notice",
    "identity", "gzip", "brotli",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it was rendered.

    `serial` is the one that was stored when the work began, `known` are the digests by path that
    were stored then.
    """

    page_id: str
    slug: str
    version: int
    serial: int
    recipe: str
    substance: str
    changed_at: datetime
    next_edge_at: datetime
    known: Mapping[str, str]
    bodies: Sequence[Body | Kept]


def digests_of(page_id: str) -> dict[str, str]:
    """Return what is stored of a page: a digest for each path."""
    return dict(StoredBody.objects.filter(page_id=page_id).values_list("path", "digest"))


def keep(rendered: Rendered, *, now: datetime) -> bool:
    """Store a page; False when another engine was faster, or the page moved on meanwhile.

    Only what differs from the stored is compressed and written.
    """
    changed = [
        _row(body, rendered)
        for body in rendered.bodies
        if isinstance(body, Body) and rendered.known.get(body.path) != body.digest
    ]
    with transaction.atomic():
        if not _swap(rendered, now=now):
            return False
        _write(changed)
        _remove(rendered.page_id, rendered.known.keys() - {one.path for one in rendered.bodies})
    return True


def _swap(rendered: Rendered, *, now: datetime) -> bool:
    """Take the page's row if nobody else has since; slug and visibility must still be its own."""
    page = Page.objects.filter(pk=rendered.page_id, slug=rendered.slug)
    is_public = page.values_list("visibility", flat=True).first() == Visibility.PUBLIC
    if not (is_public if rendered.bodies else page.exists()):
        return False
    facts = {
        "version": rendered.version,
        "recipe": rendered.recipe,
        "substance": rendered.substance,
        "changed_at": rendered.changed_at,
        "rendered_at": now,
        "vouched_at": now,
        "next_edge_at": rendered.next_edge_at,
    }
    first = StoredPage(page_id=rendered.page_id, serial=0, **facts)
    if rendered.serial == 0:
        StoredPage.objects.bulk_create([first], ignore_conflicts=True)
    own = StoredPage.objects.filter(
        page_id=rendered.page_id, serial=rendered.serial, version__lte=rendered.version
    )
    return bool(own.update(serial=F("serial") + 1, **facts))


def _row(body: Body, rendered: Rendered) -> StoredBody:
    encodings = encode(body.text)
    return StoredBody(
        path=body.path,
        page_id=rendered.page_id,
        version=rendered.version,
        content_type=body.content_type,
        policy=body.policy,
        robots=body.robots,
        languages=body.languages,
        digest=body.digest,
        slot=body.slot,
        notice=body.notice,
        identity=encodings.identity,
        gzip=encodings.gzip,
        brotli=encodings.brotli,
    )


def _write(rows: Iterable[StoredBody]) -> None:
    StoredBody.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["path"], update_fields=_BODY_FIELDS
    )


def _remove(page_id: str, paths: Collection[str]) -> None:
    if paths:
        StoredBody.objects.filter(page_id=page_id, path__in=paths).delete()
