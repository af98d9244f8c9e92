"""Members of a page's team, and the tokens that act for them."""

from django.db import models

from pingpong.accounts.models import Person
from pingpong.fields.short_id import ShortIdField
from pingpong.pages.models import Page

from .roles import Role


class Membership(models.Model):
    """One person's role on one page."""

    id = ShortIdField()
    page = models.ForeignKey(Page, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "person"], name="teams_one_role_per_page")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} of {self.page_id}"


class ApiToken(models.Model):
    """A token of one membership: it belongs to one page and one person, and dies with either."""

    id = ShortIdField()
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=50)
    digest = models.CharField(max_length=64, unique=True)
    ciphertext = models.BinaryField()
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
