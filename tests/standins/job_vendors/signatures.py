"""How the two vendors sign their webhooks (design-facts 6.7). Tests may sign by hand, right or wrong."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FAL_USER = "auth0|stand-in"
SECRET = "whsec_" + base64.b64encode(b"the stand-in's secret of 32 bytes").decode()


def replicate_headers(secret: str, id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Standard Webhooks: base64 HMAC-SHA256 of `id.timestamp.body`, by the key after `whsec_`."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.digest(key, f"{id}.{timestamp}.".encode() + body, hashlib.sha256)
    return {
        "webhook-id": id, "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }  # fmt: skip


def fal_headers(key: Ed25519PrivateKey, request_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Ed25519 over four lines: request, user, time, SHA-256 of the body in hex."""
    lines = (request_id, FAL_USER, str(timestamp), hashlib.sha256(body).hexdigest())
    return {
        "x-fal-webhook-request-id": request_id, "x-fal-webhook-user-id": FAL_USER,
        "x-fal-webhook-timestamp": str(timestamp),
        "x-fal-webhook-signature": key.sign("\n".join(lines).encode()).hex(),
    }  # fmt: skip


def a_key(number: int = 0) -> Ed25519PrivateKey:
    """The same key for the same number, in every process."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"stand-in {number}".encode()).digest())


@dataclass
class KeyRing:
    """Fal's keys: signs with the last, and shows all that are shown."""

    keys: list[Ed25519PrivateKey] = field(default_factory=lambda: [a_key()])
    shown: list[Ed25519PrivateKey] = field(default_factory=list)
    made: int = 1

    def __post_init__(self) -> None:
        self.shown = self.shown or list(self.keys)

    def rotate(self, *, keep_old: bool = True) -> None:
        """Sign with a new key from now on; the old one stays in the list for a while, or is withdrawn."""
        new = a_key(self.made)
        self.made += 1
        self.keys.append(new)
        self.shown = [*self.shown, new] if keep_old else [new]

    @property
    def signing(self) -> Ed25519PrivateKey:
        return self.keys[-1]

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """As the well-known address says it."""
        return {"keys": [_jwk(key) for key in self.shown]}


def _jwk(key: Ed25519PrivateKey) -> dict[str, str]:
    x = base64.urlsafe_b64encode(key.public_key().public_bytes_raw()).rstrip(b"=").decode()
    return {"kty": "OKP", "crv": "Ed25519", "x": x, "use": "sig", "alg": "EdDSA"}
