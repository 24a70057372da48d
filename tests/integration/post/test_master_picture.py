"""The picture of the master, frame by frame."""

import av
import numpy as np
import pytest

from state.timeline import Cue, Title, Transition
from tests.cut_media import SIZE, a_clip, a_ref, a_timeline, dip, dissolve, gap, read_back
from tools.ffmpeg.probe import probe
from tools.post.assemble import CutScene, CutShot, assemble_cut

NEAR = 3


async def _lumas(render, *items):
    timeline = a_timeline(items)
    _, path = await render(timeline)
    shown = read_back(path)
    assert len(shown.lumas) == timeline.length
    return [shown.luma(frame) for frame in range(timeline.length)]


async def test_the_master_is_what_was_promised(render):
    timeline = a_timeline([a_clip("ramp.mp4", 30), a_clip("dark.mp4", 7)], voice=[a_clip("voice.wav", 24)])
    facts, path = await render(timeline)
    probed = await probe(path)
    assert (facts.width, facts.height, facts.fps, probed.frame_count) == (*SIZE, 24.0, timeline.length)
    assert (facts.video_codec, facts.audio_codec, facts.audio_rate_hz) == ("h264", "aac", 48_000)
    assert (probed.pixel_format, probed.audio_channels) == ("yuv420p", 2)
    assert facts.duration_s == pytest.approx(timeline.duration_s, abs=1 / 24)
    assert facts.size_bytes == path.stat().st_size


async def test_the_index_stands_before_the_media(render):
    _, path = await render(a_timeline([a_clip("dark.mp4", 12)]))
    content = path.read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")


async def test_colours_are_tagged(render):
    _, path = await render(a_timeline([a_clip("dark.mp4", 12)]))
    with av.open(str(path)) as container:
        codec = container.streams.video[0].codec_context
        assert (codec.colorspace, codec.color_primaries, codec.color_trc, codec.color_range) == (1, 1, 1, 1)


async def test_a_take_that_names_no_colours_keeps_them(render):
    _, path = await render(a_timeline([a_clip("green.mp4", 6)]))
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0)).to_ndarray()
    assert frame[: SIZE[1]].mean() == pytest.approx(120, abs=2)
    assert frame[SIZE[1] :].mean() == pytest.approx(70, abs=2)


async def test_a_clip_shows_exactly_its_frames(render):
    lumas = await _lumas(render, a_clip("ramp.mp4", 10, start=17), a_clip("ramp.mp4", 5, start=3))
    wanted = [20 + 4 * n for n in (*range(17, 27), *range(3, 8))]
    assert np.abs(np.subtract(lumas, wanted)).max() < 2


async def test_a_clip_from_deep_inside_a_take_is_exact(render):
    """Frame 96 is the first of its grey: seeking may neither lose nor repeat one."""
    lumas = await _lumas(render, a_clip("long.mp4", 6, start=93))
    assert lumas == pytest.approx([80, 80, 80, 100, 100, 100], abs=NEAR)


async def test_gaps_are_black(render):
    lumas = await _lumas(render, gap(3), a_clip("light.mp4", 4), gap(2))
    assert lumas == pytest.approx([16] * 3 + [180] * 4 + [16] * 2, abs=NEAR)


async def test_a_dissolve_blends_both_takes(render):
    lumas = await _lumas(render, a_clip("dark.mp4", 20), dissolve(8), a_clip("light.mp4", 20))
    assert lumas[:12] == pytest.approx([60] * 12, abs=NEAR)
    assert lumas[20:] == pytest.approx([180] * 12, abs=NEAR)
    assert lumas[16] == pytest.approx(120, abs=10)
    assert lumas[12:20] == sorted(lumas[12:20])


async def test_a_straight_cut_does_not_blend(render):
    lumas = await _lumas(render, a_clip("dark.mp4", 12), a_clip("light.mp4", 12))
    assert lumas == pytest.approx([60] * 12 + [180] * 12, abs=NEAR)


async def test_a_dip_goes_through_black(render):
    lumas = await _lumas(render, a_clip("light.mp4", 20), dip(8), a_clip("light.mp4", 20))
    assert min(lumas[14:18]) < 60
    assert lumas[:12] + lumas[20:] == pytest.approx([180] * 24, abs=NEAR)


async def test_a_take_blends_out_of_the_frame_it_could_not_be_told(render):
    shot = CutShot(slate="1A", take=a_ref("dark.mp4"), duration_s=1.5, opens_on=a_ref("card.png"))
    cut = assemble_cut("cut", SIZE, 24, [CutScene(shots=[shot])])
    _, path = await render(cut)
    shown = read_back(path)
    lumas = [shown.luma(frame) for frame in range(36)]
    assert len(shown.lumas) == 36
    assert lumas[0] == pytest.approx(126, abs=10)
    assert lumas[:12] == sorted(lumas[:12], reverse=True)
    assert lumas[13:] == pytest.approx([60] * 23, abs=NEAR)


async def test_between_two_frames_that_are_both_kept_nothing_jumps(render):
    """S4-066: take, its last frame, the first frame of the next one, its take; both frames are seen alone."""
    shots = [
        CutShot(slate="1A", take=a_ref("dark.mp4"), duration_s=1.5, closes_on=a_ref("card.png")),
        CutShot(slate="1B", take=a_ref("light.mp4"), duration_s=1.5, opens_on=a_ref("bright.png")),
    ]
    _, path = await render(assemble_cut("cut", SIZE, 24, [CutScene(shots=shots)]))
    shown = read_back(path)
    lumas = [shown.luma(frame) for frame in range(72)]
    assert lumas[:24] == pytest.approx([60] * 24, abs=NEAR)
    assert lumas[44] == pytest.approx(188, abs=10)
    assert lumas[30:36] == pytest.approx([126] * 6, abs=10)
    assert np.abs(np.diff(lumas)).max() <= 66 / 6 + NEAR, "a jump"
    assert lumas[57:] == pytest.approx([180] * 15, abs=NEAR)


async def test_black_inside_two_dissolves_takes_no_time(render):
    """What the cut uses when time passes between scenes, and where a film opens and closes."""
    fade = [gap(6), dissolve(6), a_clip("light.mp4", 24), dissolve(4), gap(8), dissolve(4)]
    lumas = await _lumas(render, *fade, a_clip("light.mp4", 24), dissolve(6), gap(6))
    assert len(lumas) == 48
    assert (lumas[0], lumas[-1]) == pytest.approx((16, 16), abs=30)
    assert min(lumas[22:26]) < 50
    assert lumas[7:19] + lumas[29:41] == pytest.approx([180] * 24, abs=NEAR)


async def test_groups_of_shots_dissolve_into_each_other(render):
    """Straight cuts on one side and a single shot on the other: both sides count time alike."""
    items = [a_clip("dark.mp4", 10), a_clip("dark.mp4", 10), dissolve(4), a_clip("light.mp4", 10)]
    items += [dissolve(4), gap(6)]
    lumas = await _lumas(render, *items)
    assert (lumas[5], lumas[21], lumas[-1]) == pytest.approx((60, 180, 16), abs=NEAR)


async def test_a_take_of_other_rate_and_shape_is_conformed(render):
    lumas = await _lumas(render, a_clip("pal.mp4", 24), a_clip("dark.mp4", 4))
    assert lumas == pytest.approx([120] * 24 + [60] * 4, abs=NEAR)


async def test_a_take_that_is_too_short_holds_its_last_frame(render):
    lumas = await _lumas(render, a_clip("ramp.mp4", 12, start=44))
    assert lumas[4:] == pytest.approx([20 + 4 * 47] * 8, abs=NEAR)


async def test_a_still_is_shown_for_its_time(render):
    lumas = await _lumas(render, a_clip("card.png", 10), dissolve(4), a_clip("light.mp4", 10))
    assert lumas[:6] == pytest.approx([126] * 6, abs=NEAR)


async def test_sound_that_is_longer_than_the_picture_is_seen_as_black(render):
    timeline = a_timeline([a_clip("light.mp4", 12)], voice=[a_clip("voice.wav", 24)])
    _, path = await render(timeline)
    shown = read_back(path)
    assert [shown.luma(11), shown.luma(13), len(shown.lumas)] == pytest.approx([180, 16, 24], abs=NEAR)


def _changed(with_text, without):
    return np.abs(with_text.astype(int) - without.astype(int)) > 40


async def _captioned(render, text, *, size=SIZE, **more):
    cue = Cue(start_s=0.5, end_s=1.0, text=text)
    _, path = await render(a_timeline([a_clip("dark.mp4", 36)], captions=[cue], size=size), **more)
    return read_back(path).lumas


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (180, 180)], ids=["16:9", "9:16", "1:1"])
async def test_captions_are_seen_during_their_cue_inside_the_safe_area(render, size):
    shown = await _captioned(render, "¿Quién vendió la\ncasa, coração?", size=size)
    plain = np.full_like(shown, 60)
    changed = _changed(shown, plain)
    assert [bool(frame.any()) for frame in changed] == [12 <= n < 24 for n in range(36)]
    rows, columns = np.nonzero(changed[18])
    assert rows.min() > size[1] * 0.5
    assert rows.max() < size[1] * 0.95
    assert columns.min() > size[0] * 0.05
    assert columns.max() < size[0] * 0.95
    assert columns.max() - columns.min() > size[0] * 0.2


@pytest.mark.parametrize("said", [False, True], ids=["quiet", "over a line"])
@pytest.mark.parametrize("size", [(320, 180), (180, 320), (180, 180)], ids=["16:9", "9:16", "1:1"])
async def test_titles_stand_left_inside_the_safe_area_and_never_on_a_caption(render, size, said):
    cues = [Cue(start_s=0.5, end_s=1.5, text="Who is there?\nWho?")] if said else []
    title = Title(start_s=0.5, end_s=1.5, text="Ferry wheelhouse, the night before the last crossing")
    timeline = a_timeline([a_clip("dark.mp4", 42)], captions=cues, size=size)
    plain = read_back((await render(timeline))[1]).lumas
    shown = read_back((await render(timeline.model_copy(update={"titles": [title]})))[1]).lumas
    changed = np.abs(shown.astype(int) - plain.astype(int)) > 40
    rows, columns = np.nonzero(changed[24])
    assert [bool(frame.any()) for frame in changed[[6, 24, 40]]] == [False, True, False]
    assert (columns.min() > size[0] * 0.05, columns.max() < size[0] * 0.9) == (True, True)
    assert (rows.min() > size[1] * 0.05, rows.max() < size[1] * 0.95) == (True, True)
    assert (rows.max() < size[1] * 0.5) == said


async def test_a_title_fades_in_and_out(render):
    title = Title(start_s=0.5, end_s=1.5, text="Quay")
    timeline = a_timeline([a_clip("dark.mp4", 42)]).model_copy(update={"titles": [title]})
    shown = read_back((await render(timeline))[1]).lumas
    brightest = [int(shown[frame].max()) for frame in (14, 24, 34)]
    assert max(brightest[0], brightest[2]) < brightest[1] - 30


async def test_without_captions_the_picture_is_plain(render):
    shown = await _captioned(render, "No.", burn_captions=False)
    assert not _changed(shown, np.full_like(shown, 60)).any()


async def test_text_that_looks_like_styling_is_only_shown(render):
    r"""`{\an8}` would move the caption to the top, and what stands in braces would be hidden."""
    shown = await _captioned(render, "{\\an8}{MMMMMM MMMMMM}'50%' \\N 🎬 [x];drawtext=text=no")
    rows, columns = np.nonzero(_changed(shown, np.full_like(shown, 60))[18])
    assert rows.min() > SIZE[1] * 0.7
    assert columns.max() - columns.min() > SIZE[0] * 0.5, "two rows of it"


@pytest.mark.parametrize("style", ["crossfade", "wipe_left", "whip_left", "zoom_in", "blur", "fade_white"])
async def test_any_other_transition_lies_between_both_takes(render, style: str):
    """It begins with the one and ends with the other, takes the frames that they share and none besides."""
    both = [a_clip("dark.mp4", 20), Transition(style=style, length=8), a_clip("light.mp4", 20)]
    lights = await _lights(render, *both)
    assert len(lights) == 32
    assert lights[:13] == pytest.approx([60] * 13, abs=NEAR)
    assert lights[19:] == pytest.approx([180] * 13, abs=NEAR)
    between = [light for light in lights[13:19] if 75 < light < 165 or light > 185]
    assert between, "a hard cut has nothing between them"


async def _lights(render, *items):
    """The mean of every whole picture: something that moves across it is seen wherever it is."""
    _, path = await render(a_timeline(items))
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray()[: SIZE[1]].mean() for frame in container.decode(video=0)]
    return [float(light) for light in frames]
