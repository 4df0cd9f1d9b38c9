"""Installing for real, from the mirror that this machine's own apt sources name."""

from __future__ import annotations

import asyncio
import ctypes.util
import sys
from multiprocessing import get_context
from pathlib import Path

import pytest

from ivr.switch.install import install_sipp
from ivr.switch.private_apt import Progress
from ivr.switch.speech_library import install_espeak

pytestmark = [pytest.mark.asterisk, pytest.mark.full]
SPEAK = (
    "import pyttsx3, sys; e = pyttsx3.init('espeak'); e.save_to_file('Hello', sys.argv[1]); e.runAndWait()"
)


def told(steps: list[str]) -> Progress:
    return lambda what, _fraction: steps.append(what)


def install_and_count(target: str) -> int:
    steps: list[str] = []
    install_sipp(Path(target), told(steps))
    return len(steps)


def test_of_two_processes_that_install_at_once_one_fetches_and_the_other_waits(tmp_path: Path) -> None:
    with get_context("spawn").Pool(2) as pool:
        counts = pool.map(install_and_count, [str(tmp_path / "sipp")] * 2)
    assert sorted(count > 0 for count in counts) == [False, True]
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


async def test_an_unpacked_speech_library_speaks_in_a_subprocess(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes.util, "find_library", lambda _name: None)
    library = await asyncio.to_thread(install_espeak, tmp_path / "espeak", told([]))
    spoken = tmp_path / "hello.wav"
    speaker = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SPEAK, str(spoken), env=library.environment()
    )
    assert await speaker.wait() == 0
    assert spoken.stat().st_size > 10_000
