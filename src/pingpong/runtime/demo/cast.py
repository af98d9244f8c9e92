"""Who works at ACME, and how they join."""

from datetime import datetime

from pingpong.accounts.models import Person
from pingpong.accounts.people import register
from pingpong.kit.actor import Actor
from pingpong.kit.secrets import new_password
from pingpong.pages.models import Page
from pingpong.teams.members import add_member
from pingpong.teams.roles import Role

PROJECT = "ACME"
SLUG = "acme"
OWNER = "Donald Duck"
OWNER_EMAIL = "donald@acme.example"

TEAMMATES = (
    ("Daisy", "daisy@acme.example", Role.ADMIN),
    ("Huey", "huey@acme.example", Role.RESPONDER),
    ("Dewey", "dewey@acme.example", Role.RESPONDER),
    ("Louie", "louie@acme.example", Role.RESPONDER),
)


def gather(page: Page, *, now: datetime) -> dict[str, Actor]:
    """Add the owner's teammates to the page's team; return everybody by name."""
    owner = Person.objects.get(email=OWNER_EMAIL)
    actors = {OWNER: Actor(owner.name, owner.pk)}
    for name, email, role in TEAMMATES:
        # Nobody is told these passwords: only the owner signs in, the others are there to be seen.
        person = Person.objects.filter(email=email).first() or register(
            email=email, name=name, password=new_password(), now=now
        )
        add_member(page, person, role=role, by=actors[OWNER], now=now)
        actors[name] = Actor(name, person.pk)
    return actors
