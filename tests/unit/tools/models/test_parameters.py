"""What is sent beside the words, per card: nothing that the model would refuse."""

from typing import Any

import pytest
from pydantic import BaseModel

from tools.models.catalog import text_card, text_models
from tools.models.live.asked import Asked
from tools.models.live.parameters import most_output, parameters_of, schema_of


class Shape(BaseModel):
    name: str


def asked(**more: Any) -> Asked:
    plain: dict[str, Any] = {"system": "", "text": "", "max_tokens": 2000, "temperature": 0.7, "top_p": 0.9}
    return Asked(**{**plain, **more})


SAMPLING = {"temperature": 0.7, "top_p": 0.9}
SENT: dict[str, dict[str, Any]] = {
    **{
        name: {"max_tokens": 2000, "reasoning_effort": "minimal"}
        for name in ("gpt-5", "gpt-5-mini", "gpt-5-nano")
    },
    "gpt-5-pro": {"max_tokens": 18000},
    **{
        name: {"max_tokens": 2000, "reasoning_effort": "none", **SAMPLING}
        for name in ("gpt-5.1", "gpt-5.2", "gpt-5.4", "gpt-5.5", "gpt-5.6")
    },
    "gemini-2.5-pro": {"max_output_tokens": 3024, "thinking_budget": 1024, **SAMPLING},
    "gemini-2.5-flash": {"max_output_tokens": 2000, "thinking_budget": 0, **SAMPLING},
    "deepseek-chat": {"max_tokens": 2000, **SAMPLING},
    "deepseek-reasoner": {"max_tokens": 18000},
}  # fmt: skip


def test_every_card_is_in_the_table():
    assert {card.id for card in text_models()} == set(SENT)


@pytest.mark.parametrize("model", SENT)
def test_words_are_asked_for_with_this_and_nothing_else(model: str):
    assert parameters_of(text_card(model), asked()) == SENT[model]


@pytest.mark.parametrize("model", ["gpt-5.1", "gpt-5.6"])
def test_who_thinks_takes_no_sampling(model: str):
    """S1-05: temperature is an error beside any effort but none."""
    sent = parameters_of(text_card(model), asked(effort="low"))
    assert sent == {"max_tokens": 2000, "reasoning_effort": "low"}


@pytest.mark.parametrize("model", ["gpt-5", "gpt-5.1"])
def test_shape_is_told_to_openai_as_json_schema(model: str):
    told = parameters_of(text_card(model), asked(shape=Shape))["extra_body"]["response_format"]
    assert told == {"type": "json_schema", "json_schema": {"name": "Shape", "schema": schema_of(Shape)}}


def test_shape_is_told_to_the_responses_api_by_its_own_name():
    assert "response_format" in parameters_of(text_card("gpt-5-pro"), asked(shape=Shape))


def test_shape_is_told_to_gemini_as_json_schema():
    sent = parameters_of(text_card("gemini-2.5-flash"), asked(shape=Shape))
    assert sent["response_mime_type"] == "application/json"
    assert sent["response_json_schema"] == schema_of(Shape)


def test_shape_is_told_to_deepseek_as_a_tool_that_must_be_called():
    sent = parameters_of(text_card("deepseek-chat"), asked(shape=Shape))
    assert sent["tools"][0]["function"]["parameters"] == schema_of(Shape)
    assert sent["tool_choice"] == {"type": "function", "function": {"name": "Shape"}}


def test_deepseeks_reasoner_is_told_json_and_no_shape():
    sent = parameters_of(text_card("deepseek-reasoner"), asked(shape=Shape))
    assert sent["extra_body"] == {"response_format": {"type": "json_object"}}


@pytest.mark.parametrize(
    ("model", "wanted", "most"),
    [("deepseek-chat", 8192, 8192), ("deepseek-chat", 8193, 8192), ("gemini-2.5-pro", 64512, 65536),
     ("gemini-2.5-pro", 64513, 65536), ("gpt-5-pro", 1, 16001)],
)  # fmt: skip
def test_no_more_is_asked_for_than_a_model_can_write(model: str, wanted: int, most: int):
    assert most_output(text_card(model), asked(max_tokens=wanted)) == most


def test_a_model_of_ones_own_is_asked_as_most_servers_are():
    assert parameters_of(text_card("own/llama"), asked()) == {"max_tokens": 2000, **SAMPLING}
