"""Calls are recorded where a rule or a number says so, and no secret is in what is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ivr.calls.recording import Recording
from ivr.carrier.line import DtmfBy
from ivr.carrier.sound_match import SAME, heard_audio_matches
from ivr.engine.content import Content
from ivr.engine.keep_recordings import prune_recordings
from ivr.engine.reception import Reception
from ivr.rules.recording_terms import RecordingTerms
from ivr.store.reports import known_recordings
from tests.acceptance.bank import Bank, MovableClock
from tests.acceptance.callers import HOTLINE
from tests.acceptance.conftest import QUICK_RULES, Edit, OpenBank, content_in
from tests.acceptance.customers import Customers
from tests.acceptance.phone import PhoneBook, Somebody
from tests.asterisk_pair import AsteriskPair

pytestmark = pytest.mark.asterisk

OPENLY, SECRETLY, AFTERWARDS = "conf-onlyperson", "vm-enter-num-to-call", "conf-getpin"
"""What somebody says before, at and after a secret question."""
HELLO, ASKS, MENU = "This is Sample Bank.", "Your PIN, please.", "What else, please?"
FLOW = """
name: {name}
direction: {direction}
languages: [en]
profile: us-general
segments: {{identification: recording-notice, recording: recording-notice, voicemail: limited-message}}
start: notice
sorry: sorry-after-drop
goodbye: goodbye
nodes:
  notice: {{type: say, prompt: recording-notice, next: hello}}
  hello: {{type: menu, prompt: rec-hello, keys: {{1: secret}}, no_input: {{to: bye}}}}
  secret:
    {{type: gather, prompt: rec-asks, variable: pin, secret: true, length: 4, next: menu, no_input: {{}}}}
  menu: {{type: menu, prompt: rec-menu, keys: {{1: bye}}, no_input: {{to: bye}}}}
  bye: {{type: hangup, prompt: limited-message}}
"""
PROMPTS = f"""
prompts:
  rec-hello: {{text: {HELLO}}}
  rec-asks: {{text: "{ASKS}"}}
  rec-menu: {{text: "{MENU}"}}
"""
THIRTY_DAYS = timedelta(days=30)


@pytest.fixture
def recorded(edit: Edit, tmp_path: Path) -> Content:
    """Content whose rule has its calls recorded, with a flow that says so and asks for a PIN."""
    flows, prompts = tmp_path / "flows", edit.copy("prompts")
    flows.mkdir()
    for name, direction in (("payment-overdue", "outbound"), ("desk", "inbound")):
        (flows / f"{name}.yaml").write_text(FLOW.format(name=name, direction=direction), "utf-8")
    (prompts / "en/rec.yaml").write_text(PROMPTS, "utf-8")
    record = "retry: quick\nrecord: {keep: 30d}"
    rules = edit.replace(QUICK_RULES, "payment-overdue.yaml", "retry: quick", record)
    return content_in(flows=flows, prompts=prompts, rules=rules)


def talks(somebody: Somebody) -> None:
    """Answer all questions, with a word and a key by its tone at two of them."""
    somebody.expects("This call is recorded").hears_out(HELLO).says(OPENLY).presses("7", by=DtmfBy.INBAND)
    somebody.presses("1", by=DtmfBy.RFC4733).hears_out(ASKS).says(SECRETLY).presses("3", by=DtmfBy.INBAND)
    somebody.presses("1234", by=DtmfBy.RFC4733).hears_out(MENU).says(AFTERWARDS).hangs_up()


async def kept(bank: Bank) -> Recording:
    """Return the only recording, once it is whole."""
    [recording] = await bank.recordings()
    return recording


def key_is_heard(file: Path, low: float, high: float) -> bool:
    """Say whether the two frequencies of a key are nearly all there is for 40 ms of a recording."""
    samples, rate = soundfile.read(file, dtype="float64")
    size = rate // 25
    near = [round(hz * size / rate) + offset for hz in (low, high) for offset in (-1, 0, 1)]
    for start in range(0, samples.size - size, size // 2):
        spectrum = np.abs(np.fft.rfft(samples[start : start + size] * np.hanning(size))) ** 2
        if spectrum.sum() > 1 and spectrum[near].sum() > 0.9 * spectrum.sum():
            return True
    return False


def check_what_is_in(file: Path, sounds: Path) -> None:
    """Look for each word and key in the recording itself."""
    heard = {
        name: heard_audio_matches(file, sounds / f"{name}.wav") for name in (OPENLY, SECRETLY, AFTERWARDS)
    }
    assert heard[OPENLY] > SAME, heard
    assert heard[AFTERWARDS] > SAME, heard
    assert heard[SECRETLY] < 0.5, heard
    assert key_is_heard(file, 852, 1209), "the key before the secret question can be told by its tone"
    assert not key_is_heard(file, 697, 1477), "the one at the secret question can't"


async def test_a_call_is_kept_but_nothing_of_what_is_keyed_or_said_at_a_secret_question(
    open_bank: OpenBank,
    recorded: Content,
    a_customer: Customers,
    asterisk_pair: AsteriskPair,
    tmp_path: Path,
) -> None:
    maria, clock = a_customer(), MovableClock()
    talks(maria)
    async with open_bank(content=recorded, clock=clock) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        recording = await kept(bank)
        file = tmp_path / "recordings" / f"{recording.id}.wav"
        check_what_is_in(file, asterisk_pair.carrier.installation.data_folder / "sounds/en")
        assert recording.seconds == pytest.approx(soundfile.info(file).duration)
        assert recording.rule == "payment-overdue"
        assert recording.keep_until - recording.begun_at == THIRTY_DAYS
        assert file.stat().st_mode & 0o777 == 0o600
        assert await prune_recordings(bank.engine.world) == 0
        clock.advance(THIRTY_DAYS)
        assert await prune_recordings(bank.engine.world) == 1
    assert not file.exists()


async def test_a_call_that_comes_in_is_kept_where_its_number_says_so(
    open_bank: OpenBank, recorded: Content, inbound_app: str, phone_book: PhoneBook, tmp_path: Path
) -> None:
    desk = Reception({HOTLINE: "desk"}, "US", 600, {HOTLINE: RecordingTerms(keep=THIRTY_DAYS)})
    ada = phone_book.somebody().hears_out(HELLO).hangs_up()
    async with open_bank(content=recorded, app=inbound_app, reception=desk) as bank:
        await ada.dials(HOTLINE)
        await ada.call_is_over()
        recording = await kept(bank)
    assert recording.rule is None
    assert recording.seconds is not None
    assert soundfile.info(tmp_path / "recordings" / f"{recording.id}.wav").duration > 1


async def test_a_call_that_no_rule_has_recorded_leaves_nothing(
    bank: Bank, a_customer: Customers, tmp_path: Path
) -> None:
    maria = a_customer().expects("Hello, this is Sample Bank").hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    await bank.story_after(maria)
    assert await bank.engine.store.read(known_recordings) == []
    assert not [*(tmp_path / "recordings").iterdir()]
