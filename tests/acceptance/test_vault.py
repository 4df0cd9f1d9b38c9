"""A vault outside takes the card: we record and keep nothing of it but a token, and charge that once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from ivr.carrier.log_entry import What
from ivr.carrier.sound_match import SAME, heard_audio_matches
from ivr.carrier.town_log import TownLog
from ivr.engine.content import Content
from ivr.engine.telephony import Vault
from ivr.switch.configuration import carrier_trunk
from ivr.switch.trunk import dial_string
from ivr.webhooks.http_webhooks import Endpoint
from tests.acceptance.bank import Bank
from tests.acceptance.conftest import QUICK_RULES, Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.phone import PhoneBook, Somebody
from tests.acceptance.test_nothing_leaks import books_in, log_files
from tests.asterisk_pair import AsteriskPair
from tests.http_server import answering

pytestmark = pytest.mark.asterisk

CARD, ASKS = "5555555555554444", "vm-enter-num-to-call"
MENU, CONNECTING, TAKEN, PAID = (
    "What would you like?",
    "Please wait a moment.",
    "Your card is",
    "That is paid.",
)
FLOW = """
name: payment-overdue
languages: [en]
start: hello
sorry: sorry-after-drop
goodbye: goodbye
nodes:
  hello:
    {type: verify, prompt: v-hello, yes: {key: 1, to: menu}, no: {key: 2, to: bye}, no_input: {to: bye}}
  menu: {type: menu, prompt: v-menu, keys: {1: vault, 5: bye}, no_input: {to: bye}}
  vault:
    type: vault
    prompt: v-connecting
    keep: true
    taken: pay
    no_card: menu
    unavailable: menu
    failed: menu
  pay:
    type: pay
    method: own.card
    summary: v-summary
    prompt: v-confirm
    success: paid
    declined: menu
    provider_error: bye
    unavailable: menu
    no_input: {to: bye}
  paid: {type: hangup, prompt: v-paid}
  bye: {type: hangup, prompt: goodbye}
"""
PROMPTS = f"""
prompts:
  v-hello: {{text: "Press 1 if it is you."}}
  v-menu: {{text: "{MENU}"}}
  v-connecting: {{text: "{CONNECTING}"}}
  v-summary: {{tier: confirmed, text: "Your card is the one ending in {{{{ own.card.ending | digits }}}}."}}
  v-confirm: {{text: "To pay, press 1."}}
  v-paid: {{text: "{PAID}"}}
"""


class VaultDesk:
    """The vault's other side: tells, by the reference, what it took."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: Mapping[str, str] = {"result": "taken", "token": "tok_of_the_vault", "ending": "44"}

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one question."""
        reference = json.loads(await request.text())["reference"]
        self.asked.append(reference)
        return web.json_response({"reference": reference, **self.answer})


@pytest.fixture
def content(edit: Edit, tmp_path: Path) -> Content:
    """A flow that hands over to the vault, and is recorded."""
    flows, prompts = tmp_path / "flows", edit.copy("prompts")
    flows.mkdir()
    (flows / "payment-overdue.yaml").write_text(FLOW, "utf-8")
    (prompts / "en/v.yaml").write_text(PROMPTS, "utf-8")
    record = "retry: quick\nrecord: {keep: 30d}"
    rules = edit.replace(QUICK_RULES, "payment-overdue.yaml", "retry: quick", record)
    return content_in(flows=flows, prompts=prompts, rules=rules)


@pytest.fixture
async def desk() -> VaultDesk:
    return VaultDesk()


@pytest.fixture
async def address(desk: VaultDesk) -> AsyncIterator[str]:
    """Where the vault is asked."""
    async with answering(desk.serve) as server:
        yield f"{server}/came-of"


@pytest.fixture
def vault(phone_book: PhoneBook) -> Somebody:
    """The vault's telephone."""
    return phone_book.somebody()


@pytest.fixture
def with_vault(
    open_bank: OpenBank, content: Content, vault: Somebody, address: str, asterisk_pair: AsteriskPair
) -> OpenBank:
    """Return what opens a bank with that vault."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Bank]:
        endpoint = dial_string(carrier_trunk(asterisk_pair.carrier), vault.number)
        line, endpoints = Vault(endpoint, "vault", 2, 6), {"vault": Endpoint(address, b"k" * 32)}
        async with open_bank(content=content, vault=line, endpoints=endpoints) as bank:
            yield bank

    return opened


def is_handed_over(maria: Customer) -> Customer:
    """Say who it is, and choose the vault."""
    maria.expects("Press 1 if it is you").presses("1").expects(MENU).presses("1")
    return maria.hears_out(CONNECTING)


async def test_the_vault_takes_the_card_and_we_charge_its_token_once(
    with_vault: OpenBank,
    vault: Somebody,
    desk: VaultDesk,
    a_customer: Customers,
    asterisk_pair: AsteriskPair,
    town_log: TownLog,
    tmp_path: Path,
) -> None:
    vault.does("vault")
    maria = is_handed_over(a_customer()).waits(timedelta(seconds=2)).presses(f"{CARD}#")
    maria.expects(TAKEN).expects("To pay, press 1").presses("1").expects(PAID).records()
    async with with_vault() as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)
        [charge] = await bank.gateway.charges()
        methods = await bank.engine.store.read(lambda tx: tx.customers.payment_methods(maria.id))
        [recording] = await bank.recordings()
    heard = [entry for entry in town_log.entries() if entry.number == vault.number]
    assert "".join(entry.details["key"] for entry in heard if entry.what is What.HEARD_KEY) == f"{CARD}#"
    [reference] = [entry.details["attempt_id"] for entry in heard if entry.what is What.INVITED]
    assert desk.asked == [reference]
    assert (story.disposition, story.amount_due) == ("payment", "0.00 USD")
    assert charge.method_id == reference
    assert [(method.token, method.ending) for method in methods] == [("tok_of_the_vault", "44")]

    file = tmp_path / "recordings" / f"{recording.id}.wav"
    asks = asterisk_pair.carrier.installation.data_folder / f"sounds/en/{ASKS}.wav"
    assert heard_audio_matches(await maria.heard(), asks) > SAME, "the customer hears the vault"
    assert heard_audio_matches(file, asks) < 0.5, "the recording does not"
    assert CARD.encode() not in books_in(tmp_path)
    for log in log_files(asterisk_pair):
        assert CARD not in log.read_text("utf-8", "replace"), log


async def fails(with_vault: OpenBank, maria: Customer) -> None:
    maria.expects(MENU).presses("5").expects("Thank you")
    async with with_vault() as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await bank.story_after(maria)
        assert await bank.gateway.charges() == []
        assert await bank.engine.store.read(lambda tx: tx.customers.payment_methods(maria.id)) == []


@pytest.mark.full
@pytest.mark.parametrize("does", ["busy", "never_answers"])
async def test_a_vault_that_can_not_be_reached_leads_back_to_the_menu(
    with_vault: OpenBank, vault: Somebody, desk: VaultDesk, a_customer: Customers, does: str
) -> None:
    vault.does(does)
    await fails(with_vault, is_handed_over(a_customer()))
    assert desk.asked == []


USELESS = {
    "no card": {"result": "none"},
    "a card's number": {"result": "taken", "token": CARD, "ending": "44"},
    "another's": {"result": "taken", "token": "tok_x1", "ending": "44", "reference": "another"},
}


@pytest.mark.full
@pytest.mark.parametrize("told", USELESS)
async def test_a_vault_that_hangs_up_without_a_card_leads_back_to_the_menu(
    with_vault: OpenBank, vault: Somebody, desk: VaultDesk, a_customer: Customers, told: str
) -> None:
    vault.answers().hangs_up()
    desk.answer = USELESS[told]
    await fails(with_vault, is_handed_over(a_customer()))
    assert len(desk.asked) == 1


@pytest.mark.full
async def test_a_vault_that_says_nothing_gives_the_customer_back_in_the_end(
    with_vault: OpenBank, vault: Somebody, desk: VaultDesk, a_customer: Customers
) -> None:
    vault.answers()
    desk.answer = USELESS["no card"]
    await fails(with_vault, is_handed_over(a_customer()))
    assert len(desk.asked) == 1


@pytest.mark.full
async def test_who_hangs_up_at_the_vault_has_an_ordinary_end(
    with_vault: OpenBank, vault: Somebody, a_customer: Customers
) -> None:
    vault.answers()
    maria = is_handed_over(a_customer()).waits(timedelta(seconds=2)).hangs_up()
    async with with_vault() as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)
        assert await bank.gateway.charges() == []
    assert story.responses == ("hung_up",)
