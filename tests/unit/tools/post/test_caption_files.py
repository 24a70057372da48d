"""Caption files show text and never obey it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.timeline import Cue
from tools.post.blocks import Look
from tools.post.captions import write_srt, write_vtt
from tools.post.fonts import FALLBACKS, MAIN, place_fonts, runs
from tools.post.words_ass import drawn

FONT_TAG = "|".join(rf"\{{\\fn{font.name}\\fs[\d.]+\}}" for font in (MAIN, *FALLBACKS))
HARMLESS = re.compile(f"({FONT_TAG}|\\\\\u2060|\\\\[{{}}]|[^\\\\{{}}])*")
"""Every brace is escaped, and no backslash stands before a letter, but for the tags that name our fonts."""
NASTY = ["{\\an8}up", "a\\Nb", "\\{", "}{", "100% 'quoted' \"too\"", "drawtext=textfile=/etc/passwd", "\\"]


def ass_text(text: str) -> str:
    return drawn(text, Look(font=MAIN, em=20), MAIN)[0]


def _cue(text, *, start_s=1.0, end_s=2.5, speaker="Inês"):
    return Cue(start_s=start_s, end_s=end_s, text=text, speaker=speaker)


@settings(deadline=None)
@given(st.text())
def test_no_text_can_style_itself(text):
    shown = ass_text(text)
    assert HARMLESS.fullmatch(shown)
    assert not set(shown) & set("\n\r\0")


@pytest.mark.parametrize("text", NASTY[:2])
def test_the_same_text_unescaped_would_be_obeyed(text):
    assert not HARMLESS.fullmatch(text)


@pytest.mark.parametrize("text", [*NASTY, "¿Coração? Æ œ ß Ł © ™"])
def test_readable_characters_are_kept(text):
    shown = ass_text(text).replace("\u2060", "").replace(r"\{", "{").replace(r"\}", "}")
    assert shown == text


def test_what_the_font_cannot_draw_is_left_out():
    assert ass_text("no 🎬 way\u202e \U00012000") == "no way "


@pytest.mark.parametrize(
    ("name", "font"),
    [("Анна", "Inter"), ("Ελένη", "Inter"), ("李明", "Noto Sans CJK JP"), ("さくら", "Noto Sans CJK JP"),
     ("김민준", "Noto Sans CJK JP"), ("فاطمة", "Noto Sans Arabic"), ("דוד", "Heebo"),
     ("प्रिया", "Noto Sans Devanagari"), ("สมชาย", "Noto Sans Thai")],
)  # fmt: skip
def test_a_name_in_another_script_is_drawn_in_a_font_that_has_it(name, font):
    assert [(used.name, part) for used, part in runs(name)] == [(font, name)]
    told = re.sub(r"\\fs[\d.]+", "", ass_text(f"Olá, {name}!")).replace("{\\fnInter}", "")
    assert told == (f"Olá, {name}!" if font == "Inter" else f"Olá, {{\\fn{font}}}{name}!")


def test_files_keep_what_the_picture_cannot_show(tmp_path):
    write_srt([_cue("李明 🎬 فاطمة")], tmp_path / "a.srt")
    assert "李明 🎬 فاطمة" in (tmp_path / "a.srt").read_text("utf-8")


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_makes_an_srt_with_one_cue(tmp_path_factory, text, speaker):
    path = tmp_path_factory.mktemp("srt") / "a.srt"
    write_srt([_cue(text, speaker=speaker)], path)
    assert len(re.findall(r"^\d\d:\d\d:\d\d,\d{3} --> ", path.read_text("utf-8"), re.M)) == 1
    assert "\n\n" not in path.read_text("utf-8").strip()


def test_srt_times_and_accents(tmp_path):
    write_srt([_cue("Não vás.\nFica."), _cue("ok", start_s=3661.5, end_s=3662.25)], tmp_path / "a.srt")
    assert (tmp_path / "a.srt").read_text("utf-8") == (
        "1\n00:00:01,000 --> 00:00:02,500\nNão vás.\nFica.\n\n2\n01:01:01,500 --> 01:01:02,250\nok\n"
    )


def test_vtt_names_the_speaker_and_escapes_markup(tmp_path):
    write_vtt([_cue("<b>1 & 2</b> --> 3")], tmp_path / "a.vtt")
    assert (tmp_path / "a.vtt").read_text("utf-8") == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<v Inês>&lt;b&gt;1 &amp; 2&lt;/b&gt; → 3\n"
    )


def test_the_font_folder_holds_the_font_alone(tmp_path):
    place_fonts(tmp_path / "fonts")
    assert [path.name for path in (tmp_path / "fonts").iterdir()] == ["captions-0.ttf"]


def test_the_font_folder_holds_what_the_captions_need(tmp_path):
    place_fonts(tmp_path / "fonts", {font for text in ("Olá", "李明") for font, _ in runs(text)})
    assert sorted(path.suffix for path in (tmp_path / "fonts").iterdir()) == [".otf", ".ttf"]


def test_a_voice_over_stands_in_italics_for_players(tmp_path):
    told = _cue("Nobody <came>.\nNobody.").model_copy(update={"voice_over": True})
    write_srt([told], tmp_path / "a.srt")
    write_vtt([told], tmp_path / "a.vtt")
    assert "\n<i>Nobody <came>.\nNobody.</i>\n" in (tmp_path / "a.srt").read_text("utf-8")
    assert "<v Inês><i>Nobody &lt;came&gt;.\nNobody.</i>\n" in (tmp_path / "a.vtt").read_text("utf-8")


def test_what_somebody_in_the_picture_says_stands_upright(tmp_path):
    write_vtt([_cue("Nobody came.")], tmp_path / "a.vtt")
    assert "<i>" not in (tmp_path / "a.vtt").read_text("utf-8")
