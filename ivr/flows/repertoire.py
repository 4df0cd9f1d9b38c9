"""The flows of a call: the one that it begins with, and those that this may enter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ivr.errors import FlowError
from ivr.flows.flow import Flow


@dataclass(frozen=True, slots=True)
class Repertoire:
    """Flows by name."""

    root: Flow
    """The one that the call begins with; its limits hold for the whole call."""
    others: Mapping[str, Flow]

    def named(self, name: str) -> Flow:
        """Return a flow; raises FlowError when there is none of this name."""
        if name == self.root.name:
            return self.root
        try:
            return self.others[name]
        except KeyError:
            raise FlowError(f"there is no flow {name!r}") from None

    def of_version(self, name: str, version: str) -> Flow:
        """Return a flow that a call is in already; raises FlowError when it has changed since."""
        flow = self.named(name)
        if flow.version != version:
            raise FlowError(f"flow {name!r} is not the version that the call began with any more")
        return flow
