"""The voice's own process: jobs come in on standard input, one JSON line each, answers go out.

Started as `python -m tools.engines.previz.voice_worker MODELS_DIR PARENT_PID THREADS`.
It ends when its input ends or its parent is gone, also in the middle of a line.
"""

import json
import os
import sys
import threading
import time
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from state.errors import GreenlightError
from tools.engines.previz.voice_job import VoiceJob
from tools.engines.previz.voice_model import voice_model

PARENT_LOOK_S = 2.0


def main(models_dir: str, parent_pid: str, threads: str) -> None:
    """Load the voice, then answer jobs until the input ends."""
    answers = _own_stdout()
    jobs = _jobs_until_orphaned(int(parent_pid))
    try:
        speaker = _speaker(Path(models_dir), int(threads))
    except GreenlightError as exc:
        _answer(answers, {"error": _described(exc)})
        return
    _answer(answers, {"ready": os.getpid()})
    while True:
        _answer(answers, _answered(speaker, jobs.get()))


def _speaker(models_dir: Path, threads: int) -> Any:
    # Imported late: a damaged model is reported before the heavy libraries load.
    model = voice_model(models_dir)
    from tools.engines.previz.voice_speaker import Speaker

    return Speaker(model, threads=threads)


def _answered(speaker: Any, line: bytes) -> dict[str, Any]:
    from tools.engines.previz.voice_speaker import NothingSpeakable

    try:
        return {"extra": speaker.speak(VoiceJob(**json.loads(line)))}
    except NothingSpeakable:
        return {"unspeakable": True}
    except OSError as exc:
        return {"error": {"message": f"The sound file cannot be written: {exc}"}}


def _described(exc: GreenlightError) -> dict[str, Any]:
    return {"code": exc.code, "message": exc.message, "user_action": exc.user_action, "details": exc.details}


def _own_stdout() -> BinaryIO:
    """Keep standard output for answers: whatever a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _answer(answers: BinaryIO, content: dict[str, Any]) -> None:
    answers.write(json.dumps(content).encode() + b"\n")
    answers.flush()


def _jobs_until_orphaned(parent_pid: int) -> "SimpleQueue[bytes]":
    jobs: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_read_jobs, args=(jobs,), daemon=True).start()
    threading.Thread(target=_watch_parent, args=(parent_pid,), daemon=True).start()
    return jobs


def _read_jobs(jobs: "SimpleQueue[bytes]") -> None:
    for line in sys.stdin.buffer:
        jobs.put(line)
    os._exit(0)


def _watch_parent(parent_pid: int) -> None:
    """A fork of the parent may hold our input open after the parent itself was killed."""
    while os.getppid() == parent_pid:
        time.sleep(PARENT_LOOK_S)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
