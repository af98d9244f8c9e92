"""What an operator allows beyond public addresses, in one setting."""

from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network

from pingpong.kit.egress.addresses import is_metadata, parse
from pingpong.kit.egress.names import TargetInvalidError
from pingpong.kit.egress.targets import host_target


@dataclass(frozen=True, slots=True)
class AllowList:
    """Networks, hosts and `host:port` pairs. Empty, it allows nothing beyond the public."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    hosts: frozenset[str] = field(default_factory=frozenset)
    endpoints: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    @classmethod
    def parse(cls, text: str) -> "AllowList":
        """Read entries between commas; raises ValueError with one sentence.

        `10.0.0.0/8`, `10.0.0.7`, `fd00::7`, `10.0.0.7:9000`, `[fd00::7]:9000`,
        `db.internal` and `db.internal:5432`.
        """
        networks, hosts, endpoints = [], set(), set()
        for entry in (part.strip() for part in text.split(",")):
            if "/" in entry:
                networks.append(_network(entry))
            elif entry:
                host, port = _host(entry)
                if port:
                    endpoints.add((host, port))
                else:
                    hosts.add(host)
        return cls(tuple(networks), frozenset(hosts), frozenset(endpoints))

    def __bool__(self) -> bool:
        return bool(self.networks or self.hosts or self.endpoints)

    def permits(self, host: str, address: str, port: int) -> bool:
        """Tell whether an entry covers an address to which a host's name leads.

        Where a cloud hands out credentials is never covered.
        """
        parsed = parse(address)
        if parsed is None or is_metadata(address):
            return False
        text = str(parsed)
        return (
            bool(self.hosts & {host, text})
            or self.names_port(host, port)
            or (text, port) in self.endpoints
            or any(parsed in network for network in self.networks)
        )

    def names_port(self, host: str, port: int) -> bool:
        """Tell whether an entry names this very port of a host."""
        return (host, port) in self.endpoints


def _network(entry: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(entry)
    except ValueError:
        raise ValueError(f"{entry!r} is no network such as 10.0.0.0/8.") from None


def _host(entry: str) -> tuple[str, int]:
    has_port = entry.count(":") == 1 or "]:" in entry
    try:
        target = host_target(entry, needs_port=has_port)
    except TargetInvalidError as problem:
        raise ValueError(f"{entry!r} cannot be allowed: {problem}") from problem
    return target.host, target.port
