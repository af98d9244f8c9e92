"""The words of the contract that a page says in its reader's language. Programs get them as is."""

from django.utils.translation import gettext_noop

STATUSES = (
    gettext_noop("Operational"),
    gettext_noop("Minor issues"),
    gettext_noop("Major issues"),
    gettext_noop("Critical state"),
    gettext_noop("Unavailable"),
    gettext_noop("Maintenance mode"),
    gettext_noop("Unknown"),
)
PHRASES = (
    gettext_noop("All systems operational"),
    gettext_noop("Some systems have issues"),
    gettext_noop("All systems down"),
    gettext_noop("Under maintenance"),
)
STEPS = (
    gettext_noop("In progress"),
    gettext_noop("Investigating"),
    gettext_noop("Identified"),
    gettext_noop("Verifying"),
    gettext_noop("Resolved"),
)
