"""The drawings of the architecture are those of the code."""

from __future__ import annotations

import re
import tomllib

from ivr.attempts.attempt import TERMINAL, TRANSITIONS
from tests.unit.docs.pages import ROOT, blocks, page, section

ARROW = re.compile(r"^\s*(\S+) --> (\S+)$", re.MULTILINE)


def test_the_life_of_an_attempt_is_drawn_as_the_ledger_allows_it() -> None:
    (diagram,) = blocks(page("architecture.md"), "mermaid")
    allowed = {(source.value, target.value) for source, targets in TRANSITIONS.items() for target in targets}
    ends = {("[*]", "ready"), *((state.value, "[*]") for state in TERMINAL)}
    drawn = ARROW.findall(diagram)
    assert set(drawn) == allowed | ends
    assert len(drawn) == len(set(drawn))


def test_the_layers_are_those_that_are_enforced() -> None:
    (drawn,) = blocks(section(page("architecture.md"), "## Layers"), "text")
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    assert drawn.splitlines() == [re.sub(r"[()]|ivr\.", "", layer) for layer in layers]
