"""What must be right before anything starts. Each check fails with one sentence."""

import ipaddress
import os
import secrets
import socket
from pathlib import Path

import structlog

from server.origins import read_origins
from state.errors import FolderUnwritable, ModelBanned, ModelUnknown, PortTaken, SettingInvalid
from tools.media.probe import try_store
from tools.models.choose import check_default
from tools.provenance.keys import given_signer
from tools.settings import Settings
from tools.vault.master_keys import given_master_keys

log = structlog.stdlib.get_logger(__name__)


def check_settings(settings: Settings) -> None:
    """Refuse what this version cannot do and warn of what is unwise.

    Raises:
        SettingInvalid: see `check_accounts`; or every page on the web is let in; or a master key is none;
            or the key that signs films cannot; or see `check_text_model`.
    """
    check_text_model(settings)
    given_signer(settings)
    sealed = given_master_keys(settings) is not None
    if read_origins(settings.cors_origins).everybody and settings.auth_mode == "none":
        raise SettingInvalid(
            "GREENLIGHT_CORS_ORIGINS: `*` would let every page on the web use this server, because there is"
            " no login; name the origins, or use `local` and `studio`.",
            details={"setting": "GREENLIGHT_CORS_ORIGINS"},
        )
    if settings.auth_mode == "token":
        check_accounts(settings)
        if not sealed:
            log.warning(
                "no_master_key",
                advice="Nobody can leave keys of providers here: set GREENLIGHT_MASTER_KEY or _FILE.",
            )
    elif not is_loopback(settings.host):
        log.warning(
            "open_to_the_network",
            host=settings.host,
            advice="Anybody who reaches this address can start and answer productions:"
            " there is no login. Set GREENLIGHT_AUTH_MODE to token, or GREENLIGHT_HOST to 127.0.0.1.",
        )


def check_text_model(settings: Settings) -> None:
    """Refuse a default language model with which no novela could be written.

    Raises:
        SettingInvalid: OPENAI_MODEL names one of the GPT-4 family, or one that we do not know.
    """
    try:
        check_default(settings.openai_model)
    except (ModelBanned, ModelUnknown) as exc:
        raise SettingInvalid(
            f"OPENAI_MODEL: {exc.message}",
            user_action="Set OPENAI_MODEL to a model that there is, for example gpt-5, or leave it unset.",
            details={"setting": "OPENAI_MODEL", "model": settings.openai_model},
        ) from exc


def check_accounts(settings: Settings) -> None:
    """Refuse settings with which accounts would not be safe, and say what will not work.

    Raises:
        SettingInvalid: mail is set up by half, or a password would cross a network in the open.
    """
    for name, wanted in (("smtp_from", settings.smtp_host), ("smtp_password", settings.smtp_user)):
        if wanted and getattr(settings, name) is None:
            raise _wrong(name, "is needed to send mail as the other GREENLIGHT_SMTP_ settings ask for.")
    elsewhere = not is_loopback(settings.smtp_host or "localhost")
    if elsewhere and settings.smtp_user and settings.smtp_security == "none":
        raise _wrong(
            "smtp_security", "must be starttls or tls: the mail server's password would be sent in the open."
        )
    if settings.smtp_host and not settings.public_url and not is_loopback(settings.host):
        raise _wrong("public_url", "is needed, because the links in mails lead there.")
    if settings.smtp_host is None:
        log.warning(
            "no_mail", advice="Forgotten passwords cannot be mended by mail: set GREENLIGHT_SMTP_HOST."
        )
    if not is_loopback(settings.host) and not (settings.public_url or "").startswith("https://"):
        log.warning(
            "not_encrypted",
            advice="Passwords and tokens cross the network in the open, and browsers keep no login."
            " Put https in front and set GREENLIGHT_PUBLIC_URL to its address.",
        )


def _wrong(name: str, problem: str) -> SettingInvalid:
    variable = f"GREENLIGHT_{name.upper()}"
    return SettingInvalid(f"{variable} {problem}", details={"setting": variable})


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


def check_port(host: str, port: int, *, setting: str = "GREENLIGHT_PORT") -> None:
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
                user_action=f"Stop the other process or set {setting} to a free port.",
                details={"host": host, "port": port},
            ) from exc


async def check_media(settings: Settings) -> None:
    """Try out where media lie, so that nobody waits for a master that cannot be kept.

    Raises:
        FolderUnwritable, StoreRefused, StoreUnreachable: one sentence, as `greenlight doctor` says it.
    """
    if half := await try_store(settings):
        log.warning("media_store_by_half", advice=half)


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
