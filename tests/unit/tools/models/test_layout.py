"""Sentences that were kept together part before the writer invents anything to fill a scene."""

import pytest

from state.script import Language
from state.writing import PlanSeriesInput
from tests.scripts import a_novela_brief
from tools.models.offline.plan import compose_plan
from tools.models.offline.telling.facts import laid_facts
from tools.models.offline.telling.layout import unfolded
from tools.models.offline.words.fact import Fact

LONG = Fact(
    subject="Bruna", verb="descobre", rest="o bilhete", agent="Bruna", sure=True, about=("Célia",),
    text="Bruna descobre o bilhete na lata. Ela fica furiosa e grita. Ele responde baixinho que não é dele.",
)  # fmt: skip
SHORT = Fact(subject="o prazo", verb="acaba", rest="às quatro", text="O prazo acaba às quatro.")


def test_sentences_part_where_scenes_would_be_empty() -> None:
    found = unfolded([LONG, SHORT], 3)
    assert len(found) >= 3
    assert " ".join(one.text for one in found) == f"{LONG.text} {SHORT.text}"
    # Who does the first of them says nothing about the others.
    assert [one.agent for one in found][:2] == ["Bruna", ""]
    assert found[1].about == ("Bruna", "Célia")


def test_enough_facts_stay_as_they_are() -> None:
    """The control: what was kept together stays together while every scene has something."""
    assert unfolded([LONG, SHORT], 2) == [LONG, SHORT]
    assert unfolded([SHORT], 3) == [SHORT]


TOLD: list[tuple[Language, str]] = [
    ("pt-BR", "Bruna descobre que o avô guarda um bilhete premiado numa lata. Ela fica furiosa. Ele responde "
              "baixinho que o bilhete não é dele. O prazo acaba às quatro. Ela corre até a rodoviária."),
    ("en", "Bev finds that her brother Tom keeps a winning ticket in a tin. She is furious. Tom says that "
           "it is not his. Hers is a fake. It always was. She runs to the bus station."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), TOLD)
def test_a_told_film_says_nothing_of_anybody_that_the_brief_lacks(language: Language, text: str) -> None:
    brief = a_novela_brief(
        description=text, language=language, scenes_per_episode=5, target_episodes=1, characters=[]
    )
    plan = compose_plan(PlanSeriesInput(brief=brief))
    facts = [one for own in laid_facts(plan, brief).values() for one in own]
    assert len(facts) >= 5
    assert {one.source for one in facts} == {"description"}
