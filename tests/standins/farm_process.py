"""A previz farm as a process of its own: what a provider is to us."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class FarmProcess:
    """Starts the farm on a free port; its invoices survive whatever happens to its customers."""

    def __init__(self, folder: Path, *, hasty: bool = False) -> None:
        self.folder = folder
        self.url = ""
        self._more = ["--hasty"] if hasty else []

    def __enter__(self) -> "FarmProcess":
        program = [sys.executable, "-m", "tests.standins.previz_farm"]
        env = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT),
            "GREENLIGHT_DATA_DIR": str(self.folder / "data"),
        }  # fmt: skip
        self._log = (self.folder / "farm.log").open("wb")
        self._process = subprocess.Popen(
            [*program, "--folder", str(self.folder), *self._more],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        assert self._process.stdout is not None
        answer = self._process.stdout.readline()
        assert answer, (self.folder / "farm.log").read_text()[-2000:]
        self.url = f"http://127.0.0.1:{json.loads(answer)['port']}"
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._log.close()

    def invoices(self) -> list[dict[str, Any]]:
        """One line per POST the farm accepted, oldest first."""
        book = self.folder / "invoices.jsonl"
        return [json.loads(line) for line in book.read_text().splitlines()] if book.exists() else []
