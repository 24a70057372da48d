"""What the manifest of a file says, and whether the file is still the one that was signed."""

import asyncio
import json
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import c2pa

from tools.provenance.boxes import unhashed_of
from tools.provenance.manifest import UNHASHED, assertion_in

State = Literal["trusted", "valid", "expired", "changed", "none", "unreadable"]
"""`valid`: as it was signed, by somebody whom this reader does not know."""
UNTRUSTED = "signingCredential.untrusted"
TOO_LATE = frozenset({"signingCredential.expired", "claimSignature.outsideValidity"})
SAYS: dict[State, str] = {
    "trusted": "valid: not one byte of the media was changed, and the issuer is trusted",
    "valid": "valid: not one byte of the media was changed; the issuer is not trusted",
    "expired": "not changed, but the certificate that signed it is not in force",
    "changed": "changed: this is not the file that was signed",
    "none": "none: it carries no manifest",
    "unreadable": "it cannot be read as a file of its type",
}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found."""

    state: State
    reasons: tuple[str, ...] = ()
    """The standard's codes of what is wrong; `io.greenlight.unhashed` is ours."""
    manifest: dict[str, Any] = field(default_factory=dict)
    """The active manifest, as the library reads it; empty where there is none."""

    @property
    def unchanged(self) -> bool:
        """Whether it is the file that was signed, while the certificate was in force."""
        return self.state in ("trusted", "valid")

    @property
    def says(self) -> str:
        """In words."""
        why = [one for one in self.reasons if one != UNTRUSTED]
        return f"{SAYS[self.state]} ({', '.join(why)})" if why else SAYS[self.state]

    @property
    def label(self) -> str:
        """The name of the manifest: `urn:c2pa:...`."""
        return str(self.manifest.get("label", ""))


async def verify_file(path: Path, *, mime: str | None = None, trust: str = "") -> Verdict:
    """As `verify_now`, off the event loop."""
    return await asyncio.to_thread(verify_now, path, mime=mime, trust=trust)


def verify_now(path: Path, *, mime: str | None = None, trust: str = "") -> Verdict:
    """Read a file's manifest and hold the file against it; no network is used.

    `trust` holds certificates in PEM form whose owners are believed.

    Raises:
        OSError: the file cannot be opened.
    """
    kind = mime or mimetypes.guess_type(path.name)[0] or ""
    with path.open("rb") as file:
        if kind not in c2pa.Reader.get_supported_mime_types():
            return Verdict(state="none")
        try:
            with c2pa.Reader(kind, file, context=offline(trust)) as reader:
                told = json.loads(reader.json())
        except c2pa.C2paError.ManifestNotFound:
            return Verdict(state="none")
        except c2pa.C2paError as exc:
            # What lies elsewhere is not asked for: the file itself carries nothing.
            return Verdict(state="none" if str(exc).startswith("Remote") else "unreadable")
    return _judged(told, path, kind)


def _judged(told: dict[str, Any], path: Path, mime: str) -> Verdict:
    manifest = told["manifests"][told["active_manifest"]]
    reasons = [str(one["code"]) for one in told.get("validation_status", [])]
    if not _same_unhashed(manifest, path, mime):
        reasons.append(UNHASHED)
    wrong = {one for one in reasons if one != UNTRUSTED}
    state: State = "changed"
    if not wrong:
        state = "valid" if UNTRUSTED in reasons else "trusted"
    elif wrong <= TOO_LATE:
        state = "expired"
    return Verdict(state=state, reasons=tuple(reasons), manifest=manifest)


def _same_unhashed(manifest: dict[str, Any], path: Path, mime: str) -> bool:
    """Whether what the standard's hash leaves out is as it was; true where nothing was said of it."""
    said = assertion_in(manifest, UNHASHED)
    if said is None:
        return True
    try:
        found = unhashed_of(path, mime)
    except ValueError:
        return False
    return found is not None and found.told() == said


def offline(trust: str = "") -> c2pa.Context:
    """The library's settings for everything here: nothing is fetched, no thumbnails are made."""
    chosen: dict[str, Any] = {
        # What it writes in between goes to disk: a film would else be held in memory once more.
        "core": {"backing_store_memory_threshold_in_mb": 8},
        "builder": {"thumbnail": {"enabled": False}},
        "verify": {
            "remote_manifest_fetch": False, "ocsp_fetch": False,
            # What is signed is read back by us, and only what is asked about is trusted.
            "verify_after_sign": False, "verify_trust": True,
        },
    }  # fmt: skip
    if trust:
        chosen["trust"] = {"user_anchors": trust}
    return c2pa.Context(c2pa.Settings.from_dict(chosen))
