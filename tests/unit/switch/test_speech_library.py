from __future__ import annotations

import ctypes.util
from pathlib import Path

import pytest

from ivr.switch.speech_library import SpeechLibrary, install_espeak, keep_what_is_missing


def test_a_subprocess_gets_the_folders_of_an_unpacked_library() -> None:
    library = SpeechLibrary(Path("/x/lib"), Path("/x/data"))
    environment = library.environment({"LD_LIBRARY_PATH": "/y", "HOME": "/h"})
    assert environment == {
        "HOME": "/h",
        "LD_LIBRARY_PATH": "/x/lib:/x/lib/pulseaudio:/y",
        "ESPEAK_DATA_PATH": "/x/data",
    }


def test_the_systems_own_library_needs_no_help() -> None:
    assert SpeechLibrary().environment({"HOME": "/h"}) == {"HOME": "/h"}


def test_nothing_is_unpacked_when_the_system_has_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes.util, "find_library", lambda _name: "libespeak-ng.so.1")
    assert install_espeak(tmp_path / "espeak", lambda _what, _fraction: None) == SpeechLibrary()
    assert not (tmp_path / "espeak").exists()


def test_no_library_that_the_machine_has_is_put_beside_its_loader(tmp_path: Path) -> None:
    system, root = tmp_path / "system", tmp_path / "root"
    for file in (system / "lib/x86_64-linux-gnu/libc.so.6", root / "usr/lib/x86_64-linux-gnu/libc.so.6"):
        file.parent.mkdir(parents=True)
        file.touch()
    espeak = root / "usr/lib/x86_64-linux-gnu/libespeak-ng.so.1"
    espeak.touch()
    keep_what_is_missing(root, system)
    assert [file.name for file in espeak.parent.iterdir()] == ["libespeak-ng.so.1"]
