"""send_sms: a text message."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict

from ivr.flows.nodes.sending import SendingNode


class SendSmsNode(SendingNode):
    """Sends a text message to the customer's own address while the call goes on."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"type": "send_sms", "message": "payment-link", "sent": "link-sent", "failed": "agent"}
        }
    )
    medium: ClassVar[Literal["sms", "email"]] = "sms"

    type: Literal["send_sms"]
