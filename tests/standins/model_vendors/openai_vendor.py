"""OpenAI: keys, paths and the words of its errors."""

from typing import Any, ClassVar

from tests.standins.media_vendors.openai_media import OpenAIMedia
from tests.standins.model_vendors.books import Books, Kept
from tests.standins.model_vendors.brains import dutiful
from tests.standins.model_vendors.dialects import Call
from tests.standins.model_vendors.errors import Rejected, openai_error
from tests.standins.model_vendors.faults import Fault
from tests.standins.model_vendors.openai_chat import ChatDialect
from tests.standins.model_vendors.openai_chunks import CREATED
from tests.standins.model_vendors.openai_responses import ResponsesDialect
from tests.standins.model_vendors.talk import Brain, VendorName
from tests.standins.model_vendors.vendor import Vendor
from tests.standins.model_vendors.wire import Out, Request

QUOTA = (
    "You exceeded your current quota, please check your plan and billing details. For more information on "
    "this "
    "error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors."
)
NO_KEY = (
    "You didn't provide an API key. You need to provide your API key in an Authorization header using "
    "Bearer auth "
    "(i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're "
    "accessing the "
    "API from your browser and are prompted for a username and password. You can obtain an API key from "
    "https://platform.openai.com/account/api-keys."
)
NOT_VERIFIED = (
    "Your organization must be verified to use this model. Please go to: "
    "https://platform.openai.com/settings/organization/general and click on Verify Organization."
)
SERVER = (
    "The server had an error while processing your request. Sorry about that! You can retry your request, or "
    "contact us through our help center at help.openai.com if the error persists."
)
SHOWN = 8
"""A wrong key is told back with its first and its last characters."""


class OpenAI(Vendor):
    """http://127.0.0.1:PORT/v1 is what clients need as their base URL."""

    name: ClassVar[VendorName] = "openai"
    key: ClassVar[str] = "sk-standin-openai-0123456789abcdef"

    def __init__(self, books: Books, brain: Brain = dutiful) -> None:
        super().__init__(books, brain)
        self.chat, self.responses = ChatDialect(self.models), ResponsesDialect(self.models)
        self.media = OpenAIMedia(self)

    def key_of(self, request: Request) -> str:
        return request.headers.get("authorization", "").removeprefix("Bearer ").strip()

    def admit(self, key: str) -> None:
        if not key:
            raise openai_error(401, NO_KEY)
        if key not in self.keys:
            raise wrong_key(key)

    def failure(self, fault: Fault) -> Rejected:
        match fault.code:
            case "busy":
                return openai_error(
                    429, "Rate limit reached for requests. Limit: 500 / min. Please try again in 120ms.",
                    kind="requests", code="rate_limit_exceeded",
                )  # fmt: skip
            case "quota" | "balance":
                return openai_error(429, QUOTA, kind="insufficient_quota", code="insufficient_quota")
            case "key":
                return wrong_key(self.key)
            case "denied":
                return openai_error(403, NOT_VERIFIED)
            case "limit":
                return openai_error(
                    400, "Billing hard limit has been reached.", kind="billing_limit_user_error",
                    code="billing_hard_limit_reached",
                )  # fmt: skip
            case "overloaded":
                return openai_error(
                    503, "The server is currently overloaded with other requests. Sorry about that! You can "
                    "retry "
                    "your request.", kind="server_error",
                )  # fmt: skip
        return openai_error(fault.status, SERVER, kind="server_error")

    def unreadable(self) -> Rejected:
        return openai_error(
            400, "We could not parse the JSON body of your request. (HINT: This likely means you aren't "
            "using your "
            "HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid "
            "JSON.)",
        )  # fmt: skip

    def headers(self, call: Call) -> dict[str, str]:
        return {
            "content-type": "application/json", "openai-version": "2020-10-01", "openai-processing-ms": "12",
            "x-request-id": f"req_standin{len(self.books.requests):08d}",
        }  # fmt: skip

    async def route(self, kept: Kept, request: Request, out: Out) -> None:
        if await self.media.route(kept, request, out):
            return
        match request.method, request.path.strip("/").split("/"):
            case "POST", ["v1", "chat", "completions"]:
                await self.generate(kept, request, out, self.chat, self.model_asked(kept))
            case "POST", ["v1", "responses"]:
                await self.generate(kept, request, out, self.responses, self.model_asked(kept))
            case "GET", ["v1", "models"]:
                await self.read_only(kept, out, {"object": "list", "data": [*map(listed, self._names())]})
            case "GET", ["v1", "models", name]:
                self.check_key(kept)
                if name not in self._names():
                    raise openai_error(
                        404, f"The model '{name}' does not exist", param="model", code="model_not_found"
                    )
                await self.read_only(kept, out, listed(name))
            case _:
                raise openai_error(404, f"Invalid URL ({request.method} {request.path})")

    def _names(self) -> list[str]:
        return [*self.models, *(self.media.listed() if self.sells_all else [])]

    def model_asked(self, kept: Kept) -> str:
        """The model's name in the body; without one the key is looked at first, as always."""
        body: Any = kept.body
        if not isinstance(body, dict):
            return ""
        if not isinstance(body.get("model"), str):
            self.check_key(kept)
            raise openai_error(400, "you must provide a model parameter")
        return str(body["model"])


def wrong_key(key: str) -> Rejected:
    """OpenAI tells a part of the key back, which must not be passed on."""
    stars = (
        f"{key[:SHOWN]}{'*' * max(0, len(key) - SHOWN - 4)}{key[-4:]}"
        if len(key) > SHOWN + 4
        else "*" * len(key)
    )
    return openai_error(
        401, f"Incorrect API key provided: {stars}. You can find your API key at "
        "https://platform.openai.com/account/api-keys.", code="invalid_api_key",
    )  # fmt: skip


def listed(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": CREATED, "owned_by": "system"}
