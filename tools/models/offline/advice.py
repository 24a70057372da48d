"""The fallback handler's fixed answers: one per known failure, filled with the facts of the case."""

from typing import Any

from state.writing import ErrorAnalysis, FallbackAdvice, FallbackInput, Solution
from tools.models.offline.replies.reply import compose_reply
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank, shared

Parameters = dict[str, str | int | float | bool]
WITH_TIP = ("model_error",)
"""Failures whose answer has a place for what is known about the model."""


def compose_advice(input: FallbackInput) -> FallbackAdvice:
    """What happened, in plain words, and the smallest step that mends it."""
    if input.action == "answer_complaint":
        return _answered(input)
    kind, failures = failure_kind(input), shared("failures")
    answers, facts = bank(input.language)["answers"], _facts(input)
    known = documented(input)
    facts["tip"] = known or facts["tip"]
    corrections = corrected(input) if kind == "bad_parameters" else {}
    facts["corrections"] = _listed(corrections) or facts["errors"]
    words: Table = {name: str(text).format_map(facts) for name, text in answers[kind].items()}
    if kind == "too_expensive" and not facts["cheaper"]:
        words |= {name: words[f"{name}_at_the_cheapest"] for name in ("message", "immediate")}
    return FallbackAdvice(
        errorAnalysis=ErrorAnalysis(
            type=kind, rootCause=words["cause"], affectedComponent=failures[kind]["component"]
        ),
        userMessage=_spaced(
            words["message"] if kind in WITH_TIP or not known else f"{words['message']} {known}"
        ),
        solution=Solution(immediate=words["immediate"], longTerm=words["long_term"]),
        suggestedActions=_actions(kind, facts),
        needsInternetSearch=kind in ("model_error", "unknown") and "documentation" not in input.context,
        parameters=corrections or _savings(kind, input),
        prompt=milder(input.prompt) if kind == "refused" else "",
    )


def _answered(input: FallbackInput) -> FallbackAdvice:
    """A person is answered with what is known of the failure, if there is one, and of the production."""
    error = dict((input.context.get("production") or {}).get("error") or {})
    code = input.error_code or str(error.get("code") or "")
    errors = input.errors or [str(error["message"])] if error.get("message") else input.errors
    told = input.model_copy(update={"error_code": code, "errors": errors})
    kind, facts = failure_kind(told), _facts(told)
    if not input.context.get("modelId"):
        answers = bank(input.language)["answers"]
        facts |= {"model": bank(input.language)["chat"]["detail"]["model"], "tip": answers["tips"]["other"]}
    facts["corrections"] = facts["errors"]
    words: Table = bank(input.language)["answers"][kind]
    cause = facts["errors"] if kind == "unknown" and errors else words["cause"].format_map(facts)
    facts["explained"] = words["message"].format_map(facts)
    return compose_reply(told, kind=kind, cause=cause, facts=facts, known=documented(input))


def failure_kind(input: FallbackInput) -> str:
    """The known failure that a code and an action stand for.

    What kind of failure an order had says more than the provider's error that it became.
    """
    if input.action == "fix_validation":
        return "bad_parameters"
    of_order = str(input.context.get("kind") or "")
    refines = not input.error_code or input.error_code.startswith("provider_")
    for code in (of_order, input.error_code) if refines else (input.error_code, of_order):
        for kind, row in shared("failures").items():
            if code and code in row.get("codes", []):
                return kind
    return "complaint" if input.action == "answer_complaint" and not input.error_code else "unknown"


def documented(input: FallbackInput) -> str:
    """The best passage that was looked up, without its source; empty when nothing was found."""
    found = input.context.get("documentation") or []
    return re.sub(r"\s*\[[^\]]*\]$", "", str(found[0])).strip() if found else ""


def corrected(input: FallbackInput) -> Parameters:
    """Better values for the parameters that were refused.

    `context.allowed` says what is allowed; without it the values listed in the error are used.
    """
    given: dict[str, Any] = dict(input.context.get("parameters", {}))
    allowed: dict[str, list[Any]] = dict(input.context.get("allowed", {}))
    better: Parameters = {}
    for name, value in given.items():
        told = [error for error in input.errors if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", error)]
        choices = allowed.get(name) or _choices(told, value)
        if told and choices:
            better[name] = nearest_value(value, choices)
    return better


def nearest_value(value: Any, choices: list[Any]) -> Any:
    """The choice closest to a value: by number when both have one, else the first."""
    number = _number(value)
    numbered = (
        [(abs(found - number), choice) for choice in choices if (found := _number(choice)) is not None]
        if (number is not None)
        else []
    )
    return min(numbered, key=lambda pair: pair[0])[1] if numbered else choices[0]


def milder(prompt: str) -> str:
    """The prompt with the words that models refuse told in another way."""
    for word, instead in shared("failures")["milder"].items():
        prompt = re.sub(rf"(?<!\w){word}(?!\w)", instead, prompt, flags=re.IGNORECASE)
    return prompt


def _facts(input: FallbackInput) -> dict[str, str]:
    failures = shared("failures")
    model = str(input.context.get("modelId") or "wan-2.5-t2v-fast")
    tips = bank(input.language)["answers"]["tips"]
    message = str(input.context.get("message", "")).strip()
    state = bank(input.language)["answers"]["state"]
    return {
        "model": model,
        "errors": " ".join(one.rstrip(".") + "." for one in input.errors),
        "tip": tips.get(model, tips["other"]),
        "stand_in": failures["stand_ins"].get(model, "wan-2.5-t2v-fast"),
        "cheaper": str(input.context.get("cheaperModel") or _cheaper(model, input)),
        "state": state.replace("{message}", message) if message else "",
    }


def _actions(kind: str, facts: dict[str, str]) -> list[str]:
    models = {"use_stand_in": facts["stand_in"], "use_cheaper_model": facts["cheaper"]}
    return [
        f"{action}:{models[action]}" if action in models else action
        for action in shared("failures")[kind]["actions"]
        if models.get(action, "needs none")
    ]


def _cheaper(model: str, input: FallbackInput) -> str:
    """A model that makes the same for less; empty where none does."""
    resolution = dict(input.context.get("parameters") or {}).get("resolution")
    if resolution == "480p" and model.startswith("wan-"):
        return ""  # nobody else makes it so small
    return str(shared("failures")["cheaper"].get(model, ""))


def _savings(kind: str, input: FallbackInput) -> Parameters:
    resolution = dict(input.context.get("parameters", {})).get("resolution")
    return {"resolution": "720p"} if kind == "too_expensive" and resolution == "1080p" else {}


def _choices(errors: list[str], value: Any) -> list[Any]:
    """Values that an error sentence lists after a colon or the words `one of`."""
    for error in errors:
        listed = re.search(r"(?:one of|allowed|accepts?|offers?|known|choose|use)\b[^:]*?:?\s*(.+)$", error)
        found = re.findall(r"\d+:\d+|\d+p|\d+(?:\.\d+)?", listed.group(1)) if listed else []
        choices = [one for one in found if one != str(value)]
        if choices:
            return [type(value)(one) for one in choices] if isinstance(value, int | float) else choices
    return []


def _number(value: Any) -> float | None:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)p?", str(value))
    return float(found.group(1)) if found else None


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _listed(values: Parameters) -> str:
    return ", ".join(f"{name} = {value}" for name, value in values.items())
