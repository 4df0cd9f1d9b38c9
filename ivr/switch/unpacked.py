"""A folder that packages were unpacked into, and how its programs run from there.

The folder is made whole or not at all: packages go into a neighbour folder that takes the final name when
it is complete, under a lock, with a record of what is inside.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.errors import InstallError
from ivr.switch.apt_sources import Archive
from ivr.switch.file_lock import locked
from ivr.switch.private_apt import PrivateApt, Progress

_RECORD = ".answerback-packages.json"
_ALTERNATIVES = ("blas", "lapack", "pulseaudio")
"""Folders beside the libraries that update-alternatives or an rpath would have made known."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A folder of unpacked packages."""

    root: Path
    versions: Mapping[str, str]
    """Version of each package inside."""

    @property
    def library_folder(self) -> Path:
        """The folder of the machine architecture's libraries (`usr/lib/<triplet>`)."""
        return self._loader().parent

    def command(self, program: Path, *arguments: str) -> list[str]:
        """Return the argv that runs `program` (inside the folder) with the folder's own C library."""
        loader = self._loader()
        folders = [loader.parent, *(loader.parent / name for name in _ALTERNATIVES)]
        libraries = ":".join(str(folder) for folder in folders if folder.is_dir())
        return [str(loader), "--library-path", libraries, str(program), *arguments]

    def _loader(self) -> Path:
        """The dynamic loader lies among the C library's files, whatever the architecture calls it."""
        found = sorted(self.root.glob("usr/lib/*-linux-gnu*/ld*.so.[0-9]"))
        if not found:
            raise InstallError(f"no dynamic loader is in {self.root}; remove the folder and install again")
        return found[0]


def unpack_once(
    root: Path,
    archive: Callable[[], Archive],
    packages: Sequence[str],
    progress: Progress,
    finish: Callable[[Path], None] = lambda _root: None,
) -> Unpacked:
    """Return `root` with `packages` inside, fetching them unless they are there already.

    `archive` is asked only when something must be fetched; `finish` completes the folder before it gets its
    name. Several processes may ask at once: one fetches, the others wait. Raises InstallError.
    """
    if (present := _present(root, packages)) is not None:
        return present
    work = root.with_name(f".{root.name}.part")
    try:
        with locked(root.with_name(f".{root.name}.lock")):
            if (present := _present(root, packages)) is not None:
                return present
            shutil.rmtree(work, ignore_errors=True)
            fresh = work / "root"
            versions = PrivateApt(archive(), work / "apt", progress).unpack(packages, fresh)
            finish(fresh)
            record = {"asked": sorted(packages), "versions": versions}
            (fresh / _RECORD).write_text(json.dumps(record, indent=1, sort_keys=True), "utf-8")
            _replace(root, fresh, work)
            return Unpacked(root, versions)
    except OSError as error:
        raise InstallError(f"{root} could not be written: {error.strerror} ({error.filename})") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _present(root: Path, packages: Sequence[str]) -> Unpacked | None:
    try:
        record = json.loads((root / _RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return Unpacked(root, record["versions"]) if set(packages) <= set(record["asked"]) else None


def _replace(root: Path, fresh: Path, work: Path) -> None:
    if root.exists():
        root.rename(work / "old")
    fresh.rename(root)
