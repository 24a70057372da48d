"""Where parts of cuts are rendered to be looked at: one at a time in a process."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from state.export import ExportPlan
from state.timeline import Timeline
from tools.post.export_form import form_of
from tools.post.master import render_master
from tools.post.piece_cache import PieceCache

HEIGHT = 360
"""Of the shorter side; a film that is smaller is shown as it is."""


class PreviewRoom:
    """Whoever looks at a part waits for it, so it is small, and pieces of it are kept."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    async def render(
        self, cut: Timeline, paths: Mapping[str, Path], into: Path, *, work: Path, cache: PieceCache
    ) -> None:
        """A small draft of a cut.

        Raises:
            MediaMissing, PostError: it cannot be rendered; says why.
        """
        small = _small(cut)
        plan = ExportPlan(width=small.width, height=small.height, fps=cut.fps, quality="draft")
        async with self._turn:
            await render_master(
                small, resolve=paths.__getitem__, into=into, work=work, form=form_of(plan), cache=cache
            )


def _small(cut: Timeline) -> Timeline:
    scale = min(1.0, HEIGHT / min(cut.width, cut.height))
    size = {"width": round(cut.width * scale / 2) * 2, "height": round(cut.height * scale / 2) * 2}
    return cut.model_copy(update=size)
