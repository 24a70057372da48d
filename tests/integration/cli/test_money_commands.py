"""`greenlight spending` and `greenlight budget`: the same switches from the terminal."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import psycopg
import pytest
from click.testing import Result
from rich.console import Console
from typer.testing import CliRunner

from server.cli import budget, costs, spending
from server.vitals.doctor import check_spending
from state.errors import RecordConflict, RecordNotFound
from tests.integration.api.test_money_routes import ADD_LOST, LOST_ATTEMPT
from tools.ledger.costs import Wanted
from tools.settings import Settings

PRODUCTION = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings.model_validate(
        {"data_dir": tmp_path, "database_url": database_url, "day_budget_usd": "2.00"}
    )


@pytest.fixture
def greenlight(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    def command(module: ModuleType, *words: str) -> Result:
        monkeypatch.setattr(module, "settings", lambda: settings)
        monkeypatch.setattr(module, "run", asyncio.run)
        return CliRunner().invoke(module.app, words)

    return command


def test_stopped_shown_told_by_the_doctor_and_released(
    greenlight: Callable[..., Result], settings: Settings, database_url: str
) -> None:
    stopped = greenlight(spending, "stop", "--reason", "odd bill")
    assert (stopped.exit_code, stopped.stdout.startswith("stopped for everybody since")) == (0, True)
    assert "odd bill" in greenlight(spending, "show").stdout
    [line] = asyncio.run(check_spending(settings))
    assert (line.status, line.message) == (
        "warning", "stopped for everybody: nothing that costs money is ordered",
    )  # fmt: skip
    assert greenlight(spending, "release").exit_code == 0
    assert greenlight(spending, "show").stdout == "nothing is stopped\n"
    [line] = asyncio.run(check_spending(settings))
    assert (line.status, line.message) == ("ok", "not stopped")
    assert isinstance(greenlight(spending, "release").exception, RecordNotFound)
    assert isinstance(greenlight(spending, "stop", "--user", "nobody").exception, RecordNotFound)
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("select action, entity_type from audit_logs order by audit_id").fetchall()
    assert rows == [("stop_spending", "spending"), ("release_spending", "spending")]


def test_a_budget_is_set_and_shown(greenlight: Callable[..., Result]) -> None:
    assert greenlight(budget, "show").stdout.startswith("$2.00 a day (the server's); $0")
    assert greenlight(budget, "set", "3.50").stdout.startswith("$3.50 a day (set for this user)")
    assert greenlight(budget, "set", "none").stdout.startswith("$2.00 a day (the server's)")
    assert greenlight(budget, "set", "lots").exit_code == 2


def test_a_ceiling_is_raised_and_kept_above_what_is_committed(
    greenlight: Callable[..., Result], database_url: str
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "insert into productions (production_id, user_id, graph) values (%s, 'local', 'x')", [PRODUCTION]
        )
    told = greenlight(budget, "raise", PRODUCTION, "$40").stdout
    assert told.splitlines()[0] == "it may cost $40.00 (before: $25.00); $0.00 are committed"
    with psycopg.connect(database_url) as connection:
        connection.execute("update productions set ceiling_micros = 40000000")
        connection.execute(
            "insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium,"
            " provider, model, request, request_hash, owner_epoch, webhook_token, cost_reserved)"
            " select 'k', %s::uuid, 'local', 's', 'i', 'first', 1, 'video', 'fal', 'x', '{}', '', 1, 'k',"
            " 1000001",
            [PRODUCTION],
        )
    assert isinstance(greenlight(budget, "raise", PRODUCTION, "1").exception, RecordConflict)


def test_what_was_settled_is_on_record(greenlight: Callable[..., Result], database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "insert into productions (production_id, user_id, graph) values (%s, 'local', 'x')", [PRODUCTION]
        )
        connection.execute(ADD_LOST, {"production": PRODUCTION})
        connection.execute(LOST_ATTEMPT)
    told = greenlight(budget, "settle", "lost#1", "0.0031").stdout
    assert told == "booked $0.0031; $0.0045 had been held for it\n"
    with psycopg.connect(database_url) as connection:
        [(action, details)] = connection.execute("select action, details from audit_logs").fetchall()
    assert (action, details["billed_usd"], details["held_usd"]) == ("settle_unknown", "0.0031", "0.0045")


def test_costs_are_shown_and_written(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = Wanted(user_id="local", by=("kind",))
    costs.show(asyncio.run(costs.read(settings, wanted)), wanted, Console(width=100))
    assert "total" in capsys.readouterr().out
    asyncio.run(costs.write(settings, wanted, tmp_path / "costs.csv"))
    header = "kind,lines,quoted_usd,reserved_usd,billed_usd,refunded_usd,unknown_usd"
    assert (tmp_path / "costs.csv").read_text() == f"{header}\n"
