"""Two network namespaces and the wire between them: ours, and the rest of the world.

The world answers for every address there is, so that a packet that should not have been sent
arrives and is seen. Nothing of it touches the machine's own network.
"""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

PREFIX = "pplab"
ETC = Path("/etc/netns")
OUR_V4, OUR_V6 = "93.184.1.2", "2003:1::2"
WORLD_V4, WORLD_V6 = "93.184.1.1", "2003:1::1"
NAME_SERVER = "93.184.215.53"
_CARRIER_WITHIN_S = 10.0
_numbers = count()


@dataclass(frozen=True)
class Spaces:
    """The names of the namespaces."""

    ours: str
    world: str

    def cut_link(self) -> None:
        """Take our network away."""
        _ip("-n", self.ours, "link", "set", "wire", "down")

    def mend_link(self) -> None:
        """Give our network back; its IPv6 went with it."""
        _ip("-n", self.ours, "link", "set", "wire", "up")
        _ip("-n", self.ours, "route", "add", "default", "via", WORLD_V4)
        _ip("-n", self.ours, "-6", "addr", "add", f"{OUR_V6}/64", "dev", "wire", "nodad")
        _ip("-n", self.ours, "-6", "route", "add", "default", "via", WORLD_V6)
        self._wait_for_carrier()

    @contextmanager
    def without_link(self) -> Iterator[None]:
        """Do without a network of ours for a while."""
        self.cut_link()
        try:
            yield
        finally:
            self.mend_link()

    @contextmanager
    def without_carrier(self) -> Iterator[None]:
        """Have the other end of our wire unplugged for a while; our addresses stay."""
        _ip("-n", self.world, "link", "set", "wire", "down")
        try:
            yield
        finally:
            _ip("-n", self.world, "link", "set", "wire", "up")
            _ip("-n", self.world, "-6", "addr", "add", f"{WORLD_V6}/64", "dev", "wire", "nodad")
            self._wait_for_carrier()

    def _wait_for_carrier(self) -> None:
        """Return when both ends carry packets: the kernel takes up to a second for that.

        Until then it drops them, and a name that is asked for meanwhile fails.
        """
        deadline = time.monotonic() + _CARRIER_WITHIN_S
        while not all(map(_is_operational, (self.ours, self.world))):
            if time.monotonic() > deadline:
                raise TimeoutError("The wire between the namespaces did not come up.")
            time.sleep(0.02)

    @contextmanager
    def swallowing(self, *networks: str) -> Iterator[None]:
        """Have the world take packets to networks of IPv4 without an answer."""
        for network in networks:
            _ip("-n", self.world, "route", "add", "blackhole", network)
        try:
            yield
        finally:
            for network in networks:
                _ip("-n", self.world, "route", "del", "blackhole", network)


@contextmanager
def spaces() -> Iterator[Spaces]:
    """Make the namespaces and remove them, and those that a killed run has left."""
    _remove_leftovers()
    mine = f"{PREFIX}-{os.getpid()}-{next(_numbers)}"
    made = Spaces(f"{mine}-ours", f"{mine}-world")
    try:
        _make(made)
        yield made
    finally:
        for name in (made.ours, made.world):
            _remove(name)


def _make(made: Spaces) -> None:
    ours, world = made.ours, made.world
    for name in (ours, world):
        _ip("netns", "add", name)
        _ip("-n", name, "link", "set", "lo", "up")
    _write_etc(ours)
    _ip("link", "add", "wire", "netns", ours, "type", "veth", "peer", "wire", "netns", world)
    _ip("-n", ours, "addr", "add", f"{OUR_V4}/30", "dev", "wire")
    _ip("-n", world, "addr", "add", f"{WORLD_V4}/30", "dev", "wire")
    _ip("-n", world, "addr", "add", f"{NAME_SERVER}/32", "dev", "lo")
    _ip("-n", world, "-6", "addr", "add", f"{WORLD_V6}/64", "dev", "wire", "nodad")
    _ip("-n", world, "link", "set", "wire", "up")
    made.mend_link()
    for version in ("-4", "-6"):
        _ip("-n", world, version, "route", "add", "local", "default", "dev", "lo", "table", "main")


def _write_etc(name: str) -> None:
    folder = ETC / name
    folder.mkdir(parents=True)
    (folder / "resolv.conf").write_text(
        f"nameserver {NAME_SERVER}\nsearch search.test\noptions timeout:1 attempts:1\n"
    )
    (folder / "hosts").write_text(
        "127.0.0.1 localhost\n::1 localhost\n10.0.0.7 in-file.test alone\n"
    )
    (folder / "nsswitch.conf").write_text("hosts: files dns\n")


def _remove_leftovers() -> None:
    listed = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True)
    names = {line.split()[0] for line in listed.stdout.splitlines() if line}
    names |= {folder.name for folder in ETC.glob(f"{PREFIX}-*")}
    for name in names:
        prefix, _, rest = name.partition("-")
        maker = rest.partition("-")[0]
        if prefix == PREFIX and not Path("/proc", maker).exists():
            _remove(name)


def _remove(name: str) -> None:
    inside = subprocess.run(
        ["ip", "netns", "pids", name], capture_output=True, text=True, check=False
    )
    for pid in inside.stdout.split():
        with suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)
    subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
    shutil.rmtree(ETC / name, ignore_errors=True)


def _is_operational(name: str) -> bool:
    shown = subprocess.run(
        ["ip", "-n", name, "-j", "link", "show", "dev", "wire"],
        capture_output=True,
        check=True,
    )
    return bool(json.loads(shown.stdout)[0]["operstate"] == "UP")


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)
