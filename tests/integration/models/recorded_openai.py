"""What our adapter must read from OpenAI's recorded answers.

Tokens: read, written, from the cache, thought.
"""

from typing import Any

from pydantic import create_model

from state.errors import (
    ModelUnknown,
    ProviderBusy,
    ProviderMisconfigured,
    ProviderTimeout,
    VendorCreditUsedUp,
)
from tests.integration.models.asking import a_card
from tests.integration.models.cases import Case, Failed, Said, asks
from tools.models.catalog import TextModelCard

City = create_model("City", city=(str, ...), country=(str, ...))
FinalResult = create_model("final_result", city=(str, ...), country=(str, ...))
FRANCE = "What is the capital of France?"
LARGEST = "What is the largest city in the user country?"
MEXICO = '{"city":"Mexico City","country":"Mexico"}'
NO_MONEY = "You exceeded your current quota"


def chat(vendor: str, **other: Any) -> TextModelCard:
    return a_card(vendor=vendor, **other)


def responses(vendor: str, **other: Any) -> TextModelCard:
    return a_card(vendor=vendor, api="responses", **other)


CHAT = [
    Case(
        file="openai/chat_gpt5_plain.yaml", card=chat("gpt-5", reasoning=True), text=FRANCE, temperature=0.5,
        expects=(Said(text="Paris.", took=(13, 11, 0, 0)),),
    ),
    Case(
        file="openai/chat_o3mini_max_completion_tokens.yaml", card=chat("o3-mini", reasoning=True), text="Hi",
        expects=(Said(text="Hello there! How can I help you today?", took=(7, 87, 0, 64)),),
    ),
    Case(
        file="openai/chat_reasoning_model_temperature.yaml", card=chat("o3-mini", reasoning=True),
        text="What is the capital of Mexico?", temperature=0.5,
        expects=(Said(text="The capital of Mexico is Mexico City.", took=(13, 238, 0, 192)),),
    ),
    Case(
        file="openai/chat_image_in_tool_result.yaml", card=chat("gpt-4o"), text="What food is it?",
        tools=("get_image",), results={"get_image": "See file bd38f5"},
        expects=(
            asks("get_image", {}, took=(46, 11, 0, 0)),
            Said(text="The image shows a potato.", took=(503, 8, 0, 0)),
        ),
    ),
    Case(
        file="openai/chat_json_schema_after_tool.yaml", card=chat("gpt-4o"), text=LARGEST, shape=City,
        tools=("get_user_country",), results={"get_user_country": "Mexico"},
        expects=(
            asks("get_user_country", {}, took=(71, 12, 0, 0)),
            Said(text=MEXICO, took=(92, 15, 0, 0)),
        ),
    ),
    Case(
        file="openai/chat_tool_output.yaml", card=chat("gpt-4o", shape="tool"), text=LARGEST,
        shape=FinalResult, tools=("get_user_country",), results={"get_user_country": "Mexico"},
        expects=(
            asks("get_user_country", {}, took=(68, 12, 0, 0)),
            asks("final_result", {"city": "Mexico City", "country": "Mexico"}, took=(89, 36, 0, 0)),
        ),
    ),
    Case(
        file="openai/chat_multi_tool_rounds.yaml", card=chat("gemini-2.0-flash-exp", provider="google"),
        text=FRANCE, tools=("get_capital",), results={"get_capital": "Paris"},
        expects=(
            asks("get_capital", {"country": "France"}, took=(23, 5, 0, 0)),
            Said(text="The capital of France is Paris.", took=(35, 8, 0, 0)),
        ),
    ),
    Case(
        file="openai/chat_multi_tool_rounds.yaml", first=2, card=chat("gpt-4o-mini"),
        text="What is the capital of England?", tools=("get_capital",), results={"get_capital": "London"},
        expects=(
            asks("get_capital", {"country": "England"}, took=(104, 16, 0, 0)),
            Said(text="The capital of England is London.", took=(129, 9, 0, 0)),
        ),
    ),
    Case(
        file="openai/chat_stream_text.yaml", card=chat("gpt-4o-mini", streams=True),
        text="What is the capital of the UK?", tools=("get_capital",), results={"get_capital": "London"},
        expects=(
            asks("get_capital", {"country": "UK"}, took=(53, 15, 0, 0)),
            Said(text="The capital of the UK is London.", took=(78, 9, 0, 0)),
        ),
    ),
    Case(
        file="openai/chat_stream_raw_chunks.txt", card=chat("gpt-4.1-nano", streams=True), text="A holiday.",
        expects=(Said(text="**Holiday Name:** Harmony Day\n\n**Date:** ", took=(16, 300, 0, 0)),),
    ),
    Case(
        file="openai/chat_400_unsupported_role.yaml", card=chat("o1-mini", reasoning=True), text="Hello",
        system="You are a helpful assistant.",
        expects=(
            Failed(
                error=ProviderMisconfigured, kind="invalid", says="does not support 'developer'",
                details={"field": "messages[0].role"},
            ),
        ),
    ),
    Case(
        file="openai/chat_404_model_not_found.yaml", card=chat("gpt-5.2-proo"), text="hello",
        expects=(Failed(error=ModelUnknown, kind="invalid", says="`gpt-5.2-proo` does not exist"),),
    ),
    Case(
        file="openai/error_insufficient_quota.json", card=chat("gpt-5"), text="hello",
        expects=(Failed(error=VendorCreditUsedUp, kind="no_credit", says=NO_MONEY),),
    ),
    Case(
        file="openai/error_max_tokens_unsupported.json", card=chat("o3-mini"), text="hello",
        expects=(
            Failed(
                error=ProviderMisconfigured, kind="invalid", says="Unsupported parameter: 'max_tokens'",
                details={"field": "max_tokens"},
            ),
        ),
    ),
    Case(
        file="openai/quoted_errors.json", quoted="gpt5_temperature", card=chat("gpt-5"), text="hello",
        expects=(
            Failed(
                error=ProviderMisconfigured, kind="invalid", says="'temperature' does not support 0.5",
                details={"field": "temperature"},
            ),
        ),
    ),
    Case(
        file="openai/quoted_errors.json", quoted="metadata_without_store", card=chat("gpt-5"), text="hello",
        expects=(Failed(error=ProviderMisconfigured, kind="invalid", says="'metadata' parameter"),),
    ),
    Case(
        file="openai/quoted_errors.json", quoted="rate_limit_headers_example", card=chat("gpt-5"), text="Hi",
        expects=(Failed(error=ProviderBusy, kind="throttled", says="429"),),
    ),
]  # fmt: skip

RESPONSES = [
    Case(
        file="openai/responses_simple.yaml", card=responses("gpt-4o"), text=FRANCE,
        expects=(Said(text="The capital of France is Paris.", took=(14, 8, 0, 0)),),
    ),
    Case(
        file="openai/responses_gpt5_pro.yaml", card=responses("gpt-5-pro", reasoning=True), text="Mexico?",
        expects=(Said(text="Mexico City (Ciudad de México).", took=(13, 77, 0, 64)),),
    ),
    Case(
        file="openai/responses_gpt55_sampling_dropped.yaml", text=FRANCE, temperature=0.5,
        card=responses("gpt-5.5", sampling="unless_reasoning", reasoning=True),
        expects=(Said(text="Paris", took=(18, 5, 0, 0)),),
    ),
    Case(
        file="openai/responses_verbosity.yaml", card=responses("gpt-5"), text="What is 2+2?",
        expects=(Said(text="4", took=(10, 1, 0, 0)),),
    ),
    Case(
        file="openai/responses_reasoning_effort.yaml", text="Explain me how to cook uruguayan alfajor.",
        card=responses("o3-mini", reasoning=True, effort="low"),
        expects=(Said(text="Ingredients for the dough:\n• 300 g cornstarch", took=(88, 547, 0, 128)),),
    ),
    Case(
        # Its moderation found fault with the question and let the model say no by itself: to us, an answer.
        file="openai/responses_moderation_blocked.yaml", card=responses("gpt-5", reasoning=True), text="...",
        expects=(Said(text="I'm really sorry you're feeling this much anger.", took=(12, 1351, 0, 1024)),),
    ),
    Case(
        file="openai/responses_tool_call.yaml", card=responses("gpt-4o"), text="And of PotatoLand?",
        tools=("get_capital",), results={"get_capital": "Potato City"},
        expects=(
            asks("get_capital", {"country": "PotatoLand"}, took=(40, 18, 0, 0)),
            Said(text="The capital of PotatoLand is Potato City.", took=(67, 11, 0, 0)),
        ),
    ),
    Case(
        file="openai/responses_json_schema.yaml", card=responses("gpt-4o"), text=LARGEST, shape=City,
        tools=("get_user_country",), results={"get_user_country": "Mexico"},
        expects=(
            asks("get_user_country", {}, took=(66, 12, 0, 0)),
            Said(text=MEXICO, took=(89, 16, 0, 0)),
        ),
    ),
    Case(
        file="openai/responses_stream.yaml", card=responses("gpt-4o", streams=True), text=FRANCE,
        tools=("get_capital",), results={"get_capital": "Paris"},
        expects=(
            asks("get_capital", {"country": "France"}, took=(255, 16, 0, 0)),
            Said(text="The capital of France is Paris.", took=(278, 9, 0, 0)),
        ),
    ),
    Case(
        file="openai/responses_400_bad_temperature.yaml", text=FRANCE, temperature=-1.0,
        card=responses("gpt-4o", streams=True, sampling="yes"),
        expects=(
            Failed(
                error=ProviderMisconfigured, kind="invalid", says="decimal below minimum value",
                details={"field": "temperature"},
            ),
        ),
    ),
    Case(
        # The stream had begun when it said so: nobody knows what it took.
        file="openai/responses_stream_error_quota.chunks.txt", text="hello",
        card=responses("gpt-5-nano", streams=True),
        expects=(Failed(error=VendorCreditUsedUp, kind="no_credit", says=NO_MONEY, charged=True),),
    ),
    Case(
        # An answer that is only promised is none.
        file="openai/responses_background_poll.yaml", card=responses("gpt-4o"), text="What is 2 + 2?",
        expects=(Failed(error=ProviderTimeout, kind="ambiguous", says="stopped in the", charged=True),),
    ),
]  # fmt: skip
