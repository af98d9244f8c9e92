"""The sign-in of somebody who has just made an account, with the password typed a moment ago."""

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.http import HttpRequest

from pingpong.accounts.models import Person

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in_new(request: HttpRequest, person: Person) -> None:
    """Sign a person in, in a session of a new key that is among their own sessions."""
    login(request, person, backend=_BACKEND)
    record_authentication(request, person, "password", email=person.email)
    UserSession.objects.create_from_request(request)
