"""The offline writer: a chat model that reads inputs instead of prompts and always answers the same.

Rules, grammars and word banks in English, Spanish and Brazilian Portuguese; one
composer per output model. It works with no key and no network.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel

from state.answers import PlanAnswer, SceneAnswer, ShotChange
from state.errors import ProviderMisconfigured
from state.intent import IntentAnswer, IntentInput
from state.writing import (
    CheckSceneInput,
    FallbackAdvice,
    FallbackInput,
    IntegratorReport,
    PlanSeriesInput,
    RevisedShot,
    ReviseShotInput,
    SceneDraft,
    SeriesPlan,
    WriteSceneInput,
)
from tools.models.base import UNBOOKED, Booking, ModelAnswer, Picture, PromptText, Tool
from tools.models.offline.advice import compose_advice
from tools.models.offline.intent import compose_intent
from tools.models.offline.plan import compose_plan
from tools.models.offline.report import compose_report
from tools.models.offline.revision import compose_revision
from tools.models.offline.scene import compose_scene

COMPOSERS: dict[type[BaseModel], tuple[type[BaseModel], Callable[[Any], BaseModel]]] = {
    SeriesPlan: (PlanSeriesInput, compose_plan),
    SceneDraft: (WriteSceneInput, compose_scene),
    IntegratorReport: (CheckSceneInput, compose_report),
    FallbackAdvice: (FallbackInput, compose_advice),
    RevisedShot: (ReviseShotInput, compose_revision),
    # Who is asked for a part gives the whole: there is nothing left to add to it.
    PlanAnswer: (PlanSeriesInput, compose_plan),
    SceneAnswer: (WriteSceneInput, compose_scene),
    ShotChange: (ReviseShotInput, compose_revision),
    IntentAnswer: (IntentInput, compose_intent),
}
"""What is asked for, to the input it is composed from and its composer."""


class OfflineWriter:
    """Answers every known question without a model, at no cost, the same every time."""

    name = "offline-writer"
    provider = "offline"

    async def answer(
        self,
        prompt: PromptText,
        *,
        output: type[BaseModel],
        input: BaseModel,
        temperature: float,
        max_tokens: int,
        tools: Sequence[Tool] = (),
        pictures: Sequence[Picture] = (),
        booking: Booking = UNBOOKED,
    ) -> ModelAnswer:
        """Compose the answer. Temperature, limits, tools and pictures mean nothing to rules; nobody is paid.

        Raises:
            ProviderMisconfigured: no composer knows this question.
        """
        wanted, compose = COMPOSERS.get(output, (None, None))
        if wanted is None or compose is None or not isinstance(input, wanted):
            raise ProviderMisconfigured(
                f"The offline writer has no composer from {type(input).__name__} to {output.__name__}.",
                model=self.name,
                kind="invalid",
            )
        # In a thread: the word banks are files, and composing takes its time.
        composed = await asyncio.to_thread(compose, input)
        return ModelAnswer(content=composed.model_dump(mode="json"), provider=self.provider, model=self.name)
