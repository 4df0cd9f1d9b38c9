"""send_email: an e-mail."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict

from ivr.flows.nodes.sending import SendingNode


class SendEmailNode(SendingNode):
    """Sends an e-mail to the customer's own address while the call goes on."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "send_email",
                "message": "payment-link",
                "sent": "link-sent",
                "failed": "agent",
            }
        }
    )
    medium: ClassVar[Literal["sms", "email"]] = "email"

    type: Literal["send_email"]
