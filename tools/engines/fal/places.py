"""Where fal is asked, and the name of a job that is enough to ask for it from any process."""

import re
from dataclasses import dataclass
from typing import Any

from state.errors import ProviderFailed

PROVIDER = "fal"
PART = r"\w[\w.-]*"
APP = rf"{PART}/{PART}(?:/{PART})?"
"""Owner and app, in one of fal's name spaces where it has them: the queue knows jobs by these alone."""
ID = r"\w[\w-]*"
NAME = re.compile(rf"(?P<app>{APP})/requests/(?P<id>{ID})")
CDN = ".fal.media"


@dataclass(frozen=True)
class Hosts:
    """The addresses of fal's halves, without a slash at the end."""

    queue: str = "https://queue.fal.run"
    rest: str = "https://rest.fal.ai"
    api: str = "https://api.fal.ai"
    files: str = "https://v3.fal.media"

    @classmethod
    def at(cls, base_url: str | None) -> "Hosts":
        """The vendor's own, or one host that is all of them."""
        if base_url is None:
            return cls()
        one = base_url.rstrip("/")
        return cls(queue=one, rest=one, api=one, files=one)


@dataclass(frozen=True)
class JobName:
    """Owner, app and the id of a request: `fal-ai/flux/requests/764cabcf-...`."""

    app: str
    request_id: str

    def __str__(self) -> str:
        return f"{self.app}/requests/{self.request_id}"

    @property
    def result(self) -> str:
        """The path of its result."""
        return f"/{self}"

    @property
    def status(self) -> str:
        """The path of its status."""
        return f"/{self}/status"

    @property
    def cancel(self) -> str:
        """The path that stops it."""
        return f"/{self}/cancel"

    @classmethod
    def parse(cls, external_id: str) -> "JobName":
        """The job behind an external id.

        Raises:
            ProviderFailed: `expired`, it is the id of no job of fal's.
        """
        found = NAME.fullmatch(external_id)
        if found is None:
            words = f"fal has no job of the name {external_id[:60]!r}."
            raise ProviderFailed(words, provider=PROVIDER, kind="expired")
        return cls(found["app"], found["id"])

    @classmethod
    def listed(cls, endpoint: str, request_id: str) -> "JobName":
        """The job of an endpoint by its id."""
        return cls(app_of(endpoint), request_id)

    @classmethod
    def told(cls, endpoint: str, answer: dict[str, Any], *, queue: str) -> "JobName | None":
        """The job that an answer to a submit names; None when it names none.

        An address counts only where the queue itself lies: nobody may send us, and the key, elsewhere.
        """
        request_id = answer.get("request_id")
        if not isinstance(request_id, str) or not re.fullmatch(ID, request_id):
            return None
        address = str(answer.get("response_url") or "")
        found = NAME.fullmatch(address.removeprefix(f"{queue}/"))
        if address.startswith(f"{queue}/") and found is not None and found["id"] == request_id:
            return cls(found["app"], request_id)
        return cls.listed(endpoint, request_id)


def app_of(endpoint: str) -> str:
    """Owner and app of an endpoint, as fal's own client cuts it."""
    # Imported here: it brings clients for sockets along that nothing of ours uses.
    from fal_client.client import AppId

    app = AppId.from_endpoint_id(endpoint)
    return "/".join(part for part in (app.namespace, app.owner, app.alias) if part)
