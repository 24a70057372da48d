"""Places that are asked, printed, feared or learnt of are no sets; those where somebody is are."""

import pytest

from state.brief import NovelaBrief
from state.script import Language, Place, SetKind
from state.writing import PlanSeriesInput
from tools.models.offline.places.lexicon import mentions_in
from tools.models.offline.places.whereabouts import places_of
from tools.models.offline.plan import compose_plan
from tools.models.offline.words.fact import Fact


def strong_in(language: Language, text: str) -> list[SetKind]:
    return [one.kind for one in mentions_in(text, language) if one.strong and not one.region]


def kinds_in(language: Language, text: str, scenes: int = 4) -> list[SetKind]:
    brief = NovelaBrief.model_validate(
        {"title": "X", "description": text, "genre": "drama", "language": language,
         "scenes_per_episode": scenes, "shots_per_scene": 3, "episode_seconds": 60}
    )  # fmt: skip
    plan = compose_plan(PlanSeriesInput(brief=brief))
    by_name = {one.name: one.kind for one in plan.places}
    return [by_name[scene.place] for scene in plan.episodes[0].scenes]


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Rosa wants the town hall to mend it."), ("en", "The town hall won't."),
    ("en", "The newspaper only promised her an article."), ("en", "Len offers her a lift."),
    ("en", "She calls the bank."), ("es", "Quiere que el ayuntamiento lo arregle."),
    ("es", "Llama a la grúa y espera."), ("es", "El banco no espera."),
    ("es", "Sueña con salir en la revista."),
    ("pt-BR", "Sem ele, adeus matéria na revista."), ("pt-BR", "Quer que a prefeitura apague a luz."),
    ("pt-BR", "A prefeitura não responde."),
])  # fmt: skip
def test_who_is_asked_is_no_place(language: Language, text: str):
    assert mentions_in(text, language) == []


@pytest.mark.parametrize(("language", "text", "kind"), [
    ("en", "Rosa waits at the town hall.", "office"), ("en", "Len works at the newspaper.", "newsroom"),
    ("en", "They are stuck in the lift.", "lift"), ("en", "She enters the bank.", "bank"),
    ("es", "Rosa duerme en el ayuntamiento.", "office"), ("es", "Entra en la grúa.", "car"),
    ("es", "Trabaja en la revista.", "newsroom"), ("pt-BR", "Ela trabalha na revista.", "newsroom"),
    ("pt-BR", "Os dois entram na prefeitura.", "office"),
])  # fmt: skip
def test_the_same_house_is_one_where_somebody_is(language: Language, text: str, kind: SetKind):
    """The control."""
    assert strong_in(language, text) == [kind]


@pytest.mark.parametrize(("language", "told", "control"), [
    ("en", "He frowns because they run to the beach.", "He frowns and they run to the beach."),
    ("en", "She learns that her son lives on the beach.", "Her son sleeps on the beach."),
    ("en", "He has the ring that she lost on the beach.", "He has the ring on the beach."),
    ("en", "The lights fail in the whole street.", "The lights fail in the street."),
    ("es", "Se ríe porque van a la playa.", "Se ríen y van a la playa."),
    ("es", "Trae la carta que encontró en la playa.", "Trae la carta en la playa."),
    ("es", "Descubre que vive en la playa.", "Duerme en la playa."),
    ("pt-BR", "Chora porque vão para a estrada.", "Choram e vão para a estrada."),
    ("pt-BR", "Traz a carta que achou, que deixou na praia.", "Traz a carta na praia."),
])  # fmt: skip
def test_a_reason_and_what_was_before_put_nobody_there(language: Language, told: str, control: str):
    assert strong_in(language, told) == []
    assert len(strong_in(language, control)) == 1


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "text", "kinds"), [
    ("en", "Dot is stuck in a broken-down minibus. Len offers her a lift. In the hearse he sings. "
           "At the party everybody dances.", ["bus", "bus", "car", "ballroom"]),
    ("en", "Ben waits in the taxi. At the wedding Ada dances. On stage Ben sings. They walk down to the "
           "beach.",
     ["car", "ballroom", "ballroom", "beach"]),
    ("en", "Rosa wants the council to mend the crossing outside the school. She cries. At the school "
           "Amir waits. Rosa laughs.", ["street", "street", "classroom", "classroom"]),
    ("es", "Yamila queda varada en plena costanera. Llama a la grúa. En la fiesta todos bailan. Nico canta.",
     ["beach", "beach", "ballroom", "ballroom"]),
    ("es", "Nuria revisa el ascensor. Se encierra en la cabina. Corre al trastero. Allí llora.",
     ["lift", "lift", "attic", "attic"]),
    ("pt-BR", "Kátia, dona de um karaokê, quer uma matéria na revista. Tadeu chora. Ele sobe ao "
              "palco. Kátia ri.",
     ["bar"] * 4),
    ("pt-BR", "Dalva vende café na rodoviária. Jonas chega. Os dois correm pelas plataformas. Dalva ri.",
     ["waiting_room"] * 4),
    ("pt-BR", "Iara quer que a prefeitura devolva a bandeira da praia. Caio chega. Na escola os dois "
              "costuram. Caio ri.",
     ["beach", "beach", "classroom", "classroom"]),
])  # fmt: skip
def test_the_set_goes_where_the_people_go(language: Language, text: str, kinds: list[SetKind]):
    assert kinds_in(language, text) == kinds


@pytest.mark.parametrize(("language", "text", "kinds"), [
    ("en", "Ada sings at the theatre. On stage Ben falls. Ada laughs. Ben cries.", ["stage"] * 4),
    ("es", "Ada pasa la película en la cabina de proyección. Ben entra en la cabina. Ada ríe. Ben llora.",
     ["control_room"] * 4),
    ("pt-BR", "Ada espera na estação de trem. Beto chega. Os dois correm pela plataforma. Ada ri.",
     ["station"] * 4),
    ("en", "Ada is stuck in the lift with Ben. Her mother waits in the kitchen. Ada cries. Ben laughs.",
     ["lift"] * 4),
])  # fmt: skip
def test_other_stories_mean_other_sets_by_the_same_words(language: Language, text: str, kinds: list[SetKind]):
    """The control: a theatre's stage, a projectionist's booth, a train's platform, a lift that holds."""
    assert kinds_in(language, text) == kinds


@pytest.mark.parametrize(("text", "place"), [
    ("They run through the bakery. Ada reads the letter. They go to the church.", "The bakery"),
    ("They run through the bakery. They go to the church. Ada reads the letter.", "The church"),
])  # fmt: skip
def test_where_somebody_goes_at_the_end_they_were_not_before(text: str, place: str):
    """One fact of several sentences, which is told in one scene."""
    brief = NovelaBrief(title="X", description=text, genre="drama", language="en")
    places = [Place(name="The bakery", kind="bakery"), Place(name="The church", kind="church")]
    told = Fact(subject="They", verb="run", rest="", text=text, kind="event")
    assert [one.name for one in places_of([[told]], places, brief)] == [place]
