"""A place with a database of its own, keys of all providers, and the stand-ins of all of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from server.accounts.visitor import LOCAL_USER
from server.trials.asked import KINDS, Kind
from server.trials.book import State, Trial
from server.trials.plan import Line, Plan, plan_of, read_provider, read_spend
from server.trials.trials import Trials, open_trials
from state.errors import GreenlightError
from tests.standins.job_vendors import JobVendors, job_vendors_here
from tests.standins.model_vendors import Vendors, model_vendors_here
from tools.registry import Toolbox
from tools.settings import Settings


@dataclass
class Stalls:
    """Everybody who sells, by their own books."""

    jobs: JobVendors
    models: Vendors

    def posts(self, provider: str) -> int:
        """Orders that may cost, as they arrived there; looking and uploading are none."""
        if provider in ("replicate", "fal"):
            return len(self.jobs.books.orders(provider))
        return len([post for post in self.models.books.posts() if post.vendor == provider])

    def micro_usd(self, provider: str) -> int:
        books = self.jobs.books if provider in ("replicate", "fal") else self.models.books
        return books.micro_usd(provider)

    def settings(self, folder: Path, url: str | None, **more: Any) -> Settings:
        told = {
            "replicate_api_token": self.jobs.replicate.key, "replicate_base_url": self.jobs.replicate.url,
            "fal_key": self.jobs.fal.key, "fal_base_url": self.jobs.fal.url,
            "openai_api_key": self.models.openai.key, "openai_base_url": f"{self.models.openai.url}/v1",
            "google_api_key": self.models.google.key, "google_base_url": self.models.google.url,
            "deepseek_api_key": self.models.deepseek.key, "deepseek_base_url": self.models.deepseek.url,
            "lease_ttl_s": 1.0, "link_secret": "a-secret-for-the-tests-of-trials",
        }  # fmt: skip
        return Settings.model_validate({"data_dir": folder, "database_url": url, **told, **more})

    def env(self, folder: Path, url: str) -> dict[str, str]:
        """The same for the command."""
        return {
            "REPLICATE_API_TOKEN": self.jobs.replicate.key, "REPLICATE_BASE_URL": self.jobs.replicate.url,
            "FAL_KEY": self.jobs.fal.key, "FAL_BASE_URL": self.jobs.fal.url,
            "OPENAI_API_KEY": self.models.openai.key, "OPENAI_BASE_URL": f"{self.models.openai.url}/v1",
            "GOOGLE_API_KEY": self.models.google.key, "GOOGLE_GEMINI_BASE_URL": self.models.google.url,
            "DEEPSEEK_API_KEY": self.models.deepseek.key, "DEEPSEEK_BASE_URL": self.models.deepseek.url,
            "GREENLIGHT_DATABASE_URL": url, "GREENLIGHT_DATA_DIR": str(folder), "COLUMNS": "250",
            "GREENLIGHT_LEASE_TTL_S": "1",
        }  # fmt: skip


@dataclass
class Place:
    """One process that tries, and whatever a test holds on to."""

    stalls: Stalls
    trials: Trials
    tools: Toolbox
    heard: list[tuple[Kind, State]] = field(default_factory=list)
    errors: list[GreenlightError] = field(default_factory=list)

    def plan(self, provider: str, spend: str, *kinds: Kind) -> Plan:
        return plan_of(read_provider(provider), read_spend(spend), kinds or KINDS)

    async def hear(self, line: Line, state: State, error: GreenlightError | None) -> None:
        self.heard.append((line.kind, state))
        if error is not None:
            self.errors.append(error)

    async def run(self, provider: str, spend: str, *kinds: Kind, user_id: str = LOCAL_USER) -> Trial:
        trial, _ = await self.trials.begin(self.plan(provider, spend, *kinds), user_id=user_id)
        return await self.trials.run(trial, self.hear)


@pytest.fixture
async def stalls() -> AsyncIterator[Stalls]:
    async with job_vendors_here() as jobs, model_vendors_here() as models:
        yield Stalls(jobs, models)


@asynccontextmanager
async def a_place(stalls: Stalls, settings: Settings) -> AsyncIterator[Place]:
    async with open_trials(settings) as (trials, tools):
        yield Place(stalls, trials, tools)


@pytest.fixture
async def place(stalls: Stalls, tmp_path: Path, database_url: str) -> AsyncIterator[Place]:
    async with a_place(stalls, stalls.settings(tmp_path, database_url)) as opened:
        yield opened
