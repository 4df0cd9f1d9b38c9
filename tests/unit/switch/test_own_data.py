"""An instance sees all that its installation has, and what is put beside it stays out of the installation."""

from __future__ import annotations

from pathlib import Path

from ivr.switch.install import Installation
from ivr.switch.instance import open_instance
from ivr.switch.own_data import link_data


def test_sounds_of_ours_are_beside_those_of_the_installation(tmp_path: Path) -> None:
    theirs = tmp_path / "root/usr/share/asterisk"
    (theirs / "sounds/en").mkdir(parents=True)
    (theirs / "sounds/en/beep.wav").touch()
    (theirs / "rest-api").mkdir()
    instance = open_instance(Installation(tmp_path / "root", "22.0.0"), tmp_path / "instance")
    for _ in range(2):  # at each start
        link_data(instance)
    assert (instance.sounds_folder / "en/beep.wav").exists()
    assert (instance.data_folder / "rest-api").is_dir()
    (instance.sounds_folder / "es_ours").mkdir()
    assert sorted(each.name for each in (theirs / "sounds").iterdir()) == ["en"]


def test_a_link_follows_the_installation(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name / "usr/share/asterisk/sounds/en").mkdir(parents=True)
        instance = open_instance(Installation(tmp_path / name, "22.0.0"), tmp_path / "instance")
        link_data(instance)
    assert (instance.sounds_folder / "en").readlink() == tmp_path / "new/usr/share/asterisk/sounds/en"
