"""What a browser shows at the door of a page with a password: a signed cookie."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from pingpong.pages.access import Access
from pingpong.pages.address import page_path
from pingpong.pages.models import Page

from .front import OWN_HOST

COOKIE = "page_pass"
LASTS_S = 7 * 24 * 60 * 60
_SALT = "pingpong.public.passes"


def give_pass(request: HttpRequest, response: HttpResponse, page: Page, access: Access) -> None:
    """Let this browser in for a week, to this page, while its password is the same."""
    response.set_cookie(
        COOKIE,
        signing.dumps(_fact(page, access), salt=_SALT),
        max_age=LASTS_S,
        path=door_of(request, page),
        secure=request.is_secure() or is_at_own_host(request) or _has_tls(),
        httponly=True,
        samesite="Lax",
    )


def has_pass(request: HttpRequest, page: Page, access: Access) -> bool:
    """Tell whether the browser was let in, to this page and with this password."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LASTS_S)
    except signing.BadSignature:
        return False
    return bool(access.password_version) and told == _fact(page, access)


def door_of(request: HttpRequest, page: Page) -> str:
    """Return the path of the page as this browser sees it."""
    return "/" if is_at_own_host(request) else page_path(page.slug)


def is_at_own_host(request: HttpRequest) -> bool:
    """Tell whether the page is asked for at a host of its own."""
    return OWN_HOST in request.META


def _fact(page: Page, access: Access) -> list[str | int]:
    return [page.pk, access.password_version]


def _has_tls() -> bool:
    return str(settings.BASE_URL).startswith("https://")
