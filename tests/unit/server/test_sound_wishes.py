"""What a brief says of voices and music is refused by the field, before anything is paid."""

from typing import Any

import pytest

from server.briefs import read_brief
from state.brief import NovelaBrief
from state.errors import BriefIncomplete

STORY = {"title": "The Key", "description": "Ana finds a key in Bruno's coat. He says it opens nothing."}
GOOGLE, OPENAI, OLD = (
    {"voice_model": "gemini-tts"},
    {"voice_model": "gpt-4o-mini-tts"},
    {"voice_model": "tts-1"},
)


def ana(**voice: Any) -> dict[str, Any]:
    return {"characters": [{"name": "Ana", "voice": voice}]}


def people(count: int, presentation: str) -> dict[str, Any]:
    return {"characters": [{"name": f"P{n}", "look": {"presentation": presentation}} for n in range(count)]}


def read(**fields: Any) -> NovelaBrief:
    brief = read_brief("novela", {**STORY, **fields})
    assert isinstance(brief, NovelaBrief)
    return brief


@pytest.mark.parametrize(
    ("fields", "place", "told"),
    [
        ({"voice_model": "veo-3.1"}, "brief.voice_model", "no voice model 'veo-3.1'; known are gemini-tts"),
        ({"music_model": "gemini-tts"}, "brief.music_model", "no music model 'gemini-tts'"),
        ({"music_model": "music-1.5"}, "brief.music_model", "only sings"),
        ({**OPENAI, **ana(id="Mica")}, "brief.characters.0.voice.id", "has no voice 'Mica'"),
        ({**OLD, **ana(id="marin")}, "brief.characters.0.voice.id", "has no voice 'marin'"),
        (ana(id="Kore"), "brief.characters.0.voice.id", "kokoro-82m has no voice 'Kore'"),
        (
            {"language": "es", **ana(id="en-hazel")},
            "brief.characters.0.voice.id",
            "has no voice 'en-hazel'",
        ),
        ({**OPENAI, **ana(pitch="lower")}, "brief.characters.0.voice.pitch", "it can be told rate, style"),
        ({**OLD, **ana(style="hoarse")}, "brief.characters.0.voice.style", "it can be told rate"),
        (ana(style="hoarse"), "brief.characters.0.voice.style", "it can be told rate"),
        ({**GOOGLE, **ana(rate=3)}, "brief.characters.0.voice.rate", ""),
        ({**OLD, **people(6, "woman")}, "brief.characters", "6 women, and tts-1 has 5 voices for them"),
        ({**OLD, **people(5, "man")}, "brief.characters", "5 men, and tts-1 has 4 voices for them"),
    ],
)
def test_it_names_the_field(fields: dict[str, Any], place: str, told: str) -> None:
    with pytest.raises(BriefIncomplete) as refused:
        read(**fields)
    assert [one["field"] for one in refused.value.details["fields"]] == [place]
    assert told in refused.value.message


def test_one_voice_for_two_people_is_refused_under_whichever_name() -> None:
    """Gemini speaks Sage with Charon."""
    two = [{"name": "Ana", "voice": {"id": "Charon"}}, {"name": "Bruno", "voice": {"id": "sage"}}]
    with pytest.raises(BriefIncomplete, match="Ana has the voice Charon already") as refused:
        read(**GOOGLE, characters=two)
    [wrong] = refused.value.details["fields"]
    assert wrong["field"] == "brief.characters.1.voice.id"
    assert "Kore" in wrong["fix"], "the choices"


@pytest.mark.parametrize(
    "fields",
    [
        {**GOOGLE, **ana(id="Kore", rate=0.8, pitch="lower", style="hoarse")},
        {**GOOGLE, **ana(id="Lyra")},
        {**OPENAI, **ana(id="coral", rate=1.2, style="hoarse")},
        {**OLD, **ana(id="onyx", rate=1.2), "music_model": "stable-audio-2.5"},
        ana(id="en-hazel", rate=1.2),
        people(7, "woman"),
        {**OLD, **people(4, "man")},
    ],
)
def test_what_the_models_have_is_taken(fields: dict[str, Any]) -> None:
    """S5-058: the request test says that they get it."""
    assert read(**fields).voice_model == fields.get("voice_model", "kokoro-82m")


def test_without_a_wish_all_is_made_here() -> None:
    brief = read()
    assert (brief.voice_model, brief.music_model) == ("kokoro-82m", "orchestra")
    assert "voice" not in read(characters=[{"name": "Ana"}]).model_dump(mode="json")["characters"][0]
