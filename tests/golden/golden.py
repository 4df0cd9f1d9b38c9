"""Golden transcripts: calls written down as data, to be held by everything that can lead one.

A file of `tests/golden/flows` has the flow, the language, what differs from the sample customer, what
effects end in, and the talk. Flows and prompts are the shipped ones, or those of `tests/golden/content` for
what no shipped flow does.

The person `hears` (`cut`: not to its end), `presses` (`cuts_in`: while something is being said, otherwise
when all of it was heard), `stays_silent` for so many seconds, and `hangs_up`. The flow `does` something,
which ends in a `result`, `responds` with what it takes to be meant, and `ends` the call for a reason.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field

from ivr.content_file import parse_content, validate_content
from ivr.flows.player.customer import customer_of
from ivr.flows.variables import Variables
from ivr.sources.content_folder import ContentFolders, FlowInUse, load_one_flow

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "tests" / "golden" / "flows").glob("*.yaml"))

OF_THE_MAIN_FLOW = [file for file in FILES if file.stem.startswith(("payment-overdue", "order-status"))]
"""Those that are held in every run by whatever takes long; all others only in the full one."""

each_golden_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
"""For a test that takes `file` and holds every transcript."""
each_golden_file_in_full = pytest.mark.parametrize(
    "file",
    [
        pytest.param(file, id=file.stem, marks=() if file in OF_THE_MAIN_FLOW else pytest.mark.full)
        for file in FILES
    ],
)
"""The same, for a test that takes long."""


class Golden(BaseModel):
    """One call."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    flow: str
    about: str
    content: str = "."
    """The folder, from the repository's top, that has `dialplans/flows` and `prompts`: the shipped ones."""
    language: str
    customer: dict[str, Any] = Field(default_factory=dict)
    """What differs from the sample customer, as `ivr flows play --customer` reads it."""
    results: dict[str, str] = Field(default_factory=dict)
    """What effects end in, by name."""
    talk: tuple[dict[str, Any], ...]

    @property
    def folders(self) -> ContentFolders:
        """Where the flow and its prompts lie."""
        own = ROOT / self.content
        shipped = (ROOT / "alert_rules", ROOT / "config" / "compliance")
        return ContentFolders(own / "dialplans" / "flows", own / "prompts", *shipped)

    @property
    def used(self) -> FlowInUse:
        """The flow, those that it enters, and all prompts."""
        return _flow_in_use(self.folders, self.flow)

    @property
    def keys(self) -> str:
        """What the person does, as `ivr flows play --keys` reads it."""
        written = ""
        for step in self.talk:
            if "presses" in step:
                written += f"{'!' if step.get('cuts_in') else ''}{step['presses']}"
            written += "," if "stays_silent" in step else "h" if "hangs_up" in step else ""
        return written

    @property
    def variables(self) -> Variables:
        """What the flow can speak of."""
        return customer_of(parse_content(self.customer_yaml, "customer"))

    @property
    def customer_yaml(self) -> str:
        """The customer's differences as a file."""
        return str(yaml.safe_dump(self.customer))


@cache
def _flow_in_use(folders: ContentFolders, flow: str) -> FlowInUse:
    return load_one_flow(folders, flow)


def read_golden(file: Path) -> Golden:
    """Read one file; raises ContentError."""
    return validate_content(parse_content(file.read_text(encoding="utf-8"), file.name), Golden)
