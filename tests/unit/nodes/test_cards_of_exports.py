"""The cards of a film that leaves in another size: drawn anew, unless a person has chosen a part of them."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from nodes.exporting.cards import redrawn_cards, with_cards
from state.film import FinishingState, ProductionFormat
from state.media import MediaRef
from state.script import Script
from state.timeline import Clip, Crop, Focus, Timeline, TimeRange, Track
from tools.engines.previz.cards import end_card, title_card
from tools.media.local import LocalMediaStore

WIDE, TALL = (320, 180), (180, 320)
FORMAT = ProductionFormat(width=320, height=180)
SCRIPT = Script(title="The Letter from Valparaíso: The truth", logline="A letter comes late.")


@pytest.fixture
def store(tmp_path: Path) -> LocalMediaStore:
    return LocalMediaStore(tmp_path, b"s", keep_free_bytes=0)


@pytest.fixture
async def film(store: LocalMediaStore) -> FinishingState:
    bare = FinishingState(script=SCRIPT, format=FORMAT)
    first = await title_card("The Letter from Valparaíso", "The truth", bare.look.style, WIDE)
    last = await end_card("The End", "The Letter from Valparaíso", bare.look.style, WIDE)
    title, end = [await store.put_bytes(one, user_id="ana") for one in (first, last)]
    return bare.model_copy(update={"title_card": title, "end_card": end})


def shown(film: FinishingState, **more: object) -> Timeline:
    """A cut with its title card only."""
    assert film.title_card is not None
    clip = Clip(name="title", media=film.title_card, source=TimeRange(start=0, length=24))
    items = [clip.model_copy(update=more)]
    return Timeline(name="t", width=320, height=180, tracks=[Track(name="p", role="picture", items=items)])


def media_of(cut: Timeline) -> MediaRef:
    [clip] = cut.tracks[0].items
    assert isinstance(clip, Clip)
    return clip.media


async def test_the_card_that_the_cut_shows_is_drawn_in_the_new_size(film, store):
    cut = shown(film)
    after = await redrawn_cards(film, cut, TALL, media=store, user_id="ana")
    card = media_of(with_cards(cut, film, after))
    assert (card, after.end_card) == (after.title_card, film.end_card)
    expected = await title_card("The Letter from Valparaíso", "The truth", film.look.style, TALL)
    with Image.open(await store.get(card.key)) as drawn, Image.open(BytesIO(expected)) as wanted:
        assert (drawn.size, drawn.tobytes()) == (TALL, wanted.tobytes())


async def test_in_its_own_size_it_stays(film, store):
    assert await redrawn_cards(film, shown(film), WIDE, media=store, user_id="ana") == film


@pytest.mark.parametrize("chosen", [{"crop": Crop(left=10)}, {"focus": [Focus(at=0, x=0.3)]}], ids=str)
async def test_a_part_of_it_that_a_person_has_chosen_stays(film, store, chosen):
    cut = shown(film, **chosen)
    after = await redrawn_cards(film, cut, TALL, media=store, user_id="ana")
    assert (after, with_cards(cut, film, after)) == (film, cut)
