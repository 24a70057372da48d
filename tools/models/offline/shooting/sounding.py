"""Sound effects: what the picture makes heard, few enough to be noticed and never over a first word."""

from functools import lru_cache

from state.script import EffectKind, Language, SoundEffect, Staging
from tools.models.offline.shooting.setup import OPENING, Setup
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, structure
from tools.models.offline.words.timing import FPS, spoken_frames

MOST = 2
LEAD_IN_S = 0.35
"""Voices begin this long after the first frame."""
EARLY, SILENT_AT, LATE = 0.0, 0.2, 0.6
TAIL_S, TWO_SOUNDS_S = 0.3, 2.0


def effects_of(
    setup: Setup,
    staging: Staging,
    *,
    frames: int,
    language: Language,
    genre: str,
    shown: str,
    before: list[EffectKind],
) -> list[SoundEffect]:
    """At most two sounds of a shot; none that the shot before it already made."""
    found: list[EffectKind] = []
    for kind in _wanted(setup, staging, language, genre, shown):
        if kind not in found and kind not in before:
            found.append(kind)
    times = times_in([said.text for said in setup.spoken], frames)
    effects = [SoundEffect(kind=kind, at=at) for kind, at in zip(found, times, strict=False)]
    # A heart beats on: under a first word it would only be mud.
    muddy = bool(setup.spoken) and times == [EARLY]
    return [one for one in effects if one.kind != "heartbeat" or not muddy]


def sounds_in(text: str, language: Language) -> list[EffectKind]:
    """Sounds that a text speaks of, in the order of the bank."""
    return [kind for kind, pattern in _patterns(language) if pattern.search(text)]


def _wanted(setup: Setup, staging: Staging, language: Language, genre: str, shown: str) -> list[EffectKind]:
    table = structure()["effects"]
    if staging.size == "insert":
        own = table["subjects"].get(staging.subject)
        return [own] if own else sounds_in(shown, language)[:1]
    wanted = [kind for said in setup.spoken for kind in sounds_in(said.text, language)[:1]]
    hands = {one.gesture for one in staging.people}
    if "phone_to_ear" in hands:
        wanted.insert(0, "phone")
    wanted = [*sounds_in(shown, language)[:1], *wanted]
    if setup.kind in OPENING:
        return [*_of_place(setup, staging), *wanted]
    if "holding" in hands and not wanted and setup.kind != "turn":
        own = table["subjects"].get(staging.subject)
        wanted += [own] if own else []
    if setup.kind == "react" and not wanted:
        serious = genre in table["turn_genres"]
        wanted.append("heartbeat" if serious else "whoosh")
    return wanted


def _of_place(setup: Setup, staging: Staging) -> list[EffectKind]:
    """Weather is louder than the place, an arrival is heard on the floor."""
    if staging.weather == "storm":
        return ["thunder"]
    sounds: list[EffectKind] = []
    own = structure()["effects"]["places"].get(staging.place.kind)
    if own:
        sounds.append(own)
    if setup.move in ("pan_left", "pan_right") and setup.kind == "establish":
        # Nobody is heard walking in while somebody already talks.
        sounds += [] if setup.spoken else ["footsteps"]
    return sounds


def times_in(texts: list[str], frames: int) -> list[float]:
    """When a shot has room for a sound: in its silence, behind the words, or in the breath before them."""
    if not texts:
        return [SILENT_AT, LATE][: 1 if frames < TWO_SOUNDS_S * FPS else MOST]
    seconds = frames / FPS
    end_s = LEAD_IN_S + spoken_frames(texts) / FPS
    return [round(end_s / seconds, 3)] if end_s + TAIL_S <= seconds else [EARLY]


@lru_cache(maxsize=8)
def _patterns(language: Language) -> tuple[tuple[EffectKind, re.Pattern[str]], ...]:
    listed: dict[EffectKind, list[str]] = bank(language)["cues"]["sounds"]
    return tuple(
        (kind, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE))
        for kind, words in listed.items()
    )
