"""Where the targets of heartbeats call, without a token, by the monitor's key."""

from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from pingpong.api.answers import Answer
from pingpong.api.schema import documented
from pingpong.kit.clock import utc_now
from pingpong.monitors.heartbeats import note_beat

TAG = "Heartbeats"


class BeatAnswer(Answer):
    ok = serializers.BooleanField()


class HeartbeatView(APIView):
    """Bodies are not read: whatever can call an address can be a heartbeat."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()

    @documented("Note a heartbeat", tag=TAG, answer=BeatAnswer)
    def get(self, request: Request, key: str) -> Response:
        return _noted(key)

    @documented("Note a heartbeat by POST", tag=TAG, answer=BeatAnswer)
    def post(self, request: Request, key: str) -> Response:
        return _noted(key)


def _noted(key: str) -> Response:
    is_readable = key.isascii() and key.isprintable()
    if not is_readable or not note_beat(key, now=utc_now()):
        raise NotFound
    return Response({"ok": True})
