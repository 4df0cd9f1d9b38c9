"""Debian's Chromium, for tests that look at pages as people do: the machine's own, or one without root."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from ivr.switch.apt_sources import own_archive, read_machine
from ivr.switch.speech_library import keep_what_is_missing
from ivr.switch.unpacked import unpack_once

_PACKAGES = ("chromium", "fonts-dejavu-core")
_FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser and what it needs around it."""

    program: Path
    environment: dict[str, str] = field(default_factory=dict)


def find_chromium(home: Path) -> Chromium:
    """Return the machine's Chromium, or one below `home`, fetched when missing; raises InstallError."""
    if (own := shutil.which("chromium") or shutil.which("chromium-browser")) is not None:
        return Chromium(Path(own))
    root = unpack_once(
        home / "chromium", lambda: own_archive(read_machine()), _PACKAGES, lambda *_: None, _finish
    ).root
    libraries = [*root.glob("usr/lib/*-linux-gnu*"), *root.glob("usr/lib/*-linux-gnu*/pulseaudio")]
    around = {
        "LD_LIBRARY_PATH": ":".join(map(str, libraries)),
        "FONTCONFIG_FILE": str(root / "etc/fonts/answerback.conf"),
    }
    return Chromium(root / "usr/lib/chromium/chromium", {**os.environ, **around})


def _finish(root: Path) -> None:
    """Leave out what the machine has itself, and tell where the fonts are: the packages say so for `/`."""
    keep_what_is_missing(root)
    fonts, final = root / "etc/fonts", root.parent.parent / "chromium"
    fonts.mkdir(parents=True, exist_ok=True)
    told = _FONTS.format(fonts=final / "usr/share/fonts", cache=final / "var/cache/fontconfig")
    (fonts / "answerback.conf").write_text(told, "utf-8")


if __name__ == "__main__":
    find_chromium(Path(os.environ["IVR_HOME"]))
