"""A clip as it was asked for: cropped, fitted, faster or slower, with its looks and its fades.

Pure planning. What is asked for nothing of this is planned in `picture.py`, in one chain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from state.errors import PostError
from state.timeline import Clip, Effect, Timeline
from tools.post.framing import Edges, plan_cover, plan_crop, plan_fit, plan_window
from tools.post.looks.cube import Cube
from tools.post.looks.optics import Shot
from tools.post.looks.plan import LookPlan, plan_looks
from tools.post.motion import plan_speed
from tools.post.window import moves

NO_LUTS: Mapping[str, Cube] = {}


@dataclass(kw_only=True)
class Shaping:
    """Chains from the pad of a file to the pad that they end in, and what they read."""

    pad: str
    chains: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


def is_shaped(clip: Clip) -> bool:
    """Whether anything is to be done to it besides being shown."""
    looks = any(effect.on and effect.strength > 0 for effect in clip.effects)
    framed = clip.crop or clip.fit != "fill" or clip.focus
    return bool(looks or framed or clip.speed != 1 or clip.fade_in or clip.fade_out)


def shape(
    clip: Clip, before: str, into: str, *, start: int, timeline: Timeline, luts: Mapping[str, Cube]
) -> Shaping:
    """Plan a clip on the pad `before`: at the cut's rate, and `start` frames early.

    What comes out has the cut's size and exactly `clip.length` frames.
    """
    size, fps = (timeline.width, timeline.height), timeline.fps
    made = Shaping(pad=before)
    if clip.crop is not None:
        edges = Edges(**clip.crop.model_dump())
        made.chains += plan_crop(made.pad, f"{into}k", edges)
        made.pad = f"{into}k"
    used = clip.source
    follows = clip.fit == "fill" and moves(clip.focus)
    if follows:
        made.chains += plan_cover(made.pad, f"{into}f", size)
    else:
        around = clip.focus[0] if clip.focus else None
        made.chains += plan_fit(made.pad, f"{into}f", clip.fit, size=size, around=around)
    made.chains.append(
        f"[{into}f]tpad=stop_mode=clone:stop=-1,trim=start_frame={start}:end_frame={start + used.length},"
        f"settb=1/{fps},setpts=N[{into}u]"
    )
    made.pad = f"{into}u"
    if follows:
        # Before the speed: keys count frames of the source, and so does what comes here.
        made.chains += plan_window(
            made.pad, f"{into}w", clip.focus, size=size, first=used.start, frames=used.length
        )
        made.pad = f"{into}w"
    made.chains += plan_speed(made.pad, f"{into}v", clip.speed, length=used.length, fps=fps)
    made.pad = f"{into}v"
    _look(made, clip.effects, f"{into}e", timeline, luts, seed=crc32((clip.id or clip.name).encode()))
    _fade(made, clip, into, fps)
    return made


def shape_film(pad: str, timeline: Timeline, luts: Mapping[str, Cube], *, seed: int = 0) -> Shaping:
    """The looks of the whole film."""
    made = Shaping(pad=pad)
    _look(made, timeline.effects, "film", timeline, luts, seed=seed)
    return made


def _look(
    made: Shaping, effects: Sequence[Effect], into: str, timeline: Timeline, luts: Mapping[str, Cube], *,
    seed: int,
) -> None:  # fmt: skip
    shot = Shot(fps=timeline.fps, size=(timeline.width, timeline.height), seed=seed)
    plan: LookPlan = plan_looks(effects, made.pad, into, shot=shot, luts=_luts_of(effects, luts))
    made.pad, made.files = plan.pad, {**made.files, **plan.files}
    made.chains += plan.chains


def _luts_of(effects: Sequence[Effect], luts: Mapping[str, Cube]) -> list[Cube]:
    asked = [effect.media for effect in effects if effect.name == "lut"]
    if missing := [one for one in asked if one is None or one.key not in luts]:
        named = missing[0].key if missing[0] is not None else "none"
        raise PostError(f"The LUT {named} of the cut is not there")
    return [luts[media.key] for media in asked if media is not None]


def _fade(made: Shaping, clip: Clip, into: str, fps: int) -> None:
    """Always one chain: it also brings a clip to its exact length, whatever its speed made of it."""
    fades = [f"fade=t=in:start_frame=0:nb_frames={clip.fade_in}"] if clip.fade_in else []
    if clip.fade_out:
        fades.append(f"fade=t=out:start_frame={clip.length - clip.fade_out}:nb_frames={clip.fade_out}")
    exact = f"tpad=stop_mode=clone:stop=-1,trim=end_frame={clip.length}"
    made.chains.append(f"[{made.pad}]{','.join([exact, *fades, f'settb=1/{fps}', 'setpts=N'])}[{into}z]")
    made.pad = f"{into}z"


def lut_keys(timeline: Timeline) -> list[str]:
    """The media keys of all LUTs of a cut, each once."""
    clips = [item for track in timeline.tracks for item in track.items if isinstance(item, Clip)]
    effects = [*timeline.effects, *(effect for clip in clips for effect in clip.effects)]
    named = [effect.media.key for effect in effects if effect.name == "lut" and effect.media is not None]
    return list(dict.fromkeys(named))
