"""What no archive holds, and what none changes: secrets, other people, rows that were there before."""

import uuid
from typing import Any

from psycopg.types.json import Jsonb
from pydantic import SecretStr

from server.records.project import catch_up
from state.events import SceneDone, ScenePlanned
from tests.archives import contents, rows
from tests.integration.archives.conftest import LINK_SECRET, USER, Server
from tests.media_files import picture
from tools.redaction import REDACTED

CANARY = "canary-7f3a"
NOVELA = """
insert into novelas (id, user_id, title, description, target_episodes, master_seed)
values (%(id)s, %(user)s, %(title)s, 'A door.', 3, 7)
"""
TELL = """
with owner as (
    update productions set last_seq = last_seq + 1, novela_id = %(novela)s, episode_number = 1
    where production_id = %(production)s returning last_seq
)
insert into events (production_id, seq, event_id, method, payload)
select %(production)s, last_seq, 'custom:told:' || last_seq, 'custom', %(payload)s from owner
"""


async def secretive(here: Server) -> str:
    """A production with secrets wherever one can get in."""
    production = await here.gated()
    await here.buy(
        production, token=f"{CANARY}-webhook", external=f"{CANARY}1",
        detail=f"the key {LINK_SECRET} was refused for anna@example.org, token=abcdefgh12345678",
    )  # fmt: skip
    request = {"prompt": "x", "webhook": f"https://me/{CANARY}", "webhook_token": CANARY}
    changes = {
        "productions": ("lease_owner", f"{CANARY}-host:1"), "orders": ("status_url", f"https://x/{CANARY}-status"),
        "runs": ("body_digest", f"{CANARY}-digest"),
    }  # fmt: skip
    for table, (column, value) in changes.items():
        await here.sql(f"update {table} set {column} = %s where production_id = %s", [value, production])
    await here.house.provider_keys.add(
        USER, provider="fal", label=f"{CANARY}-label", key=SecretStr(f"{CANARY}-provider-key")
    )
    await here.sql("update orders set request = %s where production_id = %s", [Jsonb(request), production])
    await here.sql("update orders set error_detail = %s", [f"Bearer {CANARY}abcdefghijkl"])
    await here.sql("update productions set error = %s", [Jsonb({"message": f"said {LINK_SECRET}"})])
    return production


async def test_no_secret_leaves(here: Server):
    production = await secretive(here)
    archive = b"\n".join(contents(await here.export(production)).values()).decode("latin-1")
    hidden = [f"{CANARY}-{what}" for what in ("webhook", "host", "status", "digest", "label", "provider")]
    assert "provider_keys" not in archive
    told = [LINK_SECRET, "anna@example.org", "abcdefgh12345678", f"https://me/{CANARY}", f"{CANARY}abcd"]
    for secret in hidden + told:
        assert secret not in archive, secret
    assert REDACTED in archive
    assert f"{CANARY}1" in archive, "the control: what may be told is told"


async def test_a_key_in_a_title_opens_nobody_elses_file(here: Server):
    """Only what is mine is packed, however I came to write it."""
    await here.sql("insert into users (user_id) values ('victim')")
    theirs = await here.house.store.put_bytes(picture(size=(55, 55)), user_id="victim")
    mine = await here.house.store.put_bytes(picture(size=(56, 56)), user_id=USER)
    production = await here.gated("gate", title=f"see {theirs.key} and {mine.key}")
    names = contents(await here.export(production)).keys()
    assert f"media/image/{mine.sha256}.png" in names
    assert f"media/image/{theirs.sha256}.png" not in names


async def episode(here: Server, novela: str) -> str:
    """A production that told of one scene of a novela."""
    production = await here.gated()
    made = await here.buy(production)
    await here.sql(NOVELA, {"id": novela, "user": USER, "title": "The Door"})
    planned: dict[str, Any] = {
        "episode": 1, "scene": 1, "title": "Scene 1", "prompt": "A door.", "model_id": "previz-animatic",
        "estimated_usd": "1.20",
    }  # fmt: skip
    done = SceneDone(
        **planned, parameters={}, media=made, thumbnail=made, duration_s=8.0, actual_usd="1.10",
        call_key=f"{production}:take:1:first", conversation_id="talk",
    )  # fmt: skip
    for event in (ScenePlanned(**planned), done):
        told = {"novela": novela, "production": production, "payload": Jsonb(event.as_custom())}
        await here.sql(TELL, told)
    await catch_up(here.house.database, production)
    return production


async def scenes(server: Server) -> list[dict[str, Any]]:
    return await server.sql(
        "select n.id::text as novela, n.title, n.total_cost, v.title as scene, v.status,"
        " v.production_id::text, v.actual_cost"
        " from novela_videos v join novelas n on n.id = v.novela_id order by n.created_at, n.id"
    )


async def test_scenes_follow_from_the_log(here: Server, there: Server):
    novela = str(uuid.uuid4())
    production = await episode(here, novela)
    archive = await here.export(production)
    await there.bring(archive)
    assert await scenes(there) == await scenes(here) != []
    assert [row["id"] for row in rows(archive, "novela")] == [novela]


async def test_a_novela_that_is_here_never_changes(here: Server):
    """A copy brings its own; the library keeps its rows as they were."""
    production = await episode(here, str(uuid.uuid4()))
    before = await scenes(here), await here.sql("select * from media_library order by s3_key")
    copy = await here.bring(await here.export(production), as_new=True)
    library = await here.sql("select * from media_library order by s3_key")
    assert [{**row, "updated_at": 0} for row in library] == [{**row, "updated_at": 0} for row in before[1]]
    first, second = sorted(await scenes(here), key=lambda row: row["production_id"] != production)
    assert [first] == before[0]
    assert (second["production_id"], second["actual_cost"]) == (copy.production_id, first["actual_cost"])
    assert second["novela"] != first["novela"]


async def test_a_novela_of_another_user_with_this_id_stays_theirs(here: Server, there: Server):
    novela = str(uuid.uuid4())
    production = await episode(here, novela)
    await there.sql("insert into users (user_id) values ('other')")
    await there.sql(NOVELA, {"id": novela, "user": "other", "title": "Theirs"})
    await there.bring(await here.export(production))
    [row] = await scenes(there)
    assert (row["novela"] != novela, row["title"], row["production_id"]) == (True, "The Door", production)
    assert await there.sql("select title from novelas where id = %s", [novela]) == [{"title": "Theirs"}]
