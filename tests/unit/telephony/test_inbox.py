import asyncio

from ivr.flows.events import HungUp, Pressed, SpeechEnded, TimedOut
from ivr.telephony.inbox import Inbox


async def test_what_came_before_anybody_waited_comes_in_order_and_then_the_end_for_ever() -> None:
    inbox = Inbox()
    inbox.put(Pressed("1"))
    inbox.put(SpeechEnded(1))
    inbox.close()

    assert [await inbox.next(None) for _ in range(4)] == [Pressed("1"), SpeechEnded(1), HungUp(), HungUp()]


async def test_waiting_ends_with_a_time_out_or_with_an_event() -> None:
    inbox = Inbox()

    assert await inbox.next(0) == TimedOut()
    waiting = asyncio.create_task(inbox.next(None))
    await asyncio.sleep(0)
    inbox.put(Pressed("2"))
    assert await waiting == Pressed("2")


async def test_whoever_stops_waiting_takes_no_key_along() -> None:
    inbox = Inbox()
    waiting = asyncio.create_task(inbox.next(None))
    await asyncio.sleep(0)
    inbox.put(Pressed("3"))
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)

    assert await inbox.next(0) == Pressed("3")


async def test_a_speech_that_was_cut_is_forgotten_and_keys_are_not() -> None:
    inbox = Inbox()
    for event in (SpeechEnded(1), Pressed("1"), SpeechEnded(2)):
        inbox.put(event)
    inbox.forget_speech(1)

    assert [await inbox.next(0), await inbox.next(0), await inbox.next(0)] == [
        Pressed("1"),
        SpeechEnded(2),
        TimedOut(),
    ]
