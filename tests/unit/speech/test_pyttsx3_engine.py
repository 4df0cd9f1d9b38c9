"""Whatever goes wrong in a speaking process is one SpeechError, and the next text is spoken."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
import soundfile

from ivr.errors import SpeechError
from ivr.speech.pyttsx3_engine import VOICES, Pyttsx3Engine
from ivr.speech.voice import Voice

ENGLISH = Voice("en")
FAULTY_LIBRARY = """
import os, signal, threading, time, wave

class Engine:
    def __init__(self):
        self.callbacks = {}
    def connect(self, topic, callback):
        self.callbacks[topic] = callback
    def save_to_file(self, text, filename):
        self.text, self.filename = text, filename
    def runAndWait(self):
        if self.text == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        if self.text == "hang":
            time.sleep(60)
        if self.text == "raise":
            raise RuntimeError("out of breath")
        if self.text == "kill the parent":
            os.kill(os.getppid(), signal.SIGKILL)
        threading.Thread(target=self.finish).start()
    def finish(self):
        time.sleep(0.05)  # as the real library: finished after runAndWait is back
        if self.text != "nothing":
            with wave.open(self.filename, "wb") as sound:
                sound.setparams((1, 2, 8000, 0, "NONE", ""))
                sound.writeframes(bytes(8000))
        self.callbacks["finished-utterance"](name=None, completed=True)

def init(driver):
    print("chatter on standard output")
    return Engine()
"""
FAULTY_DRIVER = """
class EspeakDriver:
    properties = {}
    def getProperty(name):
        return EspeakDriver.properties.get(name)
    def setProperty(name, value):
        if value == "klingon":
            raise ValueError("no such voice")
        EspeakDriver.properties[name] = value
"""


@pytest.fixture
def faulty_environment(tmp_path: Path) -> Mapping[str, str]:
    drivers = tmp_path / "library" / "pyttsx3" / "drivers"
    drivers.mkdir(parents=True)
    (drivers.parent / "__init__.py").write_text(FAULTY_LIBRARY)
    (drivers / "__init__.py").touch()
    (drivers / "espeak.py").write_text(FAULTY_DRIVER)
    return {**os.environ, "PYTHONPATH": str(tmp_path / "library")}


@pytest.fixture
async def engine(faulty_environment: Mapping[str, str]) -> AsyncIterator[Pyttsx3Engine]:
    engine = Pyttsx3Engine(faulty_environment, timeout=5, voices={"en": "en-us", "tlh": "klingon"})
    yield engine
    await engine.close()


def unfinished_in(folder: Path) -> list[Path]:
    return list(folder.glob("*.part"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("crash", "status -11"),
        ("raise", "out of breath"),
        ("nothing", "No such file"),
        ("kill the parent", "gave no answer"),
    ],
)
async def test_a_fault_is_told_with_the_text_and_the_next_text_is_spoken(
    engine: Pyttsx3Engine, tmp_path: Path, text: str, reason: str
) -> None:
    with pytest.raises(SpeechError, match=f"'{text}' could not be spoken: .*{reason}"):
        await engine.synthesize(text, ENGLISH, tmp_path / "x.wav")
    assert unfinished_in(tmp_path) == []
    await engine.synthesize("fine", ENGLISH, tmp_path / "x.wav")
    assert soundfile.info(tmp_path / "x.wav").frames == 4000


async def test_a_text_that_takes_too_long_is_given_up(
    faulty_environment: Mapping[str, str], tmp_path: Path
) -> None:
    engine = Pyttsx3Engine(faulty_environment, timeout=0.1)
    with pytest.raises(SpeechError, match=r"'hang' could not be spoken: it took longer than 0\.1 s"):
        await engine.synthesize("hang", ENGLISH, tmp_path / "x.wav")
    await engine.close()


async def test_a_voice_that_is_not_there_is_told(engine: Pyttsx3Engine, tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="no such voice"):
        await engine.synthesize("Qapla'", Voice("tlh"), tmp_path / "x.wav")


async def test_a_missing_library_is_told(faulty_environment: Mapping[str, str], tmp_path: Path) -> None:
    driver = Path(faulty_environment["PYTHONPATH"]) / "pyttsx3" / "drivers" / "espeak.py"
    driver.write_text("raise RuntimeError('no libespeak')")
    with pytest.raises(SpeechError, match="library can't be loaded: no libespeak"):
        await Pyttsx3Engine(faulty_environment).synthesize("fine", ENGLISH, tmp_path / "x.wav")


async def test_giving_up_waiting_ends_the_process(engine: Pyttsx3Engine, tmp_path: Path) -> None:
    speaking = asyncio.create_task(engine.synthesize("hang", ENGLISH, tmp_path / "x.wav"))
    await asyncio.sleep(0)
    speaking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await speaking
    await engine.synthesize("fine", ENGLISH, tmp_path / "x.wav")


async def test_the_real_library_tells_of_a_voice_that_is_not_there(
    espeak_environment: Mapping[str, str], tmp_path: Path
) -> None:
    engine = Pyttsx3Engine(espeak_environment, voices={"en": "no-such-voice"})
    with pytest.raises(SpeechError, match="no-such-voice"):
        await engine.synthesize("Hello.", ENGLISH, tmp_path / "x.wav")
    await engine.close()


PROCESS = """
import asyncio, os, sys
from pathlib import Path
from ivr.prompts.segment import TextSegment
from ivr.speech.cache import SpeechCache
from ivr.speech.pyttsx3_engine import VOICES, Pyttsx3Engine
from ivr.speech.speech import Speech

async def main():
    speech = Speech(Pyttsx3Engine(os.environ, timeout=30), SpeechCache(Path(sys.argv[1])))
    sys.stdin.readline()
    print(*await speech.files([TextSegment("To pay now, press 1.", "en")]))
    await speech.close()

asyncio.run(main())
"""


def test_one_text_spoken_by_two_processes_at_once_is_one_file(
    espeak_environment: Mapping[str, str], tmp_path: Path
) -> None:
    environment = {**espeak_environment, "PYTHONPATH": str(Path(__file__).parents[3])}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for _ in range(2)
    ]
    outputs = [process.communicate("go\n")[0].strip() for process in processes]
    assert len(set(outputs)) == 1
    assert [str(path) for path in tmp_path.rglob("*.wav")] == [outputs[0]]
    assert soundfile.info(outputs[0]).duration > 0.8


async def test_an_utterance_is_the_same_however_busy_the_machine_is(
    pyttsx3_engine: Pyttsx3Engine, tmp_path: Path
) -> None:
    """Else it comes at another speed now and then: two voices in one call, and never the same sound twice."""
    files = [tmp_path / f"{n}.wav" for n in range(96)]
    for first in range(0, len(files), 8):
        now = files[first : first + 8]
        await asyncio.gather(*(pyttsx3_engine.synthesize("Goodbye.", ENGLISH, file) for file in now))
    assert len({file.read_bytes() for file in files}) == 1


@pytest.mark.parametrize("language", sorted(VOICES))
async def test_every_language_has_a_voice(
    pyttsx3_engine: Pyttsx3Engine, tmp_path: Path, language: str
) -> None:
    await pyttsx3_engine.synthesize("1, 2, 3", Voice(language), tmp_path / "x.wav")
    assert soundfile.info(tmp_path / "x.wav").duration > 0.5
