"""DeepSeek: keys, balances, paths and the words of its errors."""

from decimal import Decimal
from typing import Any, ClassVar

from tests.standins.model_vendors.books import Books, Kept
from tests.standins.model_vendors.brains import dutiful
from tests.standins.model_vendors.deepseek_chat import DeepSeekDialect, no
from tests.standins.model_vendors.errors import Rejected, openai_error
from tests.standins.model_vendors.faults import Fault
from tests.standins.model_vendors.talk import Brain, VendorName
from tests.standins.model_vendors.vendor import Vendor
from tests.standins.model_vendors.wire import Out, Request


class DeepSeek(Vendor):
    """http://127.0.0.1:PORT, with or without /v1 or /beta, is what clients need as their base URL."""

    name: ClassVar[VendorName] = "deepseek"
    key: ClassVar[str] = "sk-standin-deepseek-0123456789abcdef"

    def __init__(self, books: Books, brain: Brain = dutiful) -> None:
        super().__init__(books, brain)
        self.chat = DeepSeekDialect(self.models)
        self.balances: dict[str, Decimal] = {}
        """USD left of the keys that have an end; at nothing they are refused with 402."""

    def key_of(self, request: Request) -> str:
        return request.headers.get("authorization", "").removeprefix("Bearer ").strip()

    def admit(self, key: str) -> None:
        if not key:
            raise no(
                "Authentication Fails (auth header format should be Bearer sk-...)",
                401,
                "authentication_error",
            )
        if key not in self.keys:
            raise wrong_key(key)

    def failure(self, fault: Fault) -> Rejected:
        match fault.code:
            case "balance" | "quota":
                return openai_error(
                    402, "Insufficient Balance", kind="unknown_error", code="invalid_request_error"
                )
            case "busy":
                return no("Rate limit reached", 429, "rate_limit_error")
            case "key":
                return wrong_key(self.key)
            case "overloaded":
                return no(
                    "Service is too busy. We advise users to temporarily switch to alternative LLM API "
                    "service "
                    "providers.", 503, "service_unavailable_error",
                )  # fmt: skip
        return no("Internal Server Error", fault.status, "internal_server_error")

    def unreadable(self) -> Rejected:
        return no("Failed to parse the request body as JSON: EOF while parsing a value at line 1 column 0")

    async def route(self, kept: Kept, request: Request, out: Out) -> None:
        steps = request.path.strip("/").split("/")
        match request.method, steps[1:] if steps[0] in ("v1", "beta") else steps:
            case "POST", ["chat", "completions"]:
                body: Any = kept.body if isinstance(kept.body, dict) else {}
                if self._left(kept.key) <= 0:
                    raise self.failure(Fault("status", 402, "balance"))
                await self.generate(kept, request, out, self.chat, str(body.get("model", "")))
            case "GET", ["models"]:
                listed = [{"id": name, "object": "model", "owned_by": "deepseek"} for name in self.models]
                await self.read_only(kept, out, {"object": "list", "data": listed})
            case "GET", ["user", "balance"]:
                await self.read_only(kept, out, self._balance(kept.key))
            case _:
                await out.reply(404, b"")

    def _left(self, key: str) -> Decimal:
        spent = Decimal(self.books.micro_usd(self.name, key=key)) / 1_000_000
        return self.balances.get(key, Decimal(1000) + spent) - spent

    def _balance(self, key: str) -> dict[str, Any]:
        left = max(Decimal(0), self._left(key))
        told = f"{left:.2f}"
        info = {
            "currency": "USD",
            "total_balance": told,
            "granted_balance": "0.00",
            "topped_up_balance": told,
        }
        return {"is_available": left > 0, "balance_infos": [info]}


def wrong_key(key: str) -> Rejected:
    return no(f"Authentication Fails, Your api key: ****{key[-4:]} is invalid", 401, "authentication_error")
