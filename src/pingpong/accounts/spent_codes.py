"""Codes that were used: each opens once, whichever process is asked."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from pingpong.kit.secrets import derive_key, keyed_hash

from .models import SpentCode

# Longer than any code of an authenticator app is taken.
REMEMBERED_FOR = timedelta(minutes=10)


def spend(person_id: str, code: str, *, now: datetime) -> bool:
    """Use up a code of a person; False when somebody has done so already."""
    SpentCode.objects.filter(spent_at__lt=now - REMEMBERED_FOR).delete()
    key = derive_key(settings.SECRET_KEY, "pingpong spent code v1")
    try:
        with transaction.atomic():
            SpentCode.objects.create(digest=keyed_hash(key, f"{person_id} {code}"), spent_at=now)
    except IntegrityError:
        return False
    return True
