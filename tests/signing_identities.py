"""Keys and certificates of every make-up, for whoever tests what may sign a film."""

from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID

NOW = datetime.now(UTC)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
MAKES: dict[str, Any] = {
    "es256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "es384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "es512": lambda: ec.generate_private_key(ec.SECP521R1()),
    "ps256": lambda: rsa.generate_private_key(65537, 2048),
    "ed25519": ed25519.Ed25519PrivateKey.generate,
}


def pem_of(key: Any, password: str = "") -> str:
    """A private key in PEM form."""
    sealed = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealed).decode()


def chain_for(
    key: Any, *, signs: bool = True, authority: bool = False, own: bool = False,
    purposes: tuple[x509.ObjectIdentifier, ...] | None = (ExtendedKeyUsageOID.EMAIL_PROTECTION,),
    days: tuple[int, int] = (-1, 365),
) -> str:  # fmt: skip
    """Its certificate and that of a CA; `own` has it signed by itself, `days` is from when to when."""
    issuer_key = key if own else ec.generate_private_key(ec.SECP256R1())
    issuer = _name("a studio" if own else "a CA")
    begin, end = (NOW + timedelta(days=day) for day in days)
    leaf = _blank(_name("a studio"), issuer, key, begin, end)
    leaf = leaf.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    leaf = leaf.add_extension(_usage(signs=signs, issues=authority), critical=True)
    if purposes is not None:
        leaf = leaf.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    leaf = leaf.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
    )
    root = _blank(issuer, issuer, issuer_key, NOW - timedelta(days=400), NOW + timedelta(days=4000))
    root = root.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = [leaf.sign(issuer_key, hashes.SHA256())] + (
        [] if own else [root.sign(issuer_key, hashes.SHA256())]
    )
    return "".join(one.public_bytes(Encoding.PEM).decode() for one in made)


def _blank(
    subject: x509.Name, issuer: x509.Name, key: Any, begin: datetime, end: datetime
) -> x509.CertificateBuilder:
    public = key.public_key()
    blank = x509.CertificateBuilder(issuer, subject, public, x509.random_serial_number(), begin, end)
    return blank.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)


def _usage(*, signs: bool, issues: bool) -> x509.KeyUsage:
    return x509.KeyUsage(signs, not signs, False, False, False, issues, issues, False, False)


def _name(common: str) -> x509.Name:
    organisation = x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "A Studio Inc")
    return x509.Name([organisation, x509.NameAttribute(x509.NameOID.COMMON_NAME, common)])
