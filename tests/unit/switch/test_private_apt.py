from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from ivr.errors import InstallError
from ivr.switch.apt_sources import Archive
from ivr.switch.private_apt import PrivateApt

ARCHIVE = Archive("http://mirror.example/debian", "forky", ("main",), Path("/keys/debian.gpg"))

FAKE_APT = """\
#!/bin/bash
# apt-get -c WORK/apt.conf -o APT::Status-Fd=N -qq COMMAND …
work=$(dirname "$2"); fd=${4#APT::Status-Fd=}
eval "echo dlstatus:1:50.0:half >&$fd"
if [ "$6" = update ]; then exit 0; fi
if [ "$BROKEN" ]; then echo 'W: noise'; echo 'E: The following signatures were invalid'; exit 100; fi
cp "$PACKAGE" "$work/cache/archives/"
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    tree = tmp_path / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    control = (
        "Package: hello\nVersion: 1:2.3-1\nArchitecture: all\nMaintainer: A <a@example>\nDescription: x\n"
    )
    (tree / "DEBIAN/control").write_text(control, "utf-8")
    (tree / "usr").mkdir()
    (tree / "usr/hello").write_text("hello", "utf-8")
    file = tmp_path / "hello_1%3a2.3-1_all.deb"
    subprocess.run(["dpkg-deb", "--build", str(tree), str(file)], check=True, capture_output=True)
    return file


@pytest.fixture
def fake_apt(tmp_path: Path, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "apt-get").write_text(FAKE_APT, "utf-8")
    (tools / "apt-get").chmod(0o755)
    (tools / "apt-cache").symlink_to("/bin/true")
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    monkeypatch.setenv("PACKAGE", str(package))


@pytest.mark.usefixtures("fake_apt")
def test_packages_are_fetched_unpacked_and_named_with_their_versions(tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    apt = PrivateApt(ARCHIVE, tmp_path / "work", lambda what, fraction: told.append((what, fraction)))
    versions = apt.unpack(["hello"], tmp_path / "root")
    assert versions == {"hello": "1:2.3-1"}
    assert (tmp_path / "root/usr/hello").read_text("utf-8") == "hello"
    assert ("fetching packages", 0.5) in told
    assert told[-1] == ("unpacking", 1.0)


@pytest.mark.usefixtures("fake_apt")
def test_the_archive_is_trusted_by_its_signature_only(tmp_path: Path) -> None:
    PrivateApt(ARCHIVE, tmp_path / "work", lambda _what, _fraction: None).unpack(["hello"], tmp_path / "root")
    source = (tmp_path / "work/sources.list").read_text("utf-8")
    assert source == "deb [signed-by=/keys/debian.gpg] http://mirror.example/debian forky main\n"
    configuration = (tmp_path / "work/apt.conf").read_text("utf-8")
    assert 'APT::Get::AllowUnauthenticated "false";' in configuration
    assert 'Acquire::AllowInsecureRepositories "false";' in configuration


@pytest.mark.usefixtures("fake_apt")
def test_what_apt_complains_of_is_in_the_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROKEN", "1")
    apt = PrivateApt(ARCHIVE, tmp_path / "work", lambda _what, _fraction: None)
    with pytest.raises(InstallError) as raised:
        apt.unpack(["hello"], tmp_path / "root")
    assert str(raised.value) == (
        "fetching packages from http://mirror.example/debian did not work:"
        " E: The following signatures were invalid"
    )


def test_a_machine_without_apt_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _tool: None)
    with pytest.raises(InstallError, match="apt-get is not on this machine"):
        PrivateApt(ARCHIVE, tmp_path, lambda _what, _fraction: None).unpack(["hello"], tmp_path / "root")


def test_a_folder_that_apt_cannot_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InstallError, match="choose a data folder without"):
        PrivateApt(ARCHIVE, tmp_path / 'a"b', lambda _what, _fraction: None).unpack(["x"], tmp_path / "root")
