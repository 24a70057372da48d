"""The conversation of a chat completion, as OpenAI and DeepSeek take it."""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any

from tests.standins.model_vendors.errors import openai_error
from tests.standins.model_vendors.models import Model
from tests.standins.model_vendors.talk import Tool, ToolCall, Turn

PICTURE = re.compile(r"data:image/(png|jpeg|jpg|gif|webp);base64,(.*)", re.DOTALL)
ROLES = ("system", "developer", "user", "assistant", "tool", "function")
NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
Message = Mapping[str, Any]


def conversation(messages: Any, model: Model) -> tuple[str, tuple[Turn, ...]]:
    """What the system said, and the turns. Raises `Rejected`."""
    if not isinstance(messages, list) or not messages:
        raise openai_error(400, "Missing required parameter: 'messages'.", param="messages",
                           code="missing_required_parameter")  # fmt: skip
    for number, message in enumerate(messages):
        _check_role(message, number, model)
    _check_tools_answered(messages)
    system = [_words(one, number, model)[0] for number, one in enumerate(messages) if _of_system(one)]
    turns = tuple(_turn(one, number, model) for number, one in enumerate(messages) if not _of_system(one))
    return "\n".join(system), turns


def _of_system(message: Message) -> bool:
    return message["role"] in ("system", "developer")


def _check_role(message: Message, number: int, model: Model) -> None:
    role, where = message.get("role"), f"messages[{number}].role"
    if role not in ROLES:
        wanted = ", ".join(f"'{one}'" for one in ("system", "assistant", "user", "function", "tool"))
        raise openai_error(
            400, f"Invalid value: '{role}'. Supported values are: {wanted}, and 'developer'.",
            param=where, code="invalid_value",
        )  # fmt: skip
    if model.roles and role not in model.roles:
        raise openai_error(
            400, f"Unsupported value: '{where}' does not support '{role}' with this model.",
            param=where, code="unsupported_value",
        )  # fmt: skip


def _check_tools_answered(messages: list[Message]) -> None:
    open_calls: list[str] = []
    for number, message in enumerate(messages):
        if message["role"] == "tool":
            if message.get("tool_call_id") not in open_calls:
                raise openai_error(
                    400, "Invalid parameter: messages with role 'tool' must be a response to a preceeding "
                    "message with 'tool_calls'.", param=f"messages.[{number}].role",
                )  # fmt: skip
            open_calls.remove(message["tool_call_id"])
            continue
        _check_none_open(open_calls, number - 1)
        open_calls = [call["id"] for call in message.get("tool_calls") or []]
    _check_none_open(open_calls, len(messages) - 1)


def _check_none_open(open_calls: list[str], number: int) -> None:
    if open_calls:
        raise openai_error(
            400, "An assistant message with 'tool_calls' must be followed by tool messages responding to "
            "each "
            f"'tool_call_id'. The following tool_call_ids did not have response messages: "
            f"{', '.join(open_calls)}",
            param=f"messages.[{number}].role",
        )  # fmt: skip


def _turn(message: Message, number: int, model: Model) -> Turn:
    text, pictures = _words(message, number, model)
    calls = [
        ToolCall(call["function"]["name"], call["function"]["arguments"], call["id"])
        for call in message.get("tool_calls") or []
    ]
    role: Any = "tool" if message["role"] == "function" else message["role"]
    return Turn(role, text, pictures, tuple(calls))


def _words(message: Message, number: int, model: Model) -> tuple[str, int]:
    content = message.get("content")
    if content is None and (message.get("tool_calls") or message.get("refusal")):
        return message.get("refusal") or "", 0
    if isinstance(content, str):
        return content, 0
    if not isinstance(content, list):
        got = "null" if content is None else "an object"
        raise openai_error(
            400, f"Invalid value for 'content': expected a string, got {got}.",
            param=f"messages.[{number}].content",
        )  # fmt: skip
    texts, pictures = [], 0
    for place, part in enumerate(content):
        if part.get("type") == "image_url":
            check_picture(part["image_url"]["url"], model, f"messages.[{number}].content.[{place}].type")
            pictures += 1
        elif part.get("type") in ("text", "refusal"):
            texts.append(part[part["type"]])
        else:
            raise openai_error(
                400, f"Invalid value: '{part.get('type')}'. Supported values are: 'text', 'image_url', "
                "'input_audio', 'refusal', 'audio', and 'file'.",
                param=f"messages[{number}].content[{place}].type", code="invalid_value",
            )  # fmt: skip
    return "".join(texts), pictures


def check_picture(url: str, model: Model, where: str) -> None:
    """A picture of the web, or one in the request that is really base64. Raises `Rejected`."""
    if not model.sees:
        raise openai_error(
            400, "Invalid content type. image_url is only supported by certain models.", param=where
        )
    if url.startswith(("https://", "http://")):
        return
    read = PICTURE.fullmatch(url)
    try:
        base64.b64decode(read[2] if read else "!", validate=True)
    except binascii.Error:
        raise openai_error(
            400, "You uploaded an unsupported image. Please make sure your image has of one the following "
            "formats: ['png', 'jpeg', 'gif', 'webp'].", code="invalid_image_format",
        ) from None  # fmt: skip


def tools_offered(tools: Any) -> tuple[Tool, ...]:
    """The tools of a chat completion. Raises `Rejected`."""
    offered = []
    for number, tool in enumerate(tools or []):
        function = tool.get("function") or {}
        check_tool_name(function.get("name"), f"tools[{number}].function.name")
        parameters = function.get("parameters") or {"type": "object", "properties": {}}
        offered.append(Tool(function["name"], function.get("description") or "", parameters))
    return tuple(offered)


def check_tool_name(name: Any, where: str) -> None:
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise openai_error(
            400, f"Invalid '{where}': string does not match pattern. Expected a string that matches the "
            "pattern "
            "'^[a-zA-Z0-9_-]+$'.", param=where, code="invalid_value",
        )  # fmt: skip


def choice_of_tool(choice: Any, tools: tuple[Tool, ...]) -> str:
    """`auto`, `none`, `required` or a tool's name. Raises `Rejected`."""
    if choice is None:
        return "auto"
    if not tools:
        raise openai_error(
            400, "'tool_choice' is only allowed when 'tools' are specified.", param="tool_choice"
        )
    if isinstance(choice, str):
        if choice not in ("auto", "none", "required"):
            raise openai_error(
                400, f"Invalid value: '{choice}'. Supported values are: 'none', 'auto', and 'required'.",
                param="tool_choice", code="invalid_value",
            )  # fmt: skip
        return choice
    name = str((choice.get("function") or choice).get("name"))
    if name not in [tool.name for tool in tools]:
        raise openai_error(400, f"Tool choice '{name}' not found in 'tools' parameter.", param="tool_choice")
    return name
