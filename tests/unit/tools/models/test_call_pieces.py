"""A call's arguments that come in pieces: handed on as they are, read when all of them are there."""

from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk
from langchain_core.messages import ai as langchain_messages
from langchain_core.messages.ai import add_ai_message_chunks

from tools.models.catalog import text_card
from tools.models.live.clients import Clients

BEGIN = {"index": 0, "id": "call_1", "type": "function", "function": {"name": "Shape", "arguments": ""}}
PIECES = ['{"na', 'me": "A', 'na"}']


def chunks() -> list[AIMessageChunk]:
    """What LangChain's client makes of a call in four pieces."""
    clients = Clients({"deepseek": "http://127.0.0.1:9"})
    client: Any = clients.client(text_card("deepseek-chat"))
    calls = [BEGIN, *({"index": 0, "function": {"arguments": piece}} for piece in PIECES)]
    told = [{"choices": [{"index": 0, "delta": {"tool_calls": [call]}}]} for call in calls]
    return [client._convert_chunk_to_generation_chunk(one, AIMessageChunk, None).message for one in told]


def test_every_piece_is_handed_on_and_the_whole_is_read():
    made = chunks()
    assert [one.tool_call_chunks[0]["args"] for one in made] == ["", *PIECES]
    [call] = add_ai_message_chunks(*made).tool_calls
    assert (call["name"], call["args"], call["id"]) == ("Shape", {"name": "Ana"}, "call_1")


def test_no_piece_is_read_by_itself(monkeypatch: pytest.MonkeyPatch):
    read: list[str] = []
    monkeypatch.setattr(langchain_messages, "parse_partial_json", read.append)
    made = chunks()
    assert read == []
    assert [one.tool_calls for one in made[1:]] == [[], [], []]
