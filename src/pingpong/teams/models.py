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


class Invitation(models.Model):
    """One seat in a team, for whoever has the link; of the link only a hash is kept.

    With an `email` it is for that address alone. `asked_through` is the open link at which somebody
    had it sent to an address: one of the two can be accepted.
    """

    id = ShortIdField()
    page = models.ForeignKey(Page, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=Role.choices)
    email = models.EmailField(blank=True)
    digest = models.CharField(max_length=64, unique=True)
    # Whether the present link went out by mail, and to nobody else.
    is_mailed = models.BooleanField(default=False)
    invited_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    asked_through = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["page", "created_at"], name="teams_invitations_of_page")]

    def __str__(self) -> str:
        return f"invitation of {self.email or 'anybody'} to {self.page_id}"


class InvitationLetter(models.Model):
    """That a letter was written, for the limits; it outlives the page, which may be made anew."""

    page_id = models.CharField(max_length=22, db_index=True)
    address = models.EmailField(db_index=True)
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"invitation to {self.address}"


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
