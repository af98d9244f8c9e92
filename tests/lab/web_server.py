"""Answers every request with 200, at every address there is; at the end it says who was asked.

`{"http": [port, ...], "https": [port, ...]}`. A path `/to/<hex>` is a redirect to what the hex
digits spell, `/hops/<n>/<hex>` one after n others, `/wait/<seconds>` is slow.
"""

import asyncio
import re
import ssl
import tempfile
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lab.programs import answer, be_ready_until_the_end, read_payload

_LONGEST_HEAD = 16 * 1024
_HEX = re.compile(r"([0-9a-f]{2})+")


class Site:
    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            self.asked[writer.get_extra_info("sockname")[0]] += 1
            path = head.split(b" ", 2)[1].decode("ascii")
            writer.write(await _response(path))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # who asked has gone
        finally:
            writer.close()


async def _response(path: str) -> bytes:
    _, kind, *rest = path.split("/")
    if kind == "to" and _HEX.fullmatch(rest[0]):
        return _redirect(bytes.fromhex(rest[0]))
    if kind == "hops":
        left = int(rest[0])
        where = f"/hops/{left - 1}/{rest[1]}".encode() if left else bytes.fromhex(rest[1])
        return _redirect(where)
    if kind == "wait":
        await asyncio.sleep(float(rest[0]))
    return b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfine"


def _redirect(where: bytes) -> bytes:
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: "
    return head + where + b"\r\n\r\n"


def own_certificate() -> ssl.SSLContext:
    """Return a context with a certificate that nobody trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "lab")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "both.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(file)
    return context


async def main() -> None:
    ports = read_payload()
    site = Site()
    secured = own_certificate()
    for scheme, context in (("http", None), ("https", secured)):
        for port in ports.get(scheme, ()):
            await asyncio.start_server(
                site.serve, None, port, ssl=context, limit=_LONGEST_HEAD, backlog=1024
            )
    over = asyncio.Event()
    loop = asyncio.get_running_loop()

    def wait() -> None:
        be_ready_until_the_end()
        loop.call_soon_threadsafe(over.set)

    threading.Thread(target=wait, daemon=True).start()
    await over.wait()
    answer(site.asked)


if __name__ == "__main__":
    asyncio.run(main())
