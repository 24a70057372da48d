"""What our adapter must read from DeepSeek's recorded answers.

Tokens: read, written, from the cache, thought. Its Responses endpoint is asked
as OpenAI's: a base URL of one's own may well be such a server.
"""

from typing import Any

from pydantic import create_model

from state.errors import ProviderMisconfigured, VendorCreditUsedUp
from tests.integration.models.asking import a_card
from tests.integration.models.cases import Case, Failed, Said, asks
from tools.models.catalog import TextModelCard

Weather = create_model("Weather", location=(str, ...), condition=(str, ...), temperature=(float, ...))
FinalResult = create_model("final_result", city=(str, ...), country=(str, ...))


def chat(**other: Any) -> TextModelCard:
    return a_card(
        provider="deepseek", vendor="deepseek-reasoner", shape="json_object", reasoning=True, **other
    )


def responses(**other: Any) -> TextModelCard:
    return a_card(vendor="deepseek-v4-flash", api="responses", **other)


DEEPSEEK = [
    Case(
        file="deepseek/chat_reasoner.yaml", card=chat(), text="How do I cross the street?",
        expects=(
            Said(
                text="Crossing the street safely involves careful observation", took=(12, 789, 0, 415),
                thoughts="Okay, the user is asking how to cross the street.",
            ),
        ),
    ),
    Case(
        file="deepseek/chat_json_mode_body.json", card=chat(), text="The weather, as JSON.", shape=Weather,
        expects=(
            Said(
                text='{\n  "location": "San Francisco",', took=(495, 144, 320, 118),
                thoughts="I have the result from the weather tool.",
            ),
        ),
    ),
    Case(
        file="deepseek/chat_tool_call_stream.chunks.txt", card=chat(streams=True), text="The weather.",
        tools=("weather",),
        expects=(
            asks("weather", {"location": "San Francisco"}, took=(339, 83, 320, 39),
                 thoughts="The user is asking for the weather in San Francisco."),
        ),
    ),
    Case(
        file="deepseek/quoted_errors.json", quoted="insufficient_balance", card=chat(), text="hello",
        expects=(Failed(error=VendorCreditUsedUp, kind="no_credit", says="Insufficient Balance"),),
    ),
    Case(
        file="deepseek/responses_text.yaml", card=responses(), text="What is the capital of France?",
        expects=(
            Said(
                text="The capital of France is Paris.", took=(90, 15, 0, 7),
                thoughts="We need answer capital of France.",
            ),
        ),
    ),
    Case(
        file="deepseek/responses_structured.yaml", card=responses(shape="tool"), text="The capital of Japan?",
        shape=FinalResult,
        expects=(
            asks("final_result", {"city": "Tokyo", "country": "Japan"}, took=(376, 81, 256, 21)),
        ),
    ),
    Case(
        file="deepseek/responses_function_tool.yaml", card=responses(), text="The temperature in Tokyo?",
        tools=("get_temperature",), results={"get_temperature": "21.0"},
        expects=(
            asks("get_temperature", {"city": "Tokyo"}, took=(366, 63, 256, 18)),
            Said(text="The current temperature in Tokyo is 21.0°C.", took=(444, 14, 384, 0)),
        ),
    ),
    Case(
        file="deepseek/error_400_missing_tool_output.yaml", card=responses(), text="hello",
        expects=(
            Failed(error=ProviderMisconfigured, kind="invalid", says="No tool output found for tool call"),
        ),
    ),
]  # fmt: skip
