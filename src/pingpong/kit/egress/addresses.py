"""Which addresses are everybody's, judged by number alone.

`ipaddress.is_private` and `is_global` are no guards: the first misses shared address space,
multicast and embedded IPv4, the second calls multicast and NAT64 global.
"""

from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

Address = IPv4Address | IPv6Address

# IANA's special-purpose registry as a whole, multicast, and Azure's wire server.
_NOT_PUBLIC_V4 = tuple(
    IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32"),
        *("169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24"),
        *("192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")
_NOT_PUBLIC_V6 = tuple(
    IPv6Network(network)
    for network in (*("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),)
)
_NAT64 = IPv6Network("64:ff9b::/96")
_TEREDO = IPv6Network("2001::/32")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
_ISATAP = (0x00005EFE, 0x02005EFE)

# Where clouds hand out credentials to whoever asks from inside.
_METADATA = frozenset(
    ip_address(address)
    for address in (
        *("169.254.169.254", "169.254.169.253", "169.254.170.2", "169.254.170.23"),
        *("169.254.42.42", "168.63.129.16", "100.100.100.200", "192.0.0.192"),
        *("fd00:ec2::254", "fd00:ec2::253", "fd00:ec2::23", "fd20:ce::254", "fd00:42::42"),
        "fe80::a9fe:a9fe",
    )
)


@lru_cache(maxsize=65536)
def parse(text: str) -> Address | None:
    """Return the address that a text is in its usual form, or None; a zone id makes it none."""
    try:
        return None if "%" in text else ip_address(text)
    except ValueError:
        return None


@lru_cache(maxsize=65536)
def is_public(address: str) -> bool:
    """Tell whether an address may be anybody's server; what is no address is not public."""
    parsed = parse(address)
    if isinstance(parsed, IPv6Address) and parsed in _NAT64:
        # An IPv6-only network with DNS64 reaches all of IPv4 this way.
        parsed = IPv4Address(int(parsed) & 0xFFFFFFFF)
    if isinstance(parsed, IPv4Address):
        return not any(parsed in network for network in _NOT_PUBLIC_V4)
    if isinstance(parsed, IPv6Address):
        return parsed in _GLOBAL_V6 and not any(parsed in network for network in _NOT_PUBLIC_V6)
    return False


@lru_cache(maxsize=65536)
def is_metadata(address: str) -> bool:
    """Tell whether an address is, or carries, one where a cloud hands out credentials."""
    parsed = parse(address.partition("%")[0])
    if isinstance(parsed, IPv6Address):
        return parsed in _METADATA or any(one in _METADATA for one in embedded(parsed))
    return parsed in _METADATA


def embedded(address: IPv6Address) -> list[IPv4Address]:
    """Return the IPv4 addresses that an IPv6 address may be carrying."""
    number = int(address)
    found = []
    if address in _SIX_TO_FOUR:
        found.append(number >> 80)
    if address in _TEREDO:
        found += [number >> 64, ~number]
    if address in _LOCAL_NAT64:  # RFC 6052: eight bits in the middle stay empty
        found.append(number >> 64 << 16 | number >> 40 & 0xFFFF)
    if address not in _GLOBAL_V6 or number >> 32 & 0xFFFFFFFF in _ISATAP:
        found.append(number)
    return [IPv4Address(one & 0xFFFFFFFF) for one in found]
