"""Options that say who writes: the knobs of a start's `context`, refused by the names that were typed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from server import briefs
from server.deps import LOCAL_USER
from server.runs.amounts import ceiling_micros
from state.errors import BriefIncomplete, BriefRefused
from tools.models.catalog import OFFLINE, OWN_SERVER, text_models
from tools.models.choose import LIVE
from tools.models.roles import roles_of

MODELS = ", ".join([OFFLINE, f"{LIVE} (each role's own)", *(card.id for card in text_models())])
ROLES = ", ".join(roles_of("novela"))
Model = Annotated[
    str | None,
    typer.Option(
        "--text-model",
        metavar="MODEL",
        help=f"Who writes: {MODELS}, or {OWN_SERVER}NAME on a server of your own."
        f" All but {OFFLINE} need a key, and tokens cost.",
    ),
]
Roles = Annotated[
    list[str] | None,
    typer.Option(
        "--text-role", metavar="ROLE=MODEL", help=f"Another model for a role ({ROLES}); may be repeated."
    ),
]
Fallbacks = Annotated[
    list[str] | None,
    typer.Option(
        "--text-fallback",
        metavar="ROLE=MODEL",
        help="The model that answers when the role's own cannot be had; may be repeated.",
    ),
]
Allowance = Annotated[
    str | None,
    typer.Option(
        "--text-allowance",
        metavar="USD",
        help="All text may never cost more, in US dollars; 2.00 unless said.",
    ),
]
WORDS = {
    "context.text_models.": "--text-role ",
    "context.text_fallbacks.": "--text-fallback ",
    "context.text_allowance_usd": "--text-allowance",
    "context.text_model": "--text-model",
    "context.stand_ins": "--stand-in",
    "context.substitution": "--substitution",
    "premiumSeconds": "--premium-seconds",
    "seconds": "SECONDS",
}
"""What a person typed for a field of the context, or of an estimate."""


def text_knobs(
    model: str | None, roles: list[str] | None, fallbacks: list[str] | None, allowance: str | None
) -> dict[str, Any]:
    """The knobs that were said; what was not, is left to the defaults.

    Raises:
        BriefIncomplete: a pair is none.
    """
    said = {
        "text_model": model,
        "text_models": _pairs("--text-role", roles),
        "text_fallbacks": _pairs("--text-fallback", fallbacks),
        "text_allowance_usd": allowance,
    }
    return {name: value for name, value in said.items() if value is not None}


def check_knobs(graph: str, context: dict[str, Any]) -> None:
    """See whether a start may have this context.

    Raises:
        BriefIncomplete, BriefRefused: it may not; the option is named.
    """
    with named_as_typed():
        briefs.check_text_models(graph, briefs.read_context(context, user_id=LOCAL_USER))
        ceiling_micros(context)


@contextmanager
def named_as_typed(options: Mapping[str, str] = WORDS) -> Iterator[None]:
    """Refusals of a context, a brief or an estimate name what was typed instead of the fields."""
    try:
        yield
    except (BriefIncomplete, BriefRefused) as error:
        fields = [{**one, "field": _typed(one["field"], options)} for one in error.details.get("fields", [])]
        details = {**error.details, "fields": fields} if fields else error.details
        said = _typed(error.message, options)
        raise type(error)(said, user_action=error.user_action, details=details) from error


def _typed(words: str, options: Mapping[str, str]) -> str:
    for field, option in options.items():
        if words.startswith(field):
            return option + words.removeprefix(field)
    return words


def _pairs(option: str, given: list[str] | None) -> dict[str, str] | None:
    if not given:
        return None
    pairs = dict[str, str]()
    for one in given:
        role, sign, model = (part.strip() for part in one.partition("="))
        problem = "is no ROLE=MODEL" if not (role and sign and model) else "names its role twice"
        if role in pairs or not (role and sign and model):
            raise BriefIncomplete(
                f"{option} {one}: {problem}", user_action=f"Say {option} ROLE=MODEL once for a role: {ROLES}."
            )
        pairs[role] = model
    return pairs
