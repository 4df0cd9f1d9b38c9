"""Packages of a signed archive, unpacked into a folder by an ordinary user.

apt resolves, fetches and verifies them with a state of its own; the system's package database is neither
read nor written, and no maintainer script runs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.errors import InstallError
from ivr.switch.apt_sources import Archive

Progress = Callable[[str, float], None]
"""Called with what is being done and the fraction done, 0.0 to 1.0."""

_CONFIGURATION = """\
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Pre-Invoke;
#clear DPkg::Post-Invoke;
#clear DPkg::Pre-Install-Pkgs;
Dir::State "{work}/state";
Dir::State::status "{work}/state/status";
Dir::Cache "{work}/cache";
Dir::Log "{work}/log";
Dir::Etc::sourcelist "{work}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Acquire::Check-Valid-Until "false";
Acquire::AllowInsecureRepositories "false";
Acquire::AllowDowngradeToInsecureRepositories "false";
Acquire::Languages "none";
Acquire::Retries "3";
APT::Get::AllowUnauthenticated "false";
APT::Install-Recommends "false";
APT::Install-Suggests "false";
APT::Sandbox::User "";
Debug::NoLocking "true";
"""
# Valid-Until is not asked: a mirror of an archive's past is as good, its signature is checked all the same.
# The cleared hooks are the machine's own, written to be run by root on the machine's own state.


@dataclass(frozen=True, slots=True)
class PrivateApt:
    """apt with a state of its own below `work`, seeing one archive only."""

    archive: Archive
    work: Path
    progress: Progress

    def unpack(self, packages: Sequence[str], root: Path) -> dict[str, str]:
        """Fetch `packages` and all they depend on, and unpack them into `root`.

        Returns the version of each unpacked package. Raises InstallError in a sentence.
        """
        self._write_state()
        self._apt("reading the package lists", "update")
        self._apt("fetching packages", "install", "--download-only", "--yes", *packages)
        files = sorted((self.work / "cache/archives").glob("*.deb"))
        if not files:
            raise InstallError(f"apt fetched nothing for {', '.join(packages)} from {self.archive.uri}")
        root.mkdir(parents=True, exist_ok=True)
        for index, file in enumerate(files):
            self.progress("unpacking", index / len(files))
            _run(["dpkg-deb", "--extract", str(file), str(root)])
        self.progress("unpacking", 1.0)
        return dict(_name_and_version(file.name) for file in files)

    def candidate(self, package: str) -> str | None:
        """Return the version of `package` that the archive offers, or None."""
        self._write_state()
        self._apt("reading the package lists", "update")
        text = _run(["apt-cache", "-c", str(self.work / "apt.conf"), "policy", package])
        found = [line.split(":", 1)[1].strip() for line in text.splitlines() if "Candidate:" in line]
        return found[0] if found and found[0] != "(none)" else None

    def _write_state(self) -> None:
        if any(sign in str(self.work) for sign in '"\n;{}'):
            raise InstallError(
                f"{str(self.work)!r} has a sign that apt's configuration can't hold;"
                ' choose a data folder without " ; { }'
            )
        for tool in ("apt-get", "apt-cache", "dpkg-deb"):
            if shutil.which(tool) is None:
                raise InstallError(
                    f"{tool} is not on this machine, and packages can only be unpacked with it;"
                    " use a Debian or Ubuntu machine, or name an Asterisk that runs already in the settings"
                )
        for folder in ("state/lists/partial", "cache/archives/partial", "log"):
            (self.work / folder).mkdir(parents=True, exist_ok=True)
        (self.work / "state/status").touch()
        (self.work / "sources.list").write_text(f"{self.archive.source_line}\n", "utf-8")
        (self.work / "apt.conf").write_text(_CONFIGURATION.format(work=self.work), "utf-8")

    def _apt(self, what: str, *arguments: str) -> None:
        self.progress(what, 0.0)
        reading, writing = os.pipe()
        command = ["apt-get", "-c", str(self.work / "apt.conf"), "-o", f"APT::Status-Fd={writing}"]
        log = self.work / "apt.log"
        with log.open("w", encoding="utf-8") as output:
            process = subprocess.Popen(  # noqa: S603 (a fixed command; package names come from our own code)
                [*command, "-qq", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=[writing],
                env={**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"},
            )
            os.close(writing)
            with os.fdopen(reading, encoding="utf-8", errors="replace") as status:
                for line in status:
                    self._report(what, line)
            failed = process.wait() != 0
        if failed:
            raise InstallError(f"{what} from {self.archive.uri} did not work: {_complaint(log)}")

    def _report(self, what: str, line: str) -> None:
        """Tell the progress of a `dlstatus:<item>:<percent>:<text>` line (apt's progress protocol)."""
        fields = line.split(":")
        if fields[0] == "dlstatus" and len(fields) > 2:
            self.progress(what, min(1.0, float(fields[2]) / 100))


def _name_and_version(file_name: str) -> tuple[str, str]:
    """Split `name_version_architecture.deb`; apt writes an epoch's colon as %3a."""
    name, version, _ = file_name.split("_", 2)
    return name, version.replace("%3a", ":")


def _complaint(log: Path) -> str:
    lines = [line.strip() for line in log.read_text("utf-8", errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("E:", "Err:"))]
    return " ".join((errors or lines or ["apt gave no reason"])[-3:])


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(  # noqa: S603 (fixed commands of this file)
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode != 0:
        raise InstallError(f"{command[0]} did not work: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
