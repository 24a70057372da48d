"""`greenlight cut`: what is typed becomes an operation, and a cut is told as a table."""

from typing import Any

import pytest
from typer.testing import CliRunner

from server.cli.cut import app, read_operation
from server.cli.cut_lines import rows_of, said, tell, tell_change
from server.cli.cut_voice import read_wish
from server.cuts.desk import OnDesk
from state import edits
from state.errors import BriefIncomplete, EditRefused
from state.timeline import Timeline
from tests.unit.tools.cuts.cutting import an_opened_cut
from tools.cuts.apply import applied
from tools.cuts.book import Edited
from tools.cuts.history import digest_of

CUT = an_opened_cut()


@pytest.mark.parametrize(
    ("name", "fields", "made"),
    [
        ("trim_clip", ["clip=c2", "head=12"], edits.TrimClip(clip="c2", head=12)),
        ("set_sound", ["clip=c2", "gain_db=-3.5"], edits.SetSound(clip="c2", gain_db=-3.5)),
        ("set_track", ["track=voice/Ana", "muted=true"], edits.SetTrack(track="voice/Ana", muted=True)),
        ("add_marker", ["at=3", "name=Too dark"], edits.AddMarker(at=3, name="Too dark")),
        ("delete_clip", ["clip=c2"], edits.DeleteClip(clip="c2")),
    ],
)
def test_what_is_typed_is_an_operation(name: str, fields: list[str], made: edits.Operation) -> None:
    assert read_operation(name, fields) == made
    assert read_operation(name, [*fields]) == read_operation(*_words(said(made)))


def _words(line: str) -> tuple[str, list[str]]:
    name, _, rest = line.partition(" ")
    return name, [rest] if '"' in rest and rest.count("=") == 1 else _fields(rest)


def _fields(rest: str) -> list[str]:
    head, quote, quoted = rest.partition('"')
    fields = head.split()
    return [*fields[:-1], f"{fields[-1]}{quote}{quoted}"] if quote else fields


@pytest.mark.parametrize(
    ("name", "fields", "field"),
    [
        ("explode", ["clip=c2"], "op"),
        ("trim_clip", ["clip"], "clip"),
        ("trim_clip", ["clip=c2", "head=ten"], "head"),
        ("set_speed", ["clip=c2", "speed=99"], "speed"),
        ("trim_clip", ["head=2"], "clip"),
    ],
)
def test_what_is_typed_wrong_names_its_field(name: str, fields: list[str], field: str) -> None:
    with pytest.raises(EditRefused) as caught:
        read_operation(name, fields)
    assert caught.value.details["field"] == field


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"text": " "}, "text"), ({"text": "…"}, "text"), ({"text": "a" * 2001}, "text"),
     ({"language": "xx"}, "language"), ({"speed": 3}, "speed"), ({"take": 0}, "take"),
     ({"expression": "odd"}, "expression")],
)  # fmt: skip
def test_a_line_that_is_typed_wrong_names_its_field_and_its_fix(typed: dict[str, Any], field: str) -> None:
    with pytest.raises(BriefIncomplete) as caught:
        read_wish(**{"text": "Hello.", **typed})
    assert caught.value.details["fields"][0]["field"] == field
    assert caught.value.user_action
    assert read_wish(text=" Hello. ").text == "Hello.", "the control"


def test_every_clip_and_caption_has_a_line() -> None:
    rows = rows_of(CUT)
    assert ("picture", "c1", "1A-1", "0", "48", "") in rows
    assert ("picture", "c3", "2A-1", "84", "48", "dissolve of 12") in rows
    assert [row[2] for row in rows if row[0] == "captions"] == ["Line 1", "Line 2", "Line 3"]
    assert rows[-1] == ("markers", CUT.markers[0].id, "1B-1", "50", "", "Too dark")


def test_it_says_what_is_possible_and_that_the_cut_is_old(capsys: pytest.CaptureFixture[str]) -> None:
    facts: dict[str, Any] = {"version": 3, "newest": 4, "digest": digest_of(CUT), "timeline": CUT}
    tell(OnDesk(edited=Edited(**facts, can_undo=True, can_redo=True), outdated=True))
    shown = capsys.readouterr().out
    assert "version 3 (undo, redo possible): 132 frames, 5.50 s at 24 fps" in shown
    assert "greenlight cut take-over" in shown


def test_of_an_edit_only_what_it_changed_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    after = applied(CUT, edits.SetSound(clip="c2", gain_db=-3.0))
    faded = applied(CUT, edits.DeleteClip(clip="c2"))
    tell_change(on_desk(CUT), on_desk(after))
    shown = capsys.readouterr().out
    assert [line.split() for line in shown.splitlines() if "changed" in line] == [
        ["clip", "c2", "1B-1", "changed:", "gain_db", "48", "48"]
    ]
    assert "1A-1" not in shown
    tell_change(on_desk(CUT), on_desk(faded))
    shown = capsys.readouterr().out
    assert "removed" in shown
    assert "moved" in shown
    tell_change(on_desk(CUT), on_desk(CUT))
    assert "nothing is otherwise" in capsys.readouterr().out


def on_desk(cut: Timeline) -> OnDesk:
    facts: dict[str, Any] = {"version": 3, "newest": 4, "digest": digest_of(cut), "timeline": cut}
    return OnDesk(edited=Edited(**facts, can_undo=True, can_redo=True), outdated=False)


def test_all_operations_are_listed() -> None:
    shown = CliRunner().invoke(app, ["operations"]).stdout
    assert shown.count(": ") >= 28
    assert "trim_clip: clip, head, tail" in shown
