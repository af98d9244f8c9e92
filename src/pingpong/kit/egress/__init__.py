"""The one door to addresses that users gave: read, judge, resolve, judge again, then connect.

A caller reads a target (`web_target`, `host_target`), asks the gate before and after the lookup
(`precheck`, `vet`), connects to one of the vetted addresses only, and lets the gate judge the
socket's own address once more (`may_connect`). Each redirect begins again at the start.
"""

from pingpong.kit.egress.addresses import is_metadata, is_public
from pingpong.kit.egress.allow import AllowList
from pingpong.kit.egress.gate import Gate, TargetBlockedError
from pingpong.kit.egress.lanes import Lanes, has_waited
from pingpong.kit.egress.names import TargetInvalidError
from pingpong.kit.egress.resolve import (
    HostUnknownError,
    IpVersion,
    ResolverUnavailableError,
    resolve_now,
)
from pingpong.kit.egress.resolver import Asked, NotAskedError, Resolved, Resolver
from pingpong.kit.egress.targets import Target, host_target, web_target
from pingpong.kit.egress.txt import txt_records

__all__ = [
    "AllowList",
    "Asked",
    "Gate",
    "HostUnknownError",
    "IpVersion",
    "Lanes",
    "NotAskedError",
    "Resolved",
    "Resolver",
    "ResolverUnavailableError",
    "Target",
    "TargetBlockedError",
    "TargetInvalidError",
    "has_waited",
    "host_target",
    "is_metadata",
    "is_public",
    "resolve_now",
    "txt_records",
    "web_target",
]
