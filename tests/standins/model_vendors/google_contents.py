"""The conversation of a Gemini request: turns, pictures, calls of functions and their signatures."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from tests.standins.model_vendors.errors import Rejected, google_error
from tests.standins.model_vendors.talk import Tool, ToolCall, Turn

PICTURES = ("image/png", "image/jpeg", "image/webp", "image/heic", "image/heif")
OTHERS = ("application/pdf", "audio/", "video/", "text/plain")
WORDS_FOR_NONE = ("skip_thought_signature_validator", "context_engineering_is_the_way_to_go")
Content = Mapping[str, Any]


def invalid(message: str) -> Rejected:
    return google_error(400, "INVALID_ARGUMENT", message)


def turns_of(contents: list[Content] | None) -> tuple[Turn, ...]:
    """The turns. Raises `Rejected`."""
    if not contents:
        raise invalid("* GenerateContentRequest.contents: contents is not specified\n")
    for content in contents:
        if content.get("role", "user") not in ("user", "model", "function"):
            raise invalid("Please use a valid role: user, model.")
    _check_answered(contents)
    return tuple(turn for content in contents for turn in _turns(content))


def words_of(content: Content | None) -> str:
    return "\n".join(part.get("text", "") for part in (content or {}).get("parts", []))


def _turns(content: Content) -> list[Turn]:
    parts = content.get("parts") or []
    if not parts:
        raise invalid("* GenerateContentRequest.contents.parts: contents.parts must not be empty.\n")
    brought = [part["functionResponse"] for part in parts if "functionResponse" in part]
    turns = [Turn("tool", str(one.get("response", {}))) for one in brought]
    text = "".join(part.get("text", "") for part in parts if not part.get("thought"))
    calls = tuple(
        ToolCall(call["name"], call.get("args") or {}, call.get("id", "")) for call in _calls(content)
    )
    pictures = sum(map(_picture, parts))
    if text or calls or pictures or not brought:
        turns.append(Turn("assistant" if content.get("role") == "model" else "user", text, pictures, calls))
    return turns


def _picture(part: Mapping[str, Any]) -> int:
    if "fileData" in part:
        return 1
    if "inlineData" not in part:
        return 0
    kind, data = part["inlineData"].get("mimeType", ""), part["inlineData"].get("data", "")
    if kind not in PICTURES and not kind.startswith(OTHERS):
        raise invalid(f"Unsupported MIME type: {kind}")
    try:
        base64.b64decode(standard(data), validate=True)
    except binascii.Error:
        raise invalid("Invalid value at 'contents[0].parts[0].inline_data.data' (TYPE_BYTES), Base64 "
        "decoding failed for "
                      f'"{data[:20]}"') from None  # fmt: skip
    return 1


def standard(text: str) -> str:
    """Base64 in its usual alphabet: Google takes the one for addresses, too."""
    return text.replace("-", "+").replace("_", "/")


def _calls(content: Content) -> list[Mapping[str, Any]]:
    return [part["functionCall"] for part in content.get("parts") or [] if "functionCall" in part]


def _check_answered(contents: list[Content]) -> None:
    for content, after in zip(contents, [*contents[1:], None], strict=True):
        calls = len(_calls(content))
        brought = [part for part in (after or {}).get("parts", []) if "functionResponse" in part]
        if calls and len(brought) != calls:
            raise invalid(
                "Please ensure that the number of function response parts is equal to the number of "
                "function call "
                "parts of the function call turn."
            )


def check_signatures(contents: list[Content], signed: set[str] | None) -> None:
    """The first call of each step of this turn must carry its signature.

    `signed` are those that were given; with None any will do.
    """
    for number, content in enumerate(contents):
        if number < _begin(contents) or not _calls(content):
            continue
        first = next(part for part in content["parts"] if "functionCall" in part)
        signature = first.get("thoughtSignature")
        if not signature:
            raise invalid(
                "Function call is missing a thought_signature in functionCall parts. This is required for "
                "tools to "
                "work correctly, and missing thought_signature may lead to degraded model performance. "
                "Additional "
                f"data, function call `default_api:{first['functionCall']['name']}` , position "
                f"{number + 1}. Please "
                "refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more details."
            )
        skips = signature in WORDS_FOR_NONE or _decoded(signature) in WORDS_FOR_NONE
        if not skips and signed is not None and standard(signature) not in signed:
            raise invalid("Corrupted thought signature.")


def _begin(contents: list[Content]) -> int:
    said = [
        number
        for number, content in enumerate(contents)
        if content.get("role", "user") == "user"
        and any("functionResponse" not in part for part in content.get("parts", []))
    ]
    return said[-1] if said else 0


def _decoded(signature: str) -> str:
    try:
        return base64.b64decode(standard(signature)).decode()
    except ValueError:
        return ""


def tools_offered(tools: list[Mapping[str, Any]]) -> tuple[Tool, ...]:
    """The functions that are declared; what Google itself would run is refused."""
    declared: list[Mapping[str, Any]] = []
    for tool in tools:
        for kind in set(tool) - {"functionDeclarations"}:
            raise invalid(f"Tool use with {kind} is unsupported by the model.")
        declared += tool.get("functionDeclarations") or []
    return tuple(
        Tool(
            one["name"],
            one.get("description", ""),
            one.get("parametersJsonSchema") or one.get("parameters") or {},
        )
        for one in declared
    )


def choice_of_tool(config: Mapping[str, Any], tools: tuple[Tool, ...]) -> str:
    """`auto`, `none`, `required` or the one function that must be called. Raises `Rejected`."""
    calling = config.get("functionCallingConfig") or {}
    if calling and not tools:
        raise invalid("Function calling config is set without function_declarations.")
    mode, allowed = str(calling.get("mode", "AUTO")).upper(), calling.get("allowedFunctionNames") or []
    if allowed and mode not in ("ANY", "VALIDATED"):
        raise invalid("Please set allowed_function_names only when function calling mode is ANY.")
    for name in allowed:
        if name not in [tool.name for tool in tools]:
            raise invalid(f"allowed_function_names contains a function that is not declared: {name}.")
    if mode != "ANY":
        return "none" if mode == "NONE" else "auto"
    return allowed[0] if len(allowed) == 1 else "required"
