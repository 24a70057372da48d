"""What a brief says to whoever makes the film is not told as its story."""

import pytest

from state.script import Language
from tests.scripts import a_novela_brief, write_episode
from tools.models.offline.brief.makers_notes import story_in

STORY: dict[Language, str] = {
    "en": "Ana bakes bread at night and her brother Ben sells it in the morning.",
    "es": "Ana hornea pan de noche y su hermano Ben lo vende por la mañana.",
    "pt-BR": "Ana assa pão de noite e o irmão dela, Ben, vende de manhã.",
}


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "note"), [
    ("en", "This is a story spot for a credit union so please keep it human, no logo till the end card."),
    ("en", "Tone: warm and funny."), ("en", "No voice-over, please."),
    ("en", "Please avoid close-ups of food."),
    ("es", "Tono amable, es para redes."), ("es", "Queremos un video corto para Instagram."),
    ("es", "Sin logo hasta el final."),
    ("pt-BR", "Novelinha que a gente quer testar em Recife."), ("pt-BR", "Tom leve."),
    ("pt-BR", "Sem locução."),
    ("en", "This is a two-minute film for a locksmith chain."),
    ("en", "A story-led ad for a small hotel group."), ("en", "Set in one night."),
    ("en", "A film in the style of a stage play."), ("es", "Comedia cortita para redes."),
    ("es", "Miniserie vertical para una marca de café."), ("es", "Spot navideño de 30 segundos."),
    ("pt-BR", "Um romance curto para o Instagram da marca."),
    ("pt-BR", "Comédia rápida em formato vertical."),
    ("en", "Something funny, please, no jingles."), ("en", "A real story please, the bike only part of it."),
    ("en", "Make it feel honest, nothing glossy."), ("en", "Nothing too sad."),
    ("en", "Then our logo on black."),
    ("en", "It should feel like summer."), ("en", "We want a short love story for TikTok."),
    ("en", "Part three of a mystery."), ("en", "Music: piano only."),
    ("es", "Una historia de verdad, sin final de cuento."), ("es", "Nada cursi."),
    ("es", "Entra nuestro logo."),
    ("es", "Que sea cálido y sin moralejas."), ("es", "Buscamos una comedia breve."), ("es", "Humor blanco."),
    ("pt-BR", "Queremos uma historinha de amor simples."), ("pt-BR", "Nada piegas."),
    ("pt-BR", "Segundo episódio de um suspense de seis partes."), ("pt-BR", "Aparece o logo."),
    ("pt-BR", "Que seja simples e verdadeiro."),
    ("es", "Tiene que ser divertido."), ("pt-BR", "Tem que ser engraçado."),
])  # fmt: skip
def test_a_note_to_the_makers_is_not_told(language: Language, note: str):
    story = STORY[language]
    assert story_in(f"{note} {story}", language) == story
    lines = write_episode(a_novela_brief(description=f"{note} {story}", language=language)).lines
    assert not any(note[:12] in line for line in lines)


@pytest.mark.parametrize(("language", "told"), [
    ("en", "This is a small town and everybody knows it."), ("en", "Ben makes it warm in the kitchen."),
    ("en", 'Ana says: "Please keep it, no logo on the bread."'), ("en", "The tone of the bell is wrong."),
    ("es", "El tono del teléfono la despierta."), ("es", "Sin pan no hay fiesta."),
    ("en", "It is a film about a lift for two."),
    ("en", "A comedy about two sisters in a lift."), ("en", "Ana films her ad for the bank."),
    ("en", "A drama teacher for the deaf."), ("es", "El video para la boda se borra."),
    ("es", "Una serie de robos en el barrio."), ("pt-BR", "Um romance de verão na praia."),
    ("en", "Something funny lies on the table."), ("es", "Ana tiene que ser valiente."),
    ("pt-BR", "Final de tarde, e Ana espera."), ("pt-BR", "O tom da voz dele muda."),
    ("pt-BR", "Sem pão não tem festa."),
])  # fmt: skip
def test_the_story_stays_whole(language: Language, told: str):
    """The control: sentences that only look like a note."""
    whole = f"{told} {STORY[language]}"
    assert story_in(whole, language) == whole


def test_a_label_goes_and_what_it_shows_stays():
    assert story_in(f"{STORY['en']} Last image: the ring on her dash.", "en").endswith(
        "The ring on her dash."
    )
    cut = story_in(f"{STORY['pt-BR']} Corta: o andar inteiro na mesa dele.", "pt-BR")
    assert cut.endswith("O andar inteiro na mesa dele.")
    opened = story_in(f"Comédia de condomínio, prédio antigo na Mooca. {STORY['pt-BR']}", "pt-BR")
    assert opened.startswith("Prédio antigo na Mooca.")


@pytest.mark.parametrize("at_the_end", [True, False])
def test_a_film_is_named_only_at_the_head_or_the_end_of_a_brief(at_the_end: bool):
    label, (first, second) = "A short video for the wedding.", (STORY["en"], "Nobody buys any of it.")
    told = f"{first} {second} {label}" if at_the_end else f"{first} {label} {second}"
    assert (label in story_in(told, "en")) is not at_the_end


def test_a_brief_of_nothing_but_notes_is_kept():
    assert story_in("Tone: warm. No logo.", "en") == "Tone: warm. No logo."


@pytest.mark.parametrize(("language", "heading", "caption"), [
    ("en", "Episode two of a six-part thriller set in a car park in Cardiff.", "A car park in Cardiff."),
    ("en", "First episode of a romance, all in one bowling alley in Derby.", "One bowling alley in Derby."),
    ("en", "Advert for our family dry cleaner's in Leeds.", "A family dry cleaner's in Leeds."),
    ("en", "We're a small brewery in Kent and we'd like something funny.", "A small brewery in Kent."),
    ("es", "Somos una ferretería pequeña de Zaragoza y queremos un anuncio con humor para redes.",
     "Una ferretería pequeña de Zaragoza."),
    ("es", "Capítulo final de una miniserie sobre una línea de colectivos.", "Una línea de colectivos."),
    ("es", "Corto para una plataforma, todo de noche en Sevilla.", "Todo de noche en Sevilla."),
    ("pt-BR", "Comercial da nossa ótica, em Belo Horizonte.", "Uma ótica, em Belo Horizonte."),
    ("pt-BR", "Primeiro capítulo de uma série que se passa num farol.", "Num farol."),
    ("pt-BR", "Filme para a nossa furadeira silenciosa, a Mansinha.",
     "Uma furadeira silenciosa, a Mansinha."),
])  # fmt: skip
def test_of_a_heading_only_the_place_or_the_product_is_told(language: Language, heading: str, caption: str):
    """At the head alone: further on the same words are the story's own."""
    assert story_in(f"{heading} {STORY[language]}", language) == f"{caption} {STORY[language]}"
    late = f"{STORY[language]} {STORY[language]} {heading}"
    assert caption not in story_in(late, language)


@pytest.mark.parametrize(("language", "closing", "shown"), [
    ("en", "Last shot, both men outside.", "Both men outside."),
    ("en", "We end in the yard, Ben on the saddle.", "In the yard, Ben on the saddle."),
    ("en", "We end on a close-up of her hands.", "Her hands."), ("en", "Tagline: Sleep well.", "Sleep well."),
    ("es", "Último plano, la silla vacía.", "La silla vacía."),
    ("es", "Cierre: la pareja a pie.", "La pareja a pie."),
    ("es", "Terminamos con Ben dormido.", "Ben dormido."),
    ("pt-BR", "Corta para: os três filhos dormindo.", "Os três filhos dormindo."),
    ("pt-BR", "Última imagem, a cadeira vazia.", "A cadeira vazia."),
    ("pt-BR", "Entra o nosso nome: Ótica Lume.", "Ótica Lume."),
])  # fmt: skip
def test_the_words_of_the_camera_go_and_what_it_sees_stays(language: Language, closing: str, shown: str):
    assert story_in(f"{STORY[language]} {closing}", language) == f"{STORY[language]} {shown}"


@pytest.mark.parametrize(("language", "told"), [
    ("en", "We end up in the yard."), ("en", "The last shot misses."), ("en", "The film she made is lost."),
    ("en", "Our bakery burns down."), ("es", "Terminamos el pan."), ("es", "La firma del padre es falsa."),
    ("pt-BR", "O filme da festa sumiu."), ("pt-BR", "Terminamos o pão."),
])  # fmt: skip
def test_who_only_speaks_like_a_camera_is_told(language: Language, told: str):
    """The control: sentences that are no heading and no closing."""
    whole = f"{told} {STORY[language]}"
    assert story_in(whole, language) == whole


STORY = {
    "en": "Kit stays on the slip with the plane in his pocket and smiles. She rows out.",
    "es": "Anselmo arregla zapatos en un local estrecho. Irene sale bajo la lluvia con ellos.",
    "pt-BR": "Valdir bate o prego com um sapato e a parede racha. Soraia desce com a furadeira.",
}


@pytest.mark.parametrize(("language", "note"), [
    ("en", "Client note: our name is never spoken. Close on the sole of the plane, please."),
    ("en", "Note from the agency: keep it short. The boat is real."),
    ("en", "P.S. no sparks. It is a plane."),
    ("es", "Nota del cliente: nada de música triste. Que se vean bien las manos."),
    ("es", "Observaciones: el taller existe. Sin logo."),
    ("pt-BR", "Obs.: o aplicativo aparece só no fim. A parede é de verdade."),
    ("pt-BR", "Recado da marca: sem locução. O prédio é nosso."),
])  # fmt: skip
def test_from_the_clients_note_on_nothing_is_told(language: Language, note: str):
    assert story_in(f"{STORY[language]} {note}", language) == STORY[language]


@pytest.mark.parametrize("text", [
    "Ana finds a note: the letter is gone and the house is sold to Tom.",
    "Nota, la gata de Irene, duerme en el local todo el día y no despierta.",
])  # fmt: skip
def test_a_note_within_the_story_is_told(text: str):
    """The control."""
    assert story_in(f"{text} Tom reads it twice.", "en") == f"{text} Tom reads it twice."
