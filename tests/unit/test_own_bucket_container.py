"""The profile s3 of the compose file: what its guide tells people to set is what the program takes."""

import re
from pathlib import Path
from typing import Any

import pytest

from server.startup import check_settings
from state.errors import SettingInvalid
from tests.unit.test_containers import COMPOSE, OURS, SERVICES
from tools.media.certificate import CA_FILE, CERTIFICATE_FILE, KEY_FILE
from tools.settings import Settings, read_settings

ROOT = Path(__file__).parents[2]
SECRET = "0123456789abcdef" * 4
FILLED_IN = {
    "POSTGRES_PASSWORD": SECRET, "GREENLIGHT_AUTH_SECRET": SECRET, "GREENLIGHT_LINK_SECRET": SECRET,
    "GREENLIGHT_MASTER_KEY": SECRET,
}  # fmt: skip
"""What the guide has everybody set first."""
VARIABLE = re.compile(r"\$\{(\w+)(?::?-([^}]*)|:?\?[^}]*)?\}")


def lines_of_the_guide() -> dict[str, str]:
    """The only block of the section, with secrets where it leaves them to people."""
    section = (ROOT / "docs/operations.md").read_text().partition("### A bucket of its own\n")[2]
    [block] = re.findall(r"```\n(.*?)```", section.partition("\n#")[0], re.DOTALL)
    rows = [row.partition("=") for row in block.splitlines()]
    return {name: value or SECRET for name, _, value in rows}


def filled_in(value: str, dot_env: dict[str, str]) -> str:
    """As Compose puts variables in."""
    return VARIABLE.sub(lambda found: dot_env.get(found[1], found[2] or ""), value)


def environment(service: str, dot_env: dict[str, str]) -> dict[str, str]:
    """What a container of this service is given: its own lines beat those of .env."""
    own = {name: filled_in(value, dot_env) for name, value in SERVICES[service]["environment"].items()}
    return {**dot_env, **own} if "env_file" in SERVICES[service] else own


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Read the settings as in a container of a service, and look at them as it does when it starts."""
    monkeypatch.chdir(tmp_path)

    def start(service: str, dot_env: dict[str, str]) -> Settings:
        for name, value in environment(service, dot_env).items():
            monkeypatch.setenv(name, value)
        found = read_settings()
        check_settings(found)
        return found

    return start


@pytest.mark.parametrize("service", OURS)
def test_the_lines_of_the_guide_are_taken(service: str, started: Any):
    lines = lines_of_the_guide()
    found = started(service, FILLED_IN | lines)
    assert str(found.media_place) == lines["GREENLIGHT_MEDIA"]
    assert found.auth_mode == "token"


@pytest.mark.parametrize("service", OURS)
def test_without_tls_they_would_be_refused(service: str, started: Any):
    lines = lines_of_the_guide()
    open_door = lines["AWS_ENDPOINT_URL_S3"].replace("https:", "http:")
    with pytest.raises(SettingInvalid, match="AWS_ENDPOINT_URL_S3"):
        started(service, FILLED_IN | lines | {"AWS_ENDPOINT_URL_S3": open_door})


def test_the_lines_name_the_server_its_certificate_and_its_keys():
    lines, store = lines_of_the_guide(), SERVICES["store"]
    _, _, host, _, folder = SERVICES["certificate"]["command"]
    given = dict(zip(store["command"][:-2:2], store["command"][1:-2:2], strict=True))
    assert [lines["COMPOSE_PROFILES"]] == store["profiles"]
    assert lines["AWS_ENDPOINT_URL_S3"] == f"https://{host}{given['--port']}"
    assert host in SERVICES
    assert lines["GREENLIGHT_S3_CA_FILE"] == f"{folder}/{CA_FILE}"
    assert (given["--cert"], given["--key"]) == (f"{folder}/{CERTIFICATE_FILE}", f"{folder}/{KEY_FILE}")
    keys = environment("store", lines)
    assert keys == dict.fromkeys(("ROOT_ACCESS_KEY", "ROOT_SECRET_KEY"), SECRET)


def test_all_of_them_mount_the_certificates_and_only_their_maker_writes_them():
    mounted = {
        name: [volume for volume in one.get("volumes", ()) if "certificates" in volume]
        for name, one in SERVICES.items()
        if name != "db"
    }
    assert mounted.pop("certificate") == ["certificates:/certificates"]
    assert all(volumes == ["certificates:/certificates:ro"] for volumes in mounted.values())
    assert {"certificates", "objects"} <= {*COMPOSE["volumes"]}


def test_each_waits_for_what_it_needs_and_nobody_for_a_profile_that_is_off():
    done = {"condition": "service_completed_successfully"}
    assert SERVICES["store"]["depends_on"] == {"certificate": done}
    assert SERVICES["bucket"]["depends_on"] == {"store": {"condition": "service_started"}}
    assert SERVICES["migrate"]["depends_on"]["bucket"] == {**done, "required": False}


def test_the_image_of_the_server_is_of_one_version():
    assert re.fullmatch(r"versity/versitygw:v\d+\.\d+\.\d+", SERVICES["store"]["image"])
