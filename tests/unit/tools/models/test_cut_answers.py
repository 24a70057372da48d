"""An answer that ended at its limit is no answer, however whole it looks."""

from dataclasses import dataclass
from typing import Any

import pytest

from state.answers import SceneAnswer
from state.order import Usage
from tests.scripts import a_novela_brief
from tools.models.base import Finish
from tools.models.catalog import TextModelCard, text_card
from tools.models.live.asked import Asked, Reply, ToolCall
from tools.models.live.model import LiveModel
from tools.models.live.parameters import most_output


class Told:
    text = system = digest = "words"


@dataclass
class SaysOnce:
    """The line to a model that gives one reply."""

    reply: Reply
    card: TextModelCard

    async def ask(self, *_: Any) -> Reply:
        return self.reply


@pytest.mark.parametrize("finish", ["length", "stop"])
@pytest.mark.parametrize("called", [True, False])
async def test_what_ended_at_the_limit_is_said_to_be_cut(finish: Finish, called: bool):
    """Called: the arguments of a call that was cut are read as if they had ended there."""
    calls = (ToolCall(id="1", name="SceneAnswer", arguments={"sceneNumber": 1}),) if called else ()
    reply = Reply(text='{"sceneNumber": 1}', finish=finish, usage=Usage(), tool_calls=calls)
    line: Any = SaysOnce(reply, text_card("deepseek-chat"))
    answer = await LiveModel(line).answer(
        Told(), output=SceneAnswer, input=a_novela_brief(), temperature=0.8, max_tokens=2000
    )
    whole = finish == "stop"
    assert (answer.cut, bool(answer.content), "cut off at 2000" in answer.wrong) == (
        not whole, whole, not whole,
    )  # fmt: skip


@pytest.mark.parametrize(("asked", "most"), [(2999, 2999), (3000, 3000), (3001, 3000), (4000, 3000)])
def test_no_model_is_asked_for_more_than_it_can_write(asked: int, most: int):
    card = text_card("gpt-5").model_copy(update={"output_tokens": 3000})
    assert most_output(card, Asked(system="", text="", max_tokens=asked)) == most
