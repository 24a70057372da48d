"""Who signs what is delivered: a key with its certificates, from the settings or made here once.

What is given is checked before anything is signed with it, because a library that refuses a key says why
in a word, and a reader elsewhere refuses the film. Each fault is one sentence with the setting and the fix.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from state.errors import SettingInvalid
from tools.provenance.certificates import Private, check_chain, read_chain, read_key
from tools.provenance.self_made import KEPT_FILE, kept_identity
from tools.redaction import REDACT, rows_of_key
from tools.settings import Settings

LARGEST_FILE = 256 * 1024
AGAIN = (
    "Remove that file: another one is made. What was signed with the one before stays valid until its end."
)
KEY, CERTIFICATES = "GREENLIGHT_PROVENANCE_KEY", "GREENLIGHT_PROVENANCE_CERTIFICATES"
CURVES: dict[str, tuple[str, hashes.HashAlgorithm, int]] = {
    "secp256r1": ("es256", hashes.SHA256(), 32),
    "secp384r1": ("es384", hashes.SHA384(), 48),
    "secp521r1": ("es512", hashes.SHA512(), 66),
}
"""Name of the curve: algorithm in C2PA, digest, bytes of each half of a signature."""


@dataclass(frozen=True)
class Signer:
    """A key that signs, and the certificates that say whose it is. It is never shown."""

    chain: tuple[x509.Certificate, ...]
    """Its own first, then each one's issuer."""
    private: Private = field(repr=False)
    self_made: bool
    """Made here: readers say that they do not know who issued it."""

    @property
    def leaf(self) -> x509.Certificate:
        """The certificate of the key itself."""
        return self.chain[0]

    @property
    def algorithm(self) -> str:
        """As C2PA calls it: `es256`, `ps256`, `ed25519`."""
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return CURVES[self.private.curve.name][0]
        return "ps256" if isinstance(self.private, rsa.RSAPrivateKey) else "ed25519"

    @property
    def pem(self) -> str:
        """The certificates, which everybody may read."""
        return "".join(one.public_bytes(Encoding.PEM).decode() for one in self.chain)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of its own certificate, hexadecimal."""
        return self.leaf.fingerprint(hashes.SHA256()).hex()

    @property
    def until(self) -> datetime:
        """When the first of its certificates expires."""
        return min(one.not_valid_after_utc for one in self.chain)

    @property
    def name(self) -> str:
        """Who that is, as the certificate says."""
        found = [str(one.value) for one in self.leaf.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)]
        return found[0] if found else self.leaf.subject.rfc4514_string()

    def sign(self, data: bytes) -> bytes:
        """The signature as COSE wants it: for curves both numbers side by side, not DER."""
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            _, digest, size = CURVES[self.private.curve.name]
            numbers = decode_dss_signature(self.private.sign(data, ec.ECDSA(digest)))
            return b"".join(number.to_bytes(size) for number in numbers)
        if isinstance(self.private, rsa.RSAPrivateKey):
            salted = padding.PSS(padding.MGF1(hashes.SHA256()), hashes.SHA256.digest_size)
            return self.private.sign(data, salted, hashes.SHA256())
        return self.private.sign(data)


async def open_signer(settings: Settings) -> Signer:
    """As `open_signer_now`, off the event loop."""
    return await asyncio.to_thread(open_signer_now, settings)


def open_signer_now(settings: Settings) -> Signer:
    """The key of these settings, or the one that the data folder keeps, made by whoever asks first.

    Raises:
        SettingInvalid: the key or its certificates cannot sign a film; names the setting and never the key.
        FolderUnwritable: none is set, and none can be kept in the data folder.
    """
    given = given_signer(settings)
    if given is not None:
        return given
    kept = kept_identity(settings.data_dir).decode("ascii", "replace")
    file = str(settings.data_dir / KEPT_FILE)
    try:
        return _checked(kept, kept, file, self_made=True)
    except SettingInvalid as exc:
        raise _wrong(file, exc.message.removeprefix(file).strip(" ."), AGAIN) from None


def given_signer(settings: Settings) -> Signer | None:
    """What was set, if anything was; makes nothing.

    Raises:
        SettingInvalid: it is set by half or twice, cannot be read, or cannot sign a film.
    """
    secret = settings.provenance_key.get_secret_value() if settings.provenance_key else None
    key = _one_of(KEY, secret, settings.provenance_key_file)
    chain = _one_of(CERTIFICATES, settings.provenance_certificates, settings.provenance_certificates_file)
    if key is None and chain is None:
        return None
    if key is None or chain is None:
        here, there = (CERTIFICATES, KEY) if key is None else (KEY, CERTIFICATES)
        raise _wrong(there, f"is not set, and {here} is", "Set both, or neither: then a key is made here.")
    return _checked(key, chain, KEY, self_made=False)


def _checked(key: str, chain: str, where: str, *, self_made: bool) -> Signer:
    REDACT.learn([key, *rows_of_key(key)])
    private = read_key(key, where)
    certificates = read_chain(chain, where if self_made else CERTIFICATES)
    check_chain(private, certificates, where if self_made else CERTIFICATES, now=datetime.now(UTC))
    return Signer(tuple(certificates), private, self_made)


def _one_of(name: str, text: str | None, file: Path | None) -> str | None:
    if text is not None and file is not None:
        raise _wrong(name, f"is set, and {name}_FILE too", "Set one of them.")
    if file is None:
        return text
    try:
        with file.open("rb") as source:
            return source.read(LARGEST_FILE).decode("ascii")
    except UnicodeDecodeError:
        raise _wrong(f"{name}_FILE", "holds no text", "PEM is expected, not DER.") from None
    except OSError as exc:
        raise _wrong(
            f"{name}_FILE", f"cannot be read ({exc.strerror})", "Name a file that there is."
        ) from exc


def _wrong(where: str, problem: str, fix: str) -> SettingInvalid:
    return SettingInvalid(f"{where} {problem}.", user_action=fix, details={"setting": where})
