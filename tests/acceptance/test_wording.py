"""People hear their own language, and words where a recording is broken."""

from __future__ import annotations

import pytest
from structlog.testing import LogCapture

from tests.acceptance.bank import Bank
from tests.acceptance.conftest import Edit, OpenBank, content_in
from tests.acceptance.customers import Customers

pytestmark = pytest.mark.asterisk


@pytest.mark.parametrize(
    ("language", "question", "owing", "promise", "goodbye"),
    [
        (
            "es",
            "Si usted es Maria Lopez, oprima 1",
            "Un pago de veintiún dólares con un centavo de su tarjeta venció el lunes tres de noviembre",
            "Para hacer un compromiso de pago, oprima 2",
            "Hemos registrado su compromiso de pago",
        ),
        (
            "fr",
            "Si vous êtes Maria Lopez, appuyez sur le 1",
            "Un paiement de vingt et un dollars et un cent pour votre carte était dû le lundi trois novembre",
            "Pour vous engager à payer, appuyez sur le 2",
            "Nous avons bien noté votre engagement",
        ),
    ],
)
async def test_a_whole_call_is_in_the_customers_language(
    bank: Bank, a_customer: Customers, language: str, question: str, owing: str, promise: str, goodbye: str
) -> None:
    maria = a_customer(owing="21.01", language=language)
    maria.expects(question).presses("1").expects(owing).expects(promise).presses("2").presses("1")
    await bank.calls(maria.expects(goodbye))
    await maria.call_is_over()


async def test_a_broken_recording_is_spoken_and_reported(
    open_bank: OpenBank, a_customer: Customers, edit: Edit, engine_log: LogCapture
) -> None:
    prompts = edit.copy("prompts")
    (prompts / "en" / "overdue-not-them.wav").write_bytes(b"no sound at all")
    maria = a_customer()
    maria.expects("If not, press 2").presses("2").expects("Thank you for telling us")
    async with open_bank(content=content_in(prompts=prompts)) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
    told = [entry for entry in engine_log.entries if "speaking instead" in entry["event"]]
    assert "overdue-not-them.wav" in told[0]["error"]
