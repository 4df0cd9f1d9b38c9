from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from ivr.phone_number import PhoneNumber
from ivr.switch.agent_queue import AgentQueue
from ivr.switch.trunk import Softphone, Trunk, dial_string

NUMBER = PhoneNumber("+12025550123")


def trunk(**fields: Any) -> Trunk:
    return Trunk.model_validate({"name": "provider", "host": "sip.example.net", **fields})


def test_a_trunk_is_paced_at_one_call_a_second_unless_told_otherwise() -> None:
    assert trunk().calls_per_second == 1.0


@pytest.mark.parametrize(
    ("fields", "dialled"),
    [
        ({}, "+12025550123"),
        ({"number_format": "e164_without_plus"}, "12025550123"),
        ({"number_format": "national"}, "2025550123"),
        ({"number_format": "national", "national_prefix": "1"}, "12025550123"),
        ({"number_format": "national", "country_code": "44"}, "01112025550123"),
        ({"number_format": "national", "country_code": "44", "international_prefix": "00"}, "0012025550123"),
    ],
)
def test_a_number_is_dialled_as_the_provider_wants_it(fields: dict[str, str], dialled: str) -> None:
    assert dial_string(trunk(**fields), NUMBER) == f"PJSIP/{dialled}@provider"


@given(st.text())
def test_nothing_but_an_e164_number_becomes_a_dial_string(text: str) -> None:
    assume(not (text.isascii() and text.startswith("+") and text[1:].isdigit()))
    with pytest.raises(ValueError, match=r"is no E\.164 number; write \+ and the country code first"):
        dial_string(trunk(), PhoneNumber(text))


@pytest.mark.parametrize("text", ["+12025550123\n", "+1202555&PJSIP/x", "+٣١٢٣٤٥٦٧٨", "+0123456789", "911"])
def test_what_only_looks_like_a_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no E\.164 number"):
        dial_string(trunk(), PhoneNumber(text))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "My Trunk"}, "'My Trunk' is no name; use small letters"),
        ({"name": "a]"}, "'a]' is no name"),
        ({"host": "a b"}, "'a b' is no host; write a host name"),
        ({"sip_causes": {"403": "answered"}}, "'answered' is not for the network to say; use busy"),
        ({"sip_causes": {"200": "busy"}}, "greater than or equal to 300"),
        ({"q850_causes": {"21": "refused"}}, "Input should be 'answered', 'busy'"),
        ({"host": "a;b"}, "'a;b' is no host"),
        ({"username": "me"}, "needs `username` and `password_file`; give both"),
        ({"external_media_address": "host.example"}, "is no IP address; write it like 192.0.2.10"),
        ({"local_net": ["10.0.0.1/8"]}, "is no network; write it like 192.168.0.0/16"),
        ({"caller_id": "2025550123"}, "is no telephone number; write + and the country code first"),
        ({"calls_per_second": 0}, "greater than 0"),
        ({"codecs": []}, "at least 1 item"),
        ({"codecs": ["g729"]}, "'ulaw' or 'alaw'"),
        ({"session_expires": 30}, "greater than or equal to 90"),
        ({"colour": "blue"}, "Extra inputs are not permitted"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_in_a_sentence(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(sentence)):
        trunk(**fields)


def test_the_password_is_only_ever_named_by_its_file() -> None:
    registered = trunk(username="me", password_file="/secrets/provider")  # noqa: S106 (a path)
    assert registered.password_file == Path("/secrets/provider")
    assert registered.client_uri == "sip:me@sip.example.net:5060"


def test_peers_on_this_machine_are_told_apart_by_their_ports() -> None:
    assert trunk(host="127.0.0.1", port=5555).match_address == "127.0.0.1:5555"
    assert trunk(host="192.0.2.1", port=5555).match_address == "192.0.2.1"


def test_a_softphone_needs_a_number_that_rings_it() -> None:
    with pytest.raises(ValidationError, match="is no telephone number"):
        Softphone(username="alice", number="200")


def test_a_queue_cannot_take_the_name_of_asterisks_own_section() -> None:
    with pytest.raises(ValidationError, match="choose another name"):
        AgentQueue(name="general")


def test_agents_on_telephone_numbers_need_a_trunk() -> None:
    with pytest.raises(ValidationError, match="rung over no trunk; name one"):
        AgentQueue(name="support", numbers=("+12025550124",))


@pytest.mark.parametrize("number", ["+19005550124", "911", "+911"])
def test_an_agents_number_is_one_that_may_be_dialled(number: str) -> None:
    with pytest.raises(ValidationError):
        AgentQueue(name="support", numbers=(number,), trunk="provider")
