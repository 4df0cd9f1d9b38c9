"""People who understand words, and people who call."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ivr.ari.events import StasisStart
from ivr.carrier.person import Person
from ivr.carrier.script import Step
from ivr.carrier.town import Town
from tests.acceptance.phone import PhoneBook
from tests.asterisk.carrier.bare_engine import BareEngine, EngineCall
from tests.asterisk_pair import AsteriskPair, Place, client_of

pytestmark = pytest.mark.asterisk


@pytest.fixture
def spoken(asterisk_pair: AsteriskPair, tmp_path: Path) -> str:
    """A sound file with its words beside it, as in the speech cache; without its ending."""
    sound = asterisk_pair.engine.installation.data_folder / "sounds" / "en" / "demo-congrats.wav"
    (tmp_path / "ab12.wav").write_bytes(sound.read_bytes())
    (tmp_path / "ab12.txt").write_text("To pay ten dollars now,\npress 1.")
    return str(tmp_path / "ab12")


async def test_a_key_follows_the_words_that_are_played(
    phone_book: PhoneBook, engine: BareEngine, spoken: str
) -> None:
    ada = phone_book.somebody().answers()
    ada.expects("hello-world").expects("dollars now, PRESS 1").presses("1")
    async with engine.dial(ada.number) as call:
        await call.answered()
        await call.play("hello-world", spoken)
        assert await call.key() == "1"
        await call.hang_up()
        seen = await ada.call_is_over()
    assert seen.pressed == ("1",)


async def test_words_that_never_come_fail_the_test_with_what_was_played(
    phone_book: PhoneBook, engine: BareEngine, spoken: str
) -> None:
    ada = phone_book.somebody().answers().expects("goodbye")
    async with engine.dial(ada.number) as call:
        await call.answered()
        await call.play("beep", spoken)
        await call.played_next()
        await call.hang_up()
        with pytest.raises(AssertionError, match=r"'goodbye' was not played; .*beep.*ten dollars"):
            await ada.call_is_over()


async def test_a_person_calls_in_and_presses_a_key(
    town: Town, inbound_app: str, asterisk_pair: AsteriskPair, place: Place
) -> None:
    caller = Person.model_validate({"number": place.number(50), "name": "Ada", "does": "busy"})
    async with client_of(asterisk_pair.engine.connection(), inbound_app) as client:
        await client.connect()
        with client.everything() as queue:
            await town.call(caller, "+18005550100", then=(Step(wait=timedelta(seconds=0.5), press="4"),))
            incoming = await queue.get()
            while not isinstance(incoming, StasisStart):
                incoming = await queue.get()
            assert incoming.args[:3] == ("inbound", "+18005550100", caller.number)
            call = EngineCall(client, incoming.channel.id, queue)
            await call.answer()
            assert await call.key() == "4"
            await call.hang_up()
            [seen] = await town.ended_calls(caller.number)
    assert seen.sip_call_id == incoming.args[3]
    assert seen.answered_at is not None
    assert (seen.pressed, seen.ended_by) == (("4",), "far_end")
