"""A script in Fountain is read as it was meant, or the line that cannot be is named."""

import pytest

from tools.screenplay.fountain import Kind, read_fountain
from tools.screenplay.margins import ScriptError

WHOLE = """Title: _**The Key**_
    a pilot
Author: Somebody

FADE IN:

# Act one

= She comes home.

EXT. HARBOUR STREET - NIGHT #1#

Rain. ANA runs *fast*. [[check the
weather]]

ANA (V.O.)
[[slowly]]
(whispering)
I never came **back**.
Not once.

@McCoy
And now?

CUT TO:

INT./EXT. BRUNO'S CAR - CONTINUOUS

/* Bruno sings.

He stops. */
> THE END <

.THE ATTIC

!BANG
Dust falls.
"""


def test_what_is_seen_and_said_is_read():
    first, car, attic = read_fountain(WHOLE).scenes
    assert (first.place, first.time, first.outside) == ("HARBOUR STREET", "night", True)
    assert (car.place, car.time, car.outside, car.passages) == ("BRUNO'S CAR", "night", False, [])
    assert (attic.place, attic.time, attic.outside) == ("THE ATTIC", None, None)
    assert [(one.kind, one.speaker, one.text) for one in [*first.passages, *attic.passages]] == [
        (Kind.ACTION, "", "Rain. ANA runs fast."),
        (Kind.SPEECH, "ANA", "I never came back. Not once."),
        (Kind.SPEECH, "McCoy", "And now?"),
        (Kind.ACTION, "", "BANG Dust falls."),
    ]


def test_how_it_is_said_and_whether_it_is_seen():
    said = read_fountain(WHOLE).scenes[0].passages[1]
    assert (said.manner, said.unseen) == ("whispering", True)


def test_lines_are_counted_through_notes_and_title_page():
    lines = WHOLE.splitlines()
    for scene in read_fountain(WHOLE).scenes:
        assert scene.heading.split(" #")[0] in lines[scene.line - 1]
        for passage in scene.passages:
            assert passage.text.split()[0] in lines[passage.line - 1]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ending_and_a_byte_order_mark(end: str):
    script = read_fountain("\ufeff" + WHOLE.replace("\n", end))
    assert len(script.scenes) == 3
    assert script.title_page == {"title": "The Key a pilot", "author": "Somebody"}


@pytest.mark.parametrize(
    ("heading", "place", "time", "outside"),
    [
        ("INT. COCINA DE MARTA - NOCHE", "COCINA DE MARTA", "night", False),
        ("EXT. PLAYA – ATARDECER", "PLAYA", "dusk", True),
        ("int. sala de estar - dia", "sala de estar", "day", False),
        ("EXT. PRAIA - PÔR DO SOL", "PRAIA", "dusk", True),
        ("INT/EXT CASA - FUNDOS - MADRUGADA", "CASA - FUNDOS", "night", False),
        ("I/E. CAR - SUNRISE", "CAR", "dusk", False),
        ("EST. HOSPITAL", "HOSPITAL", None, True),
        ("INT. 厨房 - NIGHT", "厨房", "night", False),
        ("INT. NIGHT CLUB", "NIGHT CLUB", None, False),
    ],
)
def test_headings_in_three_languages(heading: str, place: str, time: str | None, outside: bool):
    scene = read_fountain(f"{heading}\n\nX.").scenes[0]
    assert (scene.place, scene.time, scene.outside) == (place, time, outside)


@pytest.mark.parametrize(
    ("script", "line", "problem"),
    [
        ("She comes home.", 1, "before the first scene heading"),
        ("ANA\nHello.", 1, "ANA speaks before the first scene heading"),
        ("INT. A - DAY\n\nShe.\n\n[[to do\n", 5, "the note is never closed"),
        ("INT. A - DAY\n\n/* She.\n", 3, "is never closed"),
        ("INT. - DAY\n\nShe.", 1, "names no place"),
        ("INT. A - DAY\n\nANA\n(softly)\n\nShe.", 3, "ANA says nothing"),
        ("INT. A - DAY\n\n@Ana\n\nShe.", 3, "Ana says nothing"),
    ],
)
def test_a_mistake_is_named_with_its_line(script: str, line: int, problem: str):
    with pytest.raises(ScriptError, match=problem) as caught:
        read_fountain(script)
    assert caught.value.line == line
    assert caught.value.fix


def test_capitals_alone_are_action_and_case_needs_letters_that_have_it():
    """In scripts without capitals an @ marks who speaks, as Fountain says."""
    scene = read_fountain("INT. A - DAY\n\n他走了\n再见\n\n@李娜\n再见\n\nBOOM!\n").scenes[0]
    assert [(one.kind, one.speaker) for one in scene.passages] == [
        (Kind.ACTION, ""), (Kind.SPEECH, "李娜"), (Kind.ACTION, ""),
    ]  # fmt: skip
