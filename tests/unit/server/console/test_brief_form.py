"""The form holds every field that the brief has, whatever is added to it."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from server.api.graphs import GraphView, list_graphs
from server.api.models import CatalogueView, list_models
from server.console.brief_form import BriefForm, FormField, brief_form
from server.console.pages.new_production import _next_episode

NEEDED = (
    "title", "description", "genre", "language", "aspect_ratio", "resolution", "model_id",
    "scenes_per_episode", "shots_per_scene", "episode_seconds", "characters", "places", "scenes",
)  # fmt: skip
SCHEMA: dict[str, Any] = {
    "required": ["title"],
    "properties": {name: {"type": "string", "description": "Words."} for name in NEEDED},
}


class NothingTried:
    """No model was tried here."""

    async def read(self) -> dict[tuple[str, str], Any]:
        return {}


HOUSE: Any = SimpleNamespace(tried=NothingTried())


async def the_graph() -> GraphView:
    return next(each for each in (await list_graphs("local")).data if each.name == "novela")


async def the_form(brief: dict[str, Any]) -> BriefForm:
    graph = await the_graph()
    models = (await list_models(HOUSE, "local")).data
    return brief_form(graph.brief_schema, graph.context_schema, brief=brief, models=models)


def names(fields: Iterable[FormField]) -> set[str]:
    return {field.name for field in fields}


async def test_every_field_of_the_brief_and_every_knob_is_on_the_form():
    form = await the_form({})
    graph = await the_graph()
    on_the_form = names([*form.first, *form.shape, *form.story, *form.own, *form.more])
    assert on_the_form == set(graph.brief_schema["properties"])
    assert names(form.run) == set(graph.context_schema["properties"])


async def test_an_example_fills_the_form_in():
    graph = await the_graph()
    form = await the_form(graph.examples[0])
    characters = next(field for field in form.story if field.name == "characters")
    assert [item.fields[0].value for item in characters.items] == ["Nora", "Tomás", "Rosa"]
    assert form.first[0].value == "The Last Ferry"


async def test_a_look_may_be_left_out_and_has_its_fields():
    form = await the_form({})
    characters = next(field for field in form.story if field.name == "characters")
    assert characters.blank is not None
    look = next(field for field in characters.blank.fields if field.name == "look")
    assert (look.kind, look.optional) == ("group", True)
    kinds = {field.name: field.kind for field in look.fields}
    assert (kinds["presentation"], kinds["skin"], kinds["glasses"]) == ("choice", "colour", "toggle")


def test_a_field_that_the_brief_gets_tomorrow_is_there_without_a_change_here():
    schema = {**SCHEMA, "properties": {**SCHEMA["properties"], "weather": {"type": "array", "items": {}}}}
    nothing = CatalogueView(edition="e", video=[], image=[], voice=[], music=[], rates=[])
    form = brief_form(schema, {}, brief={}, models=nothing)
    assert [(field.name, field.kind) for field in form.more] == [("weather", "json")]


async def test_what_a_brief_leaves_open_is_not_given():
    form = await the_form({"title": "A key", "characters": [{"name": "Ana"}]})
    given = [field.name for field in (*form.first, *form.shape, *form.story, *form.more) if field.given]
    assert given == ["title", "characters"]
    [ana] = next(field for field in form.story if field.name == "characters").items
    assert [field.name for field in ana.fields if field.given] == ["name"]


async def test_pictures_and_the_screenplay_are_files():
    form = await the_form({})
    script, product = form.own
    assert script.kind == "script"
    assert {field.name: field.kind for field in product.fields}["picture"] == "picture"


async def test_yes_no_or_neither_is_a_choice_of_three():
    form = await the_form({})
    places = next(field for field in form.story if field.name == "places")
    assert places.blank is not None
    assert {field.name: field.kind for field in places.blank.fields}["outside"] == "truth"


async def test_voices_and_music_are_chosen_with_their_prices() -> None:
    """What is made here stands first; what only sings is not offered."""
    shape = {field.name: field for field in (await the_form({})).shape}
    voices, music = shape["voice_model"], shape["music_model"]
    assert (voices.kind, voices.default, voices.choices[0][0]) == ("choice", "kokoro-82m", "kokoro-82m")
    assert ("gemini-tts", "Gemini TTS · $0.00004/character") in voices.choices
    assert {"orchestra", "stable-audio-2.5"} <= {model for model, _ in music.choices}
    assert "music-1.5" not in {model for model, _ in music.choices}


def test_the_next_episode_is_asked_for_with_the_models_of_the_one_before() -> None:
    """S5-030: what was chosen stays, and what was never chosen stays open."""
    chosen = {"image_model": "nano-banana-pro", "voice_model": "gemini-tts", "music_model": "musicgen"}
    schema = {"properties": {name: {"default": "usual"} for name in (*chosen, "model_id")}}
    before: Any = SimpleNamespace(id="p", brief={**chosen, "model_id": "usual", "master_seed": 4})
    assert _next_episode(before, schema) == {**chosen, "previous": "p"}
