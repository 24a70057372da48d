"""Which function makes which medium offline: a new medium is one line here."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path

from state.errors import ProviderError
from state.order import EngineRequest, Medium, MusicRequest, VoiceRequest
from tools.engines.base import Fetched
from tools.engines.previz.music import render_music
from tools.engines.previz.voice import render_voice
from tools.engines.previz.workers import RenderPool

Renderer = Callable[[EngineRequest, Path], Awaitable[Fetched]]
"""Makes a request's file inside a folder of its own, with nothing in it but `references`."""


def renderers_for(pool: RenderPool, *, models: Path | None = None) -> Mapping[Medium, Renderer]:
    """The renderers of this installation; pictures are drawn in the pool's processes.

    `models` is where the voice model is assembled; by default in the data folder of the settings.
    """

    async def draw(request: EngineRequest, into: Path) -> Fetched:
        return Fetched(path=await pool.render(request, into), seed=getattr(request, "seed", None))

    return {"image": draw, "video": draw, "voice": partial(_speak, models=models), "music": _play}


async def _speak(request: EngineRequest, into: Path, *, models: Path | None) -> Fetched:
    if not isinstance(request, VoiceRequest):
        raise ProviderError("this is no line to speak", provider="previz", kind="invalid")
    return await render_voice(request, into, models=models)


async def _play(request: EngineRequest, into: Path) -> Fetched:
    if not isinstance(request, MusicRequest):
        raise ProviderError("this is no music to play", provider="previz", kind="invalid")
    return await render_music(request, into)
