"""The house for a walk, with one voice model for all of them."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from unittest.mock import patch

import psycopg
import pytest

from server.composition import Parts
from tests.acceptance.shared_house import shared_house
from tests.acceptance.studio_lot import house
from tests.conftest import fresh_database
from tools.engines.previz import voice_process
from tools.orders import services


@pytest.fixture(scope="session")
def voice_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the voice model, which all workers of a run share; what they remember lies beside it."""
    own = tmp_path_factory.getbasetemp()
    place = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    (place / "shelf").mkdir(exist_ok=True)
    (place / "models").mkdir(exist_ok=True)
    # One voice for all houses of a worker: each takes seconds to start, and the tests fill the cores anyhow.
    with patch.object(voice_process, "_cores", return_value=1):
        voice_process.voice_processes(place / "models")
    return place / "models"


@pytest.fixture
def bare_url(empty_database_url: str) -> str:
    """An empty place: a corpus brings the schema of its own release along, and is migrated from there."""
    return empty_database_url


@pytest.fixture
def cuts_anew() -> bool:
    """Whether a house masters what was mastered before; a file of tests about masters says so."""
    return False


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Between tries nobody waits."""
    known = services.figures()
    quick = [one.model_copy(update={"first_s": 0.0}) for one in known.family]
    services.family_of.cache_clear()
    monkeypatch.setattr(services, "figures", lambda: known.model_copy(update={"family": tuple(quick)}))
    yield
    services.family_of.cache_clear()


@pytest.fixture
async def parts(
    database_url: str, tmp_path: Path, voice_models: Path, cuts_anew: bool
) -> AsyncIterator[Parts]:
    folder = tmp_path / "data"
    async with house(database_url, folder, voice_models, remembers=True, cuts_anew=cuts_anew) as opened:
        yield opened


@pytest.fixture(scope="session")
def clients_database(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    yield from fresh_database(postgres_url, postgres_admin)


@pytest.fixture(scope="session")
def house_url(
    clients_database: str, tmp_path_factory: pytest.TempPathFactory, voice_models: Path
) -> Iterator[str]:
    """Where the house answers that all stock clients share; each of them walks on threads of its own."""
    with shared_house(clients_database, tmp_path_factory.mktemp("lot") / "data", voice_models) as url:
        yield url
