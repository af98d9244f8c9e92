"""Which page is where: hosts of their own, closed pages, and addresses that were given up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pingpong.kit.hosts import canonical_host
from pingpong.pages.domains import verified_hosts
from pingpong.pages.models import FormerSlug, Page, Visibility

PREFIX = "/s/"


@dataclass(frozen=True, slots=True)
class Places:
    """`hosts` and `moved` lead to slugs; pages whose slug is in `private` are never stored."""

    hosts: Mapping[str, str] = field(default_factory=dict)
    private: frozenset[str] = frozenset()
    moved: Mapping[str, str] = field(default_factory=dict)

    def slug_at(self, host: str) -> str | None:
        """Return whose a Host header is; None for the installation's own."""
        return self.hosts.get(host) or self.hosts.get(canonical_host(host) or "")

    def facts(self) -> dict[str, Any]:
        """Return it as JSON can say it."""
        return {
            "hosts": dict(self.hosts),
            "private": sorted(self.private),
            "moved": dict(self.moved),
        }


NOWHERE = Places()


def read_places(now: datetime) -> Places:
    """Read them. Three queries."""
    closed = Page.objects.exclude(visibility=Visibility.PUBLIC).values_list("slug", flat=True)
    former = FormerSlug.objects.filter(until__gt=now).values_list("slug", "page__slug")
    hosts = {host: known.slug for host, known in verified_hosts().items()}
    return Places(hosts, frozenset(closed), _strictly(former))


def places_from(facts: Any) -> Places:
    """Read what `Places.facts` said; nothing where it is something else."""
    try:
        return Places(dict(facts["hosts"]), frozenset(facts["private"]), dict(facts["moved"]))
    except (TypeError, KeyError, ValueError):
        return NOWHERE


def slug_in(path: str) -> str:
    """Return the slug in `/s/<slug>/...`; empty for other paths."""
    return path[len(PREFIX) :].partition("/")[0] if path.startswith(PREFIX) else ""


def _strictly(former: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {old: new for old, new in former if old != new}
