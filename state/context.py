"""The knobs of one run. JSON values only: Studio and the Agent Protocol send it as JSON."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from state.tier import Tier


@dataclass(frozen=True, kw_only=True)
class RunContext:
    """What a producer may set per run."""

    user_id: str = field(default="local", metadata={"description": "Whose production this is."})
    review: Literal["ask", "auto"] = field(
        default="ask",
        metadata={
            "description": "`ask` stops at every gate, `auto` approves what was planned: auto_approve_usd."
        },
    )
    substitution: Literal["never", "ask", "same_tier", "any"] = field(
        default="same_tier", metadata={"description": "What may stand in for an engine that fails."}
    )
    stand_ins: list[str] = field(
        default_factory=list,
        metadata={"description": "Models that may stand in where `substitution` is `ask`."},
    )
    tier: Tier = field(
        default="final",
        metadata={
            "description": "`draft` has everything made by cheap models, `final` by those that were chosen. "
            "Fixed once the production has begun; a fork may have another."
        },
    )
    ceiling_usd: str = field(
        default="25.00", metadata={"description": "The production may never cost more than this."}
    )
    preproduction_usd: str = field(
        default="0.00",
        metadata={"description": "What may be bought before a quote was approved; no more than this."},
    )
    auto_approve_usd: str = field(
        default="0.00",
        metadata={
            "description": "With `review: auto`, the most that is approved unasked, all quotes together."
        },
    )
    words_per_minute: int = field(
        default=150,
        metadata={"description": "How fast people speak: no shot holds more words, whoever writes it."},
    )
    use_cache: bool = field(
        default=True,
        metadata={
            "description": "Whether what was bought for an equal order in the last seven days is used again, "
            "for nothing."
        },
    )
    chain_shots: bool = field(
        default=False,
        metadata={
            "description": "Whether each take begins with the last frame of the one before it in its scene; "
            "then they are made one after the other."
        },
    )
    force_remaster: bool = field(
        default=False,
        metadata={
            "description": "Whether panels are drawn by the finer sister of a preview's model: Flux Dev "
            "instead of Schnell. Decided with the plan; a draft has the cheap one all the same."
        },
    )
    upscale_from: Literal["", "480p", "540p", "720p"] = field(
        default="",
        metadata={
            "description": "The resolution of clips whose approved takes an upscaling model makes as large "
            "as the film; empty for none. Decided with the plan; never in a draft."
        },
    )
    locked: list[str] = field(
        default_factory=list,
        metadata={
            "description": "Shots, as `2A`, whose panel, take and lines are not made again. Set by "
            "`greenlight scenes lock`; no run takes a lock away for itself."
        },
    )
    cut_on_beat: bool = field(
        default=False,
        metadata={
            "description": "Whether cuts inside scenes move to beats of the music, by half a second at most: "
            "as far as lines and takes allow."
        },
    )
    ai_label: Literal["", "start", "whole"] = field(
        default="",
        metadata={
            "description": "Whether `Made with AI` stands in a corner of the picture, in the film's "
            "language: at its start or for the whole film. Never where no trained model made any of it."
        },
    )
    max_parallel_takes: Annotated[int, Field(ge=1, le=10)] = field(
        default=5,
        metadata={
            "description": "Shots of a scene that are made at the same time; the next one is ordered as soon "
            "as one of these is made."
        },
    )
    text_model: str = field(
        default="offline-writer",
        metadata={
            "description": "The model of all agents: `offline-writer`, a model's id, or `live` for each "
            "role's own."
        },
    )
    text_models: dict[str, str] = field(
        default_factory=dict,
        metadata={"description": 'Another model for a role: `{"script_writer": "gpt-5"}`.'},
    )
    text_fallbacks: dict[str, str] = field(
        default_factory=dict,
        metadata={"description": "By role: the model that answers when the role's own cannot be had."},
    )
    text_allowance_usd: str = field(
        default="2.00", metadata={"description": "All text of the production may never cost more than this."}
    )
    documentation: bool = field(
        default=True,
        metadata={
            "description": "Whether the fallback handler may look models and errors up; no network is used."
        },
    )
