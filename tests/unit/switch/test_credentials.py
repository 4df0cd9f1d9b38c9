from __future__ import annotations

import stat
from pathlib import Path

from ivr.switch.credentials import for_next_owner, load_or_create, save


def test_passwords_are_made_once_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "credentials.json"
    made = load_or_create(file)
    assert load_or_create(file) == made
    assert len({made.ari_password, made.ami_password}) == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_no_password_is_in_the_repr(tmp_path: Path) -> None:
    made = load_or_create(tmp_path / "credentials.json")
    assert made.ari_password not in repr(made)
    assert made.ami_password not in repr(made)


def test_the_next_owner_has_another_ari_user_and_password(tmp_path: Path) -> None:
    first = load_or_create(tmp_path / "credentials.json")
    second = for_next_owner(first, 7)
    assert (first.ari_user, second.ari_user) == ("engine-0", "engine-7")
    assert first.ari_password != second.ari_password
    assert first.ami_password == second.ami_password


def test_a_file_that_others_could_read_is_replaced_by_one_they_cannot(tmp_path: Path) -> None:
    file = tmp_path / "credentials.json"
    made = load_or_create(file)
    file.chmod(0o644)
    save(made, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
