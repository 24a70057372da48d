"""What a person brings is used as it is, and what cannot be is refused by field before anything starts."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.brief import NovelaBrief
from state.errors import BriefIncomplete
from tools.screenplay.own_material import own_material
from tools.screenplay.seconds import scene_need, scene_seconds

SCRIPT = """INT. KITCHEN - NIGHT

Ana opens the letter.

ANA
(crying)
He knew. He always knew.

DOÑA ROSA DE LA CRUZ
So did I.

EXT. MARTA'S HOUSE - DAWN

The sea.
"""
TALK = [{"speaker": "Ana", "text": "You knew."}, {"speaker": "Carl", "text": "I guessed."}]


def a_brief(**fields: Any) -> NovelaBrief:
    return NovelaBrief.model_validate({"title": "t", "description": "d", **fields})


def refused(**fields: Any) -> BriefIncomplete:
    with pytest.raises(BriefIncomplete) as caught:
        own_material(a_brief(**fields))
    return caught.value


def test_a_script_becomes_scenes_people_and_places():
    brief = own_material(a_brief(script=SCRIPT, characters=[{"name": "Ana Ruiz", "role": "a nurse"}]))
    assert [one.name for one in brief.characters] == ["Ana Ruiz", "Doña Rosa de la Cruz"]
    assert [(one.name, one.outside) for one in brief.places] == [("Kitchen", False), ("Marta's house", True)]
    assert [(one.place, one.time) for one in brief.scenes] == [
        ("Kitchen", "night"),
        ("Marta's house", "dusk"),
    ]
    kitchen = brief.scenes[0]
    assert [(one.speaker, one.text, one.manner) for one in kitchen.spoken] == [
        ("Ana Ruiz", "He knew. He always knew.", "crying"),
        ("Doña Rosa de la Cruz", "So did I.", ""),
    ]
    assert kitchen.description == "Ana opens the letter."


def test_reading_twice_changes_nothing():
    once = own_material(a_brief(script=SCRIPT))
    assert own_material(once) == once


def test_a_brief_without_own_material_stays_as_it_is():
    brief = a_brief(scenes=[{"number": 2, "description": "They meet."}])
    assert own_material(brief) == brief


def test_an_open_length_is_what_the_script_needs():
    brief = own_material(a_brief(script=SCRIPT))
    assert 10 <= brief.episode_seconds <= 16
    long = own_material(a_brief(script=SCRIPT + "\nANA\n" + "One two three four five. " * 60))
    assert long.episode_seconds >= 300 / 2.5


def test_every_scene_has_the_seconds_for_its_words():
    brief = own_material(a_brief(scenes=[{"number": 2, "lines": TALK}], episode_seconds=40))
    seconds = scene_seconds(brief)
    assert sum(seconds.values()) == pytest.approx(40)
    assert seconds[2] >= scene_need(brief.scenes[0]).least
    assert seconds[1] == seconds[3] == seconds[4]


def test_given_lengths_stay():
    shots = [{"description": "a", "seconds": 3}, {"description": "b", "seconds": 4.5}]
    brief = own_material(a_brief(scenes=[{"number": 1, "shots": shots}], scenes_per_episode=2))
    assert scene_seconds(brief)[1] == 7.5


def test_new_speakers_join_the_cast_and_known_ones_are_recognised():
    brief = own_material(a_brief(characters=[{"name": "Ana"}], scenes=[{"number": 1, "lines": TALK}]))
    assert [one.name for one in brief.characters] == ["Ana", "Carl"]
    loud = own_material(
        a_brief(
            characters=[{"name": "Élan"}], scenes=[{"number": 1, "lines": [{**TALK[0], "speaker": "ELAN"}]}]
        )
    )
    assert loud.scenes[0].lines[0].speaker == "Élan"


def test_as_many_scenes_as_the_highest_number():
    assert own_material(a_brief(scenes=[{"number": 7, "description": "x"}])).scenes_per_episode == 7


SAY = {"speaker": "A", "text": "w " * 30}
EMPTY = "INT. A - DAY\n\nINT. B - DAY\n\nShe."
WRONG = [
    ({"script": "She comes home."}, "brief.script: line 1: this stands before the first scene heading"),
    ({"script": "[[only a note]]"}, "brief.script: line 1: there is no scene heading"),
    ({"script": EMPTY}, "brief.script: line 1: the scene 'INT. A - DAY' is empty"),
    ({"script": "INT. A - DAY\n\nANA\n\nHello."}, "brief.script: line 3: ANA says nothing"),
    ({"script": "INT. A - DAY\n\nX.\n\n" * 13}, "brief.script: line 49: this is scene 13 of 13"),
    ({"script": "INT. A - DAY\n\n[[note\n"}, "brief.script: line 3: the note is never closed"),
    (
        {"script": "INT. A - DAY\n\n" + "".join(f"P{n}Q\nYes.\n\n" for n in range(13))},
        "brief.script: line 40: P12q is person 13 of the cast",
    ),
    (
        {"script": "INT. A - DAY\n\nANA\n" + "One two three. " * 10, "episode_seconds": 8},
        "brief.script: line 4: its 30 words no longer fit: the episode needs 12 s, and episode_seconds is 8",
    ),
    (
        {"script": "INT. A - DAY\n\n" + "ANA\nOne two three four five.\n\n" * 100},
        "brief.script: line 274: its 5 words no longer fit: the episode needs 200 s, and an",
    ),
    (
        {"script": SCRIPT, "scenes": [{"number": 1, "lines": TALK}]},
        "brief.scenes.0.lines: the script has scene 1 already",
    ),
    (
        {"script": SCRIPT, "scenes": [{"number": 3, "description": "x"}]},
        "brief.scenes.0.number: the script has 2 scenes, and no scene 3",
    ),
    (
        {"scenes": [{"number": 1, "description": "x"}, {"number": 2, "lines": [SAY]}],
         "episode_seconds": 12, "scenes_per_episode": 2},
        "brief.scenes.1.lines.0: its 30 words no longer fit",
    ),
    (
        {"scenes": [{"number": 1, "shots": [{"seconds": 2, "lines": [{"speaker": "A", "text": "w " * 6}]}]}]},
        "brief.scenes.0.shots.0.lines.0: 6 words, but the shot lasts 2 s, which is 5 words",
    ),
    (
        {"scenes": [{"number": 1, "shots": [{"description": "x"}, {"lines": [SAY]}]}]},
        "brief.scenes.0.shots.1.lines.0: 30 words, but one clip lasts at most 8 s, which is 20 words",
    ),
    (
        {"scenes": [{"number": 1, "shots": [{"description": "x", "seconds": 9}]}]},
        "brief.scenes.0.shots.0.seconds: 9 s is more than one clip",
    ),
    (
        {"scenes": [{"number": 5, "description": "x"}], "scenes_per_episode": 4},
        "brief.scenes.0.number: 5 is more than scenes_per_episode, which is 4",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "sentence"), WRONG, ids=[sentence[:60] for _, sentence in WRONG])
def test_what_cannot_be_made_is_named(fields: dict[str, Any], sentence: str):
    error = refused(**fields)
    assert error.message.startswith(sentence), error.message
    assert error.user_action.endswith(".")
    assert error.details["fields"][0]["field"] == sentence.split(":")[0]


@pytest.mark.parametrize("asked", [6, 9, 30])
def test_only_what_nobody_timed_is_stretched(asked: int):
    """Two shots of three seconds and a line between them: its shot takes what there is, in reason."""
    say = [{"speaker": "Nora", "text": "It is not time yet."}]
    shots = [{"description": "a", "seconds": 3}, {"lines": say}, {"description": "b", "seconds": 3}]
    brief = a_brief(scenes=[{"number": 1, "shots": shots}], scenes_per_episode=1, episode_seconds=9)
    seconds = scene_seconds(brief.model_copy(update={"episode_seconds": asked}))[1]
    need = scene_need(brief.scenes[0])
    assert need.most < 6 + 4, "the six seconds of the others stay six"
    assert seconds == pytest.approx({6: need.least, 9: 9, 30: need.most}[asked])


def test_slow_speech_needs_more_seconds():
    """The run's words per minute decide, not a figure of our own."""
    brief = a_brief(script="INT. A - DAY\n\nANA\n" + "One two three. " * 10, episode_seconds=15)
    assert own_material(brief, 150).episode_seconds == 15
    with pytest.raises(BriefIncomplete, match="the episode needs 18 s"):
        own_material(brief, 100)


def test_capitals_with_an_exclamation_mark_before_them_are_action():
    """The fix that the error names works."""
    assert "GET OUT says nothing" in refused(script="INT. A - DAY\n\nGET OUT\n\nShe runs.").message
    brief = own_material(a_brief(script="INT. A - DAY\n\n!GET OUT\n\nShe runs."))
    assert [shot.description for shot in brief.scenes[0].shots] == ["GET OUT", "She runs."]


POOL = [
    "INT. KITCHEN - DAY", "EXT. PLAYA", ".ROOF", "ANA", "@Zoë", "BRUNO (V.O.)", "(softly)", "Yes.", "¿Quién?",
    "Ana opens the door.", "CUT TO:", "[[note]]", "/* cut */", "[[", "!BANG", "word " * 45, "李娜", "🎬", "",
]  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(POOL) | st.just(""), max_size=30))
def test_any_lines_are_a_script_or_one_sentence(lines: list[str]):
    try:
        brief = own_material(a_brief(script="INT. SHOP - NIGHT\n\nAna waits.\n\n" + "\n".join(lines)))
    except BriefIncomplete as exc:
        assert exc.message.startswith("brief.script: ")  # noqa: PT017  # either is right, and both are looked at
        return
    again = NovelaBrief.model_validate_json(brief.model_dump_json())
    assert 6 <= again.episode_seconds <= 180
    assert sum(scene_seconds(again).values()) <= again.episode_seconds * 1.01


TOLD = "INT. A - DAY\n\nAna waits.\n\nNARRADORA\nNadie vino.\n\nANA\nNadie."


def test_a_narrator_of_the_script_is_heard_and_not_cast():
    brief = own_material(a_brief(script=TOLD))
    assert [one.name for one in brief.characters] == ["Ana"]
    assert [(one.speaker, one.unseen) for one in brief.scenes[0].spoken] == [
        ("Narradora", True),
        ("Ana", False),
    ]
    assert own_material(brief) == brief


def test_a_narrator_of_single_lines_is_heard_and_not_cast():
    lines = [{"speaker": "Voice", "text": "Nobody came."}, *TALK]
    brief = own_material(a_brief(scenes=[{"number": 1, "lines": lines}]))
    assert [one.name for one in brief.characters] == ["Ana", "Carl"]
    assert [one.unseen for one in brief.scenes[0].spoken] == [True, False, False]


def test_whom_the_brief_casts_as_narrator_is_a_person():
    """A narrator may be somebody of the story: then the picture shows them."""
    brief = own_material(a_brief(script=TOLD, characters=[{"name": "Narradora"}]))
    assert [one.name for one in brief.characters] == ["Narradora", "Ana"]
    assert not brief.scenes[0].spoken[0].unseen


@pytest.mark.parametrize(
    ("words", "episodes", "seconds"), [(120, 1, 60), (121, 1, 61), (240, 1, 120), (241, 1, 120), (242, 2, 61)]
)
def test_a_story_that_nobody_timed_takes_the_time_it_needs(words: int, episodes: int, seconds: int):
    """From a minute to two; a series takes its part of the words for each episode."""
    brief = a_brief(description="word " * words, target_episodes=episodes)
    grown = own_material(brief)
    assert grown.episode_seconds == seconds
    assert own_material(grown) == grown
    assert own_material(a_brief(description="word " * words, episode_seconds=30)).episode_seconds == 30
