"""What customers say is kept, and the customer store knows of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ivr.carrier.sound_match import SAME, heard_audio_matches
from ivr.store.tables.calls import call_steps
from ivr.store.tables.outcomes import outcomes
from tests.acceptance.bank import Bank
from tests.acceptance.conftest import Edit, OpenBank, content_in
from tests.acceptance.customers import Customers
from tests.asterisk_pair import AsteriskPair

pytestmark = pytest.mark.asterisk

SAID = "conf-onlyperson"
DETAILS = "prompt: overdue-details\n    next: choose-menu\n"
"""Where the shipped flow comes to its menu."""
REMARKS = """prompt: overdue-details
    next: remark

  remark:
    type: record
    prompt: studio-take
    variable: remark
    review: {prompt: studio-review}
    response: problem_reported
    next: choose-menu
    failed: goodbye
"""


@pytest.fixture
def asking(edit: Edit) -> Any:
    """Return the shipped content with a flow that asks for a remark."""
    flows = edit.replace("dialplans/flows", "payment-overdue.yaml", DETAILS, REMARKS)
    return content_in(flows=flows)


async def remark_in(bank: Bank, folder: Path) -> Path:
    """Return the file of the remark that the customer store knows of."""
    told = await bank.engine.store.read(
        lambda tx: tx.connection.execute(sa.select(outcomes.c.responses)).scalar_one()
    )
    [remark] = [detail["recording"] for response, detail in told if response == "problem_reported"]
    step = sa.select(call_steps.c.detail).where(call_steps.c.kind == "response")
    noted = await bank.engine.store.read(lambda tx: tx.connection.execute(step).scalars().all())
    assert {"response": "problem_reported", "recording": remark} in noted
    return folder / "recordings" / f"{remark}.wav"


@pytest.mark.parametrize("leaves", ["while it records", "in the review", "accepts"])
async def test_a_remark_is_kept_whatever_follows(
    open_bank: OpenBank,
    a_customer: Customers,
    asking: Any,
    asterisk_pair: AsteriskPair,
    tmp_path: Path,
    leaves: str,
) -> None:
    maria = a_customer().expects("Hello, this is Sample Bank").presses("1")
    maria.hears_out("Speak after the tone").says(SAID)
    if leaves != "while it records":
        maria.presses("#").expects("To put this on the air")
    if leaves == "accepts":
        maria.presses("1").expects("To promise a payment")
    maria.hangs_up()
    async with open_bank(content=asking) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await bank.story_after(maria)
        remark = await remark_in(bank, tmp_path)
    assert (
        heard_audio_matches(remark, asterisk_pair.carrier.installation.data_folder / f"sounds/en/{SAID}.wav")
        > SAME
    )
    assert remark.stat().st_mode & 0o777 == 0o600
