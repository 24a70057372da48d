"""Things that tests of the API start from: valid by default."""

import hashlib
import uuid
from datetime import UTC, datetime
from typing import Any

import httpx

from server.records.project import catch_up
from state.events import (
    DeliveredFile,
    MasterDone,
    MessageSent,
    SceneDone,
    ScenePlanned,
    SceneStarted,
    conversation_id,
)
from state.media import MediaRef
from state.messages import AgentMessage, MessageContent, MessageMetadata
from state.timeline import Clip, Timeline, TimeRange, Track
from tests.integration.api.conftest import Lot
from tests.media_files import clip
from tests.unit.tools.cuts.cutting import a_cut

NOVELA: dict[str, Any] = {
    "title": "The Last Letter",
    "description": "A widow finds an unopened letter.",
    "genre": "drama",
    "targetEpisodes": 3,
}
SCENE: dict[str, Any] = {"episodeNumber": 1, "sceneNumber": 1, "sceneDescription": "She finds the letter."}


async def a_novela(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post("/api/novelas", json={**NOVELA, **fields})
    assert answer.status_code == 201, answer.text
    novela: dict[str, Any] = answer.json()["data"]
    return novela


async def a_production(
    lot: Lot, *, novela_id: str | None = None, user_id: str = "local", episode: int = 1
) -> str:
    accepted = await lot.runs.start(
        user_id=user_id, graph="novela", title="A title", brief={}, context={}, novela_id=novela_id,
        episode_number=episode,
    )  # fmt: skip
    return accepted.production_id


async def assembled(
    lot: Lot, production: str, cut: Timeline | None = None, *, user_id: str = "local"
) -> None:
    """The cut that its graph has put together."""
    text = (cut or a_cut()).model_dump_json().encode()
    stored = await lot.store.put_bytes(text, user_id=user_id)
    lot.runs.made[production] = {"cut": stored.model_dump(mode="json")}


async def a_shown_cut(lot: Lot, *, user_id: str = "local") -> Timeline:
    """Two clips whose files are there."""
    media = await lot.store.put_bytes(clip(), user_id=user_id)
    shots = [Clip(name=name, media=media, source=TimeRange(start=0, length=10)) for name in ("1A-1", "1B-1")]
    picture = Track(name="picture", role="picture", items=shots)
    return Timeline(name="Two shots", fps=24, width=64, height=48, tracks=[picture])


async def another_user(lot: Lot) -> str:
    await lot.database.execute("insert into users (user_id) values ('other') on conflict do nothing")
    return "other"


def a_clip(name: str = "clip", *, mime: str = "video/mp4", user_id: str = "local") -> MediaRef:
    digest = hashlib.sha256(name.encode()).hexdigest()
    family, extension = mime.partition("/")[0], {"video/mp4": "mp4", "image/png": "png"}[mime]
    return MediaRef(
        key=f"{family}/{user_id}/{digest}.{extension}", mime=mime, sha256=digest, size_bytes=1234,
        duration_s=8.0 if family == "video" else None, width=320, height=180,
    )  # fmt: skip


def planned(scene: int = 1, episode: int = 1, **more: Any) -> ScenePlanned:
    return ScenePlanned(
        episode=episode, scene=scene, title=f"Scene {scene}", prompt="A kitchen at night.",
        model_id="wan-2.5-t2v-fast", estimated_usd="1.20", **more,
    )  # fmt: skip


def started(scene: int = 1, episode: int = 1, call_key: str = "job-1") -> SceneStarted:
    return SceneStarted(episode=episode, scene=scene, call_key=call_key)


def done(scene: int = 1, episode: int = 1, *, call_key: str = "job-1", **more: Any) -> SceneDone:
    facts: dict[str, Any] = {
        "title": f"Scene {scene}", "prompt": "A kitchen at night.", "model_id": "wan-2.5-t2v-fast",
        "parameters": {"duration": 8, "resolution": "1080p"},
        "media": a_clip(f"clip {episode}.{scene} {call_key}"),
        "thumbnail": a_clip(f"thumb {episode}.{scene} {call_key}", mime="image/png"), "duration_s": 8.0,
        "estimated_usd": "1.20", "actual_usd": "1.20",
        "conversation_id": conversation_id("p", scene),
    }  # fmt: skip
    return SceneDone(episode=episode, scene=scene, call_key=call_key, **{**facts, **more})


def mastered(episode: int = 1) -> MasterDone:
    file = DeliveredFile(name="master.mp4", title="The master", media=a_clip(f"master {episode}"))
    return MasterDone(episode=episode, files=[file], duration_s=60)


def said(
    text: str, *, conversation: str = "talk", to: str | None = "system_integrator", answers: str | None = None
) -> MessageSent:
    return MessageSent(
        message=AgentMessage(
            id=str(uuid.uuid5(uuid.NAMESPACE_URL, text)),
            from_agent="script_writer",
            to_agent=to,
            message_type="response" if answers else "request",
            content=MessageContent(
                action="validate_and_cost",
                data={"text": text},
                metadata=MessageMetadata(sceneNumber=1, timestamp=datetime.now(UTC)),
            ),
            conversation_id=conversation,
            timestamp=datetime.now(UTC),
            response_to=str(uuid.uuid5(uuid.NAMESPACE_URL, answers)) if answers else None,
        )
    )


async def tell(lot: Lot, production: str, *events: Any) -> None:
    """Append custom events and wait until the rows have them."""
    for event in events:
        await lot.hand.tell(production, "custom", event.as_custom())
    await projected(lot, production)


async def projected(lot: Lot, production: str) -> None:
    """Have the rows hold everything that the production's log does."""
    await catch_up(lot.database, production)
