"""What our requests hold beside what the recorded clients sent: each difference is somebody's decision."""

import json
from typing import Any

import pytest

from tests.integration.models.all_cases import CASES, quoted, recorded
from tests.integration.models.cases import Case, play
from tests.standins.cassette_player import playing

LIMIT = "Without a limit a call could not be reserved for."
OURS = {
    "chat": {"max_completion_tokens": LIMIT},
    "responses": {"max_output_tokens": LIMIT, "stream": "LangChain always says it; false is the default."},
    "gemini": {
        "generationConfig.maxOutputTokens": LIMIT,
        "generationConfig.candidateCount": "LangChain's; one is the default.",
        "generationConfig.responseJsonSchema": "The schema under the name that takes all of JSON Schema.",
        "safetySettings": "LangChain's, and empty: what Google blocks by default.",
    },
    "deepseek": {"max_tokens": LIMIT},
}
"""Fields that we send and the recorded client did not, with why."""
THEIRS = {
    "chat": {
        "n": "One answer is the default.",
        "tool_choice": "`auto` is the default.",
    },
    "responses": {
        "background": "We wait on the line.",
        "include": "Reasoning in sealed form, for histories that the vendor does not keep.",
        "instructions": "Empty there; our first message says who the agent is.",
        "moderation": "What is blocked is the vendor's own policy.",
        "reasoning": "Its context over turns; the effort we send where a card names one.",
        "text": "How wordy it is, said by our prompts.",
        "tool_choice": "`auto` is the default.",
    },
    "gemini": {
        "generationConfig.responseModalities": "Text is the default.",
        "generationConfig.responseSchema": "The older name, which takes a part of JSON Schema.",
        "generationConfig.thinkingConfig": "Thoughts that are shown; how long they are, we send by the card.",
    },
    "deepseek": {"n": "One answer is the default."},
}
"""Fields that it sent and we do not."""


def dialect(case: Case) -> str:
    if case.card.provider == "google":
        return "gemini"
    return case.card.api if case.card.provider == "openai" else "deepseek"


def fields(body: Any) -> set[str]:
    """The names at the top, and those of Gemini's settings, as the documentation spells them."""
    told = {_camel(name) if "contents" in body else name: value for name, value in body.items()}
    settings = told.pop("generationConfig", {})
    return {*told, *(f"generationConfig.{_camel(name)}" for name in settings)}


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


async def differences(wanted: str) -> tuple[set[str], set[str]]:
    ours, theirs = set[str](), set[str]()
    for case in CASES:
        if dialect(case) != wanted:
            continue
        async with playing(case.file, *quoted(case)) as player:
            await play(case, player)
        for sent, exchange in zip(player.bodies(), recorded(case), strict=True):
            if exchange.sent:
                ours |= fields(sent) - fields(json.loads(exchange.sent))
                theirs |= fields(json.loads(exchange.sent)) - fields(sent)
    return ours, theirs


@pytest.mark.parametrize("wanted", OURS)
async def test_every_difference_is_known(wanted: str):
    ours, theirs = await differences(wanted)

    assert ours == set(OURS[wanted])
    assert theirs == set(THEIRS[wanted])
