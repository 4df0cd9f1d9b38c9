"""From the order for a call to the request that dials it, and the variables that every call of ours has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from ivr.ari import requests
from ivr.ari.request import Request
from ivr.ari.values import Channel
from ivr.engine.telephony import CallOrder
from ivr.telephony.channel_variables import APP, CALL_ENDED, FLOW_SECONDS, HANGUP_HANDLER, LONGEST


def call_variables(app: str, longest: timedelta) -> Mapping[str, str]:
    """Return what the dialplan needs to know of a call: how long it may last, and where it goes back to.

    The switch ends the call by itself after `longest`.
    """
    seconds = str(max(1, round(longest.total_seconds())))
    return {LONGEST: seconds, FLOW_SECONDS: seconds, APP: app}


def originate_request(order: CallOrder, endpoint: str, app: str) -> Request[Channel]:
    """Return the one request that dials `endpoint` for `order`.

    All variables are set here, because later ones would wait behind a playing file.
    """
    return requests.originate(
        endpoint,
        app,
        channel_id=order.call_id,
        caller_id=None if order.caller_id is None else f"<{order.caller_id}>",
        ring_timeout=timedelta(seconds=order.ring_timeout),
        variables={
            **call_variables(app, timedelta(seconds=order.max_duration)),
            HANGUP_HANDLER: CALL_ENDED,
            "PJSIP_HEADER(add,X-Attempt-Id)": order.call_id,
        },
    )
