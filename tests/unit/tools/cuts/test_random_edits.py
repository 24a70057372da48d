"""Hundreds of sequences of edits by dice: a cut stays a cut, and its history is all that is needed."""

from itertools import pairwise

import pytest

from state import edits
from state.timeline import Clip, Timeline, track_length
from tests.unit.tools.cuts.cutting import an_opened_cut, session
from tools.cuts.history import compared, digest_of, replayed
from tools.cuts.pieces import source_frames
from tools.post.layout import lay_out


def whole(cut: Timeline) -> None:
    """What holds of every cut, whatever was done to it."""
    ids = [item.id for track in cut.tracks for item in track.items if isinstance(item, Clip)]
    assert len(ids) == len(set(ids))
    assert "" not in ids
    for track in cut.tracks:
        placed = lay_out(track)
        assert placed == [] or placed[-1].end == track_length(track)
        for item in track.items:
            has = source_frames(item, cut.fps) if isinstance(item, Clip) else None
            assert has is None or track.role != "picture" or item.source.end <= has, (track.name, item)
    for before, after in pairwise(cut.captions):
        assert before.end_s <= after.start_s


@pytest.mark.parametrize("block", range(10))
def test_whatever_is_done_a_cut_stays_whole_and_its_log_makes_it_again(block: int) -> None:
    kinds, refused = set(), 0
    for seed in range(block * 30, block * 30 + 30):
        made, cuts, no = session(seed)
        refused += no
        kinds |= {one.op for one in made}  # type: ignore[attr-defined]  # each has one
        for cut in cuts:
            whole(cut)
        read = [edits.OPERATIONS.validate_json(one.model_dump_json()) for one in made]
        assert read == made
        assert digest_of(replayed(an_opened_cut(), read)) == digest_of(cuts[-1])
        assert [digest_of(one) for one in cuts[:1]] == [digest_of(an_opened_cut())]
        assert Timeline.model_validate_json(cuts[-1].model_dump_json()) == cuts[-1]
        assert (compared(cuts[0], cuts[-1]) == []) == (digest_of(cuts[0]) == digest_of(cuts[-1]))
    assert len(kinds) > 15, kinds
    assert refused
