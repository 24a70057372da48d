"""Sign a file last of all: nothing may touch it afterwards."""

import asyncio
import os
import secrets
from pathlib import Path

import c2pa

from state.errors import PostError
from tools.ending import to_its_end
from tools.full_disks import room_in
from tools.provenance.boxes import unhashed_of
from tools.provenance.claim import Claim
from tools.provenance.keys import Signer
from tools.provenance.manifest import definition_of
from tools.provenance.verify import Verdict, offline, verify_now
from tools.redaction import REDACT

SIGNED = frozenset({
    "video/mp4", "video/quicktime", "image/png", "image/jpeg", "image/webp", "audio/wav", "audio/mpeg",
    "audio/flac", "audio/mp4",
})  # fmt: skip
"""Formats that can carry a manifest. WebM, Ogg and text cannot: for them what lies beside has the digest."""
ALGORITHMS = {
    name.lower(): getattr(c2pa.C2paSigningAlg, name)
    for name in ("ES256", "ES384", "ES512", "PS256", "ED25519")
}
GOES_ON = "Resume the production: the film is kept, and only signing it is done again."


def can_sign(mime: str) -> bool:
    """Whether a file of this type can carry a manifest."""
    return mime in SIGNED


async def sign_file(source: Path, into: Path, *, mime: str, claim: Claim, signer: Signer) -> Verdict:
    """Write a signed copy of `source` to `into`, which appears whole or not at all; what a reader says of it.

    A manifest that the source has is replaced. Nobody is asked on a network, not even for the time.

    Raises:
        PostError: it could not be signed, or what was signed does not verify; `source` is as it was.
        WorkFolderFull: no room for the copy.
    """
    found: list[Verdict] = []
    # A thread goes on when nobody waits for it, and would write into a folder that is being tidied up.
    await to_its_end(asyncio.to_thread(_sign, source, into, mime, claim, signer, found))
    return found[0]


def _sign(source: Path, into: Path, mime: str, claim: Claim, signer: Signer, found: list[Verdict]) -> None:
    if not can_sign(mime):
        raise PostError(f"A file of type {mime} cannot carry a manifest", user_action="Deliver it as MP4.")
    partial = into.absolute().with_name(f".{into.name}.{secrets.token_hex(4)}.part")
    with room_in(into.parent):
        try:
            _write(source, partial, mime, claim, signer)
            verdict = verify_now(partial, mime=mime)
            if not verdict.unchanged:
                raise PostError(f"The signed file does not verify: {verdict.says}", user_action=GOES_ON)
            found.append(verdict)
            os.replace(partial, into)
        finally:
            partial.unlink(missing_ok=True)


def _write(source: Path, partial: Path, mime: str, claim: Claim, signer: Signer) -> None:
    try:
        definition = definition_of(claim, mime, unhashed_of(source, mime))
        with (
            c2pa.Builder(definition, offline()) as builder,
            c2pa.Signer.from_callback(signer.sign, ALGORITHMS[signer.algorithm], signer.pem) as signs,
            source.open("rb") as unsigned,
            partial.open("w+b") as signed,
        ):
            builder.sign(signs, mime, unsigned, signed)
            signed.flush()
            os.fsync(signed.fileno())
    except (c2pa.C2paError, ValueError) as exc:
        raise PostError(
            f"The film could not be signed: {REDACT.text(str(exc))}", user_action=GOES_ON
        ) from exc
