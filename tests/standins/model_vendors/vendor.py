"""What the three vendors have in common: keys, faults, the brain, the book."""

import asyncio
import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from tests.standins.model_vendors.books import Books, Invoice, Kept
from tests.standins.model_vendors.brains import dutiful
from tests.standins.model_vendors.errors import Rejected
from tests.standins.model_vendors.faults import Fault
from tests.standins.model_vendors.models import Model, known_models
from tests.standins.model_vendors.plans import Piece, Plan, plan
from tests.standins.model_vendors.talk import Asked, Brain, Said, VendorName
from tests.standins.model_vendors.wire import EVENTS, Out, Request, Server


class Dialect(Protocol):
    """How one endpoint reads a question and words an answer."""

    def read(self, body: Mapping[str, Any], model: Model, request: Request, key: str) -> Asked:
        """The question. Raises `Rejected` for all that the real one rejects."""

    def admit(self, plan: Plan) -> None:
        """Raises `Rejected` for what the model would not look at."""

    def unknown_model(self, model_id: str) -> Rejected:
        """What is said about a model that nobody knows."""

    def whole(self, plan: Plan) -> Mapping[str, Any]:
        """The answer in one body."""

    def stream(self, plan: Plan) -> "Wording":
        """The answer in events."""


class Wording(Protocol):
    """The events of one answer."""

    content_type: str

    def opening(self) -> bytes: ...
    def piece(self, piece: Piece) -> bytes: ...
    def closing(self) -> bytes: ...
    def broken(self) -> bytes: ...
    def failed(self, no: Rejected) -> bytes: ...


@dataclass
class Call:
    """One question on its way through the house."""

    kept: Kept
    model: Model
    dialect: Dialect
    plan: Plan
    out: Out
    fault: Fault
    billed: bool = False


NO_FAULT = Fault("status")


class Vendor:
    """One vendor on a port of its own."""

    name: ClassVar[VendorName]
    key: ClassVar[str]
    json_type: ClassVar[dict[str, str]] = {"content-type": "application/json"}
    says_when: ClassVar[bool] = True
    """Whether its headers say when to come back."""

    def __init__(self, books: Books, brain: Brain = dutiful) -> None:
        self.books, self.brain = books, brain
        self.models: dict[str, Model] = known_models(self.name)
        self.keys = {self.key}
        """The keys that are good; a test may add others."""
        self.faults: list[Fault] = []
        """What the next calls meet, first come first."""
        self.troubles: list[Exception] = []
        """What went wrong in a brain or in the stand-in itself; raised at the end of the test."""
        self.server = Server(self._answer, self._leaves_unread)

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def requests(self) -> list[Kept]:
        return [one for one in self.books.requests if one.vendor == self.name]

    @property
    def invoices(self) -> list[Invoice]:
        return self.books.billed(self.name)

    # What each vendor says in its own way.

    def key_of(self, request: Request) -> str:
        raise NotImplementedError

    def admit(self, key: str) -> None:
        """Raises `Rejected` for a key that is wrong or absent."""
        raise NotImplementedError

    def failure(self, fault: Fault) -> Rejected:
        """The body of a fault."""
        raise NotImplementedError

    async def route(self, kept: Kept, request: Request, out: Out) -> None:
        raise NotImplementedError

    # What they share.

    async def _answer(self, request: Request, out: Out) -> None:
        kept = self.books.keep(self._note(request))
        try:
            await self.route(kept, request, out)
        except Rejected as no:
            self._close(kept, f"rejected {no}")
            await out.json(no.status, no.body, {**self.json_type, **no.headers})
        except (ConnectionError, asyncio.CancelledError):
            self._close(kept, "client hung up")
            raise
        except Exception as exc:
            self.troubles.append(exc)
            self._close(kept, f"trouble {exc!r}")
            out.drop()

    def _note(self, request: Request) -> Kept:
        try:
            body = json.loads(request.body) if request.body else None
        except ValueError:
            body = request.body
        path = request.path
        return Kept(self.name, request.method, path, request.headers, body, self.key_of(request))

    def _close(self, kept: Kept, outcome: str) -> None:
        if kept.outcome == "open":
            kept.outcome = outcome
            self.books.look()

    def _leaves_unread(self, head: Request) -> bool:
        if head.method != "POST" or not self.faults or self.faults[0].kind != "unread":
            return False
        self.faults.pop(0)
        kept = Kept(self.name, head.method, head.path, head.headers, key=self.key_of(head))
        kept.outcome = "fault unread"
        self.books.keep(kept)
        return True

    def _next_fault(self, model: str | None) -> Fault:
        """The first one for this model; None asks for those that free requests meet."""
        for number, fault in enumerate(self.faults):
            if fault.model in (None, model) and (model is not None or fault.reads):
                return self.faults.pop(number)
        return NO_FAULT

    async def read_only(self, kept: Kept, out: Out, body: Any) -> None:
        """Answer a free request."""
        fault = self._next_fault(None)
        if fault.status:
            await self._fail(kept, fault, out)
            return
        self.admit(kept.key)
        self._close(kept, "answered")
        await out.json(200, body)

    async def generate(self, kept: Kept, request: Request, out: Out, dialect: Dialect, model_id: str) -> None:
        """From the question to the last byte of the answer and the invoice."""
        fault = self._next_fault(model_id)
        if fault.kind in ("status", "page") and fault.status and not fault.billed:
            await self._fail(kept, fault, out)
            return
        self.admit(kept.key)
        if not isinstance(kept.body, dict):
            raise self.unreadable()
        model = self.find(model_id, dialect)
        asked = dialect.read(kept.body, model, request, kept.key)
        made = plan(asked, await self._ask(asked), model.max_output)
        dialect.admit(made)
        call = Call(kept, model, dialect, made, out, fault)
        if fault.kind == "hang" and fault.after is None:
            await self._hang(call)
        if await self._breaks(call):
            return
        await (self._stream(call) if asked.stream else self._reply(call))

    def unreadable(self) -> Rejected:
        raise NotImplementedError

    def find(self, model_id: str, dialect: Dialect) -> Model:
        """The model, by its name or by the dated one. Raises `Rejected`."""
        for model in self.models.values():
            if model_id in (model.id, model.dated):
                return model
        raise dialect.unknown_model(model_id)

    async def _ask(self, asked: Asked) -> Said:
        said = self.brain(asked)
        return await said if inspect.isawaitable(said) else said

    def bill(self, call: Call, outcome: str, pieces: int | None = None) -> None:
        """Write the invoice of a call, once; of a stream that ended early, for what has left."""
        if not call.billed:
            call.billed = True
            usage = call.plan.usage if pieces is None else call.plan.after(pieces)
            self.books.bill(call.kept, call.model, usage, outcome)

    async def _fail(self, kept: Kept, fault: Fault, out: Out) -> None:
        self._close(kept, f"fault {fault.status} {fault.code}".strip())
        if fault.kind == "page":
            page = f"<html><head><title>{fault.status} Bad Gateway</title></head><body>nginx</body></html>"
            await out.reply(fault.status, page.encode(), {"content-type": "text/html"})
            return
        no = self.failure(fault)
        await out.json(
            no.status, no.body, {**self.json_type, **no.headers, **(fault.headers if self.says_when else {})}
        )

    async def _hang(self, call: Call) -> None:
        if call.fault.billed:
            self.bill(call, "hangs")
        release = call.fault.release
        await (release.heard() if release else asyncio.Event().wait())

    async def _breaks(self, call: Call) -> bool:
        """Whether a fault takes the place of the answer, with all the work done and booked."""
        fault, out = call.fault, call.out
        if fault.kind in ("hang", "cut", "broken_event", "failed") or fault is NO_FAULT:
            return False
        if fault.billed:
            self.bill(call, f"fault {fault.kind}")
        if fault.kind in ("status", "page"):
            await self._fail(call.kept, fault, out)
            return True
        self._close(call.kept, f"fault {fault.kind}")
        kind = EVENTS if call.plan.asked.stream else {"content-type": "application/json"}
        if fault.kind == "unanswered":
            out.drop()
        elif fault.kind == "empty":
            await out.reply(200, b"", kind)
        else:
            await out.reply(
                200, b'data: {"id": "half an ans\n\n' if kind is EVENTS else b'{"id": "half an ans', kind
            )
        return True

    async def _reply(self, call: Call) -> None:
        if call.fault.kind == "failed":
            raise self.failure(call.fault)
        body = json.dumps(call.dialect.whole(call.plan)).encode()
        if call.fault.kind == "hang" and call.fault.after is not None:
            await self._hang(call)
        self.bill(call, "cut" if call.fault.kind == "cut" else "answered")
        if call.fault.kind == "cut":
            self._close(call.kept, "cut")
            await call.out.start(200, {"content-type": "application/json", "content-length": str(len(body))})
            await call.out.piece(body[: len(body) // 2])
            call.out.drop()
            return
        self._close(call.kept, "answered")
        await call.out.reply(200, body, self.headers(call))

    def headers(self, call: Call) -> dict[str, str]:
        """Those of a good answer in one body."""
        return {"content-type": "application/json"}

    async def _stream(self, call: Call) -> None:
        wording, left = call.dialect.stream(call.plan), 0
        await call.out.start(200, {**self.headers(call), "content-type": wording.content_type})
        try:
            await call.out.piece(wording.opening())
            if call.fault.kind == "failed":
                await self._fail_inside(call, wording)
                return
            for number, piece in enumerate(call.plan.pieces):
                if await self._interrupted(call, wording, number):
                    return
                await self._wait_before(call, number)
                left += 1
                await call.out.piece(wording.piece(piece))
            if await self._interrupted(call, wording, max(left, call.fault.after or 0)):
                return
        except (ConnectionError, asyncio.CancelledError):
            self.bill(call, "client hung up", left)
            raise
        self.bill(call, "answered")
        self._close(call.kept, "answered")
        await call.out.piece(wording.closing())
        await call.out.end()

    async def _wait_before(self, call: Call, number: int) -> None:
        waits = call.plan.said.before_piece
        waited = waits(number) if waits else None
        if waited is not None:
            await waited

    async def _interrupted(self, call: Call, wording: Wording, number: int) -> bool:
        """What a fault does before piece `number`; whether the stream is over."""
        fault = call.fault
        if fault.after is None or number != fault.after:
            return False
        if fault.kind == "hang":
            release = fault.release
            await (release.heard() if release else asyncio.Event().wait())
        elif fault.kind == "broken_event":
            await call.out.piece(wording.broken())
        elif fault.kind == "cut":
            self.bill(call, "cut", number)
            self._close(call.kept, "cut")
            call.out.drop()
            return True
        return False

    async def _fail_inside(self, call: Call, wording: Wording) -> None:
        self._close(call.kept, "fault failed")
        await call.out.piece(wording.failed(self.failure(call.fault)))
        await call.out.end()
