"""Keys, tokens and their hiding places.

Everything is derived from one master secret that lives outside the database, so that a copy of
the database alone opens nothing.
"""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

TOKEN_BYTES = 32  # 256 bits, 64 hex characters
SHIELDS_KEY_BYTES = 16  # the published form is sp_ and 32 hex characters
HEARTBEAT_KEY_BYTES = 20
_NONCE_BYTES = 12


class SecretUnreadableError(Exception):
    """A ciphertext was made with another key, for another purpose, or was altered."""


def new_token() -> str:
    """Make an API token: 64 hex characters, 256 bits."""
    return secrets.token_hex(TOKEN_BYTES)


def new_shields_key() -> str:
    """Make a badge key: ``sp_`` and 32 hex characters."""
    return "sp_" + secrets.token_hex(SHIELDS_KEY_BYTES)


def new_heartbeat_key() -> str:
    """Make the key at which a heartbeat calls: ``hb_`` and 40 hex characters, 160 bits."""
    return "hb_" + secrets.token_hex(HEARTBEAT_KEY_BYTES)


def new_password() -> str:
    """Make a password that can be read aloud: four groups of four characters."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ["".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4)]
    return "-".join(groups)


def derive_key(master: str, purpose: str) -> bytes:
    """Derive a key of 32 bytes for one purpose (HKDF-SHA256, RFC 5869)."""
    hkdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode())
    return hkdf.derive(master.encode())


def keyed_hash(key: bytes, text: str) -> str:
    """Hash a secret for look-up: HMAC-SHA256 in hex, useless without the key."""
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def seal(key: bytes, text: str, *, bound_to: str) -> bytes:
    """Encrypt a text with AES-256-GCM; it opens only with the same ``bound_to``."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), bound_to.encode())


def unseal(key: bytes, sealed: bytes, *, bound_to: str) -> str:
    """Decrypt what :func:`seal` made, or raise :class:`SecretUnreadableError`."""
    nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, bound_to.encode()).decode()
    except (InvalidTag, ValueError) as problem:
        raise SecretUnreadableError from problem
