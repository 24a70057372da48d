"""A second reader of C2PA, written from the specification and not from the library that writes.

JUMBF boxes, CBOR, COSE: just as much of each as a manifest in an MP4 has. The signature is checked with
`cryptography` alone, every hash with hashlib.
"""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
LEFT_OUT = {b"ftyp", b"mfra", b"free", b"skip"}
X5CHAIN = 33


@dataclass
class Superbox:
    """A JUMBF superbox: its label, its content, the bytes that are hashed."""

    label: str
    payload: bytes
    boxes: list[tuple[bytes, bytes]] = field(default_factory=list)
    children: dict[str, "Superbox"] = field(default_factory=dict)

    def cbor(self) -> Any:
        return read_cbor(next(content for kind, content in self.boxes if kind == b"cbor"))


@dataclass(frozen=True)
class Manifest:
    """The active manifest of a file."""

    label: str
    claim: dict[str, Any]
    claim_bytes: bytes
    assertions: dict[str, Superbox]
    cose: list[Any]

    @property
    def leaf(self) -> x509.Certificate:
        chain = read_cbor(self.cose[0])[X5CHAIN]
        return x509.load_der_x509_certificate(chain[0] if isinstance(chain, list) else chain)

    def signature_holds(self) -> bool:
        """ES256 over the claim, by the certificate that comes along."""
        signed = write_cbor(["Signature1", self.cose[0], b"", self.claim_bytes])
        r, s = int.from_bytes(self.cose[3][:32]), int.from_bytes(self.cose[3][32:])
        key = self.leaf.public_key()
        assert isinstance(key, ec.EllipticCurvePublicKey)
        try:
            key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        return True

    def wrong_hashes(self) -> list[str]:
        """The assertions that are not those that the claim names by their hash."""
        named = [*self.claim.get("created_assertions", []), *self.claim.get("gathered_assertions", [])]
        found = {one["url"].rpartition("/")[2]: one["hash"] for one in named}
        assert found.keys() == self.assertions.keys()
        return [
            label
            for label, digest in found.items()
            if hashlib.sha256(self.assertions[label].payload).digest() != digest
        ]

    def media_hash(self) -> bytes:
        [found] = [one.cbor()["hash"] for label, one in self.assertions.items() if "hash.bmff" in label]
        return bytes(found)


def read_manifest(path: Path) -> Manifest | None:
    """The last manifest of an MP4; None where it has none."""
    stores = [content[16:] for kind, _, content in boxes(path.read_bytes()) if kind == b"uuid" and
              content[:16] == C2PA_BOX]  # fmt: skip
    if not stores:
        return None
    [store] = stores
    purpose, _, rest = store[4:].partition(b"\0")
    assert purpose == b"manifest"
    label, top = list(_superboxes(rest[8:])["c2pa"].children.items())[-1]
    claim = next(one for name, one in top.children.items() if name.startswith("c2pa.claim"))
    [claim_bytes] = [content for kind, content in claim.boxes if kind == b"cbor"]
    return Manifest(
        label, claim.cbor(), claim_bytes, top.children["c2pa.assertions"].children,
        top.children["c2pa.signature"].cbor(),
    )  # fmt: skip


def media_hash_of(path: Path) -> bytes:
    """What the specification has hashed of an MP4: each box of the first level behind its offset."""
    found = hashlib.sha256()
    for kind, start, content in boxes(path.read_bytes()):
        if kind not in LEFT_OUT and not (kind == b"uuid" and content[:16] == C2PA_BOX):
            head = struct.pack(">I4s", len(content) + 8, kind)
            found.update(struct.pack(">Q", start) + head + content)
    return found.digest()


def boxes(data: bytes) -> Iterator[tuple[bytes, int, bytes]]:
    """Type, first byte and content of each box."""
    at = 0
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        yield kind, at, data[at + 8 : at + length]
        at += length


def _superboxes(data: bytes) -> dict[str, Superbox]:
    return {
        one.label: one for one in map(_superbox, (body for kind, _, body in boxes(data) if kind == b"jumb"))
    }


def _superbox(payload: bytes) -> Superbox:
    (kind, _, described), *inside = boxes(payload)
    assert kind == b"jumd"
    label = described[17:].partition(b"\0")[0].decode()
    found = Superbox(label, payload, [(name, content) for name, _, content in inside])
    for one in (_superbox(content) for name, content in found.boxes if name == b"jumb"):
        found.children[one.label] = one
    return found


def read_cbor(data: bytes) -> Any:
    value, end = _item(data, 0)
    assert end == len(data)
    return value


def _item(data: bytes, at: int) -> tuple[Any, int]:
    kind, more = data[at] >> 5, data[at] & 31
    at += 1
    number = more
    if 24 <= more <= 27:
        size = 1 << (more - 24)
        number, at = int.from_bytes(data[at : at + size]), at + size
    if kind in (2, 3):
        content = data[at : at + number]
        return (content if kind == 2 else content.decode()), at + number
    if kind in (4, 5):
        return _items(data, at, number, pairs=kind == 5)
    if kind == 6:
        return _item(data, at)
    return ({0: number, 1: -1 - number}.get(kind, {20: False, 21: True}.get(more)), at)


def _items(data: bytes, at: int, count: int, *, pairs: bool) -> tuple[Any, int]:
    found = []
    for _ in range(count * 2 if pairs else count):
        value, at = _item(data, at)
        found.append(value)
    return (dict(zip(found[::2], found[1::2], strict=True)) if pairs else found), at


def write_cbor(values: list[str | bytes]) -> bytes:
    """A list of texts and byte strings, in the shortest form."""
    out = _head(4, len(values))
    for value in values:
        content = value.encode() if isinstance(value, str) else value
        out += _head(3 if isinstance(value, str) else 2, len(content)) + content
    return out


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    size = next(size for size in (1, 2, 4, 8) if number < 1 << 8 * size)
    return bytes([kind << 5 | (23 + size.bit_length())]) + number.to_bytes(size)
