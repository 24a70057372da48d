"""What of a client's page is told: the story, whole and in its order, and nothing of the page around it."""

import pytest

from benchmarks.overlap import asked
from state.brief import NovelaBrief
from state.script import Language, Line, Scene
from state.writing import PlanSeriesInput
from tools.models.offline.brief.capitals import with_printed_names
from tools.models.offline.brief.letter import is_caption
from tools.models.offline.brief.makers_notes import told_in
from tools.models.offline.plan import compose_plan
from tools.models.offline.scene import compose_scene
from tools.models.offline.telling.leaner import leaner_together
from tools.models.offline.telling.looks_last import unbracketed

STORY: dict[Language, str] = {
    "en": "Odile mends nets on the quay. A heron steals her thimble. She rows after it until dusk.",
    "es": "Odilia remienda redes en el muelle. Una garza le roba el dedal. Ella rema tras la garza.",
    "pt-BR": "Odila remenda redes no cais. Uma garça rouba o dedal dela. Ela rema atrás da garça.",
}


def lines_of(language: Language, text: str) -> list[Line]:
    """Everything that is heard in the film of a page."""
    brief = NovelaBrief(title="X", description=text, language=language, genre="drama")
    plan, scenes = compose_plan(PlanSeriesInput(brief=brief)), list[Scene]()
    for one in asked(brief, plan, scenes):
        scenes.append(compose_scene(one).scene)
    return [line for scene in scenes for shot in scene.shots for line in shot.lines]


def heard(language: Language, text: str) -> str:
    return " ".join(line.text for line in lines_of(language, text))


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("language", "before", "behind"), [
    ("en", "Dear both,\nWe are Pell & Daughters, a boat shop, and this is for our open day.\n\n", ""),
    ("en", "Hello from Tarn School! ", "\nWarm regards,\nPhilippa Vane"),
    ("en", "This is for the jubilee of the lace museum. ", " Fade to black."),
    ("en", "Subject: film for the fair\nClient: Fowey Ferries\n\n", "\nThat's it, hope it isn't too odd!"),
    ("en", "Format: 9:16, captions\nTone: dry, quick\n\n", "\n(The film plays in the lobby, without sound.)"),
    ("es", "Estimadas amigas:\nSoy la encargada del Vivero Lirio y esto nos pasó casi igual.\n\n", ""),
    ("es", "Encargo de la Cofradía del Mar para su feria.\n\n", "\nQuedo a la espera.\nPía, tesorera"),
    ("es", "Asunto: corto para la feria\n\n", "\nOjalá les sirva, un abrazo!!"),
    ("es", "¡Buenos días! ", " Fundido a negro."),
    ("pt-BR", "Oi, tudo bem? Aqui é a Neide, da Peixaria Maré.\n\n", "\n\nAtt,\nNeide"),
    ("pt-BR", "Assunto: curta\nDuração: 1 min, sem música.\n\n", "\nAs fotos o Beto manda depois."),
    ("pt-BR", "Briefing da ONG Rede Viva (Natal):\n", "\n(O filme passa na entrada da feira, sem som.)"),
])  # fmt: skip
def test_a_page_around_a_story_is_never_told(language: Language, before: str, behind: str):
    assert squeezed(told_in(f"{before}{STORY[language]}{behind}", language)) == STORY[language]


@pytest.mark.parametrize(("language", "text"), [
    ("en", "I am a cooper at the shop. My hands smell of oak. One night I hear my barrel sing. I open it."),
    ("en", "We see her once more, on a ladder, with a lamp. She waves at the boats in the bay and goes in."),
    ("es", "Fin de semana en la isla. La dueña de la panadería saluda a Inés y le regala una brújula rota."),
    ("pt-BR", "Aqui mora Benta, que cria bodes na laje. Ela fica no aguardo da chuva e canta para os bodes."),
])  # fmt: skip
def test_a_story_that_begins_alike_is_told(language: Language, text: str):
    assert squeezed(told_in(text, language)) == text


@pytest.mark.parametrize(("language", "text", "told"), [
    ("en", "We are a bank and want one film about a stamp: Edda, a clerk, finds it in her shoe.",
     "Edda, a clerk, finds it in her shoe."),
    ("es", "Somos una óptica y queremos un corto así: Nélida, la vecina, pierde las gafas en el río.",
     "Nélida, la vecina, pierde las gafas en el río."),
    ("pt-BR", "Somos uma ótica e queremos um filme: Nair, a vizinha, perde os óculos no poço da praça.",
     "Nair, a vizinha, perde os óculos no poço da praça."),
])  # fmt: skip
def test_the_half_of_a_note_that_tells_the_story_is_told(language: Language, text: str, told: str):
    assert squeezed(told_in(f"{text} {STORY[language]}", language)) == f"{told} {STORY[language]}"


@pytest.mark.parametrize(("language", "page"), [
    ("en", "CAST\n- Odile, 50, a net-mender\n- Ruan, 12, her grandson\n\n"),
    ("en", "Tone: cold\n"),
    ("en", "Beats:\n"),
    ("es", "Reparto:\n- Odilia, 50, redera. Vino de lejos.\n- Blas, 12, su nieto.\n\n"),
    ("pt-BR", "ELENCO\nODILA, 50, teimosa.\nBLAS, 12, neto.\n\n"),
])  # fmt: skip
def test_the_story_begins_where_a_list_or_a_label_ends(language: Language, page: str):
    told = told_in(f"{page}{STORY[language]}", language)
    assert [one for one in STORY[language].split(". ")[1:] if one.strip(".") not in told] == []


def test_a_logline_is_told_when_the_story_does_not_tell_it_again():
    adds = "Logline:\nA diver discovers that the bells of a drowned abbey ring.\n\nStory:\n"
    repeats = "Logline:\nA net-mender rows after the heron who steals a thimble.\n\nStory:\n"
    promises = "Logline:\nA diver has one night to save a drowned abbey.\n\nStory:\n"
    assert "drowned abbey" in told_in(f"{adds}{STORY['en']}", "en")
    assert "net-mender" not in told_in(f"{repeats}{STORY['en']}", "en")
    assert "drowned abbey" not in told_in(f"{promises}{STORY['en']}", "en")


@pytest.mark.parametrize(("language", "text", "unheard"), [
    ("en", "INT. BOAT SHED - NIGHT\nODILE VANE (50) mends a net. Her lamp flickers. She hums.\n\n"
     "EXT. PIER - LATER\nA heron steals her cap. She runs after it. The tide takes it. She laughs at last.",
     ("shed", "(50)", "ODILE", "later")),
    ("es", "INT. TALLER DE SORIA - DÍA. 1951\nODILIA cose una red. Una aguja cae. La luz parpadea. "
     "\n\nEXT. MUELLE - NOCHE\nUna garza la mira. Odilia le da pan. La garza canta. La marea sube.",
     ("soria", "1951", "muelle", "ODILIA")),
    ("pt-BR", "INT. GALPÃO - MADRUGADA\nODILA (50) remenda uma rede. Ela canta. A luz pisca.\n\n"
     "EXT. CAIS - DIA\nUma garça rouba o boné. Ela corre atrás. A maré leva o boné. Ela ri.",
     ("galpão", "(50)", "cais", "ODILA")),
])  # fmt: skip
def test_what_stands_over_a_scene_is_not_heard(language: Language, text: str, unheard: tuple[str, ...]):
    said = heard(language, text)
    assert [one for one in unheard if one in (said if one.isupper() else said.lower())] == []


@pytest.mark.parametrize(("language", "text", "caption"), [
    ("en", "Boat shed, night.", True), ("en", "In the shed she mends, night.", False),
    ("es", "Muelle de Soria, día, 1951.", True), ("es", "Llega la noche.", False),
    ("pt-BR", "Cais, madrugada.", True), ("pt-BR", "Ela dorme de dia.", False),
])  # fmt: skip
def test_a_caption_is_a_place_and_an_hour(language: Language, text: str, caption: bool):
    assert is_caption(text, language) is caption


@pytest.mark.parametrize(("text", "printed"), [
    ("DR. EDNA PELL (51) waits.", "Dr. Edna Pell (51) waits."),
    ("He meets a girl, RUTH (9), on the pier.", "He meets a girl, Ruth (9), on the pier."),
    ("The note says: GO HOME.", "The note says: GO HOME."),
    ("The screen reads GAME OVER. Nobody laughs.", "The screen reads GAME OVER. Nobody laughs."),
])  # fmt: skip
def test_a_screenplays_names_are_printed(text: str, printed: str):
    assert with_printed_names(text) == printed


@pytest.mark.parametrize(("language", "text", "most", "left"), [
    ("en", "The widow, a tall lady, opens the box and leaves.", 7, "The widow opens the box and leaves."),
    ("en", "Odile, the diver, opens the hatch, with a smile, and dives.", 9,
     "Odile, the diver, opens the hatch, and dives."),
    ("es", "Inés, la buza, abre la trampilla con una ganzúa vieja y baja.", 9,
     "Inés, la buza, abre la trampilla y baja."),
    ("pt-BR", "Nair, a mergulhadora, abre o alçapão, sem pressa, e desce.", 9,
     "Nair, a mergulhadora, abre o alçapão, e desce."),
    ("en", "She looks, thinks, and dives.", 2, "She looks, thinks, and dives."),
    ("pt-BR", "Ela aprende a remar, a calar.", 3, "Ela aprende a remar, a calar."),
])  # fmt: skip
def test_what_only_describes_goes_before_what_is_done(language: Language, text: str, most: int, left: str):
    assert leaner_together([text], most, language) == [left]


def test_who_somebody_is_in_brackets_is_read_between_commas():
    assert unbracketed("Ruth (the vet) rows.", "en") == "Ruth, the vet, rows."
    assert unbracketed("Llama a Inés (la buza).", "es") == "Llama a Inés, la buza."
    assert unbracketed("Nair (Nana para todos) rema.", "pt-BR") == "Nair (Nana para todos) rema."
    assert unbracketed("Inés (panadera en Lugo) cierra.", "es") == "Inés, panadera en Lugo, cierra."
    assert unbracketed("Ruth (electrician) rows.", "en") == "Ruth, an electrician, rows."


@pytest.mark.parametrize(("language", "text", "lead"), [
    ("en", "Odile mends a net on the quay with Ruan. Petra, the pilot, announces that there is no wind.",
     "Petra, the pilot, announces:"),
    ("pt-BR", "Odila remenda a rede com Ruan no cais. Petra, a prática, jura que não há vento.",
     "Petra, a prática, jura:"),
])  # fmt: skip
def test_who_speaks_for_the_first_time_is_told_of(language: Language, text: str, lead: str):
    said = lines_of(language, text)
    spoken = [line for line in said if "Petra" in line.speaker]
    assert not spoken or lead in [line.text for line in said]


def test_two_things_that_are_told_are_heard_as_two_sentences():
    said = heard(
        "pt-BR",
        "Nair conserta o barco com Blas. Nair conta que o cais vai fechar e que o barco será vendido.",
    )
    assert "e que o barco" not in said or "que o cais" in said


def test_a_number_and_a_short_title_are_not_cut():
    said = [
        line.text for line in lines_of("es", "La abuela cumple ochenta y tres y la familia cena en el patio.")
    ]
    assert not any(one.startswith(("Tres", "tres")) for one in said)
    said = [
        line.text
        for line in lines_of("pt-BR", "Rosa (a do 12) acusa o Dr. Brito, advogado do 7, que exige provas.")
    ]
    assert not any(one.endswith("Dr.") for one in said)
