"""Who writes, chosen on the command line: wrong choices start nothing, right ones reach the vendors."""

import asyncio
import io
import json
import re
from pathlib import Path

import pytest

from tests.acceptance.live_house import Writer
from tests.acceptance.studio_lot import MICRO
from tests.integration.cli.test_command import BRIEF, Greenlight, brief_file, greenlight, started
from tests.standins.model_vendors import model_vendors_here
from tools.db.pool import Database

__all__ = ["greenlight"]
WRONG = {
    "--text-model gpt-6": "--text-model: No text model is named 'gpt-6'; known are offline-writer, gpt-5",
    "--text-model own/gpt-4o": "--text-model: The novela graph does not work with own/gpt-4o",
    "--text-role director=gpt-5": "--text-role director: there is no such role",
    "--text-role script_writer=gpt-6": "--text-role script_writer: No text model",
    "--text-role script_writer": "--text-role script_writer: is no ROLE=MODEL",
    "--text-role =gpt-5": "--text-role =gpt-5: is no ROLE=MODEL",
    "--text-fallback script_writer=live": "--text-fallback script_writer: No text model is named 'live'",
    "--text-allowance much": "--text-allowance: must be an amount in dollars from 0",
    "--text-allowance -1": "--text-allowance: must be an amount in dollars from 0",
    "--text-role script_writer=live --text-role script_writer=gpt-5": "names its role twice",
}


@pytest.mark.parametrize("typed", WRONG)
def test_a_wrong_choice_names_its_option_and_starts_nothing(
    tmp_path: Path, greenlight: Greenlight, typed: str
) -> None:
    run = greenlight("make", "novela", brief_file(tmp_path, json.dumps(BRIEF)), *typed.split())
    assert (run.returncode, run.stdout) == (2, "")
    assert WRONG[typed] in run.stderr
    assert "context." not in run.stderr
    assert not (tmp_path / "data" / "database").exists()


def test_everything_wrong_is_told_at_once(tmp_path: Path, greenlight: Greenlight) -> None:
    wrong = ["--text-model", "gpt-6", "--text-role", "director=gpt-5"]
    run = greenlight("make", "novela", brief_file(tmp_path, json.dumps(BRIEF)), *wrong)
    assert "\n  --text-role director: there is no such role" in run.stderr


async def test_the_chosen_models_write_the_episode(
    tmp_path: Path, database_url: str, database: Database
) -> None:
    brief = brief_file(tmp_path, json.dumps(MICRO))
    typed = [
        "--text-model", "live", "--text-role", "system_integrator=gemini-2.5-flash",
        "--text-fallback", "script_writer=deepseek-chat", "--text-allowance", "1.50",
    ]  # fmt: skip
    async with model_vendors_here(Writer()) as vendors:
        env = {
            "GREENLIGHT_DATABASE_URL": database_url, "OPENAI_API_KEY": vendors.openai.key,
            "OPENAI_BASE_URL": f"{vendors.openai.url}/v1", "OPENAI_MODEL": "gpt-5-mini",
            "GOOGLE_API_KEY": vendors.google.key, "GOOGLE_GEMINI_BASE_URL": vendors.google.url,
        }  # fmt: skip
        run = await asyncio.to_thread(started, tmp_path, "make", "novela", brief, *typed, **env)
        assert (run.returncode, run.stderr.split(":")[0]) == (1, "nobody_here"), run.stderr
        assert {one.model for one in vendors.books.invoices} == {"gpt-5-mini", "gemini-2.5-flash"}
    row = await database.fetch_one("select context from productions")
    assert row is not None
    assert {name: said for name, said in row["context"].items() if name.startswith("text_")} == {
        "text_model": "live", "text_models": {"system_integrator": "gemini-2.5-flash"},
        "text_fallbacks": {"script_writer": "deepseek-chat"}, "text_allowance_usd": "1.50",
    }  # fmt: skip


def test_a_production_whose_model_cannot_be_had_goes_on_with_another(
    tmp_path: Path, greenlight: Greenlight, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    brief = brief_file(tmp_path, json.dumps(MICRO))
    at = {"GREENLIGHT_DATABASE_URL": database_url}
    held = greenlight("make", "novela", brief, "--text-model", "deepseek-chat", **at)
    assert (held.returncode, "DEEPSEEK_API_KEY" in held.stderr) == (1, True), held.stderr
    [production] = re.findall(r"^production (\S+)", held.stdout, re.MULTILINE)
    assert f"`greenlight resume {production} --text-model MODEL`" in held.stderr
    assert "nobody was asked: deepseek-chat at deepseek; charged: $0.00" in held.stderr

    wrong = greenlight("resume", production, "--text-role", "director=gpt-5", **at)
    assert (wrong.returncode, "--text-role director: there is no such role" in wrong.stderr) == (2, True)
    on = greenlight("resume", production, "--text-model", "offline-writer", **at)
    assert (on.returncode, on.stderr.split(":")[0]) == (1, "nobody_here"), on.stderr
    assert f"`greenlight answer {production}`" in on.stderr
    unknown = greenlight("resume", "7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f", **at)
    assert "`greenlight list` shows what there is." in unknown.stderr
    refused = greenlight("resume", production, "--text-model", "gpt-5", **at)
    assert refused.stderr.startswith("conflict: This production is paused"), "it waits at a gate"
