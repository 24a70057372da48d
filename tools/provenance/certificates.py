"""What a key and its certificates must be so that readers of C2PA accept what they sign.

The rules are those of the certificate profile in the C2PA specification, section "X.509 certificates".
"""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID

from state.errors import SettingInvalid

Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
LEAST_RSA_BITS = 2048
CURVE_NAMES = frozenset({"secp256r1", "secp384r1", "secp521r1"})
PURPOSES = frozenset({
    ExtendedKeyUsageOID.EMAIL_PROTECTION.dotted_string,
    "1.3.6.1.5.5.7.3.36",  # documents
    "1.3.6.1.4.1.62558.2.1",  # C2PA's own
})  # fmt: skip
KINDS = "EC on P-256, P-384 or P-521, RSA of 2048 bits or more, or Ed25519"
ANOTHER = "Ask who issues your certificates for one that signs C2PA manifests."


def read_key(text: str, where: str) -> Private:
    """A private key in PEM form, or the base64 of one on one line.

    Raises:
        SettingInvalid: it is none, is sealed, or is of a kind that C2PA does not know.
    """
    try:
        key = _loaded(text.replace("\\n", "\n").strip())
    except TypeError:
        raise _wrong(where, "is sealed with a password", "Give the key without one.") from None
    except (ValueError, UnsupportedAlgorithm, binascii.Error):
        raise _wrong(
            where, "holds no private key", "Give it in PEM form, or as base64 on one line."
        ) from None
    known = isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in CURVE_NAMES
    long_enough = isinstance(key, rsa.RSAPrivateKey) and key.key_size >= LEAST_RSA_BITS
    if not (known or long_enough or isinstance(key, ed25519.Ed25519PrivateKey)):
        raise _wrong(where, "is of a kind that C2PA does not know", f"Use a key of {KINDS}.")
    assert isinstance(key, Private)  # noqa: S101 - the three tests above
    return key


def _loaded(text: str) -> object:
    if "-----BEGIN" in text:
        return load_pem_private_key(text.encode(), password=None)
    content = base64.b64decode(text, validate=True)
    loads = load_pem_private_key if content.startswith(b"-----") else load_der_private_key
    return loads(content, password=None)


def read_chain(text: str, where: str) -> list[x509.Certificate]:
    """The certificates in PEM form, in the order in which they stand.

    Raises:
        SettingInvalid: there is none, or one cannot be read.
    """
    try:
        return x509.load_pem_x509_certificates(text.replace("\\n", "\n").encode())
    except ValueError:
        raise _wrong(where, "holds no certificate", "Give it in PEM form, the key's own first.") from None


def check_chain(key: Private, chain: Sequence[x509.Certificate], where: str, *, now: datetime) -> None:
    """Whether these certificates are the key's, are in force, and may sign a film.

    Raises:
        SettingInvalid: what is wrong first, and what helps.
    """
    leaf = chain[0]
    if _public(leaf.public_key()) != _public(key.public_key()):
        raise _wrong(
            where, "is not of this key: the first certificate has another public key",
            "Give the certificate that was issued for the key, and let it stand first.",
        )  # fmt: skip
    _check_dates(chain, where, now)
    _check_issuers(chain, where)
    _check_purpose(leaf, where)


def _check_dates(chain: Sequence[x509.Certificate], where: str, now: datetime) -> None:
    for number, one in enumerate(chain, start=1):
        if one.not_valid_after_utc <= now:
            day = one.not_valid_after_utc.date()
            raise _wrong(where, f"has expired: certificate {number} was good until {day}", "Renew it.")
        if one.not_valid_before_utc > now:
            day = one.not_valid_before_utc.date()
            raise _wrong(
                where, f"is not in force yet: certificate {number} begins on {day}",
                "Wait for that day, or set this machine's clock.",
            )  # fmt: skip


def _check_issuers(chain: Sequence[x509.Certificate], where: str) -> None:
    if chain[0].issuer == chain[0].subject:
        raise _wrong(
            where, "is signed by its own key, which readers of C2PA refuse",
            "Have it issued by a CA, if only one of your own; with no setting one is made here.",
        )  # fmt: skip
    for number, (one, issuer) in enumerate(pairwise(chain), start=1):
        try:
            one.verify_directly_issued_by(issuer)
        except (ValueError, TypeError, InvalidSignature):
            raise _wrong(
                where, f"is out of order: certificate {number} was not issued by the one after it",
                "Let each one be followed by the certificate of who issued it.",
            ) from None  # fmt: skip


def _check_purpose(leaf: x509.Certificate, where: str) -> None:
    try:
        extensions = leaf.extensions
    except ValueError:
        raise _wrong(where, "cannot be read: its extensions are damaged", ANOTHER) from None
    usage, purposes = _usage(extensions), _purposes(extensions)
    if usage is None or not usage.digital_signature:
        raise _wrong(where, "may not sign: its key usage lacks digitalSignature", ANOTHER)
    if usage.key_cert_sign or _is_authority(extensions):
        raise _wrong(where, "is that of a CA, which may not sign films itself", ANOTHER)
    if not purposes & PURPOSES:
        said = ", ".join(sorted(purposes)) or "none"
        raise _wrong(
            where, f"is not for signing content: its extended key usage is {said}",
            f"{ANOTHER} Its extended key usage is emailProtection, documentSigning or C2PA's own.",
        )  # fmt: skip


def _usage(extensions: x509.Extensions) -> x509.KeyUsage | None:
    try:
        return extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None


def _purposes(extensions: x509.Extensions) -> set[str]:
    try:
        found = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return set()
    return {purpose.dotted_string for purpose in found}


def _is_authority(extensions: x509.Extensions) -> bool:
    try:
        return bool(extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except x509.ExtensionNotFound:
        return False


def _public(key: object) -> bytes:
    assert hasattr(key, "public_bytes")  # noqa: S101 - every public key has it
    told: bytes = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return told


def _wrong(where: str, problem: str, fix: str) -> SettingInvalid:
    return SettingInvalid(f"{where} {problem}.", user_action=fix, details={"setting": where})
