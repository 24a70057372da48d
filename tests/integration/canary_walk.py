"""One walk through a served house in which everything secret is a canary, and what was written on the way."""

import asyncio
import io
import json
import logging
import zipfile
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import uuid4

import httpx
import structlog
from langgraph.config import get_stream_writer
from langgraph.graph import START, StateGraph
from langgraph.types import interrupt
from psycopg import AsyncConnection, sql
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import SecretStr

from server.accounts.accounts import open_accounts
from server.accounts.passwords import Passwords
from server.composition import Parts, open_parts
from server.logs import configure_logs
from server.runs.graph_spec import AnyGraph, GraphSpec
from server.runs.saver import strict_serializer
from server.sse import StreamLimits
from state.errors import ProviderRefused
from tests.integration.api.accounts.conftest import Mailbox
from tests.integration.protocol.following import ALL
from tests.integration.protocol.live import listening
from tests.integration.runs.tiny_graphs import Decision, TinyState
from tests.signing_identities import MAKES, chain_for, pem_of
from tools.settings import Settings

OPEN = "kanari-in-the-open"
"""No secret: whoever looks at a place finds it there, or does not look at all."""
DATABASE_PASSWORD = "kanari p@ss/word of the database"
SAID = {
    "a password": "kanari password of a user",
    "a header": "kanari-in-a-header",
    "a cookie": "kanari-in-a-cookie",
    "an unknown key": "kanari-in-x-api-key",
    "configurable": "kanari-in-configurable",
    "context": "kanari-in-context",
    "metadata": "kanari-in-metadata",
    "a bearer of an exception": "kanari0in0an0exception0000",
    "a key of an exception": "sk-kanari-4711-of-somebody",
}
"""What a client says, or a node's error quotes."""
MODES = ["values", "updates", "messages", "custom", "tasks", "checkpoints", "debug"]
Dump = dict[str, str]


def settings_with_canaries(database_url: str, folder: Path) -> tuple[Settings, dict[str, str]]:
    """Settings in which every secret is a canary, and those by name."""
    names = [
        name for name, field in Settings.model_fields.items()
        if SecretStr in getattr(field.annotation, "__args__", ()) and name != "database_url"
    ]  # fmt: skip
    secrets = {name: f"kanari of {name} which nobody may ever read" for name in names}
    # Of forms of their own, or nobody could start with them.
    secrets["https_proxy"] = "http://kanari:kanari-of-the-proxy@proxy.example:3128"
    secrets["master_key"] = b64encode(sha256(secrets["master_key"].encode()).digest()).decode()
    signs = MAKES["es256"]()
    secrets["provenance_key"] = "".join(pem_of(signs).splitlines()[1:-1])
    settings = Settings(
        data_dir=folder, provenance_certificates=chain_for(signs),
        database_url=database_url, auth_mode="token", workers=2, render_processes=1,
        log_level="DEBUG", rate_limit_enabled=False, smtp_host="127.0.0.1", smtp_user="post",
        smtp_from="post@example.org", **secrets,
    )  # type: ignore[arg-type]  # fmt: skip
    return settings, secrets | {"the database": DATABASE_PASSWORD}


def with_password(url: str, user: str) -> str:
    """The same database, entered by another name and with the canary."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(DATABASE_PASSWORD, safe='')}@{place}"))


def crashing(words: str) -> dict[str, GraphSpec]:
    """Graphs that fail with these words: after a gate by an error of somebody, at once by one of ours."""

    async def plan(state: TinyState) -> dict[str, Any]:
        get_stream_writer()({"name": "progress", "payload": {"note": OPEN}})
        logging.getLogger("somebody.elses").debug("planning %s", OPEN)
        return {"log": [OPEN], "stage": OPEN}

    async def ask(state: TinyState) -> dict[str, Any]:
        decision = interrupt({"ask": "go?"}, response_schema=Decision)
        return {"answers": {"ask": decision.model_dump()}}

    async def crash(state: TinyState) -> dict[str, Any]:
        logging.getLogger("somebody.elses").warning("using %s", {"quoted": words})
        raise RuntimeError(words)

    async def refuse(state: TinyState) -> dict[str, Any]:
        raise ProviderRefused(
            words, user_action=words, details={"said": words, "headers": {"X-Api-Key": words}}
        )

    return {
        "crashes": GraphSpec(graph=_line(plan, ask, crash), input_of=dict),
        "refused": GraphSpec(graph=_line(plan, refuse), input_of=dict),
    }


def _line(*nodes: Any) -> AnyGraph:
    builder = StateGraph(TinyState)
    for before, node in zip((None, *nodes), nodes, strict=False):
        builder.add_node(node.__name__, node)
        builder.add_edge(before.__name__ if before else START, node.__name__)
    return builder.compile()


@dataclass
class Walk:
    """Who walks, and every text that came by."""

    client: httpx.AsyncClient
    mailbox: Mailbox
    issued: dict[str, str] = field(default_factory=dict)
    """Tokens that were handed out: told once, to their owner."""
    bodies: list[str] = field(default_factory=list)
    streams: dict[str, str] = field(default_factory=dict)
    archive: bytes = b""

    async def ask(self, method: str, path: str, *, status: int = 200, **more: Any) -> Any:
        """An answer, which is kept to be searched."""
        answer = await self.client.request(method, path, **more)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text}"
        self.bodies.append(answer.text + str(answer.headers))
        return answer.json() if answer.content else None

    async def comes_in(self) -> None:
        """Register, log in, make an API token, forget the password."""
        person = {"email": f"{unique()}@example.org", "password": SAID["a password"]}
        for path in ("register", "login"):
            body = person | ({"name": OPEN} if path == "register" else {})
            answer = await self.client.post(f"/api/auth/{path}", json=body)
            assert answer.is_success, answer.text
            told = answer.json()["data"]
            self.issued |= {f"{path} {name}": told[name] for name in ("accessToken", "refreshToken")}
        bearer = {"Authorization": f"Bearer {told['accessToken']}"}
        along = {"x-openai-api-key": SAID["a header"], "cookie": f"a={SAID['a cookie']}"}
        self.client.headers.update({**bearer, **along})
        made = await self.client.post("/api/auth/tokens", json={"name": "for a program"})
        self.issued["api token"] = made.json()["data"]["token"]
        await self.ask(
            "POST", "/api/auth/login", status=401, json=person | {"password": SAID["a password"] + "?"}
        )
        await self.ask("POST", "/api/auth/reset-password", status=202, json={"email": person["email"]})
        stranger = {"authorization": "", "x-api-key": SAID["an unknown key"]}
        await self.ask("GET", "/threads/none", status=401, headers=stranger)

    async def is_sent_a_link(self) -> None:
        while not self.mailbox.mails:
            await asyncio.sleep(0.01)
        self.issued["reset link"] = self.mailbox.token()

    async def runs(self) -> str:
        """Run to the gate, answer it, crash; the thread. Both kinds of streams listen."""
        thread = str((await self.ask("POST", "/threads", json={"metadata": {"note": OPEN}}))["thread_id"])
        later = asyncio.create_task(self._listen_to_thread(thread))
        keys = {"openai_api_key": SAID["configurable"], "deep": [{"apiKey": SAID["configurable"]}]}
        body = {
            "assistant_id": "crashes", "input": {"brief": {"note": OPEN}}, "stream_mode": MODES,
            "config": {"configurable": keys}, "context": {"x-api-key": SAID["context"]},
        }  # fmt: skip
        await self._stream("v1 to the gate", f"/threads/{thread}/runs/stream", body)
        answer = {
            "assistant_id": "crashes",
            "command": {"resume": {"decision": "GREEN"}},
            "stream_mode": MODES,
        }
        await self._stream("v1 to the crash", f"/threads/{thread}/runs/stream", answer)
        refused = {"assistant_id": "crashes", "metadata": {"deep": {"api_key": SAID["metadata"]}}}
        await self.ask("POST", f"/threads/{thread}/runs", status=422, json=refused)
        await later
        return thread

    async def _stream(self, name: str, path: str, body: dict[str, Any]) -> None:
        self.streams[name] = (await self.client.post(path, json=body)).text

    async def _listen_to_thread(self, thread: str) -> None:
        heard = ""
        body = {"channels": ALL}
        async with self.client.stream("POST", f"/threads/{thread}/stream/events", json=body) as answer:
            async for text in answer.aiter_text():
                heard += text
                if '"event":"failed"' in heard:
                    break
        self.streams["v2"] = heard

    async def looks_around(self, thread: str) -> None:
        """Every way to read what became of it."""
        preset = {
            "graph_id": "crashes",
            "name": OPEN,
            "config": {"configurable": {"token": SAID["configurable"]}},
        }
        await self.ask("POST", "/assistants", json=preset)
        other = {"assistant_id": "refused", "input": {"brief": {}}, "on_completion": "keep"}
        await self.ask("POST", "/runs/wait", json=other)
        for path in ("", "/state", "/history", "/runs"):
            await self.ask("GET", f"/threads/{thread}{path}")
        await self.ask("GET", f"/api/productions/{thread}")
        for search in ("/threads/search", "/assistants/search"):
            await self.ask("POST", search, json={})
        await self.ask("GET", "/api/productions")
        await self.ask("GET", "/api/audit")
        for crash in ("/api/crash", "/crash"):
            await self.ask("GET", crash, status=500)
        self.streams["domain"] = (await self.client.get(f"/api/productions/{thread}/events")).text
        self.archive = (await self.client.get(f"/api/productions/{thread}/archive")).content


async def walk_through(settings: Settings, words: str) -> tuple[dict[str, Dump], dict[str, str]]:
    """What was written, by place and piece, and the tokens that were issued. All failures say `words`."""
    lines = io.StringIO()
    before = logging.getLogger().handlers[:], logging.getLogger().level, structlog.get_config()
    configure_logs(settings, stream=lines)
    try:
        async with open_parts(settings, specs=crashing(words)) as parts:
            walk = await _walk(parts, settings, words)
            places = {
                "responses": dict(enumerate(walk.bodies)), "streams": walk.streams,
                "database": await dumped(settings), "archive": unpacked(walk.archive),
                "data folder": files_in(settings.data_dir),
            }  # fmt: skip
    finally:
        logging.captureWarnings(capture=False)
        logging.getLogger().handlers, logging.getLogger().level = before[:2]
        structlog.configure(**before[2])
    return {**places, "logs": dict(enumerate(lines.getvalue().splitlines()))}, walk.issued


async def _walk(parts: Parts, settings: Settings, words: str) -> Walk:
    house, mailbox = parts.house, Mailbox()
    quick = Passwords(Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1))
    accounts = open_accounts(settings, house.database, parts.tools.clock, mailer=mailbox, passwords=quick)
    object.__setattr__(house, "accounts", accounts)
    object.__setattr__(house, "limits", StreamLimits(heartbeat_s=0.5))

    async def crash() -> None:
        raise RuntimeError(words)

    async with listening(house, settings) as live:
        for path in ("/api/crash", "/crash"):
            live.app.add_api_route(path, crash)
        async with httpx.AsyncClient(base_url=live.url, timeout=20, trust_env=False) as client:
            walk = Walk(client, mailbox)
            async with asyncio.timeout(60):
                await walk.comes_in()
                await walk.is_sent_a_link()
                await walk.looks_around(await walk.runs())
    await accounts.close()
    return walk


async def dumped(settings: Settings) -> Dump:
    """Every row of every table as text, and every binary value decoded."""
    assert settings.database_url is not None
    url = settings.database_url.get_secret_value()
    async with await AsyncConnection.connect(url, autocommit=True) as connection:
        tables = await connection.execute(
            "select schemaname, tablename from pg_tables where schemaname !~ '^(pg_|information_)'"
        )
        return {name: await _table(connection, schema, name) for schema, name in await tables.fetchall()}


async def _table(connection: AsyncConnection[Any], schema: str, name: str) -> str:
    rows = await connection.execute(sql.SQL("select * from {}").format(sql.Identifier(schema, name)))
    columns = [column.name for column in rows.description or ()]
    return "\n".join(_row(dict(zip(columns, row, strict=True))) for row in await rows.fetchall())


def _row(row: dict[str, Any]) -> str:
    shown = [json.dumps(row, default=_readable, ensure_ascii=False)]
    if isinstance(row.get("blob"), bytes):
        shown.append(decoded(row["type"], row["blob"]))
    return "\n".join(shown)


def _readable(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)


def decoded(kind: str, blob: bytes) -> str:
    """What a checkpoint's blob holds."""
    return repr(strict_serializer().loads_typed((kind, blob)))


def unpacked(archive: bytes) -> Dump:
    """The members of an archive; blobs that lie in its rows decoded."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        members = {name: opened.read(name).decode("utf-8", "replace") for name in opened.namelist()}
    for name in ("rows/blobs.jsonl", "rows/writes.jsonl"):
        rows = [json.loads(line) for line in members.get(name, "").splitlines()]
        found = [decoded(row["type"], b64decode(row["blob"])) for row in rows if row.get("blob")]
        members[f"{name} decoded"] = "\n".join(found)
    return members


def files_in(folder: Path) -> Dump:
    """Every file under the data folder."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file): file.read_bytes().decode("utf-8", "replace") for file in files}


def unique() -> str:
    """A role's name that no other test has."""
    return f"kanari_{uuid4().hex[:8]}"
