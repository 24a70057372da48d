"""Which stored files a request needs, and where they lie on this machine for the engine that gets it.

A request names files by their key alone, so what is ordered, and its digest, is the same
wherever the store happens to be.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from state.media import MediaRef
from state.order import EngineRequest, ImageRequest, VideoRequest

Files = Mapping[str, Path]
"""Readable local paths by media key."""
NO_FILES: Files = MappingProxyType({})


def files_needed(request: EngineRequest) -> list[MediaRef]:
    """Every stored file that a request refers to, each once: references, frames, sources, product picture."""
    if not isinstance(request, ImageRequest | VideoRequest):
        return []
    found = [*request.references, *_sources(request), request.staging.picture]
    return list({media.key: media for media in found if media is not None}.values())


def _sources(request: ImageRequest | VideoRequest) -> list[MediaRef | None]:
    if isinstance(request, ImageRequest):
        return [request.source]
    return [request.first_frame, request.last_frame, request.extends, request.upscales]
