"""`analyze_error` and `search_documentation`: what is known of a failure, for whoever words it (S1-14)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from nodes.agents.functions import ANALYZE_ERROR, SEARCH_DOCUMENTATION, ErrorArguments, SearchArguments
from state.writing import FallbackAdvice, FallbackInput
from tools.models.base import Tool
from tools.models.offline.advice import compose_advice, failure_kind

DocumentationSearch = Callable[[str, str], Awaitable[list[str]]]
"""Query and model id in, excerpts out; empty when nothing was found or the search is off."""
MENDED = ("fix_validation", "fix_provider_error")
"""Actions whose known failures have a fixed answer; a person's complaint is answered freely."""
NOT_FIXED = ("unknown", "complaint")


def fallback_tools(input: FallbackInput, search: DocumentationSearch | None) -> Sequence[Tool]:
    """The tools for one failure. Without a search, documentation is not offered."""

    async def analysed(asked: ErrorArguments) -> Mapping[str, Any]:
        said = asked.context.get("modelId")
        model = {"modelId": said} if isinstance(said, str) and "modelId" not in input.context else {}
        advice = compose_advice(
            input.model_copy(
                update={
                    "error_code": asked.errorCode,
                    "errors": [asked.errorMessage] if asked.errorMessage else input.errors,
                    "context": {**input.context, **model},
                }
            )
        )
        return advice.model_dump(mode="json", exclude={"userMessage", "needsInternetSearch"})

    offered = [ANALYZE_ERROR.tool(analysed)]
    if search is not None:
        offered.append(
            SEARCH_DOCUMENTATION.tool(_looking_up(search, str(input.context.get("modelId") or "")))
        )
    return offered


def _looking_up(
    search: DocumentationSearch, model_id: str
) -> Callable[[SearchArguments], Awaitable[Mapping[str, Any]]]:
    async def found(asked: SearchArguments) -> Mapping[str, Any]:
        return {"results": await search(asked.query, asked.modelId or model_id)}

    return found


def fixed_advice(input: FallbackInput, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """A known failure's fixed answer in the model's words (S1-16): its steps first, only allowed values."""
    kind = failure_kind(input)
    if input.action not in MENDED or kind in NOT_FIXED:
        return answer
    fixed = compose_advice(input)
    told = answer.get("errorAnalysis")
    analysis = dict(told) if isinstance(told, Mapping) else {}
    analysis |= {
        "type": fixed.errorAnalysis.type, "affectedComponent": fixed.errorAnalysis.affectedComponent,
    }  # fmt: skip
    more = answer.get("suggestedActions")
    more = [one for one in more if isinstance(one, str)] if isinstance(more, list) else []
    return {
        **answer,
        "errorAnalysis": analysis,
        "suggestedActions": list(dict.fromkeys([*fixed.suggestedActions, *more])),
        "parameters": _parameters(input, fixed, answer.get("parameters")),
        "prompt": answer.get("prompt") or fixed.prompt,
    }


def _parameters(input: FallbackInput, fixed: FallbackAdvice, told: object) -> dict[str, Any]:
    """The model's values where they are allowed, else those that code worked out."""
    allowed = input.context.get("allowed")
    choices = allowed if isinstance(allowed, Mapping) else {}
    named = told if isinstance(told, Mapping) else {}
    good = {name: one for name, one in named.items() if one in choices.get(name, [])}
    return {**fixed.parameters, **good}
