"""What was cut and mastered once is handed out again: most walks end with the same film.

The same timeline with the same files makes the same bytes: replays say so (`test_branches.py`), which cut
everything anew, as do archives and whatever is about masters. Only these functions are stood in for; the
nodes that call them, and the store that takes what they make, are those of every house.
"""

import asyncio
import hashlib
import shutil
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from pydantic import TypeAdapter

from nodes.camera import show_dailies
from nodes.delivery import check_quality, final_animatic, sign_master
from nodes.post import render_master
from nodes.storyboard import cut_animatic
from state.timeline import DeliveryFacts, Timeline
from tests.acceptance.remembered import one_at_a_time
from tools.post import animatic, dailies, master, mix, picture, shaping, stills
from tools.post.encode import MASTER_FORM, FileForm
from tools.post.piece_cache import PieceCache
from tools.post.titles import Label
from tools.provenance.claim import Claim
from tools.provenance.keys import Signer
from tools.provenance.sign import sign_file
from tools.provenance.verify import Verdict
from tools.quality import check
from tools.quality.plan import Plan
from tools.quality.report import QualityReport

T = TypeVar("T")
FACTS, REPORT = TypeAdapter(DeliveryFacts), TypeAdapter(QualityReport)
VERDICT = TypeAdapter(Verdict)


@contextmanager
def remembering_cuts(shelf: Path) -> Iterator[None]:
    """Films that are cut meanwhile, here or in another process, are remembered together on this shelf."""
    stood_in = (
        (render_master, "render", _render),
        (sign_master, "sign_file", _signed),
        (check_quality, "check_master", _look),
        (cut_animatic, "cut", _animatic),
        (final_animatic, "cut_animatic", _animatic),
        (show_dailies, "scene_reel", _reel),
        (show_dailies, "thumbnail", _thumbnail),
    )
    with ExitStack() as stack:
        for module, name, remembered in stood_in:
            stack.enter_context(patch.object(module, name, partial(remembered, shelf)))
        yield


async def _render(
    shelf: Path, timeline: Timeline, *, resolve: Callable[[str], Path], into: Path, work: Path,
    progress: master.Progress, label: Label | None = None, burn_captions: bool = True,
    form: FileForm = MASTER_FORM, cache: PieceCache | None = None,
) -> DeliveryFacts:  # fmt: skip
    keys = {*picture.picture_keys(timeline), *mix.sound_keys(timeline), *shaping.lut_keys(timeline)}
    asked: dict[str, Any] = {"label": label, "burn_captions": burn_captions, "form": form}
    files = (resolve(one) for one in sorted(keys))
    key = await _key("master", timeline.model_dump_json(), *asked.items(), *files)
    make = partial(
        master.render_master, timeline, resolve=resolve, into=into, work=work, progress=progress, cache=cache,
        **asked,
    )  # fmt: skip
    facts = await _once(shelf / key, into, FACTS, make)
    progress(1.0)
    return facts


async def _signed(
    shelf: Path, source: Path, into: Path, *, mime: str, claim: Claim, signer: Signer
) -> Verdict:
    """Two signatures of one film differ: without this no master would be known again."""
    key = await _key("signed", source, mime, claim.digest)
    make = partial(sign_file, source, into, mime=mime, claim=claim, signer=signer)
    return await _once(shelf / key, into, VERDICT, make)


async def _look(shelf: Path, path: Path, plan: Plan, *, demuxer: str) -> QualityReport:
    key = await _key("quality", plan, demuxer, path)
    return await _once(shelf / key, None, REPORT, partial(check.check_master, path, plan, demuxer=demuxer))


async def _animatic(
    shelf: Path, boards: Sequence[animatic.Board], *, size: tuple[int, int], into: Path,
    sound: Path | None = None,
) -> Path:  # fmt: skip
    shown = [(repr(replace(board, picture=None)), board.picture) for board in boards]
    key = await _key("animatic", size, sound, *(part for board in shown for part in board))
    return await _file(shelf / key, into, partial(animatic.cut_animatic, boards, size=size, sound=sound))


async def _reel(
    shelf: Path, takes: Sequence[Path], voices: Sequence[tuple[Path, float]], *, into: Path
) -> Path:
    key = await _key("reel", *takes, *(part for voice in voices for part in voice))
    return await _file(shelf / key, into, partial(dailies.scene_reel, takes, voices))


async def _thumbnail(shelf: Path, video: Path, at_s: float, into: Path) -> Path:
    key = await _key("thumbnail", video, at_s)
    return await _file(shelf / key, into, partial(stills.thumbnail, video, at_s))


async def _file(kept: Path, into: Path, make: Callable[..., Awaitable[Path]]) -> Path:
    """Those whose file is all that they tell."""

    async def made() -> None:
        assert await make(into=into) == into

    await _once(kept, into, TypeAdapter(None), made)
    return into


async def _once(kept: Path, into: Path | None, told: TypeAdapter[T], make: Callable[[], Awaitable[T]]) -> T:
    """What `make` returns and writes to `into`: made by the first who asks, and copied for all others."""
    async with one_at_a_time(kept.with_suffix(".lock")):
        if not await asyncio.to_thread(kept.exists):
            result = await make()
            await asyncio.to_thread(_keep, kept, into, told.dump_json(result))
            return result
    return told.validate_json(await asyncio.to_thread(_copy, kept, into))


def _keep(kept: Path, into: Path | None, words: bytes) -> None:
    half = kept.with_suffix(".half")
    half.mkdir()
    if into is not None:
        shutil.copyfile(into, half / "file")
    (half / "told.json").write_bytes(words)
    half.rename(kept)


def _copy(kept: Path, into: Path | None) -> bytes:
    if into is not None:
        shutil.copyfile(kept / "file", into)
    return (kept / "told.json").read_bytes()


async def _key(*seen: object) -> str:
    """Everything that the function sees: a file by what is in it, whatever it is called."""
    return await asyncio.to_thread(_digest, seen)


def _digest(seen: Sequence[object]) -> str:
    digest = hashlib.sha256()
    for one in seen:
        words = hashlib.sha256(one.read_bytes()).hexdigest() if isinstance(one, Path) else repr(one)
        digest.update(f"{len(words)} {words}".encode())
    return digest.hexdigest()
