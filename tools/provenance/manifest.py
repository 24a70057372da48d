"""A claim as the definition of a C2PA manifest, which the library signs."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from tools.provenance.boxes import Unhashed
from tools.provenance.claim import Claim, Source

GENERATOR = "Greenlight"
SOURCES, UNHASHED = "io.greenlight.sources", "io.greenlight.unhashed"
"""Assertions of our own: who made each ingredient, and digests of what the standard's own hash leaves out."""
TRAINING = "cawg.training-mining"
USES = ("ai_inference", "ai_generative_training", "ai_training", "data_mining")


def generator() -> dict[str, str]:
    """The name and version of this program."""
    try:
        return {"name": GENERATOR, "version": version("greenlight")}
    except PackageNotFoundError:  # run from a copy of the source
        return {"name": GENERATOR, "version": "0"}


def definition_of(claim: Claim, mime: str, unhashed: Unhashed | None = None) -> dict[str, Any]:
    """What `c2pa.Builder` is given. Every file of the cut is a component, each once."""
    assertions: list[dict[str, Any]] = [
        {"label": "c2pa.actions.v2", "data": {"actions": _actions(claim)}},
        {"label": SOURCES, "data": {"version": 1, "sources": [told(one) for one in claim.sources]}},
    ]
    if unhashed is not None:
        assertions.append({"label": UNHASHED, "data": unhashed.told()})
    if claim.training != "unsaid":
        entries = {f"cawg.{use}": {"use": claim.training} for use in USES}
        assertions.append({"label": TRAINING, "data": {"entries": entries}})
    return {
        "claim_generator_info": [generator()],
        "title": claim.title,
        "format": mime,
        "ingredients": [_ingredient(number, one) for number, one in enumerate(claim.sources)],
        "assertions": assertions,
    }


def told(source: Source) -> dict[str, Any]:
    """One source in words and digests, the same in the manifest and beside the file."""
    return {
        "name": source.name, "role": source.role, "sha256": source.media.sha256, "format": source.media.mime,
        "origin": source.origin, "provider": source.provider, "model": source.model,
        "prompt_sha256": source.prompt_digest, "digital_source_type": source.source_type,
    }  # fmt: skip


def content_id(sha256: str) -> str:
    """What names an ingredient: its bytes."""
    return f"urn:sha256:{sha256}"


def _ingredient(number: int, source: Source) -> dict[str, Any]:
    made_by = {"algorithm": "drawn or played by a program", "given": "brought by a person"}
    by = made_by.get(source.origin, f"{source.model} of {source.provider}")
    return {
        "label": _label(number), "title": source.name, "format": source.media.mime,
        "relationship": "componentOf", "instance_id": content_id(source.media.sha256),
        "description": f"{source.role}: {by}",
    }  # fmt: skip


def _label(number: int) -> str:
    return f"component-{number}"


def _actions(claim: Claim) -> list[dict[str, Any]]:
    placed = [_placed(number, one) for number, one in enumerate(claim.sources)]
    done = [("the takes were cut together", True), ("voices, music and sounds were mixed", True)]
    done += [("captions and titles were burned in", claim.captions)]
    done += [(f"labelled in the picture: {claim.label}", bool(claim.label))]
    edited = [{"action": "c2pa.edited", "description": words} for words, true in done if true]
    return [{"action": "c2pa.created", "digitalSourceType": claim.source_type}, *placed, *edited]


def _placed(number: int, source: Source) -> dict[str, Any]:
    action: dict[str, Any] = {"action": "c2pa.placed", "parameters": {"ingredientIds": [_label(number)]}}
    if source.source_type is not None:
        action["digitalSourceType"] = source.source_type
    if source.model:
        action["softwareAgent"] = {"name": source.model}
    return action


def sources_in(manifest: dict[str, Any]) -> Sequence[dict[str, Any]]:
    """What a manifest of ours says of its sources; nothing for one of somebody else."""
    found = assertion_in(manifest, SOURCES)
    return found.get("sources", []) if isinstance(found, dict) else []


def assertion_in(manifest: dict[str, Any], label: str) -> Any:
    """The content of one assertion; None where there is none."""
    found = [one.get("data") for one in manifest.get("assertions", []) if one.get("label") == label]
    return found[0] if found else None
