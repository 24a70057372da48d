"""What a director would insist on, held against whole episodes in three languages and every genre."""

from dataclasses import replace
from itertools import pairwise, product

import pytest

from state.brief import NovelaBrief
from state.script import Character, Expression, Gesture, Language, Look, Scene
from tests.scripts import STORIES, a_novela_brief, story_briefs, write_episode
from tools.models.offline.shooting.coverage import plan_coverage
from tools.models.offline.shooting.cutting import cut_into, that_fit
from tools.models.offline.shooting.setup import Occasion
from tools.models.offline.shooting.sides import sides_of
from tools.models.offline.telling.breath import in_breaths
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.fact import Fact

BRIEFS = story_briefs()
NAMES = [brief.title for brief in BRIEFS]
SHOTS = [
    a_novela_brief(**{**STORIES[language][0], "language": language, "shots_per_scene": shots, "genre": genre})
    for (language, genre), shots in zip(
        product(STORIES, ("drama", "comedy")), (1, 2, 3, 4, 5, 6), strict=True
    )
]
EVERY = [*BRIEFS, *SHOTS]
ANA, BRUNO, CARA = (
    Character(name=name, role="", look=Look(presentation="woman")) for name in ("Ana", "Bruno", "Cara")
)


FOUND = Fact(subject="Ana", verb="finds", rest="a letter", text="Ana finds a letter.", kind="event", order=1)
RAINS = Fact(subject="", verb="", rest="", text="It rains on the harbour.", order=2)


def said(speaker: Character, listener: Character, text: str = "You told me so.", **more: object) -> Spoken:
    face: Expression = "determined"
    gesture: Gesture = "none"
    return Spoken(
        move="plain", speaker=speaker, listener=listener, text=text, expression=face,
        reaction="surprised", gesture=gesture, **{"essential": False, "fact": FOUND, **more},  # type: ignore[arg-type]
    )  # fmt: skip


def told(fact: Fact, thing: str = "", text: str = "") -> Spoken:
    return said(ANA, BRUNO, text or fact.text, essential=True, narrator="Narrator", fact=fact, thing=thing)


STRONG = said(BRUNO, ANA, "I have read the letter.", essential=True)
TALK = [said(ANA, BRUNO, "Where was it?"), said(BRUNO, ANA, "Here."), said(ANA, BRUNO, "Since when?"), STRONG,
        said(ANA, BRUNO, "Say that again."), said(BRUNO, ANA, "You heard me.")]  # fmt: skip
TOLD = [told(RAINS), *TALK[:2], told(FOUND, "letter"), *TALK[2:]]
SCENE = Occasion(
    people=(ANA, BRUNO), count=6, seconds=30, limit_s=8, words_per_minute=150, new_place=True,
    light=False, mood="tense", beat="turn", tall=False,
)  # fmt: skip


def subject(scene: Scene, at: int) -> tuple[str, object]:
    staging = scene.shots[at].staging
    if staging.size in ("two_shot", "wide"):
        return staging.size, frozenset(one.character for one in staging.people)
    return staging.size, staging.subject if not staging.people else staging.people[0].character


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", EVERY, ids=[str(at) for at in range(len(EVERY))])
def test_no_two_shots_in_a_row_frame_the_same(brief: NovelaBrief):
    for scene in write_episode(brief).scenes:
        frames = [subject(scene, at) for at in range(len(scene.shots))]
        assert all(one != two for one, two in pairwise(frames))


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", EVERY, ids=[str(at) for at in range(len(EVERY))])
def test_every_new_place_is_established(brief: NovelaBrief):
    seen: set[str] = set()
    for scene in write_episode(brief).scenes:
        if scene.place not in seen:
            assert scene.shots[0].staging.size == "wide"
        seen.add(scene.place)


@pytest.mark.breadth(3)
@pytest.mark.parametrize("brief", EVERY, ids=[str(at) for at in range(len(EVERY))])
def test_no_shot_is_too_short_to_be_read(brief: NovelaBrief):
    for scene in write_episode(brief).scenes:
        for shot in scene.shots:
            assert shot.duration_s >= 1.2
            assert len(shot.staging.people) <= 3


@pytest.mark.parametrize("count", range(1, 7))
def test_every_line_is_kept_in_its_order_and_the_strong_one_is_close(count: int):
    for seed in range(20):
        setups = plan_coverage(TOLD, replace(SCENE, count=count), Dice(str(seed)))
        assert [one for setup in setups for one in setup.spoken] == TOLD
        assert len(setups) == count
        strong = next(setup for setup in setups if STRONG in setup.spoken)
        apart = {one.speaker.name for one in strong.talk} == {STRONG.speaker.name}
        # Where there are shots enough nobody answers in it; where not, both are seen.
        assert apart == (count > 5)
        assert strong.size == ("close_up" if apart else "wide" if count == 1 else "two_shot")


def test_the_strong_line_is_apart_unless_what_is_told_would_lose_its_picture():
    talk = [said(ANA, BRUNO, "word " * 12), STRONG, said(ANA, BRUNO, "No."), said(BRUNO, ANA, "word " * 12)]
    apart = cut_into(talk, 3, room=20, opens=False, strong=STRONG)
    assert [STRONG] in apart
    # The control: nobody asks for it.
    assert [STRONG] not in cut_into(talk, 3, room=20, opens=False)
    telling = cut_into([told(RAINS), told(FOUND, "letter"), *TALK], 4, room=20, opens=True, strong=STRONG)
    assert [len(part) for part in telling[:2]] == [1, 1]


def test_a_new_place_is_wide_and_a_known_one_need_not_be():
    assert plan_coverage(TOLD, SCENE, Dice("1"))[0].size == "wide"
    known = replace(SCENE, new_place=False)
    assert {plan_coverage(TALK, known, Dice(str(seed)))[0].size for seed in range(9)} & {"over_shoulder"}


def test_what_is_told_of_a_thing_is_shown_once():
    alone = plan_coverage([told(RAINS), told(FOUND, "letter"), *TALK], replace(SCENE, count=4), Dice("2"))
    inserts = [setup for setup in alone if setup.kind == "insert"]
    assert [(setup.thing, setup.size) for setup in inserts] == [("letter", "insert")]
    # The control: a thing that an earlier scene has shown is not shown again.
    again = plan_coverage(
        [told(RAINS), told(FOUND, "letter"), *TALK], replace(SCENE, count=4, shown=("letter",)), Dice("2")
    )
    assert not [setup for setup in again if setup.kind == "insert"]


def test_whoever_does_what_is_told_is_in_the_picture():
    setups = plan_coverage([told(RAINS), told(FOUND), *TALK], replace(SCENE, count=4), Dice("2"))
    shot = next(setup for setup in setups if setup.telling and setup.telling.fact is FOUND)
    assert shot.on == ANA


def test_one_alone_is_never_seen_with_anybody():
    alone = replace(SCENE, people=(ANA,), count=4)
    lines = [told(RAINS), told(FOUND), said(ANA, ANA, "Not now.")]
    for seed in range(20):
        for setup in plan_coverage(lines, alone, Dice(str(seed))):
            assert setup.size not in ("two_shot", "over_shoulder")
            assert setup.on == ANA


def test_the_camera_moves_for_a_reason():
    funny = plan_coverage(TALK, replace(SCENE, light=True), Dice("1"))
    assert {setup.move for setup in funny[1:]} == {"static"}
    alone = replace(SCENE, mood="sad", beat="doubt")
    assert plan_coverage(TALK, alone, Dice("1"))[0].move == "pull_out"
    arriving = replace(SCENE, beat="setup")
    assert plan_coverage(TALK, arriving, Dice("1"))[0].move in ("pan_left", "pan_right")
    strong = [
        setup
        for seed in range(20)
        for setup in plan_coverage(TALK, SCENE, Dice(str(seed)))
        if STRONG in setup.spoken
    ]
    assert {setup.move for setup in strong} <= {"push_in", "static"}
    assert any(setup.move == "push_in" for setup in strong)


def test_a_third_person_gets_a_shot_and_a_place_in_the_wide():
    talk = [*TALK[:3], said(CARA, ANA), said(CARA, ANA, "It was me.", essential=True)]
    setups = plan_coverage(talk, replace(SCENE, people=(ANA, BRUNO, CARA)), Dice("3"))
    assert any(setup.on == CARA for setup in setups)
    assert [one for setup in setups for one in setup.spoken] == talk


def test_a_silent_scene_has_its_shots_too():
    setups = plan_coverage([], replace(SCENE, count=3), Dice("1"))
    assert len(setups) == 3


def test_what_is_told_is_never_dropped_for_talk():
    """Talk goes first when the shots have no room, and no shot holds more than it can."""
    long = told(FOUND, text=" ".join(["word"] * 11 + ["word,"] + ["word"] * 7) + ".")
    lines = [
        told(RAINS, text="one " * 18),
        long,
        *[said(ANA, BRUNO, "word " * 5), said(BRUNO, ANA, "word " * 9)],
    ]
    kept = that_fit(lines, 2, room=20, opens=True)
    assert kept == lines[:2]
    assert that_fit(lines, 4, room=20, opens=True) == lines
    assert all(
        sum(len(one.text.split()) for one in part) <= 20 for part in cut_into(kept, 2, room=20, opens=True)
    )


@pytest.mark.parametrize("most", [6, 9, 14, 20])
def test_breaths_keep_every_word_and_fit(most: int):
    text = "Nieves, the projectionist, keeps in a tin the kisses that the priest had cut, one by one."
    parts = in_breaths(text, most, "en")
    assert " ".join(parts) == text
    assert all(len(part.split()) <= most for part in parts)


def test_a_reader_breathes_at_a_mark_or_before_a_clause():
    text = "Priya runs the counter of a small shop, because the owner has left for the coast again."
    assert in_breaths(text, 12, "en")[0].endswith("shop,")
    assert in_breaths("She has never told the man that his father left on this boat.", 10, "en")[
        1
    ].startswith("that")


def test_three_who_talk_in_one_shot_are_all_seen():
    three = [said(ANA, BRUNO, "Where was it?"), said(BRUNO, ANA, "Here."), said(CARA, ANA, "I saw it.")]
    scene = replace(SCENE, people=(ANA, BRUNO, CARA), count=1, new_place=False)
    [setup] = plan_coverage(three, scene, Dice("1"))
    assert setup.size == "wide"
    [pair] = plan_coverage(three[:2], scene, Dice("1"))
    assert pair.size != "wide"


def test_a_film_ends_on_its_last_words_and_not_on_a_silent_face():
    lines = [told(RAINS, text="Rain."), told(FOUND, text="Ana finds.")]
    for seed in range(6):
        ended = plan_coverage(lines, replace(SCENE, count=4, ends=True), Dice(str(seed)))
        assert ended[-1].spoken == lines[-1:]
        assert [one for setup in ended for one in setup.spoken] == lines
    # The control: where the film goes on, a silent look may close the scene.
    open_ = [plan_coverage(lines, replace(SCENE, count=4), Dice(str(seed))) for seed in range(6)]
    assert any(not setups[-1].spoken for setups in open_)


def test_the_only_words_of_a_last_scene_are_heard_over_its_second_picture():
    line = told(FOUND, text="Ana finds.")
    for count in (3, 4):
        ended = plan_coverage([line], replace(SCENE, count=count, ends=True), Dice("1"))
        assert [len(one.spoken) for one in ended] == [0, 1, *[0] * (count - 2)]
    # The control: with two pictures they close the film.
    [first, last] = plan_coverage([line], replace(SCENE, count=2, ends=True), Dice("1"))
    assert (len(first.spoken), len(last.spoken)) == (0, 1)


def test_the_third_of_a_scene_never_changes_sides():
    """Across from the lead, or between: with the second, who stands across from the lead as well."""
    order = ["Ana", "Ben", "Cal"]
    with_lead, with_second = (sides_of([one, "Cal"], order, turned=False) for one in ("Ana", "Ben"))
    assert (with_lead["Ana"], with_lead["Cal"]) == (0, 1)
    assert (with_second["Ben"], with_second["Cal"]) == (1, 2)


CLAUSES = (
    "Ana carries the heavy box down the narrow stairs of the cellar,",
    "and Bruno waits in the dark with a lamp in his hand,",
    "because the men from the harbour want the box before the night is over,",
    "and nobody in the whole town knows what is in it but the two.",
)


def test_what_does_not_pack_is_parted_and_nothing_is_lost():
    """Clauses of 12, 11, 14 and 14 words go into three shots of 20 only when one of them is cut."""
    lines = [told(Fact(subject="", verb="", rest="", text=one, order=at)) for at, one in enumerate(CLAUSES)]

    def longest(language: Language | None) -> int:
        parts = cut_into(lines, 3, room=20, opens=False, language=language)
        assert " ".join(one.text for part in parts for one in part) == " ".join(CLAUSES)
        return max(sum(len(one.text.split()) for one in part) for part in parts)

    assert longest("en") <= 20
    # The control: uncut, one shot would have to lose words.
    assert longest(None) > 20


def test_the_last_sentence_of_a_film_has_a_picture_of_its_own():
    ends = Fact(subject="Ana", verb="leaves", rest="", text="Ana leaves.", order=3)
    lines = [told(RAINS), told(FOUND), told(ends)]
    assert cut_into(lines, 2, room=40, opens=False, ending=2)[1] == [lines[2]]
    # The control: elsewhere the parts are only even.
    assert cut_into(lines, 2, room=40, opens=False)[1] != [lines[2]]


def test_the_end_is_told_though_it_is_like_what_came_before():
    """Filler and doubles go; the last sentence of the brief never does."""
    film = write_episode(
        a_novela_brief(
            description="Ana Sol and Bruno Paz mend the old boat together. They paint the old boat together. "
            "Ana Sol and Bruno Paz sail the old boat together and sink.",
            characters=[{"name": "Ana Sol", "role": "sailor"}, {"name": "Bruno Paz", "role": "painter"}],
            scenes_per_episode=3,
        )
    )
    said_there = " ".join(line.text for shot in film.scenes[-1].shots for line in shot.lines)
    assert said_there.endswith("sink.")
