"""The start page of an installation. Status pages themselves never come here (public.front)."""

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from pingpong.accounts.first_run import has_accounts
from pingpong.pages.address import page_path
from pingpong.pages.models import Page

from . import paper


@require_safe
def landing(_request: HttpRequest) -> HttpResponse:
    """Lead to the only page; of several, none is listed: their addresses are their owners'.

    While nobody has an account, lead to where the first one is made.
    """
    slugs = _two_slugs()
    if len(slugs) == 1:
        return redirect(page_path(slugs[0]))
    if _is_first_run():
        response = redirect(settings.SETUP_URL)
        response["Cache-Control"] = "no-store"
        return response
    document = paper.document("landing.html")
    return HttpResponse(
        document.body,
        headers={"Content-Security-Policy": document.policy, "Cache-Control": "no-store"},
    )


def _two_slugs() -> list[str]:
    try:
        return list(Page.objects.values_list("slug", flat=True)[:2])
    except Error:  # the start page has something to say without a database too
        return []


def _is_first_run() -> bool:
    try:
        return not has_accounts()
    except Error:
        return False
