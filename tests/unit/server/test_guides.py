"""The guides tell of routes and settings that exist (S1-80)."""

import re
from contextlib import nullcontext
from pathlib import Path

from server.app import create_app
from tools.settings import Settings

ROOT = Path(__file__).parents[3]
ROUTE = re.compile(r"`(GET|POST|PUT|DELETE) (/[^`\s]*)`")


def test_every_route_in_the_guides_is_in_the_api():
    app = create_app(Settings(), opener=lambda _: nullcontext(None))  # type: ignore[arg-type]  # never opened
    known = {(verb.upper(), path) for path, verbs in app.openapi()["paths"].items() for verb in verbs}
    guides = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    told = {found for guide in guides for found in ROUTE.findall(guide.read_text())}
    assert told, "the guides name no route any more"
    assert told <= known, told - known


def test_every_variable_in_the_guides_and_the_example_is_a_setting():
    texts = [ROOT / "README.md", ROOT / ".env.example", *sorted((ROOT / "docs").glob("*.md"))]
    told = {name for text in texts for name in re.findall(r"GREENLIGHT_([A-Z_]+)", text.read_text())}
    assert {name.lower() for name in told} <= set(Settings.model_fields)
