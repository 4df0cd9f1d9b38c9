"""What nodes share that ask the host for an effect and go where its result leads."""

from __future__ import annotations

from typing import ClassVar

from ivr.errors import FlowError
from ivr.flows.actions import Actions, Go, Perform
from ivr.flows.effects import Effect
from ivr.flows.nodes.base import BaseNode, Edge
from ivr.flows.scene import Scene


class EffectNode(BaseNode):
    """A node whose effect's results are named like the fields that say where they lead."""

    ways: ClassVar[tuple[str, ...]]
    """The fields that name a target."""

    def edges(self) -> tuple[Edge, ...]:
        """Return where each result leads."""
        targets = ((way, getattr(self, way)) for way in self.ways)
        return tuple(Edge((way,), to, sets=self.sets(way)) for way, to in targets if to is not None)

    def sets(self, way: str) -> tuple[str, ...]:  # noqa: ARG002 (for those that keep some of it)
        """Return the variables that are there once a way was taken."""
        return ("result",)

    def effect(self, scene: Scene) -> Effect:
        """Return what the host is asked for; the session gives it its id."""
        raise NotImplementedError

    def enter(self, scene: Scene) -> Actions:
        """Ask the host."""
        return (Perform(self.effect(scene)),)

    def resulted(self, scene: Scene, result: str) -> Actions:  # noqa: ARG002 (the result says all)
        """Go where the result leads."""
        return (self.way(result),)

    def way(self, result: str) -> Go:
        """Return where a result leads."""
        if result not in self.ways:
            raise FlowError(f"a {type(self).__name__} can't end in {result!r}; it ends in {self.ways}")
        return Go(getattr(self, result))
