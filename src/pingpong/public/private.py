"""Pages that are not for everybody: looked at on each request, and kept by no cache."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from pingpong.accounts.models import Person
from pingpong.kit.client_ip import client_ip
from pingpong.kit.clock import utc_now
from pingpong.pages.access import Access, Verdict, access_of, try_password
from pingpong.pages.address import page_path
from pingpong.pages.languages import LANGUAGES, preferred
from pingpong.pages.models import Page, Visibility
from pingpong.teams.models import Membership

from . import missing, paper
from .badge_files import file_at
from .badge_texts import Values, index_path
from .body import Body
from .drawing import draw, draw_path
from .embed_bodies import may_be_framed
from .feed_sieve import FILTERED, FilterTooLongError, components_in, sift
from .passes import door_of, give_pass, has_pass, is_at_own_host

HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Vary": "Cookie, Accept-Language",
}

# At the door a visitor is spoken to in any language that there is.
_EVERY_LANGUAGE = ("en", *LANGUAGES)

View = Callable[..., HttpResponse]


def _closed(view: View) -> View:
    """Answer so that nothing is kept anywhere, and 503 while the database is away."""

    @wraps(view)
    def answer(request: HttpRequest, slug: str, rest: str = "") -> HttpResponse:
        try:
            response = view(request, slug, rest)
        except Error:
            response = _refusal(request, rest, HTTPStatus.SERVICE_UNAVAILABLE)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if may_be_framed(response.headers.get("Content-Security-Policy", "")):
            response.xframe_options_exempt = True
        return response

    return answer


@require_safe
@_closed
def show(request: HttpRequest, slug: str, rest: str) -> HttpResponse:
    """Answer a path of a private page to whom it is for."""
    page = _private_page(slug)
    if page is None:
        return _unknown(rest)
    access = access_of(page)
    refusal = _refuse(request, page, access, rest)
    if refusal is not None:
        return refusal
    now = utc_now()
    body = draw_path(page, request.path_info, now=now) or _badge(page, request.path_info, now)
    if body is None:
        return _unknown(rest)
    if body.languages:
        offered = body.languages.split()
        language = preferred(request.headers.get("Accept-Language", ""), offered)
        if language != offered[0]:
            return HttpResponseRedirect(missing.place_in_language(language, body.path))
    try:
        text = body.text if body.content_type not in FILTERED else _sifted(request, body)
    except FilterTooLongError as problem:
        return _json(HTTPStatus.BAD_REQUEST, str(problem))
    headers = {"Content-Security-Policy": body.policy} if body.policy else {}
    return HttpResponse(text, content_type=body.content_type, headers=headers)


def _sifted(request: HttpRequest, body: Body) -> bytes:
    """Return a feed, of some components if the request names them. Raises FilterTooLongError."""
    ids = components_in(request.META.get("QUERY_STRING", ""))
    return body.text if ids is None else sift(body.content_type, body.text, ids)


def _badge(page: Page, path: str, now: datetime) -> Body | None:
    values = draw(page, now=now).bodies.get(index_path(path))
    if values is None:
        return None
    badge = file_at(path, Values(values.text))
    if badge is None:
        return None
    return Body(
        path=path,
        content_type=badge.content_type,
        policy=badge.policy,
        slot="",
        notice="",
        text=badge.text,
    )


# Whoever sends this form from elsewhere knows the password, and gains nothing by it.
@csrf_exempt
@require_POST
@_closed
def unlock(request: HttpRequest, slug: str, rest: str) -> HttpResponse:
    """Take a password, and let the browser in."""
    page = _private_page(slug)
    if page is None or page.visibility != Visibility.PASSWORD:
        return _unknown(rest)
    typed = request.POST.get("password", "")
    verdict = try_password(page, typed, address=_address_of(request), now=utc_now())
    if verdict != Verdict.RIGHT:
        return _ask_password(request, page, verdict)
    response = HttpResponseRedirect(door_of(request, page), status=HTTPStatus.SEE_OTHER)
    give_pass(request, response, page, access_of(page))
    return response


def _private_page(slug: str) -> Page | None:
    return Page.objects.filter(slug=slug).exclude(visibility=Visibility.PUBLIC).first()


def _refuse(request: HttpRequest, page: Page, access: Access, rest: str) -> HttpResponse | None:
    """Return why this visitor sees nothing; None for whom the page is for."""
    if access.visibility == Visibility.TEAM:
        return _refuse_stranger(request, page, rest)
    if access.visibility == Visibility.NETWORKS:
        is_admitted = access.admits_address(_address_of(request))
        return None if is_admitted else _refusal(request, rest, HTTPStatus.FORBIDDEN)
    if has_pass(request, page, access):
        return None
    return _refusal(request, rest, HTTPStatus.FORBIDDEN) if rest else _ask_password(request, page)


def _refuse_stranger(request: HttpRequest, page: Page, rest: str) -> HttpResponse | None:
    """The team is known by the dashboard's session, which is never at another host."""
    if is_at_own_host(request):
        address = f"{settings.BASE_URL}{page_path(page.slug)}"
        return (
            _refusal(request, rest, HTTPStatus.FORBIDDEN) if rest else HttpResponseRedirect(address)
        )
    if not isinstance(request.user, Person):
        if rest:
            return _refusal(request, rest, HTTPStatus.UNAUTHORIZED)
        return redirect_to_login(request.path_info)
    if Membership.objects.filter(page=page, person=request.user).exists():
        return None
    return _unknown(rest)


def _ask_password(request: HttpRequest, page: Page, verdict: Verdict | None = None) -> HttpResponse:
    status = HTTPStatus.FORBIDDEN
    if verdict == Verdict.TOO_MANY:
        status = HTTPStatus.TOO_MANY_REQUESTS
    context = {"door": f"{door_of(request, page)}unlock", "verdict": verdict}
    return _paper(request, "password.html", context, status, takes_forms=True)


def _refusal(request: HttpRequest, rest: str, status: HTTPStatus) -> HttpResponse:
    if rest:
        return _json(status, "This page is not for everybody.")
    context = {"is_away": status == HTTPStatus.SERVICE_UNAVAILABLE}
    return _paper(request, "closed.html", context, status)


def _paper(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    status: HTTPStatus,
    *,
    takes_forms: bool = False,
) -> HttpResponse:
    known = {"css": paper.inline("paper.css"), **context}
    accepted = request.headers.get("Accept-Language", "")
    with override(preferred(accepted, _EVERY_LANGUAGE)):
        response = render(request, f"public/{template}", known, status=status)
    policy = paper.policy("paper.css", takes_forms=takes_forms)
    response.headers["Content-Security-Policy"] = policy
    return response


def _unknown(rest: str) -> HttpResponse:
    if rest:
        return _json(HTTPStatus.NOT_FOUND, "Not found.")
    body, headers = missing.unknown_page()
    return HttpResponse(body, status=HTTPStatus.NOT_FOUND, headers=dict(headers))


def _json(status: HTTPStatus, detail: str) -> HttpResponse:
    content = json.dumps({"detail": detail})
    return HttpResponse(content, status=status, content_type="application/json")


def _address_of(request: HttpRequest) -> str:
    return client_ip(
        request.META.get("REMOTE_ADDR", ""),
        request.headers.get("X-Forwarded-For", ""),
        settings.TRUSTED_PROXIES,
    )
