"""`episode.json`: which takes, words, models and prompts the master was made from."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from state.film import FinishingState
from state.script import Scene, Shot
from state.take import Panel, Pictured, Take, VoiceTrack
from state.tier import Tier
from state.timeline import Timeline
from tools.orders.planned import as_made

RECORD_VERSION = 1


def episode_record(
    state: FinishingState, timeline: Timeline, history: Sequence[Mapping[str, Any]], *, tier: Tier
) -> dict[str, Any]:
    """One JSON object; digests are SHA-256 of the stored files and of the rendered prompts."""
    film = state.film
    return {
        "version": RECORD_VERSION,
        "title": film.title,
        "logline": film.logline,
        "language": film.language,
        "genre": film.genre,
        "generated": True,
        "tier": tier,
        "format": state.look.model_dump(mode="json"),
        "cast": [_person(character.model_dump(mode="json")) for character in film.cast],
        "scenes": [_scene(state, as_made(scene, tier)) for scene in film.scenes],
        "music": _music(state, history),
        "prompts": _prompts(history),
        "cut": {"duration_s": timeline.duration_s, "frames": timeline.length, "fps": timeline.fps},
        # The papers beside the master are being written now: what state names are those of an earlier cut.
        "files": {
            name: media.sha256 for name, media in state.deliverables.items() if name == state.master_name
        },
    }


def _person(character: dict[str, Any]) -> dict[str, Any]:
    return {key: character[key] for key in ("name", "role", "voice_id", "look")}


def _scene(state: FinishingState, scene: Scene) -> dict[str, Any]:
    return {
        "number": scene.number,
        "title": scene.title,
        "prompt": scene.prompt,
        "model_id": scene.model_id,
        "parameters": scene.parameters,
        "continuity_notes": scene.continuity_notes,
        "shots": [_shot(state, shot) for shot in scene.shots],
    }


def _shot(state: FinishingState, shot: Shot) -> dict[str, Any]:
    slate = str(shot.slate)
    take, panel = state.takes[slate], state.panels.get(slate)
    lines = [
        {"speaker": line.speaker, "text": line.text, **_voice(state.voices.get(f"{slate}/{number}"))}
        for number, line in enumerate(shot.lines, start=1)
    ]
    return {
        "slate": str(take.slate),
        "description": shot.description,
        "prompt": shot.prompt,
        "take": {
            "provider": take.provider, "model": take.model, "seed": take.seed, "degraded": take.degraded,
            "sha256": take.media.sha256 if take.media else None, "duration_s": take.duration_s,
            **_engine(take), **_upscaled(take),
        },
        "panel": _panel(panel),
        "lines": lines,
        "notes": state.history.get(slate, []),
    }  # fmt: skip


def _panel(panel: Panel | None) -> dict[str, Any] | None:
    if panel is None:
        return None
    sha256 = panel.media.sha256 if panel.media else None
    return {"number": panel.number, "sha256": sha256, "given": panel.given, **_engine(panel)}


def _upscaled(take: Take) -> dict[str, Any]:
    """Who has made it larger, and what came of that: nobody, where it was to be done. Else nothing.

    Not why: a replay, which has nobody to ask, writes the same.
    """
    if take.upscaled is None:
        return {"upscaled_by": None, "upscaled_sha256": None} if take.not_upscaled else {}
    return {"upscaled_by": take.upscaled_by, "upscaled_sha256": take.upscaled.sha256}


def _engine(made: Pictured) -> dict[str, Any]:
    """Who has made it, and instead of whom (S3-49)."""
    return {
        "engine_used": made.engine_used, "fallback_triggered": made.fallback_triggered,
        "instead_of": made.instead_of, "lacks": made.lacks,
    }  # fmt: skip


def _voice(track: VoiceTrack | None) -> dict[str, Any]:
    """What was recorded of a line, and who spoke it."""
    if track is None or track.media is None:
        return {"sha256": None, "made_by": None}
    by = {"provider": track.provider, "model": track.model, "degraded": track.degraded, **_engine(track)}
    return {"sha256": track.media.sha256, "made_by": by}


def _music(state: FinishingState, history: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The file that is heard, and who played it: the latest order that brought it."""
    if state.music is None:
        return None
    played = [row for row in history if row["stage"] == "music" and row["state"] == "done"]
    by = {name: played[-1][name] for name in ("provider", "model")} if played else {}
    return {"sha256": state.music.sha256, **by}


def _prompts(history: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every text call: who was asked, with which words (by digest), on which model."""
    return [
        {"stage": row["stage"], "item": row["item"], "model": row["model"], "digest": row["prompt_digest"]}
        for row in history
        if row["kind"] == "text"
    ]


def to_json(record: Any) -> str:
    """Readable JSON with accents as they are."""
    return json.dumps(record, ensure_ascii=False, indent=2, default=str) + "\n"
