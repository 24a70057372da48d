"""The command as a person types it: one sentence, an exit code, never a traceback."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from server.cli.verbs import app

ROOT = Path(__file__).parents[3]
BRIEF = {"title": "t", "description": "d"}


def greenlight(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command with nothing of ours in its environment."""
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "GREENLIGHT_DATA_DIR": str(folder / "data")}
    command = [sys.executable, "-m", "server.cli.main", *words]
    return subprocess.run(
        command, cwd=folder, env={**clean, **env}, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        timeout=60, check=False,
    )  # fmt: skip


def brief_file(folder: Path, content: str) -> str:
    (folder / "brief.json").write_text(content)
    return str(folder / "brief.json")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (json.dumps({"description": "d"}), "brief.title"),
        (json.dumps({**BRIEF, "language": "tlh"}), "'en'"),
        (json.dumps({**BRIEF, "model_id": "veo-9"}), "veo-3.1"),
        (json.dumps({**BRIEF, "title": "a\x00b"}), "U+0000"),
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "JSON object"),
        (json.dumps({**BRIEF, "script": "ANA\nYes."}), "brief.script: line 1: ANA speaks before"),
        (json.dumps({**BRIEF, "product": {"name": "x", "picture": "brief.json"}}), "is not a PNG, JPEG or"),
    ],
    ids=[
        "missing",
        "language",
        "model",
        "control",
        "broken",
        "deep",
        "list",
        "script",
        "broken picture",
    ],
)
def test_a_wrong_brief_is_one_sentence_and_nothing_is_started(tmp_path: Path, content: str, said: str):
    run = greenlight(tmp_path, "make", "novela", brief_file(tmp_path, content))
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "data" / "database").exists()


def test_every_wrong_field_is_named(tmp_path: Path):
    wrong = json.dumps({**BRIEF, "title": "", "shots_per_scene": 99, "genre": "opera"})
    run = greenlight(tmp_path, "make", "novela", brief_file(tmp_path, wrong))
    assert all(name in run.stderr for name in ("title", "shots_per_scene", "genre"))


def test_an_unknown_graph_lists_the_known_ones(tmp_path: Path):
    run = greenlight(tmp_path, "make", "opera", brief_file(tmp_path, json.dumps(BRIEF)))
    assert (run.returncode, "novela" in run.stderr) == (2, True)


def test_a_database_that_is_down_is_one_sentence_without_its_password(tmp_path: Path):
    run = greenlight(tmp_path, "list", GREENLIGHT_DATABASE_URL="postgresql://u:hunter2@127.0.0.1:9/x")
    assert run.returncode == 4
    assert "hunter2" not in run.stderr + run.stdout
    assert "Traceback" not in run.stderr


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path):
    (tmp_path / "data").write_text("")
    run = greenlight(tmp_path, "make", "novela", brief_file(tmp_path, json.dumps(BRIEF)))
    assert run.returncode == 3
    assert "cannot be written to" in run.stderr


def test_unknown_ids_are_not_found(tmp_path: Path, database_url: str):
    for verb in ("status", "cancel", "export", "resume", "answer"):
        extra = ["--approve-all"] if verb == "answer" else []
        run = greenlight(tmp_path, verb, "xyz", *extra, GREENLIGHT_DATABASE_URL=database_url)
        assert (run.returncode, run.stderr.splitlines()[0].split(":")[0]) == (1, "not_found"), verb


def test_every_verb_that_we_tell_people_about_exists():
    """In errors, guides and README: `greenlight VERB`."""
    verbs = {command.name for command in app.registered_commands}
    texts = [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
        *(ROOT / "server").rglob("*.py"),
        ROOT / "state" / "errors.py",
    ]
    told = {found for text in texts for found in re.findall(r"`greenlight ([a-z]+)", text.read_text())}
    assert told <= verbs, told - verbs
