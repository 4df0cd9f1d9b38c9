from __future__ import annotations

from pathlib import Path

import pytest

from ivr.errors import InstallError
from ivr.switch.apt_sources import Archive, Machine, SourceEntry
from ivr.switch.install import (
    Installation,
    MirrorSetting,
    _asterisk_archive,
    check_version,
    find_installation,
    link_sounds,
)
from ivr.switch.private_apt import PrivateApt


@pytest.mark.parametrize("version", ["22.0.0", "22.10.1", "23.1", "1:22.10.1+dfsg-1"])
def test_asterisk_22_and_later_is_taken(version: str) -> None:
    check_version(version)


@pytest.mark.parametrize("version", ["20.6.0", "1:20.6.0~dfsg-2", "rubbish", ""])
def test_an_older_asterisk_is_refused_in_a_sentence(version: str) -> None:
    with pytest.raises(InstallError, match=r"too old, 22 or later is needed; set a Debian mirror"):
        check_version(version)


def test_each_language_gets_the_link_that_asterisk_looks_for(tmp_path: Path) -> None:
    sounds = tmp_path / "usr/share/asterisk/sounds"
    for voice in ("en_US_f_Allison", "es_MX_f_Allison", "fr_CA_f_June"):
        (sounds / voice).mkdir(parents=True)
        (sounds / voice / "hello.wav").touch()
    link_sounds(tmp_path)
    assert all((sounds / language / "hello.wav").is_file() for language in ("en", "es", "fr"))


def test_packages_without_sounds_are_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InstallError, match="no sounds in 'en'"):
        link_sounds(tmp_path)


def test_a_folder_without_asterisk_names_the_command_that_installs_it(tmp_path: Path) -> None:
    with pytest.raises(InstallError, match="run `ivr asterisk install`"):
        find_installation(tmp_path)


def test_the_distributions_own_asterisk_runs_without_a_loader() -> None:
    assert Installation(Path("/"), "22.4.0").command("asterisk", "-V") == ["/usr/sbin/asterisk", "-V"]


def archive_on_ubuntu(tmp_path: Path, mirror: MirrorSetting) -> Archive:
    (tmp_path / "ubuntu-archive-keyring.gpg").touch()
    (tmp_path / "debian-archive-keyring.gpg").touch()
    own = SourceEntry("http://mirror.example/ubuntu", ("noble",), ("main", "universe"), "")
    machine = Machine("ubuntu", "noble", (own,), keyring_folder=tmp_path)
    return _asterisk_archive(machine, mirror, tmp_path / "root", lambda _what, _fraction: None)


def test_ubuntus_own_asterisk_is_taken_when_it_is_young_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PrivateApt, "candidate", lambda _apt, _package: "1:22.4.1~dfsg-1")
    assert archive_on_ubuntu(tmp_path, MirrorSetting()).uri == "http://mirror.example/ubuntu"


@pytest.mark.parametrize("offered", ["1:20.6.0~dfsg-2", None])
def test_an_ubuntu_without_a_young_asterisk_asks_for_a_debian_mirror(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offered: str | None
) -> None:
    monkeypatch.setattr(PrivateApt, "candidate", lambda _apt, _package: offered)
    with pytest.raises(InstallError, match="set a Debian mirror and Debian's keyring in the settings"):
        archive_on_ubuntu(tmp_path, MirrorSetting())
    archive = archive_on_ubuntu(tmp_path, MirrorSetting("http://mirror.example/debian"))
    assert (archive.uri, archive.suite) == ("http://mirror.example/debian", "forky")
