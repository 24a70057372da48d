"""Answering a gate in the terminal: look, then one word per item."""

from typing import Any

from rich.console import Console
from rich.prompt import Prompt

from server.cli.seen import escape
from state.review import DELIVERY, ReviewItem, ReviewRequest, TrafficLight

SHORT = {"g": TrafficLight.GREEN, "y": TrafficLight.YELLOW, "r": TrafficLight.RED}


def ask_person(console: Console, value: dict[str, Any], links: dict[str, str]) -> dict[str, Any]:
    """Show the gate and read a reply; `links` says where each item's picture lies."""
    request = ReviewRequest.model_validate(value)
    console.rule(request.title)
    console.print(request.question)
    _show_items(console, request, links)
    if request.gate == "approve_delivery":
        return _delivery(console)
    if Prompt.ask("Approve everything?", choices=["y", "n"], default="y", console=console) == "y":
        return _reply(request, {}, approve_all=True)
    items = {
        item.item: _decide(console, item.item) for item in request.items if _is_wanted(console, item.item)
    }
    return _reply(request, items, approve_all=True)


def _delivery(console: Console) -> dict[str, Any]:
    """Deliver what failed its check, by name and with a reason, or keep it back."""
    if Prompt.ask("Deliver it all the same?", choices=["y", "n"], default="n", console=console) == "n":
        return {"items": {DELIVERY: {"light": TrafficLight.RED.value}}}
    reason = _words(console, "Why?")
    return {
        "items": {DELIVERY: {"light": TrafficLight.GREEN.value, "note": reason}},
        "signed_by": _words(console, "Your name"),
    }


def _words(console: Console, question: str) -> str:
    """Asked until something is said."""
    while not (words := Prompt.ask(question, console=console).strip()):
        pass
    return words


def _show_items(console: Console, request: ReviewRequest, links: dict[str, str]) -> None:
    """One line per item, and below it the file to look at: whole, so that it can be opened."""
    for item in request.items:
        mark = " [dim](your picture)[/]" if item.given else ""
        console.print(f"[bold]{item.item:<8}[/] {escape(item.text or item.title)}{mark}", highlight=False)
        if item.mark:
            console.print(f"{'':<8} [yellow]{escape(item.mark)}[/]", highlight=False)
        if told := _prices(item):
            console.print(f"{'':<8} [dim]{told}[/]", highlight=False)
        if item.item in links:
            console.print(f"{'':<8} [dim]{escape(links[item.item])}[/]", soft_wrap=True, highlight=False)


def _prices(item: ReviewItem) -> str:
    """What each light costs, and at most where that is more; of an older question what it said."""
    if not item.prices:
        return f"a change costs {item.price_of_change}" if item.price_of_change else ""
    return ", ".join(
        f"{light.value} {price}" + (f" (at most {most})" if price < most else "")
        for light, price in item.prices.items()
        for most in [item.prices_at_most.get(light, price)]
    )


def _is_wanted(console: Console, item: str) -> bool:
    return Prompt.ask(f"Change {item}?", choices=["y", "n"], default="n", console=console) == "y"


def _decide(console: Console, item: str) -> dict[str, Any]:
    light = SHORT[
        Prompt.ask(f"{item}: yellow (with a note) or red (another one)?", choices=["y", "r"], console=console)
    ]
    note = Prompt.ask("What should change?", console=console) if light is TrafficLight.YELLOW else ""
    return {"light": light.value, "note": note}


def _reply(request: ReviewRequest, items: dict[str, Any], *, approve_all: bool) -> dict[str, Any]:
    reply: dict[str, Any] = {"approve_all": approve_all, "items": items}
    if request.quote is not None:
        reply["quote_id"] = request.quote.quote_id
    return reply
