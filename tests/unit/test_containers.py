"""What can be known of the image and the compose file without building them."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from server.cli.verbs import app
from tools.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
OURS = {name: one for name, one in COMPOSE["services"].items() if name != "db"}


def test_the_services_are_a_database_its_schema_an_api_and_workers():
    assert set(COMPOSE["services"]) == {"db", "migrate", "api", "worker"}


@pytest.mark.parametrize("service", OURS)
def test_its_command_is_one_that_the_program_has(service: str):
    verb, *options = OURS[service]["command"]
    told = CliRunner().invoke(app, [verb, "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"}).output
    assert all(option in told for option in options if option.startswith("--"))


@pytest.mark.parametrize("service", OURS)
def test_its_variables_are_settings(service: str):
    known = {f"GREENLIGHT_{name.upper()}" for name in Settings.model_fields}
    assert {*OURS[service]["environment"]} <= known


def test_the_api_leaves_the_work_to_the_workers():
    assert OURS["api"]["command"] == ["serve", "--no-work"]


def test_nothing_starts_before_the_schema_is_there():
    for name in ("api", "worker"):
        assert OURS[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}


def test_no_secret_has_a_default():
    text = (ROOT / "compose.yaml").read_text()
    asked = re.findall(r"\$\{(\w*(?:PASSWORD|SECRET|KEY)\w*)(:.)", text)
    assert {name for name, _ in asked} == {
        "POSTGRES_PASSWORD", "GREENLIGHT_AUTH_SECRET", "GREENLIGHT_LINK_SECRET", "GREENLIGHT_MASTER_KEY",
    }  # fmt: skip
    assert {mark for _, mark in asked} == {":?"}


def test_the_example_of_settings_names_each_once_and_leaves_accounts_on():
    """The last one wins, and what is filled in above it is lost; what is set there beats the compose file."""
    rows = [row.partition("=") for row in (ROOT / ".env.example").read_text().splitlines() if row[:1] != "#"]
    names = [name for name, mark, _ in rows if mark]
    assert sorted(names) == sorted(set(names))
    assert ("GREENLIGHT_AUTH_MODE", "=", "") in rows


def test_the_image_runs_what_the_tests_ran_with_and_not_as_root():
    steps = (ROOT / "Dockerfile").read_text()
    assert "--no-deps --require-hashes -r /src/requirements-run.lock" in steps
    assert "USER greenlight" in steps
    copied = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".env", ".venv", "data"} <= {*copied}
