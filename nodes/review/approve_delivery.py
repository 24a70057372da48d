"""The gate before a delivery that the quality report blocks: a person takes it on themselves, by name."""

from langgraph.runtime import Runtime

from nodes.review.asking import ask
from state.context import RunContext
from state.film import FinishingState
from state.review import DELIVERY, REPORT, ReviewItem, ReviewRequest, TrafficLight
from tools.quality.report import REPORT_FILE

QUESTION = (
    "The master failed its check. RED keeps it and delivers nothing. "
    "GREEN with your name and a reason delivers it all the same; both are written down."
)
MOST_SHOWN = 8


async def approve_delivery(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Ask where the report is RED, also with `review: auto`: nobody is asked about a good master."""
    if state.quality.get("light") != "RED":
        return {}
    reply = ask(delivery_request(state), runtime, whole=False)
    answer = reply.items[DELIVERY]
    if answer.light is not TrafficLight.GREEN:
        return {"quality": {**state.quality, "withheld": True}}
    override = {"name": reply.signed_by, "reason": answer.note, "user_id": runtime.context.user_id}
    return {"quality": {**state.quality, "override": override}}


def delivery_request(state: FinishingState) -> ReviewRequest:
    """The faults that block, and the master to look at; the report is read through `/quality`."""
    faults = [check for check in state.quality.get("checks", []) if check["light"] == "RED"]
    more = f" And {len(faults) - MOST_SHOWN} more." if len(faults) > MOST_SHOWN else ""
    master = state.deliverables.get(state.master_name)
    text = " ".join(_told(fault) for fault in faults[:MOST_SHOWN]) + more
    return ReviewRequest(
        gate="approve_delivery", title=f"The master of {state.film.title} failed its check",
        question=QUESTION, choices=["GREEN", "RED"],
        items=[
            ReviewItem(item=DELIVERY, title="The master", text=text, media=master),
            # What lies in a subgraph's state is not in its parent's yet: the question carries the report.
            ReviewItem(item=REPORT, title="The quality report", media=state.deliverables.get(REPORT_FILE)),
        ],
    )  # fmt: skip


def _told(fault: dict[str, object]) -> str:
    message, start = str(fault["message"]), fault.get("start_s")
    at = f" (at {start:.1f} s)" if isinstance(start, float | int) else ""
    return f"{message[:1].upper()}{message[1:]}{at}."
