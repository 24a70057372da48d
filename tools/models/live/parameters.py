"""What is sent beside the words: only what a model takes, in the names that LangChain's clients know.

This is the one place that makes request parameters, for every path: plain, streamed, structured, with
tools, repaired, on a fallback. A parameter that the catalogue does not allow is never in its result.
"""

import json
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from tools.models.base import Tool
from tools.models.catalog import TextModelCard
from tools.models.live.asked import Asked


def parameters_of(card: TextModelCard, asked: Asked) -> dict[str, Any]:
    """The keyword arguments of one call."""
    if card.provider == "google":
        return {**_google(card, asked), **_tools(card, asked)}
    return {**_openai(card, asked), **_tools(card, asked)}


def most_output(card: TextModelCard, asked: Asked) -> int:
    """The most tokens that the answer can be billed for: what it may say and what it may think."""
    return min(asked.max_tokens + card.thinking_tokens, card.output_tokens)


def schema_of(shape: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of a shape, a copy. It is worked out once: that takes milliseconds."""
    schema: dict[str, Any] = json.loads(_schema_text(shape))
    return schema


@lru_cache(maxsize=256)
def _schema_text(shape: type[BaseModel]) -> str:
    return json.dumps(shape.model_json_schema())


def _openai(card: TextModelCard, asked: Asked) -> dict[str, Any]:
    effort = asked.effort or card.effort
    sent: dict[str, Any] = {"max_tokens": most_output(card, asked), **_sampling(card, asked)}
    if effort is not None and card.reasoning and card.is_openais:
        sent["reasoning_effort"] = effort
    if asked.shape is not None:
        sent |= _openai_shape(card, asked.shape)
    return sent


def _openai_shape(card: TextModelCard, shape: type[BaseModel]) -> dict[str, Any]:
    if card.shape == "tool":
        return {}  # told as a tool
    told: dict[str, Any] = {"type": card.shape}
    if card.shape == "json_schema":
        told["json_schema"] = {"name": shape.__name__, "schema": schema_of(shape)}
    if card.api == "responses":
        return {"response_format": told}
    # Past LangChain's own handling: its helper raises, and forgets what was billed, where an answer is cut.
    return {"extra_body": {"response_format": told}}


def _google(card: TextModelCard, asked: Asked) -> dict[str, Any]:
    sent: dict[str, Any] = {"max_output_tokens": most_output(card, asked), **_sampling(card, asked)}
    if card.reasoning:
        sent["thinking_budget"] = card.thinking_tokens
    # Gemini answers in JSON or asks for tools, not both; while it has tools the shape stands in the prompt.
    if asked.shape is not None and not asked.tools and card.shape != "tool":
        sent |= {
            "response_mime_type": "application/json",
            "response_json_schema": schema_of(asked.shape),
        }
    return sent


def _sampling(card: TextModelCard, asked: Asked) -> dict[str, Any]:
    if not card.takes_sampling(asked.effort or card.effort):
        return {}
    wanted = {"temperature": asked.temperature, "top_p": asked.top_p}
    return {name: value for name, value in wanted.items() if value is not None}


def _tools(card: TextModelCard, asked: Asked) -> dict[str, Any]:
    offered = [as_function(tool) for tool in asked.tools]
    if card.provider == "google":
        offered = [_without_open_objects(one) for one in offered]
    if card.shape != "tool" or asked.shape is None:
        return {"tools": offered} if offered else {}
    # The answer itself is a function: forced where there is no other, else the model must call one of them.
    answer = _answer_function(asked.shape)
    return {"tools": [*offered, answer], "tool_choice": "required" if offered else _alone(card, answer)}


def _alone(card: TextModelCard, answer: dict[str, Any]) -> dict[str, Any] | str:
    """That this function must be called; LangChain's client for Google takes its bare name."""
    name: str = answer["function"]["name"]
    return name if card.provider == "google" else {"type": "function", "function": {"name": name}}


def _answer_function(shape: type[BaseModel]) -> dict[str, Any]:
    told = {
        "name": shape.__name__,
        "description": "Give the answer.",
        "parameters": schema_of(shape),
    }
    return {"type": "function", "function": told}


def as_function(tool: Tool) -> dict[str, Any]:
    """A tool as OpenAI's wire names it; LangChain translates it for the others."""
    told = {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)}
    return {"type": "function", "function": told}


def _without_open_objects(schema: Any) -> Any:
    """Gemini refuses an object that names no properties; there it is asked for as JSON in a string."""
    if isinstance(schema, list):
        return [_without_open_objects(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "object" and not schema.get("properties"):
        told = f"{schema.get('description', '')} As a JSON object in a string.".strip()
        return {"type": "string", "description": told}
    return {name: _without_open_objects(value) for name, value in schema.items()}
