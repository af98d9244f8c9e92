"""Verbs for API tokens. A token acts with its owner's present role."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.kit.secrets import keyed_hash, new_token, seal, unseal

from .keys import lookup_key, reveal_key
from .models import ApiToken, Membership

# Longer texts are no tokens of ours and are not worth hashing.
MAX_TOKEN_LENGTH = 200


@transaction.atomic
def issue_token(
    membership: Membership, *, name: str, by: Actor, now: datetime
) -> tuple[ApiToken, str]:
    """Make a token; return the row and the text, which the row keeps only sealed."""
    text = new_token()
    token = ApiToken(
        membership=membership,
        name=name,
        digest=keyed_hash(lookup_key(), text),
        created_at=now,
    )
    token.ciphertext = seal(reveal_key(), text, bound_to=token.pk)
    token.save(force_insert=True)
    _record(Kind.TOKEN_ISSUED, token, by=by, now=now)
    return token, text


def authenticate(text: str) -> ApiToken | None:
    """Return the token with its membership, person and page, or None. One query, no cache.

    Asked at every request, so that a revoked token, a disabled person and a changed role count
    from the next request on, in every process.
    """
    if not text or len(text) > MAX_TOKEN_LENGTH:
        return None
    return (
        ApiToken.objects.select_related("membership__person", "membership__page")
        .filter(
            digest=keyed_hash(lookup_key(), text),
            revoked_at__isnull=True,
            membership__person__is_active=True,
        )
        .first()
    )


@transaction.atomic
def reveal_token(token: ApiToken, *, by: Actor, now: datetime) -> str:
    """Return the text of a token ("view and copy"); raises SecretUnreadableError."""
    text = unseal(reveal_key(), bytes(token.ciphertext), bound_to=token.pk)
    _record(Kind.TOKEN_REVEALED, token, by=by, now=now)
    return text


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Actor, now: datetime) -> bool:
    """End a token for good; False when it was ended before."""
    revoked = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now)
    if revoked:
        _record(Kind.TOKEN_REVOKED, token, by=by, now=now)
    return bool(revoked)


@transaction.atomic
def replace_token(token: ApiToken, *, by: Actor, now: datetime) -> tuple[ApiToken, str] | None:
    """End a token and make one of the same name; None when it was ended before."""
    if not revoke_token(token, by=by, now=now):
        return None
    return issue_token(token.membership, name=token.name, by=by, now=now)


def tokens_of(page_id: str) -> QuerySet[ApiToken]:
    """Return the tokens of a page that still open something, with whom they act for."""
    return (
        ApiToken.objects.select_related("membership__person")
        .filter(membership__page_id=page_id, revoked_at__isnull=True)
        .order_by("created_at", "pk")
    )


def _record(kind: str, token: ApiToken, *, by: Actor, now: datetime) -> None:
    record(
        kind,
        page_id=token.membership.page_id,
        subject_id=token.pk,
        by=by,
        now=now,
        data={"name": token.name},
    )
