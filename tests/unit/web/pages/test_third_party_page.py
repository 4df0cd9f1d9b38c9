"""What somebody sees and does to whom a customer passed a matter on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.accounts.suppression import THIRD_PARTY
from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.engine.ports import Transaction
from ivr.engine.start_session import read_facts, start_session
from ivr.flows.compliance import ForwardWay
from ivr.flows.variables import look_up
from ivr.store.tables.alerts import alerts
from ivr.store.tables.attempts import attempts
from tests.unit.engine.test_forward_alert import SOMEBODY
from tests.unit.web.pages.conftest import COMMENT, Post, passed_on
from tests.unit.web.pages.reader import Shown

LINK, TEXT = (ForwardWay.LINK,), (ForwardWay.TEXT,)
ACCOUNT_WORDS = ("$", "123.45", "payment", "account", "due", "card")
ANOTHER = "(202) 555-0148"


async def reads(post: Post, url: str) -> Shown:
    return await post.reader.sends(await post.reader.opens(url), "Read the message")


@pytest.mark.parametrize("ways", [LINK, TEXT])
async def test_they_see_who_passed_it_on_and_nothing_of_the_account(
    post: Post, ways: tuple[ForwardWay, ...]
) -> None:
    url = await passed_on(post, ways)
    first = await post.reader.opens(url)
    assert "Maria Lopez asked us to pass a message on to you." in first.words
    assert "audio" not in first.links, "the voice may be private, and mail programs open links"
    read = await reads(post, url)
    assert "It is about something that we have told Maria Lopez." in read.words
    for shown in (first, read):
        assert not [word for word in ACCOUNT_WORDS if word in shown.words.lower().split()]


async def test_reading_it_is_kept_and_opening_it_is_not(post: Post) -> None:
    url = await passed_on(post, LINK)
    await post.reader.opens(url)
    assert await post.outcomes() == []
    await reads(post, url)
    [told] = await post.outcomes()
    assert (told["disposition"], told["medium"]) == ("right_party_contact", "web")
    assert told["forwarded_from"] is not None
    assert "Read the message" in [form.button for form in (await post.reader.opens(url)).forms]


async def test_the_customers_voice_is_played_to_who_has_read_it(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / f"{COMMENT}.wav"
    file.write_bytes(b"RIFF....WAVE")
    monkeypatch.setattr(type(post.engine.recordings), "file", lambda _self, _name: file)
    url = await passed_on(post, LINK)
    read = await reads(post, url)
    heard = await post.reader.opens(read.links["audio"])
    assert (heard.status, heard.headers["Content-Type"]) == (200, "audio/wav")
    assert heard.headers["Cache-Control"] == "no-store"
    for guessed in (f"{url}/comment", f"{url}/comment?page=forged"):
        assert (await post.reader.opens(guessed)).status == 404
    file.unlink()
    assert (await post.reader.opens(read.links["audio"])).status == 404


async def test_the_customer_is_told_that_it_was_heard(post: Post) -> None:
    url = await passed_on(post, LINK, told="forward-told")
    await reads(post, url)
    [telling] = await post.engine.attempts(AttemptState.READY)
    alert = await post.engine.store.read(lambda tx: tx.alerts.get(telling.alert_id))
    assert alert.tells_of is not None

    async def outcome() -> object:
        (facts,) = await post.engine.store.read(
            lambda tx: tx.attempts.eligibility([telling.id], post.engine.clock())
        )
        new = await start_session(post.engine.world, post.engine.contents, facts)
        return look_up(new.session.variables, "forward.outcome")

    assert await outcome() == "heard"
    post.engine.clock.advance(seconds=5)
    await post.reader.sends(await post.reader.opens(url), "Never again")
    assert await outcome() == "declined"


async def test_never_again_silences_the_number_that_was_written_to(post: Post) -> None:
    shown = await post.reader.opens(await passed_on(post, TEXT))
    assert "You will not hear from us again." in (await post.reader.sends(shown, "Never again")).words
    said = await post.engine.store.read(lambda tx: tx.customers.suppressions(None, SOMEBODY))
    assert [(each.address, each.topic, each.source) for each in said] == [(SOMEBODY, None, THIRD_PARTY)]
    assert await post.engine.store.read(lambda tx: tx.customers.suppressions("c1", "")) == []


async def test_never_again_on_a_link_that_the_customer_gave_away_silences_no_customer(post: Post) -> None:
    shown = await post.reader.opens(await passed_on(post, LINK))
    await post.reader.sends(shown, "Never again")
    everybody = await post.engine.store.read(
        lambda tx: [*tx.customers.suppressions("c1", "maria@example.com")]
    )
    assert everybody == []


@pytest.mark.parametrize("ways", [LINK, TEXT])
async def test_who_wants_a_call_is_called_by_the_rules_way_for_third_parties(
    post: Post, ways: tuple[ForwardWay, ...]
) -> None:
    read = await reads(post, await passed_on(post, ways))
    refused = await post.reader.sends(read, "Call me", number="911")
    assert (refused.status, "We cannot call that number." in refused.words) == (422, True)
    shown = await post.reader.sends(refused, "Call me", number=ANOTHER)
    assert "We will call that number." in shown.words
    await post.reader.sends(refused, "Call me", number=ANOTHER)
    [attempt] = await post.engine.attempts(AttemptState.READY)
    assert attempt.address == "+12025550148"
    (facts,) = await post.engine.store.read(
        lambda tx: tx.attempts.eligibility([attempt.id], post.engine.clock())
    )
    new = await start_session(post.engine.world, post.engine.contents, facts)
    assert new.session.flow.name == "forwarded"
    assert look_up(new.session.variables, "account") is None


async def test_nobody_is_called_who_said_never_again(post: Post) -> None:
    read = await reads(post, await passed_on(post, TEXT))
    await post.reader.sends(read, "Never again")
    refused = await post.reader.sends(read, "Call me", number=SOMEBODY)
    assert refused.status == 422
    assert await post.engine.attempts(AttemptState.READY) == []


async def test_only_who_has_read_it_can_ask_for_a_call(post: Post) -> None:
    url = await passed_on(post, LINK)
    first = await post.reader.opens(url)
    fields = {**first.form("Read the message").fields, "do": "call_me", "number": ANOTHER}
    assert "Please begin again" in (await post.reader.posts(url, fields)).words

    def called(tx: Transaction) -> int:
        return len(tx.attempts.in_states([AttemptState.READY]))

    assert await post.engine.store.read(called) == 0


NEVER_RUNG = "(202) 555-0149"


async def asks_for_a_call(post: Post, url: str, number: str = ANOTHER) -> Shown:
    return await post.reader.sends(await reads(post, url), "Call me", number=number)


async def waiting(post: Post) -> list[tuple[str, int]]:
    ready = await post.engine.attempts(AttemptState.READY)
    return [(each.address, each.cycle) for each in ready]


async def now_is(post: Post, attempt: Attempt, state: AttemptState) -> None:
    """Bring the attempt that waits this far."""
    epoch, now = post.engine.world.owner.epoch, post.engine.clock()
    moved = {"state": state, "owner": "engine", "epoch": epoch, "placing_at": now, "result": "answered"}
    closed = {"closed_at": now} if state is AttemptState.CLOSED else {}
    other = sa.update(attempts).where(attempts.c.state == AttemptState.PLACING)
    change = sa.update(attempts).where(attempts.c.id == attempt.id).values(**moved, **closed)
    await post.engine.store.write(
        lambda tx: [
            tx.connection.execute(other.values(state=AttemptState.CLOSED, closed_at=now)),
            tx.connection.execute(change),
        ]
    )


async def test_a_number_that_was_mistyped_can_be_corrected_until_it_rings(post: Post) -> None:
    url = await passed_on(post, LINK)
    await asks_for_a_call(post, url, NEVER_RUNG)
    assert "We will call that number." in (await asks_for_a_call(post, url)).words
    assert await waiting(post) == [("+12025550148", 2)]
    [attempt] = await post.engine.attempts(AttemptState.READY)
    assert (await read_facts(post.engine.world, attempt.id)).attempt.address == "+12025550148"


async def test_one_link_rings_one_number_and_no_more(post: Post) -> None:
    url = await passed_on(post, LINK)
    await asks_for_a_call(post, url)
    [attempt] = await post.engine.attempts(AttemptState.READY)
    await now_is(post, attempt, AttemptState.CLOSED)
    settled = AlertState.SETTLED
    await post.engine.store.write(
        lambda tx: tx.alerts.end(attempt.alert_id, settled, "confirmed", post.engine.clock())
    )
    refused = await asks_for_a_call(post, url, NEVER_RUNG)
    assert (refused.status, await waiting(post)) == (422, [])
    assert (await asks_for_a_call(post, url)).status == 200
    assert await waiting(post) == [("+12025550148", 3)]


async def test_the_customer_s_own_number_is_not_called_by_whom_they_gave_a_link(post: Post) -> None:
    refused = await asks_for_a_call(post, await passed_on(post, LINK), "+12025550001")
    assert (refused.status, await waiting(post)) == (422, [])


async def test_reading_it_once_more_leaves_the_call_that_was_asked_for(post: Post) -> None:
    url = await passed_on(post, LINK)
    await asks_for_a_call(post, url)
    await reads(post, url)
    assert await waiting(post) == [("+12025550148", 2)]


@pytest.mark.parametrize("state", [AttemptState.CLAIMED, AttemptState.PLACING, AttemptState.IN_PROGRESS])
async def test_who_asks_for_a_call_that_is_under_way_is_told_so(post: Post, state: AttemptState) -> None:
    url = await passed_on(post, LINK)
    await asks_for_a_call(post, url)
    [attempt] = await post.engine.attempts(AttemptState.READY)
    await now_is(post, attempt, state)
    assert "We are calling that number this moment." in (await asks_for_a_call(post, url)).words
    assert (await asks_for_a_call(post, url, NEVER_RUNG)).status == 422
    assert await waiting(post) == []


@pytest.mark.parametrize("is_ended", [True, False])
async def test_a_call_that_is_promised_has_the_time_that_it_takes(post: Post, is_ended: bool) -> None:
    url = await passed_on(post, LINK)
    now = post.engine.clock()
    passed = sa.update(alerts).where(alerts.c.forwarded_from.is_not(None))
    ended = {"state": AlertState.EXPIRED, "ended_at": now} if is_ended else {}
    change = passed.values(expires_at=now + timedelta(minutes=1), **ended)
    await post.engine.store.write(lambda tx: tx.connection.execute(change))
    post.engine.clock.advance(hours=1)
    assert (await asks_for_a_call(post, url)).status == 200
    [attempt] = await post.engine.attempts(AttemptState.READY)
    facts = await read_facts(post.engine.world, attempt.id)
    assert facts.alert.expires_at == post.engine.clock() + timedelta(days=14)


@pytest.mark.parametrize("ways", [LINK, TEXT])
async def test_never_again_after_call_me_silences_the_number_that_was_given(
    post: Post, ways: tuple[ForwardWay, ...]
) -> None:
    url = await passed_on(post, ways)
    await asks_for_a_call(post, url)
    await post.reader.sends(await post.reader.opens(url), "Never again")
    assert await waiting(post) == []
    said = await post.engine.store.read(lambda tx: tx.customers.suppressions_at("+12025550148"))
    assert [(each.customer_id, each.address, each.source) for each in said] == [
        (None, "+12025550148", THIRD_PARTY)
    ]
    written = await post.engine.store.read(lambda tx: tx.customers.suppressions_at(SOMEBODY))
    assert bool(written) == (ways == TEXT), "where our text was read nothing comes again either"
