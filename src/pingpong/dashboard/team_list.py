"""The people of a project, with what is worth knowing of each."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.db.models import Case, Exists, IntegerField, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import QueryDict

from pingpong.kit.text import clean_line
from pingpong.teams.models import Membership
from pingpong.teams.roles import Role

PER_PAGE = 50
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def list_members(page_id: str, asked: QueryDict) -> "PageOfRows[Any]":
    """Return what `?q=` and `?page=` ask for, owners first. Two queries."""
    sessions = UserSession.objects.filter(user=OuterRef("person")).values("user")
    order = {role: number for number, role in enumerate(Role)}
    rank = Case(
        *(When(role=role, then=Value(number)) for role, number in order.items()),
        output_field=IntegerField(),
    )
    rows = Membership.objects.filter(page_id=page_id).select_related("person")
    if words := search_of(asked):
        rows = rows.filter(Q(person__name__icontains=words) | Q(person__email__icontains=words))
    rows = rows.annotate(
        rank=rank,
        has_second_factor=Exists(
            Authenticator.objects.filter(user=OuterRef("person"), type__in=_FACTORS)
        ),
        seen_at=Coalesce(
            Subquery(sessions.annotate(at=Max("last_seen_at")).values("at")), "person__last_login"
        ),
    ).order_by("rank", "person__name", "pk")
    return Paginator(rows, PER_PAGE).get_page(asked.get("page"))


def search_of(asked: QueryDict) -> str:
    return clean_line(asked.get("q", "").replace("\0", ""))[:100]
