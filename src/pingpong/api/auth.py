"""`Authorization: Token ...`, and what the token's owner may do at this moment."""

from typing import Any, cast

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from pingpong.accounts.models import Person
from pingpong.kit.clock import utc_now
from pingpong.teams.models import ApiToken
from pingpong.teams.roles import may_build, may_respond
from pingpong.teams.tokens import authenticate
from pingpong.teams.usage import note_use

KEYWORD = b"token"


class TokenAuthentication(BaseAuthentication):
    """The contract's token, with DRF's own words where it is missing or wrong."""

    def authenticate(self, request: Request) -> tuple[Person, ApiToken] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != KEYWORD:
            return None
        if len(parts) == 1:
            raise AuthenticationFailed("Invalid token header. No credentials provided.")
        if len(parts) > 2:  # noqa: PLR2004 -- the keyword and the token
            raise AuthenticationFailed(
                "Invalid token header. Token string should not contain spaces."
            )
        token = authenticate(parts[1].decode("latin-1"))
        if token is None:
            raise AuthenticationFailed("Invalid token.")
        note_use(token, now=utc_now())
        return token.membership.person, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 -- DRF's signature
        return "Token"


def token_of(request: Request) -> ApiToken:
    """Return the token of a request that `RoleAllows` let through."""
    return cast(ApiToken, request.auth)


class RoleAllows(BasePermission):
    """Everybody of the team reads; who writes what is the view's `written_by`."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.auth is None:
            return False
        if request.method in SAFE_METHODS:
            return True
        role = token_of(request).membership.role
        return may_build(role) if view.written_by == "builders" else may_respond(role)
