"""Who does something, as the verbs take it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A name to show and keep, and the person behind it; no person when the product acts."""

    name: str
    person_id: str = ""
