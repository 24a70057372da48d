"""Each limit of the quality report at its border: what is allowed is silent, the next step is found."""

import numpy as np
import pytest

from state.timeline import Cue
from tools.quality.black import find_black
from tools.quality.cadence import find_cadence
from tools.quality.captions import find_captions, find_unsafe
from tools.quality.clipping import find_clipping, flat_tops
from tools.quality.container import Colours, FileFacts
from tools.quality.cuts import find_cuts
from tools.quality.flashes import Transition, Watch, find_flashes
from tools.quality.frozen import find_frozen
from tools.quality.limits import limits
from tools.quality.loudness import find_loudness
from tools.quality.picture import Beside, PictureTrace
from tools.quality.plan import Plan, Span, TextBox
from tools.quality.promised import find_broken, find_colours, find_container, promises
from tools.quality.silence import find_silence
from tools.quality.sound import Metered, trace_of
from tools.quality.stereo import find_offset, find_stereo
from tools.safe_areas import areas_for, safe_areas

FPS = 24
RULES = limits()
RATE = 48_000


def a_plan(**more) -> Plan:
    return Plan(**{"fps": FPS, "width": 1920, "height": 1080, "frames": 240, **more})


def a_trace(frames: int = 240, *, dark=(), still=(), changed: float = 5.0) -> PictureTrace:
    anchors, anchor = [], 0
    for at in range(frames):
        anchor = anchor if at in still else at
        anchors.append(anchor)
    return PictureTrace(
        times_s=[at / FPS for at in range(frames)],
        dark_share=[1.0 if at in dark else 0.1 for at in range(frames)],
        changed=[changed] * frames, anchors=anchors,
        cells=[np.full((18, 32), 100, np.uint8) for _ in range(frames)],
    )  # fmt: skip


def lights(findings) -> list[str]:
    return [one.light for one in findings]


def heard(wave: np.ndarray) -> object:
    return trace_of(wave.astype(np.float32), Metered())


def tone(seconds: float, level: float = 0.3, hz: float = 200.0) -> np.ndarray:
    at = np.arange(round(seconds * RATE)) / RATE
    return np.repeat((level * np.sin(2 * np.pi * hz * at))[:, None], 2, axis=1)


@pytest.mark.parametrize(("frames", "light"), [(1, []), (2, ["YELLOW"]), (24, ["YELLOW"]), (25, ["RED"])])
def test_black_of_two_frames_is_told_and_of_more_than_a_second_blocks(frames, light):
    trace = a_trace(dark=range(100, 100 + frames))
    assert lights(find_black(trace, a_plan(), RULES.picture)) == light


@pytest.mark.parametrize("at", [0, 100, 210])
def test_planned_black_is_no_fault_wherever_it_is(at):
    trace, plan = (
        a_trace(dark=range(at, at + 30)),
        a_plan(black=[Span(start_s=at / FPS, end_s=(at + 30) / FPS)]),
    )
    assert find_black(trace, plan, RULES.picture) == []
    assert lights(find_black(trace, a_plan(), RULES.picture)) == ["RED"]


@pytest.mark.parametrize(("frames", "light"), [(47, []), (48, ["YELLOW"]), (144, ["YELLOW"]), (145, ["RED"])])
def test_a_picture_may_stand_for_two_seconds(frames, light):
    trace = a_trace(still=range(51, 50 + frames))
    assert lights(find_frozen(trace, a_plan(), RULES.picture)) == light


def test_a_still_of_the_cut_may_stand():
    trace, plan = a_trace(still=range(51, 150)), a_plan(still=[Span(start_s=50 / FPS, end_s=150 / FPS)])
    assert find_frozen(trace, plan, RULES.picture) == []


@pytest.mark.parametrize(("transitions", "within_s", "found"), [(7, 0.9, 0), (8, 1.0, 1), (8, 1.05, 0)])
def test_more_than_three_flashes_in_one_second(transitions, within_s, found):
    times = np.linspace(2.0, 2.0 + within_s, transitions)
    seen = [Transition(at_s=float(at), up=number % 2 == 0) for number, at in enumerate(times)]
    assert len(find_flashes(seen, [], RULES.flashes.most_in_1_s)) == found
    assert len(find_flashes([], seen, RULES.flashes.most_in_1_s)) == found


@pytest.mark.parametrize(
    ("low", "high", "area", "count"),
    [(0.2, 0.301, 1.0, 9), (0.2, 0.299, 1.0, 0), (0.79, 0.9, 1.0, 9), (0.81, 0.95, 1.0, 0),
     (0.2, 0.5, 0.26, 9), (0.2, 0.5, 0.24, 0)],
)  # fmt: skip
def test_a_flash_is_a_tenth_of_white_below_080_on_a_quarter_of_the_picture(low, high, area, count):
    watch, found = Watch.general(RULES.flashes), 0
    for number in range(10):
        values = np.full(1000, low, np.float32)
        values[: round(area * 1000)] = high if number % 2 else low
        found += len(watch.seen(number / 10, values, None))
    assert found == count


def test_red_counts_where_it_is_saturated():
    found = []
    for saturated in (True, False):
        watch = Watch.red(RULES.flashes)
        steps = [np.full(100, 0.45 if number % 2 else 0.20, np.float32) for number in range(10)]
        marks = [np.full(100, saturated and number % 2 == 1) for number in range(10)]
        found.append(
            sum(
                len(watch.seen(n, step, mark))
                for n, (step, mark) in enumerate(zip(steps, marks, strict=True))
            )
        )
    assert found == [9, 0]


@pytest.mark.parametrize(("step", "found"), [(0, True), (2, True), (4, False)])
def test_a_planned_cut_has_to_show_another_picture(step, found):
    trace = a_trace(changed=0.5)
    trace.cells = [np.full((18, 32), 100 + (step if at >= 120 else 0), np.uint8) for at in range(240)]
    assert bool(find_cuts(trace, a_plan(cuts=[120]), RULES.cuts)) is found


@pytest.mark.parametrize(("step", "planned", "found"), [(40, [], True), (40, [121], False), (10, [], False)])
def test_a_jump_is_told_where_no_cut_is_planned(step, planned, found):
    trace = a_trace()
    trace.cells = [np.full((18, 32), 100 + (step if at >= 120 else 0), np.uint8) for at in range(240)]
    assert bool(find_cuts(trace, a_plan(cuts=planned), RULES.cuts)) is found


@pytest.mark.parametrize(("lost", "found"), [([50, 58], False), ([50, 58, 66], True), ([50, 70, 90], False)])
def test_three_repeats_in_a_second_are_told(lost, found):
    trace = a_trace()
    for at in lost:
        trace.changed[at] = 0.1
    assert bool(find_cadence(trace, a_plan(), RULES.picture)) is found


def test_a_take_of_another_rate_repeats_in_a_rhythm_and_is_no_fault():
    trace = a_trace()
    trace.changed[3::3] = [0.1] * len(trace.changed[3::3])
    assert find_cadence(trace, a_plan(), RULES.picture) == []


def test_a_hole_in_the_time_line_blocks():
    trace = a_trace()
    trace.times_s = [at + (2 / FPS if at > 4 else 0) for at in trace.times_s]
    assert lights(find_cadence(trace, a_plan(), RULES.picture)) == ["RED"]


@pytest.mark.parametrize(("quiet_s", "found"), [(3.0, False), (3.02, True)])
def test_three_seconds_of_silence_are_allowed(quiet_s, found):
    wave = np.concatenate([tone(1), np.zeros((round(quiet_s * RATE), 2)), tone(1)])
    assert bool(find_silence(heard(wave), a_plan(), RULES.sound)) is found
    quiet = a_plan(quiet=[Span(start_s=1.0, end_s=1.0 + quiet_s)])
    assert find_silence(heard(wave), quiet, RULES.sound) == []


def test_a_film_of_which_nothing_is_heard_blocks_unless_nothing_was_to_be():
    wave = np.zeros((RATE, 2))
    assert lights(find_silence(heard(wave), a_plan(), RULES.sound)) == ["RED"]
    assert find_silence(heard(wave), a_plan(has_sound=False), RULES.sound) == []


@pytest.mark.parametrize("drive", [1.5, 2.0, 6.0])
def test_tops_that_were_cut_off_are_found_though_turned_down(drive):
    clean = tone(2, level=0.5)
    clipped = np.clip(clean * drive, -0.5, 0.5) * 0.4
    assert find_clipping(heard(clean), RULES.sound) == []
    assert find_clipping(heard(clipped), RULES.sound) != []


@pytest.mark.parametrize(("tops", "found"), [(5, False), (6, True)])
def test_six_flat_tops_in_a_second_are_clipping(tops, found):
    wave = tone(1, hz=100.0, level=0.5)[:, :1].repeat(2, axis=1)
    for number in range(tops):
        first = number * RATE // 100
        wave[first : first + 240] = np.clip(wave[first : first + 240] * 6, -0.5, 0.5)
    assert flat_tops(wave[:, 0].astype(np.float32), RULES.sound) == tops
    assert bool(find_clipping(heard(wave), RULES.sound)) is found


@pytest.mark.parametrize(("samples", "light"), [(2, []), (3, ["RED"])])
def test_three_samples_in_a_row_at_full_scale_are_clipping(samples, light):
    wave = tone(1)
    wave[1000 : 1000 + samples] = 1.0
    assert lights(find_clipping(heard(wave), RULES.sound)) == light


@pytest.mark.parametrize(("share", "found"), [(0.2, False), (0.15, True), (0.0, True)])
def test_a_side_that_is_fifteen_decibels_down_is_missing(share, found):
    wave = tone(4) * np.array([1.0, share])
    assert bool(find_stereo(heard(wave), RULES.sound)) is found


@pytest.mark.parametrize(("share", "found"), [(1.0, False), (-1.0, True), (-0.5, True)])
def test_sides_against_each_other_are_told(share, found):
    wave = tone(4) * np.array([1.0, share])
    assert bool(find_stereo(heard(wave), RULES.sound)) is found


@pytest.mark.parametrize(("off", "light"), [(0.0, []), (0.009, []), (0.011, ["YELLOW"]), (0.11, ["RED"])])
def test_an_offset_of_a_hundredth_is_told(off, light):
    assert lights(find_offset(heard(tone(4) + off), RULES.sound)) == light


@pytest.mark.parametrize(
    ("lufs", "peak", "range_lu", "checks"),
    [(-14.5, -1.0, 20.0, []), (-13.5, -1.0, 20.0, []), (-14.6, -1.0, 5, ["loudness"]),
     (-13.4, -1.0, 5, ["loudness"]), (-14, -0.9, 5, ["peak"]), (-14, -2, 20.1, ["range"]),
     (-70.0, -120, 0, [])],
)  # fmt: skip
def test_loudness_peak_and_range_at_their_limits(lufs, peak, range_lu, checks):
    metered = Metered(integrated_lufs=lufs, peak_dbtp=peak, range_lu=range_lu)
    assert [one.check for one in find_loudness(metered, a_plan(), RULES.loudness)] == checks


@pytest.mark.parametrize(("lufs", "found"), [(-23.5, 0), (-22.5, 0), (-23.6, 1), (-14.0, 1)])
def test_the_broadcast_standard_has_its_own_target(lufs, found):
    metered = Metered(integrated_lufs=lufs, peak_dbtp=-5)
    assert len(find_loudness(metered, a_plan(standard="r128"), RULES.loudness)) == found


FACTS = FileFacts(
    size=(1920, 1080), fps=24.0, frames=240, video_codec="h264", video_s=10.0, audio_codec="aac",
    audio_rate_hz=48_000, audio_channels=2, audio_s=10.0, streams=2,
    colours=Colours(primaries=1, transfer=1, matrix=1, range=1), index_first=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "frames", "checks"),
    [({}, 240, set()), ({"size": (1918, 1080)}, 240, {"size"}), ({"fps": 25.0}, 240, {"rate"}),
     ({}, 239, {"length"}), ({"video_codec": "hevc"}, 240, {"streams"}),
     ({"audio_codec": ""}, 240, {"streams"}),
     ({"streams": 3}, 240, {"streams"}), ({"audio_rate_hz": 44_100}, 240, {"streams"})],
)  # fmt: skip
def test_every_promise_is_held_against_the_file(changed, frames, checks):
    facts = FileFacts(**{**vars(FACTS), **changed})
    assert {one.check for one in find_broken(promises(facts, a_plan(), frames), facts)} == checks


@pytest.mark.parametrize(
    ("changed", "light"),
    [({}, []), ({"index_first": False}, ["YELLOW"]), ({"audio_s": 9.9}, []), ({"audio_s": 9.89}, ["YELLOW"]),
     ({"audio_s": 9.75}, ["YELLOW"]), ({"audio_s": 10.26}, ["RED"])],
)  # fmt: skip
def test_index_and_streams_of_different_length(changed, light):
    assert lights(find_container(FileFacts(**{**vars(FACTS), **changed}), RULES.container)) == light


@pytest.mark.parametrize(("matrix", "light"), [(1, []), (2, ["YELLOW"]), (6, ["RED"])])
def test_colours_that_are_not_said_or_said_wrong(matrix, light):
    said = Colours(primaries=1, transfer=1, matrix=matrix, range=1)
    assert lights(find_colours(FileFacts(**{**vars(FACTS), "colours": said}))) == light


@pytest.mark.parametrize(
    ("cues", "light"),
    [
        ([(1, 2, "x" * 20)], []), ([(1, 2, "x" * 21)], ["YELLOW"]), ([(1, 1.8, "hi")], []),
        ([(1, 1.79, "hi")], ["YELLOW"]), ([(1, 8, "hi")], []), ([(1, 8.1, "hi")], ["YELLOW"]),
        ([(1, 2, " ")], ["RED"]), ([(9, 10, "hi")], []), ([(9, 10.1, "hi")], ["RED"]),
        ([(-0.1, 1, "hi")], ["RED"]),
        ([(1, 2, "a"), (2, 3, "b")], []), ([(1, 2.1, "a"), (2, 3, "b")], ["RED"]),
        ([(1, 3, "a\nb")], []), ([(1, 3, "a\nb\nc")], ["YELLOW"]),
    ],
)  # fmt: skip
def test_captions_at_their_limits(cues, light):
    plan = a_plan(cues=[Cue(start_s=start, end_s=end, text=text) for start, end, text in cues])
    assert lights(find_captions(plan, RULES.captions)) == light


def a_box(**edges: float) -> TextBox:
    return TextBox(
        **{
            "start_s": 1,
            "end_s": 2,
            "text": "x",
            "left": 0.3,
            "top": 0.5,
            "right": 0.6,
            "bottom": 0.6,
            **edges,
        }
    )


@pytest.mark.parametrize("area", safe_areas(), ids=lambda area: area.name)
@pytest.mark.parametrize("edge", ["left", "top", "right", "bottom"])
def test_words_stand_inside_each_platforms_area(area, edge):
    border = getattr(area, edge)
    good, bad = (border + by if edge in ("left", "top") else 1 - border - by for by in (0.001, -0.01))
    assert find_unsafe([a_box(**{edge: good})], [area]) == []
    assert lights(find_unsafe([a_box(**{edge: bad})], [area])) == ["YELLOW"]


def test_words_that_leave_the_picture_block():
    assert "RED" in lights(find_unsafe([a_box(right=1.01)], []))


def test_every_shape_that_is_delivered_has_its_areas():
    names = {
        size: {area.name for area in areas_for(size)} for size in ((1920, 1080), (1080, 1920), (1080, 1080))
    }
    assert names[1920, 1080] == {"tv", "tv_action", "youtube"}
    assert names[1080, 1920] == {"shorts", "tiktok", "reels"}
    assert names[1080, 1080] == {"feed"}


CAPTION = a_box(start_s=1, end_s=2, left=0.2, top=0.7, right=0.8, bottom=0.9)


@pytest.mark.parametrize(("at_s", "black"), [(0.5, False), (1.5, True), (2.5, False)])
def test_a_caption_over_black_is_no_picture_while_it_is_up(at_s, black):
    dark = np.ones((180, 320), bool)
    dark[130:160, 80:240] = False
    assert (Beside([CAPTION]).share(dark, at_s) == 1.0) is black


def test_words_that_cover_most_of_the_picture_are_the_picture():
    everywhere = a_box(left=0, top=0, right=1, bottom=0.9)
    assert Beside([everywhere]).share(np.zeros((180, 320), bool), 1.5) == 0.0
