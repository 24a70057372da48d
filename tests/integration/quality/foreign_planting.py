"""Faults by other means than `planting.py`: each by a seed, which says where, how long and how strong."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from state.timeline import Cue
from tools.ffmpeg.command import local_input, run_ffmpeg
from tools.quality.plan import Plan, TextBox

COLOURS = [
    "-color_range", "tv", "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709",
]  # fmt: skip
PICTURE = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p"]
SOUND = ["-c:a", "aac", "-b:a", "160k", "-ar", "48000"]
WHOLE = (0.0, 0.0)


@dataclass(frozen=True)
class Spot:
    """The film and the dice of one fault."""

    dice: random.Random
    film_s: float
    fps: float

    def span(self, shortest_s: float, longest_s: float) -> tuple[float, float]:
        """Whole frames, anywhere in the film."""
        length = min(self.dice.uniform(shortest_s, longest_s), self.film_s)
        first = round(self.dice.uniform(0, self.film_s - length) * self.fps)
        return first / self.fps, (first + round(length * self.fps)) / self.fps


@dataclass(frozen=True)
class Made:
    """Filters and options that make the fault, and when it is seen or heard."""

    span: tuple[float, float] = WHOLE
    picture: str = ""
    sound: str = ""
    options: Sequence[str] = ()
    colours: Sequence[str] = ()
    """Instead of those that a master names."""


Recipe = Callable[[Spot], Made]


def _while(span: tuple[float, float], more: str = "1", *, fps: float) -> str:
    half = 0.5 / fps
    return f"enable='between(t,{span[0] - half:.5f},{span[1] - half:.5f})*({more})'"


def _black(shortest_s: float, longest_s: float, then: str = "") -> Recipe:
    def made(spot: Spot) -> Made:
        span = spot.span(shortest_s, longest_s)
        return Made(span, picture=f"lutyuv=y=16:u=128:v=128:{_while(span, fps=spot.fps)}{then}")

    return made


def _frozen(spot: Spot) -> Made:
    start, end = spot.span(2.8, 3.8)  # a fade of the plan may lie in it
    first, count = round(start * spot.fps), round((end - start) * spot.fps)
    frames = round(spot.film_s * spot.fps)
    loop = f"loop=loop={count - 1}:size=1:start={first},setpts=N/{spot.fps}/TB,trim=end_frame={frames}"
    return Made((start, end), picture=loop)


def _flashing(filters: str) -> Recipe:
    def made(spot: Spot) -> Made:
        span, hz = spot.span(1.6, 2.6), spot.dice.uniform(4.2, 8.5)
        when = _while(span, f"lt(mod(t*{hz:.3f},1),0.5)", fps=spot.fps)
        return Made(span, picture=f"{filters}:{when}")

    return made


def _part(colour: str) -> Recipe:
    def made(spot: Spot) -> Made:
        wide, high = spot.dice.uniform(0.6, 0.9), spot.dice.uniform(0.6, 0.9)
        return _flashing(
            f"drawbox=x=iw*{1 - wide:.3f}:y=0:w=iw*{wide:.3f}:h=ih*{high:.3f}:color={colour}:t=fill"
        )(spot)

    return made


def _repeats(spot: Spot) -> Made:
    start, end = spot.span(2.0, 3.0)
    inside = range(round(start * spot.fps) + 1, round(end * spot.fps) - 1)
    lost = sorted(at for at in inside if at % 2 and spot.dice.random() < 0.5)
    gone = "+".join(f"eq(n,{at})" for at in lost)
    return Made((start, end), picture=f"select='not({gone})',fps={spot.fps:g}")


def _missing(spot: Spot) -> Made:
    start, end = spot.span(0.2, 0.6)
    first, last = round(start * spot.fps) or 1, round(end * spot.fps)
    hole = f"select='not(between(n,{first},{last}))'"
    return Made((start, end), picture=hole, options=("-fps_mode", "passthrough"))


def _quiet(spot: Spot) -> Made:
    span = spot.span(3.3, 4.2)
    return Made(span, sound=f"volume=0:{_while(span, fps=spot.fps)}")


def _clipped(spot: Spot) -> Made:
    up = spot.dice.uniform(8, 18)
    return Made(
        sound=f"volume={up:.2f}dB,aformat=sample_fmts=s16,aformat=sample_fmts=fltp,volume={3 - up:.2f}dB"
    )


def _one_side(spot: Spot) -> Made:
    span, side = spot.span(2.6, 3.6), spot.dice.randrange(2)
    left, right = (
        f"val({at})*if(between(t,{span[0]:.3f},{span[1]:.3f}),{int(at != side)},1)" for at in (0, 1)
    )
    return Made(span, sound=f"aeval='{left}|{right}':c=same")


def _turned(spot: Spot) -> Made:
    span = spot.span(2.6, 3.6)
    return Made(span, sound=f"aeval='val(0)|val(0)*if(between(t,{span[0]:.3f},{span[1]:.3f}),-1,1)':c=same")


def _beside_zero(spot: Spot) -> Made:
    off = spot.dice.choice((-1, 1)) * spot.dice.uniform(0.025, 0.2)
    return Made(sound=f"volume=0.7,aeval='val(0)+{off:.4f}|val(1)+{off:.4f}':c=same")


def _at_level(low_db: float, high_db: float) -> Recipe:
    return lambda spot: Made(sound=f"volume={spot.dice.uniform(low_db, high_db):.2f}dB")


def _sound_ends(spot: Spot) -> Made:
    return Made(sound=f"atrim=end={spot.film_s - spot.dice.uniform(0.14, 0.9):.3f}")


def _shorter(spot: Spot) -> Made:
    lost = spot.dice.randint(3, 20)
    return Made(picture=f"trim=end_frame={round(spot.film_s * spot.fps) - lost}")


def _with(*options: str) -> Recipe:
    return lambda _: Made(options=options)


def _seen(picture: str, *colours: str) -> Recipe:
    return lambda _: Made(picture=picture, colours=colours)


FAULTS: dict[str, tuple[str, Recipe]] = {
    "black": ("black", _black(0.15, 0.8)),
    "long_black": ("black", _black(1.1, 2.2)),
    "black_with_noise": ("black", _black(0.3, 1.5, ",noise=alls=4:allf=t")),
    "frozen": ("frozen", _frozen),
    "inverted_flashes": ("flashes", _flashing("negate=components=y")),
    "dark_flashes": ("flashes", _flashing("lutyuv=y=val*0.3+11")),
    "white_part": ("flashes", _part("white")),
    "red_part": ("flashes", _part("red")),
    "repeats": ("cadence", _repeats),
    "missing": ("cadence", _missing),
    "quiet": ("silence", _quiet),
    "nothing_heard": ("silence", lambda _: Made(sound="volume=0")),
    "clipped": ("clipping", _clipped),
    "one_side": ("stereo", _one_side),
    "turned": ("stereo", _turned),
    "beside_zero": ("offset", _beside_zero),
    "too_quiet": ("loudness", _at_level(-7, -1.2)),
    "too_loud": ("loudness", _at_level(1.2, 5)),
    "hot": ("peak", _at_level(4, 9)),
    "sound_ends": ("container", _sound_ends),
    "index_last": ("container", _with("-movflags", "0")),
    "shorter": ("length", _shorter),
    "narrower": ("size", _seen("scale=iw-16:ih")),
    "taller": ("size", _seen("pad=iw:ih+32")),
    "turned_round": ("size", _seen("transpose=1")),
    "another_rate": ("rate", _seen("fps=23")),
    "no_sound": ("streams", _with("-an")),
    "other_sound_rate": ("streams", lambda _: Made(sound="aresample=44100", options=("-ar", "44100"))),
    "other_codec": ("streams", lambda _: Made(picture="null", options=("-c:v", "mpeg4", "-q:v", "3"))),
    "two_sounds": ("streams", _with("-map", "0:v", "-map", "0:a", "-map", "0:a")),
    "old_colours": ("colour", _seen("setparams=colorspace=bt470bg", "-colorspace", "bt470bg")),
    "no_colours": ("colour", _seen("setparams=colorspace=unknown:color_primaries=unknown:color_trc=unknown")),
    "full_range": ("colour", _seen("scale=out_range=pc", "-color_range", "pc", *COLOURS[2:])),
}  # fmt: skip


async def plant(master: Path, into: Path, fault: str, *, seed: int, plan: Plan) -> tuple[float, float]:
    """Write the file with the fault; when it is seen or heard."""
    spot = Spot(random.Random(f"{fault} {seed}"), plan.duration_s, plan.fps)  # noqa: S311  # chance, no secret
    made = FAULTS[fault][1](spot)
    picture = (
        ["-vf", made.picture, *PICTURE, *(made.colours or COLOURS)] if made.picture else ["-c:v", "copy"]
    )
    if fault == "no_colours":
        picture = [word for word in picture if word not in COLOURS]
    sound = ["-af", made.sound, *SOUND] if made.sound else ["-c:a", "copy"]
    movflags = [] if "-movflags" in made.options else ["-movflags", "+faststart"]
    await run_ffmpeg(
        [*local_input(master, "-f", "mov"), *picture, *sound, *movflags, *made.options, "-f", "mp4", into]
    )
    return made.span


CAPTIONS: dict[str, Callable[[random.Random, float], list[Cue]]] = {
    "overlapping": lambda dice, _: [_cue(0.2, 1.6), _cue(1.6 - dice.uniform(0.03, 0.9), 2.6)],
    "empty": lambda dice, _: [_cue(0.2, 1.6, dice.choice(("", "  ", "\n")))],
    "too_fast": lambda dice, _: [_cue(0.2, 1.2, "x" * dice.randint(22, 60))],
    "too_short": lambda dice, _: [_cue(0.2, 0.2 + dice.uniform(0.1, 0.75))],
    "too_long": lambda dice, film_s: [_cue(film_s - dice.uniform(7.2, 9.0), film_s)],
    "three_rows": lambda dice, _: [_cue(0.2, 2.4, "\n".join("abcd"[: dice.choice((3, 4))]))],
    "outside": lambda dice, film_s: [_cue(film_s - 1, film_s + dice.uniform(0.05, 2))],
}


def _cue(start_s: float, end_s: float, text: str = "Where is it?") -> Cue:
    return Cue(start_s=start_s, end_s=end_s, text=text)


def with_captions(plan: Plan, fault: str, seed: int) -> Plan:
    """The plan with captions that nobody can read."""
    dice = random.Random(f"{fault} {seed}")  # noqa: S311  # chance, no secret
    return replace(plan, cues=CAPTIONS[fault](dice, plan.duration_s))


def with_words_outside(plan: Plan, seed: int) -> Plan:
    """The plan with words that leave the picture at one edge."""
    dice = random.Random(f"outside {seed}")  # noqa: S311  # chance, no secret
    edges = {"left": 0.3, "top": 0.4, "right": 0.7, "bottom": 0.6}
    edge = dice.choice(sorted(edges))
    edges[edge] = -dice.uniform(0.01, 0.2) if edge in ("left", "top") else 1 + dice.uniform(0.01, 0.2)
    return replace(plan, boxes=[TextBox(start_s=0.5, end_s=2, text="SALE", **edges)])
