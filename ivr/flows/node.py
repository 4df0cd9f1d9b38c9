"""The node types that a flow can use, in one place."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ivr.flows.nodes.hangup import HangupNode
from ivr.flows.nodes.menu import MenuNode
from ivr.flows.nodes.opt_out import OptOutNode
from ivr.flows.nodes.say import SayNode

Node = Annotated[SayNode | MenuNode | OptOutNode | HangupNode, Field(discriminator="type")]
