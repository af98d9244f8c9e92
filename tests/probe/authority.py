"""An authority of our own, and certificates that are right or wrong in one way each."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Authority:
    """`ca_file` is what a probe has to trust; certificates are PEM files with their keys."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named("Test authority")
        self._certificate = self._sign(self._name, self._key, days=3650, names=[], is_ca=True)
        self.ca_file = folder / "authority.pem"
        self.ca_file.write_bytes(self._certificate.public_bytes(serialization.Encoding.PEM))

    def issue(self, name: str, *, days: float = 90) -> Path:
        """Return a certificate for a host's name that ends in `days`, which may be negative."""
        key = ec.generate_private_key(ec.SECP256R1())
        return self._write(key, self._sign(_named(name), key, days=days, names=[name]))

    def self_signed(self, name: str) -> Path:
        return Authority(_fresh(self._folder, name)).issue(name)

    def _sign(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        *,
        days: float,
        names: list[str],
        is_ca: bool = False,
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=400))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        )
        if names:
            alternatives = [x509.DNSName(name) for name in names]
            builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), False)
        return builder.sign(self._key, hashes.SHA256())

    def _write(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> Path:
        path = self._folder / f"{certificate.serial_number}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
        return path


def _fresh(folder: Path, name: str) -> Path:
    path = folder / f"other-{name}"
    path.mkdir(exist_ok=True)
    return path


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
