from __future__ import annotations

import pytest

from ivr.errors import FencedError
from ivr.switch.fence import fence
from ivr.switch.instance import Instance, open_instance


def listed_users(instance: Instance) -> list[str]:
    text = (instance.folder / "etc/ari.conf").read_text("utf-8")
    return [line.strip("[]") for line in text.splitlines() if line.startswith("[")][1:]


def test_only_the_new_owner_is_listed(instance: Instance) -> None:
    owned = fence(instance, 3)
    assert listed_users(owned) == ["engine-3"]
    assert owned.credentials.ari_password != instance.credentials.ari_password
    assert open_instance(instance.installation, instance.folder) == owned


def test_an_earlier_owner_cannot_take_the_switch_back(instance: Instance) -> None:
    fence(instance, 3)
    with pytest.raises(FencedError, match="the switch belongs to epoch 3; this is the owner of 2"):
        fence(instance, 2)
    assert listed_users(instance) == ["engine-3"]


def test_the_same_owner_may_ask_again(instance: Instance) -> None:
    assert fence(fence(instance, 3), 3) == fence(instance, 3)
