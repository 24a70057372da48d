"""A rendered master, signed once."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from state.media import MediaRef
from state.timeline import Cue
from tests.cut_media import a_clip, a_timeline, tone, write_sound, write_take
from tools.post.master import render_master
from tools.provenance.claim import Claim, Source
from tools.provenance.keys import Signer, open_signer_now
from tools.provenance.sign import sign_file
from tools.settings import Settings

Signing = Callable[..., Awaitable[Path]]


def a_source(name: str, letter: str, **more: Any) -> Source:
    """A file whose digest is this hexadecimal digit sixty-four times."""
    media = MediaRef(key=name, mime=more.pop("mime", "video/mp4"), sha256=letter * 64, size_bytes=1)
    return Source(name=name, role=more.pop("role", "picture"), media=media, **more)


def a_claim(**changes: Any) -> Claim:
    sources = [
        a_source("1A-1", "a", provider="fal", model="kling-2.5-turbo", prompt_digest="f" * 64),
        a_source("1B-1", "b", provider="previz", model="previz-animatic"),
        a_source("1C-1", "c", given=True),
        a_source("1A/1", "d", role="voice", mime="audio/wav", provider="previz", model="kokoro-82m"),
        a_source("music", "e", role="music", mime="audio/flac", provider="previz", model="orchestra"),
    ]
    return Claim(**{"title": "Título 字", "language": "es", "sources": sources, "captions": True, **changes})


@pytest.fixture(scope="session")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return open_signer_now(Settings(data_dir=tmp_path_factory.mktemp("keys")))


@pytest.fixture(scope="session")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds as they are delivered, without a manifest."""
    folder = tmp_path_factory.mktemp("master")
    write_take(folder / "ramp.mp4", [20 + 4 * n for n in range(48)])
    write_sound(folder / "music.wav", tone(441, 2.0))
    timeline = a_timeline(
        [a_clip("ramp.mp4", 48)], music=[a_clip("music.wav", 48)],
        captions=[Cue(start_s=0.2, end_s=1.5, text="¿Qué?")],
    )  # fmt: skip
    into = folder / "master.mp4"
    asyncio.run(render_master(timeline, resolve=lambda key: folder / key, into=into, work=folder / "work"))
    return into


@pytest.fixture
def sign(master: Path, signer: Signer, tmp_path: Path) -> Signing:
    """Sign the master of all tests, or another file, into this test's folder."""

    async def signed(source: Path = master, *, mime: str = "video/mp4", claim: Claim | None = None) -> Path:
        into = tmp_path / f"signed{source.suffix}"
        await sign_file(source, into, mime=mime, claim=claim or a_claim(), signer=signer)
        return into

    return signed
