"""What our adapter must read from Gemini's recorded answers.

Tokens: read, written, from the cache, thought.
"""

import base64
import json
from typing import Any, Literal

from pydantic import create_model

from state.errors import ModelUnknown, ProviderBusy, ProviderTimeout
from tests.integration.models.asking import a_card
from tests.integration.models.cases import Case, Failed, Said, asks
from tests.standins.cassette_player import exchanges
from tools.models.base import Picture
from tools.models.catalog import TextModelCard

Cat = create_model("Cat", pet_type=(Literal["cat"], "cat"), meow_volume=(int, ...))
Dog = create_model("Dog", pet_type=(Literal["dog"], "dog"), bark_volume=(int, ...))
PetResponse = create_model("PetResponse", pet=(Cat | Dog, ...))
Thing = create_model("Item", product_name=(str, ...), quantity=(int, ...))
Order = create_model("Order", items=(list[Thing], ...))
Customer = create_model("Customer", name=(str, ...), orders=(list[Order], ...))
City = create_model("City", city=(str, ...), country=(str, ...))
FinalResult = create_model("final_result", city=(str, ...), date=(str, ...), temperature=(str, ...))
Value = create_model("NestedModel", name=(str, ...), value=(int, ...))
Page = create_model("MiddleModel", title=(str, ...), items=(list[Value], ...))
Pages = create_model("final_result", name=(str, ...), pages=(list[Page], ...))
FRANCE = "What is the capital of France?"
HELPFUL = "You are a helpful chatbot."
LONDON = {"city": "London", "date": "2022-01-01"}
PAGES = {
    "name": "Example Collection",
    "pages": [
        {"title": "Page 1", "items": [{"name": "Item A", "value": 1}, {"name": "Item B", "value": 2}]},
        {"title": "Page 2", "items": [{"name": "Item C", "value": 3}, {"name": "Item D", "value": 4}]},
    ],
}


def gemini(vendor: str, **other: Any) -> TextModelCard:
    return a_card(provider="google", vendor=vendor, **other)


def potato() -> Picture:
    """The picture of the recording, as it was sent."""
    (sent,) = [one.sent for one in exchanges("google/vision_image.yaml") if one.sent]
    data = json.loads(sent)["contents"][0]["parts"][1]["inlineData"]["data"]
    return Picture(base64.urlsafe_b64decode(data), "image/jpeg")


GOOGLE = [
    Case(
        file="google/generate_plain.yaml", card=gemini("gemini-2.5-flash"), text="Hello!",
        system="You are a chatbot.",
        expects=(Said(text="Hello! How can I help you today?", took=(9, 43, 0, 34)),),
    ),
    Case(
        file="google/gemini35_flash.yaml", card=gemini("gemini-3.5-flash"), text="What is 2 + 2?",
        expects=(Said(text="4", took=(15, 73, 0, 72)),),
    ),
    Case(
        file="google/gemini3_text_body.json", card=gemini("gemini-3-pro-preview"), text="How many r's?",
        expects=(Said(text="There are **3** r's in strawberry.", took=(9, 272, 0, 244)),),
    ),
    Case(
        file="google/thinking_config.yaml", text=FRANCE, system=HELPFUL,
        card=gemini("gemini-2.5-pro-preview-03-25", reasoning=True, thinking_tokens=1024),
        expects=(Said(text="The capital of France is **Paris**.", took=(15, 283, 0, 275)),),
    ),
    Case(
        file="google/generate_response_schema.yaml", card=gemini("gemini-2.0-flash"), shape=City,
        text="What is the largest city in Mexico?",
        expects=(
            Said(text='{\n  "city": "Mexico City",\n  "country": "Mexico"\n}', took=(8, 20, 0, 0)),
        ),
    ),
    Case(
        file="google/generate_schema_union.yaml", card=gemini("gemini-2.5-flash"), shape=PetResponse,
        text="A cat.",
        expects=(Said(text='{"pet":{"pet_type":"cat","meow_volume":5}}', took=(14, 197, 0, 181)),),
    ),
    Case(
        file="google/generate_schema_after_tools.yaml", card=gemini("gemini-2.5-flash", shape="tool"),
        text="Create a simple example.", system="You create structured data.", shape=Pages,
        expects=(asks("final_result", PAGES, took=(219, 416, 0, 323)),),
    ),
    Case(
        file="google/generate_structured_tool.yaml", card=gemini("gemini-2.0-flash", shape="tool"),
        text="What was the temperature in London?", system=HELPFUL, shape=FinalResult, tools=("temperature",),
        results={"temperature": "30°C"},
        expects=(
            asks("temperature", LONDON, took=(69, 14, 0, 0)),
            asks("final_result", {**LONDON, "temperature": "30°C"}, took=(91, 21, 0, 0)),
        ),
    ),
    Case(
        file="google/tool_retry.yaml", card=gemini("gemini-2.5-pro", sampling="yes"), text=FRANCE,
        system=HELPFUL, temperature=0.0, tools=("get_capital",),
        results={"get_capital": 'The country is not supported. Use "La France" instead.'},
        expects=(
            asks("get_capital", {"country": "France"}, took=(57, 139, 0, 124)),
            asks("get_capital", {"country": "La France"}, took=(109, 215, 0, 199)),
            Said(text="Paris", took=(142, 98, 0, 97)),
        ),
    ),
    Case(
        # Its figures come with every event and stand for all before: the last ones count.
        file="google/stream_text.yaml", card=gemini("gemini-2.0-flash-exp", streams=True, sampling="yes"),
        text=FRANCE, system=HELPFUL, temperature=0.0,
        expects=(Said(text="The capital of France is Paris.", took=(13, 8, 0, 0)),),
    ),
    Case(
        file="google/stream_tool_thought_signature.yaml", card=gemini("gemini-3-pro-preview", streams=True),
        text="What is the capital of the user country?", tools=("get_country",),
        results={"get_country": "Mexico"},
        expects=(
            asks("get_country", {}, took=(29, 212, 0, 202)),
            Said(text="The capital of Mexico is Mexico City.", took=(257, 8, 0, 0)),
        ),
    ),
    Case(
        file="google/vision_image.yaml", first=1, card=gemini("gemini-2.0-flash"), system=HELPFUL,
        text="What is this vegetable?", pictures=(potato(),),
        expects=(Said(text="That is a potato.", took=(1817, 5, 0, 0)),),
    ),
    Case(
        file="google/finish_max_tokens.yaml", card=gemini("gemini-2.5-flash", reasoning=True), text=FRANCE,
        system=HELPFUL,
        expects=(Said(text="The capital of France is", finish="length", took=(15, 5, 0, 0)),),
    ),
    Case(
        file="google/finish_max_tokens_empty_thinking.yaml", card=gemini("gemini-2.5-pro"), text=FRANCE,
        system=HELPFUL,
        expects=(Said(finish="length", took=(15, 2, 0, 2)),),
    ),
    Case(
        file="google/finish_safety.yaml", card=gemini("gemini-1.5-flash"), text="A joke.", system="Hate.",
        expects=(Said(finish="blocked", reason="SAFETY", took=(14, 0, 0, 0)),),
    ),
    Case(
        file="google/quoted_veo_and_blocks.json", quoted="prompt_blocked_stream_event", text="...",
        card=gemini("gemini-2.5-flash", streams=True),
        expects=(Said(finish="blocked", reason="PROHIBITED_CONTENT", took=(13, 0, 0, 0)),),
    ),
    Case(
        file="google/error_404_model.yaml", card=gemini("gemini-3.6-flahs"), text="hello",
        expects=(Failed(error=ModelUnknown, kind="invalid", says="models/gemini-3.6-flahs is not found"),),
    ),
    Case(
        file="google/error_429_retry_info.json", card=gemini("gemini-2.5-flash"), text="hello",
        expects=(
            Failed(
                error=ProviderBusy, kind="throttled", says="You exceeded your current quota",
                details={"retry_after_s": 34.4},
            ),
        ),
    ),
    # One array instead of events is what Google says to a request without alt=sse, which ours has: whoever
    # answers us so is in between, and it was an answer that nobody can read.
    *(
        Case(
            file=f"google/{name}.yaml", shape=shape,
            card=gemini("gemini-flash-latest", streams=True), text="Name a pelican.",
            expects=(
                Failed(error=ProviderTimeout, kind="ambiguous", says="Failed to parse", charged=True),
            ),
        )
        for name, shape in (("stream_async_gzip", None), ("nested_pydantic_schema", Customer))
    ),
]  # fmt: skip
