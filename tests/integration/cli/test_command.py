"""The command as a person types it: one sentence, an exit code, never a traceback."""

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
import structlog

from server.cli.main import main
from server.cli.verbs import app
from tools.settings import settings

ROOT = Path(__file__).parents[3]
BRIEF = {"title": "t", "description": "d"}


@dataclass(frozen=True)
class Answer:
    """What a person sees of the command when it is over."""

    returncode: int
    stdout: str
    stderr: str


class Greenlight(Protocol):
    def __call__(self, *words: str, **env: str) -> Answer: ...


def started(folder: Path, *words: str, **env: str) -> Answer:
    """Start the command as a process, with nothing of ours in its environment; loading it takes seconds."""
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "GREENLIGHT_DATA_DIR": str(folder / "data")}
    command = [sys.executable, "-m", "server.cli.main", *words]
    run = subprocess.run(
        command, cwd=folder, env={**clean, **env}, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        timeout=60, check=False,
    )  # fmt: skip
    return Answer(run.returncode, run.stdout, run.stderr)


@pytest.fixture
def greenlight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Greenlight]:
    """The same command from its own `main`, in this process: an error it does not know fails the test."""
    root, handlers = logging.getLogger(), logging.getLogger().handlers[:]
    level, log_configuration = root.level, structlog.get_config()

    def call(*words: str, **env: str) -> Answer:
        with monkeypatch.context() as typed:
            for name in [name for name in os.environ if name.startswith("GREENLIGHT_")]:
                typed.delenv(name)
            # `main` sets these two where they are missing: here that must end with the test.
            ours = {"LANGGRAPH_STRICT_MSGPACK": "true", "LANGSMITH_TRACING": "false"}
            for name, value in {"GREENLIGHT_DATA_DIR": str(tmp_path / "data"), **ours, **env}.items():
                typed.setenv(name, value)
            typed.setattr(sys, "argv", ["greenlight", *words])
            typed.chdir(tmp_path)
            settings.cache_clear()
            with pytest.raises(SystemExit) as ended:
                main()
        return Answer(int(ended.value.code or 0), *capsys.readouterr())

    yield call
    settings.cache_clear()
    logging.captureWarnings(capture=False)
    root.handlers, root.level = handlers, level
    structlog.configure(**log_configuration)


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
def test_a_wrong_brief_is_one_sentence_and_nothing_is_started(
    tmp_path: Path, greenlight: Greenlight, content: str, said: str
):
    run = greenlight("make", "novela", brief_file(tmp_path, content))
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "data" / "database").exists()


def test_the_process_ends_with_that_sentence_and_that_code(tmp_path: Path):
    run = started(tmp_path, "make", "novela", brief_file(tmp_path, json.dumps({"description": "d"})))
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("brief_incomplete: brief.title")
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "data" / "database").exists()


def test_every_wrong_field_is_named(tmp_path: Path, greenlight: Greenlight):
    wrong = json.dumps({**BRIEF, "title": "", "shots_per_scene": 99, "genre": "opera"})
    run = greenlight("make", "novela", brief_file(tmp_path, wrong))
    assert all(name in run.stderr for name in ("title", "shots_per_scene", "genre"))


def test_an_unknown_graph_lists_the_known_ones(tmp_path: Path, greenlight: Greenlight):
    run = greenlight("make", "opera", brief_file(tmp_path, json.dumps(BRIEF)))
    assert (run.returncode, "novela" in run.stderr) == (2, True)


def test_a_database_that_is_down_is_one_sentence_without_its_password(tmp_path: Path):
    run = started(tmp_path, "list", GREENLIGHT_DATABASE_URL="postgresql://u:hunter2@127.0.0.1:9/x")
    assert run.returncode == 4
    assert "hunter2" not in run.stderr + run.stdout
    assert "Traceback" not in run.stderr


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path, greenlight: Greenlight):
    (tmp_path / "data").write_text("")
    run = greenlight("make", "novela", brief_file(tmp_path, json.dumps(BRIEF)))
    assert run.returncode == 3
    assert "cannot be written to" in run.stderr


def test_unknown_ids_are_not_found(greenlight: Greenlight, database_url: str):
    for verb in ("status", "cancel", "export", "resume", "answer"):
        extra = ["--approve-all"] if verb == "answer" else []
        run = greenlight(verb, "xyz", *extra, GREENLIGHT_DATABASE_URL=database_url)
        said = (run.returncode, run.stderr.splitlines()[0].split(":")[0])
        assert said == (1, "not_found"), (verb, run.stderr)


def test_every_verb_that_we_tell_people_about_exists():
    """In errors, guides and README: `greenlight VERB`."""
    verbs = {one.name for one in (*app.registered_commands, *app.registered_groups)}
    texts = [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
        *(ROOT / "server").rglob("*.py"),
        *(ROOT / "state" / "errors").glob("*.py"),
    ]
    told = {found for text in texts for found in re.findall(r"`greenlight ([a-z][a-z-]*)", text.read_text())}
    assert told <= verbs, told - verbs


@pytest.mark.parametrize("option", ["--video-model", "--image-model"])
def test_a_wrong_engine_is_named_as_it_was_typed(tmp_path: Path, greenlight: Greenlight, option: str) -> None:
    run = greenlight("make", "novela", brief_file(tmp_path, json.dumps(BRIEF)), option, "gpt-5")
    assert (run.returncode, run.stdout) == (2, "")
    assert f"{option}: there is no {option[2:7]} model 'gpt-5'; known are" in run.stderr
    assert "brief." not in run.stderr
