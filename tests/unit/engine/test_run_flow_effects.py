"""A flow is led to its end whatever it asks for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from structlog.testing import capture_logs

from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.engine.pin_hash import is_pin
from ivr.engine.record_voice import recording_name
from ivr.engine.run_flow import Talk, run_flow, saved_talk
from ivr.engine.telephony import AgentTook, SpeechBroke
from ivr.errors import FencedError
from ivr.flows.effects import RecordVoice
from ivr.flows.events import EffectDone, FlowEvent, SpeechEnded
from ivr.flows.session import Session
from ivr.flows.state import dump_state, load_state
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, ScriptedCall, keys, report
from tests.unit.flows.rehearsal import MARIA, TinyCatalogue, flow_of, for_anyone

ANYONE = ContentTier.ANYONE
Happening = FlowEvent | SpeechBroke | AgentTook | str
IN_TWO_QUEUES = """
first: {type: transfer, queue: first, done: second, no_agent: sorry, failed: sorry}
second: {type: transfer, queue: second, done: done, no_agent: sorry, failed: sorry}
done: {type: hangup, prompt: done}
sorry: {type: hangup, prompt: sorry}
"""

NODES = """
link: {type: send_sms, message: link, sent: sent, failed: failed}
sent: {type: hangup, prompt: sent}
failed: {type: hangup, prompt: failed}
"""
HOURS = """
hours: {type: check_hours, hours: us-standard, open: open, closed: closed}
open: {type: hangup, prompt: open}
closed: {type: hangup, prompt: closed}
"""
PROOF = """
prove:
  type: verify_factor
  questions: {birth_date: {prompt: birth, length: 8}}
  match: pin
  locked: locked
  unavailable: locked
  no_match: {prompt: wrong, to: locked}
pin: {type: set_pin, prompt: new, again: again, length: 4, done: done, failed: locked}
locked: {type: hangup, prompt: locked}
done: {type: hangup, prompt: done}
"""
ORDER = """
ask:
  type: webhook
  endpoint: orders
  send: {account: "{{ account.id }}"}
  keep: {status: order.status}
  answered: told
  failed: failed
told: {type: hangup, prompt: told}
failed: {type: hangup, prompt: failed}
"""


async def test_a_message_that_nobody_delivers_fails_loudly_and_the_call_goes_on(engine: Engine) -> None:
    facts = await engine.placed()
    catalogue = for_anyone("sent", "failed")
    session = Session(flow_of(NODES, catalogue), catalogue, MARIA, "en")
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    call, talk = ScriptedCall(facts.attempt.id, end, [HEARD]), Talk()
    with capture_logs() as logs:
        await run_flow(engine.host(call, facts), session, talk, engine.clock())
    assert call.hung_up
    assert [step.node for step in talk.steps if step.kind == "said"] == ["failed"]
    assert ("error", "a message can't be sent") in [(line["log_level"], line["event"]) for line in logs]


async def test_what_was_heard_before_an_agent_was_asked_for_is_written_then_and_once(engine: Engine) -> None:
    nodes = """
    hello: {type: say, prompt: hello, next: agent}
    agent: {type: transfer, queue: desk, done: done, no_agent: sorry, failed: sorry}
    done: {type: hangup, prompt: done}
    sorry: {type: hangup, prompt: sorry}
    """
    facts = await engine.placed()
    call_id = facts.attempt.id
    catalogue = for_anyone("hello", "done", "sorry")
    session = Session(flow_of(nodes, catalogue), catalogue, MARIA, "en")
    call = ScriptedCall(call_id, report(call_id, engine.clock(), CallResult.ANSWERED), [HEARD])
    talk = Talk()
    await run_flow(engine.host(call, facts), session, talk, engine.clock())
    assert call.said == ["hello", "transfer to desk"]
    assert talk.written == await engine.store.read(lambda tx: tx.calls.step_count(call_id)) > 0
    assert "said" not in [step.kind for step in talk.steps]

    # The engine is killed in the queue: the next one goes on behind what is written.
    picked_up = await saved_talk(engine.world, call_id, session)
    again = ScriptedCall(call_id, report(call_id, engine.clock(), CallResult.ANSWERED), [HEARD, HEARD])
    await run_flow(engine.host(again, facts), session, picked_up, engine.clock())
    rest = tuple(picked_up.steps)
    await engine.store.write(lambda tx: tx.calls.add_steps(call_id, rest))
    assert await engine.store.read(lambda tx: tx.calls.step_count(call_id)) == picked_up.written + len(rest)


async def test_a_flow_learns_whether_we_are_open(engine: Engine) -> None:
    facts = await engine.placed()
    catalogue = for_anyone("open", "closed")
    session = Session(flow_of(HOURS, catalogue), catalogue, MARIA, "en")
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    talk = Talk()
    call = ScriptedCall(facts.attempt.id, end, [HEARD])
    await run_flow(engine.host(call, facts), session, talk, engine.clock())
    assert call.said == ["open"], "it is ten in the morning in New York"


async def test_secrets_reach_what_compares_and_keeps_them_and_nothing_else(engine: Engine) -> None:
    facts = await engine.placed()
    maria = replace(record(1), customer=replace(record(1).customer, birth_date=date(1985, 7, 31)))
    await engine.store.write(lambda tx: tx.customers.put(maria))
    catalogue = for_anyone("birth", "wrong", "new", "again", "locked", "done")
    session = Session(flow_of(PROOF, catalogue), catalogue, MARIA, "en")
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    events = [HEARD, *keys("01011999"), HEARD, *keys("07311985"), HEARD, *keys("8264"), HEARD, *keys("8264")]
    call, talk = ScriptedCall(facts.attempt.id, end, [*events, HEARD]), Talk()
    with capture_logs() as logs:
        await run_flow(engine.host(call, facts), session, talk, engine.clock())
    assert call.said == ["birth", "wrong", "birth", "new", "again", "done"]
    pin_hash = await engine.store.read(lambda tx: tx.factors.pin_hash("c1"))
    assert pin_hash is not None
    assert await is_pin(pin_hash, "8264")
    checkpoint = await engine.store.read(lambda tx: tx.calls.checkpoint(facts.attempt.id))
    written = f"{talk} {logs} {checkpoint}"
    assert not [secret for secret in ("01011999", "07311985", "8264") if secret in written]


async def test_a_flow_speaks_of_what_another_program_answered(engine: Engine) -> None:
    facts = await engine.placed()
    anyone = dict.fromkeys(("who", "failed", "sorry", "bye"), ANYONE)
    catalogue = TinyCatalogue({**anyone, "told": ContentTier.CONFIRMED}, {"told": "own.status"})
    verified = (
        "who: {type: verify, prompt: who, yes: {key: 1, to: ask}, no: {key: 2, to: failed}}\n" + ORDER[1:]
    )
    session = Session(flow_of(verified, catalogue), catalogue, MARIA, "en")
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    call = ScriptedCall(facts.attempt.id, end, [HEARD, *keys("1"), HEARD])
    engine.webhooks.answers = [{"order": {"status": "sent"}}]
    await run_flow(engine.host(call, facts), session, Talk(), engine.clock())
    assert call.said == ["who", "told sent"]
    assert [(name, send) for name, send, _ in engine.webhooks.asked] == [("orders", {"account": "a1"})]


async def test_a_later_engine_asks_again_under_the_same_key(engine: Engine) -> None:
    facts = await engine.placed()
    catalogue = for_anyone("told", "failed")
    session = Session(flow_of(ORDER, catalogue), catalogue, MARIA, "en")
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    call = ScriptedCall(facts.attempt.id, end, [HEARD, HEARD])
    engine.webhooks.answers = [{}, {"order": {"status": "sent"}}]
    await run_flow(engine.host(call, facts), session, Talk(), engine.clock())
    asked_for = load_state(dump_state(session.start().state))
    await run_flow(engine.host(call, facts), session, Talk(asked_for), engine.clock())
    assert call.said == ["failed", "sorry", "told"]
    first, again = (key for _, _, key in engine.webhooks.asked)
    assert first == again


RECORD = """
record: {type: record, prompt: speak, variable: remark, review: {prompt: judge}, next: done, failed: failed}
done: {type: hangup, prompt: done}
failed: {type: hangup, prompt: failed}
"""
SPOKEN = for_anyone("speak", "judge", "done", "failed")


async def led(engine: Engine, talk: Talk, *events: FlowEvent | str) -> ScriptedCall:
    """Lead a call through the flow that records."""
    facts = await engine.placed()
    session = Session(flow_of(RECORD, SPOKEN), SPOKEN, MARIA, "en")
    call_id = facts.attempt.id
    call = ScriptedCall(call_id, report(call_id, engine.clock(), CallResult.ANSWERED), list(events))
    await run_flow(engine.host(call, facts), session, talk, engine.clock())
    return call


async def test_what_was_recorded_is_heard_back(engine: Engine) -> None:
    engine.recordings.seconds, talk = [4.0], Talk()
    call = await led(engine, talk, HEARD, HEARD, *keys("3"), HEARD, *keys("1"), HEARD)
    name = recording_name(call.call_id, RecordVoice(2, 60, 3, beep=True, end_key="#"))
    assert call.said == ["speak", "judge", f"recording {name}", "judge", "done"]
    assert {"recording": name} in [step.detail for step in talk.steps if step.kind == "replayed"]


async def test_after_a_crash_in_a_recording_it_is_thrown_away_and_asked_for_again(engine: Engine) -> None:
    session = Session(flow_of(RECORD, SPOKEN), SPOKEN, MARIA, "en")
    recording = session.resume(session.start().state, SpeechEnded(1)).state
    assert isinstance(recording.effect, RecordVoice)
    engine.recordings.seconds = [4.0]
    call = await led(engine, Talk(recording), HEARD, HEARD, HEARD, *keys("1"), HEARD)
    assert call.discarded == [recording_name(call.call_id, recording.effect)]
    assert call.said == ["sorry", "speak", "judge", "done"]


class LeftCall(ScriptedCall):
    """A call whose engine is gone after the events; the call itself goes on."""

    async def next_event(self, within: float | None) -> FlowEvent | SpeechBroke | AgentTook:
        if not self.events:
            raise FencedError("it is another engine's")
        return await super().next_event(within)


class Handed:
    """A call that is handed to one queue, and then to another, by one engine after the other."""

    def __init__(self, engine: Engine, facts: EligibilityFacts) -> None:
        self._engine, self._facts = engine, facts
        catalogue = for_anyone("done", "sorry")
        self.session = Session(flow_of(IN_TWO_QUEUES, catalogue), catalogue, MARIA, "en")
        self.talk = Talk()
        """As the last engine had it."""

    async def follows(self, call: ScriptedCall) -> ScriptedCall:
        """Let an engine follow the call; what it knows at first is what is written."""
        self.talk = await saved_talk(self._engine.world, call.call_id, self.session)
        host = self._engine.host(call, self._facts)
        with suppress(FencedError):
            await run_flow(host, self.session, self.talk, self._engine.clock())
        return call

    async def left_after(self, *events: Happening, is_elsewhere: bool = False) -> ScriptedCall:
        """Let an engine follow the call until the engine is killed."""
        return await self.follows(LeftCall(*self._call, list(events), is_elsewhere=is_elsewhere))

    async def ended_after(self, *events: Happening) -> ScriptedCall:
        """Let an engine follow the call until the caller hangs up."""
        return await self.follows(ScriptedCall(*self._call, list(events)))

    @property
    def _call(self) -> tuple[str, CallReport]:
        call_id = self._facts.attempt.id
        return call_id, report(call_id, self._engine.clock(), CallResult.ANSWERED)

    @property
    def meant(self) -> list[Response]:
        return [response for response, _ in self.talk.responses]


@pytest.fixture
async def handed(engine: Engine) -> Handed:
    return Handed(engine, await engine.placed())


async def test_who_takes_the_call_is_written_at_once_and_known_to_the_next_engine(
    engine: Engine, handed: Handed
) -> None:
    first = await handed.left_after(AgentTook("amy", engine.clock()))
    last = await engine.store.read(lambda tx: tx.calls.last_taken_by("amy", engine.clock()))
    assert last is not None
    assert last.id == first.call_id
    assert (await handed.left_after(HEARD, is_elsewhere=True)).takers == ["amy"]


async def test_a_second_transfer_of_a_call_is_judged_by_who_took_that_one(
    engine: Engine, handed: Handed
) -> None:
    amy, bob = AgentTook("amy", engine.clock()), AgentTook("bob", engine.clock())
    first = await handed.left_after(amy, EffectDone(1, "done"))
    assert first.said == ["transfer to first", "transfer to second"]
    waiting = await handed.left_after(HEARD, bob, is_elsewhere=True)
    assert waiting.takers == [], "amy took it from the first queue"
    assert (await handed.left_after(HEARD, is_elsewhere=True)).takers == ["bob"]
    back = await handed.ended_after(HEARD, HEARD)
    assert back.said == ["sorry", "done"], "they have talked: not once more"


@pytest.mark.parametrize("is_elsewhere", [True, False])
async def test_the_engine_may_drop_as_often_as_it_likes_while_somebody_else_has_the_call(
    handed: Handed, is_elsewhere: bool
) -> None:
    await handed.left_after()
    for _ in range(handed.session.flow.limits.pick_ups + 1):
        call = await handed.left_after(HEARD, is_elsewhere=is_elsewhere)
    assert call.hung_up != is_elsewhere, "only where the caller hears of each drop is it too often"


@pytest.mark.parametrize(("took", "meant"), [(True, Response.TRANSFERRED), (False, Response.HUNG_UP)])
async def test_who_hangs_up_on_a_talk_before_the_next_engine_has_asked_for_it_was_served(
    engine: Engine, handed: Handed, took: bool, meant: Response
) -> None:
    await handed.left_after(*([AgentTook("amy", engine.clock())] if took else []))
    await handed.ended_after()
    assert handed.meant == [meant]
