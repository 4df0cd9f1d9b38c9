"""A process that speaks with pyttsx3: one forked child per utterance, which speaks once and ends.

pyttsx3 keeps its state in one place per process: two queued saves lose the first, and threads crash it. A
fresh interpreter per utterance is safe but costs some 75 ms, most of it for imports. Here the imports are
done once, and each utterance gets a child that is forked before the speech library is initialised.

Run as a script, it imports nothing of this package. It talks JSON lines: after its imports it writes
`{"error": null}` (or why it can't speak), then for each request

    {"text": …, "voice": …, "words_per_minute": …, "target": "/…/x.wav", "seconds": 5}

one answer `{"error": null}` or `{"error": "why"}`. At the end of its input it ends.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any, TextIO

_FIRST_WORDS_PER_MINUTE = 200
"""What pyttsx3 sets when it is initialised."""


def main() -> int:
    """Answer requests until there are no more."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # pyttsx3 prints; nothing but answers may come out of standard output
    try:
        importlib.import_module("pyttsx3.drivers.espeak")  # children find it loaded
    except Exception as error:  # noqa: BLE001 - the library's own loading may fail in any way
        _answer(answers, f"the speech library can't be loaded: {error}")
        return 1
    _answer(answers, None)
    for line in sys.stdin:
        _answer(answers, _speak_in_child(json.loads(line)))
    return 0


def _answer(answers: TextIO, error: str | None) -> None:
    answers.write(json.dumps({"error": error}) + "\n")


def _speak_in_child(request: dict[str, Any]) -> str | None:
    """Return None when the utterance is at its target, else why not."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_the_child(request, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as complaint:
        wrong = complaint.read().decode(errors="replace")
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == -signal.SIGALRM:
        return f"it took longer than {request['seconds']} s"
    if status:
        return wrong or f"the speaking process ended with status {status}"
    return None


def _be_the_child(request: dict[str, Any], complaint: int) -> None:
    """Speak and end the process, never to return. The alarm ends it even inside the library's own code."""
    status = 1
    try:
        signal.setitimer(signal.ITIMER_REAL, request["seconds"])
        _speak(request)
        status = 0
    except BaseException as error:  # noqa: BLE001 - whatever it was is told to the parent
        os.write(complaint, str(error).encode()[:4000])
    finally:
        os._exit(status)


def _set_voice(voice: str, words_per_minute: int) -> None:
    """Set voice and rate past the queue of pyttsx3, and wait until espeak-ng has taken the rate.

    espeak-ng takes a rate in a thread of its own, and a voice at once. When a voice comes while pyttsx3's own
    first rate is being taken, the utterance is spoken at that one: 11 of 240 on a busy machine.
    """
    from pyttsx3.drivers.espeak import EspeakDriver

    _settle(EspeakDriver, _FIRST_WORDS_PER_MINUTE)
    EspeakDriver.setProperty("voice", voice)
    _settle(EspeakDriver, words_per_minute)


def _settle(driver: Any, words_per_minute: int) -> None:
    """Set the rate until it is taken: espeak-ng's thread may miss that there is something to do."""
    while driver.getProperty("rate") != words_per_minute:
        driver.setProperty("rate", words_per_minute)
        time.sleep(0.001)


def _speak(request: dict[str, Any]) -> None:
    import pyttsx3

    done = threading.Event()
    errors: list[BaseException | None] = []

    def failed(error: BaseException | None) -> None:
        errors.append(error)
        done.set()

    # The library's own thread calls back into pyttsx3, where an exception would only be printed.
    sys.unraisablehook = lambda unraisable: failed(unraisable.exc_value)
    engine = pyttsx3.init("espeak")
    engine.connect("error", lambda name, exception: failed(exception))  # noqa: ARG005 - given by keyword
    engine.connect("finished-utterance", lambda name, completed: done.set())  # noqa: ARG005
    _set_voice(request["voice"], request["words_per_minute"])
    target = Path(request["target"])
    unfinished = target.with_name(target.name + ".part")
    engine.save_to_file(request["text"], str(unfinished))
    engine.runAndWait()
    done.wait()  # runAndWait is back after 10 ms, whether or not the library has finished
    if errors:
        raise RuntimeError(errors[0])
    unfinished.replace(target)


if __name__ == "__main__":
    sys.exit(main())
