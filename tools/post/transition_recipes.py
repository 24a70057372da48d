"""How transitions are made of filters.

xfade knows only an even pace. Here both inputs get timestamps that follow the pace that is wanted,
over a second of its own time, and afterwards the frames are counted anew. What rushes by is made
several times as often as it is shown and averaged, as a shutter would.
"""

import math
from dataclasses import dataclass

BACK = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
_TO_RGB = "scale=in_color_matrix=bt709:in_range=tv:out_range=pc,format="
_WHIP_STEPS, _ZOOM_STEPS = 12, 6
"""Pictures that are averaged for each one that is shown."""
_ZOOM = 2.25
_MARGIN = 0.5
"""What a picture that is smaller than the frame is continued with at each side, mirrored; shares of it."""
_BLUR_WIDTH = 48
"""The picture is made so many pixels wide where it is least sharp, whatever its size."""
_TEARS = 18
_GLITCH_SEED = 20_240
_TICK = 4
"""Microseconds between two frames at rest."""


@dataclass(frozen=True)
class Pace:
    """How far it has come at a frame: nothing until `start`, all from `end` on."""

    start: float
    end: float
    smooth: bool = False
    """Whether it begins and ends softly."""

    @property
    def at_rest(self) -> int:
        """The last frame at which nothing has happened."""
        return math.floor(self.start)

    @property
    def progress(self) -> str:
        """0 to 1 at frame N, as ffmpeg reckons."""
        share = f"st(0,clip((N-{self.start:g})/{self.end - self.start:g},0,1))"
        return f"{share};ld(0)*ld(0)*(3-2*ld(0))" if self.smooth else f"{share};ld(0)"


@dataclass(frozen=True, kw_only=True)
class Join:
    """Two pads that become one. All three have `length` frames."""

    before: str
    after: str
    into: str
    length: int
    fps: int
    size: tuple[int, int]

    @property
    def last(self) -> int:
        """The number of the last frame."""
        return self.length - 1


def mix(join: Join, movement: str, *, smooth: bool) -> list[str]:
    """One of xfade's own, at an even pace or one that begins and ends softly."""
    return _xfade(join, join.before, join.after, movement, Pace(0, join.last, smooth))


def film(join: Join) -> list[str]:
    """A mix of light instead of code values: they are squared, mixed, and the root is taken."""
    light = _TO_RGB + "gbrp16le," + _lut("pow(val/65535,2)*65535")
    code = _lut("sqrt(val/65535)*65535") + "," + BACK
    first, second = f"{join.into}l0", f"{join.into}l1"
    return [
        f"[{join.before}]{light}[{first}]",
        f"[{join.after}]{light}[{second}]",
        *_xfade(join, first, second, "fade", Pace(0, join.last), finish=code),
    ]


def through(join: Join, colour: str) -> list[str]:
    """To one colour until the middle, and from there to the second picture."""
    luma = {"black": 16, "white": 235}[colour]
    # With two frames there is no room for the colour: it is a straight cut.
    reached, left = max(1, join.last // 2), min(-(-join.last // 2), join.last - 1)
    shown, flat, half = f"{join.into}s", f"{join.into}c", f"{join.into}h"
    return [
        f"[{join.before}]split[{shown}][{flat}0]",
        f"[{flat}0]lutyuv=y={luma}:u=128:v=128[{flat}]",
        *_xfade(join, shown, flat, "fade", Pace(0, reached), into=half),
        *_xfade(join, half, join.after, "fade", Pace(left, join.last)),
    ]


def whip(join: Join, movement: str) -> list[str]:
    """Both pictures side by side rush through the frame."""
    steps = _WHIP_STEPS
    first, second = f"{join.into}w0", f"{join.into}w1"
    moved = Pace(*_between(join, steps), smooth=True)
    seen = _smear(join, movement, steps) + _shutter(join, steps)
    return [
        f"[{join.before}]{_oftener(join, steps)}[{first}]",
        f"[{join.after}]{_oftener(join, steps)}[{second}]",
        *_xfade(join, first, second, movement, moved, finish=seen),
    ]


def zoom(join: Join, *, inwards: bool) -> list[str]:
    """One movement through both pictures; where one is smaller than the frame its mirror image goes on."""
    steps = _ZOOM_STEPS
    start, end = _between(join, steps)
    share = f"clip((on-{start + 1})/{end - start},0,1)"  # perspective counts from one on
    power = f"pow({_ZOOM},{share}*{share}*(3-2*{share}))"
    first = power if inwards else f"(1/{power})"
    second = f"({power}/{_ZOOM})" if inwards else f"({_ZOOM}/{power})"
    one, two = f"{join.into}z0", f"{join.into}z1"
    meet = Pace(start + (end - start) * 0.35, start + (end - start) * 0.65)
    return [
        f"[{join.before}]{_oftener(join, steps)},{_sized(join, first, mirrored=not inwards)}[{one}]",
        f"[{join.after}]{_oftener(join, steps)},{_sized(join, second, mirrored=inwards)}[{two}]",
        *_xfade(join, one, two, "fade", meet, finish=_shutter(join, steps)),
    ]


def blur(join: Join) -> list[str]:
    """Less and less sharp, the change, and sharp again: made small and large again."""
    width, height = join.size
    strongest = max(2.0, width / _BLUR_WIDTH)
    depth = f"(0.5-0.5*cos(2*PI*clip((n-1)/{join.last},0,1)))"  # scale counts from one on
    less = f"(1+{strongest - 1:.4f}*{depth})"
    soft = (
        f"scale=w='max(8,trunc(iw/{less}/2)*2)':h='max(8,trunc(ih/{less}/2)*2)':eval=frame:flags=area,"
        f"scale={width}:{height}:flags=bicubic"
    )
    first, second = f"{join.into}b0", f"{join.into}b1"
    meet = Pace(join.last * 0.25, join.last * 0.75, smooth=True)
    return [
        f"[{join.before}]{soft}[{first}]",
        f"[{join.after}]{soft}[{second}]",
        *_xfade(join, first, second, "fade", meet),
    ]


def glitch(join: Join) -> list[str]:
    """The picture jumps to and fro, lines are torn aside and colours part; always in the same way."""
    name, (width, height) = join.into, join.size
    torn = f"enable='between(n,1,{join.last - 1})'"
    reach = max(2, min(120, round(width * 0.06)))
    parted = max(1, round(width * 0.006))
    lines = f"color=gray:s=64x{_TEARS}:r={join.fps},trim=end_frame={join.length},format=gray"
    rough = f"noise=c0s=100:c0f=t:c0_seed={_GLITCH_SEED},crop=1:{_TEARS}:7:0"
    aside = f"lut='if(gt(abs(val-128),22),128+clip((val-128)*{reach / 50:.4f},-{reach},{reach}),128)'"
    large = f"scale={width}:{height}:flags=neighbor,format=gbrp,settb=1/{join.fps},setpts=N"
    return [
        f"[{join.before}][{join.after}]overlay=enable='{_jumps(join)}':eof_action=pass,{_TO_RGB}gbrp[{name}g]",
        f"{lines},{rough},{aside},{large}[{name}x]",
        f"{lines},{large}[{name}y]",
        f"[{name}g][{name}x][{name}y]displace=edge=wrap:{torn},"
        f"rgbashift=rh={parted}:bh=-{parted}:edge=wrap:{torn},"
        f"{BACK},settb=1/{join.fps},setpts=N,trim=end_frame={join.length}[{name}]",
    ]


def _jumps(join: Join) -> str:
    """When the second picture is seen: for moments from a third on, and always at the end."""
    last = join.last
    early, late = f"between(n,{last * 0.3:.2f},{last * 0.42:.2f})", f"gte(n,{last * 0.62:.2f})"
    return f"{early}+{late}*(1-between(n,{last * 0.7:.2f},{last * 0.76:.2f}))+gte(n,{last})"


def _xfade(
    join: Join, before: str, after: str, movement: str, pace: Pace, *, into: str = "", finish: str = ""
) -> list[str]:
    """Blend two pads of this chain at a pace.

    At its very beginning xfade shows a line of the second picture in some movements: frames at rest
    come before it begins. For each of them the second picture gives a frame up.
    """
    into = into or join.into
    # Some microseconds for each frame: no two may come at the same time.
    timed = f"settb=1/1000000,setpts='1000000*({pace.progress})+{_TICK}*N'"
    begins_s = _TICK * (pace.at_rest + 0.5) / 1_000_000
    return [
        f"[{before}]{timed}[{into}p0]",
        f"[{after}]{timed},trim=start_frame={pace.at_rest + 1}[{into}p1]",
        f"[{into}p0][{into}p1]xfade=transition={movement}:duration=1:offset={begins_s:.6f},"
        f"{finish or 'format=yuv420p'},settb=1/{join.fps},setpts=N[{into}]",
    ]


def _between(join: Join, steps: int) -> tuple[int, int]:
    """The small steps between which it moves, so that the first and the last frame show it at rest."""
    return steps - 1, join.last * steps


def _oftener(join: Join, steps: int) -> str:
    return f"fps={join.fps * steps}:start_time=0,trim=end_frame={join.length * steps}"


def _shutter(join: Join, steps: int) -> str:
    return f"format=yuv420p,tmix=frames={steps},select='eq(mod(n,{steps}),{steps - 1})'"


def _smear(join: Join, movement: str, steps: int) -> str:
    """Blur from each small step to the next where it is fast: copies beside each other would be seen."""
    start, end = _between(join, steps)
    upright = movement in ("slideup", "slidedown")
    step = join.size[1 if upright else 0] / (end - start)
    smears = ""
    for low, high, speed in ((0.12, 0.3, 1.0), (0.3, 0.7, 1.45), (0.7, 0.88, 1.0)):
        sigma = f"{speed * step / 2:.2f}"
        both = f"sigma=0:sigmaV={sigma}" if upright else f"sigma={sigma}:sigmaV=0"
        when = f"between(n,{start + low * (end - start):.2f},{start + high * (end - start):.2f})"
        smears += f"gblur={both}:steps=2:enable='{when}',"
    return f"format=yuv420p,{smears}"


def _sized(join: Join, factor: str, *, mirrored: bool) -> str:
    """The picture so many times as large about its centre, in its frame."""
    width, height = join.size
    across, down = (_even(width * _MARGIN), _even(height * _MARGIN)) if mirrored else (0, 0)
    full = (width + 2 * across, height + 2 * down)
    corners = ":".join(
        f"x{n}='W/2{'+-'[n % 2 == 0]}W/2/{factor}':y{n}='H/2{'+-'[n < 2]}H/2/{factor}'" for n in range(4)
    )
    moved = f"perspective={corners}:eval=frame:interpolation=linear"
    if not mirrored:
        return moved
    sides = f"left={across}:right={across}:top={down}:bottom={down}:mode=mirror"
    return f"pad={full[0]}:{full[1]}:{across}:{down},fillborders={sides},{moved},crop={width}:{height}"


def _even(value: float) -> int:
    return max(2, round(value / 2) * 2)


def _lut(expression: str) -> str:
    return "lutrgb=" + ":".join(f"{plane}='{expression}'" for plane in "rgb")
