"""A conversation as LangChain's messages: the same for every vendor, LangChain knows their dialects."""

import base64
from collections.abc import Iterator

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from tools.models.base import Picture
from tools.models.live.asked import Asked, Turn


def messages_of(asked: Asked) -> list[BaseMessage]:
    """Who the agent is, the task with its pictures, and what was said since."""
    first = [SystemMessage(asked.system)] if asked.system else []
    return [*first, _task(asked), *(message for turn in asked.turns for message in _turn(turn))]


def _task(asked: Asked) -> HumanMessage:
    if not asked.pictures:
        return HumanMessage(asked.text)
    return HumanMessage([{"type": "text", "text": asked.text}, *map(_picture, asked.pictures)])


def _picture(picture: Picture) -> dict[str, object]:
    url = f"data:{picture.mime};base64,{base64.b64encode(picture.content).decode()}"
    return {"type": "image_url", "image_url": {"url": url}}


def _turn(turn: Turn) -> Iterator[BaseMessage]:
    native = turn.reply.native
    # As it came where that is known: Gemini's signatures and DeepSeek's thoughts are in it.
    yield native if isinstance(native, BaseMessage) else AIMessage(turn.reply.text)
    for result in turn.results:
        yield ToolMessage(result.text, tool_call_id=result.call.id, name=result.call.name)
    if turn.text:
        yield HumanMessage(turn.text)
