"""What a lens, a hand and film do to a picture, as filters on yuv420p.

Each takes an amount in the unit that `looks.toml` names, and gives chains from a pad to a pad.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

_TO_RGB = "scale=in_color_matrix=bt709:in_range=tv:out_range=pc,format=gbrp"
_BACK = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
_SWINGS = ((0.9, 0.6), (1.9, 0.28), (3.3, 0.12))
"""Beats a second of a hand, and how much of the movement each makes."""
_LOOKED_AT_S = 4
_WHITE = 219
"""Code values from black to white."""
_MIDDLE = (126 - 16) / 126
"""A vignette also darkens the 16 that black stands for; so much less of it has to be asked for."""


@dataclass(frozen=True, kw_only=True)
class Shot:
    """The picture that is worked on. `seed` makes grain and shake of one clip unlike those of another."""

    fps: int
    size: tuple[int, int]
    seed: int = 0


Optic = Callable[[str, str, float, Shot], list[str]]


def desaturate(before: str, into: str, percent: float, shot: Shot) -> list[str]:
    """Paler by so many percent."""
    return [f"[{before}]hue=s={1 - percent / 100:.4f}[{into}]"]


def shake(before: str, into: str, pixels: float, shot: Shot) -> list[str]:
    """A hand that holds still as well as it can; a little is cut off all round, so that no edge shows."""
    reach = pixels * max(1.0, min(shot.size) / 1080)
    margin = reach + 1
    phases = [_phase(shot.seed, number) for number in range(2 * len(_SWINGS))]
    across, down = phases[: len(_SWINGS)], phases[len(_SWINGS) :]
    scale = reach / _farthest(across, down)
    x, y = (_swing(each, scale) for each in (across, down))
    corners = ":".join(
        f"x{n}='{'W-' if n % 2 else ''}{margin:.3f}+{x}':y{n}='{'H-' if n > 1 else ''}{margin:.3f}+{y}'"
        for n in range(4)
    )
    moment_s = f"((on-1)/{shot.fps})"  # perspective counts its frames from one on
    moved = f"perspective={corners.replace('T', moment_s)}:eval=frame:interpolation=cubic"
    return [f"[{before}]{moved}[{into}]"]


def _phase(seed: int, number: int) -> float:
    """An angle that looks like chance and is always the same."""
    return (math.sin((seed % 100_003) * 12.9898 + number * 78.233) * 43758.5453) % 1 * 2 * math.pi


def _swing(phases: list[float], scale: float) -> str:
    parts = (
        f"{scale * share:.4f}*sin({2 * math.pi * beats:.4f}*T+{phase:.4f})"
        for (beats, share), phase in zip(_SWINGS, phases, strict=True)
    )
    return "(" + "+".join(parts) + ")"


def _farthest(across: list[float], down: list[float]) -> float:
    """How far the swings lead away from the middle in the first seconds, before they are scaled."""

    def at(phases: list[float], moment_s: float) -> float:
        return sum(
            share * math.sin(2 * math.pi * beats * moment_s + phase)
            for (beats, share), phase in zip(_SWINGS, phases, strict=True)
        )

    moments = [number / 60 for number in range(60 * _LOOKED_AT_S)]
    return max(math.hypot(at(across, moment), at(down, moment)) for moment in moments)


def barrel(before: str, into: str, percent: float, shot: Shot) -> list[str]:
    """Straight lines bulge outwards. The corners stay where they are, so that nothing is seen behind them."""
    angle = math.sqrt(3 * percent / 100)
    seen = _fields(shot.size, angle, source=False)
    kept = _straight(shot.size, math.tan(angle), source=True)
    return [f"[{before}]{_bent('flat', 'fisheye', kept, seen, shot)}[{into}]"]


def aberration(before: str, into: str, percent: float, shot: Shot) -> list[str]:
    """Red lies farther out than green and blue farther in, the more the nearer to the corners."""
    amount = percent / 100
    # All three only outwards: who samples from outside the picture finds nothing there.
    factors = {"g": amount, "b": 0.0, "r": 2 * amount}
    chains = [f"[{before}]{_TO_RGB},split=3" + "".join(f"[{into}{plane}0]" for plane in factors)]
    for plane, factor in factors.items():
        bent = f",{_outwards(factor, shot)}" if factor else ""
        chains.append(f"[{into}{plane}0]extractplanes={plane}{bent}[{into}{plane}]")
    merged = "".join(f"[{into}{plane}]" for plane in factors)
    return [*chains, f"{merged}mergeplanes=0x001020:gbrp,setparams=range=pc:colorspace=gbr,{_BACK}[{into}]"]


def _outwards(factor: float, shot: Shot) -> str:
    """What lies in the corners moves out by this share; the middle stays."""
    angle = math.sqrt(3 * factor)
    kept, seen = _fields(shot.size, angle, source=True), _straight(shot.size, angle, source=False)
    return _bent("fisheye", "flat", kept, seen, shot)


def _fields(size: tuple[int, int], angle: float, *, source: bool) -> tuple[float, float]:
    """Degrees across and down of a lens that shows equal angles at equal distances; `angle` at its corner."""
    return _degrees(size, lambda share: share * angle, source=source)


def _straight(size: tuple[int, int], reach: float, *, source: bool) -> tuple[float, float]:
    """The same for a lens that keeps straight lines; `reach` is the tangent at its corner."""
    return _degrees(size, lambda share: math.atan(share * reach), source=source)


def _degrees(size: tuple[int, int], half: Callable[[float], float], *, source: bool) -> tuple[float, float]:
    """v360 counts what it shows between edges, and what it reads between the middles of the last pixels."""
    diagonal = math.hypot(*size)
    across, down = (math.degrees(2 * half((side - source) / diagonal)) for side in size)
    return across, down


def _bent(read: str, shown: str, kept: tuple[float, float], seen: tuple[float, float], shot: Shot) -> str:
    fields = f"ih_fov={kept[0]:.6f}:iv_fov={kept[1]:.6f}:h_fov={seen[0]:.6f}:v_fov={seen[1]:.6f}"
    return f"v360=input={read}:output={shown}:{fields}:interp=cubic:w={shot.size[0]}:h={shot.size[1]}"


def vignette(before: str, into: str, percent: float, shot: Shot) -> list[str]:
    """Darker towards the corners, by the fourth power of a cosine as in a lens."""
    angle = math.acos((1 - percent / 100 * _MIDDLE) ** 0.25)
    return [f"[{before}]vignette=angle={angle:.6f},limiter=min=16:planes=1[{into}]"]


def grain(before: str, into: str, percent: float, shot: Shot) -> list[str]:
    """Another pattern in every frame, and the same again in every run; most of it is light, not colour."""
    spread = round(percent / 100 * _WHITE * math.sqrt(12))
    # Only the seed of all planes is heard, and it gives each plane another pattern.
    planes = ":".join(
        f"c{n}s={strength}:c{n}f=t+u" for n, strength in enumerate((spread, spread // 3, spread // 3))
    )
    return [f"[{before}]noise=all_seed={shot.seed % 1_000_000 + 1}:{planes}[{into}]"]


OPTICS: dict[str, Optic] = {
    "desaturate": desaturate, "shake": shake, "barrel": barrel, "aberration": aberration,
    "vignette": vignette, "grain": grain,
}  # fmt: skip
