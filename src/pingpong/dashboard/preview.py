"""The public page as it would be after a change that is not made.

The dashboard does not know how the page is drawn: settings.PAGE_PREVIEW names who does.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from pingpong.overview.summary import Summary, summarise
from pingpong.pages.models import Page


def answer_preview(page: Page, change: Callable[[], object], *, now: datetime) -> HttpResponse:
    """Make a change, read the page, take the change back, and answer the page as a document.

    What is drawn is drawn after the transaction: it holds up no writer longer than reading does.
    """
    html, policy = import_string(settings.PAGE_PREVIEW)(_as_if(page, change, now=now), now=now)
    return framed(HttpResponse(html, headers={"Content-Security-Policy": policy}))


def answer_no_preview(request: HttpRequest) -> HttpResponse:
    """Answer that a form has to be filled in before there is something to see."""
    return framed(render(request, "dashboard/incidents/no_preview.html", status=422))


def framed(response: HttpResponse) -> HttpResponse:
    """Let the dashboard, and nobody else, show an answer in a frame."""
    policy = response.headers.get("Content-Security-Policy", "default-src 'none'; style-src 'self'")
    rules = [rule.strip() for rule in policy.split(";")]
    kept = [rule for rule in rules if rule and not rule.startswith("frame-ancestors")]
    response.headers["Content-Security-Policy"] = "; ".join([*kept, "frame-ancestors 'self'"])
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _as_if(page: Page, change: Callable[[], object], *, now: datetime) -> Summary:
    with transaction.atomic():
        change()
        summary = summarise(Page.objects.get(pk=page.pk), now=now)
        transaction.set_rollback(True)
    return summary
