"""The picture track as one ffmpeg filter graph.

Pure planning: which files are opened and what is done with them. Every take is decoded
once and the whole master is encoded once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from state.timeline import Clip, Timeline, Track
from tools.post.layout import Entry, Placed, lay_out
from tools.post.looks.cube import Cube
from tools.post.over import Logo, logo_chains
from tools.post.shaping import NO_LUTS, Shaping, is_shaped, shape, shape_film
from tools.post.sources import Source
from tools.post.transitions import plan_transition

_WHITE_NITS, _PEAK_NITS = 203, 1000
"""What paper is in HDR (ITU-R BT.2408), and the brightest that it is graded for."""
_KEPT_LIGHT = 0.6
"""Of the light of paper: what is darker stays as it is."""
_SEEK_MARGIN_S = 1
"""Decoding starts this much early, so that rate conversion sees the frame before the first."""


@dataclass(frozen=True, kw_only=True)
class PictureInput:
    """One file to open, from a whole second on."""

    key: str
    seek_s: int = 0


@dataclass(kw_only=True)
class PicturePlan:
    """Inputs in their order and the graph that turns them into `[picture]`."""

    inputs: list[PictureInput] = field(default_factory=list)
    chains: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    """Tables that the graph reads: they must lie where ffmpeg runs."""

    @property
    def graph(self) -> str:
        """The filter graph's text."""
        return ";\n".join(self.chains)


def picture_track(timeline: Timeline) -> Track:
    """The one picture track; an empty one when the timeline has none."""
    found = [track for track in timeline.tracks if track.role == "picture"]
    return found[0] if found else Track(name="picture", role="picture")


def picture_keys(timeline: Timeline) -> list[str]:
    """Media keys of the picture, each once, in order."""
    items = picture_track(timeline).items
    return list(dict.fromkeys(item.media.key for item in items if isinstance(item, Clip)))


def plan_picture(
    timeline: Timeline,
    sources: Mapping[str, Source],
    *,
    words: bool = False,
    lead: int = 0,
    logos: Sequence[Logo] = (),
    luts: Mapping[str, Cube] = NO_LUTS,
    seed: int = 0,
) -> PicturePlan:
    """Plan the picture; the pad `[picture]` gives exactly `timeline.length` frames.

    `words` has `words.ass` burned in; so many frames of its clock have passed (`lead`) when the first frame
    is shown. `logos` are laid over the picture under it. `seed` is that of the film's own grain and shake.

    Raises:
        PostError: a transition that does not fit.
    """
    plan = PicturePlan()
    placed = lay_out(picture_track(timeline))
    pads: list[str] = []
    for index, part in enumerate(placed):
        _chain(plan, part, timeline, sources, luts, pad=f"i{index}")
        pads += _pieces(plan, part, index, timeline)
    pad = _concat(plan, pads, timeline.fps, pad="cut") if pads else ""
    pad = _take_over(plan, shape_film(pad, timeline, luts, seed=seed)) if pad else ""
    burn = _burn(lead) if words else ""
    _finish(plan, pad, timeline, shown=placed[-1].end if placed else 0, burn=burn, logos=logos)
    return plan


def _chain(
    plan: PicturePlan, part: Placed, timeline: Timeline, sources: Mapping[str, Source],
    luts: Mapping[str, Cube], *, pad: str,
) -> None:  # fmt: skip
    size = f"{timeline.width}x{timeline.height}"
    if isinstance(part.item, Clip) and is_shaped(part.item):
        steps = _shaped(plan, part.item, timeline, sources[part.item.media.key], luts, pad=pad)
    elif isinstance(part.item, Clip):
        steps = _conform(plan, part.item, timeline, sources[part.item.media.key])
    else:
        steps = f"color=black:s={size}:r={timeline.fps},trim=end_frame={part.length},format=yuv420p,setsar=1"
    steps += _black_fades(part)
    plan.chains.append(f"{steps},settb=1/{timeline.fps},setpts=PTS-STARTPTS[{pad}]")


def _shaped(
    plan: PicturePlan, clip: Clip, timeline: Timeline, source: Source, luts: Mapping[str, Cube], *, pad: str
) -> str:
    opening, start = _opening(plan, clip, timeline, source)
    plan.chains.append(f"{opening.removesuffix(',')}[{pad}a]")
    made = shape(clip, f"{pad}a", pad, start=start, timeline=timeline, luts=luts)
    # Behind it come the fades of transitions, in the chain that ends in the part's own pad.
    return f"[{_take_over(plan, made)}]null"


def _take_over(plan: PicturePlan, made: Shaping) -> str:
    plan.chains += made.chains
    plan.files |= made.files
    return made.pad


def _opening(plan: PicturePlan, clip: Clip, timeline: Timeline, source: Source) -> tuple[str, int]:
    """The file of a clip at the cut's rate, and the frame there at which the clip begins."""
    still = clip.media.media_type == "image"
    seek_s = 0 if still else max(0, clip.source.start // timeline.fps - _SEEK_MARGIN_S)
    plan.inputs.append(PictureInput(key=clip.media.key, seek_s=seek_s))
    tags = "setparams=range=tv:colorspace=bt709," if source.untagged else ""
    opening = f"[{len(plan.inputs) - 1}:v:0]fps={timeline.fps}:start_time=0,{tags}{_toned(source)}"
    return opening, 0 if still else clip.source.start - seek_s * timeline.fps


def _toned(source: Source) -> str:
    """HDR as a film can show it: the brightest part of its light is bent under white, colours are BT.709."""
    if not source.bright:
        return ""
    light = f"zscale=tin={source.bright}:pin=bt2020:min=bt2020nc:t=linear:npl={_WHITE_NITS}"
    bent = f"tonemap=mobius:param={_KEPT_LIGHT}:peak={_PEAK_NITS / _WHITE_NITS:.3f}:desat=0"
    back = "zscale=t=bt709:m=bt709:r=tv,format=yuv420p"
    return f"{light},format=gbrpf32le,zscale=p=bt709,{bent},{back},"


def _conform(plan: PicturePlan, clip: Clip, timeline: Timeline, source: Source) -> str:
    """A clip at the timeline's rate, size and colour; a take that is too short holds its last frame."""
    opening, start = _opening(plan, clip, timeline, source)
    size = f"{timeline.width}:{timeline.height}"
    return (
        f"{opening}"
        f"scale={size}:force_original_aspect_ratio=increase:out_color_matrix=bt709:out_range=tv,"
        f"crop={size},setsar=1,format=yuv420p,tpad=stop_mode=clone:stop=-1,"
        f"trim=start_frame={start}:end_frame={start + clip.source.length},setpts=PTS-STARTPTS"
    )


def _black_fades(part: Placed) -> str:
    """A dip to black is two fades that meet in a straight cut half-way."""
    lost_in, lost_out = _hidden_head(part.entry), _hidden_tail(part.leave)
    steps = ""
    if lost_in or lost_out:
        steps += f",trim=start_frame={lost_in}:end_frame={part.length - lost_out},setpts=PTS-STARTPTS"
    if part.entry.style == "fade_black":
        steps += f",fade=t=in:start_frame=0:nb_frames={part.entry.length - lost_in}"
    if part.leave.style == "fade_black":
        frames = part.leave.length - lost_out
        steps += f",fade=t=out:start_frame={_shown(part) - frames}:nb_frames={frames}"
    return steps


def _hidden_head(entry: Entry) -> int:
    return entry.length // 2 if entry.style == "fade_black" else 0


def _hidden_tail(leave: Entry) -> int:
    return leave.length - leave.length // 2 if leave.style == "fade_black" else 0


def _shown(part: Placed) -> int:
    return part.length - _hidden_head(part.entry) - _hidden_tail(part.leave)


def _pieces(plan: PicturePlan, part: Placed, index: int, timeline: Timeline) -> list[str]:
    """What a part adds to the cut: its transition from the part before it, and what is shown of it alone.

    Only the frames that two parts share go through xfade: it works in 4:4:4, into which the whole film
    would be turned and back again.
    """
    length = _shown(part)
    head = part.entry.length if _is_blend(part.entry) else 0
    tail = length - (part.leave.length if _is_blend(part.leave) else 0)
    spans = {f"h{index}": (0, head), f"b{index}": (head, tail), f"t{index}": (tail, length)}
    spans = {pad: (start, end) for pad, (start, end) in spans.items() if end > start}
    plan.chains.append(f"[i{index}]split={len(spans)}" + "".join(f"[s{pad}]" for pad in spans))
    for pad, (start, end) in spans.items():
        only = _counted(end - start, timeline.fps) if pad.startswith("b") else ""
        plan.chains.append(
            f"[s{pad}]trim=start_frame={start}:end_frame={end},setpts=PTS-STARTPTS{only}[{pad}]"
        )
    if head:
        plan.chains += _blend(part.entry, index, timeline)
    return [f"x{index}"] * (head > 0) + [pad for pad in spans if pad.startswith("b")]


def _counted(frames: int, fps: int) -> str:
    """Concat tells from two frames how long one is, and gives a single one no time at all.

    It gets the same frame again half a frame later, where the next picture takes its place.
    """
    return f",settb=1/{2 * fps},tpad=stop=1:stop_mode=clone,setpts=N" if frames == 1 else ""


def _is_blend(entry: Entry) -> bool:
    """Whether two parts are shown at once, or one after the other through black."""
    return entry.style not in ("cut", "fade_black")


def _blend(entry: Entry, index: int, timeline: Timeline) -> list[str]:
    """The end of the part before and the beginning of this one as what both share."""
    before, after, into, fps = f"t{index - 1}", f"h{index}", f"x{index}", timeline.fps
    if entry.style == "dissolve":
        duration = f"duration={entry.length / fps:.6f}"
        return [f"[{before}][{after}]xfade=transition=fade:{duration}:offset=0,format=yuv420p[{into}]"]
    size = (timeline.width, timeline.height)
    return plan_transition(entry.style, before, after, into, length=entry.length, fps=fps, size=size)


def _concat(plan: PicturePlan, pads: list[str], fps: int, *, pad: str) -> str:
    if len(pads) == 1:
        return pads[0]
    inputs = "".join(f"[{name}]" for name in pads)
    # concat counts in microseconds; xfade refuses two inputs that count differently.
    plan.chains.append(f"{inputs}concat=n={len(pads)}:v=1:a=0,settb=1/{fps}[{pad}]")
    return pad


def _finish(
    plan: PicturePlan, pad: str, timeline: Timeline, *, shown: int, burn: str, logos: Sequence[Logo]
) -> None:
    """Fill up to the longest track with black, then lay logos over it and burn the words in."""
    missing = timeline.length - shown
    size = f"{timeline.width}x{timeline.height}"
    if missing > 0:
        plan.chains.append(
            f"color=black:s={size}:r={timeline.fps},trim=end_frame={missing},format=yuv420p,setsar=1,"
            f"settb=1/{timeline.fps},setpts=PTS-STARTPTS{_counted(missing, timeline.fps)}[rest]"
        )
        pad = _concat(plan, [name for name in (pad, "rest") if name], timeline.fps, pad="filled")
    chains, pad = logo_chains(logos, pad, first=len(plan.inputs), fps=timeline.fps)
    plan.chains += chains
    plan.inputs += [PictureInput(key=logo.name) for logo in logos]
    plan.chains.append(
        f"[{pad}]fps={timeline.fps}:start_time=0,trim=end_frame={timeline.length}{burn},"
        f"setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709[picture]"
    )


def _burn(lead: int) -> str:
    """The words, on a clock that may have gone before the first frame."""
    burn = ",ass=filename=words.ass:fontsdir=fonts"
    return f",setpts=PTS+{lead}{burn},setpts=PTS-{lead}" if lead else burn
