"""What POST /v1/responses takes as its input: messages, calls of tools and what they brought."""

from collections.abc import Mapping
from typing import Any

from tests.standins.model_vendors.errors import openai_error
from tests.standins.model_vendors.models import Model
from tests.standins.model_vendors.openai_messages import check_picture, check_tool_name
from tests.standins.model_vendors.openai_strict import check_object, check_strict
from tests.standins.model_vendors.talk import Tool, ToolCall, Turn

PARTS = (
    "'input_text', 'input_image', 'output_text', 'refusal', 'input_file', 'computer_screenshot', and "
    "'summary_text'"
)  # fmt: skip
Item = Mapping[str, Any]


def conversation(items: Any, instructions: str | None, model: Model) -> tuple[str, tuple[Turn, ...]]:
    """What the system said, and the turns. Raises `Rejected`."""
    if items is None:
        raise openai_error(
            400, "Missing required parameter: 'input'.", param="input", code="missing_required_parameter"
        )
    if isinstance(items, str):
        items = [{"role": "user", "content": items}]
    _check_calls_answered(items)
    system, turns = [instructions or ""], []
    for number, item in enumerate(items):
        if item.get("role") in ("system", "developer"):
            system.append(_words(item, number, model)[0])
        elif (turn := _turn(item, number, model)) is not None:
            turns.append(turn)
    return "\n".join(filter(None, system)), tuple(turns)


def _turn(item: Item, number: int, model: Model) -> Turn | None:
    match item.get("type", "message"):
        case "message":
            return Turn(item["role"], *_words(item, number, model))
        case "function_call":
            return Turn("assistant", calls=(ToolCall(item["name"], item["arguments"], item["call_id"]),))
        case "function_call_output":
            output = item["output"]
            return Turn("tool", output if isinstance(output, str) else str(output))
        case "reasoning" | "item_reference":
            return None
    raise openai_error(
        400, f"Invalid value: '{item['type']}'.", param=f"input[{number}].type", code="invalid_value"
    )


def _words(item: Item, number: int, model: Model) -> tuple[str, int]:
    content = item["content"]
    if isinstance(content, str):
        return content, 0
    texts, pictures = [], 0
    for place, part in enumerate(content):
        where = f"input[{number}].content[{place}]"
        match part.get("type"):
            case "input_text" | "output_text" | "refusal":
                texts.append(part.get("text", part.get("refusal", "")))
            case "input_image":
                check_picture(part["image_url"], model, where)
                pictures += 1
            case other:
                raise openai_error(
                    400, f"Invalid value: '{other}'. Supported values are: {PARTS}.", param=where,
                    code="invalid_value",
                )  # fmt: skip
    return "".join(texts), pictures


def _check_calls_answered(items: list[Item]) -> None:
    called = [item["call_id"] for item in items if item.get("type") == "function_call"]
    answered = [item["call_id"] for item in items if item.get("type") == "function_call_output"]
    for call_id in answered:
        if call_id not in called:
            raise openai_error(
                400, f"No tool call found for function call output with call_id {call_id}.", param="input"
            )
    for call_id in called:
        if call_id not in answered:
            raise openai_error(400, f"No tool output found for function call {call_id}.", param="input")


def tools_offered(tools: Any) -> tuple[Tool, ...]:
    """The functions of a response. Raises `Rejected`, also for the tools that OpenAI itself would run."""
    offered = []
    for number, tool in enumerate(tools or []):
        if tool.get("type") != "function":
            raise openai_error(
                400, f"Hosted tool '{tool.get('type')}' is not supported with this model.", param="tools"
            )
        check_tool_name(tool.get("name"), f"tools[{number}].name")
        what, where = f"function '{tool['name']}'", f"tools[{number}].parameters"
        check = check_strict if tool.get("strict") else check_object
        check(tool.get("parameters") or {"type": "object"}, what, where, "invalid_function_parameters")
        offered.append(Tool(tool["name"], tool.get("description") or "", tool.get("parameters") or {}))
    return tuple(offered)
