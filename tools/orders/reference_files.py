"""The files that a request refers to, fetched from the store before anything is sent."""

from state.errors import MediaError, StoreUnreachable
from state.order import EngineRequest
from tools.engines.files import Files, files_needed
from tools.media.store import MediaStore
from tools.orders.failures import error_of


async def fetch_references(store: MediaStore, request: EngineRequest) -> Files:
    """Local paths of everything the request names, for the engine to read.

    Raises:
        ProviderMisconfigured: one of them is gone, so the request cannot be filled as it is.
        StoreUnreachable: the store does not answer now.
    """
    try:
        return {media.key: await store.get(media.key) for media in files_needed(request)}
    except StoreUnreachable:
        raise
    except MediaError as exc:
        raise error_of(
            "invalid",
            f"a picture that this shot refers to is not in the store: {exc.message}",
            provider=request.provider, model=request.model,
        ) from exc  # fmt: skip
