from __future__ import annotations

from datetime import UTC, datetime

from ivr.ari.dispatcher import UNCLAIMED_CHANNELS, UNCLAIMED_EVENTS, Dispatcher, IncomingQueue
from ivr.ari.events import ChannelDestroyed, ChannelDtmfReceived, Dial, StasisStart
from ivr.ari.notices import Disconnected, Incoming
from ivr.ari.values import Channel, ChannelState

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def channel(identifier: str) -> Channel:
    return Channel(identifier, "PJSIP/trunk-1", ChannelState.UP, "", "", "s", "in", NOW, "")


def start(identifier: str) -> StasisStart:
    return StasisStart(NOW, channel(identifier))


def pressed(identifier: str, digit: str = "1") -> ChannelDtmfReceived:
    return ChannelDtmfReceived(NOW, channel(identifier), digit=digit, duration_ms=100)


def drained(queue: IncomingQueue) -> list[Incoming]:
    return [queue.get_nowait() for _ in range(queue.qsize())]


def test_a_subscriber_gets_the_events_of_its_channel_in_order_and_no_others() -> None:
    dispatcher = Dispatcher()
    sent = [start("a"), pressed("a", "1"), pressed("a", "2")]
    with dispatcher.events_for("a") as queue:
        for event in sent:
            dispatcher.deliver_event(event)
            dispatcher.deliver_event(pressed("b"))
        assert drained(queue) == sent


def test_two_subscribers_of_one_channel_both_get_it() -> None:
    dispatcher = Dispatcher()
    with dispatcher.events_for("a") as one, dispatcher.events_for("a") as two:
        dispatcher.deliver_event(pressed("a"))
        assert drained(one) == drained(two) == [pressed("a")]


def test_one_queue_may_be_for_several_channels_and_nothing_stays_behind() -> None:
    dispatcher = Dispatcher()
    dispatcher.deliver_event(start("b"))
    with dispatcher.events_for("a", "b") as both:
        dispatcher.deliver_event(pressed("a"))
        dispatcher.deliver_event(Dial(NOW, peer=channel("a"), status="RINGING", caller=channel("b")))
        assert drained(both)[:2] == [start("b"), pressed("a")]
        assert both.empty()
    assert not dispatcher._by_channel


def test_an_event_about_two_channels_comes_once_to_who_wants_everything() -> None:
    dispatcher = Dispatcher()
    event = Dial(NOW, peer=channel("a"), status="RINGING", caller=channel("b"))
    with dispatcher.everything() as everything, dispatcher.events_for("b") as b:
        dispatcher.deliver_event(event)
        assert drained(everything) == [event]
        assert drained(b) == [event]


def test_notices_come_to_everybody() -> None:
    dispatcher = Dispatcher()
    with dispatcher.everything() as everything, dispatcher.events_for("a") as a:
        dispatcher.deliver_notice(Disconnected("gone"))
        assert drained(everything) == drained(a) == [Disconnected("gone")]


def test_nothing_is_lost_between_an_inbound_call_and_its_subscription() -> None:
    dispatcher = Dispatcher()
    sent = [start("in"), pressed("in", "1"), pressed("in", "2")]
    for event in sent:
        dispatcher.deliver_event(event)
    with dispatcher.events_for("in") as queue:
        dispatcher.deliver_event(pressed("in", "3"))
        assert drained(queue) == [*sent, pressed("in", "3")]


def test_what_was_handed_over_is_not_handed_over_again() -> None:
    dispatcher = Dispatcher()
    dispatcher.deliver_event(start("in"))
    with dispatcher.events_for("in"):
        pass
    with dispatcher.events_for("in") as queue:
        assert drained(queue) == []


def test_events_of_a_call_that_is_over_for_its_subscriber_are_not_kept() -> None:
    dispatcher = Dispatcher()
    with dispatcher.events_for("a"):
        dispatcher.deliver_event(start("a"))
    dispatcher.deliver_event(ChannelDestroyed(NOW, channel("a"), cause=16))
    with dispatcher.events_for("a") as queue:
        assert drained(queue) == []


def test_channels_that_nobody_ever_wants_do_not_fill_the_memory() -> None:
    dispatcher = Dispatcher()
    for number in range(UNCLAIMED_CHANNELS + 1):
        dispatcher.deliver_event(start(str(number)))
    with dispatcher.events_for("0") as oldest, dispatcher.events_for("1") as next_oldest:
        assert drained(oldest) == []
        assert drained(next_oldest) == [start("1")]
    for _ in range(UNCLAIMED_EVENTS * 2):
        dispatcher.deliver_event(pressed("2"))
    with dispatcher.events_for("2") as noisy:
        assert noisy.qsize() == UNCLAIMED_EVENTS
