"""Cuts by chance: sizes, rates, lengths, transitions, looks, speeds, fades, captions, tracks that are off."""

import random
from collections.abc import Iterator

from state.timeline import (
    Clip,
    Crop,
    Cue,
    Effect,
    Gap,
    Item,
    Timeline,
    TimeRange,
    Title,
    Track,
    Transition,
)  # fmt: skip
from tests.cut_media import a_ref
from tests.integration.quality.foreign_media import PICTURES, SEEDS, SOUNDS
from tools.post.transitions import transition_kinds

SIZES = ((320, 180), (426, 240), (180, 320), (240, 240), (400, 168), (256, 192))
RATES = (24, 25, 30)
LOOKS = (
    "warm", "cold", "teal_orange", "faded", "bleached", "noir", "shake", "barrel", "aberration", "vignette",
    "grain",
)  # fmt: skip
SAID = (
    "I never read it.", "Not a word, I swear.", "She left the light on for us.", "¿Quién abrió la puerta?",
    "Ninguém viu nada.", "Again? Then we wait here.",
)  # fmt: skip


def a_cut(seed: int) -> Timeline:
    """A film of two to four shots that nobody would complain about."""
    dice = random.Random(f"cut {seed}")  # noqa: S311  # chance, no secret
    size, fps = dice.choice(SIZES), dice.choice(RATES)
    picture = list(_picture(dice, fps))
    made = Timeline(
        name=f"cut {seed}", fps=fps, width=size[0], height=size[1],
        tracks=[Track(name="picture", role="picture", items=picture)],
        effects=_looks(dice) if dice.random() < 0.3 else [],
    )  # fmt: skip
    length = made.length
    words = _captions(dice, length / fps)
    titles = [Title(start_s=0.3, end_s=2.0, text="The harbour")] if dice.random() < 0.3 else []
    tracks = [*made.tracks, *_sounds(dice, length)]
    return made.model_copy(update={"tracks": tracks, "captions": words, "titles": titles})


def _picture(dice: random.Random, fps: int) -> Iterator[Item]:
    shots = dice.randint(2, 4)
    for number in range(shots):
        yield _shot(dice, fps)
        if number == shots - 1:
            return
        if (chance := dice.random()) < 0.6:
            yield _transition(dice, fps)
        elif chance < 0.7:
            yield Gap(length=fps)


def _shot(dice: random.Random, fps: int) -> Item:
    length = round(dice.uniform(1.2, 2.6) * fps)
    if dice.random() < 0.15:
        return _clip(f"card{dice.choice((5, 6))}.png", 0, length)
    speed = dice.choice((1.0, 1.0, 1.0, 0.5, 2.0))
    source = round(length * speed)
    clip = _clip(f"{dice.choice(PICTURES)}.mp4", dice.randrange(round(2 * fps)), source)
    fades = {name: dice.choice((0, 0, 0, 12)) for name in ("fade_in", "fade_out")}
    crop = Crop(left=10, top=5, right=5, bottom=10) if dice.random() < 0.2 else None
    shaped = {
        **fades, "crop": crop, "fit": dice.choice(("fill", "fill", "blur", "fit")),
        "effects": _looks(dice) if dice.random() < 0.5 else [],
        **({"speed": speed, "frames": length} if speed != 1 else {}),
    }  # fmt: skip
    return clip.model_copy(update=shaped)


def _clip(key: str, start: int, length: int) -> Clip:
    return Clip(name=key, media=a_ref(key), source=TimeRange(start=start, length=length))


def _looks(dice: random.Random) -> list[Effect]:
    return [
        Effect(name=name, strength=dice.uniform(0.2, 1.0)) for name in dice.sample(LOOKS, dice.randint(1, 2))
    ]


def _transition(dice: random.Random, fps: int) -> Transition:
    kind = dice.choice([one for one in transition_kinds() if one.name != "cut"])
    seconds = min(dice.uniform(kind.seconds[0], kind.seconds[2]), 0.55)
    return Transition(style=kind.name, length=max(2, round(max(seconds, kind.seconds[0]) * fps)))


def _captions(dice: random.Random, film_s: float) -> list[Cue]:
    found, at = [], dice.uniform(0.2, 0.8)
    while at + 1.6 < film_s and len(found) < 3:
        text, length = dice.choice(SAID), dice.uniform(1.4, 2.4)
        end = min(at + max(length, len(text) / 18), film_s - 0.05)
        if len(text) / (end - at) < 19:
            found.append(Cue(start_s=round(at, 3), end_s=round(end, 3), text=text))
        at = end + dice.uniform(0.1, 0.8)
    return found


def _sounds(dice: random.Random, length: int) -> Iterator[Track]:
    """Music or rain under all of it, mostly a voice, and now and then a track that is switched off."""
    bed = dice.choice(("strings", "rain", "band"))
    role = "ambience" if bed == "rain" else "music"
    yield Track(name=bed, role=role, items=[_clip(_sound(dice, bed), 0, length)])  # type: ignore[arg-type]
    if dice.random() < 0.7:
        begin = dice.randrange(max(1, length // 3))
        items = [*([Gap(length=begin)] if begin else []), _clip(_sound(dice, "voice"), 0, length - begin)]
        yield Track(name="voice", role="voice", items=items)
    if dice.random() < 0.2:
        yield Track(name="off", role="effects", muted=True, items=[_clip(_sound(dice, "band"), 0, length)])


def _sound(dice: random.Random, name: str) -> str:
    assert name in SOUNDS
    return f"{name}{dice.choice(SEEDS)}.wav"
