"""The same for FCPXML, read by opentimelineio's adapter where it reads a thing at all, and by an XML parser.

The adapter of opentimelineio knows clips, gaps, lanes and notes; no transitions, speed, levels, words, and no
file of a version after 1.8.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from fractions import Fraction

from state.timeline import Clip, Timeline, Transition
from tests.unit.tools.interchange import seen
from tests.unit.tools.interchange.checks import Check, clips, equal, pictures, sounds
from tests.unit.tools.interchange.seen import Span, by_lane, by_xml, frames
from tools.interchange.media import media_files

DONE = {"RED": "0", "YELLOW": "0", "GREEN": "1", "WHITE": None}


def _lane(files: Sequence[str], lane: str) -> list[Span]:
    track = next(one for one in seen.by_fcpx(files[0]).tracks if one.name == lane)
    return seen.spans(track)


def places(cut: Timeline, files: Sequence[str]) -> None:
    equal([(s.name, s.start, s.length) for s in _lane(files, "0")],
          [(s.name, s.start, s.length) for s in seen.planned(pictures(cut)[0])])  # fmt: skip


def further(cut: Timeline, files: Sequence[str]) -> None:
    equal(_lane(files, "1"), seen.planned(pictures(cut)[1]))


def names(cut: Timeline, files: Sequence[str]) -> None:
    found = {clip.name for clip in seen.by_fcpx(files[0]).find_clips()}
    assert {clip.name for clip in clips(cut.tracks)} <= found


def sources(cut: Timeline, files: Sequence[str]) -> None:
    """Where speed is its own, the source frame at the cut is the start; else its own time goes on evenly."""
    wanted = {
        span.name: clip.source.start + (span.source - clip.source.start) / Fraction(clip.speed)
        for span, clip in zip(seen.planned(pictures(cut)[0]), clips(pictures(cut)[:1]), strict=True)
    }
    equal({span.name: span.source for span in _lane(files, "0")}, wanted)


def media(cut: Timeline, files: Sequence[str]) -> None:
    root = by_xml(files[0])
    urls = {
        asset.get("id"): part.get("src") for asset in root.iter("asset") for part in asset.iter("media-rep")
    }
    found = {one.get("name"): urls[one.get("ref")] for one in root.iter("asset-clip")}
    named = media_files(cut)
    moving = [clip for clip in clips(cut.tracks) if clip.media.media_type != "image"]
    equal(found, {clip.name: named[clip.media.key].url for clip in moving})


def gaps(cut: Timeline, files: Sequence[str]) -> None:
    spine = by_xml(files[0]).find(".//sequence/spine")
    assert spine is not None
    found = [(frames(one.get("offset")), frames(one.get("duration"))) for one in spine.findall("gap")]
    placed = [one for one in seen.lay_out(pictures(cut)[0]) if not isinstance(one.item, Clip)]
    equal(found, [(one.start, one.length) for one in placed])


def heard(cut: Timeline, files: Sequence[str]) -> None:
    read = [track for track in seen.by_fcpx(files[0]).tracks if track.name.startswith("-")]
    found = sorted((span for track in read for span in seen.spans(track)), key=lambda one: one.name)
    wanted = [span for track in sounds(cut) for span in seen.whole(track)]
    equal(found, sorted(wanted, key=lambda one: one.name))
    assert {track.kind for track in read} == {"Audio"}


def _sound_elements(files: Sequence[str]) -> dict[str, ET.Element]:
    lanes = by_lane(by_xml(files[0]))
    return {
        str(one.get("name")): one for lane, all_ in lanes.items() if lane.startswith("-") for one, _ in all_
    }


def roles(cut: Timeline, files: Sequence[str]) -> None:
    named = {"voice": "dialogue", "music": "music", "effects": "effects", "ambience": "effects.ambience",
             "native": "effects.native"}  # fmt: skip
    found = {name: one.get("audioRole") for name, one in _sound_elements(files).items()}
    equal(found, {clip.name: named[track.role] for track in sounds(cut) for clip in clips([track])})


def dissolves(cut: Timeline, files: Sequence[str]) -> None:
    root = by_xml(files[0])
    uids = {one.get("id"): one.get("uid") for one in root.iter("effect")}
    spine = root.find(".//sequence/spine")
    assert spine is not None
    found = []
    for one in spine.findall("transition"):
        part = one.find("filter-video")
        assert part is not None
        assert str(uids[part.get("ref")]).startswith("FxPlug:4731E73A")
        found.append((one.get("name"), frames(one.get("offset")), frames(one.get("duration"))))
    placed = [one for one in seen.lay_out(pictures(cut)[0]) if one.entry.length]
    wanted = [(one.entry.style.replace("_", " "), one.start, one.entry.length) for one in placed]
    equal(found, wanted)


def speed(cut: Timeline, files: Sequence[str]) -> None:
    found = {}
    for one in by_xml(files[0]).iter("asset-clip"):
        points = [(frames(p.get("time")), frames(p.get("value"))) for p in one.findall("timeMap/timept")]
        if points:
            (a, x), (b, y) = points
            found[one.get("name")] = ((y - x) / (b - a), x, b - a)
    fast = [clip for clip in clips(pictures(cut)) if clip.speed != 1]
    equal(found, {one.name: (Fraction(one.speed), one.source.start, one.length) for one in fast})


def crop(cut: Timeline, files: Sequence[str]) -> None:
    """In percent of the height of the picture, on every edge."""
    found = {}
    for one in by_xml(files[0]).iter("asset-clip"):
        rect = one.find("adjust-crop[@mode='crop']/crop-rect")
        if rect is not None:
            found[one.get("name")] = [
                float(rect.get(edge) or 0) for edge in ("left", "top", "right", "bottom")
            ]
    equal(found, {"C": [round(10 * 640 / 360, 4), 5, 0, 0]})


def fit(cut: Timeline, files: Sequence[str]) -> None:
    kinds = {one.get("name"): one.find("adjust-conform") for one, _ in by_lane(by_xml(files[0]))["0"]}
    found = {name for name, one in kinds.items() if one is not None and one.get("type") == "fit"}
    assert "D" in found
    assert "A" not in found


def _fades(element: ET.Element, way: str) -> tuple[int, int]:
    parts = [element.find(f"{way}/param[@name='amount']/{name}") for name in ("fadeIn", "fadeOut")]
    first, last = (int(frames(part.get("duration"))) if part is not None else 0 for part in parts)
    return first, last


def picture_fades(cut: Timeline, files: Sequence[str]) -> None:
    found = {one.get("name"): _fades(one, "adjust-blend") for one, _ in by_lane(by_xml(files[0]))["0"]}
    wanted = {clip.name: (clip.fade_in, clip.fade_out) for clip in clips(pictures(cut)[:1]) if clip.fade_in}
    equal({name: one for name, one in found.items() if any(one)}, wanted)


def levels(cut: Timeline, files: Sequence[str]) -> None:
    found = {name: one.find("adjust-volume") for name, one in _sound_elements(files).items()}
    amounts = {name: float(one.get("amount") or 0) for name, one in found.items() if one is not None}
    assert amounts["line 1"] == -3.5
    assert amounts["song"] == -6


def sound_fades(cut: Timeline, files: Sequence[str]) -> None:
    assert _fades(_sound_elements(files)["line 1"], "adjust-volume") == (4, 8)


def muted(cut: Timeline, files: Sequence[str]) -> None:
    found = {name for name, one in _sound_elements(files).items() if one.get("enabled") == "0"}
    assert "line 2" in found
    assert "line 1" not in found


def lanes(cut: Timeline, files: Sequence[str]) -> None:
    below = [lane for lane in by_lane(by_xml(files[0])) if lane.startswith("-")]
    crossfades = sum(isinstance(item, Transition) for track in sounds(cut) for item in track.items)
    equal(len(below), len(sounds(cut)) + crossfades)


def captions(cut: Timeline, files: Sequence[str]) -> None:
    found = []
    for one, at in [pair for lane in by_lane(by_xml(files[0]), "caption").values() for pair in lane]:
        text = "".join(part.text or "" for part in one.iter("text-style"))
        found.append((at, at + frames(one.get("duration")), text, one.findtext("note", "")))
        assert str(one.get("role")).startswith("iTT?captionFormat=ITT.")
    wanted = [(cut.frames(one.start_s), cut.frames(one.end_s), one.text, one.speaker) for one in cut.captions]
    equal(found, wanted)


def markers(*fields: str) -> Check:
    def check(cut: Timeline, files: Sequence[str]) -> None:
        found = []
        for track in seen.by_fcpx(files[0]).tracks:
            for clip in track.find_clips():
                start = track.range_of_child(clip).start_time - clip.source_range.start_time
                found += [
                    (int((start + one.marked_range.start_time).value), one.name) for one in clip.markers
                ]
        notes = {one.get("value"): one.get("note", "") for one in by_xml(files[0]).iter("marker")}
        plain = [{"at": at, "name": name, "comment": notes[name]} for at, name in sorted(found)]
        wanted = sorted(cut.markers, key=lambda one: one.at)
        equal([[one[field] for field in fields] for one in plain],
              [[getattr(one, field) for field in fields] for one in wanted])  # fmt: skip
        states = {one.get("value"): one.get("completed") for one in by_xml(files[0]).iter("marker")}
        assert states == {one.name: DONE[one.colour] for one in cut.markers}

    return check


def size(cut: Timeline, files: Sequence[str]) -> None:
    root = by_xml(files[0])
    sequence = root.find(".//sequence")
    assert sequence is not None
    shape = next(one for one in root.iter("format") if one.get("id") == sequence.get("format"))
    equal((shape.get("width"), shape.get("height")), (str(cut.width), str(cut.height)))
    assert shape.get("frameDuration") == f"100/{cut.fps * 100}s"


FCPXML: dict[str, Check] = {
    "clip": places, "clip_name": names, "source_range": sources, "media": media, "gap": gaps, "sound": heard,
    "sound_kind": roles, "more_than_four_channels": lanes, "further_picture": further, "dissolve": dissolves,
    "speed": speed, "crop": crop, "fit": fit, "picture_fade": picture_fades, "sound_level": levels,
    "sound_fade": sound_fades, "muted_sound": muted, "caption": captions, "marker": markers("at", "name"),
    "marker_comment": markers("comment"), "size": size,
}  # fmt: skip
