"""What is looked at: Debian's nginx with a small body, plain and behind TLS."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from .servers import HOST, free_port, running

_SERVER = """
daemon off;
worker_processes 1;
{user}
pid {folder}/nginx.pid;
error_log stderr;
events {{ worker_connections 16384; multi_accept on; }}
http {{
    access_log off;
    client_body_temp_path {folder}/tmp1;
    proxy_temp_path {folder}/tmp2;
    fastcgi_temp_path {folder}/tmp3;
    uwsgi_temp_path {folder}/tmp4;
    scgi_temp_path {folder}/tmp5;
    ssl_certificate {folder}/chain.pem;
    ssl_certificate_key {folder}/key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    server {{
        listen {host}:{plain} backlog=4096;
        listen {host}:{tls} ssl backlog=4096;
        default_type text/plain;
        location / {{ return 200 "{body}"; }}
    }}
}}
"""
_BODY = "All is well. " * 16
_DAYS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Targets:
    """Where both answer, and the authority that has signed the certificate."""

    pid: int
    plain: str
    tls: str
    authority: Path


@contextmanager
def targets(folder: Path, cores: set[int]) -> Iterator[Targets]:
    """Run the server on some cores."""
    binary = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if binary is None:
        raise SystemExit("nginx is needed: apt-get install nginx-light")
    folder.mkdir()
    authority = _make_certificate(folder)
    plain, tls = free_port(), free_port()
    config, log = folder / "nginx.conf", folder / "nginx.log"
    user = "user root;" if os.geteuid() == 0 else ""
    config.write_text(
        _SERVER.format(folder=folder, user=user, host=HOST, plain=plain, tls=tls, body=_BODY)
    )
    command = [binary, "-c", str(config), "-e", "stderr"]
    with running(command, port=plain, ready_path="/", log=log, env=os.environ) as server:
        for pid in (server.pid, *_workers(server.pid)):
            os.sched_setaffinity(pid, cores)
        yield Targets(server.pid, f"http://{HOST}:{plain}/", f"https://{HOST}:{tls}/", authority)


def _workers(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _make_certificate(folder: Path) -> Path:
    """Make an authority and a certificate of it, both on P-256; return the authority's file."""
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Benchmark authority")])
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)

    def begin(subject: x509.Name, of: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(authority_name)
            .public_key(of.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + _DAYS)
        )

    root = (
        begin(authority_name, authority_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    place = x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))])
    leaf = (
        begin(name, key).add_extension(place, critical=False).sign(authority_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    file = folder / "authority.pem"
    file.write_bytes(root.public_bytes(pem))
    (folder / "chain.pem").write_bytes(leaf.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return file
