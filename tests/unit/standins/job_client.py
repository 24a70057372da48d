"""A customer of Replicate and fal who knows no more than their pages say: orders, looks, fetches."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.standins.job_vendors import Job, JobVendors, SteppedTime
from tests.standins.job_vendors.vendor import JobVendor

VEO, SDXL, SCHNELL = "google/veo-3.1-fast", "stability-ai/sdxl", "fal-ai/flux/schnell"
KLING = "fal-ai/kling-video/v1/standard/text-to-video"
SMALL: dict[str, dict[str, Any]] = {
    VEO: {"prompt": "a door", "duration": 4, "resolution": "720p", "seed": 7},
    SDXL: {"prompt": "a door", "width": 64, "height": 48, "seed": 7},
    SCHNELL: {"prompt": "a door", "image_size": {"width": 64, "height": 48}, "seed": 7},
    KLING: {"prompt": "a door", "duration": "5", "aspect_ratio": "1:1"},
}


@dataclass
class Customer:
    """`time` moves when the customer says so."""

    vendors: JobVendors
    web: httpx.AsyncClient
    time: SteppedTime
    headers: dict[str, str] = field(default_factory=dict)
    """Sent with every order."""

    def vendor(self, model: str) -> JobVendor:
        return self.vendors.fal if model.startswith("fal-ai") else self.vendors.replicate

    def key(self, vendor: JobVendor) -> dict[str, str]:
        kind = "Key" if vendor.name == "fal" else "Bearer"
        return {"authorization": f"{kind} {vendor.key}"}

    async def order(
        self, model: str, *, hook: str = "", events: list[str] | None = None, **changes: Any
    ) -> httpx.Response:
        """The POST; with a field that is None left out."""
        given = {
            name: value for name, value in {**SMALL.get(model, {}), **changes}.items() if value is not None
        }
        vendor = self.vendor(model)
        headers = {**self.key(vendor), **self.headers}
        if vendor.name == "fal":
            query = {"fal_webhook": hook} if hook else {}
            return await self.web.post(f"{vendor.url}/{model}", params=query, json=given, headers=headers)
        body: dict[str, Any] = {"input": given}
        body |= {"webhook": hook} if hook else {}
        body |= {"webhook_events_filter": events} if events else {}
        known = vendor.models[model]
        if known.official:
            url = f"{vendor.url}/v1/models/{model}/predictions"
        else:
            url, body["version"] = f"{vendor.url}/v1/predictions", known.full_version
        return await self.web.post(url, json=body, headers=headers)

    async def ask(self, vendor: JobVendor, path: str, method: str = "GET", **query: str) -> httpx.Response:
        """Anything, with the good key."""
        url = path if path.startswith("http") else vendor.url + path
        return await self.web.request(method, url, params=query or None, headers=self.key(vendor))

    async def look(self, job: Job) -> httpx.Response:
        """The prediction, or the result of the queue."""
        vendor = self.vendor(job.model)
        if vendor.name == "replicate":
            return await self.ask(vendor, f"/v1/predictions/{job.id}")
        return await self.ask(vendor, f"{app(job)}/requests/{job.id}")

    async def status(self, job: Job) -> httpx.Response:
        """Of fal's queue."""
        return await self.ask(self.vendors.fal, f"{app(job)}/requests/{job.id}/status")

    async def bought(self, model: str, **changes: Any) -> Job:
        """Order, and what stands in the books of it."""
        answer = await self.order(model, **changes)
        assert answer.status_code in (200, 201), answer.text
        told = answer.json()
        return self.vendors.books.jobs[told.get("id") or told["request_id"]]

    async def addresses(self, job: Job) -> list[str]:
        """Of the files of a job that is done."""
        return files_in((await self.look(job)).json())

    async def fetched(self, job: Job) -> bytes:
        """The first file."""
        answer = await self.web.get((await self.addresses(job))[0])
        assert answer.status_code == 200, answer.text
        return answer.content


def app(job: Job) -> str:
    return "/" + "/".join(job.model.split("/")[:2])


def files_in(told: Any) -> list[str]:
    """All addresses in an output."""
    if "status" in told:
        found = told["output"]
        return [found] if isinstance(found, str) else list(found or [])
    return [one["url"] for one in [*told.get("images", []), told.get("video")] if one]
