"""An engine that is killed while a mail server takes its mail: the customer who asked for it has one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.carrier.person import Person
from ivr.clock import utc_now
from ivr.engine.ports import CustomerRecord
from ivr.store.sql_store import open_store
from tests.chaos.conftest import killed_at_the_end, leads, until
from tests.chaos.neighbourhood import customer, number_of
from tests.chaos.world import ChaosWorld, chaos_world
from tests.mail_server import mail_server

pytestmark = [pytest.mark.asterisk, pytest.mark.full, pytest.mark.timeout(240)]

ASKS_FOR_A_LINK = {
    "number": number_of(0),
    "name": "Maria",
    "does": {"kind": "answers", "then": [{"press": "1", "wait": "1s"}, {"press": "6", "wait": "2s"}]},
}
UNKNOWN = "nobody knows whether a message was sent"


async def takes_in_maria(world: ChaosWorld) -> None:
    """Take in a customer with an e-mail address, and go live."""
    known = customer(0, utc_now().date())
    email = ContactPoint("e0", known.customer.id, Medium.EMAIL, "maria@example.com")
    points = [*known.contact_points, email]
    await world.takes_in([CustomerRecord(known.customer, known.accounts, points, known.payment_methods)])
    async with open_store(world.settings.store_url) as store:
        await store.write(lambda tx: tx.controls.set_live(True, "test", utc_now()))


async def test_the_next_engine_sends_nothing_again_and_says_that_nobody_knows(
    home: Path, installed: Path
) -> None:
    async with (
        mail_server() as server,
        chaos_world(home, installed, [Person.model_validate(ASKS_FOR_A_LINK)]) as world,
    ):
        await takes_in_maria(world)
        settings: dict[str, Any] = {
            "IVR_EMAIL__HOST": "127.0.0.1",
            "IVR_EMAIL__PORT": str(server.port),
            "IVR_EMAIL__SECURITY": "none",
            "IVR_EMAIL__FROM": "service@bank.test",
            "IVR_MESSAGES__LINK_BASE": "https://bank.test/l",
        }
        first = world.start_engine(**settings)
        server.when_taken = first.kill
        with killed_at_the_end(first):
            await leads(first)
            await until(lambda: not first.is_alive, "the mail", 90)
        server.when_taken = None
        second = world.start_engine(**settings)
        with killed_at_the_end(second):
            await leads(second)
            await until(lambda: bool(second.log.moments(UNKNOWN)), "what became of the mail", 60)
        [mail] = server.mails
        assert "link to pay" in str(mail.get_content())
        assert server.recipients == ["maria@example.com"]
