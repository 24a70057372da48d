"""What an endpoint must know to be served: how it reads a question and how it words an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tests.standins.model_vendors.books import Kept
from tests.standins.model_vendors.errors import Rejected
from tests.standins.model_vendors.faults import Fault
from tests.standins.model_vendors.models import Model
from tests.standins.model_vendors.plans import Piece, Plan
from tests.standins.model_vendors.talk import Asked
from tests.standins.model_vendors.wire import Out, Request


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
