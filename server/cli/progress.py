"""A production's life as lines in the terminal: stage, shot, take, elapsed, cost."""

import time
from typing import Any

from rich.console import Console

from server.cli.seen import escape
from state.events import EngineStoodIn, FromCache, ModelStoodIn, ReferencesLeftOut

STAGE_COLOURS = {"writing": "cyan", "casting": "cyan", "budget": "yellow", "storyboard": "magenta",
                 "voices": "blue", "shooting": "green", "finishing": "bright_white"}  # fmt: skip


class ProgressLines:
    """Prints one line per thing that happened, and a spinner with the time and cost so far."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.started = time.monotonic()
        self.spent_micros = 0
        self.status = console.status("starting")

    def __enter__(self) -> "ProgressLines":
        self.status.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.status.stop()

    def event(self, name: str, payload: dict[str, Any]) -> None:
        """Show one custom event of the graph; what is not for people is left out."""
        lines = {
            "progress": _progress, "panel_done": _panel, "take_done": _take, "scene_done": _scene,
            "scene_failed": _failed, "note_applied": _note, "warning": _warning, "model_stood_in": _stood_in,
            "engine_stood_in": _engine_stood_in,
            "from_cache": _from_cache, "references_left_out": _left_out, "master_done": _master,
        }  # fmt: skip
        if name == "scene_done":
            self.spent_micros += int(payload.get("actual_micros", 0))
        if line := lines.get(name):
            stage, text = line(payload)
            self.line(stage, text)
            self.status.update(f"{self.clock()} {stage}: {escape(text)} · ${self.spent_micros / 1e6:.2f}")

    def line(self, stage: str, text: str) -> None:
        """One line: when, which stage, what."""
        colour = STAGE_COLOURS.get(stage, "white")
        self.console.print(f"[dim]{self.clock()}[/] [{colour}]{stage:<10}[/] {escape(text)}", highlight=False)

    def clock(self) -> str:
        """Time since the command started, minutes and seconds."""
        minutes, seconds = divmod(int(time.monotonic() - self.started), 60)
        return f"{minutes:02d}:{seconds:02d}"


def _progress(payload: dict[str, Any]) -> tuple[str, str]:
    return str(payload.get("stage", "")), str(payload.get("text", ""))


def _panel(payload: dict[str, Any]) -> tuple[str, str]:
    return "storyboard", f"panel {payload['slate']} is drawn"


def _take(payload: dict[str, Any]) -> tuple[str, str]:
    seconds = (payload.get("media") or {}).get("duration_s") or 0
    return "shooting", f"take {payload['slate']} is in the can ({seconds:.1f} s)"


def _scene(payload: dict[str, Any]) -> tuple[str, str]:
    return "shooting", f"scene {payload['scene']} “{payload['title']}” is shot"


def _failed(payload: dict[str, Any]) -> tuple[str, str]:
    reasons = "; ".join(str(failure["message"]) for failure in payload.get("failures", []))
    return "shooting", f"scene {payload['scene']} has shots without a take: {reasons}"


def _note(payload: dict[str, Any]) -> tuple[str, str]:
    changes = "; ".join(payload.get("changes", [])) or "drawn again"
    return "review", f"{payload['item']} {payload['light']}: {changes}"


def _warning(payload: dict[str, Any]) -> tuple[str, str]:
    return "warning", str(payload["text"])


def _stood_in(payload: dict[str, Any]) -> tuple[str, str]:
    return "warning", ModelStoodIn.model_validate(payload).text


def _engine_stood_in(payload: dict[str, Any]) -> tuple[str, str]:
    return "warning", EngineStoodIn.model_validate(payload).text


def _left_out(payload: dict[str, Any]) -> tuple[str, str]:
    return "warning", ReferencesLeftOut.model_validate(payload).text


def _from_cache(payload: dict[str, Any]) -> tuple[str, str]:
    return "cache", FromCache.model_validate(payload).text


def _master(payload: dict[str, Any]) -> tuple[str, str]:
    return "finishing", f"the master is ready ({payload.get('duration_s', 0):.1f} s)"
