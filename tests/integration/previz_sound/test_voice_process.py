"""The voice's process lives as long as it should, and no longer."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from state.errors import FolderUnwritable, ProviderFailed, ProviderTimeout
from tests.sound_files import a_line, heard
from tools.engines.previz.voice import render_voice, voice_job
from tools.engines.previz.voice_process import PROJECT, VoiceProcess, VoiceProcesses

PARENT = """
import asyncio, sys, time
from pathlib import Path
from state.order import VoiceRequest
from tools.engines.previz.voice import render_voice
from tools.engines.previz.voice_process import voice_processes
from tools.settings import settings
request = VoiceRequest.model_validate_json(sys.argv[1])
asyncio.run(render_voice(request, Path(sys.argv[2])))
print(voice_processes(settings().data_dir / "models").pids[0], flush=True)
time.sleep(60)
"""


async def until(fact):
    """Wait for something outside this process, which cannot set an event for us."""
    async with asyncio.timeout(20):
        while not fact():  # see above
            await asyncio.sleep(0.02)


async def ended(pid):
    await until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)


async def test_a_voice_killed_in_the_middle_of_a_line_still_says_it(voice_now, tmp_path):
    await voice_now.speak(voice_job(a_line("Go."), tmp_path))
    first = voice_now.pid
    speaking = asyncio.create_task(voice_now.speak(voice_job(a_line("A long line about a night."), tmp_path)))
    worker, before = psutil.Process(first), sum(psutil.Process(first).cpu_times()[:2])
    await until(lambda: sum(worker.cpu_times()[:2]) > before + 0.2)
    os.kill(first, signal.SIGKILL)
    assert len((await speaking)["words"]) == 6
    assert voice_now.pid != first


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core has one voice")
async def test_two_lines_at_once_are_said_by_two_processes_and_one_line_by_one(sound_folder, tmp_path):
    voices = VoiceProcesses(sound_folder / "models")
    jobs = [voice_job(a_line(text), tmp_path) for text in ("Go now.", "Come back.")]
    await voices.speak(jobs[0])
    assert len(voices.pids) == 1
    await asyncio.gather(*map(voices.speak, jobs))
    assert len(voices.pids) == 2
    said = heard(Path(jobs[1].into))[0]
    await voices.speak(jobs[1])
    assert np.array_equal(heard(Path(jobs[1].into))[0], said)
    voices.close()
    assert voices.pids == []


async def test_requests_queue_and_all_are_answered(tmp_path):
    lines = [a_line(f"Go {number}.") for number in range(3)]
    spoken = await asyncio.gather(*(render_voice(line, tmp_path) for line in lines))
    assert [one.extra["words"][-1]["word"] for one in spoken] == ["0.", "1.", "2."]


async def test_the_voice_dies_with_its_killed_parent(tmp_path):
    arguments = [a_line("Go.").model_dump_json(), str(tmp_path)]
    parent = await asyncio.to_thread(
        subprocess.Popen, [sys.executable, "-c", PARENT, *arguments], cwd=PROJECT, stdout=subprocess.PIPE
    )
    with parent:
        voice_pid = int(await asyncio.to_thread(parent.stdout.readline))
        assert psutil.pid_exists(voice_pid)
        parent.kill()
    await ended(voice_pid)


@pytest.mark.nightly
async def test_an_idle_voice_ends_and_comes_back(sound_folder, tmp_path):
    voice = VoiceProcess(sound_folder / "models", idle_s=0.05)
    job = voice_job(a_line("Go."), tmp_path)
    await voice.speak(job)
    await until(lambda: voice.pid is None)
    assert (await voice.speak(job))["words"]
    voice.close()


async def test_a_voice_that_hangs_is_ended(sound_folder, tmp_path):
    voice = VoiceProcess(sound_folder / "models", deadline_s=0.01)
    with pytest.raises(ProviderTimeout):
        await voice.speak(voice_job(a_line(), tmp_path))
    assert voice.pid is None
    voice.close()


async def test_a_model_that_cannot_be_kept_is_a_clear_error(tmp_path):
    (tmp_path / "models").write_text("a file where the folder should be")
    voice = VoiceProcess(tmp_path / "models")
    with pytest.raises(FolderUnwritable, match="models"):
        await voice.speak(voice_job(a_line(), tmp_path))
    voice.close()


@pytest.mark.nightly
async def test_a_line_whose_folder_is_gone_fails_alone(voice_now, tmp_path):
    job = voice_job(a_line("Go."), tmp_path / "missing")
    with pytest.raises(ProviderFailed, match="cannot be written"):
        await voice_now.speak(job)
    assert (await voice_now.speak(voice_job(a_line("Go."), tmp_path)))["words"]


async def test_waiting_for_a_voice_does_not_hold_up_the_loop(tmp_path):
    speaking = asyncio.create_task(render_voice(a_line("The loop goes on."), tmp_path))
    # The loop's own work: how long it waits for a processor is not its doing.
    longest, before = 0.0, time.thread_time()
    while not speaking.done():
        await asyncio.sleep(0.005)
        longest, before = max(longest, time.thread_time() - before), time.thread_time()
    assert longest < 0.25
    await speaking
