"""An Asterisk that is only files: enough to render for, not to run."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.switch.install import Installation
from ivr.switch.instance import Instance, open_instance


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    root = tmp_path / "root"
    libraries = root / "usr/lib/aarch64-linux-gnu"
    modules = libraries / "asterisk/modules"
    modules.mkdir(parents=True)
    for name in ("res_ari", "chan_pjsip", "cel_custom"):
        (modules / f"{name}.so").touch()
    (libraries / "ld-linux-aarch64.so.1").touch()
    return Installation(root, "22.10.1")


@pytest.fixture
def instance(installation: Installation, tmp_path: Path) -> Instance:
    return open_instance(installation, tmp_path / "engine")
