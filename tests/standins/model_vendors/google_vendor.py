"""Google's Gemini API: keys, paths and the words of its errors."""

from typing import Any, ClassVar

from tests.standins.media_vendors.google_media import GoogleMedia
from tests.standins.model_vendors.books import Books, Kept
from tests.standins.model_vendors.brains import dutiful
from tests.standins.model_vendors.dialects import Call
from tests.standins.model_vendors.errors import Rejected, google_error
from tests.standins.model_vendors.faults import Fault
from tests.standins.model_vendors.google_dialect import GeminiDialect, counted, listed
from tests.standins.model_vendors.talk import Brain, VendorName
from tests.standins.model_vendors.vendor import Vendor
from tests.standins.model_vendors.wire import Out, Request

WRONG_KEY = "API key not valid. Please pass a valid API key."
NO_KEY = (
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key "
    "or other "
    "form of API consumer identity to call this API."
)
NO_TOKEN = (
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other "
    "valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
GOOGLE = "type.googleapis.com/google.rpc"


class Google(Vendor):
    """http://127.0.0.1:PORT is what clients need as their base URL."""

    name: ClassVar[VendorName] = "google"
    json_type: ClassVar[dict[str, str]] = {"content-type": "application/json; charset=UTF-8"}
    says_when: ClassVar[bool] = False
    key: ClassVar[str] = "AIzaStandIn0123456789abcdefghijklmnopqr"

    def __init__(self, books: Books, brain: Brain = dutiful) -> None:
        super().__init__(books, brain)
        self.gemini = GeminiDialect(self.models)
        self.media = GoogleMedia(self)

    def key_of(self, request: Request) -> str:
        bearer = request.headers.get("authorization", "")
        return request.headers.get("x-goog-api-key") or request.query.get("key") or bearer

    def admit(self, key: str) -> None:
        if key.startswith("Bearer ") and key not in self.keys:
            raise google_error(401, "UNAUTHENTICATED", NO_TOKEN)
        if not key:
            raise google_error(403, "PERMISSION_DENIED", NO_KEY)
        if key not in self.keys:
            raise wrong_key()

    def failure(self, fault: Fault) -> Rejected:
        match fault.code:
            case "key":
                return wrong_key()
            case "denied":
                return google_error(403, "PERMISSION_DENIED", "The caller does not have permission")
            case "busy" | "quota" | "balance" | "limit":
                return _exhausted(fault)
            case "overloaded":
                return google_error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.")
        return google_error(
            fault.status, {503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED"}.get(fault.status, "INTERNAL"),
            "An internal error has occurred. Please retry or report in "
            "https://developers.generativeai.google/guide/troubleshooting",
        )  # fmt: skip

    def unreadable(self) -> Rejected:
        return google_error(
            400, "INVALID_ARGUMENT", "Invalid JSON payload received. Unexpected end of string."
        )

    def headers(self, call: Call) -> dict[str, str]:
        return {"content-type": "application/json; charset=UTF-8", "server-timing": "gfet4t7; dur=12"}

    async def route(self, kept: Kept, request: Request, out: Out) -> None:
        if await self.media.route(kept, request, out):
            return
        match request.method, request.path.strip("/").split("/"):
            case "GET", ["v1beta" | "v1", "models"]:
                media = self.media.listed() if self.sells_all else []
                known = [*map(listed, self.models.values()), *media]
                await self.read_only(kept, out, {"models": known})
            case "GET", ["v1beta" | "v1", "models", name]:
                self.check_key(kept)
                sold = {one["name"]: one for one in self.media.listed()}
                told = sold.get(f"models/{name}") or listed(self.find(name, self.gemini))
                await self.read_only(kept, out, told)
            case "POST", ["v1beta" | "v1", "models", called]:
                name, _, method = called.partition(":")
                await self._call(kept, request, out, name, method)
            case _:
                await out.reply(404, b"", {"content-type": "text/html; charset=UTF-8"})

    async def _call(self, kept: Kept, request: Request, out: Out, name: str, method: str) -> None:
        if method == "countTokens":
            self.check_key(kept)
            await self.read_only(kept, out, counted(self._to_count(kept, request, name)))
        elif method == "generateContent" or request.query.get("alt") == "sse":
            await self.generate(kept, request, out, self.gemini, name)
        elif method == "streamGenerateContent":
            try:
                await self.generate(kept, request, out, self.gemini, name)
            except Rejected as no:  # an array, as its answers are
                raise Rejected(no.status, [no.body], no.headers, no.code) from no  # type: ignore[arg-type]
        else:
            raise self.gemini.unknown_model(f"{name}:{method}")

    def _to_count(self, kept: Kept, request: Request, name: str) -> Any:
        body = kept.body if isinstance(kept.body, dict) else {}
        model = self.find(name, self.gemini)
        return self.gemini.read(body.get("generateContentRequest", body), model, request, kept.key)


def wrong_key() -> Rejected:
    info = {
        "@type": f"{GOOGLE}.ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com",
        "metadata": {"service": "generativelanguage.googleapis.com"},
    }  # fmt: skip
    told = {"@type": f"{GOOGLE}.LocalizedMessage", "locale": "en-US", "message": WRONG_KEY}
    return google_error(400, "INVALID_ARGUMENT", WRONG_KEY, [info, told])


def _exhausted(fault: Fault) -> Rejected:
    per = "Minute" if fault.code == "busy" else "Day"
    quota = {"quotaId": f"GenerateRequestsPer{per}PerProjectPerModel-FreeTier"}
    details: list[dict[str, Any]] = [{"@type": f"{GOOGLE}.QuotaFailure", "violations": [quota]}]
    if fault.retry_after_s is not None:
        details.append({"@type": f"{GOOGLE}.RetryInfo", "retryDelay": f"{fault.retry_after_s:g}s"})
    message = "You exceeded your current quota, please check your plan."
    no = google_error(429, "RESOURCE_EXHAUSTED", message, details)
    return no
