"""A backup taken while takes are bought; the original goes on buying, dies, and the copy buys nothing again.

Told by the provider's own invoices.
"""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from server.backups.restore import restore
from server.backups.settle import go_on
from server.backups.take import take_backup
from server.runs.events import Event
from tests.acceptance.faults.film_set import USER, FilmSet, film_set
from tests.conftest import fresh_database
from tools.settings import Settings

BACKUP_AT, DEATH_AT = "collect_panels", "collect_takes"
"""Steps: the panels have been ordered and are being drawn; the takes have been ordered."""


class PowerCut(Exception):
    """The original is gone, and nobody answers its gates any more."""


class CopyingCamera:
    """Watches a production: takes a backup at one step, cuts the power at a later one."""

    def __init__(self, scene: FilmSet, to: Path) -> None:
        self._scene = scene
        self._settings = settings_of(scene.folder, scene.database.url)
        self.file = to
        self.bought_by_then = 0

    async def __call__(self, event: Event) -> None:
        if event.method != "tasks" or "triggers" not in event.payload:
            return
        if event.payload["name"] == BACKUP_AT and not self.file.exists():
            await take_backup(self._settings, self.file)
            self.bought_by_then = len(self._scene.farm.invoices())
        elif event.payload["name"] == DEATH_AT:
            assert self._scene._at_work is not None
            self._scene._at_work.kill()
            raise PowerCut


class Enough(Exception):
    """What was to be seen was seen."""


def settings_of(folder: Path, url: str) -> Settings:
    return Settings(database_url=url, data_dir=folder / "data")  # type: ignore[arg-type]


@pytest.fixture
def away_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    yield from fresh_database(postgres_url, postgres_admin, "template1")


async def bought_until_it_died(scene: FilmSet, file: Path) -> tuple[str, CopyingCamera]:
    scene.forks = True
    camera = scene.watch = CopyingCamera(scene, file)
    with pytest.RaisesGroup(PowerCut):
        await scene.make()
    row = await scene.database.fetch_one("select production_id::text as id from productions")
    assert row is not None
    return row["id"], camera


async def test_a_copy_goes_on_where_the_original_died_and_buys_nothing_again(
    scene: FilmSet, away_url: str, tmp_path: Path
):
    production_id, camera = await bought_until_it_died(scene, tmp_path / "kept.backup.zip")
    at_its_death = scene.bought(production_id)
    assert at_its_death.total() > camera.bought_by_then, "the original bought nothing after the backup"

    away = tmp_path / "away"
    await restore(settings_of(away, away_url), camera.file)
    await go_on(settings_of(away, away_url))
    async with film_set(away, away_url, scene.farm) as copy:
        copy.forks = True
        assert (await copy.finish(production_id)).status == "completed"
        state = await copy.runs.state(user_id=USER, production_id=production_id)
        taken = await copy.database.fetch_all(
            "select 1 from order_attempts where detail like 'bought after%'"
        )
    bought = scene.bought(production_id)
    print(
        f"by the backup {camera.bought_by_then}, by the death {at_its_death.total()}, in all {bought.total()}"
    )
    assert set(bought.values()) == {1}
    assert bought.total() > at_its_death.total(), "the copy had nothing left to buy"
    assert taken, "the copy took nothing that the original had bought after the backup"
    assert not state.error


@pytest.mark.soak
async def test_without_asking_the_copy_buys_again(scene: FilmSet, away_url: str, tmp_path: Path):
    """The control: somebody vouches that the original stopped before the backup, and it had not.

    Its small version is in `integration/orders/test_asked_first.py`.
    """
    production_id, camera = await bought_until_it_died(scene, tmp_path / "kept.backup.zip")
    away = tmp_path / "away"
    await restore(settings_of(away, away_url), camera.file)
    await go_on(settings_of(away, away_url), nothing_since=True)
    async with film_set(away, away_url, scene.farm) as copy:

        async def seen(_: Event) -> None:
            if max(scene.bought(production_id).values()) > 1:
                raise Enough

        copy.watch = seen
        with pytest.RaisesGroup(Enough):
            await copy.finish(production_id)
