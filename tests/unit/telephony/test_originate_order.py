from ivr.engine.telephony import CallOrder
from ivr.phone_number import PhoneNumber
from ivr.telephony.originate_order import originate_request

ORDER = CallOrder("attempt-7", PhoneNumber("+12025550123"), "carrier", PhoneNumber("+18005550199"), 25, 600)


def test_everything_is_said_in_the_one_request_that_dials() -> None:
    request = originate_request(ORDER, "PJSIP/+12025550123@carrier", "engine")

    assert request.dials
    assert request.params == {
        "endpoint": "PJSIP/+12025550123@carrier",
        "app": "engine",
        "channelId": "attempt-7",
        "callerId": "<+18005550199>",
        "timeout": 25,
        "variables": {
            "TIMEOUT(absolute)": "600",
            "FLOW_SECONDS": "600",
            "APP": "engine",
            "CHANNEL(hangup_handler_push)": "call-ended,s,1",
            "PJSIP_HEADER(add,X-Attempt-Id)": "attempt-7",
        },
    }
