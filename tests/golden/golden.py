"""Golden transcripts: calls written down as data, to be held by everything that can lead one.

They are transcripts as `ivr flows play --transcript` writes them: the flow, the language, what differs from
the sample customer, what effects end in, and the talk. Flows and prompts are the shipped ones for those in
`tests/golden/flows`; `tests/golden/content` has its own, for what no shipped flow does. After a change of
flows or prompts `make golden` writes them all as they go now.

The person `hears` (`cut`: not to its end), `presses` (`cuts_in`: while something is being said, otherwise
when all of it was heard), `stays_silent` for so many seconds, and `hangs_up`. The flow `does` something,
which ends in a `result`, `responds` with what it takes to be meant, and `ends` the call for a reason. The
matter is `settled` elsewhere: what would settle it from there on comes too late.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from ivr.cli.transcript_flow import meant_by
from ivr.content_file import parse_content, validate_content
from ivr.flows.player.customer import customer_of
from ivr.flows.player.transcript import Transcript
from ivr.flows.variables import Variables
from ivr.sources.content_folder import ContentFolders
from ivr.sources.flow_folder import FlowFolder, FlowInUse

ROOT = Path(__file__).parents[2]
OWN_CONTENT = ROOT / "tests" / "golden" / "content"
OF_SHIPPED_FLOWS = ROOT / "tests" / "golden" / "flows"
OF_OWN_FLOWS = OWN_CONTENT / "transcripts"
FILES = sorted(file for folder in (OF_SHIPPED_FLOWS, OF_OWN_FLOWS) for file in folder.glob("*.yaml"))

OF_THE_MAIN_FLOW = [file for file in FILES if file.stem.startswith(("payment-overdue", "order-status"))]
"""Those that are held in every run by whatever takes long; all others only in the full one."""

each_golden_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
"""For a test that takes `file` and holds every transcript."""


class Golden(Transcript):
    """One call."""

    content: Path = ROOT
    """The folder that has `dialplans/flows` and `prompts`."""

    @property
    def used(self) -> FlowInUse:
        """The flow, those that it enters, and all prompts."""
        return _flows_in(self.content).in_use(self.flow)

    @property
    def variables(self) -> Variables:
        """What the flow can speak of."""
        return customer_of(parse_content(str(yaml.safe_dump(self.customer)), "customer"))


@cache
def _flows_in(content: Path) -> FlowFolder:
    shipped = (ROOT / "alert_rules", ROOT / "config" / "compliance")
    return FlowFolder(ContentFolders(content / "dialplans" / "flows", content / "prompts", *shipped))


def read_golden(file: Path) -> Golden:
    """Read one file; raises ContentError."""
    golden = validate_content(parse_content(file.read_text(encoding="utf-8"), file.name), Golden)
    content = OWN_CONTENT if file.parent == OF_OWN_FLOWS else ROOT
    return golden.model_copy(update={"content": content, "flow": meant_by(file, golden.flow)})
