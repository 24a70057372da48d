"""Which fields OpenAI takes from whom, and the words with which it refuses the others."""

from collections.abc import Mapping
from typing import Any

from tests.standins.model_vendors.errors import Rejected, openai_error
from tests.standins.model_vendors.models import Model

CHAT = {
    "audio", "frequency_penalty", "function_call", "functions", "logit_bias", "logprobs",
    "max_completion_tokens",
    "max_tokens", "messages", "metadata", "modalities", "model", "moderation", "n", "parallel_tool_calls",
    "prediction", "presence_penalty", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention",
    "reasoning_effort", "response_format", "safety_identifier", "seed", "service_tier", "stop", "store",
    "stream",
    "stream_options", "temperature", "tool_choice", "tools", "top_logprobs", "top_p", "user", "verbosity",
    "web_search_options",
}  # fmt: skip
RESPONSES = {
    "access_programs", "background", "context_management", "conversation", "include", "input", "instructions",
    "max_output_tokens", "max_tool_calls", "metadata", "model", "moderation", "parallel_tool_calls",
    "previous_response_id", "prompt", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention",
    "reasoning", "safety_identifier", "service_tier", "store", "stream", "stream_options", "temperature",
    "text",
    "tool_choice", "tools", "top_logprobs", "top_p", "truncation", "user",
}  # fmt: skip
RANGES = {
    "temperature": (0, 2), "top_p": (0, 1), "presence_penalty": (-2, 2), "frequency_penalty": (-2, 2),
    "top_logprobs": (0, 20),
}  # fmt: skip
NOT_FOR_REASONERS = (
    "top_p",
    "presence_penalty",
    "frequency_penalty",
    "logprobs",
    "top_logprobs",
    "logit_bias",
)
LEAST_RESPONSE = 16


def unsupported(param: str, more: str = "", code: str | None = "unsupported_parameter") -> Rejected:
    message = f"Unsupported parameter: '{param}' is not supported with this model.{more}"
    return openai_error(400, message, param=param, code=code)


def check_ranges(body: Mapping[str, Any]) -> None:
    """Raise for a number that is none, or out of its range."""
    for name, (least, most) in RANGES.items():
        value = body.get(name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise openai_error(
                400, f"Invalid type for '{name}': expected a decimal, but got a string instead.",
                param=name, code="invalid_type",
            )  # fmt: skip
        if value < least:
            raise _beyond(name, "below minimum", ">=", least, value)
        if value > most:
            raise _beyond(name, "above maximum", "<=", most, value)


def _beyond(name: str, side: str, sign: str, bound: float, value: float) -> Rejected:
    kind = "integer" if name == "top_logprobs" else "decimal"
    return openai_error(
        400, f"Invalid '{name}': {kind} {side} value. Expected a value {sign} {bound}, but got {value} "
        "instead.",
        param=name, code=f"{kind}_{'below_min' if sign == '>=' else 'above_max'}_value",
    )  # fmt: skip


def check_sampling(body: Mapping[str, Any], model: Model, effort: str | None, *, chat: bool) -> None:
    """Raise for what a model that reasons does not take."""
    free = model.sampling == "always" or (
        model.sampling == "with_effort_none" and (effort or model.effort) == "none"
    )
    if free:
        return
    temperature = body.get("temperature")
    if temperature is not None and (not chat or model.sampling == "refused"):
        raise unsupported("temperature", code="unsupported_parameter" if chat else None)
    if temperature not in (None, 1):
        raise openai_error(
            400, f"Unsupported value: 'temperature' does not support {temperature} with this model. "
            "Only the default (1) value is supported.", param="temperature", code="unsupported_value",
        )  # fmt: skip
    for name in NOT_FOR_REASONERS:
        if body.get(name) is not None:
            raise unsupported(name, code="unsupported_parameter" if chat else None)


def check_effort(effort: Any, model: Model, param: str) -> None:
    """Raise for an effort that this model does not know."""
    if effort is None:
        return
    if not model.reasons:
        if param == "reasoning_effort":
            raise openai_error(400, "Unrecognized request argument supplied: reasoning_effort")
        raise unsupported(param)
    if effort not in model.efforts:
        raise unsupported_value(param, effort, model.efforts)


def check_verbosity(verbosity: Any, model: Model, param: str) -> None:
    known = ("low", "medium", "high") if model.id.startswith("gpt-5") and model.reasons else ("medium",)
    if verbosity is not None and verbosity not in known:
        raise unsupported_value(param, verbosity, known)


def unsupported_value(param: str, value: Any, known: tuple[str, ...]) -> Rejected:
    *most, last = [f"'{one}'" for one in known]
    listed = f"{', '.join(most)}, and {last}" if len(most) > 1 else " and ".join([*most, last])
    return openai_error(
        400, f"Unsupported value: '{param}' does not support '{value}' with this model. "
        f"Supported values are: {listed}.", param=param, code="unsupported_value",
    )  # fmt: skip


def check_limit(value: Any, model: Model, param: str) -> None:
    """Raise for more words than the model has, or none."""
    if value is None:
        return
    least = LEAST_RESPONSE if param == "max_output_tokens" else 1
    if value < least:
        raise openai_error(
            400, f"Invalid '{param}': integer below minimum value. Expected a value >= {least}, "
            f"but got {value} instead.", param=param, code="integer_below_min_value",
        )  # fmt: skip
    if value > model.max_output:
        raise openai_error(
            400, f"max_tokens is too large: {value}. This model supports at most {model.max_output} "
            "completion "
            f"tokens, whereas you provided {value}.", param=param, code="invalid_value",
        )  # fmt: skip
