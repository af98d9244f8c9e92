"""What the list of projects says of each."""

from django import template
from django.utils.translation import gettext_lazy as _

from pingpong.overview import page_status

register = template.Library()

_WORDS = {
    page_status.OPERATIONAL: _("All systems operational"),
    page_status.ISSUES: _("Some systems have issues"),
    page_status.DOWN_WORDS: _("All systems down"),
    page_status.MAINTENANCE: _("Under maintenance"),
}
_SIGNS = {
    page_status.OPERATIONAL: "ok",
    page_status.ISSUES: "minor",
    page_status.DOWN_WORDS: "down",
    page_status.MAINTENANCE: "work",
}


@register.filter
def page_words(status: page_status.PageStatus) -> object:
    """Return a page's status in the reader's language."""
    return _WORDS[status.status]


@register.filter
def page_sign(status: page_status.PageStatus) -> str:
    """Return the class that colours a page's status."""
    return _SIGNS[status.status]
