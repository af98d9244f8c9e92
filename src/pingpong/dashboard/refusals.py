"""What the dashboard says where it has nothing, or not for this person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest) -> HttpResponse:
    """Answer 404: the same for what does not exist and for what is of other people."""
    return render(request, "dashboard/refused/not_found.html", status=404)


def forbidden(request: HttpRequest, _exception: Exception | None = None) -> HttpResponse:
    """Answer 403: this teammate's role does not reach."""
    return render(request, "dashboard/refused/forbidden.html", status=403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without a valid token, which `reason` explains to developers alone."""
    del reason
    return render(request, "dashboard/refused/form_too_old.html", status=403)
