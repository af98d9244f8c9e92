"""From a name to addresses, by the machine's own resolver: /etc/hosts counts.

No search domain is tried: a name means what it says.
"""

import socket
import threading
from concurrent.futures import Future
from typing import Literal

from pingpong.kit.egress.addresses import parse
from pingpong.kit.egress.hosts_file import is_in_hosts_file

IpVersion = Literal[0, 4, 6]
MOST_ANSWERS = 16
_FAMILIES = {0: socket.AF_UNSPEC, 4: socket.AF_INET, 6: socket.AF_INET6}
_VERSIONS: dict[int, IpVersion] = {4: 4, 6: 6}
# No such name, no address of it, none of the wanted version.
_UNKNOWN = (socket.EAI_NONAME, socket.EAI_NODATA, socket.EAI_ADDRFAMILY)


class HostUnknownError(Exception):
    """The resolver answered: there is no such name, or no such address of it."""


class ResolverUnavailableError(Exception):
    """No answer could be had, which says nothing about the name."""


def resolve_now(host: str, *, ip_version: IpVersion, timeout_s: float) -> list[str]:
    """Return at most 16 addresses in the order in which they should be tried.

    `host` is a target's: an address, which is returned as it is, or a name in ASCII. Raises
    HostUnknownError or ResolverUnavailableError; the latter after `timeout_s` seconds, too.
    """
    if parse(host):
        return literal(host, ip_version)
    answer: Future[list[str]] = Future()
    # The system's call cannot be broken off: a thread of its own waits for it.
    threading.Thread(target=_fill, args=(answer, host, ip_version), daemon=True).start()
    try:
        return answer.result(timeout_s)
    except TimeoutError:
        raise ResolverUnavailableError(f"No resolver answered in {timeout_s:g} s.") from None


def literal(host: str, ip_version: IpVersion) -> list[str]:
    """Return an address as the answer for itself; raises HostUnknownError."""
    parsed = parse(host)
    if parsed is None or ip_version not in (0, _VERSIONS[parsed.version]):
        raise HostUnknownError(f"{host} is no IPv{ip_version} address.")
    return [str(parsed)]


def ask(host: str, ip_version: IpVersion) -> list[str]:
    """Ask the system, for as long as that takes; raises as `resolve_now` does."""
    # The final dot keeps the search domains out; the hosts file would not know the name with it.
    name = host if is_in_hosts_file(host) else f"{host}."
    # With AI_ADDRCONFIG and one version a machine without addresses would hear "no such name".
    flags = 0 if ip_version else socket.AI_ADDRCONFIG
    family = _FAMILIES[ip_version]
    try:
        # Bytes: text would go through Python's IDNA, which has rules of its own.
        answers = socket.getaddrinfo(
            name.encode("ascii"), None, family, socket.SOCK_STREAM, 0, flags
        )
    except socket.gaierror as problem:
        if problem.errno in _UNKNOWN:
            raise HostUnknownError(f"{host} has no address.") from problem
        raise ResolverUnavailableError("The resolver gave no answer.") from problem
    except (OSError, UnicodeError) as problem:
        raise ResolverUnavailableError("The resolver could not be asked.") from problem
    addresses = dict.fromkeys(str(answer[4][0]) for answer in answers)
    return list(addresses)[:MOST_ANSWERS]


def _fill(answer: "Future[list[str]]", host: str, ip_version: IpVersion) -> None:
    try:
        answer.set_result(ask(host, ip_version))
    except (HostUnknownError, ResolverUnavailableError) as problem:
        answer.set_exception(problem)
