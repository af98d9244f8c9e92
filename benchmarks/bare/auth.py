from typing import Any

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from pingpong.kit.secrets import keyed_hash
from pingpong.teams.keys import lookup_key
from pingpong.teams.models import ApiToken


class TokenAuthentication(BaseAuthentication):
    """DRF's own, with the product's table and its one query."""

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        words = get_authorization_header(request).split()
        if len(words) != 2 or words[0].lower() != b"token":
            return None
        token = (
            ApiToken.objects.select_related("membership__person", "membership__page")
            .filter(
                digest=keyed_hash(lookup_key(), words[1].decode()),
                revoked_at__isnull=True,
                membership__person__is_active=True,
            )
            .first()
        )
        if token is None:
            raise AuthenticationFailed("Invalid token.")
        return token.membership.person, token
