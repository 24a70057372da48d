"""What holds a series together: planned episodes, one master seed, the same people, notes handed on."""

from nodes.agents.script_writer import SceneWriter
from nodes.camera.take_orders import take_order
from nodes.screenplay.plan_episode import format_of
from nodes.storyboard.panel_orders import panel_order
from state.film import ShootingState, StoryboardState
from state.order import Order
from state.script import Script
from state.seeds import seed_for
from tests.scripts import Written, a_novela_brief, write_episode
from tools.models.offline import OfflineWriter
from tools.models.offline.words.appearance import person_words
from tools.orders.planned import planned_panel, planned_take

SEED = 4711


def an_episode() -> Written:
    return write_episode(a_novela_brief(target_episodes=3, master_seed=SEED))


def orders_of(written: Written) -> list[Order]:
    brief, plan = written.brief, written.plan
    script = Script(title="t", logline="l", cast=plan.cast, places=plan.places, scenes=written.scenes)
    told = {"script": script, "format": format_of(brief, plan)}
    board, floor = StoryboardState.model_validate(told), ShootingState.model_validate(told)
    shots = [(scene, shot) for scene in script.scenes for shot in scene.shots]
    panels = [
        panel_order(board, shot, planned_panel(board, shot, tier="final"), production_id="p")
        for _, shot in shots
    ]
    takes = [
        take_order(
            floor,
            shot,
            planned_take(floor, scene, shot, tier="final"),
            production_id="p",
            speeches=[],
        )
        for scene, shot in shots
    ]
    return [*panels, *takes]


def test_three_episodes_are_planned_each_with_its_scenes():
    """S1-27: from title, description and genre alone."""
    plan = an_episode().plan
    assert [episode.number for episode in plan.episodes] == [1, 2, 3]
    assert [len(episode.scenes) for episode in plan.episodes] == [4, 4, 4]
    assert len({episode.title for episode in plan.episodes}) == 3


def test_every_request_of_every_scene_is_made_with_the_master_seed():
    """S1-44: another master seed is another seed everywhere, the same one repeats all of them."""
    orders = orders_of(an_episode())
    assert {order.item[0] for order in orders} == {"1", "2", "3", "4"}
    for order in orders:
        assert order.request.seed == seed_for(SEED, order.stage, order.item, 0)
        assert order.request.style.seed == SEED  # type: ignore[union-attr]  # pictures and takes only
    again = [order.request for order in orders_of(an_episode())]
    assert again == [order.request for order in orders]


def test_the_same_words_about_a_person_are_in_the_first_and_the_last_scene():
    """S1-45."""
    written = an_episode()
    seen = [
        {one.character for shot in scene.shots for one in shot.staging.people} for scene in written.scenes
    ]
    both = [who for who in written.plan.cast if who.name in seen[0] & seen[3]]
    assert both
    for who in both:
        block = person_words(who.name, who.look, written.brief.language)
        assert block in written.scenes[0].prompt
        assert block in written.scenes[3].prompt


def test_the_next_scene_is_told_what_the_one_before_established():
    """S1-46: in the writer's input, and in the words that a real model reads."""
    written = an_episode()
    notes = written.scenes[0].continuity_notes
    second = written.inputs[1]
    assert [scene.continuity_notes for scene in second.previous_scenes] == [notes] != [""]
    prompt = SceneWriter(OfflineWriter(), None).prompt(second)  # type: ignore[arg-type]  # nothing is recorded
    assert notes.replace('"', '\\"') in prompt.text
