"""The requests that this product uses, each a function that makes a Request: nothing is sent here."""

from ivr.ari.requests.bridges import (
    add_to_bridge,
    create_bridge,
    destroy_bridge,
    remove_from_bridge,
)
from ivr.ari.requests.channels import (
    answer,
    continue_in_dialplan,
    get_channel,
    get_variable,
    hang_up,
    list_channels,
    originate,
    ring,
    rtp_statistics,
    set_variable,
    snoop,
    stop_ringing,
)
from ivr.ari.requests.media import (
    get_playback,
    play,
    send_dtmf,
    start_music,
    stop_music,
    stop_playback,
)
from ivr.ari.requests.recordings import (
    discard_recording,
    pause_recording,
    record,
    resume_recording,
    stop_recording,
)
from ivr.ari.requests.server import (
    application_details,
    asterisk_info,
    ping,
    set_event_filter,
    subscribe,
)

__all__ = [
    "add_to_bridge",
    "answer",
    "application_details",
    "asterisk_info",
    "continue_in_dialplan",
    "create_bridge",
    "destroy_bridge",
    "discard_recording",
    "get_channel",
    "get_playback",
    "get_variable",
    "hang_up",
    "list_channels",
    "originate",
    "pause_recording",
    "ping",
    "play",
    "record",
    "remove_from_bridge",
    "resume_recording",
    "ring",
    "rtp_statistics",
    "send_dtmf",
    "set_event_filter",
    "set_variable",
    "snoop",
    "start_music",
    "stop_music",
    "stop_playback",
    "stop_recording",
    "stop_ringing",
    "subscribe",
]
