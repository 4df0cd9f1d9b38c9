"""Whether a sound file is whole: a disk that was full or a hand that slipped leaves others."""

from __future__ import annotations

import os
import struct
from pathlib import Path

_HEADER_BYTES = 44
"""Of a WAV file as `audio` writes it: everything before the samples."""


def is_whole(file: Path) -> bool:
    """Say whether a WAV file is there, holds samples, and is as long as it says of itself."""
    try:
        handle = os.open(file, os.O_RDONLY)
    except OSError:
        return False
    try:
        header, size = os.read(handle, _HEADER_BYTES), os.fstat(handle).st_size
    except OSError:
        return False
    finally:
        os.close(handle)
    if size <= _HEADER_BYTES or header[:4] != b"RIFF" or header[8:12] != b"WAVE":
        return False
    (told,) = struct.unpack_from("<I", header, 4)
    return bool(told + 8 <= size)
