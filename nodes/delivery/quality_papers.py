"""The quality report as the two files that lie beside the master."""

import asyncio
from pathlib import Path

from langgraph.runtime import Runtime

from state.context import RunContext
from state.media import MediaRef
from tools.quality.evidence import moments, pictures
from tools.quality.page import write_page
from tools.quality.report import QualityReport
from tools.registry import Toolbox
from tools.work_folder import work_folder, write_text

DATA, PAGE = "quality.json", "quality.html"


async def store_report(
    report: QualityReport, master: Path, *, title: str, tools: Toolbox, runtime: Runtime[RunContext]
) -> dict[str, MediaRef]:
    """Write and store both; the page shows a frame of every finding."""
    shown = await asyncio.to_thread(pictures, master, "mov", moments(report.findings))
    page = await asyncio.to_thread(write_page, report, shown, title=title)
    texts = {DATA: report.model_dump_json(indent=1) + "\n", PAGE: page}
    async with work_folder("quality-papers") as work:
        return {
            name: await tools.media.put(await write_text(work / name, text), user_id=runtime.context.user_id)
            for name, text in texts.items()
        }
