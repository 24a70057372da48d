"""What can be known of the image and the compose file without building them."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from server.cli.verbs import app
from tools.db.binaries import SERVER, major_version, packaged
from tools.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = {name: one for name, one in SERVICES.items() if one["image"] == "greenlight"}
GROUPS = ("media",)
"""Verbs that have verbs below them."""


def test_the_services_are_a_database_its_schema_an_api_and_workers_and_a_bucket_where_wanted():
    profiles = {name: one.get("profiles") for name, one in SERVICES.items()}
    assert {name for name, wanted in profiles.items() if wanted is None} == {"db", "migrate", "api", "worker"}
    own_bucket = {name: wanted for name, wanted in profiles.items() if wanted is not None}
    assert own_bucket == {"certificate": ["s3"], "store": ["s3"], "bucket": ["s3"]}


@pytest.mark.parametrize("service", OURS)
def test_its_command_is_one_that_the_program_has(service: str):
    command = OURS[service]["command"]
    verb = command[: 2 if command[0] in GROUPS else 1]
    told = CliRunner().invoke(app, [*verb, "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"})
    assert told.exit_code == 0
    assert all(option in told.output for option in command if option.startswith("--"))


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


def test_its_postgres_is_the_one_that_all_tests_run_with_and_its_data_lie_where_that_image_keeps_them():
    """Before 18 an image kept them in `data` below; from then on it refuses to start when that is mounted."""
    image, _, major = SERVICES["db"]["image"].partition(":")
    assert (image, major) == ("postgres", major_version())
    assert int(major) >= 18
    assert SERVICES["db"]["volumes"] == ["database:/var/lib/postgresql"]


def test_the_version_is_that_of_the_programs_that_are_installed():
    told = subprocess.run([packaged() / SERVER, "--version"], capture_output=True, text=True, check=True)
    assert re.search(r"\(PostgreSQL\) (\d+)", told.stdout)[1] == major_version()


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
