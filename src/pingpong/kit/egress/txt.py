"""TXT records of a name, by the machine's own name servers: proofs stand in them."""

from collections.abc import Sequence

import dns.exception
import dns.resolver

from pingpong.kit.egress.resolve import HostUnknownError, ResolverUnavailableError

TIMEOUT_S = 5.0
MOST_RECORDS = 50
LONGEST_RECORD = 512


def txt_records(
    name: str, *, timeout_s: float = TIMEOUT_S, servers: Sequence[str] = (), port: int = 53
) -> frozenset[str]:
    """Return the texts, at most 50; `servers` are addresses to ask instead of the machine's.

    Raises HostUnknownError where there is no such name or it has none, and
    ResolverUnavailableError where nobody says.
    """
    try:
        resolver = dns.resolver.Resolver(configure=not servers)
        if servers:
            resolver.nameservers = list(servers)
            resolver.port = port
        answer = resolver.resolve(f"{name}.", "TXT", lifetime=timeout_s, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer) as problem:
        raise HostUnknownError(f"{name} has no TXT record.") from problem
    except (dns.exception.DNSException, OSError, ValueError) as problem:
        raise ResolverUnavailableError(f"Nobody says what {name} has.") from problem
    texts = (b"".join(record.strings) for record in list(answer)[:MOST_RECORDS])
    return frozenset(text[:LONGEST_RECORD].decode("utf-8", "replace") for text in texts)
