"""The command killed with -9 right after its order left, and typed again; and with a key that is wrong."""

import signal
from pathlib import Path

from tests.integration.cli.test_command import Greenlight, greenlight, started
from tests.standins.job_vendors import job_vendors

__all__ = ["greenlight"]
TRIAL = ("doctor", "--provider", "replicate", "--spend", "0.10", "--only", "picture,music")


def test_killed_after_its_post_it_finds_the_job(
    greenlight: Greenlight, database_url: str, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "faults.log").touch()
    with job_vendors() as vendors:
        env = {
            "REPLICATE_API_TOKEN": vendors.replicate.key, "REPLICATE_BASE_URL": vendors.replicate.url,
            "GREENLIGHT_DATABASE_URL": database_url, "GREENLIGHT_LEASE_TTL_S": "0.5", "COLUMNS": "250",
        }  # fmt: skip
        killed = started(tmp_path, *TRIAL, **env, GREENLIGHT_FAULT="after_post")
        left = len(vendors.books.orders("replicate"))
        again = greenlight(*TRIAL, **env)
        many, charged = len(vendors.books.orders("replicate")), vendors.books.micro_usd("replicate")

    assert (killed.returncode, left) == (-signal.SIGKILL, 1), killed.stderr
    assert again.returncode == 0, again.stdout + again.stderr
    assert "it goes on as it was planned" in again.stdout
    assert many == 2
    assert f"billed ${charged / 1_000_000:g} of" in again.stdout


def test_with_a_wrong_key_one_call_is_refused_and_the_others_are_not_sent(
    greenlight: Greenlight, database_url: str
) -> None:
    with job_vendors() as vendors:
        run = greenlight(
            *TRIAL, REPLICATE_API_TOKEN="r8_of_somebody_else", REPLICATE_BASE_URL=vendors.replicate.url,
            GREENLIGHT_DATABASE_URL=database_url, COLUMNS="250",
        )  # fmt: skip
        posts = [kept for kept in vendors.books.requests if kept.method == "POST"]

    assert run.returncode == 1
    assert len(posts) == 1
    assert "not sent: the key was refused before" in run.stdout
    assert "(provider_" in run.stdout
    assert "r8_of_somebody_else" not in run.stdout + run.stderr
