"""Any command can speak, and none of them can hold up or harm a call."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
import soundfile

from ivr.errors import SpeechError
from ivr.speech.external_engine import ExternalEngine
from ivr.speech.health import check_health
from ivr.speech.voice import Voice

ENGLISH = Voice("en")
SPEAKER = """
import subprocess, sys, time, wave
voice, target = sys.argv[1:]
text = sys.stdin.read()
if text == "hang":
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    print(child.pid, file=open(voice, "w"))
    time.sleep(60)
if text == "complain":
    print("loading", "no such model", sep=chr(10), file=sys.stderr)
    sys.exit(3)
if text == "nothing":
    sys.exit(0)
with wave.open(sys.stdout.buffer if target == "-" else target, "wb") as sound:
    sound.setparams((1, 2, 16000, 0, "NONE", ""))
    if text != "empty":
        sound.writeframes((bytes(8) + bytes([0, 60]) * 4) * 2000)
"""


def engine(tmp_path: Path, target: str = "{output}", timeout: float = 20) -> ExternalEngine:
    script = tmp_path / "speaker.py"
    script.write_text(SPEAKER)
    command = (sys.executable, str(script), "{voice}", target)
    return ExternalEngine(
        "mine", command, os.environ, voices={"en": str(tmp_path / "child")}, timeout=timeout
    )


@pytest.mark.parametrize("target", ["{output}", "-"])
async def test_the_sound_comes_by_file_or_by_standard_output(tmp_path: Path, target: str) -> None:
    speaker = engine(tmp_path, target)
    who = await speaker.synthesize("Hello.", ENGLISH, tmp_path / "x.wav")
    assert (who,) == speaker.identities(ENGLISH)
    assert soundfile.info(tmp_path / "x.wav").samplerate == 16000


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("complain", "'complain' could not be spoken by mine: no such model"),
        ("nothing", "what came is no WAV file"),
        ("empty", "what came holds no sound"),
    ],
)
@pytest.mark.parametrize("target", ["{output}", "-"])
async def test_what_goes_wrong_is_told_and_leaves_nothing(
    tmp_path: Path, text: str, why: str, target: str
) -> None:
    speaker = engine(tmp_path, target)
    with pytest.raises(SpeechError, match=why):
        await speaker.synthesize(text, ENGLISH, tmp_path / "x.wav")
    assert not list(tmp_path.glob("x.wav*"))  # noqa: ASYNC240 - nothing else runs


async def test_a_command_that_is_not_there_is_told(tmp_path: Path) -> None:
    missing = ExternalEngine("mine", ("/nowhere/speaker",), os.environ, voices={}, timeout=5)
    with pytest.raises(SpeechError, match="No such file"):
        await missing.synthesize("Hello.", ENGLISH, tmp_path / "x.wav")
    assert await check_health(missing, ENGLISH)


async def test_a_command_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="nothing came in 5 s"):
        await engine(tmp_path, timeout=5).synthesize("hang", ENGLISH, tmp_path / "x.wav")
    child = int((tmp_path / "child").read_text())
    async with asyncio.timeout(10):
        while is_running(child):  # noqa: ASYNC110 - nothing tells the moment
            await asyncio.sleep(0.02)


async def test_closing_ends_what_is_running(tmp_path: Path) -> None:
    speaker = engine(tmp_path)
    speaking = asyncio.create_task(speaker.synthesize("hang", ENGLISH, tmp_path / "x.wav"))
    async with asyncio.timeout(10):
        while not (tmp_path / "child").exists():  # noqa: ASYNC110 - nothing tells the moment
            await asyncio.sleep(0.02)
    await speaker.close()
    with pytest.raises(SpeechError):
        await speaking


async def test_a_well_engine_passes_its_check(tmp_path: Path) -> None:
    assert await check_health(engine(tmp_path), ENGLISH) is None


def test_another_voice_or_command_is_another_identity(tmp_path: Path) -> None:
    by_file, by_output = engine(tmp_path), engine(tmp_path, "-")
    identities = {
        *by_file.identities(ENGLISH),
        *by_file.identities(Voice("es")),
        *by_output.identities(ENGLISH),
    }
    assert len(identities) == 3


def is_running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
