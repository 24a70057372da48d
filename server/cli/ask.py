"""`greenlight ask "..."`: talk to the fallback handler; it answers, and does nothing by itself."""

from typing import Annotated

import typer

from server.chat.actions import Action
from server.chat.facts import Subject
from server.chat.turns import LONGEST_MESSAGE, Heard, Question, Reply, begin, opened_session, speak
from server.cli.running import run
from server.cli.seen import seen
from server.composition import open_parts
from server.deps import LOCAL_USER, House, read_id
from server.sent_text import clean_text
from state.errors import BriefIncomplete
from tools.settings import settings

NAME = "ask"
COMMANDS = {
    "resume": "greenlight resume {id}",
    "cancel": "greenlight cancel {id}",
    "approve_gate": "greenlight answer {id} --approve-all{quote}",
    "answer_gate_yellow": "greenlight answer {id} '{item}=YELLOW:what should change' --approve-all",
    "answer_gate_red": "greenlight answer {id} {item}=RED --approve-all",
    "choose_model": "greenlight answer {id} --reply FILE.json",
    "raise_ceiling": "greenlight budget raise {id} USD, then greenlight resume {id}",
    "reshoot": "greenlight reshoot {id} SHOT --dry-run",
    "see_costs": "greenlight status {id}",
    "download": "greenlight export {id} --to FOLDER",
    "start_production": "greenlight make novela BRIEF.json",
}
"""What a person types for each action of a talk."""
BEGINS_AGAIN = "(The answer begins again; what stands above does not count.)"


def command(
    message: Annotated[str, typer.Argument(help="What you want to say, in English, Spanish or Portuguese.")],
    production: Annotated[
        str | None, typer.Option(help="The production it is about; `greenlight list` shows its id.")
    ] = None,
    session: Annotated[str | None, typer.Option(help="Go on in this talk; its id is printed.")] = None,
) -> None:
    """Ask the fallback handler what happened and what to do. Nothing is changed.

    Nothing is spent, except the tokens of a language model that you chose for the production.
    """
    said = clean_text(message)
    if not 1 <= len(said) <= LONGEST_MESSAGE:
        raise BriefIncomplete(
            f"message: must have 1 to {LONGEST_MESSAGE} letters, and has {len(said)}",
            user_action="Say it in other words.",
        )
    run(_ask(said, read_id(production) if production else None, session))


async def _ask(message: str, production_id: str | None, session: str | None) -> None:
    async with open_parts(settings(), works=False) as parts:
        house = parts.house
        talk = await opened_session(house, session, user_id=LOCAL_USER)
        subject = Subject(production_id=production_id)
        question = Question(message=message, session_id=talk, subject=subject, user_id=LOCAL_USER)
        reply = await _heard(house, question)
    show_end(reply, production_id or "")


def show_end(reply: Reply, production_id: str) -> None:
    """Print what stands under an answer: who gave it instead of another, and what to do next."""
    typer.echo("\n")
    if reply.stand_in is not None:
        typer.echo(f"({reply.stand_in['text']})\n")
    for action in reply.actions:
        typer.echo(f"  {action.title}: {typed(action, production_id)}")
    typer.echo(f"go on with --session {reply.session_id}")


async def _heard(house: House, question: Question) -> Reply:
    """Print the answer as it comes."""
    reply: Reply | None = None
    async for said in speak(house, question, await begin(house, question)):
        if isinstance(said, Reply):
            reply = said
        else:
            typer.echo(seen(shown(said)), nl=False)
    if reply is None:
        raise ValueError("a talk ended without its answer")
    return reply


def shown(said: Heard) -> str:
    """What the terminal shows of it; what was printed stays there, so a line says that it does not count."""
    if said.name == "agent:anew":
        return f"\n\n{BEGINS_AGAIN}\n\n"
    return str(said.payload["text"]) if said.name == "agent:text" else ""


def typed(action: Action, production_id: str) -> str:
    """The command that does it."""
    reply = (action.body or {}).get("reply") or {}
    item = next(iter(reply.get("items") or {}), "")
    quote = f" --quote {reply['quote_id']}" if reply.get("quote_id") else ""
    return COMMANDS[action.name].format(id=production_id, item=item, quote=quote)
