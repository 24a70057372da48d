"""A signed master: what readers say of it, whole and changed."""

import asyncio
import contextlib
import json
import os
import shutil
import socket
import threading
from pathlib import Path

import c2pa
import pytest
from PIL import Image

from state.errors import PostError
from tests.cut_media import read_back
from tests.integration.provenance.conftest import Signing, a_claim, a_source
from tests.manifest_reader import boxes, media_hash_of, read_manifest
from tests.signing_identities import MAKES, chain_for, pem_of
from tools.ffmpeg.command import run_ffmpeg
from tools.provenance.claim import ALGORITHM, COMPOSITE, MIXED, MODEL, SYNTHETIC
from tools.provenance.keys import Signer, open_signer_now
from tools.provenance.manifest import SOURCES, TRAINING, assertion_in
from tools.provenance.sign import can_sign, sign_file
from tools.provenance.verify import UNTRUSTED, offline, verify_now
from tools.settings import Settings


async def test_the_librarys_reader_has_one_note_alone_about_the_issuer(sign: Signing) -> None:
    path = await sign()
    with path.open("rb") as file, c2pa.Reader("video/mp4", file) as reader:
        told = json.loads(reader.json())
    assert told["validation_state"] == "Valid"
    assert [one["code"] for one in told["validation_status"]] == [UNTRUSTED]
    failures = told["validation_results"]["activeManifest"]["failure"]
    assert [one["code"] for one in failures] == [UNTRUSTED]
    assert len(told["manifests"]) == 1


async def test_a_second_reader_finds_the_signature_and_every_hash_right(
    sign: Signing, signer: Signer
) -> None:
    path = await sign()
    manifest = read_manifest(path)
    assert manifest is not None
    assert manifest.label == verify_now(path).label
    assert manifest.leaf == signer.leaf
    assert manifest.signature_holds()
    assert manifest.wrong_hashes() == []
    assert manifest.media_hash() == media_hash_of(path)
    assert manifest.claim["dc:title"] == "Título 字"
    assert manifest.assertions[SOURCES].cbor()["sources"][0]["model"] == "kling-2.5-turbo"


async def test_the_second_reader_finds_what_is_wrong(sign: Signing, tmp_path: Path) -> None:
    """The control of that reader: a bit of the claim, of an assertion, of the media."""
    path = await sign()
    for piece in (b"dc:title", b"kling-2.5-turbo", b"mdat"):
        manifest = read_manifest(changed(path, path.read_bytes().rindex(piece) + len(piece) + 2, tmp_path))
        assert manifest is not None
        found = (
            manifest.signature_holds(), manifest.wrong_hashes() == [],
            manifest.media_hash() == media_hash_of(tmp_path / "changed.mp4"),
        )  # fmt: skip
        wanted = {
            b"dc:title": (False, True, True),
            b"kling-2.5-turbo": (True, False, True),
            b"mdat": (True, True, False),
        }
        assert found == wanted[piece]


def changed(path: Path, at: int, folder: Path) -> Path:
    """A copy with one bit of this byte the other way."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    copy = folder / "changed.mp4"
    copy.write_bytes(data)
    return copy


async def test_one_changed_byte_fails_wherever_it_is_in_the_media(sign: Signing, tmp_path: Path) -> None:
    """Every box that is no manifest, at its ends, in its middle and at some places between."""
    path = await sign()
    assert verify_now(path).state == "valid", "the control: nothing was changed"
    for kind, start, content in boxes(path.read_bytes()):
        if kind == b"uuid":
            continue
        size = len(content) + 8
        places = {0, 4, 8, size // 3, size // 2, size - 1, *range(9, size, max(1, size // 12))}
        for place in sorted(one for one in places if one < size):
            verdict = verify_now(changed(path, start + place, tmp_path))
            assert verdict.state in ("changed", "unreadable"), f"{kind!r} at {place}: {verdict.says}"


async def test_one_changed_byte_of_what_is_claimed_fails(sign: Signing, tmp_path: Path) -> None:
    path = await sign()
    data = path.read_bytes()
    for piece in (
        b"kling-2.5-turbo",
        b"trainedAlgorithmicMedia",
        b"urn:sha256:",
        b"Greenlight",
        b"c2pa.placed",
    ):
        assert verify_now(changed(path, data.index(piece) + 3, tmp_path)).state == "changed", piece


async def test_what_is_appended_cut_off_or_put_in_between_fails(sign: Signing, tmp_path: Path) -> None:
    data = (await sign()).read_bytes()
    more = b"\0\0\0\x0cfreehide"
    other = tmp_path / "other.mp4"
    for content in (
        data + more,
        data[:-100],
        data[: len(data) // 2],
        data[:32] + more + data[32:],
        data + b"x",
    ):
        other.write_bytes(content)
        assert verify_now(other).state in ("changed", "unreadable")


async def test_a_remux_loses_it_and_is_told_as_none(sign: Signing, tmp_path: Path) -> None:
    path, copy = await sign(), tmp_path / "copy.mp4"
    await run_ffmpeg(["-f", "mov", "-i", path, "-c", "copy", "-f", "mp4", copy])
    assert verify_now(copy).state == "none"
    assert read_manifest(copy) is None


async def test_signing_changes_no_frame_and_no_sample(sign: Signing, master: Path) -> None:
    before, after = read_back(master), read_back(await sign())
    assert (before.lumas == after.lumas).all()
    assert (before.sound == after.sound).all()


async def test_the_ingredients_are_the_files_of_the_cut_each_once(sign: Signing) -> None:
    manifest = verify_now(await sign()).manifest
    parts = [(one["title"], one["relationship"], one["instance_id"]) for one in manifest["ingredients"]]
    wanted = [(one.name, "componentOf", f"urn:sha256:{one.media.sha256}") for one in a_claim().sources]
    assert parts == wanted


async def test_each_part_has_its_own_source_type_and_what_was_brought_has_none(sign: Signing) -> None:
    manifest = verify_now(await sign()).manifest
    actions = assertion_in(manifest, "c2pa.actions.v2")["actions"]
    assert actions[0] == {"action": "c2pa.created", "digitalSourceType": MIXED}
    placed = [one.get("digitalSourceType") for one in actions if one["action"] == "c2pa.placed"]
    assert placed == [MODEL, ALGORITHM, None, MODEL, ALGORITHM]
    assert "captions and titles were burned in" in [one.get("description") for one in actions]


@pytest.mark.parametrize(
    ("origins", "whole"),
    [
        ([{"provider": "fal", "model": "wan"}], MODEL),
        ([{"provider": "fal", "model": "wan"}, {"given": True}], MIXED),
        ([{"provider": "previz", "model": "previz-animatic"}, {"made_here": True}], ALGORITHM),
        ([{"provider": "previz", "model": "previz-animatic"}, {"given": True}], SYNTHETIC),
        ([{"provider": "previz", "model": "kokoro-82m"}, {"made_here": True}], MIXED),
        ([{"given": True, "provider": "fal", "model": "wan"}], COMPOSITE),
        ([{}], COMPOSITE),
    ],
)
def test_the_whole_is_called_what_it_is(origins: list[dict[str, object]], whole: str) -> None:
    sources = [a_source(str(number), "a", **one) for number, one in enumerate(origins)]
    assert a_claim(sources=sources).source_type == whole


async def test_training_is_spoken_of_where_that_is_set(sign: Signing) -> None:
    silent = verify_now(await sign()).manifest
    assert assertion_in(silent, TRAINING) is None
    told = verify_now(await sign(claim=a_claim(training="notAllowed"))).manifest
    uses = {one["use"] for one in assertion_in(told, TRAINING)["entries"].values()}
    assert uses == {"notAllowed"}


@pytest.mark.parametrize("kind", MAKES)
async def test_every_kind_of_key_signs(master: Path, tmp_path: Path, kind: str) -> None:
    key = MAKES[kind]()
    chosen = Settings(data_dir=tmp_path, provenance_key=pem_of(key), provenance_certificates=chain_for(key))
    verdict = await sign_file(
        master, tmp_path / "signed.mp4", mime="video/mp4", claim=a_claim(), signer=open_signer_now(chosen)
    )
    assert (verdict.state, verdict.reasons) == ("valid", (UNTRUSTED,))
    assert verdict.manifest["signature_info"]["issuer"] == "A Studio Inc"


async def test_whose_ca_is_trusted_is_trusted_and_nobody_else(sign: Signing, signer: Signer) -> None:
    path = await sign()
    root = signer.pem.partition("-----END CERTIFICATE-----\n")[2]
    assert verify_now(path, trust=root).state == "trusted"
    stranger = chain_for(MAKES["es256"]()).partition("-----END CERTIFICATE-----\n")[2]
    assert verify_now(path, trust=stranger).state == "valid"


async def test_signing_again_replaces_the_manifest(sign: Signing, tmp_path: Path) -> None:
    once = await sign()
    twice = await sign(shutil.copy(once, tmp_path / "once.mp4"), claim=a_claim(title="again"))
    verdict = verify_now(twice)
    assert (verdict.state, verdict.manifest["title"]) == ("valid", "again")
    assert sum(kind == b"uuid" for kind, _, _ in boxes(twice.read_bytes())) == 1


async def test_what_cannot_be_signed_leaves_nothing_behind(
    sign: Signing, signer: Signer, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(b"\0\0\0\x10ftypisom\0\0\0\0nothing more")
    with pytest.raises(PostError, match="could not be signed") as raised:
        await sign(bad)
    assert "Resume" in raised.value.user_action
    with pytest.raises(PostError, match="video/webm cannot carry a manifest"):
        await sign(bad, mime="video/webm")
    assert os.listdir(tmp_path) == ["bad.mp4"]


async def test_the_loop_goes_on_while_a_file_is_signed(sign: Signing) -> None:
    signing, turns = asyncio.create_task(sign()), 0
    while not signing.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 10


@pytest.mark.parametrize(("name", "mime"), [("still.png", "image/png"), ("still.jpg", "image/jpeg")])
async def test_stills_are_signed_too(sign: Signing, tmp_path: Path, name: str, mime: str) -> None:
    Image.effect_noise((64, 48), 80).convert("RGB").save(tmp_path / name)
    path = await sign(tmp_path / name, mime=mime)
    assert verify_now(path).state == "valid"
    assert verify_now(changed(path, path.stat().st_size - 40, tmp_path), mime=mime).state == "changed"


def test_what_we_call_signable_the_library_signs_and_webm_is_not() -> None:
    known = set(c2pa.Builder.get_supported_mime_types())
    assert not can_sign("video/webm")
    assert "video/webm" not in known
    assert all(mime in known for mime in ("video/mp4", "image/png", "image/jpeg", "image/webp", "audio/wav"))


def test_a_manifest_that_lies_elsewhere_is_not_fetched(master: Path, signer: Signer, tmp_path: Path) -> None:
    """Whoever sends a file would learn who reads it. The control: the library's own settings do fetch."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        port = listening.getsockname()[1]
        path = elsewhere(master, signer, f"http://127.0.0.1:{port}/manifest", tmp_path)
        assert verify_now(path).state == "none"
        with pytest.raises(BlockingIOError):
            listening.accept()
        listening.settimeout(10)
        asks = threading.Thread(target=read_openly, args=(path,))
        asks.start()
        listening.accept()[0].close()
        asks.join()


def elsewhere(master: Path, signer: Signer, url: str, folder: Path) -> Path:
    """The master with nothing but the address of a manifest."""
    path = folder / "elsewhere.mp4"
    with (
        c2pa.Builder({"claim_generator_info": [{"name": "x"}], "title": "x"}, offline()) as builder,
        c2pa.Signer.from_callback(signer.sign, c2pa.C2paSigningAlg.ES256, signer.pem) as signs,
        master.open("rb") as source,
        path.open("w+b") as into,
    ):
        builder.set_no_embed()
        builder.set_remote_url(url)
        builder.sign(signs, "video/mp4", source, into)
    return path


def read_openly(path: Path) -> None:
    with contextlib.suppress(c2pa.C2paError), path.open("rb") as file:
        c2pa.Reader("video/mp4", file)
