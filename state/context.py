"""The knobs of one run. JSON values only: Studio and the Agent Protocol send it as JSON."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class RunContext:
    """What a producer may set per run."""

    user_id: str = field(default="local", metadata={"description": "Whose production this is."})
    review: Literal["ask", "auto"] = field(
        default="ask",
        metadata={"description": "`ask` stops at every gate, `auto` approves what was planned."},
    )
    substitution: Literal["never", "ask", "same_tier", "any"] = field(
        default="same_tier", metadata={"description": "What may stand in for an engine that fails."}
    )
    ceiling_usd: str = field(
        default="25.00", metadata={"description": "The production may never cost more than this."}
    )
    words_per_minute: int = field(
        default=150,
        metadata={"description": "How fast people speak: no shot holds more words, whoever writes it."},
    )
    max_parallel_takes: int = field(default=2, metadata={"description": "Shots made at the same time."})
    text_model: str = field(
        default="offline-writer",
        metadata={"description": "The chat model of the agents, or the offline writer."},
    )
    documentation: bool = field(
        default=True,
        metadata={
            "description": "Whether the fallback handler may look models and errors up; no network is used."
        },
    )
