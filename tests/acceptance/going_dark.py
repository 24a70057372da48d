"""An offline engine on a bad day: each of its clips begins well and goes black.

A clip that is black all the way is refused when it arrives (`tools.orders.verifying`); this one is not.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from state.order import EngineRequest, Medium
from tools import registry
from tools.engines.base import Fetched
from tools.engines.previz.renderers import Renderer
from tools.engines.previz.workers import RenderPool
from tools.ffmpeg.command import local_input, run_ffmpeg

LIT_S = 0.3
"""So long a clip is as it should be."""


@contextmanager
def going_dark() -> Iterator[None]:
    """Engines that are opened meanwhile shoot so; whatever stands in for their renderers already stays."""
    opened = registry.renderers_for

    def renderers(pool: RenderPool, *, models: Path) -> Mapping[Medium, Renderer]:
        made = opened(pool, models=models)
        return {**made, "video": partial(_darkened, made["video"])}

    with patch.object(registry, "renderers_for", renderers):
        yield


async def _darkened(make: Renderer, request: EngineRequest, into: Path) -> Fetched:
    fetched = await make(request, into)
    dark = fetched.path.with_name("dark.mp4")
    black = f"drawbox=w=iw:h=ih:color=black:t=fill:enable='gte(t,{LIT_S})'"
    await run_ffmpeg(
        [
            *local_input(fetched.path, "-f", "mov"), "-vf", black, "-c:v", "libx264", "-preset", "ultrafast",
            "-crf", "16", "-pix_fmt", "yuv420p", dark,
        ]
    )  # fmt: skip
    dark.replace(fetched.path)
    return fetched
