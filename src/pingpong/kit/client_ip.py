"""Whose request it is: the address of a visitor behind proxies that are trusted by name."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address


def networks(text: str) -> tuple[Network, ...]:
    """Read networks and addresses between commas or lines; raises ValueError with one sentence."""
    found = []
    for entry in text.replace(",", " ").split():
        try:
            found.append(ip_network(entry, strict=False))
        except ValueError:
            raise ValueError(f"{entry!r} is no address or network such as 10.0.0.0/8.") from None
    return tuple(found)


def client_ip(remote_addr: str, forwarded_for: str, trusted_networks: Sequence[Network]) -> str:
    """Return the address of the one who asks, as it is written canonically.

    `forwarded_for` is the X-Forwarded-For header: it is read from the right, and only as far as
    whoever added the entry is trusted. An entry that is no address ends the reading. Where
    `remote_addr` is no address (a socket of this machine), it is returned as it is.
    """
    known = _address(remote_addr)
    if known is None:
        return remote_addr
    for entry in reversed(forwarded_for.split(",")):
        further = _address(entry)
        if further is None or not is_within(known, trusted_networks):
            break
        known = further
    return str(known)


def is_within(address: str | Address, among: Sequence[Network]) -> bool:
    """Tell whether an address lies in one of the networks; what is no address lies in none."""
    known = _address(address) if isinstance(address, str) else address
    return known is not None and any(known in network for network in among)


def _address(text: str) -> Address | None:
    entry = text.strip()
    if entry.startswith("["):
        entry = entry[1:].partition("]")[0]
    elif entry.count(":") == 1:
        entry = entry.partition(":")[0]
    try:
        address = ip_address(entry)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
