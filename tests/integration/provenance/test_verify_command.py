"""`greenlight verify`: what it says, and what it exits with."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from server.cli.verbs import app
from state.errors import BriefRefused, MediaMissing
from state.media import MediaRef
from tests.integration.provenance.conftest import Signing, a_claim
from tests.signing_identities import MAKES, chain_for
from tools.provenance.keys import Signer
from tools.provenance.sidecar import sidecar


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["verify", *map(str, words)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def write_sidecar(path: Path) -> Path:
    content = path.read_bytes()
    media = MediaRef(
        key="k", mime="video/mp4", sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content)
    )
    beside = path.with_name("provenance.json")
    beside.write_text(json.dumps(sidecar(a_claim(), {path.name: media}, None, [])))
    return beside


def test_a_whole_file_is_told_with_its_sources(signed: Path) -> None:
    code, said = run(signed)
    assert code == 0
    assert said.startswith("valid: not one byte of the media was changed; the issuer is not trusted")
    assert "signed by Greenlight of Greenlight" in said
    assert "kling-2.5-turbo (fal)" in said


@pytest.fixture
async def signed(sign: Signing) -> Path:
    return await sign()


def test_json_has_the_same(signed: Path) -> None:
    code, said = run(signed, "--json")
    told = json.loads(said)
    assert (code, told["exit_code"], told["state"], told["title"]) == (0, 0, "valid", "Título 字")
    assert [one["name"] for one in told["sources"]] == ["1A-1", "1B-1", "1C-1", "1A/1", "music"]


def test_a_changed_one_and_one_without_have_codes_of_their_own(signed: Path, master: Path) -> None:
    data = bytearray(signed.read_bytes())
    data[-5] ^= 1
    signed.write_bytes(data)
    assert run(signed)[0] == 10
    assert run(master) == (11, "none: it carries no manifest\n")


def test_trust_is_asked_for_by_certificate(signed: Path, signer: Signer, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_text(signer.pem.partition("-----END CERTIFICATE-----\n")[2])
    assert run(signed, "--trust", tmp_path / "root.pem")[0] == 0
    (tmp_path / "other.pem").write_text(chain_for(MAKES["es256"]()))
    assert run(signed, "--trust", tmp_path / "other.pem")[0] == 12
    (tmp_path / "odd.pem").write_text("-----BEGIN CERTIFICATE-----\nnobody\n-----END CERTIFICATE-----\n")
    for name in ("absent.pem", "odd.pem"):
        with pytest.raises(BriefRefused, match="holds no certificate"):
            run(signed, "--trust", tmp_path / name)


def test_the_sidecar_finds_what_no_manifest_can_say(signed: Path, tmp_path: Path) -> None:
    """The zeros that fill the manifest's own box are in no hash; a renamed file is known."""
    beside = write_sidecar(signed)
    assert "sidecar: the same file" in run(signed)[1]
    renamed = shutil.copy(signed, tmp_path / "film.mp4")
    assert run(renamed, "--sidecar", beside)[0] == 0
    data = bytearray(signed.read_bytes())
    data[data.index(bytes(4000)) + 2000] ^= 1
    signed.write_bytes(data)
    code, said = run(signed)
    assert (code, said.splitlines()[:2]) == (
        10,
        ["valid: not one byte of the media was changed; the issuer is not trusted", "sidecar: another file"],
    )


def test_a_format_without_manifests_is_known_by_its_sidecar(tmp_path: Path) -> None:
    film = tmp_path / "film.webm"
    film.write_bytes(b"\x1aE\xdf\xa3" + bytes(100))
    assert run(film)[0] == 11
    write_sidecar(film)
    assert run(film)[0] == 0
    film.write_bytes(b"\x1aE\xdf\xa3" + bytes(101))
    assert run(film)[0] == 10


def test_what_is_not_there_or_no_sidecar_is_one_sentence(signed: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaMissing, match="cannot be read"):
        run(tmp_path / "absent.mp4")
    for text in ("[]", "{", "[" * 50_000, '{"files": 1}'):
        (tmp_path / "odd.json").write_text(text)
        with pytest.raises(BriefRefused, match="is no sidecar"):
            run(signed, "--sidecar", tmp_path / "odd.json")
