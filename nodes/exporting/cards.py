"""Title and end card of a film, drawn anew for the size in which it leaves: typography is not cropped."""

from collections.abc import Container
from typing import TypeGuard

from nodes.post.draw_cards import card_words
from state.film import FinishingState
from state.media import MediaRef
from state.timeline import Clip, Item, Timeline
from tools.engines.previz.cards import end_card, title_card
from tools.media.store import MediaStore


async def redrawn_cards(
    film: FinishingState, cut: Timeline, size: tuple[int, int], *, media: MediaStore, user_id: str
) -> FinishingState:
    """The film with its cards in this size (width, height); what the cut does not show stays."""
    changed = dict[str, MediaRef]()
    if _needs(film.title_card, cut, size):
        series, under, _ = card_words(film.film)
        drawn = await title_card(series, under, film.look.style, size)
        changed["title_card"] = await media.put_bytes(drawn, user_id=user_id)
    if _needs(film.end_card, cut, size):
        series, _, ending = card_words(film.film)
        drawn = await end_card(ending, series, film.look.style, size)
        changed["end_card"] = await media.put_bytes(drawn, user_id=user_id)
    return film.model_copy(update=changed)


def with_cards(cut: Timeline, before: FinishingState, after: FinishingState) -> Timeline:
    """The cut with the new cards where the old ones were."""
    pairs = (before.title_card, after.title_card), (before.end_card, after.end_card)
    new = {old.key: media for old, media in pairs if old is not None and media is not None}

    def of(item: Item) -> Item:
        return item.model_copy(update={"media": new[item.media.key]}) if _shows(item, new) else item

    tracks = [track.model_copy(update={"items": [of(item) for item in track.items]}) for track in cut.tracks]
    return cut.model_copy(update={"tracks": tracks})


def _needs(card: MediaRef | None, cut: Timeline, size: tuple[int, int]) -> bool:
    if card is None or (card.width, card.height) == size:
        return False
    return any(_shows(item, {card.key}) for track in cut.tracks for item in track.items)


def _shows(item: Item, keys: Container[str]) -> TypeGuard[Clip]:
    """Whether it is one of these and shown whole: a chosen part of the old one is not in the new one."""
    return isinstance(item, Clip) and item.media.key in keys and item.crop is None and not item.focus
