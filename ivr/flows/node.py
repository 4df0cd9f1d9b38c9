"""The node types that a flow can use, in one place."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ivr.flows.nodes.branch import BranchNode
from ivr.flows.nodes.gather import GatherNode
from ivr.flows.nodes.goto import GotoNode
from ivr.flows.nodes.hangup import HangupNode
from ivr.flows.nodes.menu import MenuNode
from ivr.flows.nodes.opt_out import OptOutNode
from ivr.flows.nodes.pay import PayNode
from ivr.flows.nodes.repeat import RepeatNode
from ivr.flows.nodes.respond import RespondNode
from ivr.flows.nodes.say import SayNode
from ivr.flows.nodes.transfer import TransferNode
from ivr.flows.nodes.verify import VerifyNode

Node = Annotated[
    SayNode
    | MenuNode
    | GatherNode
    | VerifyNode
    | BranchNode
    | TransferNode
    | PayNode
    | RepeatNode
    | OptOutNode
    | RespondNode
    | GotoNode
    | HangupNode,
    Field(discriminator="type"),
]
