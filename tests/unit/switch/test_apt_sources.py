from __future__ import annotations

from pathlib import Path

import pytest

from ivr.errors import InstallError
from ivr.switch.apt_sources import (
    Machine,
    debian_archive,
    own_archive,
    parse_deb822,
    parse_one_line,
    read_machine,
)

DEB822 = """\
# the archive
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
"""


def machine_with(
    tmp_path: Path, files: dict[str, str], distribution: str = "debian", codename: str = "bookworm"
) -> Machine:
    (tmp_path / "etc/apt/sources.list.d").mkdir(parents=True)
    keyrings = tmp_path / "usr/share/keyrings"
    keyrings.mkdir(parents=True)
    (keyrings / f"{distribution}-archive-keyring.gpg").touch()
    release = f'ID={distribution}\nVERSION_CODENAME="{codename}"\n'
    (tmp_path / "etc/os-release").write_text(release, "utf-8")
    for name, text in files.items():
        (tmp_path / "etc/apt" / name).write_text(text, "utf-8")
    return read_machine(tmp_path)


def test_a_debian_archive_is_found_in_a_deb822_file(tmp_path: Path) -> None:
    machine = machine_with(tmp_path, {"sources.list.d/debian.sources": DEB822})
    archive = debian_archive(machine, "forky")
    assert archive.uri == "http://mirror.example/debian"
    assert archive.suite == "forky"
    assert archive.keyring.name == "debian-archive-keyring.gpg"


def test_a_debian_archive_is_found_in_the_one_line_format(tmp_path: Path) -> None:
    text = (
        "# comment\n"
        "deb-src http://source.example/debian bookworm main\n"
        "deb [arch=amd64 lang=none] https://mirror.example/debian/ bookworm main # the archive\n"
    )
    assert own_archive(machine_with(tmp_path, {"sources.list": text})).uri == "https://mirror.example/debian/"


@pytest.mark.parametrize(
    "text",
    [
        "deb http://security.example/debian-security bookworm main",
        "deb [signed-by=/etc/apt/keyrings/other.gpg] http://third.example/debian bookworm main",
        "deb http://mirror.example/debian bookworm-backports main",
        "deb http://mirror.example/debian bookworm contrib",
        "deb cdrom:[disc]/ bookworm main",
    ],
    ids=["security", "third party", "backports", "no main", "cdrom"],
)
def test_what_is_not_the_debian_archive_is_never_taken(tmp_path: Path, text: str) -> None:
    machine = machine_with(tmp_path, {"sources.list": text})
    with pytest.raises(InstallError, match="name no mirror of the Debian archive; set a Debian mirror"):
        debian_archive(machine, "forky")


def test_of_several_the_one_named_like_a_mirror_is_taken(tmp_path: Path) -> None:
    text = "deb http://third.example/php bookworm main\ndeb http://mirror.example/debian bookworm main\n"
    assert own_archive(machine_with(tmp_path, {"sources.list": text})).uri == "http://mirror.example/debian"


def test_a_machine_that_follows_a_rolling_suite_keeps_it(tmp_path: Path) -> None:
    text = "deb http://mirror.example/debian testing main"
    assert own_archive(machine_with(tmp_path, {"sources.list": text}, codename="forky")).suite == "testing"


def test_on_ubuntu_the_setting_for_mirror_and_keyring_is_asked_for(tmp_path: Path) -> None:
    machine = machine_with(tmp_path, {}, distribution="ubuntu", codename="noble")
    with pytest.raises(InstallError, match="set a Debian mirror and Debian's keyring in the settings"):
        debian_archive(machine, "forky")
    with pytest.raises(InstallError, match="install the package debian-archive-keyring"):
        debian_archive(machine, "forky", "https://mirror.example/debian")
    keyring = tmp_path / "debian.gpg"
    assert debian_archive(machine, "forky", "https://mirror.example/debian", keyring).keyring == keyring


def test_ubuntu_names_its_own_archive_with_universe(tmp_path: Path) -> None:
    text = "deb http://mirror.example/ubuntu noble main universe"
    machine = machine_with(tmp_path, {"sources.list": text}, distribution="ubuntu", codename="noble")
    assert own_archive(machine).components == ("main", "universe")


def test_another_distribution_is_told_what_it_needs(tmp_path: Path) -> None:
    machine = machine_with(tmp_path, {}, distribution="fedora", codename="")
    with pytest.raises(InstallError, match="'fedora', and only the packages of Debian and Ubuntu"):
        own_archive(machine)


@pytest.mark.parametrize("mirror", ["mirror.example/debian", "http://a b/", "http://a/ [trusted=yes]"])
def test_a_mirror_that_is_no_address_is_refused(tmp_path: Path, mirror: str) -> None:
    with pytest.raises(InstallError, match="is no mirror's address; write http:// or https://"):
        debian_archive(machine_with(tmp_path, {}), "forky", mirror)


def test_stanzas_that_are_switched_off_or_for_sources_only_are_passed_over() -> None:
    off = "Types: deb\nEnabled: no\nURIs: http://a/debian\nSuites: x\nComponents: main\n"
    source = "Types: deb-src\nURIs: http://a/debian\nSuites: x\nComponents: main\n"
    assert list(parse_deb822(f"{off}\n{source}")) == []


def test_an_embedded_key_is_read_as_one_field() -> None:
    key = "Signed-By:\n -----BEGIN\n .\n key: 1\n"
    (entry,) = parse_deb822(f"Types: deb\nURIs: http://a/debian\nSuites: x\n{key}Components: main\n")
    assert entry.signed_by.startswith("-----BEGIN")
    assert entry.components == ("main",)


def test_damaged_lines_are_passed_over() -> None:
    assert list(parse_one_line("deb\ndeb http://a\n\x00\n[x]")) == []
