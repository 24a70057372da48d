"""Sends what is in the outbox: claimed under a lease, a few at a time, again until it is taken.

A message may arrive twice, when a process dies between its answer and our note of it; its id is the
same, so the receiver can tell. Nothing is promised about the order.
"""

import asyncio
import contextlib
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import structlog
from psycopg.rows import DictRow

from server.hooks.mails import DISABLED, mail_of
from server.hooks.messages import body_of, message_id, payload_of
from server.hooks.post import Outcome, post
from server.hooks.schedule import REST_AFTER
from server.hooks.secrets import OpenVault, open_secret, opened_vault
from server.hooks.settling import settle
from server.hooks.signature import signed_headers
from state.errors import DatabaseDown, DatabaseError, MailNotSent, VaultError
from tools.clock import Clock
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ending import end_tasks
from tools.mail.smtp import Mailer
from tools.telemetry.meters import NOTICES

SQL = named_queries(Path(__file__).with_suffix(".sql"))
SECRETS = named_queries(Path(__file__).with_name("endpoints.sql"))["secrets"]
LEASE_S = 60.0
"""Four times as long as a send may take."""
MOST_AT_ONCE, MOST_OF_ONE = 16, 4
SAFETY_NET_S = 5.0
TIDY_EVERY_S = 3600.0
KEPT_FOR, MAILS_WAIT_FOR = timedelta(days=30), timedelta(days=1)
PATIENCE_S = 5.0
log = structlog.stdlib.get_logger(__name__)


class Sender:
    """The sending half of the outbox; any number of processes may have one."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        client: httpx.AsyncClient,
        open_vault: OpenVault,
        mailer: Mailer | None,
        console: str,
        safety_s: float = SAFETY_NET_S,
        lease_s: float = LEASE_S,
    ) -> None:
        self._database = database
        self._clock = clock
        self._client = client
        self._open_vault = open_vault
        self._mailer = mailer
        self._console = console
        self._safety_s = safety_s
        self._lease_s = lease_s
        self._bell = asyncio.Event()
        self._sending: set[asyncio.Task[None]] = set()
        self._tidied_at: float | None = None
        self._draining = False

    def ring(self) -> None:
        """Something may be in the outbox."""
        self._bell.set()

    async def run(self) -> None:
        """Send what is due, as it comes, until cancelled."""
        while not self._draining:
            self._bell.clear()
            try:
                await self._begin()
                await self._tidy()
            except DatabaseDown as exc:
                log.warning("outbox_waits", problem=exc.message)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._safety_s):
                    await self._bell.wait()

    async def send_due(self) -> int:
        """Send everything that is due now, and wait until it was; how many messages that were."""
        sent = 0
        while begun := await self._begin():
            sent += begun
            await asyncio.wait(set(self._sending))
        return sent

    async def drain(self) -> None:
        """Begin nothing more; what is on its way has a moment to arrive, or is sent again later."""
        self._draining = True
        if self._sending:
            await asyncio.wait(set(self._sending), timeout=PATIENCE_S)
        await end_tasks(list(self._sending))

    async def close(self) -> None:
        """Give up what is still on its way, and every connection."""
        await self.drain()
        await self._client.aclose()

    async def _begin(self) -> int:
        """Claim what there is room for and begin to send it."""
        room = MOST_AT_ONCE - len(self._sending)
        if room <= 0 or self._draining:
            return 0
        rows = await self._database.fetch_all(SQL["claim"], self._wanted(room))
        for row in rows:
            task = asyncio.create_task(self._send(row), name="notice")
            self._sending.add(task)
            task.add_done_callback(self._done)
        return len(rows)

    def _wanted(self, room: int) -> dict[str, Any]:
        return {
            "now": self._clock.now(), "many": room, "each": MOST_OF_ONE, "rest_after": REST_AFTER,
            "lease": self._lease_s, "mails": self._mailer is not None,
        }  # fmt: skip

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._sending.discard(task)
        self._bell.set()

    async def _send(self, notice: DictRow) -> None:
        began = time.monotonic()
        try:
            outcome = await self._attempt(notice)
            await settle(self._database, notice, outcome, now=self._clock.now())
        except DatabaseError as exc:
            # Its lease runs out, and it is sent again under the same id.
            log.warning("notice_not_settled", notice_id=notice["notice_id"], problem=exc.message)
            return
        _tell(notice, outcome, took_s=time.monotonic() - began)

    async def _attempt(self, notice: DictRow) -> Outcome:
        try:
            return await (self._post(notice) if notice["endpoint_id"] else self._mail(notice))
        except DatabaseError:
            raise
        except Exception:  # the worker loop: one message's trouble is not the others', nor the endpoint's
            log.exception("notice_failed", notice_id=notice["notice_id"])
            return Outcome(problem="something went wrong on our side", blames_endpoint=False)

    async def _post(self, notice: DictRow) -> Outcome:
        if not notice["lives"]:
            return Outcome(problem="the account is switched off", blames_endpoint=False)
        now, identity = self._clock.now(), message_id(notice["notice_id"])
        try:
            secrets = await self._secrets(notice["endpoint_id"])
        except VaultError as exc:
            return Outcome(problem=f"the secret cannot be opened ({exc.code})", blames_endpoint=False)
        if not secrets:
            return Outcome(problem="the endpoint is gone", blames_endpoint=False)
        body = body_of(payload_of(notice, console=self._console))
        headers = signed_headers(secrets, message_id=identity, timestamp=int(now.timestamp()), body=body)
        return await post(self._client, notice["url"], headers=headers, body=body, now=now, secrets=secrets)

    async def _secrets(self, endpoint_id: str) -> list[str]:
        named = {"id": endpoint_id, "now": self._clock.now()}
        rows = await self._database.fetch_all(SECRETS, named)
        vault = await opened_vault(self._open_vault)
        return [open_secret(vault, row) for row in rows]

    async def _mail(self, notice: DictRow) -> Outcome:
        if self._mailer is None or not notice["email"] or not notice["lives"]:
            return Outcome(problem="there is nobody to mail to", blames_endpoint=False)
        if notice["type"] != DISABLED and not await self._is_asked(notice):
            return Outcome(delivered=True, problem="it was answered before the mail left")
        mail = mail_of(notice, console=self._console)
        try:
            await self._mailer.send(to=notice["email"], subject=mail.subject, text=mail.text)
        except MailNotSent as exc:
            return Outcome(problem=exc.message)
        return Outcome(delivered=True)

    async def _is_asked(self, notice: DictRow) -> bool:
        """Whether the gate still waits and its owner still wants to be told."""
        named = {"production": notice["production_id"], "gate": notice["data"].get("gate_id")}
        row = await self._database.fetch_one(SQL["still_asked"], named)
        return bool(row and row["asked"] and notice["mail_at_gates"])

    async def _tidy(self) -> None:
        if self._tidied_at is not None and self._clock.monotonic() - self._tidied_at < TIDY_EVERY_S:
            return
        now = self._clock.now()
        named = {"now": now, "before": now - KEPT_FOR, "mails_before": now - MAILS_WAIT_FOR}
        await self._database.execute(SQL["tidy"], named)
        self._tidied_at = self._clock.monotonic()


def _tell(notice: DictRow, outcome: Outcome, *, took_s: float) -> None:
    """One line of the log; never the address, which may hold a secret of its owner's."""
    to = "webhook" if notice["endpoint_id"] else "mail"
    NOTICES.labels(to, "delivered" if outcome.delivered else "not_taken").inc()
    told = log.info if outcome.delivered else log.warning
    told(
        "notice_sent" if outcome.delivered else "notice_not_taken",
        notice_id=notice["notice_id"], type=notice["type"], attempt=notice["attempts"],
        status_code=outcome.status_code, problem=outcome.problem, took_ms=round(took_s * 1000),
    )  # fmt: skip
