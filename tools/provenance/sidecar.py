"""`provenance.json`: in plain JSON what the manifest says, for whoever reads no C2PA; and digests of files.

It is not signed: what it says of the master is signed inside the master.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from state.media import MediaRef
from state.signature import Signature
from tools.provenance.claim import Claim
from tools.provenance.disclosure import disclosures, label_of
from tools.provenance.manifest import generator, told

VERSION = 1
LARGEST_BYTES = 16 * 1024 * 1024


def sidecar(
    claim: Claim, files: Mapping[str, MediaRef], signature: Signature | None,
    history: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    """One JSON object about `files`, which are named as a person gets them.

    `signature` is of the first of them; None for a format that carries no manifest.
    """
    return {
        "version": VERSION,
        "title": claim.title,
        "language": claim.language,
        "generator": generator(),
        "files": {name: _file(media) for name, media in files.items()},
        "signature": None if signature is None else _signature(signature),
        "digital_source_type": claim.source_type,
        "sources": [told(source) for source in claim.sources],
        "prompts": [_prompt(row) for row in history if row["kind"] == "text"],
        "disclosure": {"label": claim.label, "label_words": label_of(claim), "texts": disclosures(claim)},
    }


def _file(media: MediaRef) -> dict[str, Any]:
    return {"sha256": media.sha256, "mime": media.mime, "size_bytes": media.size_bytes}


def _signature(signature: Signature) -> dict[str, Any]:
    kept = signature.model_dump(mode="json", exclude={"media", "claim_digest", "of_sha256"})
    return {"standard": "C2PA", "sha256_before_signing": signature.of_sha256, **kept}


def _prompt(row: Mapping[str, Any]) -> dict[str, Any]:
    """Who was asked for words, and with which: by digest."""
    return {
        "stage": row["stage"], "item": row["item"], "model": row["model"], "sha256": row["prompt_digest"]
    }  # fmt: skip


def digests_in(path: Path) -> dict[str, str]:
    """The SHA-256 of every file that a sidecar speaks of, by its name.

    Raises:
        ValueError: it is no sidecar.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(LARGEST_BYTES + 1)
    try:
        read = json.loads(content) if len(content) <= LARGEST_BYTES else None
    except RecursionError:
        read = None
    files = read.get("files") if isinstance(read, dict) else None
    if not isinstance(files, dict):
        raise ValueError("no sidecar")
    said = {name: one.get("sha256") for name, one in files.items() if isinstance(one, dict)}
    return {name: digest for name, digest in said.items() if isinstance(digest, str)}
