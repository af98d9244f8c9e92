"""Proposals for the address of a page."""

from itertools import count

from django.utils.text import slugify

from .models import FormerSlug, Page

SLUG_LENGTH = 63
# What a name without a Latin letter or a digit becomes.
FALLBACK = "status"


def slug_of(name: str) -> str:
    """Return what a name looks like in an address; `status` where nothing of it is left."""
    slug = slugify(name).replace("_", "-").strip("-")
    return slug[:SLUG_LENGTH].strip("-") or FALLBACK


def free_slug(name: str) -> str:
    """Return a slug for a name that no page has, or had lately. Two queries."""
    wanted = slug_of(name)
    # Room for a number behind it.
    stem = wanted[: SLUG_LENGTH - 8].strip("-")
    taken = {
        slug
        for rows in (Page.objects, FormerSlug.objects)
        for slug in rows.filter(slug__startswith=stem).values_list("slug", flat=True)
    }
    if wanted not in taken:
        return wanted
    return next(slug for number in count(2) if (slug := f"{stem}-{number}") not in taken)
