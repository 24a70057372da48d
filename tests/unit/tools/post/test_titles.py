"""Location titles: once for each place, long enough to read, never where captions are."""

import pysubs2
import pytest

from state.script import Scene, Script, Shot, Slate
from state.timeline import Cue, Title
from tests.builders import a_staging
from tests.cut_media import a_clip, a_timeline
from tools.post.captions import write_srt, write_vtt
from tools.post.fonts import TITLE, width
from tools.post.titles import Label, first_titles, set_title, title_span
from tools.post.word_boxes import WordBox, word_boxes
from tools.post.words_ass import write_titles, write_words
from tools.safe_areas import safe_box

SIZES = [(1920, 1080), (1080, 1920), (1080, 1080), (320, 180)]
LONG = "Edifício Copan-Mirim, elevador de serviço entre o sétimo e o oitavo andar, de madrugada"


def a_script(*titles):
    """One scene with a shot for each title."""
    shots = [
        Shot(
            slate=Slate(scene=1, shot="ABC"[at]),
            description="d",
            duration_s=2,
            staging=a_staging(title=title),
        )
        for at, title in enumerate(titles)
    ]
    scene = Scene(number=1, title="t", summary="s", place="Quay", shots=shots)
    return Script(title="t", logline="l", scenes=[scene])


def titled(title, *, size=(1920, 1080), cues=(), label=None) -> WordBox:
    """Where a title stands."""
    timeline = a_timeline([a_clip("take.mp4", 24 * 20)], captions=cues, size=size)
    timeline = timeline.model_copy(update={"titles": [title]})
    return next(box for box in word_boxes(timeline, label) if box.text == title.text.upper())


@pytest.mark.parametrize(
    ("carried", "shown"),
    [(["Quay, night"] * 3, ["Quay, night", "", ""]), (["A", "B", "A"], ["A", "B", "A"]),
     (["A", "", "A"], ["A", "", ""]), (["  A  b ", "", ""], ["A b", "", ""])],
)  # fmt: skip
def test_a_title_is_shown_where_it_comes_up_and_not_again_until_another_was(carried, shown):
    found = first_titles(a_script(*carried))
    assert [found.get(f"1{shot}", "") for shot in "ABC"] == shown


@pytest.mark.parametrize(
    ("length_s", "span"),
    [(6.0, (0.4, 2.6)), (2.0, (0.4, 1.8)), (1.5, (0.1, 1.3)), (1.2, (0.0, 1.0)), (0.9, None)],
)
def test_a_title_waits_for_the_cut_and_is_gone_before_the_next(length_s, span):
    assert title_span(length_s) == (pytest.approx(span) if span else None)


@pytest.mark.parametrize(
    ("cue", "high"), [((0.0, 0.2), False), ((2.8, 4.0), False), ((2.0, 3.0), True), ((0.0, 0.35), True)]
)
def test_a_title_stands_low_and_leaves_the_lower_third_to_captions(cue, high):
    said = Cue(start_s=cue[0], end_s=cue[1], text="Who is there?")
    box = titled(Title(start_s=0.4, end_s=2.6, text="Quay"), cues=[said])
    assert (box.bottom < 0.25) == high
    assert (box.top > 0.75) != high


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", ["Quay, night", LONG, "W" * 400, "word " * 200])
def test_every_title_fits_its_column(size, text):
    em, rows = set_title(text.upper()[:90], size)
    assert len(rows) <= 3
    assert em >= 4
    assert all(width(row, TITLE) * em <= size[0] * 0.78 for row in rows)


def test_a_short_title_is_one_row_and_a_long_one_is_wrapped_before_it_shrinks():
    short, long = set_title("QUAY, NIGHT", (1920, 1080)), set_title(LONG.upper()[:70], (1920, 1080))
    assert (len(short[1]), len(long[1])) == (1, 2)
    assert long[0] == short[0]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("said", [[], [Cue(start_s=0, end_s=3, text="Who is there?")]])
def test_margins_are_inside_the_safe_area(size, said):
    box, safe = (
        titled(Title(start_s=0.4, end_s=2.6, text="Quay"), size=size, cues=said),
        safe_box(None, *size),
    )
    assert box.left * size[0] >= safe.left - 0.01
    assert box.top * size[1] >= safe.top - 0.01
    assert box.bottom * size[1] <= safe.bottom + 0.01


def test_titles_fade_and_cannot_style_themselves(tmp_path):
    timeline = a_timeline([a_clip("take.mp4", 96)])
    title = Title(start_s=0.4, end_s=2.6, text="{\\an5}Quay")
    write_words(timeline.model_copy(update={"titles": [title]}), tmp_path / "words.ass")
    [event] = pysubs2.load(str(tmp_path / "words.ass")).events
    assert "\\fad(250,250)" in event.text
    assert event.text.endswith("}\\{\\\u2060AN5\\}QUAY")


def test_caption_files_do_not_have_them(tmp_path):
    timeline = a_timeline([], captions=[Cue(start_s=0, end_s=1, text="Who?")])
    timeline = timeline.model_copy(update={"titles": [Title(start_s=0, end_s=2, text="Quay")]})
    for write, name in ((write_srt, "a.srt"), (write_vtt, "a.vtt")):
        write(timeline.captions, tmp_path / name)
        assert "QUAY" not in (tmp_path / name).read_text("utf-8").upper()


def test_in_an_animatic_they_stand_under_the_slate(tmp_path):
    write_titles([Title(start_s=0, end_s=2, text="Quay")], tmp_path / "t.ass", (960, 540), below=44, fps=12)
    [event] = pysubs2.load(str(tmp_path / "t.ass")).events
    y = float(event.text.partition("\\pos(")[2].partition(",")[2].partition(")")[0])
    assert 44 < y < 100
    assert event.text.startswith("{\\an7")


def test_a_title_can_be_read_over_a_bright_sky(tmp_path):
    """Its letters are nearly white: the line round them has to be dark and wide enough."""
    path = tmp_path / "titles.ass"
    write_titles([Title(start_s=0, end_s=2, text="Quay, day")], path, (1920, 1080), below=40, fps=12)
    [event] = pysubs2.load(str(path)).events
    assert "\\3c&H0E0A0C&" in event.text
    assert float(event.text.partition("\\bord")[2].partition("\\")[0]) >= 1080 * 0.047 * 0.06


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("whole", [False, True])
def test_the_label_is_in_the_upper_right_inside_the_safe_area(size, whole):
    timeline = a_timeline([a_clip("take.mp4", 24 * 20)], size=size)
    [box] = word_boxes(timeline, Label("Made with {\\an5} AI", whole=whole))
    safe = safe_box(None, *size)
    assert box.right * size[0] == pytest.approx(safe.right)
    assert box.top * size[1] == pytest.approx(safe.top)
    assert box.left > 0.4
    assert (box.start_s, box.end_s) == (0, 20 if whole else 5)
    assert box.text == "Made with {\\an5} AI", "it cannot style itself"


def test_a_title_makes_room_for_the_label_in_a_tall_picture():
    said = [Cue(start_s=0, end_s=3, text="Who is there?")]
    title = Title(start_s=0.4, end_s=2.6, text=LONG[:44])
    free, beside = titled(title, size=(1080, 1920), cues=said), titled(
        title, size=(1080, 1920), cues=said, label=Label("Generated with artificial intelligence", whole=True)
    )  # fmt: skip
    assert beside.top > free.top
