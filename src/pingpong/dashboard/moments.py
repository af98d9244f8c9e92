"""Instants as people write them."""

from datetime import datetime

from django.utils import dateformat, translation
from django.utils.formats import get_format
from django.utils.timezone import localtime

# Nobody reads it the other way round: English readers disagree on what 4/5/2026 is.
_ENGLISH = "j M Y, H:i"


def written(at: datetime) -> str:
    """Return an instant in the viewer's zone, as the language that is active writes it."""
    is_english = (translation.get_language() or "en").startswith("en")
    form = _ENGLISH if is_english else get_format("SHORT_DATETIME_FORMAT")
    return dateformat.format(localtime(at), form)
