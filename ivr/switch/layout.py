"""Where the data folder keeps what this package installs and starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SwitchLayout:
    """Folders below `home`, the data folder (`IVR_HOME`)."""

    home: Path

    @property
    def asterisk_root(self) -> Path:
        """The unpacked Asterisk, shared by every instance."""
        return self.home / "asterisk/root"

    @property
    def engine(self) -> Path:
        """The instance that the engine drives."""
        return self.home / "asterisk/engine"

    @property
    def carrier(self) -> Path:
        """The instance that is the simulated telephone network."""
        return self.home / "asterisk/carrier"

    @property
    def sipp_root(self) -> Path:
        """The unpacked traffic generator."""
        return self.home / "sipp"

    @property
    def espeak_root(self) -> Path:
        """The unpacked speech library."""
        return self.home / "espeak"
