"""A key and certificates of one's own, for whoever set none: readers check them and do not know the issuer.

They lie in the data folder and not in the database: a dump, an archive and a replica hold no key that
signs. Whoever works on several machines sets one key for all of them.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

from tools.kept_secret import kept_bytes

KEPT_FILE = "provenance_key"
VALID_FOR = timedelta(days=3650)
"""Without a time stamp a film can be checked for no longer than this."""
CLOCKS_DIFFER = timedelta(days=1)
ISSUER, SIGNS = "Greenlight local CA", "Greenlight"


def kept_identity(data_dir: Path) -> bytes:
    """The private key and its certificates as one PEM text, made by whoever asks first.

    One file, so that several processes end with one key that fits its certificate.

    Raises:
        FolderUnwritable: it can be neither read nor made.
    """
    return kept_bytes(data_dir, KEPT_FILE, make_identity)


def make_identity(*, now: datetime | None = None, valid_for: timedelta = VALID_FOR) -> bytes:
    """A new key of P-256 with its certificate and that of a CA, whose own key is forgotten at once."""
    begin = (now or datetime.now(UTC)) - CLOCKS_DIFFER
    until = begin + CLOCKS_DIFFER + valid_for
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _root(authority, begin, until)
    leaf = _leaf(key, authority, root, begin, until)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret + leaf.public_bytes(Encoding.PEM) + root.public_bytes(Encoding.PEM)


def _root(authority: ec.EllipticCurvePrivateKey, begin: datetime, until: datetime) -> x509.Certificate:
    bare = _blank(ISSUER, authority.public_key(), begin, until).issuer_name(_name(ISSUER))
    return (
        bare.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .sign(authority, hashes.SHA256())
    )


def _leaf(
    key: ec.EllipticCurvePrivateKey, authority: ec.EllipticCurvePrivateKey, root: x509.Certificate,
    begin: datetime, until: datetime,
) -> x509.Certificate:  # fmt: skip
    bare = _blank(SIGNS, key.public_key(), begin, until).issuer_name(root.subject)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())
    return (
        bare.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(issuer, critical=False)
        .sign(authority, hashes.SHA256())
    )


def _blank(
    name: str, public: ec.EllipticCurvePublicKey, begin: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _name(common: str) -> x509.Name:
    # Readers show the organisation as the issuer of the manifest, so there has to be one.
    organisation = x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Greenlight")
    return x509.Name([organisation, x509.NameAttribute(x509.NameOID.COMMON_NAME, common)])


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority, key_cert_sign=authority, crl_sign=authority,
        content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
