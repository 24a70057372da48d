"""Which function makes which medium offline: a new medium is one line here."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from state.order import EngineRequest, Medium, MusicRequest, VoiceRequest
from tools.engines.base import Fetched
from tools.engines.previz.music import render_music
from tools.engines.previz.voice import render_voice
from tools.engines.previz.workers import RenderPool

Renderer = Callable[[EngineRequest, Path], Awaitable[Fetched]]
"""Makes a request's file inside a folder that is empty and its own."""


def renderers_for(pool: RenderPool) -> Mapping[Medium, Renderer]:
    """The renderers of this installation; pictures are drawn in the pool's processes."""

    async def draw(request: EngineRequest, into: Path) -> Fetched:
        return Fetched(path=await pool.render(request, into), seed=getattr(request, "seed", None))

    async def speak(request: EngineRequest, into: Path) -> Fetched:
        assert isinstance(request, VoiceRequest)  # noqa: S101  # dispatched by medium
        return await render_voice(request, into)

    async def play(request: EngineRequest, into: Path) -> Fetched:
        assert isinstance(request, MusicRequest)  # noqa: S101  # dispatched by medium
        return await render_music(request, into)

    return {"image": draw, "video": draw, "voice": speak, "music": play}
