"""Lines of `greenlight doctor` about what only the server knows: its settings, its secrets, its workers."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from server.runs import roster
from server.startup import check_settings, is_loopback
from server.tracing import check_traces
from state.errors import GreenlightError
from tools.db.doctor import Check
from tools.db.pool import Database
from tools.ledger.stops import Stop, Stops
from tools.provenance.keys import Signer, given_signer, open_signer_now
from tools.provenance.self_made import KEPT_FILE as KEPT_KEY
from tools.settings import Settings

KEPT = ("link_secret", "auth_secret", "master_key", KEPT_KEY)
"""Files of secrets in a data folder."""
RENEW_WITHIN = timedelta(days=30)
VENDORS = {
    "OPENAI_API_KEY": "openai_api_key",
    "GOOGLE_API_KEY": "google_api_key",
    "DEEPSEEK_API_KEY": "deepseek_api_key",
    "GREENLIGHT_MODEL_SERVER_URL": "model_server_url",
    "REPLICATE_API_TOKEN": "replicate_api_token",
    "FAL_KEY": "fal_key",
}


def check_set_up(settings: Settings) -> list[Check]:
    """What can be known without asking anybody."""
    return [
        _check_settings(settings), _check_secrets(settings), _check_keys(settings),
        check_signer(settings, now=datetime.now(UTC)),
    ]  # fmt: skip


async def check_workers(settings: Settings) -> list[Check]:
    """Who drives productions on this database; nothing where the database is nobody else's."""
    if settings.database_url is None:
        return []
    try:
        database = await Database.open(settings.database_url.get_secret_value(), max_size=1, name="doctor")
        try:
            rows, queue = await roster.listed(database), await roster.queue_lengths(database)
        finally:
            await database.close()
    except GreenlightError as exc:
        return [Check(name="workers", status="failed", message=exc.message, remedy=exc.user_action)]
    states = [row["state"] for row in rows]
    return [_workers(states, waits=queue["oldest_wait_s"], held=sum(len(row["leases"]) for row in rows))]


async def check_spending(settings: Settings) -> list[Check]:
    """Whether somebody stopped spending here; nothing where the database is nobody else's."""
    if settings.database_url is None:
        return []
    try:
        database = await Database.open(settings.database_url.get_secret_value(), max_size=1, name="doctor")
        try:
            stops = await Stops(database).in_force()
        finally:
            await database.close()
    except GreenlightError as exc:
        return [Check(name="spending", status="failed", message=exc.message, remedy=exc.user_action)]
    return [_spending(stops)]


def _spending(stops: list[Stop]) -> Check:
    if not stops:
        return Check(name="spending", status="ok", message="not stopped")
    users = sum(stop.user_id is not None for stop in stops)
    whose = "for everybody" if len(stops) > users else f"for {users} users"
    return Check(
        name="spending", status="warning", message=f"stopped {whose}: nothing that costs money is ordered",
        remedy="`greenlight spending show` says why; `greenlight spending release` lets it go on.",
    )  # fmt: skip


def _workers(states: list[str], *, waits: float | None, held: int) -> Check:
    working, lost = states.count("working"), states.count("lost")
    message = (
        f"{working} working, {states.count('draining')} draining, {lost} lost; {held} productions driven"
    )
    if waits is not None:
        message += f", the first in the queue waits for {waits:.0f} s"
    if waits is not None and not working:
        return Check(name="workers", status="failed", message=message, remedy="Start one: `greenlight work`.")
    if lost:
        remedy = "`greenlight workers` names the lost ones; their productions go to others."
        return Check(name="workers", status="warning", message=message, remedy=remedy)
    return Check(name="workers", status="ok", message=message)


def _check_settings(settings: Settings) -> Check:
    try:
        check_settings(settings)
        check_traces(settings)
    except GreenlightError as exc:
        return Check(name="settings", status="failed", message=exc.message, remedy=exc.user_action)
    if settings.auth_mode == "none" and not is_loopback(settings.host):
        return Check(
            name="settings", status="warning",
            message=f"whoever reaches {settings.host} owns this server: there is no login",
            remedy="Set GREENLIGHT_AUTH_MODE=token, or GREENLIGHT_HOST=127.0.0.1.",
        )  # fmt: skip
    return Check(
        name="settings", status="ok", message=f"login: {settings.auth_mode}, {settings.host}:{settings.port}"
    )


def _check_secrets(settings: Settings) -> Check:
    """Whether what signs and seals is there, and readable by us alone."""
    open_to_all = [name for name in KEPT if _readable_by_others(settings.data_dir / name)]
    if open_to_all:
        files = ", ".join(str(settings.data_dir / name) for name in open_to_all)
        return Check(
            name="secrets", status="warning", message=f"other accounts of this machine can read {files}",
            remedy=f"chmod 600 {files.replace(',', '')}",
        )  # fmt: skip
    unset = settings.master_key is None and settings.master_key_file is None
    if settings.auth_mode == "token" and unset:
        return Check(
            name="secrets", status="warning", message="nobody can leave keys of providers or webhooks here",
            remedy="Set GREENLIGHT_MASTER_KEY: `openssl rand -base64 32`.",
        )  # fmt: skip
    return Check(
        name="secrets", status="ok", message="set, or kept in the data folder for this machine alone"
    )


def _check_keys(settings: Settings) -> Check:
    """Which providers have a key here; without one everything is made offline."""
    named = [name for name, field in VENDORS.items() if getattr(settings, field) is not None]
    if named:
        unset = ", ".join(name for name in VENDORS if name not in named)
        message = f"set: {', '.join(named)}" + (f"; not set: {unset}" if unset else "")
        return Check(name="keys", status="ok", message=message)
    return Check(
        name="keys", status="ok", message="none: the offline writer and previz make everything, for free"
    )


def check_signer(settings: Settings, *, now: datetime) -> Check:
    """Who signs what is delivered, and until when; makes no key that is not there yet."""
    try:
        signer = _signer(settings)
    except GreenlightError as exc:
        return Check(name="signature", status="failed", message=exc.message, remedy=exc.user_action)
    if signer is None:
        message = "a key of this machine's own is made for the first film"
        return Check(name="signature", status="ok", message=message)
    whose = "a key made here, whose issuer no reader knows" if signer.self_made else "the key of the settings"
    message = f"{signer.name}, until {signer.until.date()}, by {whose}"
    if signer.until - now > RENEW_WITHIN:
        return Check(name="signature", status="ok", message=message)
    remedy = (
        "Renew the certificate: after that day films are not signed, and those that were cannot be checked."
    )
    return Check(name="signature", status="warning", message=message, remedy=remedy)


def _signer(settings: Settings) -> Signer | None:
    given = given_signer(settings)
    if given is None and (settings.data_dir / KEPT_KEY).exists():
        return open_signer_now(settings)
    return given


def _readable_by_others(file: Path) -> bool:
    try:
        return bool(file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    except OSError:
        return False
