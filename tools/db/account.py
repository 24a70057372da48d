"""Which account runs the embedded server, because Postgres refuses to run as root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from state.errors import DatabaseDown

UNPRIVILEGED = "nobody"


@dataclass(frozen=True, kw_only=True)
class Account:
    """An existing account; `None` in its place means "the one we are"."""

    uid: int
    gid: int

    def popen_arguments(self) -> dict[str, Any]:
        """What `subprocess` needs to start a child as this account and in no other group."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_account(cluster: Path) -> Account | None:
    """The account for the server of `cluster`: its owner, else `nobody`; None when we are not root.

    Raises:
        DatabaseDown: we are root and there is no account to change to.
    """
    if os.geteuid() != 0:
        return None
    try:
        owner = cluster.stat().st_uid if cluster.exists() else 0
        entry = pwd.getpwuid(owner) if owner else pwd.getpwnam(UNPRIVILEGED)
    except KeyError as exc:
        raise DatabaseDown(
            "the embedded database cannot run as root and this machine has no account to run it as",
            user_action="Run as another user, or set GREENLIGHT_DATABASE_URL.",
        ) from exc
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)


def can_enter(folder: Path, account: Account | None) -> bool:
    """True if the account may pass through every folder from the root down to `folder`."""
    if account is None:
        return os.access(folder, os.X_OK)
    return all(_allows(step, account, stat.S_IXOTH) for step in (folder, *folder.parents))


def can_run(file: Path, account: Account | None) -> bool:
    """True if the account may read and run this program."""
    if account is None:
        return os.access(file, os.R_OK | os.X_OK)
    return can_enter(file.parent, account) and _allows(file, account, stat.S_IROTH | stat.S_IXOTH)


def _allows(path: Path, account: Account, wanted: int) -> bool:
    found = path.stat()
    if found.st_uid == account.uid:
        wanted <<= 6
    elif found.st_gid == account.gid:
        wanted <<= 3
    return found.st_mode & wanted == wanted
