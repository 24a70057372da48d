"""`greenlight doctor`: every line a check, the same as JSON, and whom the database has lost."""

import json

import psycopg

from tests.integration.cli.test_command import Greenlight, greenlight

__all__ = ["greenlight"]
A_LOST_WORKER = """
insert into workers (worker_id, host, pid, role, slots, version, lease_ttl_s, seen_at)
values ('studio-1:1:abc', 'studio-1', 1, 'work', 8, '1', 15, now() - interval '1 hour')
"""


def test_every_check_is_told_as_json(greenlight: Greenlight, database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(A_LOST_WORKER)
    run = greenlight("doctor", "--json", GREENLIGHT_DATABASE_URL=database_url)
    found = {check["name"]: check for check in json.loads(run.stdout)}
    assert set(found) == {
        "settings", "secrets", "keys", "signature", "data folder", "free disk", "database", "schema",
        "clock", "ffmpeg", "offline voice", "media", "models", "others", "workers", "spending",
    }  # fmt: skip
    assert {check["status"] for check in found.values()} <= {"ok", "warning"}
    assert found["workers"]["status"] == "warning"
    assert "0 working, 0 draining, 1 lost" in found["workers"]["message"]
    assert run.returncode == 0
