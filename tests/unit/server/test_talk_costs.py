"""Where a talk is paid for, and where it is not."""

from typing import Any

import pytest

from server.chat.paid import talk_costs

FREE: list[dict[str, Any]] = [
    {},
    {"text_model": "offline-writer", "text_models": {"script_writer": "gpt-5"}},
    {"text_model": "gpt-5", "text_models": {"fallback_handler": "offline-writer"}},
    {"text_model": "own/llama-3.3-70b"},
    {"text_model": "nobody-knows"},
]
PAID: list[dict[str, Any]] = [
    {"text_model": "gpt-5"},
    {"text_model": "live"},
    {"text_models": {"fallback_handler": "gemini-2.5-flash"}},
    {"text_model": "own/llama-3.3-70b", "text_fallbacks": {"fallback_handler": "gpt-5"}},
]


@pytest.mark.parametrize("context", FREE)
def test_what_asks_nobody_for_money_is_free(context: dict[str, Any]):
    assert not talk_costs(context)


@pytest.mark.parametrize("context", PAID)
def test_a_model_with_a_price_is_paid(context: dict[str, Any]):
    assert talk_costs(context)
