"""The templates of the switch keep what the driver relies on."""

from ivr.switch.templates import content_folder
from ivr.telephony.channel_variables import (
    APP,
    CALL_ENDED,
    CHANNEL_VARIABLES,
    FLOW_SECONDS,
    LONGEST,
    SIP_STATUS,
)
from ivr.telephony.queue_transfer import QUEUE_CONTEXT, RETURN_WORD


def test_ari_tells_every_variable_that_the_report_is_made_of() -> None:
    lines = (content_folder("asterisk") / "ari.conf.j2").read_text("utf-8").splitlines()

    assert f"channelvars = {','.join(CHANNEL_VARIABLES)}" in lines


def test_the_dialplan_has_what_calls_are_sent_to() -> None:
    dialplan = (content_folder("dialplans") / "engine.conf.j2").read_text("utf-8")

    assert f"[{QUEUE_CONTEXT}]" in dialplan
    assert f"Stasis(${{{APP}}},{RETURN_WORD}," in dialplan
    assert f"Set({LONGEST}=${{{FLOW_SECONDS}}})" in dialplan
    assert f"[{CALL_ENDED.partition(',')[0]}]" in dialplan
    assert f"Set({SIP_STATUS}=" in dialplan
