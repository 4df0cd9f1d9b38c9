"""The library `espeak-ng`, which pyttsx3 speaks with, fetched without root when the machine has none.

Unlike Asterisk it is loaded into the running Python, so that it comes from the machine's own suite: it must
fit the machine's own C library.
"""

from __future__ import annotations

import ctypes.util
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ivr.errors import InstallError
from ivr.switch.apt_sources import Machine, own_archive, read_machine
from ivr.switch.private_apt import Progress
from ivr.switch.unpacked import unpack_once

_PACKAGES = ("libespeak-ng1", "espeak-ng-data")


@dataclass(frozen=True, slots=True)
class SpeechLibrary:
    """Where espeak-ng is; the two folders are None when the system's own one is found without help."""

    library_folder: Path | None = None
    data_folder: Path | None = None
    """The folder that holds `espeak-ng-data`."""

    def environment(self, base: Mapping[str, str] = os.environ) -> dict[str, str]:
        """Return `base` with what a subprocess needs so that pyttsx3's `espeak` driver finds the library."""
        if self.library_folder is None or self.data_folder is None:
            return dict(base)
        own = [str(self.library_folder), str(self.library_folder / "pulseaudio")]
        folders = [*own, *filter(None, [base.get("LD_LIBRARY_PATH")])]
        return {
            **base,
            "LD_LIBRARY_PATH": ":".join(folders),
            "ESPEAK_DATA_PATH": str(self.data_folder),
        }


def install_espeak(target: Path, progress: Progress, machine: Machine | None = None) -> SpeechLibrary:
    """Return the machine's own espeak-ng, or unpack it into `target`; raises InstallError in a sentence."""
    if ctypes.util.find_library("espeak-ng") is not None:
        return SpeechLibrary()
    where = machine or read_machine()
    unpacked = unpack_once(
        target, lambda: own_archive(where), _PACKAGES, progress, finish=keep_what_is_missing
    )
    data = sorted(target.glob("usr/lib/*/espeak-ng-data")) + sorted(target.glob("usr/share/espeak-ng-data"))
    libraries = sorted(target.glob("usr/lib/*/libespeak-ng.so.1"))
    if not data or not libraries:
        raise InstallError(
            f"{', '.join(unpacked.versions)} hold no espeak-ng; remove {target}, install again"
        )
    return SpeechLibrary(libraries[0].parent, data[0].parent)


def keep_what_is_missing(root: Path, system: Path = Path("/")) -> None:
    """Remove from unpacked packages each library that the machine has itself.

    A C library of another build beside the machine's own dynamic loader would crash the process.
    """
    for folder in ("lib", "usr/lib"):
        for library in (root / folder).glob("*-linux-gnu*/*.so*"):
            name = Path(library.parent.name) / library.name
            if any((system / place / name).exists() for place in ("lib", "usr/lib")):
                library.unlink()
