"""What people do in a take: they ask, glance, listen, nod and raise their arms, and never jump."""

from collections.abc import Sequence
from itertools import pairwise
from typing import get_args

import numpy as np
import pytest

from state.order import Speech, Style, Viseme, WordTime
from state.script import Blocking, Expression, Gesture, Look, Place, Staging
from tools.engines.previz.acting import AHEAD, REACTIONS, stresses
from tools.engines.previz.life import Life
from tools.engines.previz.people.arms import MOVING, limbs
from tools.engines.previz.people.person import Person
from tools.engines.previz.picture import Picture, PictureSize
from tools.engines.previz.raster import Pixels

FPS = 24
ANA, LUIS = Look(presentation="woman"), Look(presentation="man")


def a_line(
    speaker: str = "Ana", start: float = 1.0, end: float = 3.0, *, expression: Expression = "neutral",
    text: str = "",
) -> Speech:  # fmt: skip
    words = text.split()
    step = (end - start) / max(len(words), 1)
    times = [WordTime(word=w, start_s=i * step, end_s=(i + 1) * step) for i, w in enumerate(words)]
    return Speech(speaker=speaker, start_s=start, end_s=end, expression=expression, words=times)


def a_life(
    *lines: Speech, resting: Expression = "neutral", gesture: Gesture = "none", seed: int = 1,
    panel: bool = False,
) -> Life:  # fmt: skip
    return Life(
        "Ana", seed, None if panel else lines, resting, gesture=gesture, others={"Luis": (0.0, 0.2)}
    )  # fmt: skip


def moments(seconds: float = 6.0) -> list[float]:
    return [i / FPS for i in range(round(seconds * FPS))]


def away(life: Life, start: float, end: float) -> int:
    """In how many frames the eyes do not meet the other's."""
    return sum(life.feeling(t).gaze != (0.0, 0.2) for t in moments(end) if t >= start)


def test_a_question_ends_with_raised_brows() -> None:
    asked, said = a_life(a_line(text="Where is he?")), a_life(a_line(text="There he is."))
    assert [asked.feeling(t).asking for t in (1.2, 2.8, 3.9)] == [False, True, False]
    assert not any(said.feeling(t).asking for t in moments())


def test_who_hides_something_looks_away_longer() -> None:
    seeds = range(8)
    honest = sum(away(a_life(a_line(end=5.0), seed=s), 1.0, 5.0) for s in seeds)
    for hiding in ("afraid", "sad", "suspicious"):
        assert (
            sum(away(a_life(a_line(end=5.0, expression=hiding), seed=s), 1.0, 5.0) for s in seeds)
            > honest * 1.5
        )


def test_a_listener_looks_at_who_speaks() -> None:
    life = a_life(a_line("Luis", 0.5, 2.5), resting="sad")
    assert away(life, 0.8, 2.5) == 0


def test_a_calm_listener_reacts_when_the_line_ends() -> None:
    heard = a_line("Luis", 0.5, 2.0, expression="angry")
    calm, busy = a_life(heard), a_life(heard, resting="determined")
    assert [calm.expression(t) for t in (1.0, 2.2, 4.5)] == ["neutral", REACTIONS["angry"], "neutral"]
    assert {busy.expression(t) for t in moments()} == {"determined"}


def test_ones_own_line_wins_over_a_reaction() -> None:
    life = a_life(a_line("Luis", 0.5, 2.0, expression="angry"), a_line("Ana", 2.3, 3.5, expression="happy"))
    assert life.expression(2.6) == "happy"


def test_a_listener_nods_after_the_line() -> None:
    told, alone = a_life(a_line("Luis", 0.5, 2.0), resting="tender"), a_life(resting="tender")
    dips = [told.motion(t).head_y - alone.motion(t).head_y for t in moments()]
    assert max(dips) > 1.5
    assert 2.0 < moments()[int(np.argmax(dips))] < 2.8


def test_heads_mark_the_weighty_words() -> None:
    line = a_line(text="I never wanted your money or your pity")
    found = stresses(line)
    assert 2 <= len(found) <= 5
    assert all(later - sooner >= 0.6 for sooner, later in pairwise(found))
    assert all(line.start_s < moment < line.end_s for moment in found)


def test_lines_without_word_times_are_marked_by_open_mouths() -> None:
    shapes = [Viseme(start_s=i * 0.2, end_s=i * 0.2 + 0.2, mouth="open") for i in range(10)]
    assert stresses(Speech(speaker="Ana", start_s=1.0, end_s=3.0, visemes=shapes))


@pytest.mark.parametrize("expression", get_args(Expression))
def test_people_blink_at_human_intervals(expression: Expression) -> None:
    life = a_life(resting=expression)
    shut = [t for t in moments(40) if life.lids(t) == "closed"]
    starts = [b for a, b in pairwise(shut) if b - a > 0.1]
    gaps = [b - a for a, b in pairwise(starts)]
    assert min(gaps) > 1.4
    assert max(gaps) < 6.0


def test_a_face_passes_through_the_middle_and_blinks_when_it_changes() -> None:
    life = a_life(a_line(expression="angry"))
    shares = {life.feeling(t).share for t in np.arange(0.8, 1.1, 1 / FPS)}
    assert len(shares) >= 3
    assert any(life.lids(t) != "open" for t in np.arange(0.84, 1.02, 1 / FPS))


def arms_up(life: Life) -> list[float]:
    return [life.reach(t).upper for t in moments()]


@pytest.mark.parametrize("gesture", ["hand_on_heart", "pointing", "raised_hand", "shrug", "reaching_out"])
def test_a_gesture_rises_with_the_line_and_falls_after_it(gesture: Gesture) -> None:
    up = arms_up(a_life(a_line(), gesture=gesture))
    assert up[0] == 0
    assert up[2 * FPS] == pytest.approx(1.0)
    assert up[5 * FPS] == pytest.approx(0.0)
    assert max(abs(b - a) for a, b in pairwise(up)) < 0.2


@pytest.mark.parametrize("gesture", ["holding", "phone_to_ear"])
def test_a_pose_is_kept_for_the_shot(gesture: Gesture) -> None:
    assert set(arms_up(a_life(a_line(), gesture=gesture))) == {1.0}


def test_a_panel_shows_its_gesture_at_once() -> None:
    assert a_life(gesture="pointing", panel=True).reach(0.0).upper == 1.0
    assert a_life(gesture="pointing").reach(0.0).upper == 0.0


def test_some_speakers_help_themselves_with_a_hand() -> None:
    poses = [a_life(a_line(end=4.0), seed=s).pose for s in range(20)]
    assert {"none", "talking"} == set(poses)
    assert poses.count("talking") > 10


def test_a_life_is_the_same_for_the_same_seed() -> None:
    def lived(seed: int) -> list[object]:
        life = a_life(a_line(), seed=seed)
        return [(life.motion(t), life.feeling(t), life.lids(t)) for t in moments(3)]

    assert lived(4) == lived(4)
    assert lived(4) != lived(5)


def test_nothing_in_a_body_jumps() -> None:
    """Between two frames no part changes its speed by more than a third of a figure unit."""
    life = a_life(a_line(text="I never wanted your money"), a_line("Luis", 3.2, 4.4))
    seen = [life.motion(t) for t in moments()]
    for part, limit in (
        ("head_x", 0.4),
        ("head_y", 0.5),
        ("head_turn", 0.4),
        ("yaw", 0.06),
        ("breath", 0.02),
        ("lean", 0.02),
    ):
        values = np.array([getattr(motion, part) for motion in seen])
        assert np.abs(np.diff(values, 2)).max() < limit, part


@pytest.mark.parametrize("gesture", MOVING)
@pytest.mark.parametrize("facing", ["left", "camera", "right"])
def test_arms_keep_a_believable_length(gesture: Gesture, facing: str) -> None:
    person = Person(look=LUIS, facing=facing)  # type: ignore[arg-type]  # one of its words
    for limb in limbs(person, gesture):
        upper, fore = (np.hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(limb.bend))
        assert 35 < upper < 115
        assert 45 < fore < 140


def shown(gesture: Gesture, at: Sequence[float], speeches: list[Speech] | None) -> list[Pixels]:
    people = [Blocking(character="Ana", look=ANA, facing="right", gesture=gesture)]
    staging = Staging(place=Place(name="x", kind="office"), people=people, subject="letter")
    picture = Picture(staging, Style(), PictureSize(width=320, height=180), seed=2, speeches=speeches)
    return [picture.at(moment, 0.0) for moment in at]


@pytest.mark.parametrize("gesture", ["raised_hand", "reaching_out", "shrug"])
def test_the_arm_that_moves_is_the_arm_of_the_panel(gesture: Gesture) -> None:
    """In the line the picture is the panel's; before it the arm hangs."""
    (panel,), (idle,) = shown(gesture, [2.5], None), shown("none", [0.3], [a_line(end=4.0)])
    where = np.abs(panel.astype(int) - idle).max(axis=2) > 40
    assert where.sum() > 150
    before, during = shown(gesture, [0.3, 2.5], [a_line(end=4.0)])
    missing = [
        (np.abs(panel.astype(int) - other).max(axis=2) > 40)[where].mean() for other in (before, during)
    ]
    assert missing[0] > 0.8
    assert missing[1] < 0.45


def test_eyes_rest_straight_ahead_when_nobody_is_there() -> None:
    assert Life("Ana", 1, None, "neutral").feeling(0.0).gaze == AHEAD
