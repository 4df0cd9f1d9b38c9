from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ivr.errors import InstallError
from ivr.switch import unpacked
from ivr.switch.apt_sources import Archive
from ivr.switch.install import Installation
from ivr.switch.private_apt import PrivateApt, Progress

ARCHIVE = Archive("http://mirror.example/debian", "forky", ("main",), Path("/keys/debian.gpg"))


class FakeApt:
    """Stands in for PrivateApt: unpacks one file for each package asked for."""

    fetched: list[str]

    def __init__(self, archive: Archive, work: Path, progress: Progress) -> None:
        del archive, work, progress

    def unpack(self, packages: Sequence[str], root: Path) -> dict[str, str]:
        root.mkdir(parents=True)
        for package in packages:
            (root / package).touch()
            FakeApt.fetched.append(package)
        return dict.fromkeys(packages, "1")


@pytest.fixture(autouse=True)
def fake_apt(monkeypatch: pytest.MonkeyPatch) -> None:
    FakeApt.fetched = []
    monkeypatch.setattr(unpacked, PrivateApt.__name__, FakeApt)


def unpack(root: Path, *packages: str) -> unpacked.Unpacked:
    return unpacked.unpack_once(root, lambda: ARCHIVE, packages, lambda _what, _fraction: None)


def test_a_second_installation_fetches_nothing(tmp_path: Path) -> None:
    unpack(tmp_path / "root", "a", "b")
    again = unpack(tmp_path / "root", "a")
    assert FakeApt.fetched == ["a", "b"]
    assert again.versions == {"a": "1", "b": "1"}


def test_a_package_that_is_missing_makes_the_folder_anew(tmp_path: Path) -> None:
    unpack(tmp_path / "root", "a")
    unpack(tmp_path / "root", "b")
    assert not (tmp_path / "root/a").exists()
    assert (tmp_path / "root/b").exists()


def test_an_interrupted_installation_is_never_half_there(tmp_path: Path) -> None:
    def interrupt(_root: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        unpacked.unpack_once(
            tmp_path / "root", lambda: ARCHIVE, ["a"], lambda _what, _fraction: None, finish=interrupt
        )
    assert [path.name for path in tmp_path.iterdir()] == [".root.lock"]


def test_a_folder_without_its_record_counts_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "root/rubbish").touch()
    unpack(tmp_path / "root", "a")
    assert not (tmp_path / "root/rubbish").exists()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InstallError, match="could not be written"):
        unpack(tmp_path / "file/root", "a")


def test_programs_run_through_the_loader_of_their_own_architecture(installation: Installation) -> None:
    libraries = installation.root / "usr/lib/aarch64-linux-gnu"
    (libraries / "blas").mkdir()
    assert installation.command("asterisk", "-V") == [
        str(libraries / "ld-linux-aarch64.so.1"),
        "--library-path",
        f"{libraries}:{libraries / 'blas'}",
        str(installation.root / "usr/sbin/asterisk"),
        "-V",
    ]


def test_a_folder_without_a_loader_is_told_to_be_installed_again(tmp_path: Path) -> None:
    with pytest.raises(
        InstallError, match=r"no dynamic loader is in .*; remove the folder and install again"
    ):
        unpacked.Unpacked(tmp_path, {}).command(tmp_path / "x")
