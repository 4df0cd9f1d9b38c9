"""An instance's own data folder: the installation's, with sounds of ours beside its own."""

from __future__ import annotations

from pathlib import Path

from ivr.switch.instance import Instance

_SOUNDS = "sounds"


def link_data(instance: Instance) -> None:
    """Let the instance's data folder show all that the installation's has."""
    theirs, own = instance.installation.data_folder, instance.data_folder
    if not theirs.is_dir():
        return  # Asterisk itself says what it lacks
    _link(theirs, own, but=_SOUNDS)
    _link(theirs / _SOUNDS, instance.sounds_folder)


def _link(theirs: Path, own: Path, but: str = "") -> None:
    own.mkdir(parents=True, exist_ok=True, mode=0o700)
    for entry in theirs.iterdir():
        link = own / entry.name
        if entry.name != but and (not link.is_symlink() or link.readlink() != entry):
            link.unlink(missing_ok=True)
            link.symlink_to(entry)
