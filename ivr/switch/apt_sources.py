"""Which package archive this machine already trusts, read from its own apt sources.

Both formats of sources.list(5) are read: one entry per line (`*.list`) and deb822 stanzas (`*.sources`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ivr.errors import InstallError

_KEYRINGS = {
    "debian": ("debian-archive-keyring.gpg", "debian-archive-keyring.pgp"),
    "ubuntu": ("ubuntu-archive-keyring.gpg",),
}
_COMPONENTS = {"debian": ("main",), "ubuntu": ("main", "universe")}
_ROLLING = ("testing", "unstable", "sid", "stable", "oldstable")
"""Suites named by their place: a machine that follows one keeps an older codename in os-release."""
_SCHEMES = ("http", "https", "mirror", "mirror+file", "mirror+http", "mirror+https", "file", "copy")
_ONE_LINE = re.compile(r"^deb\s+(?:\[(?P<options>[^\]]*)\]\s+)?(?P<uri>\S+)\s+(?P<suite>\S+)\s*(?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class Archive:
    """A signed package archive and one suite of it."""

    uri: str
    suite: str
    components: tuple[str, ...]
    keyring: Path
    """The public keys that apt checks the archive's signature with."""

    @property
    def source_line(self) -> str:
        """The archive as one line of sources.list(5)."""
        return f"deb [signed-by={self.keyring}] {self.uri} {self.suite} {' '.join(self.components)}"


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One archive that the machine's apt is told of."""

    uri: str
    suites: tuple[str, ...]
    components: tuple[str, ...]
    signed_by: str
    """A keyring's path; empty when the entry names none."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What the choice of an archive depends on."""

    distribution: str
    """`ID` of os-release(5): `debian`, `ubuntu`, …"""
    codename: str
    """`VERSION_CODENAME` of os-release(5), the machine's own suite."""
    entries: tuple[SourceEntry, ...]
    keyring_folder: Path = Path("/usr/share/keyrings")


def read_machine(root: Path = Path("/")) -> Machine:
    """Read os-release and every apt source below `root`."""
    release = _read_os_release(root / "etc/os-release")
    apt = root / "etc/apt"
    files = [apt / "sources.list", *sorted((apt / "sources.list.d").glob("*"))]
    entries = [entry for file in files if file.is_file() for entry in _entries_of(file)]
    return Machine(
        distribution=release.get("ID", ""),
        codename=release.get("VERSION_CODENAME", ""),
        entries=tuple(entries),
        keyring_folder=root / "usr/share/keyrings",
    )


def own_archive(machine: Machine) -> Archive:
    """Return the archive that the machine itself was installed from, at the machine's own suite.

    Raises InstallError when the distribution is neither Debian nor Ubuntu, or when it names no mirror.
    """
    name = machine.distribution
    if name not in _KEYRINGS:
        raise InstallError(
            f"this machine says it is {name or 'of no distribution'!r}, and only the packages of Debian and"
            " Ubuntu can be unpacked; set a Debian mirror and Debian's keyring in the settings"
        )
    entries = [entry for entry in machine.entries if _is_own(entry, machine)]
    if not entries:
        raise InstallError(
            f"the apt sources of this machine name no mirror of the {name.capitalize()} archive;"
            " set a Debian mirror and Debian's keyring in the settings"
        )
    best = min(entries, key=lambda entry: not _looks_like_a_mirror(entry.uri, name))
    suite = next(suite for suite in best.suites if suite in (machine.codename, *_ROLLING))
    return Archive(best.uri, suite, _COMPONENTS[name], _keyring(best, machine))


def debian_archive(
    machine: Machine, suite: str, mirror: str | None = None, keyring: Path | None = None
) -> Archive:
    """Return Debian's `suite` at `mirror`, or at the mirror a Debian machine was installed from.

    `keyring` is asked for together with `mirror` where Debian's own keyring is not installed.
    Raises InstallError in a sentence.
    """
    if mirror is not None:
        return Archive(
            _checked_mirror(mirror), suite, _COMPONENTS["debian"], keyring or _debian_keyring(machine)
        )
    if machine.distribution != "debian":
        raise InstallError(
            f"this machine runs {machine.distribution or 'no known distribution'!r}, so its apt sources name"
            " no Debian mirror; set a Debian mirror and Debian's keyring in the settings"
        )
    own = own_archive(machine)
    return Archive(own.uri, suite, own.components, keyring or own.keyring)


def _checked_mirror(mirror: str) -> str:
    scheme = urlsplit(mirror).scheme
    if scheme not in _SCHEMES or re.search(r"[\s\[\]]", mirror):
        raise InstallError(f"{mirror!r} is no mirror's address; write http:// or https://, host and folder")
    return mirror


def _is_own(entry: SourceEntry, machine: Machine) -> bool:
    keyring = Path(entry.signed_by).name
    signed_by_own = not entry.signed_by or keyring.startswith(f"{machine.distribution}-archive-")
    is_security = "security" in entry.uri
    return (
        signed_by_own
        and not is_security
        and urlsplit(entry.uri).scheme in _SCHEMES
        and not {machine.codename, *_ROLLING}.isdisjoint(entry.suites)
        and "main" in entry.components
    )


def _looks_like_a_mirror(uri: str, distribution: str) -> bool:
    """By custom a mirror's folder has the distribution's name; a third party's has not."""
    return re.search(rf"/{distribution}(?:\.list)?/?$", uri) is not None


def _keyring(entry: SourceEntry, machine: Machine) -> Path:
    named = Path(entry.signed_by)
    if named.is_absolute() and named.is_file():
        return named
    return _first_keyring(machine, machine.distribution)


def _debian_keyring(machine: Machine) -> Path:
    return _first_keyring(machine, "debian")


def _first_keyring(machine: Machine, distribution: str) -> Path:
    for name in _KEYRINGS[distribution]:
        if (file := machine.keyring_folder / name).is_file():
            return file
    raise InstallError(
        f"no keyring of {distribution.capitalize()} is in {machine.keyring_folder}; install the package"
        f" {distribution}-archive-keyring, or set the keyring's path in the settings"
    )


def _read_os_release(file: Path) -> Mapping[str, str]:
    if not file.is_file():
        return {}
    pairs = (line.split("=", 1) for line in file.read_text("utf-8").splitlines() if "=" in line)
    return {key.strip(): value.strip().strip("\"'") for key, value in pairs}


def _entries_of(file: Path) -> Iterator[SourceEntry]:
    text = file.read_text("utf-8", errors="replace")
    if file.suffix == ".sources":
        yield from parse_deb822(text)
    elif file.suffix == ".list":
        yield from parse_one_line(text)


def parse_one_line(text: str) -> Iterator[SourceEntry]:
    """Read the one-line format; entries that are comments, source code or damaged are passed over."""
    for line in text.splitlines():
        if match := _ONE_LINE.match(line.split("#")[0].strip()):
            options = dict(o.split("=", 1) for o in (match["options"] or "").split() if "=" in o)
            yield SourceEntry(
                uri=match["uri"],
                suites=(match["suite"],),
                components=tuple(match["rest"].split()),
                signed_by=options.get("signed-by", ""),
            )


def parse_deb822(text: str) -> Iterator[SourceEntry]:
    """Read the deb822 format; stanzas that are switched off or only for source code are passed over."""
    for stanza in re.split(r"\n\s*\n", text):
        fields = _deb822_fields(stanza.splitlines())
        if "deb" not in fields.get("types", "").split() or fields.get("enabled", "yes").lower() == "no":
            continue
        for uri in fields.get("uris", "").split():
            yield SourceEntry(
                uri=uri,
                suites=tuple(fields.get("suites", "").split()),
                components=tuple(fields.get("components", "").split()),
                signed_by=fields.get("signed-by", "").strip(),
            )


def _deb822_fields(lines: Sequence[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for line in lines:
        if line.startswith("#"):
            continue
        if line[:1].isspace():
            fields[name] = f"{fields.get(name, '')}\n{line.strip()}"
        elif ":" in line:
            key, value = line.split(":", 1)
            name = key.strip().lower()
            fields[name] = value.strip()
    return fields
