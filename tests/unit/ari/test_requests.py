from __future__ import annotations

from datetime import timedelta

import pytest

from ivr.ari import requests
from ivr.ari.request import Request
from ivr.errors import AriError
from tests.unit.ari.every_request import REQUESTS


def test_originate_says_who_is_dialled_and_whose_the_call_is() -> None:
    request = requests.originate(
        "PJSIP/+15551234567@trunk",
        "answerback",
        channel_id="attempt-7",
        app_args=("alert", "7"),
        caller_id='"Bank" <+15550001111>',
        ring_timeout=timedelta(seconds=25),
        variables={"TIMEOUT(absolute)": "600"},
        formats=("ulaw", "alaw"),
    )
    assert (request.method, request.path) == ("POST", "/channels")
    assert request.dials
    assert request.params == {
        "endpoint": "PJSIP/+15551234567@trunk",
        "app": "answerback",
        "appArgs": "alert,7",
        "channelId": "attempt-7",
        "callerId": '"Bank" <+15550001111>',
        "timeout": 25,
        "variables": {"TIMEOUT(absolute)": "600"},
        "formats": "ulaw,alaw",
    }


def test_only_originate_dials() -> None:
    assert not requests.hang_up("a").dials
    assert not requests.snoop("a", "app", snoop_id="b").dials


def test_a_comma_in_an_argument_is_refused_because_it_would_become_two() -> None:
    with pytest.raises(ValueError, match="comma"):
        requests.originate("PJSIP/x", "app", channel_id="a", app_args=("a,b",))
    with pytest.raises(ValueError, match="comma"):
        requests.snoop("a", "app", snoop_id="b", app_args=("a,b",))


@pytest.mark.parametrize("media", ["number:42", "digits:42", "characters:abc", "hello-world"])
def test_media_that_a_key_could_not_stop_are_refused(media: str) -> None:
    with pytest.raises(ValueError, match="can't be stopped"):
        requests.play("a", ["sound:ok", media], playback_id="p")


def test_a_list_of_media_is_one_playback() -> None:
    request = requests.play("a", ["sound:one", "sound:with,comma"], playback_id="p", language="en")
    assert request.params == {"media": ["sound:one", "sound:with,comma"], "playbackId": "p", "lang": "en"}


def test_nothing_to_play_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to play"):
        requests.play("a", [], playback_id="p")


def test_keys_that_are_sent_are_in_no_repr() -> None:
    request = requests.send_dtmf("a", "4929#")
    assert request.params["dtmf"] == "4929#"
    assert "4929" not in repr(request)


@pytest.mark.parametrize("digits", ["", "12x", "1 2", "1&dtmf=2"])
def test_what_is_no_key_is_refused_and_not_quoted(digits: str) -> None:
    with pytest.raises(ValueError, match="no key") as caught:
        requests.send_dtmf("a", digits)
    assert not digits or digits not in str(caught.value)


def test_identifiers_can_not_reach_another_path() -> None:
    assert requests.hang_up("../bridges/x?y#z").path == "/channels/..%2Fbridges%2Fx%3Fy%23z"
    assert requests.get_channel("..").path == "/channels/%2E%2E"


def test_an_empty_identifier_is_refused_because_it_would_mean_all() -> None:
    with pytest.raises(ValueError, match="empty"):
        requests.get_channel("")


def test_the_event_filter_is_an_allow_list() -> None:
    request = requests.set_event_filter("app", {"StasisStart", "Dial"})
    assert request.method == "PUT"
    assert request.params == {"allowed": [{"type": "Dial"}, {"type": "StasisStart"}]}


def test_short_spans_do_not_become_zero_which_means_for_ever() -> None:
    short = timedelta(milliseconds=200)
    assert requests.originate("x", "app", channel_id="a", ring_timeout=short).params["timeout"] == 1
    assert requests.record("a", "r", max_duration=short).params["maxDurationSeconds"] == 1


def test_requests_of_the_same_words_are_equal() -> None:
    assert requests.hang_up("a", 17) == requests.hang_up("a", 17)
    assert requests.hang_up("a", 17) != requests.hang_up("a", 16)


def test_an_answer_of_the_wrong_shape_is_an_ari_error() -> None:
    with pytest.raises(AriError, match="Channel"):
        requests.get_channel("a").read(["no object"])
    with pytest.raises(AriError, match="list"):
        requests.list_channels().read({"no": "list"})


def test_an_answer_without_content_is_read_as_nothing() -> None:
    request: Request[None] = requests.hang_up("a")
    request.read(None)


def test_the_sample_of_every_request_leaves_none_out() -> None:
    assert {request.operation for request in REQUESTS} == set(requests.__all__)
