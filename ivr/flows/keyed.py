"""Keys that were pressed and are not used up yet. The only place of a session that holds digits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

EARLY_KEYS = 40
"""More keys than this pressed ahead are noise on the line."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A finished secret gather."""

    node: str
    """The node that asked for it, where it is asked for again when it was lost."""
    digits: str = field(repr=False)
    is_for_next: bool = True
    """Whether the node that follows needs it; else it is forgotten when its own node is left."""


@dataclass(frozen=True, slots=True, repr=False)
class Keyed:
    """Digits in this process' memory; no repr shows them and no private one is ever written."""

    early: str = ""
    """Pressed ahead of the question that they will answer."""
    digits: str = ""
    """What the current gather has so far."""
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    """Secrets by name: a gather's are kept until the node that follows it is left."""
    surplus: str = ""
    """The key that ends a number, after one that is complete: pressed next, it means nothing."""
    private: bool = False
    """Whether early digits and those of the current gather may belong to a secret of this flow."""
    lost: bool = False
    """A gather's digits were left behind when the state was written: it must be asked again."""

    def __repr__(self) -> str:
        return "Keyed(…)"

    def with_early(self, digit: str) -> Keyed:
        """Keep a key for the next question."""
        return replace(self, early=self.early + digit) if len(self.early) < EARLY_KEYS else self

    def with_first(self, digit: str) -> Keyed:
        """Put a key back before those pressed ahead."""
        return replace(self, early=digit + self.early)

    def without_early(self) -> Keyed:
        """Throw away what was pressed ahead."""
        return replace(self, early="") if self.early else self

    def with_surplus(self, key: str) -> Keyed:
        """Mean nothing by `key` if it comes next; pressed ahead it is there already."""
        if self.early.startswith(key):
            return replace(self, early=self.early[1:])
        return self if self.early else self._with_surplus(key)

    def without_surplus(self) -> Keyed:
        """Take every key for what it is again."""
        return self._with_surplus("") if self.surplus else self

    def _with_surplus(self, key: str) -> Keyed:
        return Keyed(self.early, self.digits, self.secrets, key, self.private, self.lost)

    def with_digit(self, digit: str | None) -> Keyed:
        """Add a digit to the current gather, or (None) begin it anew."""
        if digit is None and not self.digits:
            return self
        digits = "" if digit is None else self.digits + digit
        return Keyed(self.early, digits, self.secrets, self.surplus, self.private, self.lost)

    def with_secret(self, name: str, node: str, *, is_for_next: bool) -> Keyed:
        """Keep the current gather's digits as a secret that `node` asked for."""
        secret = Secret(node, self.digits, is_for_next)
        return replace(self, digits="", secrets={**self.secrets, name: secret})

    def without_secrets_of(self, node: str) -> Keyed:
        """Forget secrets that have served, by the node that asked for them."""
        secrets = {name: secret for name, secret in self.secrets.items() if secret.node != node}
        return replace(self, secrets=secrets)

    def without_own_secrets(self) -> Keyed:
        """Forget every secret that was finished: they are of whoever keyed them in."""
        return replace(self, digits="", secrets={}) if self.digits or self.secrets else self

    def after_leaving(self, node: str) -> Keyed:
        """Forget the current gather, and secrets that the node which is left was the last to need."""
        if not self.digits and not self.secrets:
            return self
        secrets = {
            name: secret
            for name, secret in self.secrets.items()
            if secret.node == node and secret.is_for_next
        }
        return replace(self, digits="", secrets=secrets)

    def without_secrets(self) -> Keyed:
        """Return what may be written to a disk."""
        if not self.private:
            return replace(self, secrets={})
        return Keyed(private=True, lost=self.lost or bool(self.digits))
