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
from state.errors import BriefIncomplete, RecordConflict, RecordNotFound
from tests.integration.api.test_money_routes import ADD_LOST, LOST_ATTEMPT
from tools.ledger.costs import AMOUNTS, Costs, Wanted
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


WRONG = [
    (("credits", "2147483648"), "is no number of productions from 0 to 1000000"),
    (("credits", "9" * 5000), "is no number of productions from 0 to 1000000"),
    (("set", "0.0000001"), "is finer than a millionth of a dollar"),
    (("raise", PRODUCTION, "30.0000001"), "is finer than a millionth of a dollar"),
    (("unknown", "--user", "\x00"), "a character that cannot be seen"),
    (("settle", "\x00#1", "1"), "a character that cannot be seen"),
]


@pytest.mark.parametrize(("words", "told"), WRONG, ids=range(len(WRONG)))
def test_what_nobody_can_mean_is_one_sentence(
    greenlight: Callable[..., Result], words: tuple[str, ...], told: str
) -> None:
    refused = greenlight(budget, *words)
    said = " ".join(refused.output.replace("│", " ").split())
    assert (refused.exit_code, told in said) == (2, True), said


def test_the_finest_amount_and_the_most_credits_are_taken(greenlight: Callable[..., Result]) -> None:
    assert greenlight(budget, "set", "0.000001").stdout.startswith("$0.000001 a day")
    assert greenlight(budget, "credits", "1000000").stdout == "1000000 productions may spend\n"
    assert greenlight(budget, "credits", "none").exit_code == 0


def test_a_csv_in_a_folder_that_is_not_there_is_said(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(BriefIncomplete, match=r"--csv: .* cannot be written: No such file or directory"):
        asyncio.run(costs.write(settings, Wanted(user_id="local"), tmp_path / "no" / "costs.csv"))


def test_a_model_whose_name_steers_a_terminal_is_shown_and_not_obeyed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    row = dict.fromkeys((*AMOUNTS, "lines"), 1) | {"model": "\x1b]0;owned\x07[red]x"}
    found = Costs(rows=[row], totals=row, groups=1)
    costs.show(found, Wanted(user_id="local", by=("model",)), Console(width=140))
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\ufffd]0;owned\ufffd[red]x" in shown
