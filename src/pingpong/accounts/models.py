"""People. What they may do on which page is the business of `teams`."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from pingpong.fields.short_id import ShortIdField


class Person(AbstractBaseUser):
    """Somebody who signs in, known by an e-mail address."""

    id = ShortIdField()
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    # Of the dashboard; empty: what the browser asks for.
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    # Part of what a session is recognised by: when it grows, every session of this person ends.
    session_epoch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session has to match; Django's own is made of the password alone."""
        known_by = f"{self.password}:{self.session_epoch}"
        return salted_hmac(
            "pingpong.accounts.models.Person.session",
            known_by,
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def __str__(self) -> str:
        return self.email


class SetupCode(models.Model):
    """The one-time code with which the first account of an installation is made."""

    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"setup code of {self.created_at:%Y-%m-%d}"


class Letter(models.Model):
    """An e-mail that waits for the engine to send it; its subject and text are final."""

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    created_at = models.DateTimeField()
    # When it was handed to the mail server; `problem` says why it was not.
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # Null once there is nothing more to try.
    next_try_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(next_try_at__isnull=False),
                name="accounts_letters_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"


class SpentCode(models.Model):
    """A code of a second factor that was used a moment ago, and is no good any more."""

    digest = models.CharField(max_length=64, unique=True)
    spent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"spent at {self.spent_at:%H:%M:%S}"
