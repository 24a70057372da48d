"""Documentation look-up: the right note first, in the language of the question, and often nothing."""

import pytest

from nodes.agents.look_up import look_up, shelf
from tools.documentation.notes import notes
from tools.documentation.shelf import Passage, Shelf
from tools.engines.catalog import catalog

ASKED = [
    ("The service of veo-3.1 failed. provider_busy throttled", "veo-3.1", "600 new jobs a minute"),
    ("Falló el servicio de veo-3.1. provider_busy throttled", "veo-3.1", "600 trabajos nuevos por minuto"),
    ("O serviço de veo-3.1 falhou. provider_busy throttled", "veo-3.1", "600 trabalhos novos por minuto"),
    ("How long can a clip be with Veo?", "veo-3.1", "4, 6 or 8 seconds"),
    ("¿Qué imágenes de referencia admite?", "veo-3.1", "de una a tres imágenes de referencia"),
    ("Quanto custa o modelo?", "wan-2.5-t2v-fast", "$0.05-0.15 por segundo"),
    ("insufficient_quota at OpenAI", "", "trying again cannot help"),
    ("the disk is full, upload failed", "wan-2.5-t2v", "greenlight media move"),
]


@pytest.mark.parametrize(("query", "model", "found"), ASKED)
async def test_the_best_passage_comes_first_in_the_language_of_the_question(
    query: str, model: str, found: str
):
    assert found in (await look_up(query, model))[0]


async def test_every_excerpt_names_its_source():
    for found in await look_up("reference images of a face", "veo-3.1"):
        assert found.endswith("]")
        assert found.count(" [") == 1


@pytest.mark.parametrize("query", ["", "the of and", "xyzzy plugh", "¿¿??"])
async def test_a_question_about_nothing_finds_nothing(query: str):
    assert await look_up(query, "veo-3.1") == []


async def test_nothing_is_told_about_another_vendor():
    """A limit of Google's is no limit of a model that is reached at Replicate."""
    found = await look_up("Google RESOURCE_EXHAUSTED quota busy", "wan-2.5-t2v")
    assert not any("RESOURCE_EXHAUSTED" in one for one in found)
    assert any("RESOURCE_EXHAUSTED" in one for one in await look_up("Google RESOURCE_EXHAUSTED quota", ""))


def test_a_rare_word_counts_more_than_a_common_one():
    pages = [
        Passage(title=word, text={"en": f"clip {word}"}, source="s") for word in ("ferry", "lamp", "rope")
    ]
    assert Shelf(pages).find("clip ferry", limit=1) == ["clip ferry [s]"]


def test_every_note_has_every_language_and_a_source():
    assert len(notes()) >= 20
    for note in notes():
        assert set(note.text) == {"en", "es", "pt-BR"}, note.title
        assert all(note.text.values()), note.title
        assert note.source, note.title


def test_every_model_of_the_catalogue_is_on_the_shelf():
    on_it = {model for passage in shelf().passages for model in passage.models}
    assert {card.id for card in catalog()} <= on_it
    assert all(model in {card.id for card in catalog()} for model in on_it)
