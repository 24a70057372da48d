"""The screenplay a writer's program can open."""

from nodes.delivery.screenplay import to_fountain
from state.script import Character, Line, Look, Place, Scene, Script, Shot, Slate, Staging

KITCHEN = Place(name="The kitchen", kind="kitchen")
PIER = Place(name="El muelle", kind="harbour")


def a_script(place=KITCHEN, *, language="en", text="You came back."):
    shot = Shot(
        slate=Slate(scene=1, shot="A"), description="LUCÍA opens\nthe door.", staging=Staging(place=place),
        lines=[Line(speaker="Lucía", text=text)], duration_s=3,
    )  # fmt: skip
    scene = Scene(number=1, title="t", summary="Lucía is home.", place=place.name, time="night", shots=[shot])
    cast = [Character(name="Lucía", role="the daughter", look=Look(presentation="woman"))]
    return Script(
        title="The Letter", logline="A letter.", language=language, cast=cast, places=[place], scenes=[scene]
    )


def test_a_scene_has_heading_summary_action_and_speech_in_order():
    blocks = to_fountain(a_script()).strip().split("\n\n")
    assert blocks[1:] == [
        "INT. THE KITCHEN - NIGHT #1#",
        "= Lucía is home.",
        "!LUCÍA opens the door. [[1A]]",
        "@Lucía\nYou came back.",
    ]


def test_the_title_page_names_the_cast():
    assert to_fountain(a_script()).startswith(
        "Title: The Letter\nLogline: A letter.\nCast:\n    Lucía, the daughter\n"
    )


def test_outside_is_said_in_the_heading_and_the_hour_in_the_scripts_language():
    assert "EXT. EL MUELLE - NOCHE #1#" in to_fountain(a_script(PIER, language="es"))


def test_a_platform_lies_outside_and_a_carriage_does_not():
    platform, carriage = Place(name="El andén", kind="station"), Place(name="El vagón", kind="train")
    assert "EXT. EL ANDÉN - NOCHE #1#" in to_fountain(a_script(platform, language="es"))
    assert "INT. EL VAGÓN - NOCHE #1#" in to_fountain(a_script(carriage, language="es"))


def test_a_line_break_inside_a_line_cannot_end_the_speech():
    assert "@Lucía\nOne two." in to_fountain(a_script(text="One\n\ntwo."))
