"""Where the words say that the light is out, it is."""

from collections.abc import Sequence

import pytest

from state.brief import NovelaBrief
from state.script import Language, TimeOfDay
from state.writing import PlanSeriesInput
from tools.models.offline.places.hours import hour_in
from tools.models.offline.plan import compose_plan

NIGHT, DAY = "night", "day"


def times_of(language: Language, text: str) -> list[TimeOfDay]:
    brief = NovelaBrief.model_validate(
        {"title": "X", "description": text, "genre": "drama", "language": language, "scenes_per_episode": 4,
         "shots_per_scene": 3, "episode_seconds": 60}
    )  # fmt: skip
    return [one.time for one in compose_plan(PlanSeriesInput(brief=brief)).episodes[0].scenes]


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "text", "times"), [
    ("en", "Ada bakes in the bakery. Ben counts the coins. The lights go out. Ada laughs.",
     [DAY, DAY, NIGHT, NIGHT]),
    ("en", "Ada waits on the beach. Ben brings a rope. In the dark they pull the boat. Ada sings.",
     [DAY, DAY, NIGHT, NIGHT]),
    ("es", "Ada cose en el taller. Ben llega tarde. Ben apaga la luz. Ada se ríe.", [DAY, DAY, NIGHT, NIGHT]),
    ("es", "Ada barre la iglesia. Ben toca el órgano. A oscuras, Ada canta. Vuelve la luz.",
     [DAY, DAY, NIGHT, DAY]),
    ("pt-BR", "Ada trabalha na padaria. Beto entra. No escuro, Ada acende uma vela. Na praia, Beto ri.",
     [DAY, DAY, NIGHT, DAY]),
    ("pt-BR", "Ada espera na praia. Beto traz a rede. No escuro, os dois puxam o barco. Ada canta.",
     [DAY, DAY, NIGHT, NIGHT]),
    ("pt-BR", "Ada corta cabelo no salão. Nair entra. Falta luz e as duas correm para a rua. Nair ri.",
     [DAY, DAY, DAY, DAY]),
    ("es", "Ada entra en el ascensor. De noche el ascensor se para. Ada espera. Ben apaga la luz.",
     [DAY, NIGHT, NIGHT, NIGHT]),
    ("en", "Wanda runs the night counter at a pharmacy. Eli comes in. Wanda gives him soup. Eli smiles.",
     [NIGHT] * 4),
])  # fmt: skip
def test_the_dark_lasts_as_long_as_the_words_keep_it(
    language: Language, text: str, times: Sequence[TimeOfDay]
):
    assert times_of(language, text) == times


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ada bakes. Ben keeps her in the dark about the loan. Ada never turns off the light. Ben laughs."),
    ("en", "Ada bakes. Ben wants to turn off the light. Ada laughs. Ben counts the coins."),
    ("es", "Ada cose. Ben tiene miedo a la oscuridad. Ada no apaga la luz. Ben se ríe."),
    ("pt-BR", "Ada assa pão. Beto tem medo do escuro. Ada nunca apaga a luz. Beto ri."),
])  # fmt: skip
def test_what_is_denied_or_feared_darkens_nothing(language: Language, text: str):
    """The control: the same words, with nothing that happens."""
    assert times_of(language, text) == [DAY] * 4


@pytest.mark.parametrize(("language", "text", "hour"), [
    ("es", "Su hija Alba viene al museo.", None), ("es", "Alba abre la tienda.", None),
    ("en", "Dawn opens the shop.", None), ("en", "Dawn breaks.", "day"), ("es", "Llega al alba.", "day"),
    ("es", "Madrugada en el puerto.", "night"),
])  # fmt: skip
def test_who_is_called_after_an_hour_is_none(language: Language, text: str, hour: TimeOfDay | None):
    assert hour_in(text, language) == hour
