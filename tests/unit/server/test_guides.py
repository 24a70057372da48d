"""The guides tell of routes, commands and settings that exist (S1-80)."""

import re
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from server.app import create_app
from server.cli.verbs import app
from tests.operations import operations_of
from tools.settings import Settings

ROOT = Path(__file__).parents[3]
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
METHODS = "GET|POST|PUT|PATCH|DELETE"
ROUTE = re.compile(rf"`((?:{METHODS})(?: (?:{METHODS}))*) ([/…][^`\s]*)`")
"""`GET /a`, `GET PATCH /a`, and `POST …/b`: what it ends in, below whatever was named before."""
COMMAND = re.compile(
    r"^(?:\.venv/bin/)?(?:[A-Z_]+=\S+ )*greenlight ([a-z][a-z-]*)((?: [^#\n]*)?)", re.MULTILINE
)
NEEDED = {
    "user guide": "user-guide.md", "API": "api.md", "agents": "agents.md",
    "troubleshooting": "troubleshooting.md", "migrations and backup": "operations.md",
}  # fmt: skip


def api() -> set[tuple[str, str]]:
    made = create_app(Settings(), opener=lambda _: nullcontext(None))  # type: ignore[arg-type]  # never opened
    return {(verb.upper(), path) for verb, path in operations_of(made)}


def exists(told: tuple[str, str], known: set[tuple[str, str]]) -> bool:
    method, path = told
    if not path.startswith("…"):
        return told in known
    return any(one == method and route.endswith(path.removeprefix("…")) for one, route in known)


def test_the_guides_that_people_need_are_there_and_listed():
    listed = (ROOT / "docs" / "README.md").read_text()
    for name in NEEDED.values():
        assert (ROOT / "docs" / name).is_file()
        assert f"({name})" in listed


def test_every_route_in_the_guides_is_in_the_api():
    known = api()
    found = [match for guide in GUIDES for match in ROUTE.findall(guide.read_text())]
    told = {(method, path.partition("?")[0]) for methods, path in found for method in methods.split()}
    assert len(told) > 80, "the guides name hardly a route any more"
    assert [one for one in sorted(told) if not exists(one, known)] == []


def test_a_route_that_is_not_there_is_found():
    """The control."""
    known = {("GET", "/api/things/{thing_id}/parts")}
    assert exists(("GET", "…/parts"), known)
    assert not exists(("POST", "…/parts"), known)
    assert not exists(("GET", "/api/things"), known)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_command_of_a_guide_is_one_that_the_program_takes(guide: Path):
    """S2-140: what an operator copies exists, option by option."""
    blocks = re.findall(r"```\n(.*?)```", guide.read_text(), re.DOTALL)
    for verb, words in {found for block in blocks for found in COMMAND.findall(block)}:
        told = options_of(verb) | {name for sub in words.split()[:1] for name in options_of(verb, sub)}
        assert told, f"greenlight {verb}"
        given = set(re.findall(r"(?<= )--[a-z-]+", words))
        assert given <= told, (verb, given - told)


def options_of(*words: str) -> set[str]:
    """The options of a command or of one of a group; empty where there is no such command."""
    command: Any = get_command(app)
    for word in words:
        command = getattr(command, "commands", {}).get(word)
        if command is None:
            return set()
    return {"--help", *(name for one in command.params for name in (*one.opts, *one.secondary_opts))}


def test_every_variable_in_the_guides_and_the_example_is_a_setting():
    texts = [ROOT / ".env.example", *GUIDES]
    told = {name for text in texts for name in re.findall(r"GREENLIGHT_([A-Z0-9_]+)", text.read_text())}
    assert {name.lower() for name in told} <= set(Settings.model_fields)
