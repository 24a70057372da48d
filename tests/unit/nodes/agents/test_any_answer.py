"""Whatever JSON a model sends: a whole output, or the reasons why not; never anything else."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from nodes.agents.agent import Agent
from nodes.agents.fallback_handler import FallbackHandler
from nodes.agents.script_writer import SceneWriter, SeriesPlanner, ShotReviser
from nodes.agents.system_integrator import SystemIntegrator
from state.answers import (
    BlockingAnswer,
    BlockingChange,
    EpisodeAnswer,
    LineAnswer,
    OutlineAnswer,
    PersonAnswer,
    PlaceAnswer,
    PlanAnswer,
    SceneAnswer,
    ShotAnswer,
    ShotChange,
)
from tests.fake_models import Parrot, Recorder
from tests.unit.nodes.agents.answers import a_scene, an_answer, plan_question, scene_question
from tests.unit.nodes.agents.test_change_answers import a_note
from tests.unit.nodes.agents.test_reports_and_advice import BAD, a_check
from tools.models.base import ModelAnswer

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = st.sampled_from(["Ana", "bruno", "ANA", "Marta", "Narrator", "", "Ana and Bruno"])
ODD = st.sampled_from(["key", "„Ja.“", "The hallway", "\ud800", "\x00", "Two-Shot", "2,5 s"])
TEXTS = st.one_of(NAMES, st.text(max_size=20), ODD)


def valid(shape: type[BaseModel], **fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Answers that fit the shape, told in its own words."""
    return st.builds(shape, **fields).map(lambda one: one.model_dump(mode="json", exclude_unset=True))


LINES = st.lists(st.builds(LineAnswer, speaker=NAMES.filter(bool)), max_size=2)
PEOPLE = st.lists(st.builds(BlockingAnswer, name=NAMES.filter(bool)), max_size=4)
SHOTS = st.lists(st.builds(ShotAnswer, people=PEOPLE, lines=LINES), min_size=1, max_size=5)
SCENES = valid(SceneAnswer, sceneNumber=st.sampled_from([1, 2]), shots=SHOTS)
OUTLINES = st.lists(st.builds(OutlineAnswer, people=st.lists(NAMES, max_size=3)), max_size=2)
EPISODES = st.lists(
    st.builds(EpisodeAnswer, number=st.integers(1, 3), scenes=OUTLINES), min_size=1, max_size=3
)
PLANS = valid(
    PlanAnswer,
    people=st.lists(st.builds(PersonAnswer, name=NAMES.filter(bool)), max_size=4),
    places=st.lists(st.builds(PlaceAnswer), max_size=3),
    episodes=EPISODES,
)
CHANGES = valid(
    ShotChange,
    people=st.none() | st.lists(st.builds(BlockingChange, name=NAMES.filter(bool)), max_size=4),
    lines=st.none() | LINES,
    place=st.none() | TEXTS,
)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)
)


def judged(agent: Agent[Any, Any], question: Any, answer: dict[str, Any]) -> None:
    """The agent reads it into an output or into words, and raises nothing."""
    output, wrong = agent._read(question, ModelAnswer(content=answer))
    assert (output is None) == bool(wrong)
    if output is not None:
        assert agent.problems(question, output) == []
        output.model_dump_json().encode()


def planner() -> SeriesPlanner:
    return SeriesPlanner(Parrot(), Recorder())


def writer() -> SceneWriter:
    return SceneWriter(Parrot(), Recorder())


def reviser() -> ShotReviser:
    return ShotReviser(Parrot(), Recorder())


@FEW
@given(PLANS)
def test_any_plan_is_whole_or_told_what_is_wrong(answer: dict[str, Any]):
    judged(planner(), plan_question(), answer)


@FEW
@given(SCENES)
def test_any_scene_is_whole_or_told_what_is_wrong(answer: dict[str, Any]):
    judged(writer(), scene_question(), answer)


@FEW
@given(CHANGES)
def test_any_change_is_whole_or_told_what_is_wrong(answer: dict[str, Any]):
    judged(reviser(), a_note(), answer)


def spoilt(good: dict[str, Any], at: int, value: object) -> dict[str, Any]:
    """A good answer with any JSON in one of its places, counted from the outside in."""
    places = list(_places(good))
    owner, key = places[at % len(places)]
    owner[key] = value
    return good


def _places(value: Any) -> Any:
    keys: Any = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


@FEW
@given(st.integers(0, 200), JSON)
def test_any_json_in_any_place_of_an_answer_is_read_or_told(at: int, value: object):
    judged(writer(), scene_question(), spoilt(a_scene(), at, value))
    judged(planner(), plan_question(), spoilt(an_answer("micro_plan"), at, value))


@FEW
@given(st.dictionaries(TEXTS, JSON, max_size=4))
def test_any_object_is_read_or_told(answer: dict[str, Any]):
    judged(SystemIntegrator(Parrot(), Recorder()), a_check(), answer)
    judged(FallbackHandler(Parrot(), Recorder()), BAD, answer)
    judged(reviser(), a_note(), answer)
