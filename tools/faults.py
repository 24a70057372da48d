"""Named points at which a test may break this process, to see what survives.

Two keys are needed, so that no forgotten variable breaks a production: the setting
`GREENLIGHT_FAULT` says what happens where (`after_post`, or `after_post:2=freeze` for the second
hit), and the file `faults.log` must already lie in the data folder. Then `arm` must be called.
Unarmed, a point is one comparison.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from state.errors import SettingInvalid
from tools.fault_actions import ACTIONS, Action, break_wire, go_off, go_off_here
from tools.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Point:
    """What a point's process can suffer there, beyond being killed, frozen or delayed."""

    cuts: str = ""
    """What is out of reach at a `cut`: `database`, `store`, `folder`, `provider`, `answer`; empty: no cut."""
    repeats: bool = False
    """Whether what happens there can be done `twice`."""


DATABASE, PROVIDER = Point(cuts="database"), Point(cuts="provider")
POINTS = {
    # The ledger: noted and reserved, allowed to send, sent, the id kept, fetched, stored, booked.
    "before_intent": DATABASE,
    "after_intent": DATABASE,
    "before_post": PROVIDER,
    "after_post": Point(cuts="answer"),
    "after_id": DATABASE,
    "during_download": Point(cuts="answer"),
    "after_bytes": Point(cuts="store"),
    "before_done": DATABASE,
    "after_done": DATABASE,
    # The checkpoints.
    "before_checkpoint": DATABASE,
    "after_checkpoint": DATABASE,
    "between_checkpoint_and_event": DATABASE,
    # The runner: accepted and not yet answered; claimed; input not yet fed; its end not yet told, and told.
    "after_accept": Point(cuts="database", repeats=True),
    "after_claim": DATABASE,
    "before_input": DATABASE,
    "before_pause": DATABASE,
    "before_end": DATABASE,
    "after_end": Point(),
    "before_hand_back": DATABASE,
    # The event log: a batch not yet written; written, with its notification, and handed to nobody here.
    "before_events": Point(cuts="database", repeats=True),
    "after_events": Point(cuts="database", repeats=True),
    # The media store: nothing there; whole under a passing name; there, and nobody knows.
    "before_put": Point(cuts="store"),
    "before_link": Point(cuts="folder"),
    "after_put": Point(cuts="store", repeats=True),
    # The projector: rows changed and not committed.
    "in_projection": DATABASE,
}
LOG_NAME = "faults.log"


@dataclass
class Charge:
    """An armed point, how many hits are left before it goes off, and what it does then."""

    point: str
    hits_left: int
    log: Path
    action: Action = "kill"
    delay_s: float = 0.0


_charge: Charge | None = None


def arm(settings: Settings) -> None:
    """Arm the point that the settings name; nothing happens when they name none.

    Raises:
        SettingInvalid: no such point or action there, or no `faults.log` in the data folder.
    """
    global _charge  # the process has one life to lose
    _charge = _read(settings) if settings.fault else None


async def fault_point(
    name: str,
    *,
    wire: Callable[[], int] | None = None,
    again: Callable[[], Awaitable[object]] | None = None,
) -> None:
    """Pass a point; the armed one writes its line and goes off.

    `wire` is the socket of the connection that is used next: a cut breaks that one. `again` does what
    happens here once more.

    Raises:
        Exception: a cut without a wire raises what is heard when that of the thing in question is cut.
    """
    if _charge is not None and _charge.point == name and (charge := _due(_charge)) is not None:
        if charge.action == "cut" and wire is not None:
            break_wire(charge, wire())
        else:
            await go_off(charge, POINTS[name].cuts, again)


def fault_point_here(name: str) -> None:
    """The same for code that blocks in a thread; nothing is done twice there."""
    if _charge is not None and _charge.point == name and (charge := _due(_charge)) is not None:
        go_off_here(charge, POINTS[name].cuts)


def _due(charge: Charge) -> Charge | None:
    """Count a hit; the charge when it was the one, which is then spent."""
    global _charge
    charge.hits_left -= 1
    if charge.hits_left != 0:
        return None
    _charge = None
    return charge


def _read(settings: Settings) -> Charge:
    place, _, action = settings.fault.partition("=")
    point, _, number = place.partition(":")
    if point not in POINTS or not (number or "1").isdigit() or int(number or "1") < 1:
        raise SettingInvalid(
            f"GREENLIGHT_FAULT: {settings.fault!r} is no fault point; known are {', '.join(POINTS)}"
        )
    word, _, delay_ms = action.partition(":")
    kind = next((one for one in actions_at(point) if one == (word or "kill")), None)
    if kind is None or bool(delay_ms) != (kind == "delay") or not (delay_ms or "1").isdigit():
        raise SettingInvalid(
            f"GREENLIGHT_FAULT: {action!r} cannot happen at {point}; there are"
            f" {', '.join(actions_at(point))} (delay:MILLISECONDS)"
        )
    log = settings.data_dir / LOG_NAME
    if not log.is_file():
        raise SettingInvalid(
            f"GREENLIGHT_FAULT breaks this process; to allow it, put an empty {LOG_NAME} in the data folder"
        )
    return Charge(point, int(number or "1"), log, action=kind, delay_s=int(delay_ms or "0") / 1000)


def actions_at(point: str) -> list[Action]:
    """What can happen at a point."""
    here = POINTS[point]
    impossible = {"cut": not here.cuts, "twice": not here.repeats}
    return [action for action in ACTIONS if not impossible.get(action, False)]
