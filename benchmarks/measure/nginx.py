"""Debian's nginx with the product's answers as files: the same bytes, the same headers."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .servers import HOST, Answer, Server, free_port, running

# Each server says these for itself.
_OWN = {"server", "date", "connection", "keep-alive"}
OWN_ETAG = "/own-etag"
# Set by directives of their own, or by the length of the file.
_BUILT_IN = {"content-type", "content-length"}

_SERVER = """
daemon off;
worker_processes 1;
{user}
pid {folder}/nginx.pid;
error_log stderr;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    gzip off;
    keepalive_requests 1000000000;
    open_file_cache max=100 inactive=1h;
    open_file_cache_valid 1h;
    client_body_temp_path {folder}/tmp1;
    proxy_temp_path {folder}/tmp2;
    fastcgi_temp_path {folder}/tmp3;
    uwsgi_temp_path {folder}/tmp4;
    scgi_temp_path {folder}/tmp5;
    server {{
        listen {host}:{port} backlog=1024;
{locations}
    }}
}}
"""

# `etag off` where the product's own is sent; nginx answers 304 only to one that it made itself.
_LOCATION = """
        location = {path} {{
            alias {file};
            default_type "{content_type}";
            max_ranges 0;
            etag {etag};
            add_header Last-Modified "";
{headers}
        }}
"""


@contextmanager
def serving(answers: Mapping[str, Answer], *, folder: Path) -> Iterator[Server]:
    """Serve each answer under its place; one that ends in OWN_ETAG gets nginx's entity tag."""
    binary = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if binary is None or shutil.which("wrk") is None:
        raise SystemExit("nginx and wrk are needed: apt-get install nginx-light wrk")
    port = free_port()
    folder.mkdir()
    locations = []
    for number, (path, answer) in enumerate(answers.items()):
        file = folder / str(number)
        file.write_bytes(answer.body)
        locations.append(_location(path, file, answer))
    config = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    config.write_text(
        _SERVER.format(folder=folder, user=user, host=HOST, port=port, locations="".join(locations))
    )
    command = [binary, "-c", str(config), "-e", "stderr"]
    ready_path, log = next(iter(answers)), folder / "nginx.log"
    with running(command, port=port, ready_path=ready_path, log=log, env=os.environ) as server:
        yield server


def difference(ours: Answer, theirs: Answer, *, but_etag: bool) -> str:
    """Say what a reader would see differ, apart from who answered and when; empty for nothing."""
    if ours.status != theirs.status:
        return f"status {ours.status} and {theirs.status}"
    if ours.body != theirs.body:
        return f"bodies of {len(ours.body)} and {len(theirs.body)} bytes"
    mine, yours = _shared(ours), _shared(theirs)
    if but_etag:
        yours["etag"] = mine["etag"]
    names = sorted(name for name in mine | yours if mine.get(name) != yours.get(name))
    return ", ".join(f"{name}: {mine.get(name)!r} and {yours.get(name)!r}" for name in names)


def _shared(answer: Answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in _OWN}


def _location(path: str, file: Path, answer: Answer) -> str:
    own_etag = path.endswith(OWN_ETAG)
    left_out = _BUILT_IN | ({"etag"} if own_etag else set())
    headers = [
        f'            add_header {name} "{_quoted(value)}";'
        for name, value in _shared(answer).items()
        if name not in left_out
    ]
    return _LOCATION.format(
        path=path,
        file=file,
        content_type=_quoted(answer.headers["content-type"]),
        etag="on" if own_etag else "off",
        headers="\n".join(headers),
    )


def _quoted(value: str) -> str:
    if "$" in value:
        raise SystemExit(f"nginx would take a part of this header for a variable: {value}")
    return value.replace("\\", "\\\\").replace('"', '\\"')
