"""A second episode remembers: the same people, faces, voices, sets, look and seed, and what was said."""

from typing import Any

import pytest

from server.composition import Parts
from server.series import Episode, episode_of
from state.brief import NovelaBrief
from state.errors import BriefIncomplete
from state.seeds import seed_for
from tests.acceptance.studio_lot import MICRO, USER, Walk, begin


async def following(parts: Parts, previous: str, *, user_id: str = USER, **fields: Any) -> Episode:
    brief = NovelaBrief.model_validate({**MICRO, "previous": previous, **fields})
    return await episode_of(parts.tools.database, brief, user_id=user_id)


async def panel_request(walk: Walk) -> dict[str, Any]:
    rows = await walk.orders("storyboard")
    return next(row["request"] for row in rows if row["item"] == "1A")


async def script_at_the_budget(walk: Walk) -> dict[str, Any]:
    await walk.to_gate("approve_budget")
    script: dict[str, Any] = (await walk.state()).values["script"]
    return script


async def test_the_second_episode_keeps_people_voices_sets_look_and_seed(parts: Parts):
    """And what was said: one film is made, the second is followed to its storyboard."""
    first = await begin(parts, review="auto")
    before = (await first.to_end()).values["script"]
    told = {"title": "Another title", "description": "They meet again.", "characters": [{"name": "Carla"}]}
    episode = await following(parts, first.production_id, **told)
    assert (episode.number, episode.brief["target_episodes"]) == (2, 2)
    _remembers(episode, before)
    assert (await following(parts, first.production_id, episode_number=3, target_episodes=3)).number == 3

    second = await begin(parts, **episode.brief)
    _same_people_and_sets(before, await script_at_the_budget(second))
    await second.answer()
    await second.to_gate("review_storyboard")
    one, two = await panel_request(first), await panel_request(second)
    assert one["style"] == two["style"]
    assert one["seed"] == two["seed"] == seed_for(episode.brief["master_seed"], "storyboard", "1A", 0)


def _remembers(episode: Episode, script: dict[str, Any]) -> None:
    memory = episode.brief["known_plan"]["told"][0]
    spoken = [line["text"] for scene in script["scenes"] for shot in scene["shots"] for line in shot["lines"]]
    assert [line["text"] for line in memory["said"]] == spoken != []
    assert (memory["number"], memory["summary"]) == (1, script["scenes"][0]["summary"])


def _same_people_and_sets(before: dict[str, Any], after: dict[str, Any]) -> None:
    known = len(before["cast"])
    assert after["cast"][:known] == before["cast"], "looks and voices, byte for byte"
    assert [one["name"] for one in after["cast"][known:]] == ["Carla"]
    voices = [one["voice_id"] for one in after["cast"]]
    assert all(voices)
    assert len(set(voices)) == len(voices)
    assert after["places"][: len(before["places"])] == before["places"]


async def test_what_cannot_be_followed_is_named(parts: Parts):
    """An unknown id, another user's, one that is not finished, one that was refused."""
    waiting = await begin(parts)
    await waiting.to_gate("approve_budget")
    unknown = "7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"
    for previous, user, said in (
        (unknown, USER, "there is no production"),
        ("nonsense", USER, "there is no production"),
        (waiting.production_id, "somebody-else", "there is no production"),
        (waiting.production_id, USER, "is not finished, it is paused"),
    ):
        with pytest.raises(BriefIncomplete, match=f"brief.previous: .*{said}"):
            await following(parts, previous, user_id=user)
    await waiting.answer(budget={"light": "RED"})
    await waiting.to_end()
    with pytest.raises(BriefIncomplete, match="ended without an episode"):
        await following(parts, waiting.production_id)
