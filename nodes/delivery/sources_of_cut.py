"""Which files are in the cut, and who made each: what its manifest and its sidecar say."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from state.context import RunContext
from state.film import FinishingState
from state.media import MediaRef
from state.take import Panel, Pictured, Take, VoiceTrack
from state.timeline import Clip, Timeline
from tools.provenance.claim import Claim, Role, Source, Training
from tools.provenance.disclosure import label_of

ROLES: dict[str, Role] = {
    "picture": "picture",
    "voice": "voice",
    "music": "music",
    "effects": "sound",
    "ambience": "sound",
    "native": "sound",
}
History = Sequence[Mapping[str, Any]]


def claim_of(
    state: FinishingState, timeline: Timeline, history: History, context: RunContext, *, training: Training
) -> Claim:
    """What is claimed of the master of this cut."""
    film = state.film
    return Claim(
        title=film.title, language=film.language, sources=sources_of(state, timeline, history),
        captions=bool(timeline.captions or timeline.titles),
        label=label_words(state, timeline, history) if context.ai_label else "", training=training,
    )  # fmt: skip


def label_words(state: FinishingState, timeline: Timeline, history: History) -> str:
    """What the picture may be labelled with; empty where no trained model made any of it."""
    sources = sources_of(state, timeline, history)
    return label_of(Claim(title="", language=state.film.language, sources=sources))


def sources_of(state: FinishingState, timeline: Timeline, history: History) -> list[Source]:
    """Every file of the cut once, tracks and items in their order."""
    known = _known(state, history)
    found: dict[str, Source] = {}
    for role, clip in _clips(timeline):
        found.setdefault(clip.media.sha256, _source(role, clip, known))
    return list(found.values())


def _clips(timeline: Timeline) -> Iterator[tuple[Role, Clip]]:
    for track in timeline.tracks:
        for item in track.items:
            if isinstance(item, Clip):
                yield ROLES[track.role], item


def _source(role: Role, clip: Clip, known: Mapping[str, dict[str, Any]]) -> Source:
    # Of what nobody here knows nothing is said: it counts as brought by a person.
    facts = {"role": role, "name": clip.name, **known.get(clip.media.sha256, {})}
    return Source(media=clip.media, **facts)


def _known(state: FinishingState, history: History) -> dict[str, dict[str, Any]]:
    """Who made a file, by its digest; what the state says wins over the ledger."""
    known = {row["media"]["sha256"]: _ordered(row) for row in history if row.get("media")}
    for media in (state.title_card, state.end_card):
        if media is not None:
            known[media.sha256] = {"role": "card", "made_here": True}
    known |= {media.sha256: {"made_here": True} for media in state.sounds.values()}
    for panel in state.panels.values():
        known |= {media.sha256: _panel(panel) for media in _there(panel.media)}
    for track in state.voices.values():
        known |= {media.sha256: _made(track, _line(track), known, media) for media in _there(track.media)}
    for take in state.takes.values():
        # The frame that the next take goes on from is a picture of this one.
        files = _there(take.media, take.upscaled, take.tail)
        known |= {media.sha256: _take(take, media, known) for media in files}
    return known


def _ordered(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "provider": row["provider"] or "", "model": row["model"] or "",
        "prompt_digest": row.get("prompt_digest") or "",
    }  # fmt: skip


def _panel(panel: Panel) -> dict[str, Any]:
    if panel.given:
        return {"name": f"{panel.slate} panel", "given": True}
    by = {"provider": panel.provider, "model": panel.model, "prompt_digest": panel.prompt_digest}
    return {"name": f"{panel.slate} panel", **by}


def _take(take: Take, media: MediaRef, known: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    facts = _made(take, str(take.slate), known, take.media or media)
    facts |= {"prompt_digest": take.prompt_digest or facts.get("prompt_digest", "")}
    if media == take.upscaled and take.upscaled_by:
        facts["model"] = f"{facts['model']}, made larger by {take.upscaled_by}"
    return facts


def _made(made: Pictured, name: str, known: Mapping[str, dict[str, Any]], media: MediaRef) -> dict[str, Any]:
    """What a take or a line says of its maker; one from before that was kept asks the ledger."""
    ordered = known.get(media.sha256, {})
    by = {"provider": made.provider, "model": made.engine_used or made.model} if made.provider else {}
    return {**ordered, **by, "name": name}


def _line(track: VoiceTrack) -> str:
    return f"{track.slate}/{track.line}"


def _there(*files: MediaRef | None) -> list[MediaRef]:
    return [media for media in files if media is not None]
