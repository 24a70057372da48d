"""Which models a vendor offers to a key: a request that costs nothing."""

from langchain_core.language_models import BaseChatModel
from langchain_google_genai import ChatGoogleGenerativeAI
from langchain_openai.chat_models.base import BaseChatOpenAI

from state.errors import ProviderTimeout
from tools.clock import Clock
from tools.models.catalog import TextModelCard
from tools.models.live.failures import VENDOR_ERRORS, ours
from tools.resilience.at_most import at_most

PAGE = 1000


async def offered_by(
    client: BaseChatModel, card: TextModelCard, *, clock: Clock, timeout_s: float
) -> tuple[str, ...]:
    """The names that the vendor knows its models by, in its order. `card` is any model of this vendor.

    Raises:
        ProviderError: with its kind, as an answer would.
    """
    try:
        async with at_most(timeout_s, clock=clock):
            return await _names(client)
    except TimeoutError as exc:
        said = f"{card.provider} gave no list of its models within {timeout_s:g} s."
        raise ProviderTimeout(said, provider=card.provider, model=card.id, kind="ambiguous") from exc
    except VENDOR_ERRORS as exc:
        raise ours(exc, card, now=clock.now()) from exc


async def _names(client: BaseChatModel) -> tuple[str, ...]:
    if isinstance(client, ChatGoogleGenerativeAI) and client.client is not None:
        pages = await client.client.aio.models.list(config={"page_size": PAGE})
        return tuple([str(one.name).removeprefix("models/") async for one in pages])
    if isinstance(client, BaseChatOpenAI):
        return tuple([one.id async for one in client.root_async_client.models.list()])
    raise TypeError(f"{type(client).__name__} lists no models")
