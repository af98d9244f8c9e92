"""A page is what the API calls a project."""

from django.db import models

from pingpong.fields.short_id import ShortIdField
from pingpong.kit.secrets import new_shields_key

NAME_LENGTH = 50


class Visibility(models.TextChoices):
    """Who sees a page: everybody, or who knows, is somewhere, or belongs to the team."""

    PUBLIC = "public"
    PASSWORD = "password"  # noqa: S105 -- the word
    NETWORKS = "networks"
    TEAM = "team"


class Page(models.Model):
    """A status page: its name is the `project` of every API answer."""

    id = ShortIdField()
    name = models.CharField(max_length=NAME_LENGTH)
    slug = models.SlugField(max_length=63, unique=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    shields_key = models.CharField(max_length=35, unique=True, default=new_shields_key)
    created_at = models.DateTimeField()
    # Grows with each change that the public page shows; never goes back.
    version = models.BigIntegerField(default=1)
    language = models.CharField(max_length=10, default="en")
    # What readers may choose besides the language above.
    languages = models.JSONField(default=list)
    is_indexed = models.BooleanField(default=True)
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    # Whether visitors are told where the probes see a problem that nobody has declared.
    shows_doubts = models.BooleanField(default=False)
    # When, and by whom, the warnings of the dashboard were put aside (pages.warnings).
    warnings_hidden_at = models.DateTimeField(null=True)
    warnings_hidden_by = models.CharField(max_length=150, blank=True)
    # Grows when who may see the page changes, or at which address: web processes compare it.
    door_version = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Subject(models.TextChoices):
    """What has texts that can be translated."""

    PAGE = "page"
    LINK = "link"  # its id is its label
    GROUP = "group"
    COMPONENT = "component"
    MONITOR = "monitor"
    INCIDENT = "incident"
    UPDATE = "update"
    MAINTENANCE = "maintenance"


class Translation(models.Model):
    """One text of a page in a further language. What it is of may be gone: it is just not found."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="translations")
    kind = models.CharField(max_length=12, choices=Subject.choices)
    subject_id = models.CharField(max_length=100)
    field = models.CharField(max_length=12)
    language = models.CharField(max_length=10)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "kind", "subject_id", "field", "language"],
                name="pages_one_translation_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.kind} {self.subject_id} in {self.language}"


class FormerSlug(models.Model):
    """An address that a page has given up; it leads to the page until another one may have it."""

    slug = models.SlugField(max_length=63, primary_key=True)
    page = models.ForeignKey(Page, models.CASCADE, related_name="former_slugs")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug


class PageAccess(models.Model):
    """Who sees a private page: a password, as a hash, or networks between spaces."""

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="access")
    password = models.CharField(max_length=200, blank=True)
    # Grows with each new password: what was let in with an old one is let in no longer.
    password_version = models.PositiveIntegerField(default=0)
    networks = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"access to {self.page_id}"


class PasswordTry(models.Model):
    """A password that was typed at the door of a page, and by whom."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["page", "at"], name="pages_password_tries")]

    def __str__(self) -> str:
        return f"{self.address} at {self.page_id}"


class Branding(models.Model):
    """How a page looks. `css` is what the filter has left of `css_typed`."""

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="branding")
    color = models.CharField(max_length=7, blank=True)
    dark_color = models.CharField(max_length=7, blank=True)
    # Lists of {"label": ..., "url": ...}.
    header_links = models.JSONField(default=list)
    footer_links = models.JSONField(default=list)
    css_typed = models.TextField(blank=True)
    css = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"look of {self.page_id}"


class PictureKind(models.TextChoices):
    LOGO = "logo"
    DARK_LOGO = "logo_dark"
    ICON = "icon"


class PagePicture(models.Model):
    """A picture of a page, byte by byte as it is served."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="pictures")
    kind = models.CharField(max_length=10, choices=PictureKind.choices)
    digest = models.CharField(max_length=32)
    content_type = models.CharField(max_length=20)
    suffix = models.CharField(max_length=4)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "kind"], name="pages_one_picture_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.page_id}"


class DomainState(models.TextChoices):
    PENDING = "pending"
    VERIFIED = "verified"
    SUSPENDED = "suspended"


class DomainProblem(models.TextChoices):
    """Why a host is not proven."""

    NONE = ""
    ABSENT = "absent"  # there is no such record
    OTHER = "other"  # there are records, none is ours
    NO_ANSWER = "no_answer"  # no name server said anything
    TAKEN = "taken"  # another page has proven it before


class PageDomain(models.Model):
    """The host under which a page is shown, or is to be."""

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="domain")
    host = models.CharField(max_length=253)
    token = models.CharField(max_length=64)
    state = models.CharField(
        max_length=10, choices=DomainState.choices, default=DomainState.PENDING
    )
    claimed_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    next_check_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=10, choices=DomainProblem.choices, blank=True)

    class Meta:
        indexes = [models.Index(fields=["next_check_at"], name="pages_domains_due")]

    def __str__(self) -> str:
        return self.host


class HostHold(models.Model):
    """Whose a proven host is; it outlives the domain, and even the page, for a while.

    The page is named and not linked: of a deleted one the hold stays.
    """

    host = models.CharField(max_length=253, primary_key=True)
    page_id = models.CharField(max_length=22)
    # Null while the page uses it.
    released_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.host
