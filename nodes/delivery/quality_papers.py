"""The quality report as the file beside the master; its page is drawn from it wherever it is read."""

from langgraph.runtime import Runtime

from state.context import RunContext
from state.media import MediaRef
from tools.quality.report import REPORT_FILE, QualityReport
from tools.registry import Toolbox


async def store_report(
    report: QualityReport, *, tools: Toolbox, runtime: Runtime[RunContext]
) -> dict[str, MediaRef]:
    """The report with its frames as JSON. Markup is nothing that a media store keeps."""
    text = report.model_dump_json(indent=1) + "\n"
    return {REPORT_FILE: await tools.media.put_bytes(text.encode(), user_id=runtime.context.user_id)}
