"""Each path of a call once more, with the books in PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import count

import pytest
import sqlalchemy as sa
from structlog.testing import LogCapture

from tests.acceptance.bank import Bank
from tests.acceptance.customers import Customers
from tests.acceptance.test_answers import confirms_the_name
from tests.acceptance.test_payment import pays_with_the_saved_card
from tests.contract.conftest import postgresql_server
from tests.contract.postgresql import TEMPLATE, run_as_admin

__all__ = ["postgresql_server"]

pytestmark = [pytest.mark.asterisk, pytest.mark.postgresql]

_numbers = count(1)


@pytest.fixture
def store_url(postgresql_server: sa.URL) -> Iterator[str]:
    name = f"bank_{next(_numbers)}"
    run_as_admin(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    yield postgresql_server.set(database=name).render_as_string(hide_password=False)
    run_as_admin(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


async def test_paying_promising_refusing_hanging_up_and_not_answering_end_as_in_sqlite(
    bank: Bank, a_customer: Customers, engine_log: LogCapture
) -> None:
    pays = pays_with_the_saved_card(a_customer(card="42"))
    promises = confirms_the_name(a_customer()).presses("2").expects("To promise the payment").presses("2")
    opts_out = a_customer(numbers=2).expects("Hello, this is Sample Bank").presses("9")
    is_wrong = a_customer(numbers=2).expects("Hello, this is Sample Bank").presses("2")
    is_wrong.others[0].does("busy")
    hangs_up = confirms_the_name(a_customer()).hangs_up()
    is_busy = a_customer().does("busy")

    await bank.calls(pays, promises, opts_out, is_wrong, hangs_up, is_busy)

    paid, promised, opted_out, hung_up = await asyncio.gather(
        *(bank.story_after(customer) for customer in (pays, promises, opts_out, hangs_up))
    )
    wrong, busy = await asyncio.gather(*(bank.story_after(each, attempts=2) for each in (is_wrong, is_busy)))

    assert (paid.disposition, paid.alerts, paid.amount_due) == ("payment", (("settled", "paid"),), "0.00 USD")
    assert len(await bank.gateway.charges()) == 1
    assert (promised.disposition, promised.alerts) == ("promise_to_pay", (("settled", "promised"),))
    assert (opted_out.disposition, opted_out.alerts) == ("do_not_call", (("settled", "opted_out"),))
    assert opted_out.line.is_suppressed
    assert [each.disposition for each in wrong.closed[:2]] == ["wrong_party", "no_contact"]
    assert [each.address for each in wrong.closed[:2]] == [is_wrong.number, is_wrong.others[0].number]
    assert (hung_up.responses, hung_up.alerts) == (("hung_up",), (("open", None),))
    assert [each.result for each in busy.closed] == ["busy", "busy"]
    assert [len(customer.calls()) for customer in (pays, promises, opts_out)] == [1, 1, 1]
    assert [entry for entry in engine_log.entries if entry["log_level"] in ("warning", "error")] == []
