"""What badge services ask for, without a token, by the page's key (contract section 1)."""

from decimal import Decimal

from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from pingpong.api.answers import BadgeAnswer, ShieldsStatusAnswer, ShieldsUptimeAnswer
from pingpong.api.schema import documented
from pingpong.components.status import Color
from pingpong.kit.clock import utc_now
from pingpong.overview.live import status_of_page
from pingpong.overview.page_status import shields_word
from pingpong.overview.uptime import uptime_of_page
from pingpong.pages.models import Page, Visibility

TAG = "Widgets"
_GOOD = Decimal(99)
_FAIR = Decimal(95)


class _WidgetView(APIView):
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()

    def page_of_key(self, key: str) -> Page:
        # A badge is for everybody: a page that is not has none, as if the key were unknown.
        open_pages = Page.objects.filter(visibility=Visibility.PUBLIC)
        page = open_pages.filter(shields_key=key).first() if _is_key(key) else None
        if page is None:
            raise NotFound
        return page


def _is_key(key: str) -> bool:
    return key.isascii() and key.isprintable()


def color_of_uptime(uptime: Decimal) -> str:
    """Return green from 99, orange from 95, red below (contract 4b)."""
    if uptime >= _GOOD:
        return Color.GREEN.value
    return (Color.ORANGE if uptime >= _FAIR else Color.RED).value


class ShieldsStatusView(_WidgetView):
    @documented("Get the status for a badge", tag=TAG, answer=ShieldsStatusAnswer)
    def get(self, request: Request, key: str) -> Response:
        found = status_of_page(self.page_of_key(key).pk, now=utc_now())
        return Response({"status": shields_word(found.status)})


class ShieldsUptimeView(_WidgetView):
    @documented("Get the uptime of 30 days for a badge", tag=TAG, answer=ShieldsUptimeAnswer)
    def get(self, request: Request, key: str) -> Response:
        uptime = uptime_of_page(self.page_of_key(key).pk, now=utc_now())
        return Response({"uptime": float(uptime)})


class BadgeStatusView(_WidgetView):
    @documented("Get the status as message and colour", tag=TAG, answer=BadgeAnswer)
    def get(self, request: Request, key: str) -> Response:
        found = status_of_page(self.page_of_key(key).pk, now=utc_now())
        return Response({"message": shields_word(found.status), "color": found.color})


class BadgeUptimeView(_WidgetView):
    @documented("Get the uptime as message and colour", tag=TAG, answer=BadgeAnswer)
    def get(self, request: Request, key: str) -> Response:
        uptime = uptime_of_page(self.page_of_key(key).pk, now=utc_now())
        return Response({"message": f"{uptime.normalize():f}%", "color": color_of_uptime(uptime)})
