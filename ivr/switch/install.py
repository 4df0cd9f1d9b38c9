"""Asterisk and SIPp, fetched without root and run from their own folder."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ivr.errors import InstallError
from ivr.switch.apt_sources import Archive, Machine, debian_archive, own_archive, read_machine
from ivr.switch.private_apt import PrivateApt, Progress
from ivr.switch.unpacked import Unpacked, unpack_once

ASTERISK_SUITE = "forky"
"""The oldest Debian suite with Asterisk 22."""
OLDEST_MAJOR = 22
SOUND_LANGUAGES = ("en", "es", "fr")
SYSTEM_ROOT = Path("/")


@dataclass(frozen=True, slots=True)
class Installation:
    """An Asterisk on disk, unpacked by us or the distribution's own."""

    root: Path
    """The folder that holds `usr/`; `/` for the distribution's own."""
    version: str
    """As Asterisk tells it: `22.10.1`."""

    def command(self, binary: str, *arguments: str) -> list[str]:
        """Return the argv that runs `binary` (`asterisk`) of this installation."""
        program = self.root / "usr/sbin" / binary
        if self.root == SYSTEM_ROOT:
            return [str(program), *arguments]
        return Unpacked(self.root, {}).command(program, *arguments)

    @property
    def module_folder(self) -> Path:
        """Where the loadable modules are (`astmoddir`)."""
        found = sorted(self.root.glob("usr/lib/*/asterisk/modules"))
        if not found:
            raise InstallError(f"no Asterisk modules are below {self.root}; install Asterisk again")
        return found[0]

    @property
    def data_folder(self) -> Path:
        """Where sounds and the ARI description are (`astdatadir`)."""
        return self.root / "usr/share/asterisk"

    @property
    def sample_folder(self) -> Path:
        """The distribution's configuration files."""
        return self.root / "etc/asterisk"


@dataclass(frozen=True, slots=True)
class MirrorSetting:
    """Where packages come from when the machine's own apt sources are not to be used."""

    uri: str | None = None
    keyring: Path | None = None


def install_asterisk(
    target: Path, progress: Progress, mirror: MirrorSetting | None = None, machine: Machine | None = None
) -> Installation:
    """Return an Asterisk of version 22 or later, installed into `target` unless one is there already.

    The distribution's own is taken when it is installed and young enough. Raises InstallError in a sentence.
    """
    if (own := _system_installation()) is not None:
        return own
    packages = ["asterisk", *(f"asterisk-core-sounds-{language}-wav" for language in SOUND_LANGUAGES)]
    where = machine or read_machine()

    def archive() -> Archive:
        return _asterisk_archive(where, mirror or MirrorSetting(), target, progress)

    unpack_once(target, archive, packages, progress, finish=link_sounds)
    return find_installation(target)


def present_installation(target: Path) -> Installation:
    """Return the Asterisk that `install_asterisk` would take without fetching; raises InstallError."""
    return _system_installation() or find_installation(target)


def find_installation(root: Path) -> Installation:
    """Return the Asterisk below `root`; raises InstallError when there is none or it is too old."""
    if not (root / "usr/sbin/asterisk").is_file():
        raise InstallError(f"no Asterisk is in {root}; run `ivr asterisk install`")
    command = Installation(root, "").command("asterisk", "-V")
    told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (a fixed command)
    version = re.search(r"^Asterisk (\d+)(\.[\d.]*\d)?", told.stdout)
    if version is None:
        raise InstallError(
            f"the Asterisk in {root} does not run: {told.stderr.strip() or told.stdout.strip()}"
        )
    check_version(f"{version[1]}{version[2] or ''}")
    return Installation(root, f"{version[1]}{version[2] or ''}")


def _system_installation() -> Installation | None:
    if not (SYSTEM_ROOT / "usr/share/asterisk/sounds/en").exists():
        return None
    try:
        return find_installation(SYSTEM_ROOT)
    except InstallError:
        return None


def check_version(version: str) -> None:
    """Raise InstallError unless `version` is one that this package drives."""
    major = re.match(r"(?:\d+:)?(\d+)", version)
    if major is None or int(major[1]) < OLDEST_MAJOR:
        raise InstallError(
            f"Asterisk {version} is too old, {OLDEST_MAJOR} or later is needed;"
            " set a Debian mirror and Debian's keyring in the settings"
        )


def install_sipp(
    target: Path, progress: Progress, mirror: MirrorSetting | None = None, machine: Machine | None = None
) -> list[str]:
    """Return the argv that runs SIPp, the traffic generator of the benchmarks; raises InstallError."""
    where, setting = machine or read_machine(), mirror or MirrorSetting()

    def archive() -> Archive:
        if where.distribution == "debian" or setting.uri is not None:
            return debian_archive(where, ASTERISK_SUITE, setting.uri, setting.keyring)
        return own_archive(where)

    unpacked = unpack_once(target, archive, ["sip-tester"], progress)
    return unpacked.command(target / "usr/bin/sipp")


def link_sounds(root: Path) -> None:
    """Make the links `en`, `es`, `fr` that the packages' post-install scripts would have made.

    The packages name their folders language_COUNTRY_voice: `en_US_f_Allison`.
    """
    sounds = root / "usr/share/asterisk/sounds"
    for language in SOUND_LANGUAGES:
        voices = sorted(sounds.glob(f"{language}_*"))
        if not voices:
            raise InstallError(f"the packages hold no sounds in {language!r}; try another mirror")
        (sounds / language).symlink_to(voices[0].name)


def _asterisk_archive(machine: Machine, mirror: MirrorSetting, target: Path, progress: Progress) -> Archive:
    """Ubuntu's own Asterisk serves when it is young enough; otherwise Debian's."""
    if machine.distribution != "ubuntu" or mirror.uri is not None:
        return debian_archive(machine, ASTERISK_SUITE, mirror.uri, mirror.keyring)
    archive = own_archive(machine)
    work = target.with_name(f".{target.name}.part") / "probe"
    offered = PrivateApt(archive, work, progress).candidate("asterisk")
    if offered is None:
        raise InstallError(
            f"Ubuntu {machine.codename} offers no Asterisk;"
            " set a Debian mirror and Debian's keyring in the settings"
        )
    check_version(offered)
    return archive
