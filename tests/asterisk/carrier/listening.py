"""What the engine's side hears, as a file and as frequencies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import soundfile

from ivr.ari import requests
from tests.asterisk.carrier.bare_engine import EngineCall
from tests.asterisk_pair import AsteriskPair


@asynccontextmanager
async def recorded(call: EngineCall, pair: AsteriskPair) -> AsyncIterator[Path]:
    """Record what the called party says until the call is over; the file is whole afterwards."""
    await call.client.send(requests.record(call.id, call.id))
    yield pair.engine.recording_folder / f"{call.id}.wav"


def loudest_frequency(file: Path, near: float | None = None) -> float:
    """Return the strongest frequency in Hz; with `near`, of those at most 100 Hz from it."""
    samples, rate = soundfile.read(file)
    spectrum = np.abs(np.fft.rfft(samples))
    frequencies = np.fft.rfftfreq(len(samples), 1 / rate)
    if near is not None:
        spectrum[np.abs(frequencies - near) > 100] = 0
    return float(frequencies[np.argmax(spectrum)])
