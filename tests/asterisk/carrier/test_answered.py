"""People and machines that pick up: what the engine hears of them, and they of the engine."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from ivr.ari import requests
from ivr.carrier.person import Person
from ivr.carrier.sound_match import SAME, heard_audio_matches
from ivr.carrier.town import Town
from tests.asterisk.carrier.bare_engine import BareEngine
from tests.asterisk.carrier.listening import loudest_frequency, recorded
from tests.asterisk_pair import AsteriskPair, Place

pytestmark = pytest.mark.asterisk


def person(number: str, does: object, *, records: bool = False) -> Person:
    return Person.model_validate({"number": number, "name": "Somebody", "does": does, "records": records})


def answers(*steps: object) -> object:
    return {"kind": "answers", "after": "0.1s", "then": list(steps)}


async def test_a_person_who_answers_rings_first_and_stays_silent_until_the_caller_hangs_up(
    town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(10)
    town.add(person(number, answers()))
    async with engine.dial(number) as call:
        await call.answered()
        await call.play("hello-world")
        await call.played()
        await call.hang_up()
        end = await call.ended()
    assert end.cause == 16
    assert "RINGING" in call.progress
    [seen] = await town.ended_calls(number)
    assert seen.rang_at is not None
    assert seen.answered_at is not None
    assert seen.rang_at < seen.answered_at
    assert (seen.pressed, seen.ended_by, seen.failures) == ((), "far_end", ())


async def test_a_person_who_answers_at_the_second_ring_lets_one_cycle_pass(
    town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(10)
    town.add(person(number, {"kind": "answers", "rings": 2, "then": [{"hang_up": True}]}))
    async with engine.dial(number) as call:
        await call.answered()
        await call.ended()
    [seen] = await town.ended_calls(number)
    assert seen.rang_at is not None
    assert seen.answered_at is not None
    assert seen.answered_at - seen.rang_at > timedelta(seconds=5.5)


async def test_a_person_who_never_answers_rings_until_the_caller_gives_up(
    town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(11)
    town.add(person(number, "never_answers"))
    async with engine.dial(number, patience_s=1) as call:
        await call.ended()
    assert "RINGING" in call.progress
    assert not call.was_answered
    [seen] = await town.ended_calls(number)
    assert (seen.answered_at, seen.refused, seen.ended_by) == (None, None, "far_end")


async def test_ringing_out_ends_with_480_when_the_network_gives_up(
    town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(11)
    town.add(person(number, {"kind": "never_answers", "network_gives_up_after": "0.3s"}))
    async with engine.dial(number) as call:
        end = await call.ended()
    assert (end.cause, end.tech_cause) == (19, 480)


@pytest.mark.parametrize("by", ["rfc4733", "info"])
@pytest.mark.parametrize("keys", ["1", "11", "42#"])
async def test_keys_pressed_during_the_prompt_arrive_one_by_one(
    by: str, keys: str, town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(12)
    town.add(person(number, answers({"once": "speech_starts", "wait": "0.1s", "press": keys, "by": by})))
    async with engine.dial(number) as call:
        await call.answered()
        await call.play("demo-congrats")
        assert await call.keys(len(keys)) == keys
    [seen] = await town.ended_calls(number)
    assert seen.pressed == (keys,)


async def test_keys_as_tones_in_the_audio_are_heard_by_a_trunk_that_listens_for_them(
    town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(13)
    town.add(person(number, answers({"wait": "2s", "press": "1#", "by": "inband"})))
    async with engine.dial(number) as call:
        await call.answered()
        await engine.client.send(requests.set_variable(call.id, "PJSIP_DTMF_MODE()", "inband"))
        assert await call.keys(2) == "1#"


async def test_a_key_waits_for_the_end_of_the_prompt(town: Town, engine: BareEngine, place: Place) -> None:
    number = place.number(14)
    town.add(person(number, answers({"once": "speech_stops", "wait": "0.2s", "press": "9"})))
    async with engine.dial(number) as call:
        await call.answered()
        await call.play("vm-goodbye")
        await call.played()
        assert await call.key() == "9"


async def test_each_of_two_prompts_has_an_end_of_its_own(
    town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(14)
    after_each = [{"once": "speech_stops", "press": "1"}, {"once": "speech_stops", "press": "2"}]
    town.add(person(number, answers(*after_each)))
    async with engine.dial(number) as call:
        await call.answered()
        await call.play("vm-goodbye")
        await call.played()
        assert await call.key() == "1"
        await call.play("vm-goodbye")
        await call.played()
        assert await call.key() == "2"


async def test_a_person_picks_up_and_hangs_up_at_once(town: Town, engine: BareEngine, place: Place) -> None:
    number = place.number(15)
    town.add(person(number, answers({"hang_up": True})))
    async with engine.dial(number) as call:
        end = await call.ended()
    assert call.was_answered
    assert end.cause == 16
    [seen] = await town.ended_calls(number)
    assert seen.ended_by == "person"


async def test_what_a_person_heard_is_what_was_played_and_nothing_else(
    town: Town, engine: BareEngine, place: Place, asterisk_pair: AsteriskPair
) -> None:
    number = place.number(16)
    town.add(person(number, answers(), records=True))
    async with engine.dial(number) as call:
        await call.answered()
        await call.play("hello-world")
        await call.played()
        await call.hang_up()
        await call.ended()
    heard = await town.heard(number)
    sounds = asterisk_pair.engine.installation.data_folder / "sounds" / "en"
    assert heard_audio_matches(heard, sounds / "hello-world.wav") > SAME
    assert heard_audio_matches(heard, sounds / "vm-goodbye.wav") < SAME


async def test_who_hears_nothing_matches_nothing(
    town: Town, engine: BareEngine, place: Place, asterisk_pair: AsteriskPair
) -> None:
    number = place.number(17)
    town.add(person(number, answers({"wait": "1s", "hang_up": True}), records=True))
    async with engine.dial(number) as call:
        await call.ended()
    sounds = asterisk_pair.engine.installation.data_folder / "sounds" / "en"
    assert heard_audio_matches(await town.heard(number), sounds / "hello-world.wav") < SAME


async def test_a_number_that_does_not_exist_may_be_announced_before_the_answer(
    town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(18)
    town.add(person(number, {"kind": "no_such_number", "announcement": True}))
    async with engine.dial(number) as call:
        end = await call.ended()
    assert end.tech_cause == 404
    assert "PROGRESS" in call.progress
    assert not call.was_answered


async def test_an_intercept_answers_with_the_special_information_tone(
    town: Town, engine: BareEngine, place: Place, asterisk_pair: AsteriskPair
) -> None:
    number = place.number(19)
    town.add(person(number, {"kind": "intercept", "after": "0.1s"}))
    async with engine.dial(number) as call:
        await call.answered()
        async with recorded(call, asterisk_pair) as file:
            await call.ended()
    for frequency in (913.8, 1370.6, 1776.7):
        assert loudest_frequency(file, near=frequency) == pytest.approx(frequency, abs=5)


async def test_a_fax_answers_with_2100_hz(
    town: Town, engine: BareEngine, place: Place, asterisk_pair: AsteriskPair
) -> None:
    number = place.number(20)
    town.add(person(number, {"kind": "fax", "after": "0.1s"}))
    async with engine.dial(number) as call:
        await call.answered()
        async with recorded(call, asterisk_pair) as file:
            await asyncio.sleep(2)
            await call.hang_up()
            await call.ended()
    assert loudest_frequency(file) == pytest.approx(2100, abs=5)


async def test_voicemail_greets_beeps_keeps_the_message_and_hangs_up_on_silence(
    town: Town, engine: BareEngine, place: Place, asterisk_pair: AsteriskPair
) -> None:
    number = place.number(21)
    town.add(
        person(number, {"kind": "voicemail", "after": "0.1s", "greeting": ["vm-isunavail"], "silence": "1s"})
    )
    async with engine.dial(number) as call:
        await call.answered()
        await asyncio.sleep(3.5)
        await call.play("hello-world")
        await call.ended()
    [seen] = await town.ended_calls(number)
    assert seen.message is not None
    sounds = asterisk_pair.engine.installation.data_folder / "sounds" / "en"
    assert heard_audio_matches(seen.message, sounds / "hello-world.wav") > SAME
    assert seen.ended_by == "person"


async def test_a_screener_puts_a_person_through_after_listening(
    town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(22)
    screener = {"kind": "screener", "after": "0.1s", "greeting": ["hello"], "silence": "1s"}
    town.add(person(number, screener | {"then": [{"press": "1"}]}))
    async with engine.dial(number) as call:
        await call.answered()
        assert await call.key() == "1"


async def test_a_screener_says_goodbye_when_nobody_wants_the_call(
    town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(23)
    town.add(person(number, {"kind": "screener", "after": "0.1s", "greeting": ["hello"], "silence": "1s"}))
    async with engine.dial(number) as call:
        await call.ended()
    [seen] = await town.ended_calls(number)
    assert (seen.pressed, seen.ended_by) == ((), "person")


@pytest.mark.parametrize(("keyed", "pressed"), [("100", ("5",)), ("999", ())])
async def test_an_auto_attendant_wants_the_right_extension(
    keyed: str, pressed: tuple[str, ...], town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(24)
    attendant = {"kind": "auto_attendant", "after": "0.1s", "greeting": ["hello"], "patience": "2s"}
    town.add(person(number, attendant | {"then": [{"press": "5"}, {"wait": "0.3s", "hang_up": True}]}))
    async with engine.dial(number) as call:
        await call.answered()
        await engine.client.send(requests.send_dtmf(call.id, keyed))
        await call.ended()
    [seen] = await town.ended_calls(number)
    assert seen.pressed == pressed


async def test_a_number_that_belongs_to_nobody_is_404_and_is_logged(
    town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(99)
    async with engine.dial(number) as call:
        end = await call.ended()
    assert end.tech_cause == 404
    [seen] = await town.ended_calls(number)
    assert seen.attempt_id == call.id
