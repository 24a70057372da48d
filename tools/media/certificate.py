"""A certificate for the server of a bucket, and a CA of its own that vouches for it alone.

The CA's key is never written: nobody can make a second certificate that its users would trust.
"""

import os
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from state.errors import FolderUnwritable, SettingInvalid

CA_FILE, CERTIFICATE_FILE, KEY_FILE = "ca.pem", "server.pem", "server.key"
FILES = (KEY_FILE, CERTIFICATE_FILE, CA_FILE)
"""In the order of writing: where the CA is, the others are."""
GOOD_FOR = timedelta(days=3650)
CLOCKS_DIFFER = timedelta(days=1)
KEY_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def make_certificate(host: str, folder: Path) -> bool:
    """Write a CA, a certificate for this host and its key, unless they are there; whether they were made.

    Raises:
        FolderUnwritable: the folder cannot be written to.
        SettingInvalid: one for another host is there, or one that has run out.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / CA_FILE).exists():
            _refuse_another((folder / CERTIFICATE_FILE).read_bytes(), host, folder)
            return False
        for name, content in zip(FILES, _made(host), strict=True):
            _write(folder / name, content, 0o600 if name == KEY_FILE else 0o644)
    except OSError as exc:
        raise FolderUnwritable(f"cannot keep a certificate in {folder}: {exc.strerror}") from exc
    return True


def _refuse_another(there: bytes, host: str, folder: Path) -> None:
    found = x509.load_pem_x509_certificate(there)
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    if _alternative(host) in names and datetime.now(UTC) < found.not_valid_after_utc:
        return
    raise SettingInvalid(
        f"{folder}: the certificate there is for another host than {host}, or has run out",
        user_action=f"Remove {', '.join(FILES)} there and ask again; then restart whoever uses them.",
    )


def _write(file: Path, content: bytes, mode: int) -> None:
    fresh = file.with_name(f".{file.name}")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
        os.fchmod(out.fileno(), mode)
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)


def _made(host: str) -> tuple[bytes, bytes, bytes]:
    """The key, the certificate and the CA."""
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = _name(f"Greenlight's CA for {host}")
    ca = _begun(ca_name, ca_name, ca_key, ca_key, ca=True).sign(ca_key, SHA256())
    begun = _begun(_name(host), ca_name, key, ca_key, ca=False)
    begun = begun.add_extension(x509.SubjectAlternativeName([_alternative(host)]), critical=False)
    begun = begun.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return plain, begun.sign(ca_key, SHA256()).public_bytes(Encoding.PEM), ca.public_bytes(Encoding.PEM)


def _begun(
    subject: x509.Name, issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey, issuer_key: ec.EllipticCurvePrivateKey, *, ca: bool,
) -> x509.CertificateBuilder:  # fmt: skip
    """What both have, with all that a strict reader asks for."""
    now = datetime.now(UTC)
    used_for = {"key_cert_sign"} if ca else {"digital_signature"}
    usage = x509.KeyUsage(**{name: name in used_for for name in KEY_USAGES})
    known_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - CLOCKS_DIFFER)
        .not_valid_after(now + GOOD_FOR)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(known_by, critical=False)
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
