"""What must be right before anything starts. Each check fails with one sentence."""

import ipaddress
import os
import secrets
import socket
from pathlib import Path

import structlog

from server.origins import read_origins
from state.errors import FolderUnwritable, PortTaken, SettingInvalid
from tools.settings import Settings

log = structlog.stdlib.get_logger(__name__)


def check_settings(settings: Settings) -> None:
    """Refuse what this version cannot do and warn of what is unwise.

    Raises:
        SettingInvalid: accounts are asked for, which do not exist yet, or every page on the web is let in.
    """
    if settings.auth_mode != "none":
        raise SettingInvalid(
            "GREENLIGHT_AUTH_MODE: `token` comes with accounts, which this version does not have yet;"
            " set it to `none`.",
            details={"setting": "GREENLIGHT_AUTH_MODE"},
        )
    if read_origins(settings.cors_origins).everybody and settings.auth_mode == "none":
        raise SettingInvalid(
            "GREENLIGHT_CORS_ORIGINS: `*` would let every page on the web use this server, because there is"
            " no login; name the origins, or use `local` and `studio`.",
            details={"setting": "GREENLIGHT_CORS_ORIGINS"},
        )
    if not is_loopback(settings.host):
        log.warning(
            "open_to_the_network",
            host=settings.host,
            advice="Anybody who reaches this address can start and answer productions:"
            " there is no login. Set GREENLIGHT_HOST to 127.0.0.1 or put a login in front.",
        )


def check_folder(folder: Path) -> None:
    """Make the folder if it is missing and try to write in it.

    Raises:
        FolderUnwritable: names the folder and what the system said.
    """
    probe = folder / f".write-test-{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as exc:
        raise FolderUnwritable(
            f"The data folder {folder} cannot be written to ({exc.strerror}).",
            user_action="Set GREENLIGHT_DATA_DIR to a folder that this user may write to.",
            details={"folder": str(folder)},
        ) from exc


def check_port(host: str, port: int) -> None:
    """See whether the port can be listened on.

    Raises:
        PortTaken: somebody else has it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        # As the server will: a port in TIME_WAIT is free, one that is listened on is not.
        if os.name == "posix":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as exc:
            raise PortTaken(
                f"Port {port} on {host} cannot be used ({exc.strerror}).",
                user_action="Stop the other process or set GREENLIGHT_PORT to a free port.",
                details={"host": host, "port": port},
            ) from exc


def check_start(settings: Settings) -> None:
    """All checks that need no database, cheapest first."""
    check_settings(settings)
    check_folder(settings.data_dir)
    check_port(settings.host, settings.port)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
