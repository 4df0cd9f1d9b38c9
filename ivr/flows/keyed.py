"""Keys that were pressed and are not used up yet. The only place of a session that holds digits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Secret:
    """A finished secret gather."""

    node: str
    """The node that asked for it, where it is asked for again when it was lost."""
    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Keyed:
    """Digits in this process' memory; no repr shows them and no private one is ever written."""

    early: str = ""
    """Pressed ahead of the question that they will answer."""
    digits: str = ""
    """What the current gather has so far."""
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    """Secret gathers by variable: kept until the node that follows the gather is left."""
    private: bool = False
    """Whether early digits and those of the current gather may belong to a secret of this flow."""
    lost: bool = False
    """A gather's digits were left behind when the state was written: it must be asked again."""

    def __repr__(self) -> str:
        return "Keyed(…)"

    def without_secrets(self) -> Keyed:
        """Return what may be written to a disk."""
        if not self.private:
            return replace(self, secrets={})
        return Keyed(private=True, lost=self.lost or bool(self.digits))
