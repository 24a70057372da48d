"""The files that a request refers to, fetched from the store before anything is sent."""

from state.errors import MediaError
from state.order import EngineRequest
from tools.engines.files import Files, files_needed
from tools.media.store import MediaStore
from tools.orders.failures import NOT_THE_ORDERS_FAULT, error_of


async def fetch_references(store: MediaStore, request: EngineRequest) -> Files:
    """Local paths of everything the request names, for the engine to read.

    Raises:
        ProviderMisconfigured: one of them is gone, so the request cannot be filled as it is.
        StoreUnreachable, StoreFull: the store does not answer now, or this machine has no room for copies.
    """
    try:
        return {media.key: await store.get(media.key) for media in files_needed(request)}
    except NOT_THE_ORDERS_FAULT:
        raise
    except MediaError as exc:
        raise error_of(
            "invalid",
            f"a picture that this shot refers to is not in the store: {exc.message}",
            provider=request.provider, model=request.model,
        ) from exc  # fmt: skip
