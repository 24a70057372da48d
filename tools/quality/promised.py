"""What was promised beside what was delivered."""

from tools.quality.container import Colours, FileFacts
from tools.quality.limits import ContainerLimits
from tools.quality.plan import Plan
from tools.quality.report import CheckName, Finding, Promise

_BT709 = Colours(primaries=1, transfer=1, matrix=1, range=1)
_SAID_NOTHING = {"primaries": 2, "transfer": 2, "matrix": 2, "range": 0}
_RATE_NEAR = 0.001
_STREAMS = 2
"""A master has a picture and a sound; where nothing is to be heard that is silent."""


def promises(facts: FileFacts, plan: Plan, frames: int) -> list[Promise]:
    """The table of the report; `frames` were really decoded."""
    ratio, wanted = (_ratio(size) for size in (facts.size, (plan.width, plan.height)))
    sound = f"{facts.audio_codec} {facts.audio_rate_hz} Hz" if facts.audio_codec else "none"
    rows = [
        ("picture", f"{plan.width}x{plan.height}", f"{facts.size[0]}x{facts.size[1]}"),
        ("ratio", wanted, ratio),
        ("frames", str(plan.frames), str(frames)),
        ("length", f"{plan.duration_s:.2f} s", f"{facts.video_s:.2f} s"),
        ("frames a second", f"{plan.fps:g}", f"{facts.fps:g}"),
        ("picture codec", plan.video_codec, facts.video_codec or "none"),
        ("sound", f"{plan.audio_codec} {plan.audio_rate_hz} Hz", sound),
    ]
    kept = {"length": abs(facts.video_s - plan.duration_s) < 2 / plan.fps,
            "frames a second": abs(facts.fps - plan.fps) < _RATE_NEAR}  # fmt: skip
    return [
        Promise(name=name, promised=one, delivered=other, kept=kept.get(name, one == other))
        for name, one, other in rows
    ]


def _ratio(size: tuple[int, int]) -> str:
    for wide, high in ((16, 9), (9, 16), (1, 1), (4, 5), (4, 3), (21, 9)):
        if size[1] and abs(size[0] / size[1] - wide / high) < 0.02:
            return f"{wide}:{high}"
    return f"{size[0]}:{size[1]}"


def find_broken(rows: list[Promise], facts: FileFacts) -> list[Finding]:
    """Each promise that was not kept, RED."""
    checks: dict[str, CheckName] = {
        "picture": "size", "ratio": "size", "frames": "length", "length": "length",
        "frames a second": "rate", "picture codec": "streams", "sound": "streams",
    }  # fmt: skip
    found = [
        Finding(check=checks[row.name], light="RED",
                message=f"{row.name}: {row.delivered} instead of {row.promised}")
        for row in rows
        if not row.kept
    ]  # fmt: skip
    if facts.streams > _STREAMS:
        found.append(
            Finding(check="streams", light="RED", message=f"{facts.streams} streams instead of {_STREAMS}")
        )
    return found


def find_container(facts: FileFacts, limits: ContainerLimits) -> list[Finding]:
    """The index, and streams that do not end together."""
    found = []
    if facts.index_first is False:
        found.append(
            Finding(check="container", light="YELLOW",
                    message="the index lies behind the picture: nothing plays before all of it is there")
        )  # fmt: skip
    apart = abs(facts.video_s - facts.audio_s)
    if facts.video_codec and facts.audio_codec and apart > limits.stream_difference_s + 1e-6:
        light = "RED" if apart > limits.stream_difference_red_s + 1e-6 else "YELLOW"
        longer = "sound" if facts.audio_s > facts.video_s else "picture"
        found.append(
            Finding(check="container", light=light, start_s=min(facts.video_s, facts.audio_s),
                    end_s=max(facts.video_s, facts.audio_s),
                    message=f"the {longer} is {apart:.2f} s longer than the other stream")
        )  # fmt: skip
    return found


def find_colours(facts: FileFacts) -> list[Finding]:
    """What the encoder says about its colours: BT.709, limited range."""
    said = facts.colours
    if said is None or said == _BT709:
        return []
    names = [name for name in _SAID_NOTHING if getattr(said, name) != getattr(_BT709, name)]
    wrong = [name for name in names if getattr(said, name) != _SAID_NOTHING[name]]
    words = ", ".join(f"{name} {getattr(said, name)}" for name in wrong)
    message = f"other colours than BT.709: {words}" if wrong else f"colours not said: {', '.join(names)}"
    return [Finding(check="colour", light="RED" if wrong else "YELLOW", message=message)]
