"""A server of one's own that speaks S3 by TLS, with certificate and bucket by the compose file's commands."""

import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest
import yaml
from typer.testing import CliRunner

from server.cli.verbs import app
from state.errors import FolderUnwritable, SettingInvalid, StoreUnreachable
from tests import media_files
from tests.fakes import FakeClock
from tools.media import s3_bucket
from tools.media.certificate import CA_FILE, CERTIFICATE_FILE, KEY_FILE, make_certificate
from tools.media.making import make_bucket
from tools.media.open import open_store
from tools.media.probe import check_media
from tools.settings import Settings

if TYPE_CHECKING:
    from tests.standins.s3_server import S3Server

COMPOSE = Path(__file__).parents[3] / "compose.yaml"
COMMAND: list[str] = yaml.safe_load(COMPOSE.read_text())["services"]["certificate"]["command"]
HOST = "store"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command of the compose file makes."""
    folder = tmp_path_factory.mktemp("certificates")
    done = CliRunner().invoke(app, [str(folder) if word == "/certificates" else word for word in COMMAND])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def by_tls(certificates: Path) -> "Iterator[S3Server]":
    pytest.importorskip("moto", reason="the local S3 is moto's: install the `dev` extra again")
    from tests.standins.s3_server import s3_server

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificates / CERTIFICATE_FILE, certificates / KEY_FILE)
    with s3_server(context) as server:
        server.url = f"https://{HOST}:{urlsplit(server.url).port}"
        yield server


@pytest.fixture
def chosen(
    by_tls: "S3Server", certificates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Settings]:
    """The settings of a server with that bucket; its host is this machine, and each call is tried once."""
    look_up = socket.getaddrinfo

    def here(host: Any, *rest: Any, **more: Any) -> Any:
        return look_up("127.0.0.1" if host in (HOST, HOST.encode()) else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", here)
    monkeypatch.setattr(s3_bucket, "TRIES", 1)
    told = {"media": "s3://films", "data_dir": tmp_path / "data", "s3_ca_file": certificates / CA_FILE}
    return lambda **changes: Settings.model_validate({**told, **by_tls.settings, **changes})


async def test_what_is_put_comes_back(chosen: Callable[..., Settings]):
    await make_bucket(chosen(), wait_s=0, clock=FakeClock())
    store = await open_store(chosen())
    kept = await store.put_bytes(media_files.picture(), user_id="ana")
    assert (await store.get(kept.key)).read_bytes() == media_files.picture()
    await store.close()
    assert (await check_media(chosen())).status == "ok"


async def test_without_its_ca_the_server_is_refused_and_the_setting_named(chosen: Callable[..., Settings]):
    check = await check_media(chosen(s3_ca_file=None))
    assert check.status == "failed"
    assert "is not trusted" in check.message
    assert "GREENLIGHT_S3_CA_FILE" in check.remedy


async def test_another_ca_of_the_same_name_vouches_for_nothing(
    chosen: Callable[..., Settings], tmp_path: Path
):
    make_certificate(HOST, tmp_path / "others")
    with pytest.raises(StoreUnreachable, match="is not trusted"):
        await make_bucket(chosen(s3_ca_file=tmp_path / "others" / CA_FILE), wait_s=0, clock=FakeClock())


async def test_it_is_good_for_its_host_alone(chosen: Callable[..., Settings], by_tls: "S3Server"):
    elsewhere = by_tls.url.replace(HOST, "127.0.0.1")
    with pytest.raises(StoreUnreachable, match="is not trusted"):
        await make_bucket(chosen(aws_endpoint_url_s3=elsewhere), wait_s=0, clock=FakeClock())


async def test_its_ca_is_trusted_besides_all_others_and_for_the_bucket_alone(
    chosen: Callable[..., Settings], certificates: Path, by_tls: "S3Server"
):
    chosen().data_dir.mkdir()
    (chosen().data_dir / "s3_trust.pem").write_text("half of it")
    store = await open_store(chosen())
    trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusted.load_verify_locations(chosen().data_dir / "s3_trust.pem")
    public = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    public.load_verify_locations(s3_bucket.get_cert_path(True))
    assert trusted.cert_store_stats()["x509_ca"] == public.cert_store_stats()["x509_ca"] + 1
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        async with httpx.AsyncClient() as others:
            await others.get(by_tls.url)
    await store.close()
    assert [file.name for file in chosen().data_dir.glob("*s3_trust*")] == ["s3_trust.pem"]


async def test_a_key_beside_the_ca_stays_where_it_is(
    chosen: Callable[..., Settings], certificates: Path, tmp_path: Path
):
    both = tmp_path / "both.pem"
    both.write_text((certificates / KEY_FILE).read_text() + (certificates / CA_FILE).read_text())
    await make_bucket(chosen(s3_ca_file=both), wait_s=0, clock=FakeClock())
    assert "PRIVATE KEY" in both.read_text()
    assert "PRIVATE KEY" not in (chosen().data_dir / "s3_trust.pem").read_text()


async def test_a_data_folder_that_cannot_hold_it_is_named(chosen: Callable[..., Settings], tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(FolderUnwritable, match="s3_trust"):
        await open_store(chosen(data_dir=tmp_path / "file" / "data"))


@pytest.mark.parametrize("content", [None, "", "no certificate", b"\xff\xfe", "a folder"])
async def test_a_file_that_is_no_ca_names_its_setting(
    chosen: Callable[..., Settings], tmp_path: Path, content: str | bytes | None
):
    file = tmp_path / "ca.pem"
    if content == "a folder":
        file.mkdir()
    elif content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SettingInvalid, match=r"GREENLIGHT_S3_CA_FILE: .*ca\.pem") as caught:
        await open_store(chosen(s3_ca_file=file))
    assert "GREENLIGHT_S3_CA_FILE" in caught.value.user_action


def test_strict_readers_take_the_certificate(certificates: Path):
    """As Python does from 3.13 on; and both sides of the connection by themselves."""
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    server.load_cert_chain(certificates / CERTIFICATE_FILE, certificates / KEY_FILE)
    client.load_verify_locations(certificates / CA_FILE)
    client.verify_flags |= ssl.VERIFY_X509_STRICT
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    asking = client.wrap_bio(to_client, to_server, server_hostname=HOST)
    answering = server.wrap_bio(to_server, to_client, server_side=True)
    for end in (asking, answering, asking, answering):
        try:
            end.do_handshake()
        except ssl.SSLWantReadError:
            continue
    assert asking.version() == "TLSv1.3"


def test_it_is_made_once_and_its_key_is_for_its_owner(certificates: Path):
    before = {file.name: file.read_bytes() for file in certificates.iterdir()}
    assert not make_certificate(HOST, certificates)
    assert {file.name: file.read_bytes() for file in certificates.iterdir()} == before
    assert {*before} == {CA_FILE, CERTIFICATE_FILE, KEY_FILE}
    modes = {file.name: file.stat().st_mode & 0o777 for file in certificates.iterdir()}
    assert modes == {CA_FILE: 0o644, CERTIFICATE_FILE: 0o644, KEY_FILE: 0o600}


def test_what_a_killed_maker_left_is_made_anew(tmp_path: Path):
    make_certificate(HOST, tmp_path)
    (tmp_path / CA_FILE).unlink()
    left = (tmp_path / KEY_FILE).read_bytes()
    assert make_certificate(HOST, tmp_path)
    assert (tmp_path / KEY_FILE).read_bytes() != left


def test_one_for_another_host_is_not_taken_for_it(certificates: Path):
    with pytest.raises(SettingInvalid, match="another host than elsewhere") as caught:
        make_certificate("elsewhere", certificates)
    assert KEY_FILE in caught.value.user_action


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(FolderUnwritable, match="file"):
        make_certificate(HOST, tmp_path / "file" / "certificates")


class Opening(FakeClock):
    """The server is up after the first pause."""

    def __init__(self, server: "S3Server") -> None:
        super().__init__()
        self.server = server

    async def sleep(self, seconds: float) -> None:
        self.server.trouble = None
        await super().sleep(seconds)


async def test_a_server_that_comes_up_is_waited_for_and_the_bucket_made_once(
    chosen: Callable[..., Settings], by_tls: "S3Server"
):
    by_tls.trouble = lambda _: (503, b"<Error><Code>SlowDown</Code></Error>")
    mine = chosen(media="s3://comes-up/films")
    assert await make_bucket(mine, wait_s=60, clock=Opening(by_tls))
    assert not await make_bucket(mine, wait_s=60, clock=FakeClock())


async def test_it_is_not_waited_for_without_end(chosen: Callable[..., Settings]):
    nobody = chosen(aws_endpoint_url_s3="https://127.0.0.1:9")
    clock = FakeClock()
    began = clock.monotonic()
    with pytest.raises(StoreUnreachable):
        await make_bucket(nobody, wait_s=3, clock=clock)
    assert clock.monotonic() - began == 3


async def test_a_folder_needs_no_bucket(chosen: Callable[..., Settings], tmp_path: Path):
    with pytest.raises(SettingInvalid, match="GREENLIGHT_MEDIA"):
        await make_bucket(chosen(media=str(tmp_path)), wait_s=0, clock=FakeClock())
