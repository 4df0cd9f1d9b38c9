"""A customer agrees by key and voice to automatic payments; on the day what is due is charged, once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from ivr.carrier.sound_match import SAME, heard_audio_matches
from ivr.engine.content import Content
from ivr.engine.pay_automatically import pay_automatically
from tests.acceptance.bank import MovableClock
from tests.acceptance.conftest import Edit, OpenBank, content_in
from tests.acceptance.customers import Customers
from tests.asterisk_pair import AsteriskPair

pytestmark = pytest.mark.asterisk

SAID = "conf-onlyperson"
FLOW = """
name: payment-overdue
languages: [en]
start: hello
sorry: sorry-after-drop
goodbye: goodbye
nodes:
  hello:
    {type: verify, prompt: a-hello, yes: {key: 1, to: prove}, no: {key: 2, to: bye}, no_input: {to: bye}}
  prove:
    type: verify_factor
    questions: {birth_date: {prompt: a-born, length: 8}}
    match: offer
    locked: bye
    unavailable: bye
    no_input: {to: bye}
    no_match: {to: bye}
  offer: {type: menu, prompt: a-offer, keys: {1: voice, 2: bye}, no_input: {to: bye}}
  voice: {type: record, prompt: a-voice, variable: agreed, next: agree, failed: bye}
  agree: {type: authorise, recording: gathered.agreed, day: 15, done: agreed, failed: bye}
  agreed: {type: hangup, prompt: a-agreed}
  bye: {type: hangup, prompt: goodbye}
"""
PROMPTS = """
prompts:
  a-hello: {text: "Press 1 if it is you."}
  a-born: {text: "Your date of birth, please."}
  a-offer: {tier: verified, text: "To have what is due charged on the 15th of every month, press 1."}
  a-voice: {tier: verified, text: "Say your name and that you agree."}
  a-agreed: {tier: verified, text: "That is agreed."}
"""


@pytest.fixture
def content(edit: Edit, tmp_path: Path) -> Content:
    """A flow that offers automatic payments to who has proved to be them."""
    flows, prompts = tmp_path / "flows", edit.copy("prompts")
    flows.mkdir()
    (flows / "payment-overdue.yaml").write_text(FLOW, "utf-8")
    (prompts / "en/a.yaml").write_text(PROMPTS, "utf-8")
    return content_in(flows=flows, prompts=prompts)


async def test_what_was_agreed_to_is_kept_with_the_voice_and_charged_on_its_day_once(
    open_bank: OpenBank,
    content: Content,
    a_customer: Customers,
    asterisk_pair: AsteriskPair,
    tmp_path: Path,
) -> None:
    clock = MovableClock()
    maria = a_customer(owing="42.50", card="42", birth_date=date(1985, 7, 31))
    maria.expects("Press 1 if it is you").presses("1").expects("Your date of birth").presses("07311985#")
    maria.expects("every month").presses("1").hears_out("Say your name and that you agree").says(SAID)
    maria.presses("#").expects("That is agreed")
    async with open_bank(content=content, clock=clock) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await bank.story_after(maria)
        world, contents = bank.engine.world, bank.engine.contents
        given = await world.store.read(lambda tx: tx.authorisations.of_account(f"A-{maria.id}"))
        assert given is not None
        assert await bank.gateway.charges() == [], "to agree charges nothing"
        clock.advance(timedelta(days=(given.next_on - clock().date()).days + 1))
        for _ in range(2):
            await pay_automatically(world, contents)
        [charge] = await bank.gateway.charges()
        story = await bank.story(maria)
    assert (charge.method_id, str(charge.amount.amount)) == (given.method_id, "42.50")
    assert story.amount_due == "0.00 USD"
    voice = tmp_path / "recordings" / f"{given.recording}.wav"
    said = asterisk_pair.carrier.installation.data_folder / f"sounds/en/{SAID}.wav"
    assert heard_audio_matches(voice, said) > SAME
