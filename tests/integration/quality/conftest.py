"""The clean masters, made once."""

import asyncio
from pathlib import Path

import pytest

from nodes.delivery.film_plan import plan_of
from tests.integration.quality.films import MAKE_UPS, make_media, render, timeline_of
from tools.quality.plan import Plan


@pytest.fixture(scope="session")
def film_media(tmp_path_factory) -> Path:
    """Takes, cards and sounds."""
    return make_media(tmp_path_factory.mktemp("film-media"))


@pytest.fixture(scope="session")
def masters(film_media, tmp_path_factory) -> dict[str, tuple[Path, Plan]]:
    """By make-up: the master and its plan."""
    folder = tmp_path_factory.mktemp("masters")
    made = {}
    for name in MAKE_UPS:
        timeline, into = timeline_of(name), folder / f"{name}.mp4"
        made[name] = (asyncio.run(render(timeline, film_media, into)), plan_of(timeline))
    return made
