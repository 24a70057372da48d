"""FCPXML keeps the rules of its document type, every time lies on a frame, and any cut can be written.

The rules are those of the DTD of FCPXML 1.10 that Apple publishes, as far as we write an element at all: what
may stand in it, in which order, with which attributes. Final Cut refuses a document that breaks one.
"""

import re
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest
from hypothesis import given

from state.errors import EditRefused, PostError
from state.timeline import Clip, Gap, Overlay, Timeline, Track, Transition
from tests.unit.tools.cuts.test_random_edits import session
from tests.unit.tools.interchange import seen
from tests.unit.tools.interchange.cuts import full_cut, join, shot, sound, still
from tests.unit.tools.interchange.hostile import DAILY, NIGHTLY, cuts
from tools.interchange.fcpxml import write_fcpxml
from tools.interchange.names import xml_text

ANCHORED = "asset-clip|clip|title|caption|video"
SHAPED = "(adjust-crop )?(adjust-conform )?(adjust-transform )?(adjust-blend )?(adjust-volume )?"
CHILDREN = {
    "fcpxml": "resources library ",
    "resources": "((asset|effect|format) )*",
    "library": "(event )*",
    "event": "(project )*",
    "project": "sequence ",
    "sequence": "spine ",
    "spine": "((asset-clip|clip|gap|transition) )*",
    "format": "",
    "effect": "",
    "media-rep": "",
    "asset": "(media-rep )+(metadata )?",
    "metadata": "(md )*",
    "md": "",
    "asset-clip": f"(timeMap )?{SHAPED}(({ANCHORED}) )*(marker )*",
    "clip": f"(timeMap )?{SHAPED}(({ANCHORED}) )*(marker )*",
    "gap": f"(({ANCHORED}) )*(marker )*",
    "video": "",
    "marker": "",
    "transition": "(filter-video )?",
    "filter-video": "",
    "timeMap": "(timept )*",
    "timept": "",
    "adjust-crop": "(crop-rect )?",
    "crop-rect": "",
    "adjust-conform": "",
    "adjust-transform": "",
    "adjust-blend": "(param )*",
    "adjust-volume": "(param )*",
    "param": "(fadeIn )?(fadeOut )?",
    "fadeIn": "",
    "fadeOut": "",
    "title": "(text )*(text-style-def )*(adjust-blend )?",
    "caption": "(text )*(text-style-def )*(note )?",
    "text": "(text-style )*",
    "text-style": "",
    "text-style-def": "text-style ",
    "note": "",
}
CLIP = {"lane", "offset", "name", "start", "duration", "enabled"}
ATTRIBUTES = {
    "fcpxml": {"version"},
    "event": {"name"},
    "project": {"name"},
    "format": {"id", "frameDuration", "width", "height"},
    "asset": {
        "id",
        "name",
        "start",
        "duration",
        "hasVideo",
        "format",
        "hasAudio",
        "videoSources",
        "audioSources",
    },
    "media-rep": {"kind", "src"},
    "effect": {"id", "name", "uid"},
    "md": {"key", "value", "type"},
    "sequence": {"format", "duration", "tcStart", "tcFormat", "audioLayout", "audioRate"},
    "asset-clip": {*CLIP, "ref", "srcEnable", "audioRole", "videoRole"},
    "clip": CLIP,
    "video": {*CLIP, "ref"},
    "gap": CLIP - {"lane"},
    "title": {*CLIP, "ref"},
    "caption": {*CLIP, "role"},
    "transition": {"name", "offset", "duration"},
    "filter-video": {"ref", "name"},
    "timept": {"time", "value", "interp"},
    "marker": {"start", "duration", "value", "completed", "note"},
    "adjust-crop": {"mode"},
    "crop-rect": {"left", "top", "right", "bottom"},
    "adjust-conform": {"type"},
    "adjust-transform": {"scale"},
    "adjust-blend": {"amount"},
    "adjust-volume": {"amount"},
    "param": {"name"},
    "fadeIn": {"type", "duration"},
    "fadeOut": {"type", "duration"},
    "text": {"placement"},
    "text-style-def": {"id"},
    "text-style": {"ref", "font", "fontSize", "fontColor", "italic"},
}
REQUIRED = {
    "format": {"id"},
    "asset": {"id"},
    "media-rep": {"src"},
    "effect": {"id", "uid"},
    "sequence": {"format"},
    "asset-clip": {"ref"},
    "clip": {"duration"},
    "video": {"ref", "duration"},
    "gap": {"duration"},
    "title": {"ref", "duration"},
    "caption": {"duration"},
    "transition": {"duration"},
    "filter-video": {"ref"},
    "marker": {"start", "value"},
    "timept": {"time", "value"},
    "adjust-crop": {"mode"},
    "param": {"name"},
    "fadeIn": {"duration"},
    "fadeOut": {"duration"},
    "text-style-def": {"id"},
    "md": {"key"},
}
ONE_OF = {
    ("asset-clip", "srcEnable"): {"all", "audio", "video"},
    ("adjust-conform", "type"): {"fit", "fill", "none"},
    ("timept", "interp"): {"smooth2", "linear", "smooth"},
    ("text", "placement"): {"left", "right", "top", "bottom"},
    ("fadeIn", "type"): {"linear", "easeIn", "easeOut", "easeInOut"},
    ("sequence", "audioRate"): {"48k"},
    ("asset-clip", "enabled"): {"0", "1"},
    ("media-rep", "kind"): {"original-media", "proxy-media"},
    ("adjust-crop", "mode"): {"trim", "crop", "pan"},
    ("sequence", "tcFormat"): {"DF", "NDF"},
}
TIMES = {"offset", "start", "duration", "tcStart", "time"}
TIME = re.compile(r"0s|[1-9]\d*/[1-9]\d*s")


def valid(root: ET.Element) -> None:
    """Holds a document against the rules."""
    names = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(names) == len(set(names))
    for one in root.iter():
        inside = "".join(f"{child.tag} " for child in one)
        assert re.fullmatch(CHILDREN[one.tag], inside), (one.tag, inside)
        given_, may = set(one.keys()), ATTRIBUTES.get(one.tag, set())
        assert given_ <= may, (one.tag, given_ - may)
        assert REQUIRED.get(one.tag, set()) <= given_, one.tag
        for attribute in given_ & {"ref", "format"}:
            assert one.get(attribute) in names
        for (tag, attribute), values in ONE_OF.items():
            assert one.tag != tag or one.get(attribute, next(iter(values))) in values


def on_frames(root: ET.Element, fps: int) -> None:
    for one in root.iter():
        for name in TIMES & set(one.keys()):
            text = str(one.get(name))
            assert TIME.fullmatch(text), text
            assert (Fraction(text.removesuffix("s")) * fps).denominator == 1
            numerator, _, denominator = text.removesuffix("s").partition("/")
            assert int(numerator) < 2**63
            assert int(denominator or 1) < 2**31


def tiled(root: ET.Element, fps: int) -> None:
    """The storyline has no hole and nothing lies over another; transitions stand over its cuts."""
    spine = root.find(".//sequence/spine")
    assert spine is not None
    at = Fraction(0)
    for one in spine:
        offset, duration = (seen.frames(one.get(name), fps) for name in ("offset", "duration"))
        if one.tag == "transition":
            assert offset + duration // 2 == at
            continue
        assert offset == at
        at += duration
    sequence = root.find(".//sequence")
    assert sequence is not None
    assert seen.frames(sequence.get("duration"), fps) == at


def in_media(root: ET.Element) -> None:
    """No clip asks for more than its file has, or Final Cut refuses the edit."""
    ends = {one.get("id"): seen.frames(one.get("duration"), 1) for one in root.iter("asset")}
    for one in root.iter("asset-clip"):
        points = one.findall("timeMap/timept")
        last = points[-1].get("value") if points else None
        end = (
            seen.frames(last, 1)
            if last
            else seen.frames(one.get("start"), 1) + seen.frames(one.get("duration"), 1)
        )
        assert end <= ends[one.get("ref")] + Fraction(1, 10)


def checked(cut: Timeline) -> ET.Element:
    root = seen.by_xml(write_fcpxml(cut))
    valid(root)
    on_frames(root, cut.fps)
    tiled(root, cut.fps)
    return root


def test_a_cut_with_everything_keeps_the_rules() -> None:
    in_media(checked(full_cut()))


def test_the_rules_fail_on_a_document_that_breaks_one() -> None:
    for tag, attribute, value in (
        ("asset-clip", "ref", "r999"), ("marker", "sound", "1"), ("asset-clip", "srcEnable", "none"),
    ):  # fmt: skip
        root = checked(full_cut())
        next(iter(root.iter(tag))).set(attribute, value)
        with pytest.raises(AssertionError):
            valid(root)
    root = checked(full_cut())
    clip = next(one for one in root.iter("asset-clip") if one.find("marker") is not None)
    clip.insert(0, clip[-1])
    with pytest.raises(AssertionError):
        valid(root)


@pytest.mark.parametrize("block", range(2))
def test_cuts_after_any_edits_keep_the_rules_and_their_places(block: int) -> None:
    for seed in range(block * 12, block * 12 + 12):
        _, made, _ = session(seed)
        text = write_fcpxml(made[-1])
        in_media(checked(made[-1]))
        read = seen.by_fcpx(text)
        planned = seen.planned(made[-1].tracks[0])
        found = next((seen.spans(track) for track in read.tracks if track.name == "0"), [])
        assert [(one.name, one.start, one.length) for one in found] == [
            (one.name, one.start, one.length) for one in planned
        ]  # fmt: skip
        heard = [span for track in read.tracks if track.name.startswith("-") for span in seen.spans(track)]
        wanted = [span for track in made[-1].tracks[1:] for span in seen.whole(track)]
        assert sorted(heard, key=str) == sorted(wanted, key=str)


@DAILY
@given(cuts())
def test_any_cut_with_any_words_keeps_the_rules(cut: Timeline) -> None:
    holds(cut)


@pytest.mark.nightly
@NIGHTLY
@given(cuts())
def test_hundreds_of_cuts_with_any_words_keep_the_rules(cut: Timeline) -> None:
    holds(cut)


def holds(cut: Timeline) -> None:
    """A word that closed a tag would be an element or an attribute that no rule knows."""
    root = checked(cut)
    said = {one.get("value") for one in root.iter("marker")}
    assert said == {xml_text(cut.markers[0].name)}
    assert len(list(root.iter("project"))) == 1


@pytest.mark.parametrize("fps", [24, 25, 30, 50, 60, 12])
def test_every_rate_has_its_frame(fps: int) -> None:
    root = checked(full_cut().model_copy(update={"fps": fps}))
    assert {one.get("frameDuration") for one in root.iter("format")} == {f"100/{fps * 100}s"}


def test_a_film_that_comes_out_of_black_has_its_transition_over_the_end_of_the_gap() -> None:
    items = [Gap(length=12), join("dissolve", 12), shot("A", 0, 48)]
    root = checked(Timeline(name="x", tracks=[Track(name="picture", role="picture", items=items)]))
    spine = root.find(".//sequence/spine")
    assert spine is not None
    assert [(one.tag, seen.frames(one.get("offset")), seen.frames(one.get("duration"))) for one in spine] == [
        ("gap", 0, 6), ("transition", 0, 12), ("asset-clip", 6, 42),
    ]  # fmt: skip


def test_what_lies_behind_the_picture_hangs_on_a_gap() -> None:
    tracks = [
        Track(name="picture", role="picture", items=[shot("A", 0, 24)]),
        Track(name="music", role="music", items=[Gap(length=40), sound("song", 24)]),
    ]
    root = checked(Timeline(name="x", tracks=tracks))
    gap = root.find(".//spine/gap")
    assert gap is not None
    assert [one.get("name") for one in gap] == ["song"]
    assert seen.by_lane(root)["-1"][0][1] == 40


def test_a_cut_without_pictures_is_a_gap_with_sounds() -> None:
    root = checked(Timeline(name="x", tracks=[Track(name="voice", role="voice", items=[sound("line", 30)])]))
    assert [one.tag for one in root.findall(".//sequence/spine/*")] == ["gap"]


def test_an_empty_cut_can_be_written() -> None:
    checked(Timeline(name=""))


def test_a_still_is_no_asset_clip_and_has_no_length() -> None:
    root = checked(Timeline(name="x", tracks=[Track(name="p", role="picture", items=[still("card", 48)])]))
    asset = root.find(".//asset")
    assert asset is not None
    assert (asset.get("duration"), asset.get("format")) == ("0s", None)
    assert root.find(".//spine/clip/video") is not None
    assert [one.name for one in seen.by_fcpx(write_fcpxml(full_cut())).find_clips()].count("F") == 1


def test_the_sound_of_a_take_itself_is_the_sound_of_its_file_alone() -> None:
    shown = shot("A", 0, 24)
    tracks = [Track(name="p", role="picture", items=[shown]), Track(name="n", role="native", items=[shown])]
    root = checked(Timeline(name="x", tracks=tracks))
    assert [(one.get("hasVideo"), one.get("hasAudio")) for one in root.iter("asset")] == [("1", "1")]
    parts = [(one.get("srcEnable"), one.get("audioRole")) for one in root.iter("asset-clip")]
    assert parts == [("video", None), ("audio", "effects.native")]


def test_missing_media_are_marked() -> None:
    cut = full_cut()
    key = next(item.media.key for item in cut.tracks[0].items if isinstance(item, Clip))
    root = seen.by_xml(write_fcpxml(cut, missing={key}))
    valid(root)
    marked = [one.get("name") for one in root.iter("asset") if one.find("metadata/md") is not None]
    assert marked == ["A.mp4"]


def test_words_in_two_lines_stay_two_lines_and_get_no_spaces() -> None:
    cue = full_cut().captions[0].model_copy(update={"text": "Where\r\nare you?"})
    root = seen.by_xml(write_fcpxml(full_cut().model_copy(update={"captions": [cue]})))
    text = root.find(".//caption/text")
    assert text is not None
    assert "".join(text.itertext()) == "Where\nare you?"


def test_the_language_of_captions_is_asked_for() -> None:
    root = seen.by_xml(write_fcpxml(full_cut(), language="es"))
    assert {one.get("role") for one in root.iter("caption")} == {"iTT?captionFormat=ITT.es"}


def test_a_title_to_the_end_of_the_film_ends_with_it() -> None:
    over = Overlay(kind="label", text="AI", start=10)
    track = Track(name="p", role="picture", items=[shot("A", 0, 24), join("dissolve", 4), shot("B", 0, 24)])
    root = checked(Timeline(name="x", tracks=[track], overlays=[over]))
    assert [seen.frames(one.get("duration")) for one in root.iter("title")] == [34]


def test_a_cut_that_no_film_can_show_is_refused() -> None:
    track = Track(name="picture", role="picture", items=[shot("A", 0, 10), Transition(length=4)])
    with pytest.raises(PostError):
        write_fcpxml(Timeline(name="x", tracks=[track]))
    with pytest.raises(EditRefused):
        write_fcpxml(Timeline(name="x").model_copy(update={"fps": -1}))
