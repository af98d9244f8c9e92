"""The sessions of one person: where they are signed in, and how that ends."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from pingpong.accounts.models import Person
from pingpong.accounts.people import end_sessions


def keep_only_this(request: HttpRequest) -> None:
    """End every session of who asks but the one that asks."""
    person = Person.objects.get(pk=request.user.pk)
    end_sessions([person.pk])
    person.refresh_from_db(fields=["session_epoch"])
    update_session_auth_hash(request, person)
    UserSession.objects.filter(user_id=person.pk).delete()
    UserSession.objects.create_from_request(request)


def end_all(person: Person) -> None:
    """End every session of a person, the one that asks included."""
    end_sessions([person.pk])
    UserSession.objects.filter(user_id=person.pk).delete()
