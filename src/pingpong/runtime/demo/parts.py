"""What ACME is made of."""

from dataclasses import dataclass

SYSTEM = "System"
DATABASES = "Databases"
THIRD_PARTIES = "Third parties"

GROUPS: tuple[tuple[str, str | None], ...] = (
    (SYSTEM, None),
    (DATABASES, "Including read-replicas"),
    (THIRD_PARTIES, "Services of others that ours depend on"),
)

# Older than the 90 days that a page shows.
FOUNDED_DAYS_AGO = 97


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    group: str | None
    description: str | None = None
    showcased: bool = True
    born_days_ago: int = FOUNDED_DAYS_AGO


YOUNGEST = Part(
    "Search",
    SYSTEM,
    "Full-text search over everything in an account",
    born_days_ago=45,
)

PARTS = (
    Part("API", SYSTEM),
    Part("Website", SYSTEM, "acme.example, sign-up and sign-in"),
    Part("Dashboard", SYSTEM),
    Part("Webhooks", SYSTEM, "Messages to your own systems"),
    Part("DB", DATABASES, "All databases, including read-only replicas"),
    Part("Read replicas", DATABASES),
    Part("Cache", DATABASES),
    Part("CDN", THIRD_PARTIES, "Images, fonts and downloads"),
    Part("E-mail", THIRD_PARTIES, "Invitations, receipts and alerts"),
    Part("Payments", THIRD_PARTIES, "Cards and direct debit"),
    Part("Documentation", None, "Guides and the API reference"),
    Part("Build pipeline", None, "For our own team", showcased=False),
    YOUNGEST,
)
