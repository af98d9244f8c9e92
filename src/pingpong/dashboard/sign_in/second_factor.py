"""How allauth's second factors behave here: secrets are sealed, names come from BASE_URL."""

from base64 import b64decode, b64encode
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pingpong.kit.secrets import derive_key, seal, unseal

_BOUND_TO = "second factor"


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it was used before."),
    }

    def encrypt(self, text: str) -> str:
        return b64encode(seal(_key(), text, bound_to=_BOUND_TO)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(_key(), b64decode(encrypted_text), bound_to=_BOUND_TO)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(settings.BASE_URL).hostname or "localhost", "name": "PingPong"}

    def generate_authenticator_name(self, user: object, type: object) -> str:  # noqa: A002 -- allauth's
        del user, type
        return gettext("My passkey")


def _key() -> bytes:
    return derive_key(settings.SECRET_KEY, "pingpong second factor v1")
