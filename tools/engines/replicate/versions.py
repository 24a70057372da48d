"""What Replicate says of a model today, read with its own package: versions and their schemas.

This is what the package is good for here: a question that costs nothing, whose answer is typed. It tries
questions again, for as long as it is given here. Orders and jobs never go through it: see README.md.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
from replicate.client import Client
from replicate.exceptions import ReplicateError
from replicate.version import Version
from replicate.version import Versions as ModelVersions

from state.errors import ModelUnknown, ProviderError, ProviderTimeout
from tools.engines.calling import key_for_call
from tools.engines.live.answer import Answer, said
from tools.engines.live.reading import WholeAnswers
from tools.engines.live.schema import InputSchema
from tools.engines.live.wire import CONNECT_S, line_error
from tools.engines.replicate.failures import PROVIDER, raise_not_sent, refusal
from tools.engines.replicate.inputs import NEWEST

ANSWERS_S = 10.0
MOST_BYTES = 16 * 1024 * 1024
"""A model and its newest version, with a schema of some hundred kilobytes at most."""
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)
"""What the package raises when an answer is not what it expects; its own validation is a `ValueError`."""


@dataclass(frozen=True)
class VendorVersion:
    """A version as the vendor describes it."""

    id: str
    fields: Mapping[str, Any]
    """The properties of its input; empty where it does not tell them."""
    required: frozenset[str]


class Versions:
    """Asks for the versions of models."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url

    async def read(self, vendor: str, version: str) -> VendorVersion:
        """One version of a model, or its newest; costs nothing.

        Raises:
            ProviderError: it cannot be asked, or there is none; never a kind after which a job may exist.
        """
        line = httpx.AsyncHTTPTransport(retries=0, trust_env=False)
        transport = WholeAnswers(PROVIDER, line, most_bytes=MOST_BYTES)
        client = Client(
            api_token=key_for_call(PROVIDER), base_url=self._base_url, transport=transport,
            timeout=httpx.Timeout(ANSWERS_S, connect=CONNECT_S), trust_env=False,
        )  # fmt: skip
        try:
            async with asyncio.timeout(ANSWERS_S):
                return _described(vendor, await _asked(client, vendor, version))
        except TimeoutError as exc:
            raise _unread(f"did not say within {ANSWERS_S:g} s which versions {vendor} has") from exc
        except ReplicateError as exc:
            raise_not_sent(_refused(exc))
        except ProviderError as exc:
            raise_not_sent(exc)
        except httpx.HTTPError as exc:
            raise_not_sent(line_error(PROVIDER, exc))
        except UNREADABLE as exc:
            raise _unread(f"described {vendor} in a way that cannot be read") from exc
        finally:
            await transport.aclose()


def unlike(schema: InputSchema, described: VendorVersion) -> list[str]:
    """What our schema of a model lacks or has too much by the vendor's own, one sentence each."""
    gone = sorted(set(schema.fields) - set(described.fields))
    needed = {name for name, field in schema.fields.items() if field.required}
    more = sorted(described.required - needed)
    return [f"{name}: {schema.vendor} has no such field any more" for name in gone] + [
        f"{name}: {schema.vendor} needs it now" for name in more
    ]


async def _asked(client: Client, vendor: str, version: str) -> Version | None:
    if version != NEWEST:
        return await ModelVersions(client, model=vendor).async_get(version)
    return (await client.models.async_get(vendor)).latest_version


def _described(vendor: str, found: Version | None) -> VendorVersion:
    if found is None:
        words = f"Replicate has no version of {vendor} that can be ordered."
        raise ModelUnknown(words, provider=PROVIDER, kind="invalid")
    told = found.openapi_schema["components"]["schemas"]["Input"]
    return VendorVersion(found.id, told.get("properties") or {}, frozenset(told.get("required") or ()))


def _refused(error: ReplicateError) -> ProviderError:
    answer = Answer(PROVIDER, error.status or 0, {}, b"")
    refused = refusal(answer, now=datetime.now(UTC))
    refused.message = f"{refused.message} {said(error.detail)}".strip()
    return refused


def _unread(words: str) -> ProviderError:
    return ProviderTimeout(f"Replicate {words}.", provider=PROVIDER, kind="not_sent")
