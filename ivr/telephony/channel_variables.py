"""The channel variables that the engine and the switch's dialplan agree on.

Those of CHANNEL_VARIABLES come with every event of a channel, so the last event tells them without a request.
"""

from __future__ import annotations

QUALITY = "RTPAUDIOQOS"
"""RTP in figures; Asterisk sets it when the channel ends (22.9 or later when it is we who hang up)."""
CODEC = "CHANNEL(audionativeformat)"
SIP_STATUS = "SIP_STATUS"
"""The far end's final answer in full (`SIP 603 Network Blocked`), set by the context CALL_ENDED."""
CHANNEL_VARIABLES = (QUALITY, CODEC, SIP_STATUS)
"""What `channelvars` in ari.conf must list; what is not listed stays unknown."""

LONGEST = "TIMEOUT(absolute)"
"""Seconds after which the switch itself ends the call, even when no engine lives by then."""
FLOW_SECONDS = "FLOW_SECONDS"
"""What the queue context sets LONGEST back to: a talk with an agent has a limit of its own."""
APP = "APP"
"""The Stasis application that the dialplan gives the call back to."""
STORY_ID = "STORY_ID"
"""By which programs at the agents' desks ask for a call that came in; that of another call is its own id."""
VAULT = "VAULT"
"""The endpoint that the vault's context dials."""
VAULT_REFERENCE = "VAULT_REFERENCE"
"""What it is told as X-Reference."""
VAULT_SECONDS = "VAULT_SECONDS"
"""How long it rings there."""
VAULT_LONGEST = "VAULT_LONGEST"
"""How long the talk there may last, in seconds."""
OUTSIDE = "OUTSIDE"
"""The endpoint that the context for numbers outside dials."""
OUTSIDE_CALLER_ID = "OUTSIDE_CALLER_ID"
OUTSIDE_REFERENCE = "OUTSIDE_REFERENCE"
"""What it is told as X-Reference; empty: nothing."""
OUTSIDE_SECONDS = "OUTSIDE_SECONDS"
OUTSIDE_LONGEST = "OUTSIDE_LONGEST"
QUEUE_PRIORITY = "QUEUE_PRIO"
"""What Queue() goes by: who has more is taken first."""
HANGUP_HANDLER = "CHANNEL(hangup_handler_push)"
CALL_ENDED = "call-ended,s,1"
"""The dialplan's hangup handler."""
