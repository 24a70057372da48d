"""Plants one known fault in a clean master: seeded, so that others can plant what nobody here has seen.

    python -m tests.integration.quality.planting MASTER.mp4 OUT.mp4 --fault black --seed 7

The seed says where and how strong unless `--where` and `--strength` are given. It prints what it did as JSON.
"""

import argparse
import asyncio
import json
import random
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from tools.ffmpeg.command import local_input, run_ffmpeg
from tools.ffmpeg.probe import probe

Where = Literal["start", "middle", "end"]
Strength = Literal["borderline", "strong"]


@dataclass(frozen=True, kw_only=True)
class Planted:
    """What was done: the check that has to find it, and when. Whole-file faults begin at 0."""

    fault: str
    check: str
    start_s: float
    end_s: float
    strength: Strength


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a fault may be, seconds."""

    start_s: float
    length_s: float
    film_s: float
    strong: bool

    @property
    def end_s(self) -> float:
        """The end of the fault."""
        return self.start_s + self.length_s

    @property
    def enable(self) -> str:
        """For filters that can be switched."""
        return f"between(t,{self.start_s:.4f},{self.end_s - 0.01:.4f})"


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How a fault is made: a filter for the picture, one for the sound, or other options of the file."""

    check: str
    weak_s: float
    strong_s: float
    picture: Callable[[Spot], str] | None = None
    sound: Callable[[Spot], str] | None = None
    options: tuple[str, ...] = ()
    whole: bool = False


def _box(colour: str, *, when: str = "", width: float = 1.0) -> Callable[[Spot], str]:
    def filters(spot: Spot) -> str:
        enable = f"{spot.enable}*({when})" if when else spot.enable
        return f"drawbox=x=0:y=0:w=iw*{width}:h=ih:color={colour}:t=fill:enable='{enable}'"

    return filters


def _strobe(hz: float) -> str:
    return f"lt(mod(t*{hz},1),0.5)"


def _freeze(spot: Spot) -> str:
    first, last = round(spot.start_s * 24), round(spot.end_s * 24)
    return (
        f"split[a][b];[b]trim=start_frame={first}:end_frame={first + 1},loop=loop={last - first}:size=1,"
        f"setpts=(N+{first})/24/TB[c];[a][c]overlay=eof_action=pass:enable='{spot.enable}'"
    )


def _volume(factor: str) -> Callable[[Spot], str]:
    return lambda spot: f"volume='if({spot.enable},{factor},1)':eval=frame"


def _clip(spot: Spot) -> str:
    drive = 8.0 if spot.strong else 3.0
    cut = [f"clip(val({side})*{drive},-0.5,0.5)/3" for side in (0, 1)]
    return f"aeval='{'|'.join(cut)}':c=same"


def _repeat(spot: Spot) -> str:
    """Some frames give way to the one before them, without a rhythm."""
    first, last = round(spot.start_s * 24) + 1, round(spot.end_s * 24) - 1
    lost = [at for at in range(first, last, 6 if spot.strong else 7)]
    gone = "+".join(f"eq(n,{at + number % 3})" for number, at in enumerate(lost))
    return f"select='not({gone})',fps=24"


FAULTS: dict[str, Recipe] = {
    "black": Recipe(check="black", weak_s=0.17, strong_s=1.4, picture=_box("black")),
    "frozen": Recipe(check="frozen", weak_s=2.3, strong_s=3.2, picture=_freeze),
    "flashes": Recipe(check="flashes", weak_s=1.3, strong_s=2.0, picture=_box("white", when=_strobe(5))),
    "small_strobe": Recipe(
        check="flashes", weak_s=1.4, strong_s=2.0, picture=_box("white", when=_strobe(6), width=0.4)
    ),
    "red_flashes": Recipe(check="flashes", weak_s=1.5, strong_s=2.0, picture=_box("red", when=_strobe(4.5))),
    "repeats": Recipe(check="cadence", weak_s=1.8, strong_s=2.2, picture=_repeat),
    "silence": Recipe(check="silence", weak_s=3.2, strong_s=3.6, sound=_volume("0")),
    "clipping": Recipe(check="clipping", weak_s=4.0, strong_s=4.0, sound=_clip, whole=True),
    "one_sided": Recipe(
        check="stereo", weak_s=4.0, strong_s=4.0, whole=True,
        sound=lambda spot: f"pan=stereo|c0=c0|c1={0.02 if spot.strong else 0.15}*c1",
    ),
    "out_of_phase": Recipe(
        check="stereo", weak_s=4.0, strong_s=4.0, whole=True,
        sound=lambda spot: f"pan=stereo|c0=c0|c1={-1 if spot.strong else -0.6}*c0",
    ),
    "offset": Recipe(
        check="offset", weak_s=4.0, strong_s=4.0, whole=True,
        sound=lambda spot: f"volume=0.8,dcshift=shift={0.15 if spot.strong else 0.02}",
    ),
    "too_quiet": Recipe(
        check="loudness", weak_s=4.0, strong_s=4.0, whole=True,
        sound=lambda spot: f"volume={-6 if spot.strong else -1.2}dB",
    ),
    "too_hot": Recipe(
        check="peak", weak_s=4.0, strong_s=4.0, whole=True,
        sound=lambda spot: f"volume={12 if spot.strong else 8}dB",
    ),
    "index_last": Recipe(check="container", weak_s=4.0, strong_s=4.0, whole=True, options=("-movflags", "0")),
    "no_sound": Recipe(check="streams", weak_s=4.0, strong_s=4.0, whole=True, options=("-an",)),
    "short_sound": Recipe(
        check="container", weak_s=4.0, strong_s=4.0, whole=True,
        sound=lambda spot: f"atrim=end={spot.film_s - (0.6 if spot.strong else 0.2):.3f}",
    ),
    "other_size": Recipe(
        check="size", weak_s=4.0, strong_s=4.0, whole=True, picture=lambda _: "scale=iw-16:ih"
    ),
    "other_colours": Recipe(
        check="colour", weak_s=4.0, strong_s=4.0, whole=True,
        picture=lambda _: "setparams=colorspace=smpte170m:color_primaries=smpte170m:color_trc=smpte170m",
    ),
}  # fmt: skip


async def plant(
    master: Path, into: Path, fault: str, *, seed: int = 0, where: Where | None = None,
    strength: Strength | None = None,
) -> Planted:  # fmt: skip
    """Write `into` with the fault; what is not given is the seed's."""
    dice, recipe = random.Random(f"{seed}/{fault}"), FAULTS[fault]  # noqa: S311  # chance, no secret
    chosen: Where = where or dice.choice(("start", "middle", "end"))
    how: Strength = strength or dice.choice(("borderline", "strong"))
    film_s = (await probe(master)).duration_s or 0.0
    spot = _spot(recipe, chosen, strong=how == "strong", film_s=film_s, dice=dice)
    await run_ffmpeg(_command(master, into, recipe, spot))
    return Planted(fault=fault, check=recipe.check, start_s=spot.start_s, end_s=spot.end_s, strength=how)


def _spot(recipe: Recipe, where: Where, *, strong: bool, film_s: float, dice: random.Random) -> Spot:
    if recipe.whole:
        return Spot(start_s=0.0, length_s=film_s, film_s=film_s, strong=strong)
    length = min(recipe.strong_s if strong else recipe.weak_s, film_s)
    room = film_s - length
    share = {"start": 0.0, "middle": dice.uniform(0.3, 0.7), "end": 1.0}[where]
    return Spot(start_s=round(room * share * 24) / 24, length_s=length, film_s=film_s, strong=strong)


def _command(master: Path, into: Path, recipe: Recipe, spot: Spot) -> list[str | Path]:
    picture = ["-c:v", "copy"]
    if recipe.picture:
        picture = ["-vf", recipe.picture(spot), "-c:v", "libx264", "-preset", "veryfast", "-crf", "18",
                   "-pix_fmt", "yuv420p", *_COLOURS]  # fmt: skip
    sound = ["-c:a", "copy"]
    if recipe.sound:
        sound = ["-af", recipe.sound(spot), "-c:a", "aac", "-b:a", "192k"]
    options = recipe.options or ("-movflags", "+faststart")
    if recipe.check == "colour":
        picture = [part for part in picture if part not in _COLOURS]
    return [*local_input(master, "-f", "mov"), *picture, *sound, *options, "-f", "mp4", into]


_COLOURS = [
    "-color_range", "tv", "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709",
]  # fmt: skip


def main() -> None:
    """The command line."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("master", type=Path)
    reader.add_argument("into", type=Path)
    reader.add_argument("--fault", choices=sorted(FAULTS), required=True)
    reader.add_argument("--seed", type=int, default=0)
    reader.add_argument("--where", choices=("start", "middle", "end"))
    reader.add_argument("--strength", choices=("borderline", "strong"))
    asked = reader.parse_args()
    planted = asyncio.run(
        plant(
            asked.master, asked.into, asked.fault, seed=asked.seed, where=asked.where, strength=asked.strength
        )
    )
    sys.stdout.write(json.dumps(asdict(planted)) + "\n")


if __name__ == "__main__":
    main()
