"""Shots that a person has locked: no note is acted on for them."""

from collections.abc import Sequence

from langgraph.runtime import Runtime

from nodes.reporting import report
from state.context import RunContext


def not_locked(slates: Sequence[str], runtime: Runtime[RunContext]) -> list[str]:
    """Those of the shots that may be made again; of the others it is told that they stay."""
    for slate in slates:
        if slate in runtime.context.locked:
            report(runtime, "warning", text=f"{slate} is locked and stays as it is.")
    return [slate for slate in slates if slate not in runtime.context.locked]
