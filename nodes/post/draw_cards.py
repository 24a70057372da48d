"""Draw the title and the end card, when the film is long enough for them."""

from langgraph.runtime import Runtime

from nodes.post.cut_list import has_cards
from nodes.reporting import progress
from state.context import RunContext
from state.film import FinishingState
from state.script import Script
from tools.engines.previz.cards import end_card, title_card
from tools.registry import toolbox

THE_END = {"en": "The End", "es": "Fin", "pt-BR": "Fim"}
TO_BE_CONTINUED = {"en": "To be continued", "es": "Continuará", "pt-BR": "Continua"}


async def draw_cards(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Typography over the production's own palette; stored like any other picture."""
    if not has_cards(state):
        return {"title_card": None, "end_card": None}
    tools, film, look = await toolbox(), state.film, state.look
    series, under, ending = card_words(film)
    size = (look.width, look.height)
    first = await title_card(series, under, look.style, size)
    last = await end_card(ending, series, look.style, size)
    user = runtime.context.user_id
    progress(runtime, "finishing", "title and end card")
    return {
        "title_card": (await tools.media.put_bytes(first, user_id=user)).model_dump(mode="json"),
        "end_card": (await tools.media.put_bytes(last, user_id=user)).model_dump(mode="json"),
    }


def card_words(film: Script) -> tuple[str, str, str]:
    """Title, what stands under it, and what is said at the end."""
    series, _, episode = film.title.partition(": ")
    # What a narrator begins to tell a moment later is not to be read before.
    under = episode or ("" if film.narrator else film.logline)
    return series, under, (THE_END if film.last else TO_BE_CONTINUED)[film.language]
