"""An agent reads the story of a call before the first hello, and says what it came to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from aiohttp import ClientSession

from ivr.app.web import WebAccess, read_clients, serving_api
from ivr.ari.request import Request, nothing
from ivr.attempts.attempt import AttemptState
from ivr.engine.reception import Reception
from ivr.settings import ApiClientSettings, Settings, WebSettings
from ivr.switch import process
from ivr.web.access import Role
from tests.acceptance.callers import closed_calls
from tests.acceptance.conftest import EASTERN, Edit, OpenBank, content_in
from tests.acceptance.customers import Customers, with_another_matter
from tests.acceptance.phone import SOON, PhoneBook, Somebody
from tests.acceptance.test_answers import confirms_the_name
from tests.acceptance.test_holds import holds_of
from tests.acceptance.test_inbound import DESK, GREETING, MENU
from tests.asterisk_pair import STUDIO_CODE, AsteriskPair, Place, client_of

pytestmark = pytest.mark.asterisk

BEARER = "5d0c3f0f5a4e5b1c9f0e6a7b8c9d0e1f"
RINGS = timedelta(seconds=6)
"""How long the agent lets the telephone ring: until then the customer is in the queue."""
FREE = Request("set_device_state", "PUT", "/deviceStates/Stasis:desk", nothing, {"deviceState": "NOT_INUSE"})


def settings_in(folder: Path) -> Settings:
    """Return settings with one client of the API."""
    token = folder / "crm.token"
    token.touch(mode=0o600)
    token.write_text(BEARER, "utf-8")
    client = ApiClientSettings(name="crm", token_file=token, roles=(Role.AGENT,))
    return Settings(web=WebSettings(enabled=True, port=0), api_clients=(client,))


@pytest.fixture
async def agent(
    asterisk_pair: AsteriskPair, place: Place, phone_book: PhoneBook, agent_queue: str
) -> AsyncIterator[Somebody]:
    """The only agent of the queue, who picks up after a while and is soon done."""
    ben = phone_book.somebody().answers(after=RINGS).hangs_up()
    member = f"PJSIP/{ben.number}@carrier"
    async with client_of(asterisk_pair.engine.connection(), place.engine_app) as client:
        await client.connect()
        await client.send(FREE)
    added = f"queue add member {member} to {agent_queue} penalty 0 as Ben state_interface Stasis:desk"
    process.cli(asterisk_pair.engine, added)
    yield ben
    process.cli(asterisk_pair.engine, f"queue remove member {member} from {agent_queue}")


async def test_the_story_is_read_in_the_queue_and_after_a_death_nobody_is_called_again(
    open_bank: OpenBank,
    a_customer: Customers,
    agent: Somebody,
    agent_queue: str,
    edit: Edit,
    tmp_path: Path,
) -> None:
    flows = edit.replace("dialplans/flows", "agent.yaml", "queue: collections", f"queue: {agent_queue}")
    maria = confirms_the_name(a_customer(numbers=2)).presses("3").expects("Please hold while we connect you")
    async with open_bank(content=content_in(flows=flows)) as bank:
        engine = bank.engine
        settings = settings_in(tmp_path)
        access = WebAccess(read_clients(settings), None)
        api = serving_api(settings, access, engine.world, engine.contents, engine.store)
        async with api as url, ClientSession(headers={"Authorization": f"Bearer {BEARER}"}) as crm:
            await bank.calls(maria)
            await agent.is_called()
            [attempt] = (await bank.story(maria)).attempts
            desk = f"{url}/api/v1/calls/{attempt.id}"

            async with crm.get(f"{desk}/story") as answer:
                story = await answer.json()
            assert (story["customer"]["name"], story["language"]) == ("Maria Lopez", "en")
            assert story["ended_at"] is None
            assert story["verification"]["tier"] == "confirmed"
            assert any("Hello, this is Sample Bank" in line["text"] for line in story["heard"])
            assert story["alert"]["topic"] == "payments"
            assert story["accounts"][0]["amount_due"] == {"minor": 4250, "currency": "USD"}

            said = {"disposition": "deceased", "agent": "ben"}
            key = {"Idempotency-Key": "wrap-up-1"}
            async with crm.post(f"{desk}/disposition", json=said, headers=key) as answer:
                assert answer.status == 200, await answer.text()
            [hold] = await holds_of(bank, maria)
            assert (hold.kind, hold.account_id, hold.source) == ("deceased", None, "ben")

            await maria.call_is_over()
            ended = await bank.story_after(maria)
            assert ended.alerts == (("settled", "deceased"),)
            await bank.calls(with_another_matter(maria))
            at_rest = await bank.story(maria)
            assert [each.state for each in at_rest.attempts] == [AttemptState.CLOSED]
            async with crm.get(f"{desk}/story") as answer:
                afterwards = await answer.json()
    assert len(maria.calls()) == 1
    assert maria.others[0].calls() == ()
    assert [each["disposition"] for each in afterwards["dispositions"]] == ["deceased"]
    assert afterwards["ended_at"] is not None


async def test_of_an_unknown_caller_there_is_a_story_under_an_id_that_nobody_guesses(
    open_bank: OpenBank, phone_book: PhoneBook, inbound_app: str, tmp_path: Path
) -> None:
    ada = phone_book.somebody().expects(GREETING).expects(MENU).hangs_up()
    async with open_bank(app=inbound_app, reception=DESK) as bank:
        engine = bank.engine
        settings = settings_in(tmp_path)
        access = WebAccess(read_clients(settings), None)
        api = serving_api(settings, access, engine.world, engine.contents, engine.store)
        async with api as url, ClientSession(headers={"Authorization": f"Bearer {BEARER}"}) as crm:
            await ada.dials("+18005550100")
            await ada.call_is_over()
            [row] = await closed_calls(bank)
            async with crm.get(f"{url}/api/v1/calls/{row.story_id}/story") as answer:
                story = await answer.json()
            async with crm.get(f"{url}/api/v1/calls/{row.id}/story") as guessed:
                assert guessed.status == 404
    assert (story["customer"], story["number"], story["direction"]) == (None, ada.number, "inbound")
    assert any(GREETING in line["text"] for line in story["heard"])


async def test_an_agent_says_by_keypad_that_a_customer_has_died(
    open_bank: OpenBank,
    a_customer: Customers,
    agent: Somebody,
    agent_queue: str,
    inbound_app: str,
    edit: Edit,
) -> None:
    flows = edit.replace("dialplans/flows", "agent.yaml", "queue: collections", f"queue: {agent_queue}")
    maria = confirms_the_name(a_customer(numbers=2)).presses("3").expects("Please hold while we connect you")
    desk = Reception({STUDIO_CODE: "wrap-up"}, "US", 600)
    agent.next_time().answers(after=SOON).hangs_up()
    async with open_bank(app=inbound_app, content=content_in(flows=flows), reception=desk) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        ended = await bank.story_after(maria)
        assert ended.alerts == (("settled", "transferred"),)
        agent.from_now_on().expects("How did your last call end").presses("7").expects("calls stop now")
        await agent.dials(STUDIO_CODE)
        await agent.call_is_over(2)
        [hold] = await holds_of(bank, maria)
        assert (hold.kind, hold.account_id, hold.source) == ("deceased", None, agent.number)
        await bank.calls(with_another_matter(maria))
        assert [each.state for each in (await bank.story(maria)).attempts] == [AttemptState.CLOSED]
    assert len(maria.calls()) == 1
    assert maria.others[0].calls() == ()


@pytest.mark.full
async def test_an_agent_keys_in_what_a_customer_promised(
    open_bank: OpenBank,
    a_customer: Customers,
    agent: Somebody,
    agent_queue: str,
    inbound_app: str,
    edit: Edit,
) -> None:
    flows = edit.replace("dialplans/flows", "agent.yaml", "queue: collections", f"queue: {agent_queue}")
    maria = confirms_the_name(a_customer()).presses("3").expects("Please hold while we connect you")
    agent.next_time().answers(after=SOON).hangs_up()
    desk, day = Reception({STUDIO_CODE: "wrap-up"}, "US", 600), datetime.now(EASTERN) + timedelta(days=3)
    async with open_bank(app=inbound_app, content=content_in(flows=flows), reception=desk) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await bank.story_after(maria)
        agent.from_now_on().expects("How did your last call end").presses("0")
        agent.expects("The customer promised to pay").presses("1").expects("Key in the amount").presses("20#")
        agent.expects("You keyed two zero").presses("1").expects("Key in the day").presses(f"{day:%m%d}")
        agent.expects("You said").presses("1").expects("It has been noted")
        await agent.dials(STUDIO_CODE)
        await agent.call_is_over(2)
        account = await bank.engine.store.read(lambda tx: tx.customers.account(f"A-{maria.id}"))
    assert account is not None
    assert account.promise is not None
    assert (account.promise.amount.amount, account.promise.due_on) == (Decimal("20.00"), day.date())
