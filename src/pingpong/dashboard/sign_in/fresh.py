"""Asking again who it is, before something is shown that opens doors."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode


def ask_again(request: HttpRequest, *, then: str) -> HttpResponse | None:
    """Lead to the question and from there to `then`; None for who has just answered it."""
    if not is_reauthentication_required(request, app="allauth.account"):
        return None
    ways = get_adapter().get_reauthentication_methods(request.user)
    address = ways[0]["url"] if ways else reverse("account_login")
    return redirect(f"{address}?{urlencode({'next': then})}")
