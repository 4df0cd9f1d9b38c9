"""command_desk: an agent on a telephone elsewhere logs in or out, pauses or resumes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pydantic import ConfigDict, Field

from ivr.errors import FlowError
from ivr.flows.actions import Actions, Go, Perform, Remember
from ivr.flows.choice import NodeName, PromptName
from ivr.flows.effects import CommandDesk, DeskCommand
from ivr.flows.nodes.asking import Ask, AskingNode
from ivr.flows.nodes.base import Edge, Mention
from ivr.flows.scene import Scene

_AGENT, _PIN = "agent_id", "agent_pin"


class CommandDeskNode(AskingNode):
    """Asks for an agent's id and PIN, and does what the agent wants of the queues that ring their number.

    Both stay in memory until they are compared. `no_match` says what follows wrong ones; after three in a
    row, over all calls from a number (withheld ones together), nobody gets in as this agent from there for
    ten minutes (`locked`), and after 20 in an hour from wherever for the rest of the hour.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "command_desk",
                "command": "log_in",
                "agent": "desk-ask-agent",
                "pin": "desk-ask-pin",
                "done": "logged-in",
                "locked": "locked",
                "no_queue": "no-queue",
                "failed": "not-now",
                "no_match": {"prompt": "desk-wrong"},
            }
        }
    )

    type: Literal["command_desk"]
    command: DeskCommand = Field(description="`log_in`, `log_out`, `pause` or `resume`")
    agent: PromptName = Field(description="asks for the id, 3 to 8 digits")
    pin: PromptName = Field(description="asks for the PIN, 6 to 12 digits")
    done: NodeName = Field(description="when it is done")
    locked: NodeName = Field(description="after too many wrong ones, over all calls")
    no_queue: NodeName = Field(description="when no queue rings this agent")
    failed: NodeName = Field(description="when the switch could not be told")

    @property
    def asks_for_secret(self) -> bool:
        """Whether what is keyed here is kept in memory only."""
        return True

    def edges(self) -> tuple[Edge, ...]:
        """Return where results, silence and wrong answers lead."""
        ways = ("done", "locked", "no_queue", "failed")
        return (*(Edge((way,), getattr(self, way)) for way in ways), *super().edges())

    def mentions(self) -> tuple[Mention, ...]:
        """Return the questions and what is said before they are asked again."""
        return (Mention(("agent",), self.agent), Mention(("pin",), self.pin), *super().mentions())

    def opening(self) -> tuple[str, ...]:
        """Return the first question."""
        return (self.agent,)

    def asks(self, scene: Scene) -> Sequence[Ask]:  # noqa: ARG002 (always both)
        """Return id and PIN."""
        return (
            Ask(_AGENT, self.agent, 3, 8, secret=True),
            Ask(_PIN, self.pin, 6, 12, secret=True),
        )

    def completed(self, scene: Scene) -> Actions:
        """Have it done; whatever is wrong, both are asked for again."""
        again = Remember(replace(scene.memory, step=0))
        return (again, Perform(CommandDesk(0, self.command, _AGENT, _PIN)))

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Go on, ask again, or give up."""
        match result:
            case "done" | "locked" | "no_queue" | "failed":
                return (Go(getattr(self, result)),)
            case "no_match":
                return self.mismatched(scene)
        raise FlowError(f"a desk's command can't end in {result!r}; its results are {CommandDesk.results}")
