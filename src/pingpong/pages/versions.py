"""The version of a page: what the renderer compares with what it has stored."""

from django.db.models import F

from pingpong.events.journal import wake

from .models import Page


def wait_turn(page_id: str) -> None:
    """Lock the page's row until the commit, for a change that no visitor sees.

    Writers of one page's team follow each other then, as those of its state do by :func:`touch`.
    """
    Page.objects.filter(pk=page_id).update(version=F("version"))


def touch(page_id: str) -> None:
    """Say that the page changes in this transaction; call it before anything else is written.

    The update locks the page's row until the commit, so that writers of one page follow each
    other and what is derived from several rows (status, ledger) is derived from settled ones.
    """
    Page.objects.filter(pk=page_id).update(version=F("version") + 1)
    wake()
