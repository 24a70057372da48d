"""Filters that ffmpeg refuses: the film is made all the same, plainer, and says what is missing (S4-054)."""

from pathlib import Path

import pytest

from nodes.delivery.check_quality import with_warnings
from state.errors import FfmpegFailed
from state.timeline import Cue, DeliveryFacts, Effect, Timeline, Transition
from tests.cut_media import a_clip, a_timeline, read_back
from tools.ffmpeg.command import run_ffmpeg
from tools.post import picture, pieces
from tools.post.encode import Encoding, FileForm
from tools.post.looks.optics import OPTICS
from tools.post.piece_cache import PieceCache
from tools.post.plain import is_refused
from tools.quality.report import QualityReport

REFUSED = "crop=9999:9999"
LOOK = Effect(name="vignette")
CROSSED = [a_clip("dark.mp4", 30), Transition(style="crossfade", length=10), a_clip("light.mp4", 30)]


@pytest.fixture
def no_vignette(monkeypatch):
    monkeypatch.setitem(OPTICS, "vignette", lambda before, into, *_: [f"[{before}]{REFUSED}[{into}]"])


async def _lumas(render, cut: Timeline, **more: object) -> tuple[list[float], list[str]]:
    facts, path = await render(cut, **more)
    shown = read_back(path)
    assert len(shown.lumas) == cut.length
    return [shown.luma(frame) for frame in range(cut.length)], facts.warnings


async def test_a_look_that_cannot_be_made_is_left_out_of_its_piece_alone(render, no_vignette):
    looked = a_clip("dark.mp4", 30).model_copy(update={"effects": [LOOK, Effect(name="desaturate")]})
    lumas, warnings = await _lumas(render, a_timeline([a_clip("light.mp4", 30), looked]))
    assert lumas == pytest.approx([180] * 30 + [60] * 30, abs=3)
    assert warnings == [
        "From 0:01.2 to 0:02.5 the film is joined plainly, because its filters could not be carried out."
        " Missing there: vignette, desaturate."
    ]


async def test_a_transition_that_cannot_be_made_is_a_cut_in_its_middle(render, monkeypatch):
    monkeypatch.setattr(
        picture, "plan_transition", lambda style, before, after, into, **_: [f"[{before}]{REFUSED}[{into}]"]
    )
    lumas, [warning] = await _lumas(render, a_timeline([*CROSSED, a_clip("ramp.mp4", 24)]))
    assert lumas[:50] == pytest.approx([60] * 25 + [180] * 25, abs=3)
    assert lumas[50:] == pytest.approx([20 + 4 * n for n in range(24)], abs=3)
    assert "crossfade" in warning


async def test_words_that_cannot_be_burned_in_are_left_out_last(render, monkeypatch):
    monkeypatch.setattr(picture, "_burn", lambda lead: ",ass=filename=gone.ass")
    cue = Cue(start_s=0.2, end_s=0.8, text="Good morning")
    lumas, [warning] = await _lumas(render, a_timeline([a_clip("dark.mp4", 30)], captions=[cue]))
    assert lumas == pytest.approx([60] * 30, abs=3)
    assert warning.endswith("Missing there: its captions and titles.")


async def test_a_clip_at_its_own_speed_keeps_it(render, no_vignette):
    fast = a_clip("ramp.mp4", 40).model_copy(update={"speed": 2.0, "frames": 20, "effects": [LOOK]})
    lumas, [warning] = await _lumas(render, a_timeline([fast, a_clip("dark.mp4", 24)]))
    assert lumas[:20] == pytest.approx([20 + 8 * n for n in range(20)], abs=9)
    assert "speed" not in warning


async def test_what_is_missing_is_not_kept_for_the_next_time(render, no_vignette, tmp_path):
    cut = a_timeline([a_clip("dark.mp4", 30)]).model_copy(update={"effects": [LOOK]})
    for _ in range(2):
        _, warnings = await _lumas(render, cut, cache=PieceCache(tmp_path / "kept"))
        assert len(warnings) == 1
    kept = [path for path in (tmp_path / "kept").iterdir() if b"avc1" in path.read_bytes()]
    assert kept == []


async def test_a_film_that_was_made_as_asked_says_nothing(render):
    facts: DeliveryFacts
    facts, _ = await render(a_timeline(CROSSED))
    assert facts.warnings == []


async def test_without_the_plain_join_there_would_be_no_film(render, no_vignette, monkeypatch):
    """The control."""
    monkeypatch.setattr(pieces, "is_refused", lambda error: False)
    with pytest.raises(FfmpegFailed, match="Invalid too big"):
        await render(a_timeline([a_clip("dark.mp4", 30)]).model_copy(update={"effects": [LOOK]}))


async def test_another_failure_is_no_reason_for_a_plainer_film(render):
    coder = FileForm(picture=Encoding(coder=("-c:v", "libx264", "-preset", "nosuch")))
    cut = a_timeline([a_clip("dark.mp4", 30)]).model_copy(update={"effects": [LOOK]})
    with pytest.raises(FfmpegFailed, match="nosuch"):
        await render(cut, form=coder)


SPLIT = "[0:v]split[a][b];[a]scale=100:100[c];[c][b]xfade[p]"


@pytest.mark.parametrize(
    ("graph", "refused"),
    [
        ("[0:v]nosuchfilter[p]", True),
        (f"[0:v]{REFUSED}[p]", True),
        ("[0:v]scale=w=abc[p]", True),
        ("[0:v]lut3d=file=gone.cube[p]", True),
        ("[0:v]vignette=angle=oops(1)[p]", True),
        ("[0:v]v360=input=flat:output=fisheye:h_fov=900[p]", True),
        ("[0:v]xfade[p]", True),
        (SPLIT, True),
        ("[0:a]anull[p]", False),
    ],
)
async def test_what_ffmpeg_says_of_filters_is_told_from_the_rest(media, tmp_path, graph, refused):
    with pytest.raises(FfmpegFailed) as told:
        await run_ffmpeg(
            ["-i", media / "dark.mp4", "-filter_complex", graph, "-map", "[p]", tmp_path / "out.mp4"]
        )
    assert is_refused(told.value) is refused


async def test_a_missing_file_is_not_taken_for_a_filter(tmp_path):
    with pytest.raises(FfmpegFailed) as told:
        await run_ffmpeg(["-i", Path("gone.mp4"), "-vf", "null", tmp_path / "out.mp4"])
    assert not is_refused(told.value)


def test_the_report_of_the_master_says_what_is_missing():
    report = with_warnings(QualityReport(checked=["cuts"]), {"facts": {"warnings": ["No vignette."]}})
    assert [(one.light, one.message) for one in report.findings] == [("YELLOW", "No vignette.")]
    assert with_warnings(QualityReport(), {"facts": {}}).findings == []
