"""Hold the master against what was promised before anybody gets it."""

import asyncio
from collections.abc import Mapping
from typing import Any

from langgraph.runtime import Runtime

from nodes.delivery.film_plan import plan_of
from nodes.delivery.quality_papers import store_report
from nodes.delivery.voices_used import voices_used
from nodes.post.render_master import burned_label, burns_captions, stored_cut
from nodes.reporting import report
from state.context import RunContext
from state.film import FinishingState
from state.timeline import Clip, Timeline
from tools.ffmpeg.probe import probe
from tools.post.encode import MASTER_FORM
from tools.post.export_form import form_of
from tools.post.over import logo_keys, open_files
from tools.post.picture import picture_track
from tools.post.typefaces import typeface_keys
from tools.quality.check import check_master
from tools.quality.evidence import with_evidence
from tools.quality.plan import Plan
from tools.quality.report import Finding, QualityReport
from tools.quality.voices import find_clipped
from tools.registry import Toolbox, toolbox
from tools.work_folder import work_folder


async def check_quality(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Look at the file itself. A RED report blocks: `approve_delivery` asks what becomes of the master."""
    tools = await toolbox()
    timeline = await stored_cut(state, tools)
    path = await tools.media.get(state.deliverables[state.master_name].key)
    plan = await _plan(timeline, state, runtime, tools)
    demuxer = (form_of(state.export) if state.export else MASTER_FORM).demuxer
    found = with_warnings(await check_master(path, plan, demuxer=demuxer), state.quality)
    clipped = await asyncio.to_thread(find_clipped, await voices_used(timeline, tools))
    found = found.model_copy(update={"findings": [*found.findings, *clipped]})
    checks = checks_of(found)
    report(runtime, "quality", light=found.light, checks=checks)
    shown = await asyncio.to_thread(
        with_evidence, found.model_copy(update={"title": state.film.title}), path, demuxer=demuxer
    )
    papers = await store_report(shown, tools=tools, runtime=runtime)
    quality = {name: value for name, value in state.quality.items() if name not in ("override", "withheld")}
    return {
        "quality": {**quality, "light": found.light, "checks": checks},
        "deliverables": {name: media.model_dump(mode="json") for name, media in papers.items()},
    }


async def _plan(
    timeline: Timeline, state: FinishingState, runtime: Runtime[RunContext], tools: Toolbox
) -> Plan:
    """What was promised, with all that was laid over the film."""
    keys = {*typeface_keys(timeline), *logo_keys(timeline)}
    paths = {key: await tools.media.get(key) for key in keys}
    label = await burned_label(state, timeline, runtime, tools)
    rates = await _rates(timeline, tools)
    async with work_folder("fonts") as folder:
        files = await asyncio.to_thread(open_files, timeline, paths.__getitem__, folder)
        return plan_of(
            timeline, export=state.export, burn_captions=burns_captions(state), label=label, files=files,
            rates=rates,
        )  # fmt: skip


def with_warnings(found: QualityReport, quality: Mapping[str, Any]) -> QualityReport:
    """The report with what the film could not be given when it was rendered: it is to be looked at."""
    warnings = (quality.get("facts") or {}).get("warnings", [])
    missing = [Finding(check="cuts", light="YELLOW", message=text) for text in warnings]
    return found.model_copy(update={"findings": [*found.findings, *missing]})


async def _rates(timeline: Timeline, tools: Toolbox) -> dict[str, float]:
    """Frames a second of each take of the picture."""
    clips = [one for one in picture_track(timeline).items if isinstance(one, Clip)]
    keys = {clip.media.key for clip in clips if clip.media.media_type == "video"}
    facts = {key: await probe(await tools.media.get(key)) for key in sorted(keys)}
    return {key: one.fps for key, one in facts.items() if one.fps}


def checks_of(found: QualityReport) -> list[dict[str, object]]:
    """Every finding, and a GREEN line for each check that found nothing."""
    faulty = {finding.check for finding in found.findings}
    fine = [check for check in found.checked if check not in faulty]
    return [
        *(finding.model_dump(mode="json") for finding in found.findings),
        *({"check": check, "light": "GREEN", "message": ""} for check in fine),
    ]
