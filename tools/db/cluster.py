"""One Postgres cluster on this machine: whose it is, where it lies, and how it is made."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from state.errors import DatabaseDown, FolderUnwritable
from tools.db.account import Account
from tools.db.binaries import major_version
from tools.db.places import Places

SUPERUSER = "greenlight"
DATABASE = "postgres"
ENVIRONMENT = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
"""All that the server sees: our own environment holds keys."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A cluster's data, the account that runs it and the programs to do so."""

    places: Places
    data: Path
    account: Account | None
    programs: Path
    password: str = field(repr=False)
    durable: bool = True

    def url(self, port: int) -> str:
        """The server's URL; both sides must prove that they know the password."""
        return (
            f"postgresql://{SUPERUSER}:{self.password}@127.0.0.1:{port}/{DATABASE}"
            "?sslmode=disable&require_auth=scram-sha-256"
        )

    def make(self) -> None:
        """Create the cluster if there is none; nothing half-made is ever left under its name.

        Raises:
            FolderUnwritable: no room or no permission.
            DatabaseDown: the data there were made by another Postgres.
        """
        try:
            if self.data.exists():
                self._check_version()
            else:
                self._make_beside()
        except OSError as exc:
            raise FolderUnwritable(f"cannot use {self.data}: {exc.strerror}") from exc

    def _make_beside(self) -> None:
        work = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(work, ignore_errors=True)
        try:
            self._initdb(work)
            (work / "data").rename(self.data)
            _fsync_folder(self.data.parent)
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _initdb(self, work: Path) -> None:
        work.mkdir(mode=0o700)
        secret = work / "password"
        secret.touch(mode=0o600)
        secret.write_text(self.password, encoding="utf-8")
        if self.account is not None:
            for path in (work, secret):
                os.chown(path, self.account.uid, self.account.gid)
        hurry = () if self.durable else ("--no-sync",)
        self._run_initdb("-D", work / "data", f"--pwfile={secret}", *hurry)

    def _run_initdb(self, *where: str | Path) -> None:
        fixed = ("-U", SUPERUSER, "-E", "UTF8", "--no-locale", "-A", "scram-sha-256", "--no-instructions")
        with may_change_account():
            done = subprocess.run(  # noqa: S603  # our own program, no shell, no outside text
                [self.programs / "initdb", *fixed, *where], cwd="/", env=ENVIRONMENT, check=False,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                **(self.account.popen_arguments() if self.account else {}),
            )  # fmt: skip
        if done.returncode:
            raise FolderUnwritable(
                f"cannot make a database in {self.data}: {complaint(done.stdout)}",
                user_action="Make room on this disk, or set GREENLIGHT_DATA_DIR to another folder.",
            )

    def _check_version(self) -> None:
        version = self.data / "PG_VERSION"
        found = version.read_text(encoding="utf-8").strip() if version.exists() else "no known version"
        ours = major_version()
        if found != ours:
            raise DatabaseDown(
                f"{self.data} was made by Postgres {found} and this program brings Postgres {ours}",
                user_action="Move the data over with pg_dump, or name another data folder.",
            )


@contextmanager
def may_change_account() -> Iterator[None]:
    """Say in one sentence that root may not become another account here."""
    try:
        yield
    except PermissionError as exc:
        raise DatabaseDown(
            f"the embedded database cannot be started: {exc.strerror}",
            user_action="Run as another user than root, or set GREENLIGHT_DATABASE_URL.",
        ) from exc


def complaint(output: bytes) -> str:
    """The last line of a program's output that says what went wrong."""
    lines = output.decode("utf-8", "replace").strip().splitlines() or ["it said nothing"]
    wrong = [line for line in lines if "FATAL" in line or "error:" in line or "PANIC" in line]
    return (wrong or lines)[-1].strip()


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
