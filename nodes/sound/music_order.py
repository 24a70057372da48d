"""What is ordered for the music of an episode."""

from nodes.post.cut_list import has_cards, lay_out, scene_seconds, turn_seconds
from state.cost import PlannedCall
from state.errors import GreenlightError
from state.film import FinishingState
from state.media import MediaRef
from state.order import MusicCue, MusicHit, MusicRequest, Order, OrderFailure, Ticket
from state.seeds import seed_for
from state.timeline import Timeline
from tools.engines.catalog import model_card
from tools.engines.routing import OFFLINE

STAGE, ITEM = "music", "episode"
TEMPO_BPM = {"drama": 76, "romance": 84, "thriller": 100, "comedy": 116}
"""By genre."""
NOT_DRAWN = MediaRef(key="card", mime="image/png", sha256="0" * 64, size_bytes=1)


def cut_seconds(state: FinishingState) -> float:
    """How long the cut is, to the frame; cards that are not drawn yet lie in it as they will."""
    cards = ("title_card", "end_card") if has_cards(state) else ()
    missing = {name: NOT_DRAWN for name in cards if getattr(state, name) is None}
    return lay_out(state.model_copy(update=missing), {}).duration_s


def music_order(state: FinishingState, planned: PlannedCall, *, production_id: str) -> Order:
    """The one music order; it marks the turn of the story and ends with the picture."""
    return Order(
        production_id=production_id, stage=STAGE, item=ITEM, cause=state.cause(STAGE, ITEM),
        request=music_request(state, model=planned.model),
    )  # fmt: skip


def music_request(state: FinishingState, *, model: str) -> MusicRequest:
    """What a model is asked for: as long as the picture, or as long as it can."""
    film, card = state.film, model_card(model)
    timeline = lay_out(state, {})
    seconds = timeline.duration_s
    longest = card.durations_s.longest if card.durations_s else seconds
    return MusicRequest(
        provider=card.provider, model=model, prompt=_words(state, card.provider),
        mood=film.scenes[0].mood, genre=film.genre, duration_s=min(seconds, longest),
        tempo_bpm=TEMPO_BPM[film.genre], seed=state.seed(STAGE, ITEM),
        cues=_cues(state, timeline), theme_seed=_theme_seed(film.title),
        hits=[MusicHit(at_s=turn_seconds(state, timeline), kind="turn"), MusicHit(at_s=seconds, kind="end")],
    )  # fmt: skip


def approval_used_up(refused: GreenlightError, source: Order | Ticket) -> OrderFailure:
    """What becomes of an order whose job was billed and made nothing: another one nobody has approved."""
    asked = source.request if isinstance(source, Order) else source
    return OrderFailure(
        call_key=source.call_key, provider=asked.provider, model=asked.model, kind="no_credit",
        message=f"{refused.message.rstrip('.')}, and a fork at the last review asks for another one",
    )  # fmt: skip


def _words(state: FinishingState, provider: str) -> str:
    """Who composes from cues needs no more than a title; a model is told the moods in words."""
    film = state.film
    if provider == OFFLINE:
        return f"{film.genre} underscore for {film.title}: {film.logline}"
    moods = list(dict.fromkeys(scene.mood for scene in film.scenes))
    return f"Instrumental {film.genre} film score, no vocals, {', then '.join(moods)}"


def _cues(state: FinishingState, timeline: Timeline) -> list[MusicCue]:
    """The mood of every scene from where it begins; the first one also plays under the title card."""
    starts = [0.0, *scene_seconds(state, timeline)[1:]]
    return [
        MusicCue(start_s=start, mood=scene.mood)
        for start, scene in zip(starts, state.film.scenes, strict=True)
    ]


def _theme_seed(title: str) -> int:
    """`Series: Episode`: all episodes of a series share the melody, another series has another one."""
    return seed_for(0, "theme", title.partition(":")[0].strip().casefold())
