"""Where the embedded server keeps its things.

All lies in `database/` under the data folder. Only when root drops to an account that
cannot reach it (a 0700 folder above) does the cluster move to a folder of the machine,
and a pointer file says where. No mode of a folder that we did not make is ever changed.
"""

import contextlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from state.errors import FolderUnwritable
from tools.db.account import Account, can_enter

MACHINE_FOLDERS = (Path("/var/lib/greenlight"), Path("/var/tmp/greenlight"))  # noqa: S108  # ours, 0755, owner checked
"""Folders that any account can reach and that outlive a reboot."""


@dataclass(frozen=True)
class Places:
    """The files of one embedded server."""

    data_dir: Path
    machine_folders: Sequence[Path] = MACHINE_FOLDERS

    @property
    def folder(self) -> Path:
        """The folder of everything below; never itself readable by the server's account."""
        return self.data_dir / "database"

    @property
    def start_lock(self) -> Path:
        """Held while a server is started or stopped."""
        return self.folder / "start.lock"

    @property
    def server_lock(self) -> Path:
        """Held by the server's processes themselves, for as long as one of them lives."""
        return self.folder / "server.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by every process that uses the server."""
        return self.folder / "users.lock"

    @property
    def dsn(self) -> Path:
        """The URL, password included."""
        return self.folder / "dsn"

    @property
    def password(self) -> Path:
        """Made before the cluster, so that it outlives every crash."""
        return self.folder / "password"

    @property
    def log(self) -> Path:
        """What the server prints."""
        return self.folder / "server.log"

    @property
    def pointer(self) -> Path:
        """Names the cluster's folder when it is not here."""
        return self.folder / "cluster.place"

    @property
    def cluster(self) -> Path:
        """The server's own data folder, whether or not it exists yet."""
        if self.pointer.exists():
            return Path(self.pointer.read_text(encoding="utf-8").strip())
        return self.folder / "cluster"

    def make(self) -> None:
        """Create the folder.

        Raises:
            FolderUnwritable: it cannot be made or written to.
        """
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            self.folder.mkdir(mode=0o711, exist_ok=True)
            if self.folder.stat().st_uid == os.geteuid():
                # mkdir obeys the umask; the server's account must be able to pass through.
                self.folder.chmod(0o711)
            self.start_lock.touch(mode=0o600)
        except OSError as exc:
            raise FolderUnwritable(f"cannot write to {self.data_dir}: {exc.strerror}") from exc

    def settle(self, account: Account | None) -> Path:
        """Choose the cluster's folder, once, and remember it.

        Raises:
            FolderUnwritable: the account can reach no folder that we can write to.
        """
        if self.cluster.exists() or can_enter(self.folder, account):
            return self.cluster
        # Not named after the data folder: one that was deleted and made again starts empty.
        name = f"cluster-{secrets.token_hex(8)}"
        home = reachable_folder([machine / name for machine in self.machine_folders], account)
        write_private(home / "data_folder", f"{self.data_dir}\n")
        write_private(self.pointer, f"{home / 'cluster'}\n")
        return home / "cluster"


def reachable_folder(candidates: Sequence[Path], account: Account | None) -> Path:
    """The first folder that can be made, is ours, and that the account can reach.

    Raises:
        FolderUnwritable: there is none.
    """
    for folder in candidates:
        try:
            ours = [_ours(step) for step in (folder.parent, folder)]
        except OSError:
            continue
        if all(ours) and can_enter(folder, account):
            return folder
    raise FolderUnwritable(
        "the account that runs the embedded database can reach no folder for it",
        user_action="Use a data folder that other accounts may enter, or set GREENLIGHT_DATABASE_URL.",
    )


def _ours(folder: Path) -> bool:
    """Make the folder if need be; false when somebody else was there first, as in `/var/tmp` they can be."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o755)
        # mkdir obeys the umask.
        folder.chmod(0o755)
    return folder.lstat().st_uid == os.geteuid()


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner can read, in one step.

    Raises:
        FolderUnwritable: no room, or no permission.
    """
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        give_to_owner(fresh)
        fresh.replace(file)
    except OSError as exc:
        fresh.unlink(missing_ok=True)
        raise FolderUnwritable(f"cannot write {file}: {exc.strerror}") from exc


def give_to_owner(file: Path) -> None:
    """Root's files in somebody's data folder belong to that somebody, who may come back as themselves."""
    if os.geteuid() == 0:
        owner = file.parent.stat()
        os.chown(file, owner.st_uid, owner.st_gid)
