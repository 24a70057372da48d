"""`greenlight doctor --provider X --spend USD`, as a person types it."""

import json

from tests.integration.cli.test_command import Greenlight, greenlight
from tests.standins.job_vendors import job_vendors

__all__ = ["greenlight"]


def test_the_price_comes_first_and_then_what_was_made(greenlight: Greenlight, database_url: str) -> None:
    with job_vendors() as vendors:
        env = {
            "REPLICATE_API_TOKEN": vendors.replicate.key, "REPLICATE_BASE_URL": vendors.replicate.url,
            "GREENLIGHT_DATABASE_URL": database_url, "COLUMNS": "250",
        }  # fmt: skip
        shown = greenlight("doctor", "--provider", "replicate", "--spend", "0", **env)
        assert vendors.books.orders("replicate") == []
        small = ("doctor", "--provider", "replicate", "--spend", "0.10", "--only", "picture,clip")
        bought = greenlight(*small, **env)
        told = greenlight(*small, "--json", **env)
        many = len(vendors.books.orders("replicate"))

    assert (shown.returncode, bought.returncode, told.returncode, many) == (0, 0, 0, 2)
    assert "veo-3.1-fast" in shown.stdout
    assert "left out: clip of veo-3.1-fast (4 s, 720p, 16:9) costs $0.24" in bought.stdout
    assert "flux-schnell: 1024x1024 image/png" in bought.stdout
    assert [call["state"] for call in json.loads(told.stdout)["calls"]] == ["checked"]


def test_what_cannot_be_tried_is_one_sentence(greenlight: Greenlight) -> None:
    for words in (("--spend", "0.10"), ("--provider", "fal", "--only", "voice"),
                  ("--provider", "fal", "--spend", "nan"),
                  ("--provider", "fal", "--spend", "1", "--only", "hat")):  # fmt: skip
        run = greenlight("doctor", *words)
        assert (run.returncode, run.stderr.partition(":")[0]) == (2, "brief_incomplete"), words
