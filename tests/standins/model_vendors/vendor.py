"""What the three vendors have in common: keys, faults, the brain, the book."""

import asyncio
import inspect
import json
from typing import Any, ClassVar

from tests.standins.model_vendors.answering import answer
from tests.standins.model_vendors.books import Books, Invoice, Kept, Met
from tests.standins.model_vendors.brains import dutiful
from tests.standins.model_vendors.dialects import NO_FAULT, Call, Dialect
from tests.standins.model_vendors.errors import Rejected
from tests.standins.model_vendors.faults import OF_MEDIA, Fault
from tests.standins.model_vendors.models import Model, known_models
from tests.standins.model_vendors.plans import plan
from tests.standins.model_vendors.talk import Asked, Brain, Said, VendorName
from tests.standins.model_vendors.wire import Out, Request, Server


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
        self.open_to_all = False
        """Without keys, as a server in somebody's own cellar."""
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

    def offer(self, name: str, like: str, **changes: Any) -> Model:
        """Sell one more model: `vendor.offer("llama", like="gpt-4o", context=8192)`."""
        self.models[name] = self.models[like].shrunk(id=name, dated=name, **changes)
        return self.models[name]

    @property
    def sells_all(self) -> bool:
        """Whether it is still the vendor: who takes models away has a server of their own, without media."""
        return known_models(self.name).keys() <= self.models.keys()

    # What each vendor says in its own way.

    def key_of(self, request: Request) -> str:
        raise NotImplementedError

    def admit(self, key: str) -> None:
        """Raises `Rejected` for a key that is wrong or absent."""
        raise NotImplementedError

    def failure(self, fault: Fault) -> Rejected:
        """The body of a fault."""
        raise NotImplementedError

    def check_key(self, kept: Kept) -> None:
        if not self.open_to_all:
            self.admit(kept.key)

    async def route(self, kept: Kept, request: Request, out: Out) -> None:
        raise NotImplementedError

    # What they share.

    async def _answer(self, request: Request, out: Out) -> None:
        kept = self.books.keep(self._note(request))
        try:
            await self.route(kept, request, out)
        except Rejected as no:
            self.close(kept, f"rejected {no}")
            await out.json(no.status, no.body, {**self.json_type, **no.headers})
        except (ConnectionError, asyncio.CancelledError):
            self.close(kept, "client hung up")
            raise
        except Exception as exc:
            self.troubles.append(exc)
            self.close(kept, f"trouble {exc!r}")
            out.drop()

    def _note(self, request: Request) -> Kept:
        try:
            body = json.loads(request.body) if request.body else None
        except ValueError:
            body = request.body
        path = request.path
        return Kept(self.name, request.method, path, request.headers, body, self.key_of(request))

    def close(self, kept: Kept, outcome: str) -> None:
        if kept.outcome == "open":
            kept.outcome = outcome
            self.books.look()

    def _leaves_unread(self, head: Request) -> bool:
        if head.method != "POST" or not self.faults or self.faults[0].kind != "unread":
            return False
        fault = self.faults.pop(0)
        self.books.meet(Met(self.name, fault.name, "", "submit"))
        kept = Kept(self.name, head.method, head.path, head.headers, key=self.key_of(head))
        kept.outcome = "fault unread"
        self.books.keep(kept)
        return True

    def _next_fault(self, model: str | None) -> Fault:
        """The first one for this model; None asks for those that free requests meet."""
        for number, fault in enumerate(self.faults):
            if fault.kind in OF_MEDIA or fault.at not in ("", "submit"):
                continue  # waits for who orders media
            if fault.model in (None, model) and (model is not None or fault.reads):
                self.books.meet(Met(self.name, fault.name, model or "", "submit" if model else "read"))
                return self.faults.pop(number)
        return NO_FAULT

    async def read_only(self, kept: Kept, out: Out, body: Any) -> None:
        """Answer a free request."""
        fault = self._next_fault(None)
        if fault.status:
            await self.fail(kept, fault, out)
            return
        self.check_key(kept)
        self.close(kept, "answered")
        await out.json(200, body)

    async def generate(self, kept: Kept, request: Request, out: Out, dialect: Dialect, model_id: str) -> None:
        """From the question to the last byte of the answer and the invoice."""
        fault = self._next_fault(model_id)
        if fault.kind in ("status", "page") and fault.status and not fault.billed:
            await self.fail(kept, fault, out)
            return
        self.check_key(kept)
        if not isinstance(kept.body, dict):
            raise self.unreadable()
        model = self.find(model_id, dialect)
        try:
            asked = dialect.read(kept.body, model, request, kept.key)
        except (KeyError, TypeError, AttributeError) as exc:  # a field that is missing, or of another type
            raise self.unreadable() from exc
        made = plan(asked, await self._ask(asked), model.max_output)
        dialect.admit(made)
        await answer(self, Call(kept, model, dialect, made, out, fault))

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

    async def fail(self, kept: Kept, fault: Fault, out: Out) -> None:
        """Answer with the fault's status, in this vendor's words."""
        if fault.kind == "page":
            self.close(kept, f"fault {fault.status} page")
            page = f"<html><head><title>{fault.status} Bad Gateway</title></head><body>nginx</body></html>"
            await out.reply(fault.status, page.encode(), {"content-type": "text/html"})
            return
        no = self.failure(fault)
        self.close(kept, f"fault {no.status} {fault.code}".strip())
        when = fault.headers if self.says_when else {}
        await out.json(no.status, no.body, {**self.json_type, **no.headers, **when})

    def headers(self, call: Call) -> dict[str, str]:
        """Those of a good answer in one body."""
        return dict(self.json_type)
