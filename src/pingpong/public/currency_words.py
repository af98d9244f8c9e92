"""What the page says when it is not known to be current."""

from datetime import tzinfo

from django.utils.translation import gettext, ngettext

from pingpong.components.status import Color
from pingpong.overview.summary import Summary

from .words import moment_words


def is_in_doubt(summary: Summary) -> bool:
    """Tell whether the headline would promise what nobody looks at any more."""
    return summary.currency.is_lost and summary.color == Color.GREEN


def headline_of(summary: Summary) -> str:
    """Return the sentence at the top: the contract's phrase, as far as it is known to be so."""
    if is_in_doubt(summary):
        return gettext("Not known to be current")
    return gettext(summary.status)


def doubt_of(summary: Summary, zone: tzinfo) -> str:
    """Return what is said of checks that are overdue; empty where none is."""
    currency = summary.currency
    if currency.is_current:
        return ""
    if not currency.is_lost:
        told = ngettext(
            "%(count)d of %(total)d checks is overdue: what stands here of it may be out of date.",
            "%(count)d of %(total)d checks are overdue: what stands here of them may be out of "
            "date.",
            currency.overdue,
        )
        return told % {"count": currency.overdue, "total": currency.watched}
    if currency.checked_at is None:
        said = gettext("The checks behind this page are overdue: none has come in yet.")
    else:
        said = gettext("The checks behind this page are overdue: the last came in at %(time)s.") % {
            "time": moment_words(currency.checked_at, zone, summary.today)
        }
    if not is_in_doubt(summary):
        return said
    known = gettext("Last known: %(status)s.") % {"status": gettext(summary.status)}
    return f"{said} {known}"
