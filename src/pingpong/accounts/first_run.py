"""The first account of an installation: made once, by whoever reads the terminal."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from pingpong.kit.secrets import derive_key, keyed_hash, new_password

from .models import Person, SetupCode
from .people import register


class SetupOverError(Exception):
    """There is an account already, or the code is not the one that was printed last."""


# Where config.urls mounts the screen, as domain packages reverse no addresses; a test compares.
SETUP_PATH = "/dashboard/setup/"


def setup_link(code: str) -> str:
    """Return the screen's address; what follows the # goes to no server and so into no log."""
    return f"{settings.BASE_URL}{SETUP_PATH}#code={code}"


def has_accounts() -> bool:
    """Tell whether anybody can sign in at all."""
    return Person.objects.exists()


@transaction.atomic
def offer_setup(*, now: datetime) -> str:
    """Make a code, the only one that counts from now on, and return its text."""
    SetupCode.objects.filter(used_at__isnull=True).delete()
    text = new_password()
    SetupCode.objects.create(digest=_digest(text), created_at=now)
    return text


@transaction.atomic
def complete_setup(code: str, *, email: str, name: str, password: str, now: datetime) -> Person:
    """Make the first account. Of many who try at once with the same code one succeeds.

    Raises SetupOverError, and PersonInvalidError, which leaves the code as it was.
    """
    taken = SetupCode.objects.filter(digest=_digest(code), used_at__isnull=True).update(used_at=now)
    # Asked after the update: who comes second waits for it, and then sees the first one's account.
    if not taken or has_accounts():
        raise SetupOverError
    return register(email=email, name=name, password=password, now=now)


def was_offered(code: str) -> bool:
    """Tell whether a code is the one that was printed last, used or not."""
    return SetupCode.objects.filter(digest=_digest(code)).exists()


def _digest(code: str) -> str:
    key = derive_key(settings.SECRET_KEY, "pingpong setup code v1")
    return keyed_hash(key, code.strip().lower())
